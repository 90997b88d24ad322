from django.conf import settings
from django.urls import include, path

from casework.cases import views as cases
from casework.clients import views as clients
from casework.drafts import views as drafts
from casework.home import views as home
from casework.search import views as searching
from casework.subjects import SUBJECTS

handler400 = "casework.home.views.bad_request"

urlpatterns = [
    path("", home.start, name="home"),
    path("roller/", home.roles, name="roles"),
    path("loggen/", home.log_page, name="log"),
    path("loggen/arende/", home.log_of_case, name="log_case"),
    path("sok/", searching.search, name="search"),
    path("arenden/nytt/", clients.new_case, name="intake"),
    path("arenden/<str:number>/", cases.case_page, name="case"),
    path("arenden/<str:number>/om/", cases.change_narrative, name="narrative_change"),
    path("arenden/<str:number>/identitet/", clients.change_identity, name="identity_change"),
    path("arenden/<str:number>/kontakt/", clients.change_channels, name="channels_change"),
    path("arenden/<str:number>/adress/", clients.change_address, name="address_change"),
    path("arenden/<str:number>/visa/<str:group>/", clients.reveal, name="reveal"),
    path("arenden/<str:number>/skydd/nytt/", clients.new_mark, name="mark_new"),
    path("arenden/<str:number>/barn/<uuid:pk>/skydd/", clients.new_mark, name="child_mark_new"),
    path("arenden/<str:number>/skydd/<uuid:pk>/avsluta/", clients.end_mark, name="mark_end"),
    path("arenden/<str:number>/lage/<str:name>/", cases.move, name="case_move"),
    path("arenden/<str:number>/avsluta/", cases.close, name="case_close"),
    path("arenden/<str:number>/logg/", cases.case_log, name="case_log"),
    path("", include("casework.cases.safety.urls")),
    path("", include("casework.cases.timeline.urls")),
    path("utkast/<str:slot>/", drafts.autosave, name="autosave"),
    path("utkast/<uuid:pk>/kasta/", drafts.discard, name="draft_discard"),
    path("osparat/", drafts.held_form, name="held"),
    path("", include("casework.signin.urls")),
    *(path("", include(f"casework.{subject}.urls")) for subject in SUBJECTS),
    path("", include("contacts.urls")),
    path("", include("housing.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("", include("casework.demo.urls")))

from django.urls import path

from casework.cases.insatser import register_views as register
from casework.cases.insatser import views

CASE = "arenden/<str:number>/insatser/"
ONE = f"{CASE}<uuid:pk>/"

urlpatterns = [
    path(CASE, views.insatser, name="insatser"),
    path(f"{CASE}ny/", views.new, name="insats_new"),
    path(ONE, views.insats, name="insats"),
    path(f"{ONE}andra/", views.change, name="insats_change"),
    path(f"{ONE}steg/<str:act>/", views.move, name="insats_move"),
    path(f"{ONE}samtycke/", views.consent, name="insats_consent"),
    path(f"{ONE}beslut/", views.decide, name="insats_decide"),
    path(f"{ONE}avbrott/", views.pause, name="insats_pause"),
    path(f"{ONE}uppfoljning/", views.follow_up, name="insats_follow_up"),
    path("ej-verkstallt/", register.unexecuted_list, name="unexecuted"),
    path("ej-verkstallt/fil/", register.unexecuted_csv, name="unexecuted_csv"),
    path("register/", register.register, name="register"),
    path("register/aktorer/ny/", register.new_actor, name="actor_new"),
    path("register/aktorer/<uuid:pk>/", register.change_actor, name="actor_change"),
    path("register/aktorer/<uuid:pk>/insats/", register.new_offer, name="offer_new"),
    path("register/insatser/<uuid:pk>/", register.change_offer, name="offer_change"),
]

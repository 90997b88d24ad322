"""Addresses of the subject."""

from django.urls import path

from housing.kompott import agreement_views, coordinator_views, views

TRACK = "arenden/<str:number>/boende/vagar/<uuid:pk>/kompott/"
MEMBER = "boende/kompott/kommun/<uuid:pk>/"

urlpatterns = [
    path(TRACK, views.kompott_request, name="kompott_request"),
    path(f"{TRACK}fil/", views.kompott_file, name="kompott_file"),
    path(f"{TRACK}<slug:name>/", views.kompott_move, name="kompott_move"),
    path("boende/kompott/", agreement_views.agreements, name="agreements"),
    path("boende/kompott/avtal/ny/", agreement_views.agreement_new, name="agreement_new"),
    path("boende/kompott/avtal/<uuid:pk>/", agreement_views.agreement, name="agreement"),
    path("boende/kompott/avtal/<uuid:pk>/andra/", agreement_views.agreement_change, name="agreement_change"),
    path("boende/kompott/avtal/<uuid:pk>/kommun/", agreement_views.member_new, name="member_new"),
    path(MEMBER, agreement_views.member, name="member"),
    path(f"{MEMBER}nycklar/", agreement_views.member_keys, name="member_keys"),
    path(f"{MEMBER}kvot/", agreement_views.member_quota, name="member_quota"),
    path(f"{MEMBER}delta/", agreement_views.member_switch, name="member_switch"),
    path(f"{MEMBER}kontakt/", agreement_views.liaison_new, name="liaison_new"),
    path(f"{MEMBER}kontakt/<uuid:liaison>/avsluta/", agreement_views.liaison_end, name="liaison_end"),
    path("boende/kompott/forfragningar/", coordinator_views.kompott_inbox, name="kompott_inbox"),
    path("boende/kompott/forfragningar/<uuid:pk>/", coordinator_views.kompott_offer, name="kompott_offer"),
    path(
        "boende/kompott/forfragningar/<uuid:pk>/fil/", coordinator_views.kompott_answer_file, name="kompott_answer_file"
    ),
    path(
        "boende/kompott/forfragningar/<uuid:pk>/<slug:name>/", coordinator_views.kompott_answer, name="kompott_answer"
    ),
    path("boende/kompott/las-in/", coordinator_views.exchange_import, name="exchange_import"),
    path("boende/kompott/nycklar/", coordinator_views.exchange_keys, name="exchange_keys"),
    path("boende/kompott/saldo/", coordinator_views.kompott_ledger, name="kompott_ledger"),
    path("boende/kompott/saldo/fil/", coordinator_views.ledger_export, name="ledger_export"),
]

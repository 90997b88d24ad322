from django.urls import path

from casework.cases.sip import coordination_views, views

SIPS = "arenden/<str:number>/sip/"
SIP = f"{SIPS}<uuid:pk>/"

urlpatterns = [
    path(SIPS, views.sips, name="sips"),
    path(f"{SIPS}ny/", views.sip_new, name="sip_new"),
    path(SIP, views.sip, name="sip"),
    path(f"{SIP}utskrift/", views.sip_print, name="sip_print"),
    path(f"{SIP}andra/", views.sip_change, name="sip_change"),
    path(f"{SIP}del/", views.sip_part_new, name="sip_part_new"),
    path(f"{SIP}del/<uuid:row>/klar/", views.sip_part_done, name="sip_part_done"),
    path(f"{SIP}lage/<str:name>/", views.sip_move, name="sip_move"),
    path("arenden/<str:number>/samordning/", coordination_views.coordination, name="coordination"),
    path(
        "arenden/<str:number>/samordning/<str:point>/", coordination_views.coordination_check, name="coordination_check"
    ),
]

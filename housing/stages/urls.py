from django.urls import path

from housing.stages import views

ON_TRACK = "arenden/<str:number>/boende/vagar/<uuid:pk>/"
OF_NEED = "boende/behov/<str:token>/vagar/<slug:key>/vet/"

urlpatterns = [
    path(ON_TRACK + "vem-vet-vad/", views.stages, name="stages"),
    path(ON_TRACK + "vem-vet-vad/stang/", views.let_out, name="stage_let_out"),
    path(ON_TRACK + "vem-vet-vad/<slug:receiver>/<slug:stage>/", views.ask, name="stage_ask"),
    path(ON_TRACK + "underlag/<slug:receiver>/", views.print_packet, name="packet"),
    path(OF_NEED, views.token, name="stages_token"),
    path(OF_NEED + "namn/", views.reveal, name="stages_reveal"),
]

from django.urls import path

from casework.clients.protection import views

urlpatterns = [
    path("arenden/<str:number>/skydd/", views.protection, name="protection"),
    path("arenden/<str:number>/skydd/kontrollerat/", views.check, name="protection_check"),
    path("arenden/<str:number>/skydd/byt-identitet/", views.replace_identity, name="identity_replace"),
    path("arenden/<str:number>/barn/<uuid:pk>/byt-identitet/", views.replace_identity, name="child_identity_replace"),
    path("arenden/<str:number>/skydd/maskering/", views.masking, name="masking"),
    path("arenden/<str:number>/skydd/maskering/klart/", views.finish, name="identity_finish"),
    path("arenden/<str:number>/skydd/maskering/<uuid:pk>/", views.masking_hit, name="masking_hit"),
    path("arenden/<str:number>/skydd/<uuid:pk>/andra/", views.change_mark, name="mark_change"),
]

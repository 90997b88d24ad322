"""Addresses of the subject."""

from django.urls import path

from housing.shelter import views

ONE = "arenden/<str:number>/boende/skyddat/<uuid:pk>/"
urlpatterns = [
    path("arenden/<str:number>/boende/skyddat/", views.stays, name="stays"),
    path("arenden/<str:number>/boende/skyddat/nytt/", views.new, name="stay_new"),
    path(ONE, views.stay, name="stay"),
    path(f"{ONE}planer/", views.change, name="stay_change"),
    path(f"{ONE}stalle/", views.place, name="stay_place"),
    path(f"{ONE}visa/", views.reveal, name="stay_reveal"),
    path(f"{ONE}overvag/", views.consider, name="stay_consider"),
    path(f"{ONE}<str:act>/", views.move, name="stay_move"),
]

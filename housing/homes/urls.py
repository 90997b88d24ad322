from django.urls import path

from housing.homes import case_views, hold_views, views

HOME = "boende/hem/<str:name>/"
CASE = "arenden/<str:number>/boende/"

urlpatterns = [
    path("boende/hem/", views.homes_board, name="homes_board"),
    path("boende/hem/ny/", views.home_new, name="home_new"),
    # A need's page has an address for each of its tracks, by any short name: so this one is not below it.
    path("boende/hem/behov/<str:token>/", hold_views.matches_for_need, name="matches_for_need"),
    path(HOME, views.home, name="home_page"),
    path(f"{HOME}visa/", views.home_reveal, name="home_reveal"),
    path(f"{HOME}andra/", views.home_change, name="home_change"),
    path(f"{HOME}adress/", views.home_address, name="home_address"),
    path(f"{HOME}kontroll/", views.home_safety, name="home_safety"),
    path(f"{HOME}ta-bort/", views.home_remove, name="home_remove"),
    path(f"{HOME}passar/", hold_views.matches_for_home, name="matches_for_home"),
    path(f"{HOME}hall/<str:token>/", hold_views.home_hold, name="home_hold"),
    path(f"{HOME}slapp/", hold_views.home_release, name="home_release"),
    path(f"{CASE}platser/", case_views.known_places, name="known_places"),
    path(f"{CASE}platser/ny/", case_views.known_place_new, name="known_place_new"),
    path(f"{CASE}platser/<uuid:pk>/avsluta/", case_views.known_place_end, name="known_place_end"),
    path(f"{CASE}vagar/<uuid:pk>/varning/<str:name>/", case_views.colocation, name="colocation"),
]

from django.urls import path

from housing.tracks import kind_views, token_views, views

CASE, TOKEN = "arenden/<str:number>/boende/vagar/", "boende/behov/<str:token>/vagar/<slug:key>/"
urlpatterns = [
    path("boende/vagar/", kind_views.kinds, name="track_kinds"),
    path("boende/vagar/ny/", kind_views.new_kind, name="track_kind_new"),
    path("boende/vagar/<uuid:pk>/", kind_views.change_kind, name="track_kind_change"),
    path("boende/vagar/<uuid:pk>/anvands/", kind_views.switch, name="track_kind_switch"),
    path(f"{CASE}ny/", views.new, name="track_new"),
    path(f"{CASE}<uuid:pk>/", views.track, name="track"),
    path(f"{CASE}<uuid:pk>/andra/", views.change, name="track_change"),
    path(f"{CASE}<uuid:pk>/steg/<str:name>/", views.move, name="track_move"),
    path(f"{CASE}<uuid:pk>/stodsteg/", views.step, name="track_step"),
    path(f"{CASE}<uuid:pk>/beslut/", views.insats, name="track_insats"),
    path(f"{CASE}<uuid:pk>/hinder/", views.obstacle, name="track_obstacle"),
    path(f"{CASE}<uuid:pk>/hinder/<uuid:obstacle>/", views.obstacle_gone, name="track_obstacle_gone"),
    path(TOKEN, token_views.track, name="token_track"),
    path(f"{TOKEN}andra/", token_views.change, name="token_track_change"),
    path(f"{TOKEN}ta/", token_views.take, name="token_track_take"),
    path(f"{TOKEN}steg/<str:name>/", token_views.move, name="token_track_move"),
]

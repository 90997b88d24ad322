from django.urls import path

from casework.clients.children import concern_views, guardian_views, views

CHILD = "arenden/<str:number>/barn/<uuid:pk>/"

urlpatterns = [
    path("arenden/<str:number>/barn/", views.children, name="children"),
    path("arenden/<str:number>/barn/nytt/", views.child_new, name="child_new"),
    path(CHILD, views.child, name="child"),
    path(f"{CHILD}visa/", views.child_reveal, name="child_reveal"),
    path(f"{CHILD}andra/", views.child_change, name="child_change"),
    path(f"{CHILD}identitet/", views.child_identity, name="child_identity"),
    path(f"{CHILD}platser/", views.child_places, name="child_places"),
    path(f"{CHILD}flyttat/", views.child_leave, name="child_leave"),
    path(f"{CHILD}samtal/", views.child_talk, name="child_talk"),
    path(f"{CHILD}vardnadshavare/", guardian_views.guardian_new, name="guardian_new"),
    path(f"{CHILD}vardnadshavare/<uuid:row>/", guardian_views.guardian_change, name="guardian_change"),
    path(f"{CHILD}vardnadshavare/<uuid:row>/avsluta/", guardian_views.guardian_end, name="guardian_end"),
    path(f"{CHILD}umgange/", guardian_views.visitation_new, name="visitation_new"),
    path(f"{CHILD}umgange/<uuid:row>/avsluta/", guardian_views.visitation_end, name="visitation_end"),
    path(f"{CHILD}oro/", concern_views.concern_new, name="concern_new"),
    path(f"{CHILD}oro/<uuid:row>/dagar/", concern_views.concern_change, name="concern_change"),
    path(f"{CHILD}oro/<uuid:row>/lage/<str:name>/", concern_views.concern_move, name="concern_move"),
]

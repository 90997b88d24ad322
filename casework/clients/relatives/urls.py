from django.urls import path

from casework.clients.relatives import tie_views, views

urlpatterns = [
    path("arenden/<str:number>/personer/", views.relatives, name="relatives"),
    path("arenden/<str:number>/personer/ny/", views.new, name="related_new"),
    path("arenden/<str:number>/personer/jamfor/", views.compare_ties, name="related_compare"),
    path("arenden/<str:number>/personer/<uuid:pk>/", views.change, name="related_change"),
    path("arenden/<str:number>/personer/<uuid:pk>/avsluta/", views.end, name="related_end"),
    path("mina-anknytningar/", tie_views.ties, name="ties"),
    path("mina-anknytningar/genomgangna/", tie_views.check, name="ties_check"),
    path("mina-anknytningar/ny/", tie_views.new, name="tie_new"),
    path("mina-anknytningar/<uuid:pk>/avsluta/", tie_views.end, name="tie_end"),
]

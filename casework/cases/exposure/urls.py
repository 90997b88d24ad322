from django.urls import path

from casework.cases.exposure import views

urlpatterns = [
    path("rojningar/", views.exposures, name="exposures"),
    path("arenden/<str:number>/rojning/", views.new, name="exposure_new"),
    path("arenden/<str:number>/rojning/<uuid:pk>/", views.exposure, name="exposure"),
    path("arenden/<str:number>/rojning/<uuid:pk>/andra/", views.change, name="exposure_change"),
    path("arenden/<str:number>/rojning/<uuid:pk>/avsluta/", views.close, name="exposure_close"),
]

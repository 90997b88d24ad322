from django.urls import path

from casework.demo import views

urlpatterns = [
    path("demo/", views.cast, name="demo_cast"),
    path("demo/<str:username>/", views.code, name="demo_code"),
]

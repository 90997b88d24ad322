from django.urls import path

from casework.cases.safety import views

urlpatterns = [
    path("arenden/<str:number>/sakerhet/", views.safety, name="safety"),
    path("arenden/<str:number>/sakerhet/eget/", views.safety_copy, name="safety_copy"),
]

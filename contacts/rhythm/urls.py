from django.urls import path

from contacts.rhythm import views

urlpatterns = [path("arenden/<str:number>/rytm/", views.rhythm, name="rhythm")]

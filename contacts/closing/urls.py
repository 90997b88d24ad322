from django.urls import path

from contacts.closing import views

urlpatterns = [
    path("arenden/<str:number>/avslutning/", views.closing, name="closing"),
    path("arenden/<str:number>/avslutning/lamna-in/", views.submit, name="closing_submit"),
    path("arenden/<str:number>/avslutning/nedtrappning/", views.taper, name="closing_taper"),
    path("arenden/<str:number>/avslutning/fortsatt/", views.leave, name="closing_leave"),
    path("arenden/<str:number>/avslutning/beslut/", views.decide, name="closing_decide"),
]

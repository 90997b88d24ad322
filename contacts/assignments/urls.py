from django.urls import path

from contacts.assignments import views

urlpatterns = [
    path("arenden/<str:number>/kontaktperson/", views.assign, name="assign"),
    path("uppdrag/<uuid:pk>/", views.answer, name="assignment"),
    path("uppdrag/<uuid:pk>/nej/", views.decline, name="assignment_decline"),
    path("uppdrag/<uuid:pk>/jav/", views.leave, name="assignment_leave"),
    path("uppdrag/<uuid:pk>/avsluta/", views.end, name="assignment_end"),
    path("uppdrag/<uuid:pk>/aterta/", views.withdraw, name="assignment_withdraw"),
]

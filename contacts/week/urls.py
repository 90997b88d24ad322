from django.urls import path

from contacts.week import appointment_views as appointments
from contacts.week import views

urlpatterns = [
    path("min-vecka/", views.week, name="week"),
    path("arenden/<str:number>/tid/", appointments.new_appointment, name="appointment_new"),
    path("arenden/<str:number>/tid/<uuid:pk>/", appointments.change_appointment, name="appointment_change"),
    path("arenden/<str:number>/tid/<uuid:pk>/avsluta/", appointments.end_appointment, name="appointment_end"),
]

from django.urls import path

from contacts.week import appointment_views as appointments
from contacts.week import feed_views, views

urlpatterns = [
    path("min-vecka/", views.week, name="week"),
    path("min-vecka/kalender/", feed_views.feed, name="feed"),
    path("min-vecka/kalender/aterkalla/", feed_views.revoke, name="feed_revoke"),
    path("kalender/<str:token>.ics", feed_views.file, name="feed_ics"),
    path("arenden/<str:number>/tid/", appointments.new_appointment, name="appointment_new"),
    path("arenden/<str:number>/tid/<uuid:pk>/", appointments.change_appointment, name="appointment_change"),
    path("arenden/<str:number>/tid/<uuid:pk>/avsluta/", appointments.end_appointment, name="appointment_end"),
]

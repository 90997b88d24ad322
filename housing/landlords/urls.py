from django.urls import path

from housing.landlords import views

ONE = "boende/hyresvardar/<uuid:pk>/"

urlpatterns = [
    path("boende/hyresvardar/", views.landlords, name="landlords"),
    path("boende/hyresvardar/ny/", views.landlord_new, name="landlord_new"),
    path(ONE, views.landlord, name="landlord"),
    path(f"{ONE}andra/", views.landlord_change, name="landlord_change"),
    path(f"{ONE}kontakt/", views.contact_new, name="landlord_contact_new"),
    path(f"{ONE}kontakt/<uuid:contact>/avsluta/", views.contact_end, name="landlord_contact_end"),
    path(f"{ONE}utbildning/", views.training_new, name="training_new"),
    path(f"{ONE}avtal/", views.cooperation_new, name="cooperation_new"),
    path(f"{ONE}samtal/", views.talk_new, name="talk_new"),
    path(f"{ONE}uppfoljning/", views.pilot_follow_up, name="pilot_follow_up"),
]

from django.urls import path

from contacts.guide import views

urlpatterns = [
    path("guiden/", views.guide, name="guide"),
    path("guiden/sidor/ny/", views.guide_new, name="guide_new"),
    path("guiden/<slug:slug>/", views.guide_page, name="guide_page"),
    path("guiden/<slug:slug>/andra/", views.guide_change, name="guide_change"),
    path("guiden/<slug:slug>/tidigare/", views.guide_history, name="guide_history"),
]

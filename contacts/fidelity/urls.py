from django.urls import path

from contacts.fidelity import views

urlpatterns = [
    path("programtrohet/", views.index, name="fidelity"),
    path("programtrohet/ny/", views.begin, name="fidelity_new"),
    path("programtrohet/<uuid:pk>/", views.review, name="fidelity_review"),
    path("programtrohet/<uuid:pk>/klar/", views.finish, name="fidelity_finish"),
]

from django.urls import path

from contacts.caseload import views

urlpatterns = [
    path("mina-arenden/", views.my_cases, name="caseload"),
    path("sektionen/", views.section, name="section"),
]

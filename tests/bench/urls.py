from django.urls import include, path

from tests.bench.plain import views

urlpatterns = [
    path("mina-arenden/", views.caseload, name="caseload"),
    path("", include("casework.urls")),
]

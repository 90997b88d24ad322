from django.urls import path

from housing.overview import views

urlpatterns = [path("boende/oversikt/", views.overview, name="housing_overview")]

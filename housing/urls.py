from django.urls import include, path

from housing.apps import SUBJECTS

urlpatterns = [path("", include(f"housing.{subject}.urls")) for subject in SUBJECTS]

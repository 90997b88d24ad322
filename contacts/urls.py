from django.urls import include, path

from contacts.apps import SUBJECTS

urlpatterns = [path("", include(f"contacts.{subject}.urls")) for subject in SUBJECTS]

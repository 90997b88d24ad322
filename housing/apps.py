from importlib import import_module

from django.apps import AppConfig

SUBJECTS = (
    "needs",
    "tracks",
    "stages",
    "shelter",
    "kompott",
    "fortur",
    "landlords",
    "homes",
    "tenancies",
    "overview",
)


class HousingConfig(AppConfig):
    name = "housing"
    verbose_name = "Boende"

    def ready(self) -> None:
        for subject in SUBJECTS:
            import_module(f"housing.{subject}.wiring").connect()

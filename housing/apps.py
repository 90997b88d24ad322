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
        from casework.demo import hooks
        from housing import release
        from housing.demo.told import tell_housing

        hooks.tell_more.append(tell_housing)
        release.connect()
        for subject in SUBJECTS:
            import_module(f"housing.{subject}.wiring").connect()

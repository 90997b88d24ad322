from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = "Ärenden"

    def ready(self) -> None:
        from casework import wiring
        from casework.crypto import check  # noqa: F401

        wiring.connect()

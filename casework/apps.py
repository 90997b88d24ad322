import sys

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = "Ärenden"

    def ready(self) -> None:
        from casework import wiring

        wiring.connect()
        if "setup" not in sys.argv and "makemigrations" not in sys.argv:
            wiring.refuse_to_start()

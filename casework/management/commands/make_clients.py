import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.clients.models import Client
from casework.demo import many
from casework.signin.models import Role, User


class Command(BaseCommand):
    help = "Makes N invented clients with steps, for measuring. Only where no real person is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=int)
        parser.add_argument("--steps", type=int, default=5)

    def handle(self, *args: Any, **options: Any) -> None:
        from django.conf import settings

        if not settings.DEMO:
            raise CommandError("Det här går bara i en demo: den ska aldrig stå bland riktiga personer.")
        chief = User.objects.filter(role=Role.SEKTIONSCHEF).order_by("username").first()
        staff = list(User.objects.filter(role=Role.KONTAKTPERSON, section__leaders=chief))
        if chief is None or not staff:
            raise CommandError("Lägg först upp en sektionschef och en kontaktperson.")
        began = time.monotonic()

        def told(done: int) -> None:
            left = (time.monotonic() - began) / done * (options["count"] - done)
            self.stdout.write(f"{done} av {options['count']}, ungefär {left:.0f} s kvar")

        many.make(
            count=options["count"],
            steps=options["steps"],
            by=chief,
            section=chief.led_sections.get(),
            staff=staff,
            told=told,
            first=Client.objects.count(),
        )

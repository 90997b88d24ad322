from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import checkpoints, trail
from audit.signing import SigningKeyError
from audit.tags import Tag


class Command(BaseCommand):
    help = "Signerar loggen som den är nu, och skriver till vittnet."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            trail.record(Tag.LOG_CHECKPOINT)
            mark = checkpoints.take()
        except SigningKeyError as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise CommandError(f"Vittnets fil kan inte skrivas: {problem.strerror}.") from problem
        assert mark is not None
        self.stdout.write(f"Kontrollpunkt vid händelse {mark.size}.")

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from casework.crypto.errors import CryptoError
from casework.crypto.keyring import Purpose
from casework.crypto.rotation import Outcome, rotate_dek


class Command(BaseCommand):
    help = "Byter datanycklar och förseglar uppgifterna på nytt medan programmet går. Kan avbrytas och köras igen."

    def add_arguments(self, parser: CommandParser) -> None:
        choices = [purpose.value for purpose in Purpose if purpose is not Purpose.INDEX]
        parser.add_argument("--purpose", choices=choices, default=Purpose.CLIENT.value)
        parser.add_argument("--owner", type=UUID, help="bara denna klients nyckel")
        parser.add_argument("--finish", action="store_true", help="gör inga nya nycklar, förstör gamla som inte behövs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = rotate_dek(
                Purpose(options["purpose"]),
                lambda progress: self.stdout.write(str(progress)),
                owner=options["owner"],
                finish=options["finish"],
            )
        except CryptoError as problem:
            raise CommandError(str(problem)) from None
        except KeyboardInterrupt:
            raise CommandError("Avbrutet. Inget är halvgjort: kör igen för att fortsätta.", returncode=130) from None
        self._tell(outcome)

    def _tell(self, outcome: Outcome) -> None:
        self.stdout.write(
            f"Nya nycklar: {outcome.new_keys}. Förseglade på nytt: {outcome.resealed}. "
            f"Gamla nycklar förstörda: {outcome.destroyed}, kvar: {outcome.kept}."
        )
        if outcome.wait_until is not None:
            at = timezone.localtime(outcome.wait_until)
            self.stdout.write(f"Kör igen med --finish efter {at:%Y-%m-%d %H:%M}, så förstörs de gamla nycklarna.")
        if outcome.broken:
            self.stderr.write("Dessa uppgifter gick inte att öppna och är orörda:\n" + "\n".join(outcome.broken))
            raise CommandError(f"{len(outcome.broken)} uppgifter kunde inte förseglas på nytt.")

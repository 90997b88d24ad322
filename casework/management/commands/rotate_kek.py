from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.crypto.errors import CryptoError
from casework.crypto.rewrap import drop_old_kek_file, replace_kek_file, rewrap


class Command(BaseCommand):
    help = (
        "Byter huvudnyckel. Med KEK_PROVIDER=file görs en ny nyckel; annars ska den nya redan vara inställd och den "
        "gamla stå i CASEWORK_KEK_OLD eller CASEWORK_PKCS11_OLD_KEY_LABEL. Kan avbrytas och köras igen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--finish", action="store_true", help="ta bort den gamla huvudnyckelns fil")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["finish"]:
                self._finish()
            else:
                self._rotate()
        except CryptoError as problem:
            raise CommandError(str(problem)) from None
        except KeyboardInterrupt:
            raise CommandError("Avbrutet. Inget är halvgjort: kör igen för att fortsätta.", returncode=130) from None

    def _rotate(self) -> None:
        if settings.KEK_PROVIDER == "file" and not settings.KEK_OLD_PROVIDER:
            made = replace_kek_file()
            self.stdout.write("En ny huvudnyckel är gjord." if made else "Fortsätter ett byte som redan har börjat.")
        count = rewrap(lambda progress: self.stdout.write(str(progress)))
        self.stdout.write(f"{count} nycklar är inslagna på nytt. Starta om programmet. Kör sedan: rotate_kek --finish")

    def _finish(self) -> None:
        rewrap(lambda progress: self.stdout.write(str(progress)))
        gone = drop_old_kek_file()
        self.stdout.write("Den gamla huvudnyckeln är borttagen." if gone else "Det finns ingen gammal huvudnyckel.")

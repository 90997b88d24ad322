"""Makes what an installation lacks, and changes nothing that is there. Can be run again at any time."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from audit import signing
from audit.models import Checkpoint
from casework import firstrun
from casework.crypto import kek, keyring
from casework.crypto.errors import KekError
from casework.crypto.models import WrappedKey
from casework.signin import actions
from casework.signin.models import Role, Section, User


class Command(BaseCommand):
    help = "Gör det som saknas i en installation: mapp, nycklar, databaser, första sektionen och administratören."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--section", default="", help="den första sektionens namn")
        parser.add_argument("--username", default="", help="den första administratörens användarnamn")
        parser.add_argument("--name", default="", help="administratörens namn eller arbetsalias")
        parser.add_argument(
            "--origin", default="", help="adressen som länken börjar med, till exempel https://stod.example.se"
        )
        parser.add_argument("--noinput", action="store_false", dest="interactive", help="fråga ingenting")

    def handle(self, *args: Any, **options: Any) -> None:
        self.quiet = options["verbosity"] == 0
        firstrun.prepare(Path(settings.HOME))
        try:
            self.make_kek()
            self.make_audit_key()
            for alias in connections:
                call_command("migrate", database=alias, interactive=False, verbosity=0, skip_checks=True)
            call_command("createcachetable", verbosity=0)
            with keyring.scope():
                self.make_system_keys()
                self.make_administrator(options)
                for lay_in in firstrun.on_setup:
                    lay_in()
            call_command("check", databases=list(connections), fail_level="ERROR", stdout=io.StringIO())
        except (KekError, signing.SigningKeyError) as problem:
            raise CommandError(str(problem)) from None
        except (KeyboardInterrupt, EOFError):
            raise CommandError("Avbrutet. Kör manage.py setup igen när du vill fortsätta.") from None
        self.say("Installationen är klar.")

    def say(self, text: str) -> None:
        if not self.quiet:
            self.stdout.write(text)

    # --- keys ---------------------------------------------------------------------------------------------------------

    def make_kek(self) -> None:
        """A new key only where no data key exists: beside data keys a new one would open nothing."""
        path = Path(settings.KEK_FILE)
        if settings.KEK_PROVIDER != "file" or path.exists():
            return
        if has_rows(connections["keys"], WrappedKey):
            raise CommandError(
                f"Huvudnyckeln {path} saknas, men det finns datanycklar som den öppnar. Lägg tillbaka den från "
                "kassaskåpet. En ny nyckel öppnar ingenting."
            )
        kek.create_kek_file(path)
        kek.reset_kek()
        self.say(f"Ny huvudnyckel: {path}. Förvara en kopia i ett kassaskåp; utan den är allt förlorat.")

    def make_audit_key(self) -> None:
        path = Path(settings.AUDIT_SIGNING_KEY_FILE)
        if path.exists():
            return
        if has_rows(connections["default"], Checkpoint):
            raise CommandError(
                f"Loggens nyckel {path} saknas, men loggen är signerad med den. Ta reda på vad som har hänt och lägg "
                "tillbaka den."
            )
        signing.create_signing_key(path)
        self.say(f"Ny nyckel för loggen: {path}. Ge {signing.public_path(path).name} till den som granskar loggen.")

    def make_system_keys(self) -> None:
        made = keyring.ensure_system_keys()
        if made:
            self.say(f"Nya datanycklar: {', '.join(purpose.value for purpose in made)}.")

    # --- people -------------------------------------------------------------------------------------------------------

    def make_administrator(self, options: dict[str, Any]) -> None:
        """The first section and the first administrator, who enters by a link that works once."""
        origin = options["origin"] or (settings.CSRF_TRUSTED_ORIGINS or ["http://127.0.0.1:8000"])[0]
        link = self.first_link(options)
        if link:
            self.say(f"Administratören kommer in här, en gång:\n\n    {origin.rstrip('/')}{link}\n")

    def first_link(self, options: dict[str, Any]) -> str:
        """The path of a link; a new one as long as no administrator has come in; "" when one has or nobody is named."""
        administrators = list(User.objects.filter(role=Role.ADMINISTRATOR).order_by("created_at"))
        if administrators:
            entered = any(user.has_usable_password() or not user.is_active for user in administrators)
            return "" if entered else actions.invite_again(by=administrators[0], user=administrators[0])
        ask = asker(options["interactive"])
        section = options["section"] or ("" if Section.objects.exists() else ask("Första sektionens namn: "))
        username = options["username"] or ask("Administratörens användarnamn: ")
        name = options["name"] or ask("Administratörens namn eller arbetsalias: ")
        if not (username and name):
            self.say("Ingen administratör är upplagd än. Kör: manage.py setup")
            return ""
        return actions.create_first_administrator(username=username, display_name=name, section=section)


def asker(interactive: bool) -> Callable[[str], str]:
    """Asks until there is an answer; asks nobody when nobody is there."""

    def ask(question: str) -> str:
        if not (interactive and sys.stdin.isatty()):
            return ""
        while True:
            answer = input(question).strip()
            if answer:
                return answer

    return ask


def has_rows(connection: BaseDatabaseWrapper, model: Any) -> bool:
    """Whether the table of `model` exists and has a row in this database."""
    if model._meta.db_table not in connection.introspection.table_names():
        return False
    return bool(model.objects.using(connection.alias).exists())

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from audit import trail
from audit.tags import Tag
from casework import firstrun, serve
from casework.crypto import keyring
from casework.demo import entrance, guard, hooks, people, seed
from casework.signin.models import User


class Command(BaseCommand):
    help = "Startar en demo med påhittade personer på den här datorn."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--only-seed", action="store_true", help="lägg in personerna och sluta")

    def handle(self, *args: Any, **options: Any) -> None:
        firstrun.prepare(Path(settings.HOME))
        call_command("setup", "--noinput", verbosity=0, stdout=self.stdout)
        guard.check_demo()
        if not User.objects.exists():
            self.stdout.write("Lägger in påhittade personer …")
            with keyring.scope(), trail.act(Tag.SEEDED):
                users = seed.cast()
                entrance.enrol(users)
                for told in people.STORIES:
                    seed.story(told, users)
                for tell in hooks.tell_section:
                    tell(users)
        if options["only_seed"]:
            return
        self.stdout.write(f"Logga in med ett klick på http://127.0.0.1:{options['port']}/demo/")
        self.stdout.flush()
        serve.run(port=options["port"], workers=2)

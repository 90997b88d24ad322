from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Finns inte här: loggen töms aldrig."

    def add_arguments(self, parser: CommandParser) -> None:
        for flags in (("-y", "--yes"), ("-t", "--truncate")):
            parser.add_argument(*flags, action="store_true")
        parser.add_argument("-b", "--before-date")

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError("Loggen kan inte tömmas. Det gäller också dess äldsta händelser.")

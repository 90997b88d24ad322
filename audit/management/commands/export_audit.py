import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections

from audit import sources, trail
from audit.management.progress import Progress
from audit.tags import Tag


class Command(BaseCommand):
    help = "Skriver loggen till en fil som verify_audit kan kontrollera på en annan dator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="en ny fil; bara du kan läsa den")
        parser.add_argument("--quiet", action="store_true", help="visa inte hur långt det har kommit")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            handle = os.open(options["file"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as problem:
            raise CommandError(f"{options['file']} kan inte skapas: {problem.strerror}.") from problem
        trail.record(Tag.LOG_EXPORTED)
        source = sources.Database(connections[DEFAULT_DB_ALIAS])
        progress = None if options["quiet"] else Progress(self.stderr, "Skriver")
        with open(handle, "w", encoding="utf-8") as file:
            for done in sources.write_export(source, file):
                if progress:
                    progress(done, source.total)
        self.stdout.write(f"{source.total} händelser är skrivna till {options['file']}.")

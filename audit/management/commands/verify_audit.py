from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections

from audit import sources, trail, triggers, verifying, witness
from audit.management.progress import Progress
from audit.signing import Mark, SigningKeyError, load_public_keys, public_path
from audit.tags import Tag


class Command(BaseCommand):
    help = "Kontrollerar att loggen är hel, och säger vilken händelse som först är fel. Slutar med 1 om något är fel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--export", type=Path, help="en fil från export_audit i stället för databasen")
        parser.add_argument("--public-key", type=Path, action="append", help="publik nyckel; får anges flera gånger")
        parser.add_argument("--witness", type=Path, help="vittnets fil; annars den inställda")
        parser.add_argument("--quiet", action="store_true", help="visa inte hur långt kontrollen har kommit")

    def handle(self, *args: Any, **options: Any) -> None:
        from_database = options["export"] is None
        connection = connections[DEFAULT_DB_ALIAS]
        try:
            source = sources.Database(connection) if from_database else sources.Export(options["export"])
            keys = load_public_keys(*self.key_files(options["public_key"], source.marks))
            seen, bad_lines = self.witness(options["witness"])
            progress = None if options["quiet"] else Progress(self.stderr, "Kontrollerar")
            verdict = verifying.verify(source, keys, seen, progress)
        except (SigningKeyError, sources.NotAnExport, OSError) as problem:
            raise CommandError(str(problem)) from problem
        faults = [str(verdict.fault)] if verdict.fault else []
        faults += [f"Vittnets rad {number} är skadad." for number in bad_lines]
        if from_database:
            faults += [f"Tabellen {name} saknar skyddet mot ändringar." for name in triggers.faults(connection)]
            trail.record(Tag.LOG_VERIFIED, reason_code="faulty" if faults else "whole")
        self.report(verdict, faults)

    def key_files(self, given: list[Path] | None, marks: Any) -> list[Path]:
        default = public_path(Path(settings.AUDIT_SIGNING_KEY_FILE))
        return given or ([default] if marks or default.is_file() else [])

    def witness(self, given: Path | None) -> tuple[list[Mark] | None, list[int]]:
        path = given or Path(settings.AUDIT_WITNESS_FILE)
        if given is None and not path.is_file():
            return None, []
        return witness.read(path)

    def report(self, verdict: verifying.Verdict, faults: list[str]) -> None:
        for note in verdict.notes:
            self.stdout.write(self.style.WARNING(note))
        if faults:
            raise CommandError("Loggen är inte hel.\n" + "\n".join(faults))
        with_marks = f" och stämmer med {verdict.checkpoints} signerade kontrollpunkter" if verdict.checkpoints else ""
        self.stdout.write(self.style.SUCCESS(f"Loggen är hel: {verdict.events} händelser{with_marks}."))

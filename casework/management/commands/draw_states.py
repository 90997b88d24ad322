"""Draws every state machine as Mermaid into README.md, between two markers."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework import state
from casework.state import StateModel

BEGIN, END = "<!-- states: drawn by manage.py draw_states -->", "<!-- /states -->"


def diagram(model: type[StateModel]) -> str:
    """One machine in Mermaid: states by their Swedish names, transitions by the methods that make them."""
    moves = state.transitions(model)
    first = next(field.get_default() for field in model._meta.concrete_fields if field.name == "state")
    lines = ["stateDiagram-v2", *(f'    state "{label}" as {value}' for value, label in model.states.choices)]
    lines.append(f"    [*] --> {first}")
    lines += [f"    {source} --> {target}: {name}" for source, name, target in moves]
    sources = {source for source, _, _ in moves}
    lines += [f"    {value} --> [*]" for value in model.states.values if value not in sources]
    return "\n".join(lines)


def heading(model: type[StateModel]) -> str:
    return f"{str(model._meta.verbose_name).capitalize()} (`{model._meta.label}`)"


def section() -> str:
    drawn = [f"### {heading(model)}\n\n```mermaid\n{diagram(model)}\n```\n" for model in state.machines()]
    return f"{BEGIN}\n\n" + "\n".join(drawn) + f"\n{END}"


def redrawn(text: str) -> str:
    """`text` with the drawings between the markers. Raises ValueError when there are no markers."""
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise ValueError("the markers are missing")
    return text[: text.index(BEGIN)] + section() + text[text.index(END) + len(END) :]


class Command(BaseCommand):
    help = "Ritar alla tillståndsmaskiner som Mermaid i README.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="ändra inget; säg till om något skiljer")
        parser.add_argument("--file", type=Path, default=Path(settings.BASE_DIR) / "README.md")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        old = path.read_text(encoding="utf-8")
        try:
            new = redrawn(old)
        except ValueError:
            raise CommandError(f"{path.name} saknar raderna {BEGIN} och {END}.") from None
        if new == old:
            return
        if options["check"]:
            raise CommandError(f"{path.name} visar inte tillstånden som de är. Kör: manage.py draw_states")
        path.write_text(new, encoding="utf-8")
        self.stdout.write(f"{path.name} är omritad.")

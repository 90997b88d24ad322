from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from casework.cases.insatser.models import Insats
from casework.cases.models import JournalNote
from casework.forms import CleanTextField, Form, IdempotencyMixin, SwedishDateField, VersionMixin
from casework.swedish import iso
from housing.codes import DeclineReason, Obstacle
from housing.tracks import rules
from housing.tracks.models import Track, TrackKind

NOTE = 4_000
READ_BY_ALL = "Boendesamordnaren läser det här. Skriv inga namn, nummer eller platser som visar vem det är."
READ_BY_US = "Läses bara av er som arbetar i ärendet."


def _next_step() -> CleanTextField:
    return CleanTextField(label="Nästa steg", max_length=rules.LINE, required=False, help_text=READ_BY_ALL)


def _next_on() -> SwedishDateField:
    return SwedishDateField(label="När?", required=False)


def _note() -> CleanTextField:
    return CleanTextField(label="Egen anteckning", rows=4, max_length=NOTE, required=False, help_text=READ_BY_US)


class StartForm(IdempotencyMixin, Form):
    """A way to begin: which, and what is done first."""

    kind = forms.ChoiceField(label="Väg", widget=forms.RadioSelect)
    next_step, next_on, note = _next_step(), _next_on(), _note()

    def __init__(self, *args: Any, kinds: Mapping[str, TrackKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        self.fields["kind"].choices = [(key, kind.name) for key, kind in kinds.items()]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"kind": self.kinds[data["kind"]], **{name: data[name] for name in ("next_step", "next_on", "note")}}


class NextForm(VersionMixin, IdempotencyMixin, Form):
    """What is to be done next: all that a coordinator writes over."""

    next_step, next_on = _next_step(), _next_on()
    waits_on = forms.ChoiceField(label="Väntar på", choices=Track.WaitsOn.choices, widget=forms.RadioSelect)
    written: tuple[str, ...] = ("next_step", "next_on", "waits_on", "version")

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.written}


class ChangeForm(NextForm):
    """The same with the case's own note."""

    note = _note()
    written = (*NextForm.written, "note")


class MoveForm(VersionMixin, IdempotencyMixin, Form):
    """One step, with what it asks for. A coordinator tells in codes how it went, never in words."""

    on = SwedishDateField(label="Vilken dag?", allow_future=False)
    declined = forms.ChoiceField(label="Varför blev det inte av?", widget=forms.RadioSelect)
    offer = CleanTextField(label="Vilken bostad?", rows=2, max_length=rules.LINE, required=False, help_text=READ_BY_ALL)
    outcome = CleanTextField(label="Hur det gick", rows=3, max_length=NOTE, required=False, help_text=READ_BY_US)

    def __init__(self, *args: Any, step: str, coordinator: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        move = rules.MOVES[step]
        asked = {"on": move.day, "declined": bool(move.why), "offer": move.offer}
        asked["outcome"] = move.outcome and not coordinator
        for name in [name for name, wanted in asked.items() if not wanted]:
            del self.fields[name]
        if move.why:
            self.fields["declined"].choices = [  # type: ignore[attr-defined]
                (code, DeclineReason(code).label) for code in move.why
            ]

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        told = {name: data.get(name, "") for name in ("declined", "offer", "outcome")}
        return {"on": data.get("on"), "version": data["version"], **told}


class StepForm(IdempotencyMixin, Form):
    """Which signed step was about the way: its day and kind, never its text."""

    note = forms.ChoiceField(
        label="Stödsteg",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett stödsteg."},
    )

    def __init__(self, *args: Any, notes: Mapping[str, JournalNote], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes = notes
        self.fields["note"].choices = [  # type: ignore[attr-defined]
            (key, f"{iso(note.occurred_at)} {note.get_kind_display()}") for key, note in notes.items()
        ]


class InsatsForm(VersionMixin, IdempotencyMixin, Form):
    """Which insats is decided for the way; none unties it."""

    insats = forms.ChoiceField(label="Beslut om insats", widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, insatser: Mapping[str, Insats], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.insatser = insatser
        told = [(key, _told(insats)) for key, insats in insatser.items()]
        self.fields["insats"].choices = [*told, ("", "Ingen")]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"insats": self.insatser.get(data["insats"]), "version": data["version"]}


def _told(insats: Insats) -> str:
    name = insats.offer.name if insats.offer else str(insats.get_area_display())
    return f"{name}, {str(insats.get_state_display()).lower()}, noterad {iso(insats.noted_on)}"


class ObstacleForm(IdempotencyMixin, Form):
    """Something that stands in the way of a home."""

    obstacle = forms.ChoiceField(label="Hinder", choices=Obstacle.choices, widget=forms.RadioSelect)
    noted_on = SwedishDateField(label="Sedan när?", allow_future=False)


class GoneForm(IdempotencyMixin, Form):
    """The day it no longer stood in the way."""

    gone_on = SwedishDateField(label="Sedan när?", allow_future=False)


class TakeForm(IdempotencyMixin, Form):
    """Nothing to fill in."""


def today(name: str) -> dict[str, Any]:
    return {name: timezone.localdate()}

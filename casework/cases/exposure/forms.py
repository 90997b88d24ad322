from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from casework.cases.exposure.models import ExposureIncident, ExposureMeasure, ExposureWords
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateTimeField, VersionMixin

TEXT, NOTE = 8_000, 4_000
WORDS = ("what", "how", "who_can_know", "lessons")


class ExposureForm(IdempotencyMixin, Form):
    """What has come out. From the moment it was found the clocks run."""

    what = CleanTextField(
        label="Vad har röjts?",
        rows=4,
        max_length=TEXT,
        help_text="Vilket slags uppgift: namn, adress, kommun, skola, telefon, att hon har stöd. "
        "Skriv inte av uppgiften själv.",
        error_messages={"required": "Skriv vad som har röjts."},
    )
    found_at = SwedishDateTimeField(
        label="När upptäcktes det?", allow_future=False, help_text="Härifrån räknas alla tider."
    )
    happened_at = SwedishDateTimeField(
        label="När hände det?", allow_future=False, required=False, help_text="Lämna tomt om du inte vet."
    )
    source = forms.ChoiceField(
        label="Var kom det ut?", choices=ExposureIncident.Source.choices, widget=forms.RadioSelect
    )
    how = CleanTextField(label="Hur gick det till?", rows=4, max_length=TEXT, required=False)
    who_can_know = CleanTextField(
        label="Vilka kan veta nu?",
        rows=4,
        max_length=TEXT,
        required=False,
        help_text="Också den som kan ha fått det vidare.",
    )
    groups: ClassVar[Sequence[Group]] = (
        Group("Vad och när", ["what", ["found_at", "happened_at"]]),
        Group("Hur", ["source", "how", "who_can_know"]),
    )

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        found, happened = data.get("found_at"), data.get("happened_at")
        if found and happened and happened > found:
            self.add_error("happened_at", "Det kan inte ha hänt efter att det upptäcktes. Ändra någon av tiderna.")
        return data

    def facts(self) -> dict[str, Any]:
        """What the acts take."""
        data = self.cleaned_data
        words = ExposureWords(**{name: data.get(name, "") for name in WORDS})
        return {**{name: data[name] for name in ("found_at", "happened_at", "source")}, "words": words}


class ChangeForm(VersionMixin, ExposureForm):
    lessons = CleanTextField(
        label="Vad lärde vi oss?",
        rows=4,
        max_length=TEXT,
        required=False,
        help_text="Vad ändrar ni så att det inte händer igen? Behövs innan röjningen avslutas.",
    )
    groups = (*ExposureForm.groups, Group("Lärdomar", ["lessons"]))


class MeasureForm(IdempotencyMixin, Form):
    """One step of the check list; the page has one such form at each step that is not noted yet."""

    step = forms.ChoiceField(choices=ExposureMeasure.Step.choices, widget=forms.HiddenInput)
    done_at = SwedishDateTimeField(label="När?", allow_future=False)
    not_needed = forms.BooleanField(label="Behövs inte, efter bedömning", required=False)
    note = CleanTextField(
        label="Anteckning",
        rows=2,
        max_length=NOTE,
        required=False,
        help_text="Vem du talade med och vad ni kom fram till. Skriv alltid varför om steget inte behövs.",
    )

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if data.get("not_needed") and "note" not in self.errors and not data.get("note"):
            self.add_error("note", "Skriv varför steget inte behövs.")
        return data

    @classmethod
    def at(cls, step: str) -> "MeasureForm":
        """The empty form of a step, with ids of its own."""
        return cls(auto_id=f"{step}_%s", initial={"step": step, "done_at": timezone.now()})


class CloseForm(IdempotencyMixin, Form):
    """Nothing to fill in: the page says what is missing."""

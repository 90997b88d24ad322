from typing import Any

from django import forms
from django.utils import timezone

from casework.cases import codes
from casework.cases.journal.actions import Step
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, SwedishDateTimeField

TEXT = 10_000


class StepForm(IdempotencyMixin, Form):
    """A support step. Everything but the text has a sensible answer already."""

    text = CleanTextField(
        label="Vad hände?", max_length=TEXT, widget=forms.Textarea(attrs={"rows": 6, "autofocus": True})
    )
    kind = forms.ChoiceField(label="Slag", choices=codes.StepKind.choices)
    way = forms.ChoiceField(label="Sätt", choices=codes.StepWay.choices)
    place = forms.ChoiceField(label="Plats", choices=codes.StepPlace.choices)
    outcome = forms.ChoiceField(label="Utfall", choices=codes.StepOutcome.choices)
    actor = CleanTextField(
        label="Myndighet eller aktör",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "actors"}),
    )
    occurred_at = SwedishDateTimeField(label="När", allow_future=False)
    minutes = forms.IntegerField(
        label="Minuter",
        min_value=0,
        max_value=1440,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
        error_messages={
            "min_value": "Minuterna kan inte vara färre än 0.",
            "max_value": "Högst 1 440 minuter, det är ett dygn.",
        },
    )
    next_step = CleanTextField(label="Nästa steg", max_length=300, required=False)
    next_on = SwedishDateField(label="Datum för nästa steg", required=False, allow_past=False)

    groups = (
        Group("", ["text"]),
        Group("", [["kind", "actor"], ["way", "place", "outcome"], ["occurred_at", "minutes"]]),
        Group("Nästa steg", [["next_step", "next_on"]]),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("next_step") and not data.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", "Välj en dag för nästa steg, så påminner vi dig.")
        if data.get("next_on") and not data.get("next_step") and "next_step" not in self.errors:
            self.add_error("next_step", "Skriv vad nästa steg är.")
        return data

    def step(self) -> Step:
        return Step(**{name: value for name, value in self.cleaned_data.items() if name != "once"})

    @staticmethod
    def defaults(recent: dict[str, str]) -> dict[str, Any]:
        """What the form begins with: the writer's last choices, now, and half an hour."""
        return {
            "kind": codes.StepKind.TALK,
            "way": codes.StepWay.WITH,
            "place": codes.StepPlace.OFFICE,
            **recent,
            "outcome": codes.StepOutcome.DONE,
            "occurred_at": timezone.localtime().replace(second=0, microsecond=0),
            "minutes": 30,
        }

from typing import Any

from django import forms
from django.utils import timezone

from casework.access.models import AccessGrant
from casework.cases import codes
from casework.cases.journal.actions import Step
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, SwedishDateTimeField
from contacts.models import Assignment

TEXT = 10_000
CONFLICT = "Nära släkting eller vän, eget intresse i saken, eller något annat som kan rubba förtroendet."


class OfferForm(IdempotencyMixin, Form):
    user: Any = forms.ModelChoiceField(
        label="Vem frågar du?", queryset=None, empty_label=None, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label="Uppdrag", choices=Assignment.Kind.choices, widget=forms.RadioSelect)
    conflict = forms.ChoiceField(
        label="Känner du till något jäv?",
        choices=[("no", "Nej, inget som jag känner till"), ("yes", "Ja, eller jag är osäker")],
        widget=forms.RadioSelect,
        help_text=f"{CONFLICT} (förvaltningslagen 16 §)",
    )
    message = CleanTextField(
        label="Meddelande", rows=3, max_length=2000, required=False, help_text="Skriv inget som röjer vem det gäller."
    )
    groups = (Group("", ["conflict", "user", "kind", "message"]),)

    def __init__(self, *args: Any, staff: Any, loads: dict[Any, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = staff
        field.label_from_instance = lambda user: f"{user.display_name} · {loads.get(user.pk, 'inga ärenden')}"  # type: ignore[method-assign,assignment]


class AcceptForm(IdempotencyMixin, Form):
    no_conflict = forms.BooleanField(
        label="Jag känner inte till något jäv", help_text=f"{CONFLICT} Märker du det senare: lämna ärendet genast."
    )


class DeclineForm(IdempotencyMixin, Form):
    code = forms.ChoiceField(label="Skäl", choices=Assignment.Decline.choices, widget=forms.RadioSelect)
    reason = CleanTextField(label="Berätta kort", rows=3, max_length=2000, required=False)


class EndForm(IdempotencyMixin, Form):
    close_reason = forms.ChoiceField(
        label="Skäl",
        choices=[
            (value, label)
            for value, label in AccessGrant.Close.choices
            if value in {AccessGrant.Close.ENDED, AccessGrant.Close.HANDED_OVER, AccessGrant.Close.CONFLICT}
        ],
        widget=forms.RadioSelect,
    )
    reason = CleanTextField(label="Varför?", rows=3, max_length=2000)


class LeaveForm(IdempotencyMixin, Form):
    reason = CleanTextField(
        label="Vad är det för jäv?", rows=3, max_length=2000, help_text="Bara sektionschefen läser det här."
    )


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

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.cases.codes import PlaceType
from casework.cases.models import Case
from casework.cases.safety import rules
from casework.cases.safety.models import PARTS
from casework.cases.safety.readers import Opened
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin

MONTHS_AHEAD = timedelta(days=90)


OWN_COPY = (
    "Bara det här skrivs ut åt henne. Skriv så att den som hittar lappen inte förstår vad det är: "
    "inga namn, nummer eller platser, och inga ord som visar varför."
)


class SafetyForm(IdempotencyMixin, VersionMixin, Form):
    """Kinds of places, never which ones. `case` is whose plan it is: her copy is compared with what is known."""

    avoid = forms.MultipleChoiceField(
        label="Hit vill hon inte gå nu",
        choices=PlaceType.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "safety__kinds"}),
        required=False,
        help_text="Slags platser, aldrig vilka. Stödsteget varnar när ni är på en sådan plats.",
    )
    advice = CleanTextField(
        label="Så gör vi",
        rows=6,
        max_length=4000,
        required=False,
        help_text="Med hennes egna ord: vad som känns tryggt, och vad ni gör om något händer. "
        "Skriv inga adresser eller namn på platser.",
    )
    review_on = SwedishDateField(
        label="Planen ses över",
        allow_past=False,
        error_messages={"required": "Fyll i vilken dag ni ser över planen."},
    )
    own_copy = CleanTextField(label="Hennes eget exemplar", rows=6, max_length=4000, required=False, help_text=OWN_COPY)
    groups: ClassVar[Sequence[Group]] = (
        Group("När hon är ute", ["avoid", "advice"]),
        Group("När det blir farligt", [name for name, _, _ in PARTS]),
        Group("Att ha med sig", ["own_copy"]),
        Group("", ["review_on"]),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        for name, label, belongs in PARTS:
            self.fields[name] = CleanTextField(label=label, rows=3, max_length=4000, required=False, help_text=belongs)

    def clean_own_copy(self) -> str:
        text = str(self.cleaned_data["own_copy"])
        if found := rules.given_away(self.case, text):
            raise ValidationError(found)
        return text

    def parts(self) -> dict[str, str]:
        """What the plan says beside places and advice."""
        return {name: self.cleaned_data[name] for name in (*(name for name, _, _ in PARTS), "own_copy")}

    @staticmethod
    def begin(found: Opened | None) -> dict[str, Any]:
        """What the form begins with; version 0 says that there was no plan."""
        if found is None:
            empty = dict.fromkeys(("advice", "own_copy", *(name for name, _, _ in PARTS)), "")
            return {"avoid": [], **empty, "review_on": timezone.localdate() + MONTHS_AHEAD, "version": 0}
        now, words = found.plan, found.words
        texts = {name: getattr(words, name) for name in ("advice", "own_copy", *(name for name, _, _ in PARTS))}
        return {"avoid": found.avoid, **texts, "review_on": now.review_on, "version": now.version}


class CopyForm(IdempotencyMixin, Form):
    """Nothing to fill in: the page shows what is printed."""

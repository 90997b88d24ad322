from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from casework.cases.codes import PlaceType
from casework.cases.safety.readers import Opened
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin

MONTHS_AHEAD = timedelta(days=90)


class SafetyForm(IdempotencyMixin, VersionMixin, Form):
    """Kinds of places, never which ones."""

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
    groups = (Group("", ["avoid", "advice", "review_on"]),)

    @staticmethod
    def begin(found: Opened | None) -> dict[str, Any]:
        """What the form begins with; version 0 says that there was no plan."""
        if found is None:
            return {"avoid": [], "advice": "", "review_on": timezone.localdate() + MONTHS_AHEAD, "version": 0}
        now = found.plan
        return {"avoid": found.avoid, "advice": found.advice, "review_on": now.review_on, "version": now.version}

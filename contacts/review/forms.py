from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from casework.forms import CleanTextField, Form, IdempotencyMixin, SwedishDateField
from contacts.review.models import CaseReview

TEXT = 5_000


class ReviewForm(IdempotencyMixin, Form):
    decision = forms.ChoiceField(
        label="Vad gäller framåt?",
        choices=CaseReview.Decision.choices,
        widget=forms.RadioSelect,
    )
    weight = forms.TypedChoiceField(
        label="Hur tungt är ärendet?",
        choices=CaseReview.Weight.choices,
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "choices--chips"}),
        help_text="Räknas in i kontaktpersonens belastning.",
    )
    next_on = SwedishDateField(label="Nästa genomgång", allow_past=False)
    note = CleanTextField(
        label="Till kontaktpersonen",
        rows=4,
        max_length=TEXT,
        required=False,
        help_text="Kontaktpersonen och ersättaren läser det i ärendet och i sin vecka.",
    )

    def clean_next_on(self) -> date:
        day: date = self.cleaned_data["next_on"]
        if day == timezone.localdate():
            raise forms.ValidationError("Nästa genomgång ska ligga framåt i tiden. Välj en senare dag.")
        return day

    @staticmethod
    def defaults(weight: int | None) -> dict[str, Any]:
        """What the form begins with: go on, the same weight as last time, and a look again when it is time."""
        ahead = timedelta(days=settings.METHOD["review_days"])
        return {
            "decision": CaseReview.Decision.GO_ON,
            "weight": weight or CaseReview.Weight.NORMAL,
            "next_on": timezone.localdate() + ahead,
        }

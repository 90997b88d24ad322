from typing import Any

from django import forms
from django.utils import timezone

from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField
from contacts.rhythm.models import ContactRhythm, Every


class RhythmForm(IdempotencyMixin, Form):
    every = forms.TypedChoiceField(
        label="Hur ofta?",
        choices=Every.choices,
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "choices--chips"}),
    )
    phase = forms.ChoiceField(
        label="Skede", choices=ContactRhythm.Phase.choices, widget=forms.RadioSelect(attrs={"class": "choices--chips"})
    )
    agreed_on = SwedishDateField(label="Gäller från", allow_future=False)
    with_person = forms.BooleanField(label="Vi har kommit överens om det tillsammans", required=False)
    why = CleanTextField(
        label="Varför just så?",
        rows=3,
        max_length=2000,
        required=False,
        help_text="Helst med hennes egna ord. Skriv alltid varför när du har bestämt det själv.",
    )
    groups = (Group("", ["every", "phase", "agreed_on", "with_person", "why"]),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_on"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("with_person") and not data.get("why") and "why" not in self.errors:
            self.add_error("why", "Skriv varför, när ni inte har kommit överens om det tillsammans.")
        return data

    def agreement(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "once"}

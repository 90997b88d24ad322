from typing import Any

from django import forms
from django.utils import timezone

from casework.cases.codes import ClosureReason
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin
from contacts.closing.actions import Rounding
from contacts.rhythm.models import Every

TEXT = 10_000


class ClosingForm(VersionMixin, IdempotencyMixin, Form):
    """How the support is rounded off. Everything may be filled in little by little."""

    network = CleanTextField(
        label="Vad finns kvar i hennes nätverk?",
        rows=6,
        max_length=TEXT,
        required=False,
        help_text="Vilka hon kan vända sig till, och vad hon gör om det blir svårt igen.",
    )
    learnt = CleanTextField(
        label="Vad har hjälpt?", rows=4, max_length=TEXT, required=False, help_text="Helst med hennes egna ord."
    )
    farewell_on = SwedishDateField(label="Avskedsmöte", required=False)
    farewell = CleanTextField(
        label="Hur säger ni hej då?", rows=3, max_length=TEXT, required=False, help_text="Skriv inte var ni träffas."
    )
    reason = forms.ChoiceField(
        label="Skäl till avslut", choices=[("", "Inte bestämt än"), *ClosureReason.choices], required=False
    )
    groups = (Group("", ["network", "learnt", "farewell_on", "farewell", "reason"]),)

    def rounding(self) -> Rounding:
        return Rounding(**{name: value for name, value in self.cleaned_data.items() if name not in {"once", "version"}})


class SubmitForm(IdempotencyMixin, Form):
    """Nothing more to fill in."""


class TaperForm(IdempotencyMixin, Form):
    """Contact less and less often, towards the end."""

    every = forms.TypedChoiceField(
        label="Hur ofta ska ni ha kontakt under nedtrappningen?",
        choices=Every.choices,
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "choices--chips"}),
    )
    agreed_on = SwedishDateField(label="Gäller från", allow_future=False)
    with_person = forms.BooleanField(label="Vi har kommit överens om det tillsammans", required=False)
    why = CleanTextField(
        label="Varför just så?",
        rows=3,
        max_length=2000,
        required=False,
        help_text="Skriv alltid varför när du har bestämt det själv.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_on"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("with_person") and not data.get("why") and "why" not in self.errors:
            self.add_error("why", "Skriv varför, när ni inte har kommit överens om det tillsammans.")
        return data


class LeaveForm(IdempotencyMixin, Form):
    reason = CleanTextField(label="Varför fortsätter stödet?", rows=4, max_length=2000)


class DecideForm(VersionMixin, IdempotencyMixin, Form):
    """Yes, or back with a reason. `do` is the button that was pressed."""

    APPROVE, SEND_BACK = "approve", "send_back"
    DONE = {APPROVE: "Avslutet är godkänt och ärendet är avslutat.", SEND_BACK: "Avslutet är skickat tillbaka."}

    why = CleanTextField(
        label="Vad behöver ändras?",
        rows=3,
        max_length=2000,
        required=False,
        help_text="Bara om du skickar tillbaka avslutet. Kontaktpersonen läser det.",
    )
    do = forms.ChoiceField(
        choices=[(APPROVE, "Godkänn avslutet"), (SEND_BACK, "Skicka tillbaka avslutet")],
        widget=forms.HiddenInput,
        error_messages={"required": "Välj om du godkänner avslutet eller skickar tillbaka det."},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("do") == self.SEND_BACK and "why" in data and not data["why"]:
            self.add_error("why", "Skriv vad som behöver ändras.")
        if data.get("do") == self.APPROVE and data.get("why"):
            self.add_error(
                "why", "Du har skrivit att något behöver ändras. Skicka tillbaka avslutet, eller ta bort texten."
            )
        return data

    def read_now(self, version: int) -> None:
        """The page is shown anew: from here on the decision is about the plan as it is now."""
        if self.is_bound:
            self.data = {**self.data.dict(), "version": str(version)}  # type: ignore[attr-defined]

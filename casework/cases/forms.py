from typing import Any

from django import forms
from django.utils import timezone

from casework.cases import codes
from casework.cases.models import Narrative
from casework.clients.forms import ChannelsFields, IdentityFields
from casework.clients.models import ProtectionMark
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin
from casework.signin.models import Section

TEXT = 10_000


class NarrativeFields(Form):
    background = CleanTextField(label="Bakgrund", rows=6, max_length=TEXT, required=False)
    wishes = CleanTextField(
        label="Vad personen själv vill", rows=4, max_length=TEXT, required=False, help_text="Helst med hennes egna ord."
    )
    legal_basis = forms.ChoiceField(
        label="Lagrum", choices=[("", "Inte bestämt än"), *codes.LegalBasis.choices], required=False
    )


class IntakeForm(IdentityFields, ChannelsFields, NarrativeFields, IdempotencyMixin):
    """Everything that is asked when a person comes to the section, on one page."""

    pseudonymous = forms.BooleanField(
        label="Identiteten får inte antecknas",
        required=False,
        help_text="Nämnden har beslutat det (SoL 14 kap. 5 §). Lämna då namn och nummer tomma.",
    )
    marks = forms.MultipleChoiceField(
        label="Skyddade personuppgifter",
        choices=ProtectionMark.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Flera kan gälla samtidigt.",
    )
    marked_from = SwedishDateField(label="Skyddet gäller från", required=False, allow_future=False)
    marked_review = SwedishDateField(label="Skyddet följs upp", required=False)
    section: Any = forms.ModelChoiceField(label="Sektion", queryset=None, empty_label=None)
    referral_source = forms.ChoiceField(label="Kom från", choices=[("", "Välj"), *codes.ReferralSource.choices])
    referral_note = CleanTextField(label="Om förfrågan", rows=3, max_length=TEXT, required=False)
    taken_in_on = SwedishDateField(label="Mottaget", allow_future=False)
    first_contact_on = SwedishDateField(label="Första kontakten", required=False, allow_future=False)

    groups = (
        Group(
            "Personen",
            ["pseudonymous", ["given_name", "family_name"], "number", "duplicate_ok", ["language", "interpreter"]],
            "Anteckna bara det som behövs. Adressen frågar vi inte efter här.",
        ),
        Group("Skydd", ["marks", ["marked_from", "marked_review"]]),
        Group("Säker kontakt", ["safe_way", ["phone", "when"], "code_word", "do_not"]),
        Group(
            "Ärendet",
            [
                "section",
                "referral_source",
                "referral_note",
                ["taken_in_on", "first_contact_on"],
                "background",
                "wishes",
                "legal_basis",
            ],
        ),
    )

    def __init__(self, *args: Any, sections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["section"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = sections
        self.fields["taken_in_on"].initial = timezone.localdate
        if "duplicate_ok" in self.data:
            self.ask_about_duplicate()

    def ask_about_duplicate(self) -> None:
        """The box that is needed only when the number is in another section's case."""
        self.fields["duplicate_ok"] = forms.BooleanField(
            label="Jag har stämt av med den andra sektionen", required=False
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        named = [name for name in ("given_name", "family_name", "number") if data.get(name)]
        if data.get("pseudonymous"):
            for name in named:
                self.add_error(name, "Lämna tomt: identiteten får inte antecknas i det här ärendet.")
        elif not named and not {"given_name", "family_name", "number"} & set(self.errors):
            self.add_error("given_name", "Fyll i namn eller nummer, eller kryssa i att identiteten inte får antecknas.")
        if data.get("marks") and not data.get("marked_from") and "marked_from" not in self.errors:
            self.add_error("marked_from", "Fyll i från vilken dag skyddet gäller.")
        if (first := data.get("first_contact_on")) and (taken := data.get("taken_in_on")) and first < taken:
            self.add_error("first_contact_on", "Första kontakten kan inte ligga före dagen då ärendet togs emot.")
        return data

    def narrative(self) -> Narrative:
        return Narrative(**{name: self.cleaned_data[name] for name in ("referral_note", "background", "wishes")})

    @property
    def chosen_section(self) -> Section:
        section: Section = self.cleaned_data["section"]
        return section


class NarrativeForm(NarrativeFields, VersionMixin, IdempotencyMixin):
    referral_note = CleanTextField(label="Om förfrågan", rows=3, max_length=TEXT, required=False)
    groups = (Group("", ["background", "wishes", "referral_note", "legal_basis"]),)


class ReasonForm(IdempotencyMixin, Form):
    reason = CleanTextField(label="Varför?", rows=4, max_length=2000)


class CloseForm(IdempotencyMixin, Form):
    closure_reason = forms.ChoiceField(label="Skäl", choices=[("", "Välj"), *codes.ClosureReason.choices])
    note = CleanTextField(
        label="Hur blev det?",
        rows=5,
        max_length=TEXT,
        help_text="Vad ni nådde, vad som finns kvar och vem som tar vid.",
    )


class RevealForm(Form):
    """Why a sealed group is shown. The codes go to the log, where the reviewer reads them."""

    REASONS = (
        ("contact", "Jag ska kontakta personen"),
        ("authority", "Jag ska kontakta en myndighet för personens räkning"),
        ("meeting", "Vi ska träffas"),
        ("check", "Jag kontrollerar att uppgiften stämmer"),
        ("her_safety", "Det gäller personens säkerhet"),
    )
    reason = forms.ChoiceField(label="Varför behöver du se uppgiften?", choices=REASONS)


class SearchForm(Form):
    q = CleanTextField(label="Namn, personnummer eller ärendenummer", max_length=100)


class NoteForm(IdempotencyMixin, Form):
    """A correction, or the person's own opinion, beside a signed note."""

    text = CleanTextField(label="Text", rows=8, max_length=TEXT)


class DayForm(Form):
    dag = SwedishDateField(label="Dag")

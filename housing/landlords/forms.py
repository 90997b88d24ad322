from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin
from housing.landlords import rules
from housing.landlords.models import ContactWords, Landlord, LandlordWords, PilotFollowUp, Training

LINE, TEXT = 80, 2_000
ABOUT_HOUSES = "Skriv om huset och samarbetet. Skriv aldrig något om den som bor där."


class HouseTextField(CleanTextField):
    """Text about houses: what tells of somebody who rents is refused here, word by word."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if found := rules.faults(text or ""):
            raise ValidationError(f"Ta bort det här: {' '.join(found)}", "tenant")
        return text


class LandlordForm(IdempotencyMixin, Form):
    called = CleanTextField(label="Namn", max_length=LINE, error_messages={"required": "Skriv vad hyresvärden heter."})
    kind = forms.ChoiceField(label="Slag", choices=Landlord.Kind.choices, widget=forms.RadioSelect)
    pilot = forms.BooleanField(label="Med i piloten med Fastighetsägarna Syd", required=False)
    address = CleanTextField(label="Adress", rows=2, max_length=TEXT, required=False)
    phone = CleanTextField(label="Telefon", max_length=LINE, required=False)
    note = HouseTextField(label="Bra att veta", rows=3, max_length=TEXT, required=False, help_text=ABOUT_HOUSES)
    groups = (
        Group("Hyresvärden", ["called", "kind", "pilot", "active"]),
        Group("Kontakt", ["address", "phone", "note"]),
    )

    def facts(self) -> dict[str, Any]:
        """What the act takes."""
        data = self.cleaned_data
        words = LandlordWords(**{name: data[name] for name in ("address", "phone", "note")})
        return {"name": data["called"], "kind": data["kind"], "pilot": data["pilot"], "words": words}


class ChangeLandlordForm(VersionMixin, LandlordForm):
    active = forms.BooleanField(
        label="Samarbetar med oss", required=False, help_text="Utan kryss går hen inte att välja för nya bostäder."
    )

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "active": self.cleaned_data["active"], "version": self.cleaned_data["version"]}


class ContactForm(IdempotencyMixin, Form):
    contact_name = CleanTextField(label="Namn", max_length=LINE)
    phone = CleanTextField(label="Telefon", max_length=LINE, required=False)
    role = HouseTextField(label="Roll", max_length=LINE, required=False, help_text="Till exempel uthyrare.")

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"words": ContactWords(name=data["contact_name"], phone=data["phone"], role=data["role"])}


class EndForm(IdempotencyMixin, Form):
    """Nothing to fill in."""

    def facts(self) -> dict[str, Any]:
        return {}


class TrainingForm(IdempotencyMixin, Form):
    held_on = SwedishDateField(label="Hölls", allow_future=False)
    held_by = HouseTextField(label="Vem höll den", max_length=LINE)
    content = forms.ChoiceField(label="Innehåll", choices=Training.Content.choices, widget=forms.RadioSelect)
    took_part = forms.IntegerField(label="Hur många deltog", min_value=1, max_value=500, initial=1)
    next_on = SwedishDateField(label="Nästa utbildning", required=False)
    groups = (Group("", ["content", ["held_on", "next_on"], "held_by", "took_part"]),)

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("held_on", "held_by", "content", "took_part", "next_on")}


class CooperationForm(IdempotencyMixin, Form):
    valid_from = SwedishDateField(label="Gäller från")
    valid_until = SwedishDateField(label="Gäller till och med")
    homes_a_year = forms.IntegerField(label="Bostäder om året", min_value=0, max_value=1000, initial=0)
    terms = HouseTextField(label="Villkor", rows=4, max_length=TEXT, required=False, help_text=ABOUT_HOUSES)
    groups = (Group("", [["valid_from", "valid_until"], "homes_a_year", "terms"]),)

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("valid_from", "valid_until", "homes_a_year", "terms")}


class TalkForm(IdempotencyMixin, Form):
    talked_on = SwedishDateField(label="När", allow_future=False)
    text = HouseTextField(label="Vad ni talade om", rows=6, max_length=TEXT, help_text=ABOUT_HOUSES)

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("talked_on", "text")}


class FollowUpForm(IdempotencyMixin, Form):
    after = forms.ChoiceField(label="Efter", choices=PilotFollowUp.After.choices, widget=forms.RadioSelect)
    held_on = SwedishDateField(label="Gjordes", allow_future=False)
    result = forms.ChoiceField(label="Resultat", choices=PilotFollowUp.Result.choices, widget=forms.RadioSelect)
    goes_on = forms.BooleanField(label="Samarbetet fortsätter", required=False, initial=True)
    text = HouseTextField(label="Vad vi lärde oss", rows=4, max_length=TEXT, required=False, help_text=ABOUT_HOUSES)

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("after", "held_on", "result", "goes_on", "text")}

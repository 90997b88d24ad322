from typing import Any

from django import forms

from casework.cases.insatser.models import Actor, ActorWords, Area
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, VersionMixin

TEXT = 2_000


class ActorForm(IdempotencyMixin, Form):
    """Somebody who gives insatser. Nothing about a client is written here."""

    called = CleanTextField(label="Namn", max_length=80, error_messages={"required": "Skriv vad aktören heter."})
    branch = forms.ChoiceField(label="Verksamhet", choices=Actor.Branch.choices, widget=forms.RadioSelect)
    secrecy = forms.ChoiceField(
        label="Sekretess",
        choices=Actor.Secrecy.choices,
        widget=forms.RadioSelect,
        help_text="Styr om aktören kan tillfrågas utan samtycke eller beslut.",
    )
    contact = CleanTextField(
        label="Så når du aktören",
        rows=3,
        max_length=TEXT,
        required=False,
        help_text="Skriv inte adressen till ett skyddat boende om den inte behövs (OSL 26 kap. 14 c §).",
    )
    opening = CleanTextField(label="När den nås", rows=2, max_length=TEXT, required=False)
    note = CleanTextField(label="Bra att veta", rows=3, max_length=TEXT, required=False)
    groups = (
        Group("Aktören", ["called", "branch", "secrecy", "active"]),
        Group("Kontakt", ["contact", "opening", "note"]),
    )

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        words = ActorWords(**{name: data[name] for name in ("contact", "opening", "note")})
        return {"name": data["called"], **{name: data[name] for name in ("branch", "secrecy")}, "words": words}


class ChangeActorForm(VersionMixin, ActorForm):
    active = forms.BooleanField(
        label="Används", required=False, help_text="Utan kryss går den inte att välja, men står kvar där den har valts."
    )

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "active": self.cleaned_data["active"], "version": self.cleaned_data["version"]}


class OfferForm(IdempotencyMixin, Form):
    """An insats that an actor gives."""

    called = CleanTextField(label="Namn", max_length=80, error_messages={"required": "Skriv vad insatsen heter."})
    area = forms.ChoiceField(label="Område", choices=[("", "Välj"), *Area.choices])
    for_children = forms.BooleanField(label="För barn", required=False)
    needs_decision = forms.BooleanField(
        label="Kräver beslut", required=False, help_text="Med kryss räcker aldrig ett samtycke."
    )

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"name": data["called"], **{name: data[name] for name in ("area", "for_children", "needs_decision")}}


class ChangeOfferForm(VersionMixin, OfferForm):
    active = forms.BooleanField(
        label="Används", required=False, help_text="Utan kryss går den inte att välja, men står kvar där den har valts."
    )

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "active": self.cleaned_data["active"], "version": self.cleaned_data["version"]}

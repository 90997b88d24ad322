from collections.abc import Sequence
from typing import Any

from django import forms

from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin
from housing.codes import LeaseKind
from housing.kompott.agreement_actions import MOST_DAYS, MOST_MONTHS
from housing.kompott.models import AgreementWords, Liaison, LiaisonWords
from housing.quotas.actions import FIRST, LAST, MOST

TEXT, SHORT, KEY, CODE = 4_000, 80, 64, 80
TERMS = ("name", "valid_from", "valid_until", "answer_days", "lease", "sublet_months")


class AgreementForm(IdempotencyMixin, Form):
    name = CleanTextField(label="Avtalets namn", max_length=SHORT)
    valid_from = SwedishDateField(label="Gäller från")
    valid_until = SwedishDateField(label="Gäller till och med")
    answer_days = forms.IntegerField(label="Dagar till svar", min_value=1, max_value=MOST_DAYS)
    lease = forms.ChoiceField(label="Kontrakt", choices=[("", "Välj"), *LeaseKind.choices])
    sublet_months = forms.IntegerField(
        label="Månader i andra hand före övertagande",
        min_value=0,
        max_value=MOST_MONTHS,
        help_text="0 om det inte gäller.",
    )
    cost_split = CleanTextField(label="Vem betalar vad?", rows=3, max_length=TEXT, required=False)
    distance = CleanTextField(label="Regler om avstånd", rows=3, max_length=TEXT, required=False)
    note = CleanTextField(label="Övrigt i avtalet", rows=3, max_length=TEXT, required=False)
    groups = (
        Group("Avtalet", ["name", ["valid_from", "valid_until"]]),
        Group("Villkor", [["answer_days", "sublet_months"], "lease", "cost_split", "distance", "note"]),
    )

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        start, end = data.get("valid_from"), data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", "Avtalet kan inte sluta gälla innan det börjar. Ändra någon av dagarna.")
        return data

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        words = AgreementWords(**{name: data[name] for name in ("cost_split", "distance", "note")})
        return {**{name: data[name] for name in TERMS}, "words": words}


class ChangeAgreementForm(VersionMixin, AgreementForm):
    pass


class MemberForm(IdempotencyMixin, Form):
    code = forms.ChoiceField(label="Kommun", error_messages={"required": "Välj vilken kommun som går med."})

    def __init__(self, *args: Any, municipalities: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "Välj"), *municipalities]  # type: ignore[attr-defined]


class KeysForm(VersionMixin, IdempotencyMixin, Form):
    """Keys may come by any way; the code comes by the phone."""

    verify_key = CleanTextField(label="Nyckel för underskrift", max_length=KEY, help_text="64 tecken, klistra in.")
    seal_key = CleanTextField(label="Nyckel för försegling", max_length=KEY, help_text="64 tecken, klistra in.")
    heard = CleanTextField(
        label="Kontrollkoden som du hörde",
        max_length=CODE,
        help_text="Ring kommunen på ett nummer du redan har. Be dem läsa upp sin kontrollkod, åtta grupper om fem "
        "siffror, och skriv den här.",
    )


class QuotaForm(IdempotencyMixin, Form):
    year = forms.IntegerField(label="År", min_value=FIRST, max_value=LAST)
    homes = forms.IntegerField(label="Bostäder", min_value=0, max_value=MOST)


class LiaisonForm(IdempotencyMixin, Form):
    role = forms.ChoiceField(label="Roll", choices=Liaison.Role.choices, widget=forms.RadioSelect)
    name = CleanTextField(label="Namn", max_length=SHORT)
    phone = CleanTextField(label="Telefon", max_length=40)
    note = CleanTextField(label="Anteckning", rows=2, max_length=TEXT, required=False)

    def words(self) -> LiaisonWords:
        return LiaisonWords(**{name: self.cleaned_data[name] for name in ("name", "phone", "note")})


class SureForm(IdempotencyMixin, Form):
    """Nothing to fill in."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin
from housing.codes import LeaseKind
from housing.landlords.models import Landlord
from housing.tenancies.models import TakeoverStep, Tenancy, TenancyAlarm, TenancyCheck
from housing.tenancies.rules import Terms

TEXT, LINE, RENT = 4_000, 200, 100_000
BLOCK = "Kommunen hyr minst tre lägenheter av samma hyresvärd för att hyra ut dem. Då finns rätten att bo kvar genast."
NOT_APPROVED = ("", "Inte godkänt än")


def today() -> dict[str, Any]:
    return {"on": timezone.localdate()}


class TermsForm(IdempotencyMixin, Form):
    """What the lease says. A home of the register has its landlord and its address already."""

    lease = forms.ChoiceField(label="Kontrakt", choices=[("", "Välj"), *LeaseKind.choices])
    tenant = forms.ChoiceField(
        label="Vem står på kontraktet hos hyresvärden?", choices=Tenancy.Tenant.choices, widget=forms.RadioSelect
    )
    starts_on = SwedishDateField(label="Kontraktet börjar")
    rent = forms.IntegerField(label="Hyra per månad, kronor", min_value=0, max_value=RENT)
    block_let = forms.BooleanField(label="Hemmet är blockförhyrt", required=False, help_text=BLOCK)
    trial_until = SwedishDateField(label="Prövotid till och med", required=False)
    takeover_on = SwedishDateField(label="Övertagande planerat till", required=False)
    next_visit_on = SwedishDateField(label="Nästa tillsyn", required=False)
    landlord = forms.ChoiceField(label="Hyresvärd", required=False)
    address = CleanTextField(label="Adress", max_length=LINE, required=False)
    conditions = CleanTextField(
        label="Särskilda villkor", rows=3, max_length=TEXT, required=False, help_text="Till exempel om tillsyn."
    )
    groups: ClassVar[Sequence[Group]] = (
        Group("Kontraktet", ["lease", "tenant", ["starts_on", "rent"], "block_let"]),
        Group("Dagar att komma ihåg", [["trial_until", "takeover_on"], "next_visit_on"]),
        Group("Hemmet", ["landlord", "address", "conditions"]),
    )

    def __init__(
        self, *args: Any, landlords: dict[str, Landlord], at_home: bool, keeps: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.landlords = landlords
        if at_home:
            del self.fields["landlord"], self.fields["address"]
            return
        chosen = self.fields["landlord"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", "Någon annan"), *((pk, row.name) for pk, row in landlords.items())]
        kept = "Lämna tomt för att behålla den adress som finns." if keeps else "Visas bara för den som anger skäl."
        self.fields["address"].help_text = kept

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts = data.get("starts_on")
        for name in ("trial_until", "takeover_on"):
            if starts and (day := data.get(name)) and day < starts:
                self.add_error(name, "Dagen ligger före den dag kontraktet börjar. Ändra någon av dagarna.")
        return data

    def terms(self) -> Terms:
        """What the acts take."""
        data = {name: self.cleaned_data[name] for name in self.fields if name not in ("once", "version", "landlord")}
        return Terms(**data, landlord=self.landlords.get(self.cleaned_data.get("landlord", "")))


class ChangeForm(VersionMixin, TermsForm):
    """The same, of a lease that is there."""


class DayForm(IdempotencyMixin, Form):
    on = SwedishDateField(label="Vilken dag?", allow_future=False)


class TakeoverForm(DayForm):
    reason = CleanTextField(
        label="Varför nu, fast steg saknas?",
        rows=3,
        max_length=TEXT,
        required=False,
        help_text="Behövs bara när något steg inte är klart, och då av sektionschefen.",
    )


class EndForm(DayForm):
    why = forms.ChoiceField(label="Varför?", choices=[("", "Välj"), *Tenancy.EndedWhy.choices])
    outcome = CleanTextField(label="Hur det gick", rows=4, max_length=TEXT, required=False)
    field_order = ("on", "why", "outcome")


class StepForm(DayForm):
    step = forms.ChoiceField(label="Vilket steg?", widget=forms.RadioSelect)
    field_order = ("step", "on")

    def __init__(self, *args: Any, done: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["step"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(value, label) for value, label in TakeoverStep.Step.choices if value not in done]


class VisitForm(DayForm):
    text = CleanTextField(label="Vad såg ni, och vad kom ni överens om?", rows=5, max_length=TEXT)
    next_on = SwedishDateField(label="Nästa tillsyn", required=False)
    field_order = ("on", "text", "next_on")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        on, next_on = data.get("on"), data.get("next_on")
        if on and next_on and next_on <= on:
            self.add_error("next_on", "Nästa tillsyn ska vara en senare dag.")
        return data


class AlarmForm(DayForm):
    kind = forms.ChoiceField(label="Vad gäller det?", choices=TenancyAlarm.Kind.choices, widget=forms.RadioSelect)
    text = CleanTextField(label="Vad har hänt?", rows=5, max_length=TEXT)
    field_order = ("kind", "on", "text")


class SettleForm(DayForm):
    outcome = CleanTextField(label="Hur löstes det?", rows=4, max_length=TEXT)


class CheckForm(IdempotencyMixin, Form):
    after = forms.ChoiceField(label="Hur lång tid efter inflyttningen?", choices=TenancyCheck.After.choices)
    lives_there = forms.TypedChoiceField(
        label="Bor personen kvar?",
        choices=[("yes", "Ja"), ("no", "Nej")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )


class WaiverForm(VersionMixin, IdempotencyMixin, Form):
    """She abstains from the right to stay. Whether it holds is told on the page of the tenancy."""

    document = CleanTextField(
        label="Vilken handling står avståendet i?",
        rows=3,
        max_length=TEXT,
        help_text="Den ska vara upprättad för sig, inte en rad i kontraktet. Skriv hur den heter och var den finns.",
    )
    on = SwedishDateField(label="Underskriven", allow_future=False)
    until = SwedishDateField(label="Gäller till och med", required=False)
    approval = forms.ChoiceField(
        label="Godkännande", choices=[NOT_APPROVED, *Tenancy.Approval.choices], required=False, widget=forms.RadioSelect
    )
    approved_on = SwedishDateField(label="Hyresnämnden godkände", allow_future=False, required=False)
    has_spouse = forms.BooleanField(label="Bor med make eller sambo", required=False)
    spouse_on = SwedishDateField(label="Make eller sambo godtog", allow_future=False, required=False)
    groups: ClassVar[Sequence[Group]] = (
        Group("Handlingen", ["document", ["on", "until"]]),
        Group("Godkännande", ["approval", "approved_on"]),
        Group(
            "Make eller sambo", ["has_spouse", "spouse_on"], "Ett avstående gäller bara om hen också har godtagit det."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        board = data.get("approval") == Tenancy.Approval.BOARD
        if board and not data.get("approved_on") and "approved_on" not in self.errors:
            self.add_error("approved_on", "Skriv vilken dag hyresnämnden godkände.")
        if data.get("spouse_on") and not data.get("has_spouse"):
            self.add_error("has_spouse", "Kryssa i rutan, eller ta bort dagen.")
        return data

    def facts(self) -> dict[str, Any]:
        """What the act takes."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "once"}

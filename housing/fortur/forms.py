from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin
from housing.fortur import rules
from housing.fortur.actions import RENEWALS, Answer
from housing.fortur.rules import Outcome
from housing.quotas.actions import FIRST, LAST, MOST

TEXT, NAME, MOST_OFFERS = 4_000, 200, 9


# What each decision needs beside its day and who took it.
NEEDED: dict[str, dict[str, str]] = {
    Outcome.GRANTED: {
        "valid_until": "Fyll i hur länge förturen gäller.",
        "offers_allowed": "Fyll i hur många erbjudanden som ingår.",
    },
    Outcome.REFUSED: {"declined": "Välj varför hyresvärden sade nej.", "grounds": "Skriv hyresvärdens skäl."},
}


class ApplicationForm(VersionMixin, IdempotencyMixin, Form):
    """What the landlord reads. Which words may not stand there is said by the act, one by one."""

    landlord = forms.ChoiceField(label="Hyresvärd")
    certificate = CleanTextField(
        label="Intyg",
        rows=12,
        max_length=TEXT,
        help_text="Hyresvärden läser det här. Skriv om behovet av ett hem, aldrig om våld, skydd, polis eller domstol. "
        "Skriv inga namn, nummer eller adresser.",
    )
    conditions = CleanTextField(
        label="Villkor i kontraktet",
        rows=4,
        max_length=TEXT,
        required=False,
        help_text="Sådant som hyresvärden behöver godta. Lämna tomt om det inte finns något.",
    )

    def __init__(self, *args: Any, landlords: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["landlord"].choices = landlords  # type: ignore[attr-defined]  # a ChoiceField


class ApproveForm(VersionMixin, IdempotencyMixin, Form):
    read = forms.BooleanField(label="Jag har läst intyget och godkänner att hyresvärden får det")


class AnswerForm(IdempotencyMixin, Form):
    """The landlord's decision; which fields are needed follows from it, and is said by the act."""

    outcome = forms.ChoiceField(label="Hyresvärdens beslut", choices=Outcome.choices, widget=forms.RadioSelect)
    decided_on = SwedishDateField(label="Beslutad", allow_future=False, initial=timezone.localdate)
    decider = CleanTextField(
        label="Vem beslutade?", max_length=NAME, help_text="Namn och befattning på chefen hos hyresvärden."
    )
    valid_until = SwedishDateField(label="Förturen gäller till och med", required=False)
    offers_allowed = forms.IntegerField(
        label="Antal erbjudanden som ingår",
        required=False,
        min_value=1,
        max_value=MOST_OFFERS,
        help_text="Räkna alla. När personen har tackat nej så många gånger är förturen slut.",
    )
    area_limit = CleanTextField(
        label="Begränsning till ett område", max_length=NAME, required=False, help_text="Lämna tomt om ingen finns."
    )
    declined = forms.ChoiceField(
        label="Varför blev det nej?",
        choices=[("", "Välj"), *((one.value, one.label) for one in rules.REFUSALS)],
        required=False,
    )
    grounds = CleanTextField(label="Hyresvärdens skäl", rows=4, max_length=TEXT, required=False)
    groups: ClassVar[Sequence[Group]] = (
        Group("Beslutet", ["outcome", "decided_on", "decider"]),
        Group("Om förturen beviljades", [["valid_until", "offers_allowed"], "area_limit"]),
        Group("Om det blev avslag", ["declined", "grounds"]),
    )

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        for name, message in NEEDED.get(data.get("outcome", ""), {}).items():
            if name not in self.errors and not data.get(name):
                self.add_error(name, message)
        return data

    def answer(self) -> Answer:
        """What the act takes."""
        return Answer(**{name: value for name, value in self.cleaned_data.items() if name != "once"})


class RenewForm(IdempotencyMixin, Form):
    what = forms.ChoiceField(label="Vad har hänt?", choices=RENEWALS, widget=forms.RadioSelect)
    valid_until = SwedishDateField(
        label="Ny sista dag", required=False, help_text="Fyll i om den förlängs. Till exempel 2026-03-01"
    )


class QuotaForm(IdempotencyMixin, Form):
    landlord = forms.ChoiceField(label="Hyresvärd")
    year = forms.IntegerField(label="År", min_value=FIRST, max_value=LAST)
    homes = forms.IntegerField(
        label="Bostäder med förtur",
        min_value=0,
        max_value=MOST,
        help_text="Så många som hyresvärden lämnar under året. En kvot som redan finns skrivs över.",
    )

    def __init__(self, *args: Any, landlords: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, initial={"year": timezone.localdate().year}, **kwargs)
        self.fields["landlord"].choices = landlords  # type: ignore[attr-defined]  # a ChoiceField

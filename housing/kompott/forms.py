from collections.abc import Sequence
from typing import Any

from django import forms

from casework.forms import CleanTextField, Form, IdempotencyMixin, SwedishDateField, VersionMixin
from housing.codes import DeclineReason, LeaseKind
from housing.kompott.exchange import MAX_BYTES
from housing.kompott.kinds import OFFER_MOST

D = DeclineReason
NOTE = 2_000
OUR_WHY = [
    (one.value, one.label) for one in (D.PERSON, D.UNSAFE, D.TOO_NEAR, D.NO_FIT, D.CONSENT, D.OTHER_HOME, D.TOO_LATE)
]
THEIR_WHY = [
    (one.value, one.label)
    for one in (D.NO_HOME, D.QUOTA_FULL, D.NO_FIT, D.ECONOMY, D.UNSAFE, D.TOO_NEAR, D.NOT_ENTITLED, D.HOME_GONE)
]
CHOOSE, WHY = ("", "Välj"), {"required": "Välj varför."}


class RequestForm(IdempotencyMixin, Form):
    """Whom to ask, and on the ground of which consent."""

    member = forms.ChoiceField(label="Kommun", error_messages={"required": "Välj vilken kommun ni frågar."})
    consent = forms.ChoiceField(
        label="Samtycke",
        help_text="Det samtycke som låter er fråga kommunen. Bara de som gäller i dag går att välja.",
        error_messages={"required": "Välj samtycket. Finns inget: fråga personen och anteckna det först."},
    )
    note = CleanTextField(
        label="Egen anteckning", rows=3, max_length=NOTE, required=False, help_text="Följer inte med filen."
    )

    def __init__(
        self, *args: Any, members: Sequence[tuple[str, str]], consents: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("member", members), ("consent", consents)):
            self.fields[name].choices = [CHOOSE, *choices]  # type: ignore[attr-defined]


class ChangeRequestForm(VersionMixin, RequestForm):
    pass


class StepForm(IdempotencyMixin, Form):
    """A step that asks for nothing."""


class DayForm(StepForm):
    on = SwedishDateField(label="Inflyttningsdag", allow_future=False)


class WhyForm(StepForm):
    declined = forms.ChoiceField(label="Varför?", choices=[CHOOSE, *OUR_WHY], error_messages=WHY)


class TheirWhyForm(StepForm):
    declined = forms.ChoiceField(label="Varför?", choices=[CHOOSE, *THEIR_WHY], error_messages=WHY)


class OfferForm(StepForm):
    text = CleanTextField(
        label="Bostaden",
        rows=5,
        max_length=OFFER_MOST,
        help_text="Storlek, hyra, kontrakt, från när, och när ni behöver svar. Skriv ingen adress och inga namn.",
        error_messages={"required": "Skriv vilken bostad det är, utan adress."},
    )
    home = forms.ChoiceField(
        label="Bostad i vårt register",
        required=False,
        help_text="Väljer du en erbjuds den inte till någon annan så länge.",
    )

    def __init__(self, *args: Any, homes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].choices = [("", "Ingen i registret"), *homes]  # type: ignore[attr-defined]


class ContractForm(StepForm):
    lease = forms.ChoiceField(label="Kontrakt", choices=[CHOOSE, *LeaseKind.choices])


class TransferForm(StepForm):
    takes_over = forms.ChoiceField(
        label="Tar vi över ärendet?",
        choices=[("ja", "Ja, vi tar över det"), ("nej", "Nej")],
        widget=forms.RadioSelect,
    )


class ImportForm(IdempotencyMixin, Form):
    file = forms.FileField(
        label="Fil",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json"}),
        help_text="Filen från den andra kommunen, som den är. Den är krypterad och undertecknad.",
        error_messages={"required": "Välj en fil.", "missing": "Välj en fil.", "invalid": "Välj en fil."},
    )

    def content(self) -> bytes:
        """The file, or as much of it as shows that it is too large."""
        content: bytes = self.cleaned_data["file"].read(MAX_BYTES + 1)
        return content

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from casework.cases.consents.models import Consent
from casework.cases.consents.readers import label_of
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin
from housing.stages.actions import Asked

NAME, PHONE, TEXT = 300, 40, 4_000
ASKED = ("recipient", "purpose", "weighing", "reservation", "phone")


class ConsentForm(IdempotencyMixin, Form):
    """On which consent somebody is told more."""

    consent = forms.ChoiceField(
        label="Vilket samtycke?",
        help_text="Bara de som gäller i dag finns i listan. Återkallas samtycket får mottagaren inte veta mer.",
    )
    groups: ClassVar[Sequence[Group]] = (Group("", ["consent"]),)

    def __init__(self, *args: Any, consents: Sequence[Consent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consents = {str(row.pk): row for row in consents}
        field: Any = self.fields["consent"]
        field.choices = [("", "Välj"), *((pk, label_of(row)) for pk, row in self.consents.items())]

    @property
    def chosen(self) -> Consent:
        return self.consents[self.cleaned_data["consent"]]

    def asked(self) -> Asked:
        """What the act takes."""
        data = self.cleaned_data
        return Asked(
            **{name: data.get(name, "") for name in ("recipient", "purpose", "weighing", "reservation", "phone")}
        )


class PhoneForm(ConsentForm):
    """What our own coordinator is told of whom to call."""

    phone = CleanTextField(
        label="Telefon på arbetet",
        max_length=PHONE,
        required=False,
        help_text="Dit samordnaren kan ringa kontaktpersonen. Aldrig personens eget nummer.",
    )
    groups: ClassVar[Sequence[Group]] = (Group("", ["consent", "phone"]),)


class AskForm(PhoneForm):
    """To whom outside, and what for. `grave`: it tells who or where she is."""

    recipient = CleanTextField(
        label="Vem får uppgifterna?", max_length=NAME, help_text="En mottagare: organisation och roll."
    )
    purpose = CleanTextField(label="Vad ska uppgifterna användas till?", rows=3, max_length=TEXT)
    weighing = CleanTextField(
        label="Hur har ni vägt?",
        rows=4,
        max_length=TEXT,
        help_text="Det gäller vem eller var personen är. Skriv varför behovet är större än risken för henne.",
    )
    reservation = CleanTextField(
        label="Förbehåll",
        rows=3,
        max_length=TEXT,
        required=False,
        help_text="Vad mottagaren inte får göra med uppgifterna (OSL 10 kap. 14 § och 12 kap. 2 §). "
        "Det står på underlaget.",
    )
    groups = (
        Group("Samtycke", ["consent"]),
        Group("Vem och varför", ["recipient", "purpose", "phone"]),
        Group("Bedömning", ["weighing", "reservation"]),
    )

    def __init__(self, *args: Any, grave: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = "Dit mottagaren kan ringa kontaktpersonen. Aldrig personens eget nummer."
        if not grave:
            del self.fields["weighing"]


class LetOutForm(IdempotencyMixin, Form):
    """Nothing to fill in."""

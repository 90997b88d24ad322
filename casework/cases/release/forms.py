from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from casework.cases.release import parts
from casework.cases.release.covering import COVER
from casework.cases.release.models import ReleasePiece
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin

NOTE, WHY = 2_000, 2_000
Verdict = ReleasePiece.Verdict
VERDICTS = [(verdict.value, verdict.label) for verdict in Verdict if verdict != Verdict.OPEN]
OWN_CHILD = "Gäller utlämnandet ett barn tas bara det som står i barnets egen akt."


class ReleaseForm(IdempotencyMixin, Form):
    """What is to be printed. It rests on a disclosure that has been decided."""

    disclosure = forms.ChoiceField(label="Utlämnande", help_text=OWN_CHILD, widget=forms.RadioSelect)
    parts = forms.MultipleChoiceField(label="Delar av akten", widget=forms.CheckboxSelectMultiple)
    since = SwedishDateField(label="Från och med", required=False)
    until = SwedishDateField(label="Till och med", required=False)
    note = CleanTextField(
        label="Anteckning",
        rows=3,
        max_length=NOTE,
        required=False,
        help_text="För er själva, till exempel vem som begärde utskriften och när den ska hämtas.",
    )
    groups: ClassVar[Sequence[Group]] = (
        Group("Vad som skrivs ut", ["disclosure", "parts"]),
        Group("Tid", [["since", "until"]], "Lämna tomt för hela tiden."),
    )

    def __init__(self, *args: Any, disclosures: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["disclosure"].choices = disclosures  # type: ignore[attr-defined]
        self.fields["parts"].choices = [(part.key, part.label) for part in parts.offered()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            self.add_error("until", "Den sista dagen ligger före den första. Ändra någon av dem.")
        return data


class PieceForm(VersionMixin, IdempotencyMixin, Form):
    """The judgement of one piece. Its text may be covered and changed in no other way."""

    verdict = forms.ChoiceField(label="Vad gör du med delen?", choices=VERDICTS, widget=forms.RadioSelect)
    cover_found = forms.BooleanField(
        label="Täck allt som är markerat", required=False, help_text="Gäller när delen lämnas ut med täckta delar."
    )
    text = CleanTextField(
        label="Det som lämnas ut",
        rows=10,
        required=False,
        help_text=f"Skriv {COVER} i stället för det som rör andra. Du kan bara täcka, inte skriva om.",
    )
    tried = forms.BooleanField(
        label="Jag har prövat detta",
        required=False,
        help_text="Behövs när något som är markerat lämnas ut. Skriv också varför.",
    )
    why = CleanTextField(
        label="Varför?",
        rows=3,
        max_length=WHY,
        required=False,
        help_text="Behövs när delen inte lämnas ut, till exempel OSL 26 kap. 1 § eller 10 kap. 3 §.",
    )

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if data.get("verdict") == Verdict.HELD and "why" not in self.errors and not data.get("why"):
            self.add_error("why", "Skriv varför delen inte lämnas ut.")
        return data


class PassForm(VersionMixin, IdempotencyMixin, Form):
    """Nothing to fill in: the second person has read the piece."""


class MoveForm(IdempotencyMixin, Form):
    """A move that needs no reason."""


class ReasonForm(IdempotencyMixin, Form):
    reason = CleanTextField(rows=4, max_length=WHY)

    def __init__(self, *args: Any, asks: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = asks
        self.fields["reason"].error_messages["required"] = f"Svara på frågan: {asks}"

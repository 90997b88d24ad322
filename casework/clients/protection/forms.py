from typing import Any

from django import forms

from casework.clients.forms import LINE, TEXT, IdentityFields
from casework.clients.protection.models import MaskingHit
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin

MASK, LEAVE = "mask", "leave"


class CheckForm(IdempotencyMixin, Form):
    """Nothing to fill in: the day is today."""


class ChangeMarkForm(VersionMixin, IdempotencyMixin, Form):
    review_on = SwedishDateField(
        label="Följs upp", required=False, help_text="Sekretessmarkering gäller oftast ett år."
    )
    decided_by = CleanTextField(label="Vem beslutade", max_length=LINE, required=False)


class ReplaceForm(IdentityFields, VersionMixin, IdempotencyMixin):
    """The whole new identity. The old one is not shown and is kept nowhere afterwards."""

    grounds = CleanTextField(
        label="Varför byter personen identitet?",
        rows=3,
        max_length=TEXT,
        help_text="Skriv inte den tidigare identiteten här.",
    )
    groups = (
        Group(
            "Ny identitet",
            [["given_name", "family_name"], "number", ["language", "interpreter"]],
            "Skriv hela den nya identiteten. Det som du lämnar tomt finns inte kvar.",
        ),
        Group("Skäl", ["grounds"]),
    )


class ProposeForm(IdempotencyMixin, Form):
    """What one person thinks should be done about a hit."""

    verdict = forms.ChoiceField(
        label="Vad ska göras?", choices=[(MASK, "Maskera"), (LEAVE, "Lämna som det är")], widget=forms.RadioSelect
    )
    why = CleanTextField(
        label="Varför?",
        rows=2,
        max_length=TEXT,
        required=False,
        help_text="Behövs om du vill lämna träffen. Skriv inte av den.",
    )

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if data.get("verdict") == LEAVE and "why" not in self.errors and not data.get("why"):
            self.add_error("why", "Skriv varför träffen kan lämnas som den är.")
        return data

    @classmethod
    def at(cls, hit: MaskingHit) -> "ProposeForm":
        return cls(auto_id=f"{hit.pk}_propose_%s", initial={"verdict": MASK if hit.mask else LEAVE})


class DecideForm(IdempotencyMixin, Form):
    """Somebody else's proposal is carried out."""

    do = forms.CharField(widget=forms.HiddenInput, initial="decide")
    exact = CleanTextField(
        label="Ord som ska maskeras",
        max_length=LINE,
        required=False,
        help_text="Texten har ändrats. Skriv av de ord som ska maskeras exakt som de står. De sparas inte.",
    )

    def __init__(self, *args: Any, changed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not changed:
            del self.fields["exact"]

    @classmethod
    def at(cls, hit: MaskingHit, *, changed: bool) -> "DecideForm":
        return cls(auto_id=f"{hit.pk}_decide_%s", changed=changed)


class FinishForm(IdempotencyMixin, Form):
    """Nothing to fill in: the page says what happens."""

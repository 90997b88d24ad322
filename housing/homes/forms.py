from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from casework.forms import (
    CleanTextField,
    Form,
    Group,
    IdempotencyMixin,
    SwedishDateField,
    SwedishDateTimeField,
    VersionMixin,
)
from housing.areas import areas
from housing.codes import Access, DeclineReason, LeaseKind
from housing.homes.models import ColocationDecision, Home, HomeWords, PlaceWords
from housing.homes.readers import TERMS
from housing.homes.rules import Terms

LINE, TEXT, NEUTRAL = 120, 2_000, 300
MOST_ROOMS, MOST_RENT = 20, 100_000
CHECKED = [choice for choice in Home.Safety.choices if choice[0] != Home.Safety.UNCHECKED]


class FactsForm(Form):
    """What a home is like. Nothing of it tells where it lies."""

    lease = forms.ChoiceField(label="Kontrakt", choices=[("", "Välj"), *LeaseKind.choices])
    area = forms.ChoiceField(label="Område")
    rooms = forms.IntegerField(label="Antal rum", min_value=1, max_value=MOST_ROOMS)
    rent = forms.IntegerField(label="Hyra, kronor i månaden", min_value=0, max_value=MOST_RENT)
    pets = forms.BooleanField(label="Djur får finnas", required=False)
    access = forms.MultipleChoiceField(
        label="Tillgänglighet", choices=Access.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    available_from = SwedishDateField(label="Ledig från")
    available_until = SwedishDateField(
        label="Hyresvärden vill ha svar senast", required=False, help_text="Lämna tomt om det inte är bestämt."
    )
    block_let = forms.BooleanField(
        label="Blockförhyrd",
        required=False,
        help_text="Vi hyr minst tre lägenheter tillsammans för att hyra ut dem. "
        "Då har den som bor där besittningsskydd från första dagen (JB 12 kap. 45 §).",
    )
    note = CleanTextField(
        label="Anteckning om bostaden",
        rows=3,
        max_length=TEXT,
        required=False,
        help_text="Skriv inget om någon person.",
    )
    groups: ClassVar[Sequence[Group]] = (
        Group("Bostaden", [["area", "rooms"], "access", "pets"]),
        Group("Villkor", ["lease", "rent", ["available_from", "available_until"], "block_let"]),
        Group("Övrigt", ["note"]),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "Välj"), *areas().items()]  # type: ignore[attr-defined]

    def terms(self) -> Terms:
        return Terms(**{name: self.cleaned_data[name] for name in TERMS})


class AddressFields(Form):
    street = CleanTextField(label="Gata och nummer", max_length=LINE, help_text="Till exempel Ekgatan 3 A")
    postal_code = CleanTextField(label="Postnummer", max_length=12, required=False)
    town = CleanTextField(label="Ort", max_length=LINE)


class HomeForm(IdempotencyMixin, FactsForm, AddressFields):
    landlord: Any = forms.ModelChoiceField(label="Hyresvärd", queryset=None, empty_label="Välj")
    flat = CleanTextField(label="Lägenhet", max_length=LINE, required=False, help_text="Nummer, trappa och våning.")
    groups = (
        Group("Hyresvärd", ["landlord"]),
        Group(
            "Adress",
            ["street", ["postal_code", "town"], "flat"],
            "Adressen visas aldrig i listor. Bostaden får en beteckning, till exempel H-1042.",
        ),
        *FactsForm.groups,
    )

    def __init__(self, *args: Any, landlords: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["landlord"].queryset = landlords  # type: ignore[attr-defined]

    def words(self) -> HomeWords:
        told = ("street", "postal_code", "town", "flat", "access", "note")
        return HomeWords(**{name: self.cleaned_data[name] for name in told})


class ChangeForm(VersionMixin, IdempotencyMixin, FactsForm):
    pass


class AddressForm(VersionMixin, IdempotencyMixin, AddressFields):
    flat = CleanTextField(label="Lägenhet", max_length=LINE, required=False, help_text="Nummer, trappa och våning.")
    groups = (Group("", ["street", ["postal_code", "town"], "flat"]),)


class SafetyForm(IdempotencyMixin, Form):
    safety = forms.ChoiceField(label="Vad visade kontrollen?", choices=CHECKED, widget=forms.RadioSelect)
    safety_on = SwedishDateField(label="När gjordes den?", allow_future=False)
    text = CleanTextField(
        label="Brister, och varför bostaden ändå duger eller inte duger",
        rows=4,
        max_length=TEXT,
        required=False,
        help_text="Lås, insyn, port, belysning, flera vägar ut. Lämna tomt om allt var bra.",
    )


class RevealForm(Form):
    """Why somebody has to know where a home lies. The codes go to the log."""

    REASONS = (
        ("home_viewing", "Visning, nycklar eller inflyttning"),
        ("home_landlord", "Jag talar med hyresvärden"),
        ("check", "Jag kontrollerar att uppgiften stämmer"),
    )
    reason = forms.ChoiceField(label="Varför behöver du se adressen?", choices=REASONS)


class RemoveForm(IdempotencyMixin, Form):
    """Nothing to fill in."""


class HoldForm(IdempotencyMixin, Form):
    track: Any = forms.ModelChoiceField(label="För vilken väg?", queryset=None, empty_label=None)
    answer_by = SwedishDateField(label="Svar senast", required=False, allow_past=False)
    viewing_at = SwedishDateTimeField(
        label="Visning", required=False, help_text="Hyresvärden får tiden, aldrig något namn."
    )
    note = CleanTextField(
        label="Anteckning",
        rows=2,
        max_length=NEUTRAL,
        required=False,
        help_text="Bara praktiskt: var nyckeln hämtas, vem hos hyresvärden som möter. Inget om personen.",
    )

    def __init__(self, *args: Any, tracks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["track"]
        field.queryset = tracks
        field.label_from_instance = lambda track: track.kind.name

    def facts(self) -> dict[str, Any]:
        """What the act takes."""
        return {name: self.cleaned_data[name] for name in ("track", "answer_by", "viewing_at", "note")}


class ReleaseForm(IdempotencyMixin, Form):
    why = forms.ChoiceField(label="Varför släpps bostaden?", choices=[("", "Välj"), *DeclineReason.choices])


class DecideForm(IdempotencyMixin, Form):
    TOLD: ClassVar = ("decision", "reason")
    decision = forms.ChoiceField(
        label="Får bostaden erbjudas?",
        choices=[one for one in ColocationDecision.Decision.choices if one[0] != ColocationDecision.Decision.ASKED],
        widget=forms.RadioSelect,
    )
    reason = CleanTextField(label="Varför beslutar du så?", rows=4, max_length=TEXT)


class PlaceForm(IdempotencyMixin, AddressFields):
    related: Any = forms.ModelChoiceField(label="Vem gäller det?", queryset=None, empty_label="Välj")
    about = CleanTextField(
        label="Om platsen",
        rows=3,
        max_length=TEXT,
        required=False,
        help_text="Till exempel: bor där, arbetar där, hälsar på sina föräldrar.",
    )
    groups = (
        Group("Vem", ["related"]),
        Group("Var", ["street", ["postal_code", "town"]]),
        Group("Det som behövs", ["about"]),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["related"]
        field.queryset = people
        field.label_from_instance = lambda row: f"{row.get_part_display()}: {row.get_relation_display().lower()}"

    def words(self) -> PlaceWords:
        return PlaceWords(**{name: self.cleaned_data[name] for name in ("street", "postal_code", "town", "about")})


class EndForm(IdempotencyMixin, Form):
    reason = CleanTextField(label="Varför gäller platsen inte längre?", rows=3, max_length=TEXT)

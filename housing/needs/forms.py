from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, VersionMixin
from housing.codes import Access, AgeBand, Obstacle, ThreatKind, Urgency
from housing.needs import rules
from housing.needs.models import HousingNeed, NeedProfile

NOTE = 4_000
CHIPS = {"class": "choices--chips"}
BANDS = [f"children_{at}" for at, _ in enumerate(AgeBand)]
CODED = ("areas", "avoid", "region", "access", "obstacles")


class Count(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": rules.MOST, "required": False, **kwargs})


class Choices(forms.MultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple(attrs=CHIPS), **kwargs)


class NeedForm(IdempotencyMixin, Form):
    """What she needs of a home. `areas` are the areas to choose among: (key, name)."""

    urgency = forms.ChoiceField(
        label="Hur bråttom är det?", choices=Urgency.choices, widget=forms.RadioSelect(attrs=CHIPS)
    )
    adults = Count(label="Vuxna", min_value=1, required=True)
    children_0 = Count(label="Barn under 1 år")
    children_1 = Count(label="Barn 1–5 år")
    children_2 = Count(label="Barn 6–12 år")
    children_3 = Count(label="Barn 13–14 år")
    children_4 = Count(label="Barn 15–17 år")
    pets = forms.BooleanField(label="Djur följer med", required=False)
    rooms = Count(label="Rum, minst", help_text="Behövs innan boendesamordnaren får behovet.")
    max_rent = Count(
        label="Hyra i månaden, högst (kronor)", max_value=rules.HIGHEST_RENT, help_text="Tomt betyder ingen gräns."
    )
    access = Choices(label="Tillgänglighet", choices=Access.choices)
    areas = Choices(label="Önskade områden", help_text="Inget valt betyder att alla områden går bra.")
    avoid = Choices(label="Områden att undvika", help_text="Ta hellre med för mycket än för litet.")
    region = Choices(label="Skola eller arbete finns i", help_text="Välj bara det som avgör var hemmet kan ligga.")
    obstacles = Choices(label="Det här kan stå i vägen", choices=Obstacle.choices)
    threat = forms.ChoiceField(
        label="Vem hotet kommer från",
        choices=[("", "Anges inte"), *ThreatKind.choices],
        required=False,
        widget=forms.RadioSelect(attrs=CHIPS),
        help_text="Boendesamordnaren och hyresvärdar får aldrig veta det.",
    )
    note = CleanTextField(
        label="Att tänka på",
        rows=4,
        max_length=NOTE,
        required=False,
        help_text="Läses bara av er som arbetar i ärendet.",
    )
    groups: ClassVar[Sequence[Group]] = (
        Group("Hushållet", ["urgency", ["adults"], BANDS, "pets"], "Bara antal och ålder. Aldrig namn."),
        Group("Bostaden", [["rooms", "max_rent"], "access"]),
        Group("Var", ["areas", "avoid", "region"]),
        Group("Svårigheter", ["obstacles", "threat"]),
        Group("Bara för ärendet", ["note"]),
    )

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("areas", "avoid", "region"):
            self.fields[name].choices = areas  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if twice := rules.both(data.get("areas", ()), data.get("avoid", ())):
            self.add_error("avoid", twice)
        counted = [data.get(name) or 0 for name in BANDS]
        if sum(counted) > rules.MOST:
            self.add_error(BANDS[0], f"Barnen är {sum(counted)} tillsammans. Skriv högst {rules.MOST}.")
        return data

    def facts(self) -> dict[str, Any]:
        """What the acts take."""
        data = self.cleaned_data
        children = [band for name, band in zip(BANDS, AgeBand.values, strict=True) for _ in range(data[name] or 0)]
        told: dict[str, Any] = {name: data[name] or 0 for name in ("adults", "rooms", "max_rent")}
        told |= {name: list(data[name]) for name in CODED}
        told |= {name: data[name] for name in ("pets", "threat", "note")}
        return {"urgency": data["urgency"], "profile": NeedProfile(children=children, **told)}


class ChangeForm(VersionMixin, NeedForm):
    """The same, of a need that is written."""


class PublishForm(IdempotencyMixin, Form):
    """Nothing to fill in: the page shows what the coordinator will see."""


class WithdrawForm(IdempotencyMixin, Form):
    why = forms.ChoiceField(label="Varför?", choices=HousingNeed.WithdrawnWhy.choices, widget=forms.RadioSelect)

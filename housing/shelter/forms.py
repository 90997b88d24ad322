from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from casework.cases.insatser.models import Actor
from casework.clients.children.models import Child
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin
from housing.shelter import rules
from housing.shelter.models import ReviewWords, ShelterStay, StayPlace, StayWords
from housing.tracks.models import Track

TEXT, NOTE = 8_000, 500
Ground, EndedWhy = rules.Ground, rules.EndedWhy
YES_NO = [("yes", "Ja"), ("no", "Nej")]


class PlaceFields(Form):
    """Where it is; for the adult's stay."""

    unit = CleanTextField(label="Enhet", max_length=NOTE, required=False)
    address = CleanTextField(label="Adress", max_length=NOTE, required=False)
    note = CleanTextField(label="Hitta dit", rows=2, max_length=2_000, required=False)

    def place(self) -> StayPlace:
        return StayPlace(**{name: self.cleaned_data.get(name, "") for name in ("unit", "address", "note")})


class DecideForm(PlaceFields, IdempotencyMixin):
    """A decision for the person, or for a child with a ground of its own. Its words may become public."""

    provider = forms.ChoiceField(label="Vem driver boendet?", help_text="Ur registret över aktörer.")
    ground = forms.ChoiceField(label="Grund", widget=forms.RadioSelect)
    track = forms.ChoiceField(label="Väg till ett hem", required=False)
    decided_on = SwedishDateField(label="Beslutsdag", allow_future=False)
    contents = CleanTextField(label="Vad beslutas?", rows=4, max_length=TEXT)
    motivation = CleanTextField(label="Varför?", rows=4, max_length=TEXT)
    visitation = CleanTextField(
        label="Umgänge och hemlig vistelseort",
        rows=3,
        max_length=TEXT,
        required=False,
        help_text="Vad ni har beslutat enligt lag 2024:79, 5 kap. 4 §. Inga platser.",
    )
    groups: Sequence[Group] = (  # type: ignore[misc]  # a child's form has one less
        Group("Beslutet", ["provider", "ground", "track", "decided_on"]),
        Group("Texten", ["contents", "motivation", "visitation"], rules.PUBLIC),
        Group("Stället", ["unit", "address", "note"], "Skyddas som en adress. Lämna tomt om det inte behövs."),
    )

    def __init__(
        self, *args: Any, providers: list[Actor], tracks: list[Track], child: Child | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.providers = {str(actor.pk): actor for actor in providers}
        self.tracks = {str(track.pk): track for track in tracks}
        self._choose("provider", [("", "Välj"), *((pk, actor.name) for pk, actor in self.providers.items())])
        self._choose("ground", [choice for choice in Ground.choices if choice[0] != Ground.ADULT])
        self._choose("track", [("", "Ingen"), *((pk, track.kind.name) for pk, track in self.tracks.items())])
        hidden = ("ground", "visitation") if child is None else ("track", "unit", "address", "note")
        for name in (*hidden, *([] if tracks else ["track"])):
            self.fields.pop(name, None)
        if child is not None:
            self.groups = self.groups[:-1]

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def facts(self) -> dict[str, Any]:
        """What the act takes, but for whom and whose stay the child goes along to."""
        data = self.cleaned_data
        words = StayWords(**{name: data.get(name, "") for name in ("contents", "motivation", "visitation")})
        return {
            "provider": self.providers[data["provider"]],
            "ground": data.get("ground", Ground.ADULT),
            "decided_on": data["decided_on"],
            "words": words,
            "place": self.place() if "unit" in self.fields else None,
            "track": self.tracks.get(data.get("track", "")),
        }


class PlaceForm(PlaceFields, VersionMixin, IdempotencyMixin):
    """Begins empty: what is there is shown for a reason only."""

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in ("unit", "address", "note")):
            self.add_error("unit", "Skriv enheten, adressen eller hur man hittar dit.")
        return data


class PlansForm(VersionMixin, IdempotencyMixin, Form):
    """The days of the plans, and what the court has said of time."""

    care_plan_on = SwedishDateField(label="Vårdplanen gjordes", required=False, allow_future=False)
    implementation_plan_on = SwedishDateField(label="Genomförandeplanen gjordes", required=False, allow_future=False)
    apply_extended_to = SwedishDateField(
        label="Längre tid för ansökan, till och med",
        required=False,
        help_text="Om rätten har medgett det (lag 2024:79, 4 kap. 6 §).",
    )
    court_final_on = SwedishDateField(
        label="Rättens beslut fick laga kraft",
        required=False,
        allow_future=False,
        help_text="Härifrån räknas de fyra veckorna (lag 2024:79, 3 kap. 4 §).",
    )
    NAMES = ("care_plan_on", "implementation_plan_on", "apply_extended_to", "court_final_on")

    def __init__(self, *args: Any, stay: ShelterStay, **kwargs: Any) -> None:
        initial = {name: getattr(stay, name) for name in (*self.NAMES, "version")}
        super().__init__(*args, initial=initial, **kwargs)
        if stay.child_id is None:
            self.fields.pop("implementation_plan_on")
        if stay.ground != Ground.IMMEDIATE or stay.applied_on is not None:
            self.fields.pop("apply_extended_to")
        if stay.court_decided_on is None:
            self.fields.pop("court_final_on")
        self.kept = {name: value for name, value in initial.items() if name not in self.fields}

    def facts(self) -> dict[str, Any]:
        names = (*self.NAMES, "version")
        return {name: self.cleaned_data[name] if name in self.fields else self.kept[name] for name in names}


class ConsiderForm(IdempotencyMixin, Form):
    """Whether the stay is to go on, and what a child says of it."""

    considered_on = SwedishDateField(label="När övervägde ni?", allow_future=False)
    considered = CleanTextField(label="Vad kom ni fram till, och varför?", rows=5, max_length=TEXT)
    view = CleanTextField(
        label="Barnets inställning",
        rows=4,
        max_length=TEXT,
        help_text="Med barnets egna ord. Säger barnet inget: hur ni har tagit reda på det.",
    )
    goes_on = forms.ChoiceField(label="Behövs insatsen fortfarande?", choices=YES_NO, widget=forms.RadioSelect)

    def __init__(self, *args: Any, stay: ShelterStay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stay.child_id is None:
            self.fields.pop("view")

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        words = ReviewWords(considered=data["considered"], view=data.get("view", ""))
        return {"considered_on": data["considered_on"], "goes_on": data["goes_on"] == "yes", "words": words}


class LapseForm(IdempotencyMixin, Form):
    """Nothing to fill in: the clock says it."""

    def facts(self) -> dict[str, Any]:
        return {}


class DayForm(IdempotencyMixin, Form):
    """A step that needs its day only."""

    day = SwedishDateField(label="När?", allow_future=False)
    called: ClassVar[str] = "started_on"

    def facts(self) -> dict[str, Any]:
        return {self.called: self.cleaned_data["day"]}


class SubmitForm(DayForm):
    called = "submitted_on"


class ApplyForm(DayForm):
    called = "applied_on"


class ConfirmForm(DayForm):
    called = "confirmed_on"
    answer = forms.ChoiceField(
        label="Fastställde rätten beslutet?",
        choices=[("yes", "Ja"), ("no", "Nej, vistelsen upphör")],
        widget=forms.RadioSelect,
    )

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "confirmed": self.cleaned_data["answer"] == "yes"}


class DecidedForm(DayForm):
    called = "court_decided_on"
    answer = forms.ChoiceField(
        label="Biföll rätten ansökan?",
        choices=[("yes", "Ja"), ("no", "Nej, vistelsen upphör")],
        widget=forms.RadioSelect,
    )
    final_on = SwedishDateField(
        label="Beslutet fick laga kraft",
        required=False,
        allow_future=False,
        help_text="Lämna tomt tills du vet. Härifrån räknas de fyra veckorna (lag 2024:79, 3 kap. 4 §).",
    )

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {**super().facts(), "granted": data["answer"] == "yes", "court_final_on": data["final_on"]}


class EndForm(DayForm):
    called = "ended_on"
    why = forms.ChoiceField(label="Varför?", widget=forms.RadioSelect)
    outcome = CleanTextField(label="Hur gick det?", rows=4, max_length=TEXT, required=False, help_text="Inga platser.")

    def __init__(self, *args: Any, stay: ShelterStay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["why"]
        assert isinstance(field, forms.ChoiceField)
        wrong = set() if stay.child_id else set(rules.OF_CHILDREN)
        field.choices = [choice for choice in EndedWhy.choices if choice[0] not in wrong]

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {**super().facts(), "ended_why": data["why"], "outcome": data["outcome"]}

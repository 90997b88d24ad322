from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from casework.cases.insatser import rules
from casework.cases.insatser.models import Area, FollowUpWords, Insats, InsatsWords
from casework.cases.insatser.readers import Known
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin

TEXT = 8_000
NONE = ("", "Ingen vald")
PERSON = ("person", "Personen")
Choices = list[tuple[str, str]]
Consents = dict[str, tuple[Any, str]]
WITHOUT_CONSENT = ("", "Inget samtycke behövs")


def labels(codes: Iterable[Any]) -> Choices:
    return [(str(code.value), str(code.label)) for code in codes]


class KnownForm(IdempotencyMixin, Form):
    """A form that chooses among what the reader has found."""

    def __init__(self, *args: Any, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self._choose("actor", [NONE, *((pk, actor.name) for pk, actor in known.actors.items())])
        self._choose("offer", [NONE, *((pk, f"{row.actor.name}: {row.name}") for pk, row in known.offers.items())])
        self._choose("responsible", [(pk, user.display_name) for pk, user in known.people.items()])
        self._choose("child", [PERSON, *known.aliases.items()])

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def actor_and_offer(self) -> dict[str, Any]:
        """An offer brings its actor with it."""
        offer = self.known.offers.get(self.cleaned_data["offer"])
        actor = self.known.actors.get(self.cleaned_data["actor"])
        return {"offer": offer, "actor": actor or (offer.actor if offer else None)}


OFFER_HELP = "Står insatsen inte här: välj bara aktören nedanför, eller lämna båda tomma tills ni vet."


class InsatsForm(KnownForm):
    """What is needed, by whom, and what stands in the way."""

    child = forms.ChoiceField(label="Vem gäller det?", help_text="Barn lägger ni till under Barn och personer.")
    area = forms.ChoiceField(label="Område", choices=[("", "Välj"), *Area.choices])
    need = CleanTextField(
        label="Vad behövs?", rows=4, max_length=TEXT, error_messages={"required": "Skriv vad personen behöver."}
    )
    noted_on = SwedishDateField(label="När märkte ni behovet?", allow_future=False)
    offer = forms.ChoiceField(label="Insats ur registret", required=False, help_text=OFFER_HELP)
    actor = forms.ChoiceField(label="Aktör", required=False)
    responsible = forms.ChoiceField(label="Vem hos oss ansvarar?")
    who_does_what = CleanTextField(
        label="Vem gör vad?",
        rows=4,
        max_length=TEXT,
        required=False,
        help_text="Personen, ni och aktören.",
    )
    review_on = SwedishDateField(label="Följs upp", required=False)
    obstacle = forms.ChoiceField(
        label="Vad hindrar mest?", choices=[("", "Inget"), *Insats.Obstacle.choices], required=False
    )
    obstacles = CleanTextField(label="Hinder, i ord", rows=3, max_length=TEXT, required=False)
    groups: ClassVar[Sequence[Group]] = (
        Group("Behovet", ["child", "area", "need", "noted_on"]),
        Group("Vem gör vad", ["offer", "actor", "responsible", "who_does_what", "review_on"]),
        Group("Hinder", ["obstacle", "obstacles"]),
    )

    def facts(self) -> dict[str, Any]:
        """What the acts take, but for the child and the day the need was noted."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("area", "review_on", "obstacle")},
            **self.actor_and_offer(),
            "responsible": self.known.people[data["responsible"]],
            "words": InsatsWords(**{name: data[name] for name in ("need", "who_does_what", "obstacles")}),
        }

    def noted(self) -> dict[str, Any]:
        child = self.known.children.get(self.cleaned_data["child"])
        return {**self.facts(), "child": child, "noted_on": self.cleaned_data["noted_on"]}


class ChangeForm(VersionMixin, InsatsForm):
    """Everything but whom it is for and when it was noted."""

    child = None  # type: ignore[assignment]
    noted_on = None  # type: ignore[assignment]


class ConsentsForm(IdempotencyMixin, Form):
    """A form that chooses one of the consents in force. Its field comes last unless it is placed."""

    def __init__(self, *args: Any, consents: Consents, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consents = consents
        field = self.fields["consent"]
        assert isinstance(field, forms.ChoiceField)
        empty = [] if field.required else [WITHOUT_CONSENT]
        field.choices = [*empty, *((pk, name) for pk, (_, name) in consents.items())]

    def chosen_consent(self) -> Any:
        return self.consents.get(self.cleaned_data["consent"], (None, ""))[0]


class AskForm(ConsentsForm, KnownForm):
    offer = forms.ChoiceField(label="Insats ur registret", required=False)
    actor = forms.ChoiceField(label="Aktör", required=False, help_text="Behövs bara om insatsen inte står i registret.")
    consent = forms.ChoiceField(
        label="Samtycke",
        required=False,
        help_text="Den som inte hör till vår egen verksamhet får inget veta utan samtycke (OSL 8 kap., 10 kap. 1 §).",
    )
    day = SwedishDateField(label="När frågade ni?", allow_future=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and self.actor_and_offer()["actor"] is None:
            self.add_error("offer", "Välj insats eller aktör.")
        return data

    def facts(self) -> dict[str, Any]:
        return {**self.actor_and_offer(), "consent": self.chosen_consent(), "asked_on": self.cleaned_data["day"]}


class ConsentForm(ConsentsForm):
    """The consent that an insats is to rest on."""

    consent = forms.ChoiceField(label="Samtycke", widget=forms.RadioSelect)
    legal_basis = forms.ChoiceField(label="Lagrum", choices=labels(rules.BY_CONSENT), widget=forms.RadioSelect)

    def facts(self) -> dict[str, Any]:
        return {"consent": self.chosen_consent(), "legal_basis": self.cleaned_data["legal_basis"]}


class DecideForm(IdempotencyMixin, Form):
    """A decision with what the law asks for (FL 31-33). Its words may become public."""

    favourable = forms.ChoiceField(
        label="Beslut", choices=[("yes", "Bifall"), ("no", "Avslag")], widget=forms.RadioSelect
    )
    legal_basis = forms.ChoiceField(label="Lagrum", choices=[("", "Välj"), *labels(rules.BY_DECISION)])
    decided_on = SwedishDateField(label="Beslutsdag", allow_future=False)
    contents = CleanTextField(
        label="Vad beslutas?", rows=5, max_length=TEXT, help_text="Ingen adress, ort, skola eller hyresvärd."
    )
    motivation = CleanTextField(
        label="Varför?", rows=5, max_length=TEXT, help_text="Vad som avgjorde och vilka regler. Inga platser."
    )
    delegation = CleanTextField(
        label="Delegation", max_length=300, help_text="Punkten i delegationsordningen som du beslutar enligt."
    )
    appeal = CleanTextField(label="Hur det överklagas", rows=3, max_length=TEXT)
    groups: ClassVar[Sequence[Group]] = (
        Group("Beslutet", ["favourable", "legal_basis", "decided_on"]),
        Group("Texten", ["contents", "motivation"], rules.PUBLIC),
        Group("Vem beslutar och hur det överklagas", ["delegation", "appeal"]),
    )

    def facts(self) -> dict[str, Any]:
        names = ("legal_basis", "decided_on", "contents", "motivation", "delegation", "appeal")
        data = self.cleaned_data
        return {**{name: data[name] for name in names}, "favourable": data["favourable"] == "yes"}


class DayForm(IdempotencyMixin, Form):
    """A step that needs its day only."""

    day = SwedishDateField(label="När?", allow_future=False)


class StartForm(DayForm):
    review_on = SwedishDateField(label="När följer ni upp?", required=False)


class EndForm(DayForm):
    outcome = CleanTextField(
        label="Hur gick det?", rows=4, max_length=TEXT, error_messages={"required": "Skriv hur det gick."}
    )


class DeclineForm(DayForm):
    code = forms.ChoiceField(label="Varför?", choices=labels(rules.DECLINED_BY_HAND), widget=forms.RadioSelect)
    why = CleanTextField(label="Mer om varför", rows=3, max_length=TEXT, required=False)


class GiveUpForm(DayForm):
    obstacle = forms.ChoiceField(
        label="Vad hindrar?", choices=[("", "Inget av det här"), *Insats.Obstacle.choices], required=False
    )
    why = CleanTextField(label="Vad saknas?", rows=3, max_length=TEXT, required=False)


class TryAgainForm(IdempotencyMixin, Form):
    reason = CleanTextField(label="Vad har ändrats?", rows=3, max_length=4_000)


class PauseForm(DayForm):
    obstacle = forms.ChoiceField(
        label="Varför?", choices=[("", "Inget av det här"), *Insats.Obstacle.choices], required=False
    )


class FollowUpForm(IdempotencyMixin, Form):
    """What has come of it, in our words and in hers."""

    held_on = SwedishDateField(label="När följde ni upp?", allow_future=False)
    result = CleanTextField(label="Vad har insatsen gett?", rows=4, max_length=TEXT)
    her_view = CleanTextField(
        label="Personens egen mening", rows=4, max_length=TEXT, required=False, help_text="Gärna med egna ord."
    )
    review_on = SwedishDateField(label="Nästa uppföljning", required=False)

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        words = FollowUpWords(result=data["result"], her_view=data["her_view"])
        return {"held_on": data["held_on"], "words": words, "review_on": data["review_on"]}


def today() -> dict[str, Any]:
    """What forms with a day begin with."""
    return {"day": timezone.localdate()}

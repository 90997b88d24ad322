from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from casework.cases.consents.readers import label_of
from casework.cases.disclosures import contents, readers, rules
from casework.cases.disclosures.models import Disclosure, DisclosureWords
from casework.cases.disclosures.readers import Offer
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField

NAME, TEXT = 300, 8_000
WORDS = ("recipient", "purpose", "weighing", "facts", "other", "other_grave", "reservation")


class DisclosureForm(IdempotencyMixin, Form):
    """What somebody has asked for, on what ground it may be given out, and how that was weighed."""

    recipient = CleanTextField(label="Vem får uppgifterna?", max_length=NAME)
    actor = forms.ChoiceField(
        label="Finns mottagaren i registret?",
        required=False,
        help_text="Sekretessen gäller också mellan olika verksamheter i kommunen (OSL 8 kap. 2 §).",
    )
    guardian = forms.ChoiceField(
        label="Är det en av barnets vårdnadshavare?",
        required=False,
        help_text="Den som inte får veta var barnet är får inga uppgifter om platser (OSL 26 kap. 2 §).",
    )
    purpose = CleanTextField(label="Vad ska uppgifterna användas till?", rows=3, max_length=TEXT)
    asked_on = SwedishDateField(label="När kom begäran?", allow_future=False)
    provision = forms.ChoiceField(
        label="Med vilket stöd?",
        choices=[("", "Välj"), *Disclosure.Provision.choices],
        help_text="Generalklausulen (OSL 10 kap. 27 §) finns inte med. Den gäller inte uppgifter enligt "
        "26 kap. 1–6 §§. Partsinsyn öppnar bara partens eget ärende, aldrig den våldsutsattas "
        "för den som har utövat våldet.",
        error_messages={"invalid_choice": rules.NO_PROVISION},
    )
    consent = forms.ChoiceField(
        label="Vilket samtycke?", required=False, help_text="Bara de som gäller i dag finns i listan."
    )
    facts = forms.MultipleChoiceField(
        label="Vilka uppgifter?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Uppgifterna hämtas först när kopian skrivs ut. Välj så få som behövs.",
    )
    other = CleanTextField(label="Annat som lämnas ut", rows=3, max_length=TEXT, required=False)
    other_grave = forms.BooleanField(label="Texten visar vem eller var någon är", required=False)
    weighing = CleanTextField(
        label="Hur har ni vägt?",
        rows=4,
        max_length=TEXT,
        required=False,
        help_text="Behövs alltid när det gäller vem eller var personen är, och för OSL 10 kap. 2 och 15 a §§ "
        "och 26 kap. 1 §.",
    )
    reservation = CleanTextField(
        label="Förbehåll",
        rows=3,
        max_length=TEXT,
        required=False,
        help_text="Vad mottagaren inte får göra med uppgifterna (OSL 10 kap. 14 § och 12 kap. 2 §).",
    )
    groups: ClassVar[Sequence[Group]] = (
        Group("Vem och varför", ["recipient", "actor", "guardian", "purpose", "asked_on"]),
        Group("Stöd", ["provision", "consent"]),
        Group("Vad som lämnas ut", ["facts", "other", "other_grave"]),
        Group("Bedömning", ["weighing", "reservation"]),
    )

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"asked_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        self.offer = offer
        fields: dict[str, Any] = self.fields
        fields["actor"].choices = _choices("Nej", offer.actors, readers.actor_label)
        fields["guardian"].choices = _choices("Nej", offer.guardians, readers.guardian_label)
        fields["consent"].choices = _choices("Inget samtycke", offer.consents, label_of)
        fields["facts"].choices = [
            (title, found) for weight, title in contents.WEIGHTS.items() if (found := _of_weight(offer, weight))
        ]
        if offer.child is None:
            del fields["guardian"]

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if data.get("provision") == rules.Provision.CONSENT and "consent" in data and not data["consent"]:
            self.add_error("consent", "Välj vilket samtycke utlämnandet vilar på.")
        if {"facts", "other"} <= data.keys() and not (data["facts"] or data["other"]):
            self.add_error("facts", rules.NOTHING)
        if {"provision", "weighing", "facts", "other"} <= data.keys():
            grave = rules.is_grave(self._words(data))
            if rules.needs_weighing(data["provision"], grave) and not data["weighing"]:
                self.add_error("weighing", rules.NOT_WEIGHED)
        return data

    def proposal(self) -> dict[str, Any]:
        """What the act takes."""
        data = self.cleaned_data
        return {
            "provision": data["provision"],
            "asked_on": data["asked_on"],
            "consent": _chosen(self.offer.consents, data["consent"]),
            "actor": _chosen(self.offer.actors, data["actor"]),
            "guardian": _chosen(self.offer.guardians, data.get("guardian", "")),
            "words": self._words(data),
        }

    def _words(self, data: dict[str, Any]) -> DisclosureWords:
        return DisclosureWords(**{name: data[name] for name in WORDS if name in data})


class GiveForm(IdempotencyMixin, Form):
    """Nothing to fill in: the page says what is given out, to whom and on what ground."""


class RefuseForm(IdempotencyMixin, Form):
    grounds = CleanTextField(
        label="Varför lämnas uppgifterna inte ut?",
        rows=4,
        max_length=TEXT,
        help_text="Bara den som har begärt uppgifterna kan överklaga. Då behöver hon ett skriftligt beslut med "
        "överklagandehänvisning: skriv det som ett brev.",
    )


def _choices(none: str, rows: Iterable[Any], label: Any) -> list[tuple[str, str]]:
    return [("", none), *((str(row.pk), label(row)) for row in rows)]


def _chosen(rows: Iterable[Any], pk: str) -> Any:
    return next((row for row in rows if str(row.pk) == pk), None)


def _of_weight(offer: Offer, weight: str) -> list[tuple[str, str]]:
    return [(key, fact.label) for key, fact in offer.facts.items() if fact.weight == weight]

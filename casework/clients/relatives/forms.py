from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from casework.clients.forms import PersonNumberField
from casework.clients.relatives.comparing import Who
from casework.clients.relatives.models import RelatedPerson, RelatedWords, TieWords
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, VersionMixin

NAME, LINE, TEXT = 160, 200, 4_000


def number_of(data: dict[str, Any]) -> str:
    number = data.get("number")
    return str(number.twelve) if number else ""


class RelatedForm(IdempotencyMixin, Form):
    """Somebody around the person: as little as will do."""

    part = forms.ChoiceField(
        label="Vilken del har personen?", choices=RelatedPerson.Part.choices, widget=forms.RadioSelect
    )
    relation = forms.ChoiceField(
        label="Relation till personen i ärendet", choices=[("", "Välj"), *RelatedPerson.Relation.choices]
    )
    name = CleanTextField(
        label="Namn", max_length=NAME, required=False, help_text="Med bara ett förnamn går det inte att upptäcka jäv."
    )
    number = PersonNumberField(label="Personnummer", required=False)
    about = CleanTextField(
        label="Om personen", rows=3, max_length=TEXT, required=False, help_text="Bara det som behövs för stödet."
    )
    threat = CleanTextField(label="Känd fara", rows=3, max_length=TEXT, required=False)
    contact = CleanTextField(
        label="Så når ni personen",
        max_length=LINE,
        required=False,
        help_text="Bara för den som är ett stöd, eller god man, förvaltare eller ombud.",
    )
    groups: ClassVar[Sequence[Group]] = (
        Group("Vem", ["part", "relation", ["name", "number"]]),
        Group("Det som behövs", ["about", "threat", "contact"]),
    )

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        who = ("name", "number", "about")
        if not any(data.get(name) for name in who) and not set(who) & set(self.errors):
            self.add_error("name", "Skriv namn, personnummer eller något om vem det är.")
        return data

    def facts(self) -> dict[str, Any]:
        """What the acts take."""
        data = self.cleaned_data
        told = {name: data[name] for name in ("name", "about", "threat", "contact")}
        words = RelatedWords(**told, number=number_of(data))
        return {"part": data["part"], "relation": data["relation"], "words": words}


class ChangeForm(VersionMixin, RelatedForm):
    pass


class EndForm(IdempotencyMixin, Form):
    reason = CleanTextField(label="Varför gäller det inte längre?", rows=3, max_length=2_000)


class TieForm(IdempotencyMixin, Form):
    name = CleanTextField(label="För- och efternamn", max_length=NAME, required=False)
    number = PersonNumberField(label="Personnummer", required=False)
    tie = CleanTextField(
        label="Hur hör ni ihop?", max_length=LINE, help_text="Till exempel: syskon, granne, tidigare partner."
    )
    groups = (Group("", ["name", "number", "tie"]),)

    def words(self) -> TieWords:
        data = self.cleaned_data
        return TieWords(name=data.get("name", ""), number=number_of(data), tie=data.get("tie", ""))

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        told = not {"name", "number"} & set(self.errors)
        if told and not Who.of(data.get("name", ""), number_of(data)).comparable:
            self.add_error(
                "name", "Skriv både förnamn och efternamn, eller personnummer. Annars går det inte att jämföra."
            )
        return data


class EndTieForm(IdempotencyMixin, Form):
    """Nothing to fill in."""


class CheckTiesForm(IdempotencyMixin, Form):
    """Nothing to fill in: the page shows what is declared."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin, speak_swedish
from contacts.strengths.actions import Saying
from contacts.strengths.models import ApprovalWay, Column, SaidBy, StrengthStatement
from contacts.strengths.talks import HELP

TEXT, LINE = 4000, 500
LOCATES = "Kan röja var hon är"
LATER = ("", "Hon tar ställning senare")


def box(column: Column, **attrs: Any) -> CleanTextField:
    widget = forms.Textarea(attrs={"rows": 3, **attrs})
    return CleanTextField(
        label=str(column.label), help_text=HELP[column], required=False, max_length=TEXT, widget=widget
    )


def locates() -> forms.BooleanField:
    return forms.BooleanField(label=LOCATES, required=False)


class TalkForm(IdempotencyMixin, Form):
    """One domain in a talk: a box for each column, each line in it a statement of its own."""

    now = box(Column.NOW, autofocus=True)
    now_locates = locates()
    wish = box(Column.WISH)
    wish_locates = locates()
    before = box(Column.BEFORE)
    before_locates = locates()
    said_by = forms.ChoiceField(
        label="Vem säger det?",
        choices=SaidBy.choices,
        initial=SaidBy.PERSON,
        widget=forms.RadioSelect(attrs={"class": "choices--chips"}),
    )
    said_on = SwedishDateField(label="När?", allow_future=False, initial=timezone.localdate, help_text="")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for column in Column:
            for number, line in enumerate(str(data.get(column, "")).split("\n"), start=1):
                if len(line.strip()) > LINE:
                    self.add_error(column, f"Rad {number} är för lång. Dela den i flera rader, en sak på varje.")
        return data

    def sayings(self) -> list[Saying]:
        """A statement for each line that is not empty."""
        data = self.cleaned_data
        return [
            Saying(column, line.strip(), data["said_by"], data[f"{column}_locates"])
            for column in Column
            for line in data[column].split("\n")
            if line.strip()
        ]


class RewordForm(IdempotencyMixin, Form):
    text = CleanTextField(label="Så här låter det nu", rows=3, max_length=LINE)
    may_locate = forms.BooleanField(label=LOCATES, required=False, help_text="Skriv vad, aldrig var.")
    said_by = forms.ChoiceField(
        label="Vem säger det?", choices=SaidBy.choices, widget=forms.RadioSelect(attrs={"class": "choices--chips"})
    )
    said_on = SwedishDateField(label="När?", allow_future=False, initial=timezone.localdate, help_text="")
    groups = (Group("", ["text", "may_locate", "said_by", "said_on"]),)

    def clean_text(self) -> str:
        """One statement is one line."""
        return " ".join(str(self.cleaned_data["text"]).split())


class TakeOutForm(IdempotencyMixin, Form):
    why = CleanTextField(label="Vad har ändrats?", rows=2, max_length=LINE, required=False)


class RankForm(IdempotencyMixin, VersionMixin, Form):
    """A place for each wish. What has the same place keeps the order it stands in; no number is no place."""

    def __init__(self, *args: Any, wishes: list[StrengthStatement], ranked: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wishes = wishes
        for at, wish in enumerate(wishes, start=1):
            place = forms.IntegerField(label="Plats", required=False, min_value=1, max_value=999)
            place.initial = at if at <= ranked else None
            place.error_messages |= dict.fromkeys(("min_value", "max_value"), "Skriv ett tal från 1 och uppåt.")
            self.fields[place_of(wish)] = place
            speak_swedish(place_of(wish), place)

    def rows(self) -> list[tuple[StrengthStatement, BoundField]]:
        """Each wish with the field for its place."""
        return [(wish, self[place_of(wish)]) for wish in self.wishes]

    def ranking(self) -> list[str]:
        places = [(self.cleaned_data[place_of(wish)], str(wish.pk)) for wish in self.wishes]
        return [pk for place, pk in sorted((pair for pair in places if pair[0]), key=lambda pair: pair[0])]


def place_of(wish: StrengthStatement) -> str:
    return f"place-{wish.pk.hex}"


class StandpointForm(IdempotencyMixin, Form):
    """What the person says of a signed number."""

    approved_way = forms.ChoiceField(
        label="Hur tog hon ställning?", choices=ApprovalWay.choices, widget=forms.RadioSelect
    )
    approved_on = SwedishDateField(label="Vilken dag?", allow_future=False, initial=timezone.localdate)


class SignForm(VersionMixin, StandpointForm):
    """The standpoint may be noted now or later."""

    remark = CleanTextField(
        label="Vad säger hon om helheten?",
        rows=3,
        max_length=2000,
        required=False,
        help_text="Hennes egna ord om styrkebedömningen.",
    )
    groups = (Group("", ["remark", "approved_way", "approved_on"]),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("approved_way", "approved_on"):
            self.fields[name].required = False
        self.fields["approved_way"].choices = [LATER, *ApprovalWay.choices]  # type: ignore[attr-defined]
        self.fields["approved_on"].initial = None
        self.fields["approved_on"].help_text = "Bara när hon har tagit ställning. Till exempel 2026-03-01"

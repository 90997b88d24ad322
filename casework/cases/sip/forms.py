from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from casework.cases.sip.models import PartWords, Sip, SipWords
from casework.forms import (
    CleanTextField,
    Form,
    Group,
    IdempotencyMixin,
    SwedishDateField,
    SwedishDateTimeField,
    VersionMixin,
)

LINE, TEXT = 200, 4_000
REVIEW_IN = timedelta(days=90)


class SipForm(IdempotencyMixin, Form):
    """What the plan is for, who is called, and on which consent it rests."""

    consent = forms.ChoiceField(
        label="Vilket samtycke gäller?",
        help_text="Planen gäller den som samtycket är om. Bara samtycken som gäller i dag går att välja.",
        error_messages={"required": "Välj ett samtycke. Finns inget, anteckna det först."},
    )
    meeting_at = SwedishDateTimeField(label="När är mötet?")
    aim = CleanTextField(
        label="Vad ska planen leda till?", rows=4, max_length=TEXT, help_text="Gärna med hennes egna ord."
    )
    parties = CleanTextField(
        label="Vilka är med?",
        rows=3,
        max_length=TEXT,
        help_text="Kommunen, regionen och de andra som hon vill ha med. Skriv roller, inga adresser.",
    )
    responsible = forms.ChoiceField(
        label="Vem har huvudansvaret?", choices=Sip.Responsible.choices, widget=forms.RadioSelect
    )
    whole = CleanTextField(
        label="Vem har det övergripande ansvaret?",
        max_length=LINE,
        required=False,
        help_text="Namn eller roll. Behövs innan planen upprättas.",
    )
    others = CleanTextField(label="Vad gör andra än kommunen och regionen?", rows=3, max_length=TEXT, required=False)
    groups: ClassVar[Sequence[Group]] = (
        Group("Mötet", ["consent", "meeting_at", "parties"]),
        Group("Planen", ["aim", "responsible", "whole", "others"]),
    )

    def __init__(self, *args: Any, consents: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["consent"]
        chosen.choices = [("", "Välj samtycke"), *consents]

    def facts(self) -> dict[str, Any]:
        """What the acts take, but for the consent itself."""
        data = self.cleaned_data
        words = {name: data[name] for name in ("aim", "parties", "others")}
        more = {name: data[name] for name in ("responsible", "meeting_at")}
        return {**more, "words": SipWords(responsible=data["whole"], **words)}


class SipChangeForm(VersionMixin, SipForm):
    pass


class PartForm(IdempotencyMixin, Form):
    who = CleanTextField(label="Vem?", max_length=LINE, help_text="Myndighet, enhet och roll.")
    what = CleanTextField(label="Vad ska göras?", rows=3, max_length=TEXT)
    due_on = SwedishDateField(label="Klart senast", required=False)

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"words": PartWords(who=data["who"], what=data["what"]), "due_on": data["due_on"]}


class DoneForm(IdempotencyMixin, Form):
    done_on = SwedishDateField(label="Klart", allow_future=False, initial=timezone.localdate)


class ReviewMixin(forms.Form):
    review_on = SwedishDateField(
        label="Följs upp nästa gång", allow_past=False, initial=lambda: timezone.localdate() + REVIEW_IN
    )
    her_view = CleanTextField(
        label="Hur ser hon på planen?", rows=4, max_length=TEXT, help_text="Helst med hennes egna ord."
    )


class HoldForm(ReviewMixin, IdempotencyMixin, Form):
    held_on = SwedishDateField(label="När hölls mötet?", allow_future=False, initial=timezone.localdate)
    groups: ClassVar[Sequence[Group]] = (Group("", [["held_on", "review_on"], "her_view"]),)


class FollowForm(ReviewMixin, IdempotencyMixin, Form):
    followed_on = SwedishDateField(label="När följdes den upp?", allow_future=False, initial=timezone.localdate)
    groups: ClassVar[Sequence[Group]] = (Group("", [["followed_on", "review_on"], "her_view"]),)


class EndForm(IdempotencyMixin, Form):
    outcome = CleanTextField(label="Hur gick det?", rows=4, max_length=TEXT)


class CancelForm(IdempotencyMixin, Form):
    outcome = CleanTextField(label="Varför blev det inte av?", rows=3, max_length=TEXT)


class CheckForm(IdempotencyMixin, Form):
    """One point of the coordination routine."""

    done_on = SwedishDateField(label="När?", allow_future=False, initial=timezone.localdate)
    not_needed = forms.BooleanField(label="Behövs inte, efter bedömning", required=False)
    note = CleanTextField(
        label="Anteckning",
        rows=3,
        max_length=TEXT,
        required=False,
        help_text="Skriv alltid varför om punkten inte behövs.",
    )

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if data.get("not_needed") and "note" not in self.errors and not data.get("note"):
            self.add_error("note", "Skriv varför punkten inte behövs.")
        return data

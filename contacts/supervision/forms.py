from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from casework.forms import (
    CleanTextField,
    Form,
    Group,
    IdempotencyMixin,
    SwedishDateField,
    SwedishDateTimeField,
    VersionMixin,
    speak_swedish,
)
from contacts.supervision import telling
from contacts.supervision.models import Mentoring, MentoringWords, SheetWords

SHEET_TEXT = 4000
IDEA_TEXT = 300
WEEK = timedelta(days=7)


class SessionForm(IdempotencyMixin, Form):
    planned_at = SwedishDateTimeField(label="När")
    participants: Any = forms.ModelMultipleChoiceField(
        label="Vilka deltar?",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        help_text="Bara de som är ikryssade kommer in. De ser inte vem det gäller.",
        error_messages={"required": "Välj minst en som deltar."},
    )
    groups = (Group("", ["planned_at", "participants"]),)

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["participants"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = staff


class ChangeSessionForm(SessionForm, VersionMixin):
    pass


class AgainForm(IdempotencyMixin, Form):
    """Nothing but its token: a button."""


class SheetForm(VersionMixin, IdempotencyMixin, Form):
    """What the group gets to see. Anything that looks like a number or an address is asked about once."""

    help_wanted = CleanTextField(
        label="Vad vill du ha hjälp med?",
        rows=3,
        max_length=SHEET_TEXT,
        help_text="Till exempel: hur kan hon hitta tillbaka till musiken utan att synas?",
    )
    wishes = CleanTextField(label="Vad hon vill", rows=5, max_length=SHEET_TEXT, required=False)
    strengths = CleanTextField(label="Hennes styrkor och resurser", rows=8, max_length=SHEET_TEXT, required=False)
    groups = (Group("", ["help_wanted", "wishes", "strengths"]),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = 0
        if "sure" in self.data:
            self.ask_if_sure()

    def ask_if_sure(self) -> None:
        """The box that is needed only when something looks like a number or an address."""
        self.fields["sure"] = forms.BooleanField(
            label="Jag har läst igenom texten, och den pekar inte ut henne", required=False
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        seen = {
            name: found
            for name in ("help_wanted", "wishes", "strengths")
            if (found := telling.looks(data.get(name) or ""))
        }
        if seen and not data.get("sure"):
            self.ask_if_sure()
            for name, found in seen.items():
                self.add_error(
                    name, f"Här står något som ser ut som {' och '.join(found)}. Stryk det, eller kryssa i rutan sist."
                )
        return data

    def point_out(self, names: tuple[str, ...]) -> None:
        """Says at each field that its text seems to tell who she is; never which word it was."""
        for name in names:
            self.add_error(name, telling.WARNING)

    def words(self) -> SheetWords:
        return SheetWords(**{name: self.cleaned_data[name] for name in ("strengths", "wishes", "help_wanted")})

    @staticmethod
    def begin(words: SheetWords, version: int) -> dict[str, Any]:
        texts = {name: getattr(words, name) for name in ("strengths", "wishes", "help_wanted")}
        return {**texts, "version": version}


class IdeaForm(IdempotencyMixin, Form):
    text = CleanTextField(
        label="Din idé",
        max_length=IDEA_TEXT,
        widget=forms.TextInput(attrs={"autofocus": True, "maxlength": IDEA_TEXT}),
        error_messages={"required": "Skriv en idé först."},
    )

    def point_out(self, names: tuple[str, ...]) -> None:
        for name in names:
            self.add_error(name, telling.WARNING)


class ChooseForm(IdempotencyMixin, Form):
    """A box for each idea that is not chosen yet; for the ticked ones which goal, and by when."""

    read_back = CleanTextField(
        label="Vad tar du med dig?",
        rows=3,
        max_length=SHEET_TEXT,
        required=False,
        help_text="Bara de som har ärendet läser det.",
    )
    follow_up_on = SwedishDateField(label="När följer du upp i gruppen?", allow_past=False)

    def __init__(self, *args: Any, ideas: list[Any], goals: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ideas, week = ideas, timezone.localdate() + WEEK
        self.fields["follow_up_on"].initial = week
        for idea in ideas:
            self.fields[f"pick_{idea.pk}"] = forms.BooleanField(label=idea.said, required=False)
            self.fields[f"goal_{idea.pk}"] = forms.ChoiceField(label="Mål", choices=goals, required=False)
            self.fields[f"due_{idea.pk}"] = SwedishDateField(
                label="Klart senast", allow_past=False, initial=week, required=False, help_text=""
            )
        for name, field in self.fields.items():
            speak_swedish(name, field)

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """(box, goal, day) of each idea. Of a ticked one both are needed, so neither is called optional."""
        for idea in self.ideas:
            self.fields[f"goal_{idea.pk}"].required = self.fields[f"due_{idea.pk}"].required = True
        return [(self[f"pick_{i.pk}"], self[f"goal_{i.pk}"], self[f"due_{i.pk}"]) for i in self.ideas]

    @property
    def picked(self) -> list[tuple[Any, str, Any]]:
        """(idea, goal, day) of the ticked ones."""
        data = self.cleaned_data
        ticked = [idea for idea in self.ideas if data.get(f"pick_{idea.pk}")]
        return [(idea, data[f"goal_{idea.pk}"], data[f"due_{idea.pk}"]) for idea in ticked]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        ticked = [idea.pk for idea in self.ideas if data.get(f"pick_{idea.pk}")]
        if self.ideas and not ticked:
            self.add_error(f"pick_{self.ideas[0].pk}", "Välj minst en idé.")
        for pk in ticked:
            if not data.get(f"goal_{pk}") and f"goal_{pk}" not in self.errors:
                self.add_error(f"goal_{pk}", "Välj vilket mål idén hör till.")
            if not data.get(f"due_{pk}") and f"due_{pk}" not in self.errors:
                self.add_error(f"due_{pk}", "Fyll i när det ska vara klart.")
        return data


class MentoringForm(IdempotencyMixin, Form):
    worker: Any = forms.ModelChoiceField(label="Kontaktperson", queryset=None, empty_label="Välj")
    kind = forms.ChoiceField(label="Slag", choices=Mentoring.Kind.choices, widget=forms.RadioSelect)
    held_on = SwedishDateField(label="När", allow_future=False)
    focus = CleanTextField(
        label="Vad handlade det om?",
        rows=4,
        max_length=SHEET_TEXT,
        help_text="Skriv inte vem det gäller. Bara du och kontaktpersonen läser det här.",
    )
    agreement = CleanTextField(
        label="Vad kom ni överens om?", rows=3, max_length=SHEET_TEXT, required=False,
        help_text="Skriv inte vem det gäller.",
    )  # fmt: skip
    next_on = SwedishDateField(label="Nästa gång", required=False)
    groups = (Group("", [["worker", "held_on"], "kind", "focus", "agreement", "next_on"]),)

    def __init__(self, *args: Any, workers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["worker"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = workers
        self.fields["held_on"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("focus", "agreement"):
            if found := telling.looks(data.get(name) or ""):
                self.add_error(name, f"Här står något som ser ut som {' och '.join(found)}. Skriv inte vem det gäller.")
        if (next_on := data.get("next_on")) and (held_on := data.get("held_on")) and next_on <= held_on:
            self.add_error("next_on", "Nästa gång kan inte ligga före den här.")
        return data

    def words(self) -> MentoringWords:
        return MentoringWords(focus=self.cleaned_data["focus"], agreement=self.cleaned_data["agreement"])

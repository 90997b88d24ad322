from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.cases.letters.delivery import Way
from casework.cases.letters.models import LetterTemplate, TemplateWords
from casework.cases.letters.places import fault
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, VersionMixin, speak_swedish
from casework.paper.sheet import Unprintable, check_printable

LINE, TEXT, BODY = 120, 4_000, 12_000


class PaperTextField(CleanTextField):
    """Text that is printed: signs that the page lacks are refused here, by name."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        try:
            check_printable(text or "")
        except Unprintable as wrong:
            raise ValidationError(str(wrong), "unprintable") from None
        return text


class TemplateForm(IdempotencyMixin, Form):
    """A template: nothing about any person is written here."""

    title = CleanTextField(label="Mallens namn", max_length=80, help_text="Namnet står inte i brevet.")
    kind = forms.ChoiceField(label="Slag", choices=LetterTemplate.Kind.choices, widget=forms.RadioSelect)
    subject = PaperTextField(label="Rubrik", max_length=LINE)
    body = PaperTextField(
        label="Text",
        rows=14,
        max_length=BODY,
        help_text="Skriv det som ska fyllas i så här: [[tid och dag]]. Programmet fyller självt i [[dagens datum]], "
        "[[handläggare]] och [[ärendenummer]].",
    )
    sender = PaperTextField(
        label="Avsändare",
        rows=3,
        max_length=300,
        required=False,
        help_text="Lämna tomt för kommunens vanliga avsändare. Skriv inget som visar vad ni arbetar med.",
    )
    groups = (Group("", ["title", "kind"]), Group("Brevet", ["subject", "body", "sender"]))

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if not self.errors and (wrong := fault(self.words())):
            self.add_error("body", wrong)
        return data

    def words(self) -> TemplateWords:
        return TemplateWords(**{name: self.cleaned_data[name] for name in ("subject", "body", "sender")})


class ChangeTemplateForm(VersionMixin, TemplateForm):
    """`version` is the number of the template's version."""


class ChooseForm(IdempotencyMixin, Form):
    template = forms.ChoiceField(label="Mall", widget=forms.RadioSelect)
    to = forms.ChoiceField(label="Till vem?", help_text="Adressen väljs först när brevet skrivs ut.")

    def __init__(
        self, *args: Any, templates: Iterable[LetterTemplate], recipients: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [(str(row.pk), row.name) for row in templates]  # type: ignore[attr-defined]
        self.fields["to"].choices = recipients  # type: ignore[attr-defined]


class FillForm(VersionMixin, IdempotencyMixin, Form):
    """One field for each place of the letter's template."""

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = list(places)
        for at, label in enumerate(places.values()):
            field = PaperTextField(label=label[:1].upper() + label[1:], rows=4, max_length=TEXT)
            speak_swedish(f"place_{at}", field)
            self.fields[f"place_{at}"] = field

    def filled(self) -> dict[str, str]:
        """What the act takes."""
        return {key: self.cleaned_data[f"place_{at}"] for at, key in enumerate(self.keys)}


class PrintForm(VersionMixin, IdempotencyMixin, Form):
    channel = forms.ChoiceField(label="Hur ska brevet gå fram?", widget=forms.RadioSelect)
    read = forms.BooleanField(label="Jag har läst vad mottagaren kan se och förstå", required=False)

    def __init__(self, *args: Any, ways: Iterable[Way], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = [(way.value, way.label) for way in ways if not way.refusal]
        self.fields["channel"].choices = possible  # type: ignore[attr-defined]


class StopForm(IdempotencyMixin, Form):
    """Nothing to fill in."""

import uuid
from typing import Any

from django import forms
from django.utils.text import slugify

from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField
from contacts.guide.models import GuidePage

PART = 4000
OLD_PAGE = "Ladda om sidan och försök igen."


class PageFields(IdempotencyMixin, Form):
    """A page of the guide. Nothing about a client is written here."""

    title = CleanTextField(label="Rubrik", max_length=80, error_messages={"required": "Skriv en rubrik."})
    area = forms.ChoiceField(
        label="Avdelning",
        choices=GuidePage.Area.choices,
        widget=forms.RadioSelect(attrs={"class": "choices--inline"}),
    )
    actors = CleanTextField(
        label="Aktörer",
        rows=2,
        max_length=1000,
        required=False,
        help_text="En per rad, som de skrivs i ett stödsteg. Då leder stödsteget hit.",
    )
    leaks = CleanTextField(label="Vad kan läcka?", rows=5, max_length=PART, help_text="En sak per rad.")
    ask_for = CleanTextField(label="Vad ber du om?", rows=5, max_length=PART, help_text="En sak per rad.")
    papers = CleanTextField(label="Vilka papper hjälper?", rows=3, max_length=PART, required=False)
    answers = CleanTextField(label="Vem svarar för skyddade personer?", rows=3, max_length=PART, required=False)
    source = CleanTextField(
        label="Källa", rows=3, max_length=PART, required=False, help_text="Lag, vägledning, eller vem du frågade."
    )
    checked_on = SwedishDateField(label="Kontrollerad", required=False, allow_future=False)
    verified = forms.BooleanField(
        label="Bekräftad med källan",
        required=False,
        help_text="Kryssa bara i det när du själv har kontrollerat sidan.",
    )
    groups = (
        Group("", ["title", "area", "actors"]),
        Group(
            "Råd",
            ["leaks", "ask_for", "papers", "answers"],
            "Kort, och inget om någon person.",
        ),
        Group("Källa", ["source", "checked_on", "verified"]),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("verified") and not data.get("source") and "source" not in self.errors:
            self.add_error("source", "Skriv källan, eller ta bort krysset för bekräftad.")
        if data.get("verified") and not data.get("checked_on") and "checked_on" not in self.errors:
            self.add_error("checked_on", "Fyll i dagen då du kontrollerade sidan, eller ta bort krysset för bekräftad.")
        return data

    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PageFields.base_fields if name != "once"}


class ChangePageForm(PageFields):
    """`version` is the id of the wording that the form was filled from."""

    version = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": OLD_PAGE, "invalid": OLD_PAGE}, initial=uuid.UUID(int=0)
    )

    @staticmethod
    def begin(page: GuidePage) -> dict[str, Any]:
        names = [name for name in PageFields.base_fields if name != "once"]
        return {**{name: getattr(page, name) for name in names}, "version": page.pk}


class NewPageForm(PageFields):
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("title") and not self.slug():
            self.add_error("title", "Rubriken behöver minst en bokstav eller siffra.")
        return data

    def slug(self) -> str:
        """The page's address: made of its title, and kept when the title changes."""
        return slugify(self.cleaned_data.get("title", ""))[:40].strip("-")

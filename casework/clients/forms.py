from dataclasses import fields
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.clients import numbers
from casework.clients.models import Address, Channels, Identity, ProtectionMark
from casework.crypto.personnummer import InvalidNumber
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin

NAME, LINE, TEXT = 80, 200, 2000
IDENTIFYING = ("given_name", "family_name", "number")
CHANNELS = tuple(field.name for field in fields(Channels))
PLACES = tuple(field.name for field in fields(Address))


class PersonNumberField(CleanTextField):
    """Ten or twelve digits; gives a PersonalNumber or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, help_text="ÅÅÅÅMMDD-NNNN. Samordningsnummer går också bra.", **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return numbers.parse(text)
        except InvalidNumber as wrong:
            raise ValidationError(str(wrong), "number") from None


class IdentityFields(Form):
    given_name = CleanTextField(label="Förnamn", max_length=NAME, required=False)
    family_name = CleanTextField(label="Efternamn", max_length=NAME, required=False)
    number = PersonNumberField(label="Personnummer", required=False)
    language = CleanTextField(label="Språk", max_length=NAME, required=False)
    interpreter = forms.BooleanField(label="Behöver tolk", required=False)

    def identity(self) -> Identity:
        data = self.cleaned_data
        number = data.get("number")
        return Identity(
            given_name=data["given_name"],
            family_name=data["family_name"],
            number=number.twelve if number else "",
            number_kind=number.kind if number else "",
            language=data["language"],
            interpreter=data["interpreter"],
        )


class ChannelsFields(Form):
    safe_way = CleanTextField(
        label="Säkert sätt att nå personen", max_length=LINE, help_text="Till exempel: ring, och börja med kodordet."
    )
    phone = CleanTextField(label="Telefon", max_length=40, required=False)
    when = CleanTextField(label="När", max_length=LINE, required=False, help_text="Till exempel vardagar 9–14.")
    code_word = CleanTextField(label="Kodord", max_length=NAME, required=False)
    do_not = CleanTextField(
        label="Gör inte", max_length=LINE, required=False, help_text="Till exempel: lämna inget i telefonsvararen."
    )

    def channels(self) -> Channels:
        return Channels(**{name: self.cleaned_data.get(name, "") for name in CHANNELS})


class IdentityForm(IdentityFields, VersionMixin, IdempotencyMixin):
    """To right what is misspelt, and the language. For a new name or number there is an act of its own."""

    spelling = forms.BooleanField(
        label="Det är ett stavfel",
        required=False,
        help_text="Kryssa i om namnet eller numret skrevs fel här från början.",
    )
    groups = (Group("", [["given_name", "family_name"], "number", "spelling", ["language", "interpreter"]]),)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data["spelling"] and any(self._differs(name) for name in IDENTIFYING):
            self.add_error(
                "spelling",
                "Har personen fått ett nytt namn eller nummer? Avbryt och välj Byt identitet. "
                "Kryssa bara i rutan om det var felskrivet.",
            )
        return data

    def _differs(self, name: str) -> bool:
        """Whether something else stands where something stood when the form was opened."""
        before, now = self.initial.get(name, ""), self.cleaned_data[name]
        return bool(before) and str(getattr(now, "twelve", now) or "") != before


class ChannelsForm(ChannelsFields, VersionMixin, IdempotencyMixin):
    readers = CleanTextField(
        label="Vem mer kan läsa eller höra",
        max_length=LINE,
        required=False,
        help_text="Till exempel: sonen har koden till telefonen.",
    )
    call_back = CleanTextField(
        label="Motring till",
        max_length=40,
        required=False,
        help_text="Ett nummer som vi redan känner till. Ring upp dit när någon ringer i personens namn.",
    )
    interpreter_gender = CleanTextField(label="Tolkens kön", max_length=NAME, required=False)
    interpreter_place = CleanTextField(
        label="Tolk på plats eller telefon",
        max_length=LINE,
        required=False,
        help_text="Till exempel: telefon, inte från hemorten.",
    )
    groups = (
        Group("", ["safe_way", ["phone", "when"], "code_word", "do_not", "readers", "call_back"]),
        Group("Tolk", [["interpreter_gender", "interpreter_place"]]),
    )


class AddressForm(VersionMixin, IdempotencyMixin, Form):
    street = CleanTextField(label="Gatuadress", max_length=LINE, required=False)
    postal_code = CleanTextField(label="Postnummer", max_length=10, required=False)
    town = CleanTextField(label="Ort", max_length=NAME, required=False)
    note = CleanTextField(label="Hitta dit", max_length=LINE, required=False, help_text="Portkod, våning, färdväg.")
    review_on = SwedishDateField(
        label="Ompröva adressen",
        required=False,
        allow_past=False,
        help_text="Den dag då ni ser över om adressen fortfarande behövs här. Till exempel 2026-03-01",
    )
    municipality = CleanTextField(label="Kommun", max_length=NAME, required=False)
    court = CleanTextField(label="Domstol", max_length=NAME, required=False)
    employer = CleanTextField(label="Arbetsplats", max_length=LINE, required=False)
    landlord = CleanTextField(label="Hyresvärd", max_length=LINE, required=False)
    health_centre = CleanTextField(label="Vårdcentral", max_length=LINE, required=False)
    groups = (
        Group("Adress", ["street", ["postal_code", "town"], "note"]),
        Group(
            "Sådant som visar var personen är",
            [["municipality", "court"], ["employer", "landlord"], "health_centre"],
            "Det röjer lika mycket som gatan. Fyll bara i det som ni inte klarar er utan.",
        ),
        Group("Omprövning", ["review_on"]),
    )

    def address(self) -> Address:
        return Address(**{name: self.cleaned_data[name] for name in PLACES})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        known = any(data.get(name) for name in PLACES)
        if known and not data.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", "Välj en dag då adressen ska omprövas. En adress sparas inte för alltid.")
        return data


class MarkForm(IdempotencyMixin, Form):
    kind = forms.ChoiceField(label="Skydd", choices=ProtectionMark.Kind.choices, widget=forms.RadioSelect)
    valid_from = SwedishDateField(label="Gäller från", allow_future=False)
    review_on = SwedishDateField(
        label="Följs upp", required=False, help_text="Sekretessmarkering gäller oftast ett år."
    )
    decided_by = CleanTextField(label="Vem beslutade", max_length=LINE, required=False)
    groups = (Group("", ["kind", ["valid_from", "review_on"], "decided_by"]),)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("valid_from") and data.get("review_on") and data["review_on"] < data["valid_from"]:
            self.add_error("review_on", "Uppföljningen ska ligga efter dagen då skyddet började.")
        return data


class EndMarkForm(IdempotencyMixin, Form):
    ended_on = SwedishDateField(label="Upphörde", allow_future=False)
    reason = CleanTextField(label="Varför upphörde skyddet?", rows=4, max_length=TEXT)

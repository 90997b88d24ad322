from typing import Any

from django import forms

from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, VersionMixin
from housing.codes import LeaseKind
from housing.tracks.models import Receiver, TrackKind, Way

PLAIN = ("key", "way", "receiver", "lease", "answer_days", "decision", "viewing", "active", "order")


class KindForm(IdempotencyMixin, Form):
    """A way to a home that the city has. Nothing about a person is written here."""

    called = CleanTextField(label="Namn", max_length=80, error_messages={"required": "Skriv vad vägen heter."})
    key = forms.SlugField(
        label="Nyckel",
        max_length=40,
        help_text="Små bokstäver, siffror och bindestreck. Står i adressen till sidan.",
        error_messages={"invalid": "Skriv bara bokstäver a–z, siffror och bindestreck."},
    )
    way = forms.ChoiceField(
        label="Slag",
        choices=Way.choices,
        widget=forms.RadioSelect,
        help_text="Styr vad programmet gör utöver stegen.",
    )
    receiver = forms.ChoiceField(
        label="Mottagare",
        choices=Receiver.choices,
        widget=forms.RadioSelect,
        help_text="Styr vad som kan lämnas ut och när.",
    )
    lease = forms.ChoiceField(label="Vanligt kontrakt", choices=[("", "Inget"), *LeaseKind.choices], required=False)
    answer_days = forms.IntegerField(label="Dagar till svar", min_value=1, max_value=365)
    order = forms.IntegerField(label="Plats i listan", min_value=1, max_value=9_999)
    decision = forms.BooleanField(
        label="Kräver beslut", required=False, help_text="Då kan ett beslut om insats kopplas till vägen."
    )
    viewing = forms.BooleanField(label="Har visning", required=False)
    active = forms.BooleanField(
        label="Används", required=False, help_text="Utan kryss går den inte att välja. Det som är påbörjat fortsätter."
    )
    groups = (
        Group("Vägen", ["called", "key", "active", "order"]),
        Group("Så går den till", ["way", "receiver", "lease", "answer_days", "decision", "viewing"]),
    )

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"name": data["called"], **{name: data[name] for name in PLAIN}}


class ChangeKindForm(VersionMixin, KindForm):
    """The same for one that is there. Key and way cannot be chosen once it has been tried."""

    def __init__(self, *args: Any, tried: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("key", "way") if tried else ():
            # A disabled field keeps what it began with, whatever is sent.
            self.fields[name].disabled = True
            self.fields[name].help_text = "Ändras inte när vägen har prövats."

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "version": self.cleaned_data["version"]}


class SwitchForm(IdempotencyMixin, Form):
    """Which way it is switched: the button says it."""

    active = forms.BooleanField(required=False, widget=forms.HiddenInput)


def begin(kind: TrackKind) -> dict[str, Any]:
    """What the form for changes begins with."""
    return {"called": kind.name, **{name: getattr(kind, name) for name in PLAIN}, "version": kind.version}

"""The groups of a client's record that are shown one at a time, for a reason and a short while."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from audit.tags import Tag
from casework.clients.models import Client
from casework.crypto.personnummer import format_number
from casework.policy import Permission

SECONDS = 60
PLACES = (
    ("municipality", "Kommun"),
    ("court", "Domstol"),
    ("employer", "Arbetsplats"),
    ("landlord", "Hyresvärd"),
    ("health_centre", "Vårdcentral"),
)


@dataclass(frozen=True)
class Group:
    name: str
    title: str
    what: str
    tag: Tag
    values: Callable[[Client], list[tuple[str, Any]]]
    edit_url: str
    permission: Permission = Permission.CASE_REVEAL


def _identity(client: Client) -> list[tuple[str, Any]]:
    opened = client.identity.open()
    number = format_number(opened.number) if opened.number else ""
    language = f"{opened.language}, behöver tolk" if opened.interpreter else opened.language
    return [("Namn", opened.name), ("Nummer", number), ("Språk", language)]


def _address(client: Client) -> list[tuple[str, Any]]:
    opened = client.address.open()
    if not opened.known:
        return [("Adress", "Ingen adress är sparad här.")]
    town = f"{opened.postal_code} {opened.town}".strip()
    places = [(label, getattr(opened, name)) for name, label in PLACES if getattr(opened, name)]
    return [
        ("Adress", ", ".join(part for part in (opened.street, town) if part)),
        ("Hitta dit", opened.note),
        *places,
        ("Omprövas", client.address_review_on),
    ]


def _channels(client: Client) -> list[tuple[str, Any]]:
    opened = client.channels.open()
    return [
        ("Säkert sätt", opened.safe_way),
        ("Telefon", opened.phone),
        ("När", opened.when),
        ("Kodord", opened.code_word),
        ("Gör inte", opened.do_not),
        ("Vem mer kan läsa eller höra", opened.readers),
        ("Motring till", opened.call_back),
        ("Tolk", ", ".join(part for part in (opened.interpreter_gender, opened.interpreter_place) if part)),
    ]


GROUPS = {
    group.name: group
    for group in (
        Group("kontakt", "Säker kontakt", "kontaktvägarna", Tag.CHANNELS_REVEALED, _channels, "channels_change"),
        Group("identitet", "Identitet", "identiteten", Tag.IDENTITY_REVEALED, _identity, "identity_change"),
        Group(
            "adress",
            "Adress och platser",
            "adressen",
            Tag.ADDRESS_REVEALED,
            _address,
            "address_change",
            Permission.ADDRESS_REVEAL,
        ),
    )
}

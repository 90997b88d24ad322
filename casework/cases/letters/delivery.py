"""The ways a letter can go. Who gets it, and where, is read from the protected record when it is printed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from casework.cases.insatser.models import Actor
from casework.cases.letters.models import Letter
from casework.cases.rules import Refused
from casework.clients.children.models import Guardian
from casework.clients.protection.handling import Handling
from casework.crypto.personnummer import format_number

Channel = Letter.Channel


@dataclass(frozen=True, repr=False)
class Delivery:
    """`window` are the lines in the envelope's window, `number` is what the inner envelope bears."""

    window: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class Way:
    """A channel as the page offers it, or why it does not."""

    value: str
    label: str
    refusal: str = ""


def ways(letter: Letter, handling: Handling) -> Iterator[Way]:
    for channel in Channel:
        try:
            delivery_of(letter, channel, handling)
            yield Way(channel.value, str(channel.label))
        except Refused as refused:
            yield Way(channel.value, str(channel.label), str(refused))


def delivery_of(letter: Letter, channel: str, handling: Handling) -> Delivery:
    """Where a letter goes by `channel`. Raises Refused, with what can be done instead."""
    if letter.printed_at is not None and channel != letter.channel:
        raise Refused(f"Brevet är redan utskrivet för att gå så här: {letter.get_channel_display()}. Välj samma sätt.")
    if channel == Channel.HANDED:
        return Delivery()
    if letter.actor is not None:
        return _to_actor(letter.actor, channel)
    if letter.guardian is not None:
        return _to_guardian(letter.guardian, letter, channel, handling)
    return _to_person(letter, channel, handling)


def _to_person(letter: Letter, channel: str, handling: Handling) -> Delivery:
    client = letter.case.client
    _check_allowed(channel, handling)
    identity = client.identity.open()
    if channel == Channel.FORWARDING:
        return _forwarded(identity.number)
    address, review = client.address.open(), client.address_review_on
    if not identity.name or not address.street or not address.town:
        raise Refused("Namn, gata och ort är inte sparade. Lämna brevet vid ett möte.")
    if review is None or review < timezone.localdate():
        raise Refused("Adressen skulle ha omprövats. Ta reda på om den stämmer, eller lämna brevet vid ett möte.")
    return Delivery(window=(identity.name, address.street, f"{address.postal_code} {address.town}".strip()))


def _to_guardian(guardian: Guardian, letter: Letter, channel: str, handling: Handling) -> Delivery:
    """Nobody keeps a guardian's address. The person of the case has her own protection as a guardian, too."""
    if channel == Channel.DIRECT:
        raise Refused("En vårdnadshavares adress sparas inte. Lämna brevet vid ett möte.")
    if not guardian.is_case_person:
        return _forwarded(guardian.words.open().number)
    _check_allowed(channel, handling)
    return _forwarded(letter.case.client.identity.open().number)


def _to_actor(actor: Actor, channel: str) -> Delivery:
    if channel == Channel.FORWARDING:
        raise Refused("Skatteverket förmedlar bara post till personer. Skicka brevet direkt till aktören.")
    lines = [line.strip() for line in actor.words.open().contact.splitlines() if line.strip()]
    if not lines:
        raise Refused("Aktören har ingen adress i registret. Be den som sköter registret att skriva den.")
    return Delivery(window=(actor.name, *lines))


def _check_allowed(channel: str, handling: Handling) -> None:
    if channel in handling.channels:
        return
    if channel == Channel.DIRECT:
        raise Refused("Skyddet gör att brevet inte får skickas direkt. Välj ett annat sätt.")
    raise Refused("Brev till den här personen ska inte gå genom Skatteverket. Välj ett annat sätt.")


def _forwarded(number: str) -> Delivery:
    if not number:
        raise Refused("Personnumret är inte känt. Utan det kan Skatteverket inte förmedla: lämna brevet vid ett möte.")
    return Delivery(number=format_number(number))

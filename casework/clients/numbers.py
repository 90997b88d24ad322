"""Finding a person by number or name: truncated keyed index first, then the opened seal decides."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, QuerySet

from casework.clients.models import Client, Identity, NameIndex
from casework.crypto import blindindex, fields, personnummer

__all__ = ["by_name", "by_number", "name_tokens", "name_values", "number_value"]


def number_value(twelve: str) -> int:
    return blindindex.index("number", twelve)


def name_tokens(name: str) -> set[str]:
    """The folded words of a name, and the folded whole. A double name is two words, with or without its hyphen."""
    whole = blindindex.normalise_name(name)
    return {*whole.split(), whole} - {""}


def name_values(identity: Identity) -> set[int]:
    return {blindindex.index("name", token) for token in name_tokens(identity.name)}


def by_number(clients: QuerySet[Client], twelve: str) -> list[Client]:
    """Those of `clients` who have this number. Candidates that only share the index are opened and dropped."""
    candidates = list(clients.filter(number_index=number_value(twelve)).only("identity"))
    return [client for client, identity in _opened(candidates) if identity.number == twelve]


def by_name(clients: QuerySet[Client], name: str) -> list[Client]:
    """Those of `clients` whose name has every word of `name`, with their identity only."""
    wanted = set(blindindex.normalise_name(name).split())
    if not wanted:
        return []
    values = {blindindex.index("name", token) for token in wanted}
    hits = (
        NameIndex.objects.filter(value__in=values, client__in=clients)
        .values("client")
        .annotate(n=Count("value"))
        .filter(n=len(values))
    )
    candidates = list(clients.filter(pk__in=[hit["client"] for hit in hits]).only("identity"))
    return [client for client, identity in _opened(candidates) if wanted <= name_tokens(identity.name)]


def parse(text: str, *, today: date | None = None) -> personnummer.PersonalNumber:
    """Raises personnummer.InvalidNumber with a Swedish message."""
    return personnummer.parse(text, today=today)


def _opened(candidates: list[Client]) -> Iterable[tuple[Client, Identity]]:
    for client in fields.open_all(candidates, "identity"):
        yield client, client.identity.open()

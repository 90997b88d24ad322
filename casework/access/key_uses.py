"""Which data keys are still needed for what is sealed outside sealed columns, asked before old keys are destroyed."""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator

from allauth.mfa.models import Authenticator

from audit.models import Event
from casework.clients.protection.models import ChangeState, IdentityChange
from casework.crypto import envelope, rotation
from casework.crypto.keyring import Purpose
from casework.crypto.models import WrappedKey

BATCH = 2000


def in_log(ids: set[int]) -> set[int]:
    """Those of `ids` that open a detail of some event. The log never changes, so its details stay under the old key,
    except where a person has changed identity: then nothing under her old key may be read again.
    """
    found: set[int] = set()
    if not ids:
        return found
    for body in Event.objects.order_by("seq").values_list("body", flat=True).iterator(chunk_size=BATCH):
        sealed = json.loads(bytes(body)).get("sealed")
        if sealed:
            found.add(envelope.key_id_of(base64.b64decode(sealed)))
    return found & ids - _given_up(ids)


def _given_up(ids: set[int]) -> set[int]:
    """Those of `ids` that a finished change of identity has replaced and that were not destroyed at once."""
    keys = list(WrappedKey.objects.filter(pk__in=ids).values_list("pk", "owner", "created_at"))
    owners = {owner for _, owner, _ in keys}
    done = IdentityChange.objects.filter(state=ChangeState.DONE)
    ended = list(done.filter(client__in=owners).values_list("client", "done_at"))
    ended += done.filter(hits__client__in=owners).values_list("hits__client", "done_at").distinct()
    return {pk for pk, owner, made in keys if any(made < at for client, at in ended if client == owner)}


def in_second_factors(ids: set[int]) -> set[int]:
    """Those of `ids` that open the secret of some second factor."""
    values = Authenticator.objects.values_list("data", flat=True).iterator(chunk_size=BATCH) if ids else ()
    return {envelope.key_id_of(blob) for data in values for blob in _seals(_strings(data))} & ids


def nowhere(ids: set[int]) -> set[int]:
    """Drafts lie in sealed columns only."""
    return set()


def connect() -> None:
    """Tells rotation where to ask."""
    rotation.also_refers.update(
        {
            Purpose.CLIENT: in_log,
            Purpose.LOG: in_log,
            Purpose.STAFF: in_second_factors,
            Purpose.DRAFT: nowhere,
        }
    )


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _seals(texts: Iterable[str]) -> Iterator[bytes]:
    for text in texts:
        try:
            blob = base64.b64decode(text, validate=True)
        except (ValueError, binascii.Error):
            continue
        if len(blob) > envelope.SHORTEST and blob[:1] == envelope.VERSION:
            yield blob

"""Our own keys for the files between municipalities."""

from django.conf import settings

from casework.cases.rules import Refused
from casework.crypto import fields
from casework.crypto.parcel import Pair
from housing.areas import MUNICIPALITIES
from housing.kompott.models import ExchangeKey


def own_code() -> str:
    """The municipality that this installation is of, by SCB's code."""
    return str(settings.HOUSING["municipality"])


def own_name() -> str:
    return MUNICIPALITIES.get(own_code(), own_code())


def file_days() -> int:
    """How long a file that we make can be taken in."""
    return int(settings.HOUSING["file_days"])


def in_use() -> ExchangeKey | None:
    return ExchangeKey.objects.select_related("made_by").filter(in_use=True).first()


def pair() -> Pair:
    """The keys that sign what leaves. Raises Refused when none have been made."""
    found = in_use()
    if found is None:
        raise Refused("Vi har inga nycklar för byten än. Be administratören skapa dem.")
    secret = found.secret.open()
    return Pair(found.verify_key, found.seal_key, secret.signing, secret.opening)


def openings() -> dict[str, str]:
    """Our private keys by their public halves, those put away too: what is on its way can still be opened."""
    rows = fields.open_all(ExchangeKey.objects.all(), "secret")
    return {row.seal_key: row.secret.open().opening for row in rows}

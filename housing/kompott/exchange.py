"""The file that goes between municipalities: one JSON object in one canonical form, sealed and signed.

- JSON with sorted names and without white space (as RFC 8785 has it, for texts and one whole number).
- The content is sealed for the receiver alone: X25519, HKDF-SHA256, AES-256-GCM (casework.crypto.parcel, RFC 9180's
  parts). Every field of the header is bound to it as associated data.
- Ed25519 (RFC 8032) signs everything but the signature itself. The keys are checked on the phone, not by the file.
- Times are UTC (RFC 3339). A file from ahead of now or past its last moment is not taken in; nor one twice.

The content says what happened and the coded need behind a drawn reference. Who somebody is never lies in it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from casework.crypto import parcel
from casework.crypto.errors import DecryptError
from casework.crypto.parcel import Box, Pair

FORMAT, MAX_BYTES, SKEW = 1, 64 * 1024, timedelta(minutes=10)
BOUND = ("expires_at", "format", "from", "made_at", "message", "seal_key", "to", "verify_key")
SEALED = ("ciphertext", "ephemeral", "nonce")
NAMES = {*BOUND, *SEALED, "signature"}
TIME = "%Y-%m-%dT%H:%M:%SZ"

TOO_LARGE = "Filen är för stor för att vara en fil mellan kommuner. Kontrollera att du valde rätt fil."
NO_FILE = "Filen är inte en hel fil mellan kommuner: den är skadad, avklippt eller av ett annat slag. Be om den igen."
STRANGE_FORMAT = "Filen är av ett format som programmet inte känner. Be den andra kommunen om en fil i format 1."
ALTERED = "Filen är ändrad på vägen, eller inte gjord av den som den säger. Läs inte in den. Ring den andra kommunen."
FOREIGN = "Filen är till en annan kommun eller till nycklar som inte är våra. Be om en fil med våra nycklar."
EXPIRED = "Filen är för gammal för att läsas in. Be den andra kommunen skapa den igen."
AHEAD = "Filen säger att den är skapad i framtiden. Kontrollera klockan och be om filen igen."


class BadFile(Exception):
    """The file is not taken in; the message is for the person who chose it."""


@dataclass(frozen=True)
class Parcel:
    """A file that has been read but not believed yet."""

    fields: Mapping[str, Any]
    message: UUID
    made_at: datetime
    expires_at: datetime

    @property
    def sender(self) -> str:
        return str(self.fields["from"])

    def check_for(self, municipality: str) -> None:
        """Raises BadFile for one that is to another municipality."""
        if self.fields["to"] != municipality:
            raise BadFile(FOREIGN)

    def check_signed(self, verify_key: str) -> None:
        """Raises BadFile unless it is whole and by the holder of the key that was checked."""
        unsigned = {name: value for name, value in self.fields.items() if name != "signature"}
        same = self.fields["verify_key"] == verify_key
        if not (same and parcel.is_signed(verify_key, self.fields["signature"], canonical(unsigned))):
            raise BadFile(ALTERED)

    def check_time(self, now: datetime) -> None:
        """Raises BadFile for one from ahead of now, or past its last moment. Clocks may differ by SKEW."""
        if self.made_at > now + SKEW:
            raise BadFile(AHEAD)
        if self.expires_at < now:
            raise BadFile(EXPIRED)

    def unpack(self, openings: Mapping[str, str]) -> dict[str, Any]:
        """The content; `openings` are our private keys by their public halves. Raises BadFile."""
        opening = openings.get(self.fields["seal_key"])
        if opening is None:
            raise BadFile(FOREIGN)
        try:
            content = parcel.unseal(opening, Box(**{name: self.fields[name] for name in SEALED}), bound(self.fields))
        except DecryptError:
            raise BadFile(ALTERED) from None
        return _object(content)


@dataclass(frozen=True)
class Sealed:
    """A file as it leaves."""

    message: UUID
    expires_at: datetime
    raw: bytes


def seal(*, pair: Pair, sender: str, to: str, seal_key: str, content: Mapping[str, Any], days: int) -> Sealed:
    """`content` as a file from one municipality (its code, its pair of keys) to another (its code, its public key)."""
    now = datetime.now(UTC).replace(microsecond=0)
    message, until = uuid4(), now + timedelta(days=days)
    fields: dict[str, Any] = {
        "format": FORMAT,
        "message": str(message),
        "from": sender,
        "to": to,
        "made_at": now.strftime(TIME),
        "expires_at": until.strftime(TIME),
        "verify_key": pair.verify_key,
        "seal_key": seal_key,
    }
    box = parcel.seal(seal_key, canonical(content), bound(fields))
    fields.update(ephemeral=box.ephemeral, nonce=box.nonce, ciphertext=box.ciphertext)
    fields["signature"] = parcel.sign(pair.signing, canonical(fields))
    return Sealed(message, until, canonical(fields))


def read(raw: bytes) -> Parcel:
    """The file as it says it is. Raises BadFile for what no such file can be."""
    if len(raw) > MAX_BYTES:
        raise BadFile(TOO_LARGE)
    fields = _object(raw)
    if fields.get("format") != FORMAT or type(fields.get("format")) is not int:
        raise BadFile(STRANGE_FORMAT)
    if fields.keys() != NAMES or not _well_formed(fields):
        raise BadFile(NO_FILE)
    try:
        message, made, until = UUID(fields["message"]), _time(fields["made_at"]), _time(fields["expires_at"])
    except ValueError:
        raise BadFile(NO_FILE) from None
    if str(message) != fields["message"] or until < made:
        raise BadFile(NO_FILE)
    return Parcel(fields, message, made, until)


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way in which content is written."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def bound(fields: Mapping[str, Any]) -> bytes:
    """What the seal is bound to: every field of the header that is known before it is made."""
    return canonical({name: fields[name] for name in BOUND})


def _object(raw: bytes) -> dict[str, Any]:
    """A JSON object written in its one form: so nothing can stand in it twice, or be left unread."""
    try:
        found = json.loads(raw.decode())
        if isinstance(found, dict) and canonical(found) == raw:
            return found
    except (ValueError, RecursionError):
        pass
    raise BadFile(NO_FILE)


def _well_formed(fields: Mapping[str, Any]) -> bool:
    if not all(isinstance(fields[name], str) for name in NAMES - {"format"}):
        return False
    codes = all(len(fields[name]) == 4 and fields[name].isascii() and fields[name].isdigit() for name in ("from", "to"))
    lengths = {
        "verify_key": parcel.KEY_BYTES,
        "seal_key": parcel.KEY_BYTES,
        "ephemeral": parcel.KEY_BYTES,
        "nonce": parcel.NONCE_BYTES,
        "signature": parcel.SIGNATURE_BYTES,
    }
    whole = all(parcel.is_hex(fields[name], length) for name, length in lengths.items())
    return codes and whole and parcel.is_hex(fields["ciphertext"])


def _time(text: str) -> datetime:
    """Raises ValueError for a moment that is not written as TIME says."""
    moment = datetime.strptime(text, TIME).replace(tzinfo=UTC)
    if moment.strftime(TIME) != text:
        raise ValueError(text)
    return moment

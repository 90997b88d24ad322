"""Logs in memory, for attacks by the thousand: the same rows and the same check as for a real one."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.chain import GENESIS, Draft, Row, digest, dump, link
from audit.signing import Mark, key_id, sign
from audit.verifying import Verdict, verify

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
KEYS = {key_id(PRIVATE.public_key()): PRIVATE.public_key()}
TAGS = ("case:open", "step:sign", "access:denied", "search:run")


class Log:
    """Rows, the checkpoints in the table, and what the witness has; None for no witness."""

    def __init__(self, rows: list[Row], marks: list[Mark], witness: list[Mark] | None) -> None:
        self.log, self.marks, self.witness = rows, marks, witness
        self.total = len(rows)
        self.strays: list[int] = []

    def rows(self) -> Iterator[Row]:
        return iter(sorted(self.log, key=lambda row: row.seq))

    def stray(self, last: int) -> int | None:
        return min((seq for seq in self.strays if seq < 1 or seq > last), default=None)

    def verify(self) -> Verdict:
        return verify(self, KEYS, self.witness)


def make(seed: int, size: int, *, every: int = 0, witness: bool = True) -> Log:
    """A clean log of `size` events with a checkpoint after each `every`."""
    chance = random.Random(seed)
    rows: list[Row] = []
    for seq in range(1, size + 1):
        rows.append(link(seq, time_of(seq), draft(chance), rows[-1].hash if rows else GENESIS))
    marks = [mark(row) for row in rows if every and row.seq % every == 0]
    return Log(rows, marks, list(marks) if witness else None)


def mark(row: Row, key: Ed25519PrivateKey = PRIVATE) -> Mark:
    return sign(key, row.seq, row.hash, time_of(row.seq))


def time_of(seq: int) -> str:
    return f"2026-03-01T{seq // 3600 % 24:02d}:{seq // 60 % 60:02d}:{seq % 60:02d}.{seq:06d}Z"


def draft(chance: random.Random) -> Draft:
    refs = tuple(
        ("casework.Case", f"{chance.getrandbits(64):016x}", f"26-{chance.randrange(99999):05d}-1")
        for _ in range(chance.randrange(3))
    )
    words = {"label": chance.choice(["Alma Lind", 'Bo "Bosse" Ek', "Åsa\\Ö"]), "role": "kontaktperson", "unit": ""}
    if chance.random() < 0.3:
        words["sealed"] = f"{chance.getrandbits(256):064x}"
    actor = chance.choice(["alma", "bo", 'o"dd', "å"])
    return Draft(actor, chance.choice(TAGS), f"{chance.getrandbits(128):032x}", refs, dump(words))


def rehashed(row: Row, previous: bytes | None = None) -> Row:
    """The row with a hash that fits it, as a forger makes it who knows how the chain is built."""
    before = row.previous if previous is None else previous
    return row._replace(previous=before, hash=digest(before, row.body))


def rewritten(rows: Sequence[Row], start: int) -> list[Row]:
    """The rows with every hash from index `start` made anew: a chain without a seam."""
    made = list(rows[:start])
    for row in rows[start:]:
        made.append(rehashed(row, made[-1].hash if made else GENESIS))
    return made


def numbered(rows: Sequence[Row]) -> list[Row]:
    """The rows numbered anew from 1 in their columns."""
    return [row._replace(seq=seq) for seq, row in enumerate(rows, 1)]


def edited(row: Row, old: str, new: str, **columns: Any) -> Row:
    """The row with `old` in its body made `new`, and other columns."""
    body = row.body.replace(old.encode(), new.encode())
    assert body != row.body
    return row._replace(body=body, **columns)

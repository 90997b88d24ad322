"""Checks that the log is what it was: names the first event that is not, and what is wrong with it.

The chain finds what was edited, removed, inserted or moved. A signed checkpoint finds a chain that was made anew; with
a witness outside the database, also a tail that was cut off and a log that was replaced as a whole.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from audit.chain import DOMAIN, GENESIS, Row, digest, head
from audit.signing import Mark, PublicKeys

Progress = Callable[[int, int], None]
STEP = 2000  # events between two reports of progress

NO_WITNESS = (
    "Det finns inget vittne. Då går det inte att se om slutet på loggen är avkapat eller om hela loggen är utbytt."
)


@dataclass(frozen=True)
class Fault:
    """The first event that is wrong; with `until`, the wrong one is somewhere from `seq` to `until`."""

    seq: int
    what: str
    until: int | None = None

    def __str__(self) -> str:
        place = f"Händelse {self.seq}" + (f"–{self.until}" if self.until and self.until > self.seq else "")
        return f"{place}: {self.what}"


@dataclass
class Verdict:
    """`events` were checked. `fault` is None for a whole log; `notes` say what could not be known."""

    events: int = 0
    checkpoints: int = 0
    fault: Fault | None = None
    notes: list[str] = field(default_factory=list)


class Source(Protocol):
    """Where a log is read from: the database or an exported file."""

    @property
    def total(self) -> int: ...

    @property
    def marks(self) -> Sequence[Mark]: ...

    def rows(self) -> Iterable[Row]: ...

    def stray(self, last: int) -> int | None:
        """The lowest number in the index of an event that is not there; None when every one is."""


def verify(
    source: Source,
    keys: PublicKeys,
    witness: Sequence[Mark] | None = None,
    progress: Progress | None = None,
) -> Verdict:
    """Checks the whole log. `witness` is None when there is none."""
    marks, faults = _trusted(source.marks, witness, keys)
    verdict = Verdict(checkpoints=len(marks))
    verdict.events, fault = check_chain(source.rows(), marks, progress, source.total)
    if fault is None and (stray := source.stray(verdict.events)) is not None:
        fault = Fault(stray, "registret pekar på en händelse som inte finns.")
    # Of two faults at one place the event is named, not the checkpoint.
    verdict.fault = min([fault, *faults] if fault else faults, key=lambda one: one.seq, default=None)
    verdict.notes = _notes(verdict.events, marks, source.marks, witness)
    return verdict


def check_chain(
    rows: Iterable[Row], marks: Sequence[Mark] = (), progress: Progress | None = None, total: int = 0
) -> tuple[int, Fault | None]:
    """(how many events hold, the first fault). `marks` are trusted checkpoints, smallest first."""
    last, expected, good = GENESIS, 1, 0
    ahead = list(reversed(marks))
    for row in rows:
        seq, _, _, _, _, _, body, previous, stored = row
        if (
            seq != expected
            or previous != last
            or sha256(DOMAIN + previous + body).digest() != stored
            or not _has_head(row)
        ):
            return expected - 1, explain(row, expected, last)
        last, expected = stored, expected + 1
        while ahead and ahead[-1].size == seq:
            if ahead.pop().hash != stored:
                what = f"stämmer inte med den signerade kontrollpunkten vid händelse {seq}. Loggen är omskriven."
                return seq - 1, Fault(good + 1, what, seq)
            good = seq
        if progress and seq % STEP == 0:
            progress(seq, total)
    if progress:
        progress(expected - 1, total)
    if ahead:
        what = f"saknas. Loggen slutar här, men en signerad kontrollpunkt har sett {ahead[0].size} händelser."
        return expected - 1, Fault(expected, what, ahead[0].size)
    return expected - 1, None


def explain(row: Row, expected: int, last: bytes) -> Fault:
    """What is wrong with `row`, which should be number `expected` after the hash `last`."""
    if row.seq > expected:
        return Fault(expected, "saknas.")
    if row.seq < expected:
        return Fault(row.seq, "står på fel plats.")
    whole = digest(row.previous, row.body) == row.hash
    inside = _parsed(row.body).get("seq") if whole else None
    if whole and isinstance(inside, int) and inside != row.seq:
        # An event that is whole but numbered anew: something was taken out before it, or put in.
        first = min(inside, row.seq)
        return Fault(first, f"är borttagen, insatt eller flyttad: den som står som {row.seq} var {inside}.")
    if not whole:
        return Fault(row.seq, "är ändrad: innehållet stämmer inte med dess kontrollsumma.")
    if row.previous != last:
        return Fault(max(row.seq - 1, 1), "är utbytt: nästa händelse bygger på en annan.")
    return Fault(row.seq, f"är ändrad: {_different_columns(row)} i tabellen är inte det som står i händelsen.")


def _has_head(row: Row) -> bool:
    """Whether the body begins with what the columns say.

    Without JSON's encoder first, which takes several times as long; its escapes are left to it. The quotes are counted
    and there is no backslash: a column that holds some of its own could otherwise pass for two, or for another text.
    """
    seq, time, actor, tag, request, refs, body, _, _ = row
    listed = ",".join([f'["{model}","{key}","{case}"]' for model, key, case in refs])
    quick = f'{{"seq":{seq},"time":"{time}","actor":"{actor}","tag":"{tag}","request":"{request}","refs":[{listed}],'
    if (
        quick.count('"') == 20 + 6 * len(refs)
        and "\\" not in quick
        and body.startswith(quick.encode("utf-8", "replace"))
    ):
        return True
    return body.startswith(head(*row[:6]).encode("utf-8", "replace"))


def _different_columns(row: Row) -> str:
    body = _parsed(row.body)
    names = {"time": "tiden", "actor": "vem", "tag": "vad", "request": "anropet"}
    wrong = [word for name, word in names.items() if body.get(name) != getattr(row, name)]
    if body.get("refs") != [list(ref) for ref in row.refs]:
        wrong.append("vad händelsen gäller")
    return " och ".join(wrong) or "formen"


def _parsed(body: bytes) -> dict[str, object]:
    try:
        parsed = json.loads(body)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _trusted(
    stored: Sequence[Mark], witness: Sequence[Mark] | None, keys: PublicKeys
) -> tuple[list[Mark], list[Fault]]:
    """The checkpoints with a good signature, smallest first, and what is wrong with the others."""
    everything = sorted({*stored, *(witness or ())}, key=lambda mark: mark.size)
    good = [mark for mark in everything if mark.is_signed(keys)]
    known, sizes = set(good), {mark.size for mark in stored}
    faults = [
        Fault(mark.size, "kontrollpunkten här har ingen giltig underskrift.")
        for mark in everything
        if mark not in known
    ]
    faults += [
        Fault(mark.size, "kontrollpunkten här finns hos vittnet men är borttagen ur loggen.")
        for mark in witness or ()
        if mark in known and mark.size not in sizes
    ]
    return good, faults


def _notes(events: int, marks: Sequence[Mark], stored: Sequence[Mark], witness: Sequence[Mark] | None) -> list[str]:
    notes = []
    if witness is None:
        notes.append(NO_WITNESS)
    elif missed := len({mark.size for mark in stored} - {mark.size for mark in witness}):
        notes.append(f"Vittnet saknar {missed} av loggens kontrollpunkter. Kör: manage.py checkpoint_audit")
    if left := events - max((mark.size for mark in marks), default=0):
        notes.append(f"De {left} senaste händelserna är ännu inte med i någon kontrollpunkt.")
    return notes

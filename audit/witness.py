"""The witness: checkpoints as JSON lines in a file outside the database (0600), only ever added to.

Put it on another disk or machine, or mark it append-only (chattr +a): whoever can rewrite both the database and the
witness, and holds the signing key, can rewrite history.
"""

import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path

from audit.signing import Mark

TAIL = 4096


def add(path: Path, mark: Mark, stored: Callable[[int], list[Mark]]) -> None:
    """Writes `mark`, and before it those `stored` ones that the witness missed (a full disk, a crash).

    `stored(size)` gives the checkpoints with more than `size` events. Raises OSError when the file cannot be written.
    """
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with open(handle, "r+b", buffering=0) as file:
        fcntl.flock(handle, fcntl.LOCK_EX)
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - TAIL))
        tail = file.read()
        newest = _newest(tail)
        if newest == mark:
            return
        missed = stored(newest.size) if newest else []
        marks = [old for old in missed if old.size < mark.size]
        # A line that a crash left half written must not spoil the next one.
        broken = b"\n" if tail and not tail.endswith(b"\n") else b""
        file.write(broken + "".join(one.line() for one in [*marks, mark]).encode())
        os.fsync(handle)


def read(path: Path) -> tuple[list[Mark], list[int]]:
    """The checkpoints in the file, smallest first, and the numbers of lines that are none. Raises OSError."""
    marks, bad = [], []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            marks.append(Mark.from_facts(json.loads(line)))
        except ValueError:
            if line:
                bad.append(number)
    return sorted(marks, key=lambda mark: mark.size), bad


def _newest(tail: bytes) -> Mark | None:
    for line in reversed(tail.splitlines()):
        try:
            return Mark.from_facts(json.loads(line))
        except ValueError:
            continue
    return None

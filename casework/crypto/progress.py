import time
from collections.abc import Callable
from typing import NamedTuple


class Progress(NamedTuple):
    """How far a rotation has come. `seconds_left` is None until it can be told."""

    phase: str
    done: int
    total: int
    seconds_left: float | None

    def __str__(self) -> str:
        left = "" if self.seconds_left is None else f", ungefär {self.seconds_left:.0f} s kvar"
        return f"{self.phase}: {self.done} av {self.total}{left}"


Report = Callable[[Progress], None]


class Meter:
    """Tells a listener how far one phase has come."""

    def __init__(self, report: Report, phase: str, total: int) -> None:
        self.report, self.phase, self.total = report, phase, total
        self.done, self.began = 0, time.monotonic()
        report(Progress(phase, 0, total, None))

    def add(self, count: int) -> None:
        """`count` more are done; the total grows with what came in meanwhile."""
        self.done += count
        self.total = max(self.total, self.done)
        pace = (time.monotonic() - self.began) / max(self.done, 1)
        self.report(Progress(self.phase, self.done, self.total, pace * (self.total - self.done)))

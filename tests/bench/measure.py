"""Timing side by side, and the table of what came out."""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

Way = Callable[[], object]


@dataclass(frozen=True)
class Line:
    """One figure. `limit` bounds `ratio` when there is a plain counterpart, else `sealed` (in `unit`).

    At most `limit`, or with `least` at least.
    """

    what: str
    sealed: float
    plain: float | None
    limit: float
    unit: str = "ms"
    least: bool = False

    @property
    def ratio(self) -> float | None:
        return None if self.plain is None else self.sealed / self.plain

    @property
    def ok(self) -> bool:
        figure = self.sealed if self.ratio is None else self.ratio
        return figure >= self.limit if self.least else figure <= self.limit

    def cells(self) -> tuple[str, ...]:
        sign = ">=" if self.least else "<="
        unit = f" {self.unit}" if self.plain is None else ""
        return (
            self.what,
            f"{number(self.sealed)} {self.unit}",
            "-" if self.plain is None else f"{number(self.plain)} {self.unit}",
            "-" if self.ratio is None else f"{self.ratio:.3f}",
            f"{sign} {self.limit:g}{unit}",
            "ok" if self.ok else "FAIL",
        )


HEAD = ("what", "sealed", "plain", "ratio", "limit", "")


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"


def table(lines: list[Line]) -> str:
    rows = [HEAD, *(line.cells() for line in lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    shown = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([shown[0], "-" * max(map(len, shown)), *shown[1:]])


def interleaved(rounds: int, ways: dict[str, Way], after: Callable[[str], None] | None = None) -> dict[str, float]:
    """The median time of each way in milliseconds.

    Each round goes through all of them, every other round backwards: what the machine does beside falls on all alike.
    `after` cleans up behind a way, outside the time.
    """
    gc.collect()
    gc.freeze()  # what the bench itself holds is nobody's garbage
    taken: dict[str, list[float]] = {name: [] for name in ways}
    names = list(ways)
    for turn in range(-1, rounds):
        for name in names if turn % 2 else reversed(names):
            gc.collect()
            began = time.perf_counter()
            ways[name]()
            spent = time.perf_counter() - began
            if after:
                after(name)
            if turn >= 0:  # the first round warms up
                taken[name].append(spent * 1000)
    gc.unfreeze()
    return {name: statistics.median(times) for name, times in taken.items()}


def say(text: str) -> None:
    """What is being measured, for whoever waits."""
    print(text, file=sys.stderr, flush=True)

"""A section's totals over time as a line: where each point lies in a drawing that the page makes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contacts.fidelity.scale import HIGH, HIGHEST, LOWEST

WIDTH, HEIGHT = 300, 172
LEFT, RIGHT, TOP, BOTTOM = 26, 268, 18, 142


@dataclass(frozen=True)
class Dot:
    """Coordinates are whole numbers, written the same in every language."""

    x: int
    y: int
    day: date
    total: int

    @property
    def label_y(self) -> int:
        return self.y - 8


@dataclass(frozen=True)
class Trend:
    dots: list[Dot]

    width, height, left, right = WIDTH, HEIGHT, LEFT, RIGHT
    label_x, note_x, foot_y = LEFT - 6, RIGHT + 6, HEIGHT - 6

    @property
    def path(self) -> str:
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)

    @property
    def high_y(self) -> int:
        return _y(HIGH)

    @property
    def levels(self) -> list[tuple[int, int]]:
        """(total, y) of the marks beside the drawing."""
        return [(total, _y(total)) for total in (LOWEST, HIGH, HIGHEST)]

    @property
    def days(self) -> list[tuple[int, str, date]]:
        """(x, anchor, day) of the days below the drawing: the first and the last, within its edges."""
        first, last = self.dots[0], self.dots[-1]
        if first is last:
            return [(first.x, "middle", first.day)]
        return [(LEFT, "start", first.day), (RIGHT, "end", last.day)]


def draw(totals: Sequence[tuple[date, int]]) -> Trend | None:
    """(day, total), oldest first, along the time between them; None when there is nothing to draw."""
    if not totals:
        return None
    began, span = totals[0][0], (totals[-1][0] - totals[0][0]).days
    return Trend([Dot(_x((day - began).days, span), _y(total), day, total) for day, total in totals])


def _x(days: int, span: int) -> int:
    return LEFT + 14 + round((RIGHT - LEFT - 28) * days / span) if span else (LEFT + RIGHT) // 2


def _y(total: int) -> int:
    return BOTTOM - round((BOTTOM - TOP) * (total - LOWEST) / (HIGHEST - LOWEST))

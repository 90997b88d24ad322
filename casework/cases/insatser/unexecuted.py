"""The sektionschef's list of favourable decisions that are not carried out (SoL (2025:400) 34:1-3), and as a file.

Case number, area and days only: a list never says what has happened to the person (SoLPuL 7 a §). Opens no seal.
"""

import csv
import io
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.insatser import clock
from casework.cases.insatser.clock import Quarter, Unexecuted
from casework.cases.insatser.models import Insats
from casework.policy import Permission
from casework.signin.models import User
from casework.swedish import iso

QUARTERS = 9
FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEAD = ("Ärende", "Område", "Vad", "Från", "Tre månader", "Dagar", "Verkställt", "Blev inte av", "Hinder", "Kvartal")


@dataclass
class Report:
    """A quarter's rows, and those that will be in one soon (in the running quarter only)."""

    quarter: Quarter
    late: list[Unexecuted] = field(default_factory=list)
    soon: list[Unexecuted] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A row as it is shown. `executed_on` is when it was carried out, `dropped_on` when it came to nothing."""

    row: Unexecuted
    days: int
    executed_on: date | None
    dropped_on: date | None


def quarters() -> list[Quarter]:
    """The running quarter and those before it, latest first."""
    found = [Quarter.of(timezone.localdate())]
    while len(found) < QUARTERS:
        found.append(found[-1].before)
    return found


def chosen(code: str | None) -> Quarter:
    """The quarter with this code; the running one for anything that cannot be chosen."""
    known = quarters()
    return next((quarter for quarter in known if quarter.code == code), known[0])


def report(user: User, quarter: Quarter) -> Report:
    """What `user` has to report for a quarter, of the sections she leads; oldest first."""
    today = timezone.localdate()
    ticks = sorted((tick for insats in _decided(user) for tick in clock.clocks(insats)), key=lambda tick: tick.due)
    found = Report(quarter, [tick for tick in ticks if quarter.tells(tick, today)])
    if quarter == Quarter.of(today):
        found.soon = [tick for tick in ticks if tick.soon(today)]
    visit.saw_all([tick.insats.case for tick in [*found.late, *found.soon]])
    return found


def _decided(user: User) -> list[Insats]:
    rows = Insats.objects.filter(case__in=policy.visible_cases(user, Permission.UNEXECUTED_LIST), favourable=True)
    return list(rows.select_related("case").defer("words", "case__narrative").order_by("case__number"))


def lines(rows: list[Unexecuted]) -> list[Line]:
    today = timezone.localdate()
    return [_line(row, today) for row in rows]


def _line(row: Unexecuted, today: date) -> Line:
    dropped = row.insats.ended_on if row.paused and row.insats.resumed_on is None else row.insats.declined_on
    return Line(row, row.days(today), None if row.met == dropped else row.met, dropped)


def as_csv(found: Report) -> str:
    """The quarter's rows for a spreadsheet: semicolons, and no cell that it would take for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEAD)
    for line in lines(found.late):
        insats, row = line.row.insats, line.row
        cells = [insats.case.number, insats.get_area_display(), "Avbrott" if row.paused else "Beslut"]
        cells += [iso(row.start), iso(row.due), str(line.days), _day(line.executed_on), _day(line.dropped_on)]
        writer.writerow([harmless(cell) for cell in [*cells, insats.get_obstacle_display(), found.quarter.code]])
    return out.getvalue()


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _day(day: date | None) -> str:
    return iso(day) if day else ""

"""Exchanges counted: per municipality and year, and nothing else. It says how many, never which.

The balance is how many more we have received from a municipality than it has from us.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import ExtractYear
from django.utils import timezone

from casework.collation import sort_key
from housing.kompott.models import AgreementMember, KompottOffer, KompottRequest
from housing.quotas.models import Quota

HEADS = (
    "År", "Kommunkod", "Kommun", "Kvot", "Använd kvot", "Förfrågningar från oss", "Erbjudanden till oss",
    "Mottagna hos dem", "Förfrågningar till oss", "Erbjudanden från oss", "Mottagna hos oss", "Saldo",
)  # fmt: skip


@dataclass
class Line:
    """One municipality, one year. `quota` and `taken` are None where no quota is set."""

    year: int
    code: str
    name: str
    own: bool = False
    quota: int | None = None
    taken: int | None = None
    asked: int = 0
    offered_us: int = 0
    theirs: int = 0
    asked_us: int = 0
    offered: int = 0
    ours: int = 0

    @property
    def balance(self) -> int:
        return self.ours - self.theirs

    @property
    def cells(self) -> list[Any]:
        """In the order of HEADS."""
        counts = [self.asked, self.offered_us, self.theirs, self.asked_us, self.offered, self.ours, self.balance]
        return [self.year, self.code, self.name, self.quota, self.taken, *counts]


COUNTED: tuple[tuple[str, Any, str], ...] = (
    ("asked", KompottRequest, "sent_on"),
    ("offered_us", KompottRequest, "offered_on"),
    ("theirs", KompottRequest, "moved_on"),
    ("asked_us", KompottOffer, "sent_on"),
    ("offered", KompottOffer, "offered_on"),
    ("ours", KompottOffer, "moved_on"),
)


def lines() -> list[Line]:
    """Every municipality and year with a quota or an exchange, the latest year first; this year has a line for all."""
    found: dict[tuple[int, str], Line] = {}
    named = {row.code: row for row in AgreementMember.objects.order_by("code")}

    def line(year: int, code: str) -> Line:
        return found.setdefault((year, code), Line(year, code, named[code].name, named[code].own))

    for code in named:
        line(timezone.localdate().year, code)
    for row in Quota.objects.filter(member__isnull=False).select_related("member").order_by():
        assert row.member is not None
        one = line(row.year, row.member.code)
        one.quota, one.taken = (one.quota or 0) + row.homes, (one.taken or 0) + row.taken
    for name, model, day in COUNTED:
        rows = model.objects.filter(**{f"{day}__isnull": False}).order_by()
        years = rows.values(code=F("member__code"), year=ExtractYear(day)).annotate(count=Count("pk"))
        for counted in years:
            setattr(line(counted["year"], counted["code"]), name, counted["count"])
    return sorted(found.values(), key=lambda one: (-one.year, not one.own, sort_key(one.name)))


def as_csv(rows: Iterable[Line]) -> bytes:
    """The lines for Länsstyrelsen: semicolons and a byte order mark, as Swedish spreadsheets expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADS)
    writer.writerows(["" if cell is None else cell for cell in row.cells] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def by_year(rows: Iterable[Line]) -> list[tuple[int, list[Line]]]:
    """The lines as pages show them: one table for each year."""
    return [(year, list(group)) for year, group in groupby(rows, key=lambda row: row.year)]

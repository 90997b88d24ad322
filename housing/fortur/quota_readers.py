"""How the landlords' förtur is used, year by year: counts only, since the reader has no door to the cases."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractYear
from django.utils import timezone

from casework.access import branches
from casework.cases.models import Case
from casework.signin.models import User
from housing.fortur.models import ForturApplication
from housing.fortur.rules import WAITING, Outcome
from housing.landlords.models import Landlord
from housing.quotas.models import Quota
from housing.tenancies.models import TenancyState

PAGE = 50


@dataclass(frozen=True)
class Year:
    """One landlord's year. `homes` is None where no quota is set; the rest counts the reader's own branch."""

    landlord: Landlord
    year: int
    homes: int | None = None
    taken: int = 0
    granted: int = 0
    refused: int = 0
    declined: int = 0
    late: int = 0
    moved: int = 0
    living: int = 0

    @property
    def full(self) -> bool:
        return self.homes is not None and self.taken >= self.homes


def listed(user: User, number: str | None) -> Page[Year]:
    """Every landlord and year with a quota or a decision, the latest year first."""
    years = {(row.landlord_id, row.year): _of_quota(row) for row in _quotas()}
    decided = list(_decided(user))
    known = Landlord.objects.in_bulk({row["landlord"] for row in decided})
    for row in decided:
        landlord, year = known[row.pop("landlord")], row.pop("year")
        key = (landlord.pk, year)
        years[key] = replace(years.get(key) or Year(landlord, year), **row)
    rows = sorted(years.values(), key=lambda row: (-row.year, row.landlord.name))
    return Paginator(rows, PAGE).get_page(number)


def _quotas() -> Iterable[Quota]:
    return Quota.objects.filter(landlord__isnull=False).select_related("landlord")


def _of_quota(row: Quota) -> Year:
    assert row.landlord is not None
    return Year(row.landlord, row.year, row.homes, row.taken)


def _decided(user: User) -> Iterable[dict[str, Any]]:
    """Counts by landlord and year of decision. A track that was tried again counts by its newest decision."""
    mine = branches.within(Case.objects.all(), user)
    rows = ForturApplication.objects.filter(case__in=mine.values("pk"), decided_on__isnull=False).order_by()
    granted, today = Q(outcome=Outcome.GRANTED), timezone.localdate()
    living = Q(track__tenancy__isnull=False) & ~Q(track__tenancy__state=TenancyState.ENDED)
    return rows.values("landlord", year=ExtractYear("decided_on")).annotate(
        granted=Count("pk", filter=granted),
        refused=Count("pk", filter=~granted),
        declined=Sum("track__offers_declined"),
        late=Count("pk", filter=Q(valid_until__lt=today, track__state__in=WAITING)),
        moved=Count("pk", filter=Q(track__moved_on__isnull=False)),
        living=Count("pk", filter=living & Q(track__moved_on__isnull=False)),
    )


def choices(known: dict[str, Landlord]) -> list[tuple[str, str]]:
    """Landlords as a form offers them."""
    return [(key, row.name) for key, row in known.items()]

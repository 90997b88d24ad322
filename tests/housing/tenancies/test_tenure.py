"""When the right to stay comes: the two years, block letting, a waiver, her own lease. Days only."""

from datetime import date, timedelta
from typing import Any

import pytest

from housing.tenancies.models import Tenancy
from housing.tenancies.tenure import Standing, tenure, two_year_line

START = date(2024, 3, 1)
LINE = date(2026, 3, 1)
DAY = timedelta(days=1)
WAIVED = {"waiver_on": date(2024, 2, 20), "waiver_approval": "not_needed"}
BOARD = {"waiver_on": date(2024, 2, 20), "waiver_approval": "hyresnamnden", "waiver_approved_on": date(2024, 6, 1)}


def lease(**more: Any) -> Tenancy:
    facts = {"lease": "sublease", "tenant": "tenant_city", "starts_on": START, "rent": 8_000}
    return Tenancy(**{**facts, **more})


@pytest.mark.parametrize(
    ("starts", "line"),
    [
        (date(2024, 3, 1), date(2026, 3, 1)),
        (date(2024, 2, 28), date(2026, 2, 28)),
        (date(2024, 2, 29), date(2026, 3, 1)),  # two whole years end with 28 February
        (date(2026, 2, 28), date(2028, 2, 28)),
        (date(2026, 3, 1), date(2028, 3, 1)),  # the leap day lies within the two years
        (date(2024, 12, 31), date(2026, 12, 31)),
        (date(2025, 1, 1), date(2027, 1, 1)),
        (date(2024, 3, 30), date(2026, 3, 30)),  # summer time begins on 31 March 2024 and on 29 March 2026
        (date(2024, 10, 27), date(2026, 10, 27)),
    ],
)
def test_the_right_comes_when_a_sublease_has_lasted_more_than_two_years(starts: date, line: date) -> None:
    assert two_year_line(starts) == line
    tenancy = lease(starts_on=starts)
    before, on = tenure(tenancy, line - DAY), tenure(tenancy, line)
    assert (before.standing, before.since) == (Standing.AHEAD, line)
    assert (on.standing, on.since) == (Standing.GAINED, line)
    assert "45 §" in on.reasons[0]


@pytest.mark.parametrize("days", [180, 30])
def test_the_warning_comes_so_many_days_before_and_goes_with_the_line(settings: Any, days: int) -> None:
    settings.HOUSING = {**settings.HOUSING, "tenure_warn_days": days}
    warn = LINE - timedelta(days=days)
    stands = tenure(lease(), warn)
    assert stands.warn_on == warn
    assert [tenure(lease(), day).warns(day) for day in (warn - DAY, warn, LINE - DAY, LINE)] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["sublease", "transition", "transitional_home", "trial_flat"])
def test_every_lease_that_the_city_holds_is_a_sublease(kind: str) -> None:
    assert tenure(lease(lease=kind), LINE - DAY).standing == Standing.AHEAD
    assert tenure(lease(lease=kind), LINE).standing == Standing.GAINED


def test_a_block_let_home_gives_the_right_from_the_first_day() -> None:
    tenancy = lease(block_let=True)
    assert tenure(tenancy, START - DAY).standing == Standing.AHEAD
    stands = tenure(tenancy, START)
    assert (stands.standing, stands.since) == (Standing.GAINED, START)
    assert "blockförhyrt" in stands.reasons[0]


@pytest.mark.parametrize(
    "more",
    [
        {"lease": "first_hand", "tenant": "tenant_person"},
        {"lease": "transition", "tenant": "tenant_person"},
        {"lease": "first_hand", "tenant": "tenant_person", **WAIVED},
        {"lease": "first_hand", "tenant": "tenant_person", "block_let": True},
    ],
)
def test_her_own_lease_has_it_always(more: dict[str, Any]) -> None:
    stands = tenure(lease(**more), START)
    assert (stands.standing, stands.since, stands.warn_on) == (Standing.ALWAYS, START, None)
    assert not stands.warns(LINE - DAY)


def test_a_lease_taken_over_has_it_from_that_day() -> None:
    taken = date(2025, 5, 1)
    stands = tenure(lease(lease="first_hand", tenant="tenant_person", taken_over_on=taken), LINE)
    assert (stands.standing, stands.since) == (Standing.ALWAYS, taken)


def test_a_home_that_was_left_has_none() -> None:
    stands = tenure(lease(state="tenancy_ended"), LINE)
    assert (stands.standing, stands.since, stands.warns(LINE)) == (Standing.OVER, None, False)


@pytest.mark.parametrize(
    ("more", "day", "standing", "since"),
    [
        # Without an end it holds; the day of the right never comes.
        (WAIVED, LINE, Standing.WAIVED, None),
        (WAIVED, date(2024, 2, 19), Standing.AHEAD, LINE),
        # Approved later: it holds from the approval.
        (BOARD, date(2024, 5, 31), Standing.AHEAD, LINE),
        (BOARD, date(2024, 6, 1), Standing.WAIVED, None),
        # With an end before the line, on it, and after it.
        ({**WAIVED, "waiver_until": date(2025, 1, 31)}, date(2025, 1, 31), Standing.WAIVED, LINE),
        ({**WAIVED, "waiver_until": date(2025, 1, 31)}, date(2025, 2, 1), Standing.AHEAD, LINE),
        ({**WAIVED, "waiver_until": LINE}, LINE, Standing.WAIVED, LINE + DAY),
        ({**WAIVED, "waiver_until": date(2027, 1, 31)}, LINE, Standing.WAIVED, date(2027, 2, 1)),
        ({**WAIVED, "waiver_until": date(2027, 1, 31)}, date(2027, 1, 31), Standing.WAIVED, date(2027, 2, 1)),
        ({**WAIVED, "waiver_until": date(2027, 1, 31)}, date(2027, 2, 1), Standing.GAINED, date(2027, 2, 1)),
        # Written after the line: what she had is waived from then on.
        ({**WAIVED, "waiver_on": date(2026, 5, 1)}, date(2026, 4, 30), Standing.GAINED, LINE),
        ({**WAIVED, "waiver_on": date(2026, 5, 1)}, date(2026, 5, 1), Standing.WAIVED, None),
        # A block-let home: waived from the start, then hers.
        ({**WAIVED, "block_let": True, "waiver_until": LINE}, LINE + DAY, Standing.GAINED, LINE + DAY),
        # Husband, wife or cohabitee.
        ({**WAIVED, "has_spouse": True}, LINE, Standing.GAINED, LINE),
        (
            {**WAIVED, "has_spouse": True, "spouse_accepted_on": date(2024, 8, 1)},
            date(2024, 7, 31),
            Standing.AHEAD,
            LINE,
        ),
        ({**WAIVED, "has_spouse": True, "spouse_accepted_on": date(2024, 8, 1)}, LINE, Standing.WAIVED, None),
        # Nobody has approved it.
        ({"waiver_on": date(2024, 2, 20)}, LINE, Standing.GAINED, LINE),
    ],
)
def test_a_waiver_holds_with_approval_and_spouse_and_in_its_time(
    more: dict[str, Any], day: date, standing: Standing, since: date | None
) -> None:
    stands = tenure(lease(**more), day)
    assert (stands.standing, stands.since) == (standing, since)


def test_what_a_waiver_lacks_is_told() -> None:
    stands = tenure(lease(waiver_on=START, has_spouse=True), START)
    told = " ".join(stands.reasons)
    assert "inte godkänt av hyresnämnden" in told
    assert "sambo har inte godtagit" in told
    assert "45 a §" in told
    expired = tenure(lease(**{**WAIVED, "waiver_until": START}), START + DAY)
    assert "Tiden för avståendet är ute." in expired.reasons


def test_a_waiver_that_ends_is_warned_of_as_the_line_is(settings: Any) -> None:
    until = date(2027, 1, 31)
    tenancy, days = lease(**WAIVED, waiver_until=until), settings.HOUSING["tenure_warn_days"]
    warn = until + DAY - timedelta(days=days)
    assert [tenure(tenancy, day).warns(day) for day in (LINE, warn - DAY, warn, until)] == [False, False, True, True]
    forever = lease(**WAIVED)
    assert not tenure(forever, LINE - DAY).warns(LINE - DAY)

"""The three months of a decision, the quarter's report and its file."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases.insatser import clock, readers, unexecuted
from casework.cases.insatser.clock import Quarter, Unexecuted
from casework.cases.insatser.models import Insats
from casework.cases.models import Case
from casework.cases.readers import header
from tests import factories
from tests.casework.insatser.conftest import ago, decide, decline, note, start
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, text

DAY = timedelta(days=1)


def ticks(**facts: Any) -> list[Unexecuted]:
    return list(clock.clocks(Insats(favourable=True, **facts)))


@pytest.mark.parametrize(
    ("start_on", "due"),
    [
        (date(2026, 1, 15), date(2026, 4, 15)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 8, 31), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2027, 3, 1)),
    ],
)
def test_three_months_end_where_the_month_ends(start_on: date, due: date) -> None:
    (tick,) = ticks(decided_on=start_on)
    assert tick.due == due
    assert not tick.late(due)
    assert tick.late(due + DAY)
    assert (tick.soon(due - 31 * DAY), tick.soon(due - 30 * DAY), tick.soon(due)) == (False, True, True)
    assert not tick.soon(due + DAY)


def test_only_a_favourable_decision_has_a_clock() -> None:
    assert not list(clock.clocks(Insats(decided_on=date(2026, 1, 1))))
    assert not ticks()


def test_what_is_carried_out_too_late_stays_late() -> None:
    (in_time,) = ticks(decided_on=date(2026, 1, 15), started_on=date(2026, 4, 15))
    (late,) = ticks(decided_on=date(2026, 1, 15), started_on=date(2026, 4, 16))
    assert (in_time.late(date(2027, 1, 1)), late.late(date(2027, 1, 1))) == (False, True)
    assert (late.days(date(2027, 1, 1)), late.soon(date(2026, 4, 1))) == (91, False)


def test_a_pause_has_a_clock_of_its_own() -> None:
    first, second = ticks(decided_on=date(2026, 1, 1), started_on=date(2026, 1, 2), paused_on=date(2026, 2, 1))
    assert (first.late(date(2026, 9, 1)), second.late(date(2026, 5, 2)), second.paused) == (False, True, True)
    over = ticks(decided_on=date(2026, 1, 1), started_on=date(2026, 1, 2), paused_on=date(2026, 2, 1),
                 resumed_on=date(2026, 4, 30))[1]  # fmt: skip
    assert not over.late(date(2026, 9, 1))


def test_a_quarter_tells_of_what_was_late_in_it() -> None:
    today = date(2026, 12, 31)
    (tick,) = ticks(decided_on=date(2026, 1, 15), started_on=date(2026, 8, 20))  # due 15 April
    told = [number for number in (1, 2, 3, 4) if Quarter(2026, number).tells(tick, today)]
    assert told == [2, 3]
    (still,) = ticks(decided_on=date(2026, 1, 15))
    assert [number for number in (1, 2, 3, 4) if Quarter(2026, number).tells(still, today)] == [2, 3, 4]
    (on_the_day,) = ticks(decided_on=date(2026, 3, 31))  # due 30 June, the quarter's last day
    assert not Quarter(2026, 2).tells(on_the_day, today)
    assert Quarter(2026, 3).tells(on_the_day, today)


def test_quarters_follow_each_other() -> None:
    quarter = Quarter.of(date(2026, 1, 1))
    assert (quarter.first, quarter.last, str(quarter)) == (date(2026, 1, 1), date(2026, 3, 31), "kvartal 1 2026")
    assert (quarter.before, quarter.before.last) == (Quarter(2025, 4), date(2025, 12, 31))
    assert unexecuted.chosen("1999-1") == unexecuted.chosen(None) == unexecuted.quarters()[0]
    assert unexecuted.chosen(unexecuted.quarters()[3].code) == unexecuted.quarters()[3]


def overdue(cast: Cast, case: Case, days: int = 200) -> Insats:
    return decide(cast, note(cast, case, obstacle="obst_housing"), decided_on=ago(days))


def test_the_list_is_of_the_sections_own_and_never_says_why(signed_in: SignIn, cast: Cast, case: Case) -> None:
    foreign = factories.make_case(cast.edvin)
    factories.assign(cast.edvin, foreign, cast.eva)
    decide(cast, note(cast, foreign, by=cast.eva, responsible=cast.eva), by=cast.edvin, decided_on=ago(200))
    overdue(cast, case)
    overdue(cast, case, days=80)
    page = text(signed_in(cast.cecilia).get("/ej-verkstallt/"))
    for word in (case.number, "Boende", "Bostadsbrist", "200", "Inte än", "Snart har tre månader gått"):
        assert word in page
    for word in ("Wyxan", foreign.number, "Behovet finns"):
        assert word not in page
    event = last_event(Tag.UNEXECUTED_READ)
    assert (cases_of(event), event.fields) == ({case.number}, [])
    assert signed_in(cast.alma).get("/ej-verkstallt/").status_code == 403
    theirs = text(signed_in(cast.edvin).get("/ej-verkstallt/"))
    assert foreign.number in theirs
    assert case.number not in theirs


def test_an_empty_list_says_so_and_the_quarter_is_chosen(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, earlier = signed_in(cast.cecilia), unexecuted.quarters()[4]
    assert "Inget att rapportera" in text(client.get("/ej-verkstallt/"))
    page = text(client.get(f"/ej-verkstallt/?kvartal={earlier.code}"))
    assert f'<option value="{earlier.code}" selected>' in page
    assert 'href="/ej-verkstallt/"' in page


def test_what_begins_late_or_never_is_told_with_its_day(cast: Cast, case: Case) -> None:
    start(cast, overdue(cast, case))
    decline(cast, overdue(cast, case))
    found = unexecuted.report(cast.cecilia, Quarter.of(timezone.localdate()))
    today = timezone.localdate()
    days = sorted((line.executed_on is not None, line.dropped_on is not None) for line in unexecuted.lines(found.late))
    assert days == [(False, True), (True, False)]
    assert all(line.row.met == today for line in unexecuted.lines(found.late))


def test_the_file_is_for_a_spreadsheet_and_logged(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.cecilia)
    assert client.get("/ej-verkstallt/fil/").status_code == 200
    assert last_event().tag == Tag.UNEXECUTED_EXPORTED  # also when there is nothing in it
    overdue(cast, case)
    answer = client.get("/ej-verkstallt/fil/")
    body = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    head, row = body.splitlines()
    assert head.startswith("Ärende;Område;Vad;")
    assert row.split(";")[:3] == [case.number, "Boende", "Beslut"]
    assert row.endswith(f"Bostadsbrist;{Quarter.of(timezone.localdate()).code}")
    assert cases_of(last_event(Tag.UNEXECUTED_EXPORTED)) == {case.number}
    assert "ej-verkstallt-" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("cell", ["=1+1", "+46", "-1", "@SUM", "\tx", "\rx"])
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    assert unexecuted.harmless(cell) == f"'{cell}"
    assert unexecuted.harmless("26-48173-5") == "26-48173-5"


def test_the_header_says_that_a_decision_is_late(cast: Cast, case: Case) -> None:
    insats = overdue(cast, case)
    assert header(case)["alerts"] == [readers.LATE]
    start(cast, insats)
    assert header(case)["alerts"] == []

"""From Alma to Bo with a cover between: who can open the case on each day, as it happens and when it is asked after."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework import policy
from casework.access.readers import who_could_open
from casework.cases import actions as cases
from casework.cases.models import Case
from contacts.assignments import actions as assignments
from contacts.cover import actions
from contacts.cover.handing import actions as handing
from contacts.models import Assignment
from tests import factories
from tests.cast import Cast
from tests.contacts.cover.clock import day, move_to, noon

# What happens at noon of a day, and who can open the case in the evening: m contact person, d deputy, c cover.
STORY = """
 1  Alma:m         cover by Bo set for day 3-5
 2  Alma:m
 3  Alma:m Bo:c
 5  Alma:m Bo:c    extended to day 7
 6  Alma:m Bo:c
 7  Alma:m Bo:c
 8  Alma:m
 9  Alma:m         cover by Bo set for day 12-14
10  Alma:m         and called off before it began
12  Alma:m
13  Alma:m Bo:c    one more cover by Bo, day 13-20
14  Alma:m Bo:c    a handover is planned; Bo is asked
15  Alma:m Bo:d    Bo has said yes, his cover gives way
18  Alma:m Bo:d
19  Bo:m           the handover is completed
21  Bo:m
25                 the case is rounded off and closed
26
27                 opened again: nobody has it
28  Alma:m         Alma once more
"""
READ = policy.Permission.CASE_READ
KINDS = {"assignment": "m", "deputy": "d", "cover": "c"}


def expected() -> dict[int, str]:
    lines = [line for line in STORY.strip("\n").splitlines() if line.strip()]
    return {int(line[:3]): " ".join(line[3:19].split()) for line in lines}


def asked(case: Case, moment: datetime) -> str:
    rows = who_could_open(case, moment)
    return " ".join(sorted(f"{row['user__display_name'].split()[0]}:{KINDS[row['kind']]}" for row in rows))


def seen(cast: Cast, case: Case) -> set[str]:
    """Who is let in at this moment, by the program's own rules."""
    return {user.display_name.split()[0] for user in (cast.alma, cast.bo) if policy.can_case(user, case, READ)}


def days_of(cast: Cast, case: Case) -> dict[int, Callable[[], Any]]:
    """What is done on each day of the story."""
    kept: dict[str, Any] = {}

    def cover(first: int, last: int) -> None:
        kept["cover"] = actions.cover_case(
            by=cast.cecilia, case=case, substitute=cast.bo, starts_on=day(first), ends_on=day(last)
        )

    def plan() -> None:
        kept["handover"] = handing.plan_handover(
            by=cast.cecilia, case=case, taker=cast.bo, planned_on=day(20), no_conflict=True
        )

    def accept() -> None:
        question = Assignment.objects.select_related("case").get(user=cast.bo, state="offered")
        assignments.accept_assignment(by=cast.bo, assignment=question, no_conflict=True)

    def close() -> None:
        case.refresh_from_db()
        closing = cases.move_case(by=cast.bo, case=case, name="begin_closing", reason="Klart")
        cases.close_case(by=cast.cecilia, case=closing, closure_reason="goals_reached", note="Bra")

    def reopen() -> None:
        case.refresh_from_db()
        cases.move_case(by=cast.cecilia, case=case, name="reopen", reason="Hon hörde av sig")
        case.refresh_from_db()

    return {
        1: lambda: cover(3, 5),
        5: lambda: actions.extend_cover(by=cast.cecilia, cover=kept["cover"], ends_on=day(7)),
        9: lambda: cover(12, 14),
        10: lambda: actions.end_cover(by=cast.cecilia, cover=kept["cover"]),
        13: lambda: cover(13, 20),
        14: plan,
        15: accept,
        19: lambda: handing.complete_handover(
            by=cast.alma, handover=kept["handover"], summary="Allt", missing_why="Bråttom"
        ),
        25: close,
        27: reopen,
        28: lambda: factories.assign(cast.cecilia, case, cast.alma),
    }


def test_who_can_open_the_case_on_each_day(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    story = expected()
    found: dict[int, str] = {}
    happens = days_of(cast, case)
    for number in story:
        move_to(monkeypatch, noon(number))
        happens.get(number, lambda: None)()
        evening = noon(number) + timedelta(hours=6)
        move_to(monkeypatch, evening)
        found[number] = asked(case, evening)
        assert seen(cast, case) == {part.split(":")[0] for part in found[number].split()}
    assert found == story
    assert {number: asked(case, noon(number) + timedelta(hours=6)) for number in story} == story


def test_at_no_moment_does_one_person_come_in_by_two_doors_or_nobody_have_the_case(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    happens = days_of(cast, case)
    for number in range(1, 20):
        move_to(monkeypatch, noon(number))
        happens.get(number, lambda: None)()
    begun = case.grants.order_by("opened_at").first().opened_at
    rows = case.grants.values_list("opened_at", "closed_at", "ends_at")
    for moment in sorted({moment for row in rows for moment in row if moment}):
        for at in (moment - timedelta(microseconds=1), moment, moment + timedelta(microseconds=1)):
            names = [row["user__display_name"] for row in who_could_open(case, at)]
            assert len(names) == len(set(names))
            assert ("m" in asked(case, at)) == (at >= begun)
    assert timezone.now() == noon(19)

"""When somebody is away: from a day, to a day if it is known, and never why."""

import pytest

from audit.tags import Tag
from casework.cases.rules import Refused
from casework.policy import Forbidden
from contacts.cover import actions, readers, rules
from contacts.models import Absence
from tests.cast import Cast
from tests.contacts.cover.clock import day
from tests.fixtures import last_event


def away(cast: Cast, first: int, last: int | None) -> Absence:
    ends_on = None if last is None else day(last)
    return actions.set_absence(by=cast.cecilia, user=cast.alma, starts_on=day(first), ends_on=ends_on)


def test_who_says_so(cast: Cast) -> None:
    absence = away(cast, 0, 3)
    assert (absence.set_by, absence.user) == (cast.cecilia, cast.alma)
    assert cast.alma.ref() in last_event(Tag.ABSENCE_SET).refs
    assert rules.can_lead(cast.cecilia, cast.alma)
    for by in (cast.alma, cast.edvin, cast.ada):
        assert not rules.can_lead(by, cast.alma)
        with pytest.raises(Forbidden):
            actions.set_absence(by=by, user=cast.alma, starts_on=day(9), ends_on=None)
        with pytest.raises(Forbidden):
            actions.end_absence(by=by, absence=absence)


@pytest.mark.parametrize(("first", "last"), [(0, 2), (5, 5), (6, None), (-3, None), (3, 4)])
def test_nobody_is_away_twice_at_a_time(cast: Cast, first: int, last: int | None) -> None:
    away(cast, 2, 6)
    with pytest.raises(Refused, match=f"redan antecknad som borta från {day(2)} till {day(6)}"):
        away(cast, first, last)
    assert away(cast, 7, None)
    with pytest.raises(Refused, match=rf"borta från {day(7)}\."):
        away(cast, 40, 41)


def test_days_in_order(cast: Cast) -> None:
    with pytest.raises(Refused, match="före den första"):
        away(cast, 3, 2)


def test_back_today_ends_it_yesterday(cast: Cast) -> None:
    absence = away(cast, -5, None)
    actions.end_absence(by=cast.cecilia, absence=absence)
    absence.refresh_from_db()
    assert absence.ends_on == day(-1)
    with pytest.raises(Refused, match="redan slut"):
        actions.end_absence(by=cast.cecilia, absence=absence)


def test_what_has_not_begun_is_taken_away(cast: Cast) -> None:
    for first in (0, 10):
        absence = away(cast, first, 20)
        actions.end_absence(by=cast.cecilia, absence=absence)
        assert not Absence.objects.exists()
        with pytest.raises(Refused, match="redan slut"):
            actions.end_absence(by=cast.cecilia, absence=absence)


def test_the_team_with_those_who_are_away_first(cast: Cast) -> None:
    assert [row["user"] for row in readers.team(cast.cecilia)] == [cast.alma, cast.bo]
    actions.set_absence(by=cast.cecilia, user=cast.bo, starts_on=day(3), ends_on=None)
    first, second = readers.team(cast.cecilia)
    assert (first["user"], first["away_now"], second["absence"]) == (cast.bo, False, None)
    assert readers.away_words(first["absence"]) == f"borta från {day(3)}"
    assert readers.away_words(away(cast, -2, None)) == f"borta sedan {day(-2)}"


def test_the_days_a_cover_begins_with(cast: Cast) -> None:
    assert readers.days_away(cast.alma) == {"starts_on": day(0)}
    away(cast, -2, 4)
    assert readers.days_away(cast.alma) == {"starts_on": day(0), "ends_on": day(4)}


def test_who_is_free_says_when_she_is_away(cast: Cast) -> None:
    away(cast, 1, 4)
    [words] = readers.labels(cast.cecilia, readers.colleagues(cast.bo)).values()
    assert words.endswith(f"borta {day(1)} till {day(4)}")

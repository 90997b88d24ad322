"""What the case's timeline tells of a need: that, and never what."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from casework.cases.models import Case
from casework.cases.timeline import readers as timeline
from housing.needs import actions, moments
from tests.cast import Cast
from tests.housing.made import make_kind, make_track
from tests.housing.needs.facts import handed, write


def told(case: Case) -> list[tuple[str, str]]:
    days = timeline.page(case, kind="housing_need").days  # type: ignore[attr-defined]
    return [(shown.entry.title, shown.entry.text) for day in days for shown in day.shown]


def test_handing_over_and_both_ends_are_told(cast: Cast, case: Case) -> None:
    write(cast, case)
    assert told(case) == []
    actions.withdraw_need(by=cast.alma, need=case.housing_needs.get(), why="need_own_home")
    assert told(case) == [("Boendebehovet togs tillbaka", "Löste boendet själv")]
    make_track(handed(cast, case), make_kind(), "offer", "accept", "move_in")
    assert sorted(told(case)) == [
        ("Boendebehovet lämnades till boendesamordnaren", ""),
        ("Boendebehovet togs tillbaka", "Löste boendet själv"),
        ("Personen fick ett hem", ""),
    ]


def test_what_was_before_a_moment_is_left_out(cast: Cast, case: Case) -> None:
    need = handed(cast, case)
    actions.withdraw_need(by=cast.alma, need=need, why="need_person")
    now = timezone.now()
    assert len(list(moments.moments(case, None))) == 2
    assert [key[0] for _, key in moments.moments(case, now)] == [moments.ENDED]  # type: ignore[index]
    assert list(moments.moments(case, now + timedelta(days=1))) == []
    assert moments.show([(moments.ENDED, uuid4())]) == {}

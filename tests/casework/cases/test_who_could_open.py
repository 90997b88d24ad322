"""On the case's log page: who could open the case on a day, and why."""

from datetime import timedelta

from django.utils import timezone

from casework.cases.models import Case
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, text

TODAY = timezone.localdate()


def asked(signed_in: SignIn, user: object, case: Case, day: str) -> str:
    return text(signed_in(user).get(f"/arenden/{case.number}/logg/?dag={day}"))  # type: ignore[arg-type]


def test_the_day_tells_who_and_by_what(signed_in: SignIn, cast: Cast, case: Case) -> None:
    factories.assign(cast.cecilia, case, cast.bo, "deputy")
    page = asked(signed_in, cast.cecilia, case, str(TODAY))
    assert "<strong>Alma Lind</strong>, kontaktperson" in page
    assert "<strong>Bo Ek</strong>, ersättare" in page
    assert f"öppnat av {cast.alma}" in page
    assert f"Den som leder {case.section} kan alltid öppna ärendet." in page


def test_the_day_before_nobody_had_a_door(signed_in: SignIn, cast: Cast, case: Case) -> None:
    page = asked(signed_in, cast.lo, case, str(TODAY - timedelta(days=1)))
    assert "Ingen hade en egen behörighet" in page
    assert "Alma Lind</strong>" not in page


def test_a_day_that_is_none_is_said_at_the_field(signed_in: SignIn, cast: Cast, case: Case) -> None:
    page = asked(signed_in, cast.cecilia, case, "32/1 2026")
    assert "finns inte i kalendern" in page
    assert "kan alltid öppna" not in page

"""What calls for a new assessment, what stands in the header of a case, and the timeline."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.cases.models import Case
from casework.cases.readers import header
from casework.cases.risk import readers
from casework.cases.risk.wiring import moments, show
from tests import factories
from tests.casework.risk.facts import ago, assess, closed
from tests.cast import Cast
from tests.fixtures import SignIn, text

OUT = {"place": "community", "place_type": "shop"}


def out(cast: Cast, case: Case, exposure: str, days: int = 0) -> None:
    when = timezone.now() - timedelta(days=days)
    factories.make_step(cast.alma, case, exposure=exposure, when=when, **OUT)


def test_a_step_where_she_was_recognised_calls_for_a_new_one(cast: Cast, case: Case) -> None:
    out(cast, case, "broken_off")
    assess(cast, case)
    assert readers.reassess(case) == []
    for exposure in ("calm", "careful", "recognised", "broken_off"):
        out(cast, case, exposure)
    told = {reason for reason, _ in readers.reassess(case)}
    assert told == set(readers.EXPOSED.values())
    assess(cast, case, occasion="exposed")
    assert readers.reassess(case) == []


def test_what_came_between_the_assessment_and_its_signing_counts(cast: Cast, case: Case) -> None:
    out(cast, case, "recognised", days=20)
    assess(cast, case, assessed_on=ago(10))
    assert readers.reassess(case) == []
    out(cast, case, "recognised", days=5)
    out(cast, case, "broken_off", days=15)
    assert len(readers.reassess(case)) == 2
    assess(cast, case, assessed_on=ago(7))
    assert len(readers.reassess(case)) == 1
    assess(cast, case)
    assert readers.reassess(case) == []


def test_a_step_signed_before_but_taken_after_the_assessed_day_counts(cast: Cast, case: Case) -> None:
    out(cast, case, "recognised", days=2)
    assess(cast, case, assessed_on=ago(4))
    assert len(readers.reassess(case)) == 1


def test_without_an_assessment_everything_counts(cast: Cast, case: Case) -> None:
    out(cast, case, "recognised", days=3)
    assert [timezone.localdate(since) for _, since in readers.reassess(case)] == [ago(3)]  # type: ignore[arg-type]


def test_other_rooms_add_their_reasons(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    reasons: list[Any] = [("Gammalt", ago(9)), ("Samma dag", ago(5)), ("Nytt", ago(1))]
    monkeypatch.setattr(readers, "triggers", [lambda found: reasons if found == case else []])
    assess(cast, case, assessed_on=ago(5))
    assert readers.reassess(case) == [("Nytt", ago(1))]


@pytest.mark.parametrize(
    ("taken_in", "review", "alert"),
    [
        (30, None, []),
        (31, None, ["Ingen riskbedömning är gjord."]),
        (31, 1, [f"Riskbedömningen skulle ha gjorts om {ago(1)}."]),
        (31, 0, []),
        (0, 1, [f"Riskbedömningen skulle ha gjorts om {ago(1)}."]),
    ],
)
def test_the_header_warns(cast: Cast, taken_in: int, review: int | None, alert: list[str]) -> None:
    case = factories.make_case(cast.cecilia, taken_in_days_ago=taken_in)
    if review is not None:
        assess(cast, case, by=cast.cecilia, assessed_on=ago(150), review_on=ago(140))
        assess(cast, case, by=cast.cecilia, assessed_on=ago(50), review_on=ago(review))
    assert header(case)["alerts"] == alert


def test_a_closed_case_is_not_warned_about(cast: Cast, case: Case) -> None:
    assess(cast, case, assessed_on=ago(50), review_on=ago(1))
    assert header(case)["alerts"]
    assert header(closed(cast, case))["alerts"] == []


def test_every_page_of_the_case_has_the_warning(signed_in: SignIn, cast: Cast, case: Case) -> None:
    assess(cast, case, assessed_on=ago(50), review_on=ago(1))
    client = signed_in(cast.alma)
    for page in ("", "sakerhet/", "tidslinje/", "risk/", "risk/ny/"):
        assert f"Riskbedömningen skulle ha gjorts om {ago(1)}." in text(client.get(f"/arenden/{case.number}/{page}"))


def test_the_timeline_tells_of_it(cast: Cast, case: Case) -> None:
    made = assess(cast, case, assessed_on=ago(4), own_level="", instrument="sam")
    (when, key), *rest = moments(case, None)
    assert (timezone.localdate(when), key, rest) == (ago(4), made.pk, [])
    assert list(moments(case, made.created_at)) == []
    assert len(list(moments(case, made.created_at - timedelta(seconds=1)))) == 1
    entry = show([key])[key]
    assert (entry.title, entry.who, entry.timed) == ("Riskbedömning: SAM", "Alma Lind", False)
    assert entry.text == "Enligt henne: inte sagt. Enligt bedömaren: hög."
    assert entry.url == f"/arenden/{case.number}/risk/{made.pk}/"

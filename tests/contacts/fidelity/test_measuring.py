"""A sektionschef begins a measurement, judges what is to be judged, and finishes it for good."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.crypto.keyring import SYSTEM_OWNER
from casework.policy import Forbidden
from casework.records import SignedRow, StaleEdit
from casework.state import TransitionNotAllowed
from contacts.fidelity import actions, rules
from contacts.fidelity.models import FidelityItem, FidelityReview, FidelityScore, ScoreWords
from contacts.models import FidelityReview as Exported
from tests.cast import Cast
from tests.contacts.fidelity.making import LAST, MARCH, begun, bulk, finished, judged, make_case, march, save, step
from tests.fixtures import events, last_event

HUMAN = {"job", "mentoring", "quality", "hope"}


def score(cast: Cast, review: FidelityReview, **more: Any) -> FidelityScore:
    facts = {"by": cast.cecilia, "review": review, "item": "hope", "points": 4, "grounds": "Vi frågar efter drömmar."}
    return actions.score(**{**facts, **more})


def test_what_can_be_computed_is_computed_and_kept_as_it_begins(cast: Cast) -> None:
    case = make_case(cast)
    for place in ("home", "community", "office"):
        step(case, cast.alma, place=place)
    review = begun(cast)
    assert (review.state, review.begun_by, review.total, review.done_at) == ("working", cast.cecilia, None, None)
    rows = {row.item: row for row in review.scores.all()}
    assert rows.keys() == set(FidelityItem.values)
    # 2 of 3 contacts, 66,7 %: at least 65, so 3 points
    found = rows["community"]
    assert (found.computed, found.above, found.below, found.points) == (True, Decimal(2), Decimal(3), 3)
    assert found.value == Decimal(2) / Decimal(3)
    step(case, cast.alma, place="office")
    assert FidelityScore.objects.get(pk=found.pk).below == 3
    assert {item for item, row in rows.items() if not row.computed} == HUMAN | {"caseload", "natural"}
    for item in HUMAN | {"caseload", "natural"}:
        assert (rows[item].points, rows[item].above, rows[item].value) == (None, None, None)


def test_the_log_tells_of_the_section_and_the_measurement(cast: Cast) -> None:
    review = begun(cast)
    event = last_event(Tag.FIDELITY_BEGUN)
    assert {cast.section.ref(), review.ref()} <= set(event.refs)
    assert str(review) == str(review.pk)
    assert str(review.scores.first()) != ""
    assert Exported is FidelityReview


def test_one_measurement_of_a_section_at_a_time(cast: Cast) -> None:
    begun(cast)
    with pytest.raises(Refused, match="pågår redan"):
        begun(cast)
    begun(cast, by=cast.edvin, section=cast.other)
    assert len(events(Tag.FIDELITY_BEGUN)) == 2


def test_only_the_chief_of_the_section_measures_it(cast: Cast) -> None:
    for by in (cast.alma, cast.edvin, cast.dag, cast.ada):
        assert not rules.can_begin(by, cast.section)
        with pytest.raises(Forbidden):
            begun(cast, by=by)
    assert rules.can_begin(cast.cecilia, cast.section)


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (LAST, MARCH, "slutar innan den börjar"),
        (MARCH, timezone.localdate() + timedelta(days=1), "framåt i tiden"),
        (date(2024, 3, 1), date(2026, 3, 2), "högst två år"),
    ],
)
def test_a_period_that_is_none_is_refused(cast: Cast, first: date, last: date, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        begun(cast, from_day=first, to_day=last)
    assert not FidelityReview.objects.exists()


def test_one_day_two_years_and_a_period_to_today_are_periods(cast: Cast) -> None:
    today = timezone.localdate()
    for first, last in ((MARCH, MARCH), (date(2024, 3, 1), date(2026, 3, 1)), (MARCH, today)):
        rules.check_period(first, last)


def test_an_item_is_judged_with_grounds_under_the_key_of_the_staff(cast: Cast) -> None:
    review = begun(cast)
    row = score(cast, review, grounds="  Egna val i varje plan. ")
    fresh = FidelityScore.objects.get(pk=row.pk)
    assert (fresh.points, fresh.scored_by, fresh.words.open().grounds) == (4, cast.cecilia, "Egna val i varje plan.")
    assert row.seal_owner == SYSTEM_OWNER
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM contacts_fidelityscore")
        assert b"Egna val" not in repr(cursor.fetchall()).encode()
    event = last_event(Tag.FIDELITY_SCORED)
    assert (event.reason_code, review.ref() in event.refs) == ("hope", True)


def test_points_may_be_changed_until_the_measurement_is_finished(cast: Cast) -> None:
    review = begun(cast)
    first = score(cast, review)
    score(cast, review, points=2, grounds="Efter samtal med gruppen.", version=first.version)
    assert review.scores.get(item="hope").points == 2
    with pytest.raises(StaleEdit):
        score(cast, review, points=5, version=first.version)
    score(cast, review, points=3)
    assert review.scores.get(item="hope").version == first.version + 2


def test_an_item_that_could_not_be_computed_is_judged(cast: Cast) -> None:
    review = begun(cast)
    row = score(cast, review, item="natural", points=3, grounds="Inga mål pågick än.")
    assert (row.computed, row.points, row.scored_by) == (False, 3, cast.cecilia)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"points": 0}, "mellan 1 och 5"),
        ({"points": 6}, "mellan 1 och 5"),
        ({"grounds": " \n"}, "Skriv grunderna"),
        ({"item": "other"}, "ingen sådan punkt"),
        ({"item": "group"}, "uträknad"),
    ],
)
def test_what_cannot_be_scored_is_refused(cast: Cast, more: dict[str, Any], reason: str) -> None:
    review = begun(cast)
    with pytest.raises(Refused, match=reason):
        score(cast, review, **more)
    assert not events(Tag.FIDELITY_SCORED)


def test_only_the_chief_of_the_section_judges_and_finishes(cast: Cast) -> None:
    review = judged(begun(cast), cast.cecilia)
    for by in (cast.alma, cast.edvin, cast.lo):
        assert not rules.can_score(by, review)
        assert not rules.can_finish(by, review)
        with pytest.raises(Forbidden):
            score(cast, review, by=by)
        with pytest.raises(Forbidden):
            actions.finish_review(by=by, review=review)
    assert rules.can_score(cast.cecilia, review)
    assert rules.can_finish(cast.cecilia, review)


def test_all_eleven_are_added_up(cast: Cast) -> None:
    review = judged(begun(cast), cast.cecilia, points=4)
    done = actions.finish_review(by=cast.cecilia, review=review)
    computed = list(done.scores.filter(computed=True).values_list("points", flat=True))
    # supervisor 2 / 1 gives 5 points, group 0 a week 1; nine judged at 4: 5 + 1 + 36 = 42
    assert sorted(computed) == [1, 5]
    assert (done.state, done.total) == ("done", 42)
    assert done.done_at is not None
    assert {review.ref(), cast.section.ref()} <= set(last_event(Tag.FIDELITY_DONE).refs)


def test_nothing_is_finished_while_an_item_has_no_points(cast: Cast) -> None:
    review = begun(cast)
    for item in FidelityItem:
        if item in ("group", "supervisor", "hope"):
            continue
        score(cast, review, item=item)
    with pytest.raises(Refused, match="En punkt saknar poäng"):
        actions.finish_review(by=cast.cecilia, review=review)
    other = begun(cast, by=cast.edvin, section=cast.other)
    with pytest.raises(Refused, match="punkter saknar poäng"):
        actions.finish_review(by=cast.edvin, review=other)
    assert not events(Tag.FIDELITY_DONE)


def test_a_finished_measurement_never_changes(cast: Cast) -> None:
    stale = judged(begun(cast), cast.cecilia)
    done = actions.finish_review(by=cast.cecilia, review=stale)
    for review in (done, stale):
        for act in (lambda review=review: score(cast, review),
                    lambda review=review: actions.finish_review(by=cast.cecilia, review=review)):  # fmt: skip
            with pytest.raises(Refused, match="avslutad"):
                act()
    row = done.scores.get(item="hope")
    row.points = 5
    done.total = 55
    for changed in (row, done):
        with pytest.raises(SignedRow):
            changed.save()
        with pytest.raises(SignedRow):
            changed.delete()
    with pytest.raises(TransitionNotAllowed):
        done.finish(total=55)
    assert FidelityReview.objects.get().total == 42


def test_a_new_one_is_begun_when_the_last_is_finished(cast: Cast) -> None:
    finished(cast)
    assert begun(cast, from_day=march(11), to_day=march(20)).state == "working"


# --- what belongs together --------------------------------------------------------------------------------------------


def review_row(cast: Cast, **more: Any) -> FidelityReview:
    facts = {"section": cast.section, "from_day": MARCH, "to_day": LAST, "begun_by": cast.cecilia, **more}
    return FidelityReview(**facts)


DONE = {"state": "done", "done_at": timezone.now()}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("fidelity_state_known|fidelity_done_whole", {"state": "other"}),
        ("fidelity_time_forward", {"from_day": LAST, "to_day": MARCH}),
        ("fidelity_done_whole", {"state": "done"}),
        ("fidelity_done_whole", {**DONE}),
        ("fidelity_done_whole", {"state": "done", "total": 40}),
        ("fidelity_done_whole", {**DONE, "total": 10}),
        ("fidelity_done_whole", {**DONE, "total": 56}),
        ("fidelity_done_whole", {"total": 40}),
        ("fidelity_done_whole", {"done_at": DONE["done_at"]}),
    ],
)
def test_a_review_that_is_not_whole_is_refused_by_the_database(cast: Cast, name: str, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        save(review_row(cast, **values))
    save(review_row(cast), review_row(cast, **DONE, total=11), review_row(cast, **DONE, total=55))


def test_only_one_goes_on_in_a_section(cast: Cast) -> None:
    begun(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        save(review_row(cast))


COMPUTED = {"computed": True, "points": 3, "above": 1, "below": 2}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("score_item_known", {"item": "other"}),
        ("score_points_in_range", {**COMPUTED, "points": 0}),
        ("score_points_in_range", {**COMPUTED, "points": 6}),
        ("score_computed_whole", {"computed": True}),
        ("score_computed_whole", {**COMPUTED, "points": None}),
        ("score_computed_whole", {**COMPUTED, "above": None}),
        ("score_computed_whole", {**COMPUTED, "below": None}),
        ("score_computed_whole", {**COMPUTED, "below": 0}),
        ("score_computed_whole", {**COMPUTED, "by": True}),
        ("score_computed_whole", {"points": 3}),
        ("score_computed_whole", {"by": True}),
        ("score_computed_whole", {"points": 3, "by": True, "above": 1}),
        ("score_computed_whole", {"points": 3, "by": True, "below": 1}),
        ("score_computed_whole", {"above": 1, "below": 2}),
    ],
)
def test_a_score_that_is_not_whole_is_refused_by_the_database(cast: Cast, name: str, values: dict[str, Any]) -> None:
    review = save(review_row(cast))

    def row(item: str = "hope", **values: Any) -> FidelityScore:
        by = cast.cecilia if values.pop("by", False) else None
        return FidelityScore(review=review, item=item, scored_by=by, words=ScoreWords(), **values)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        save(row(**values))
    save(row("job"), row("tied", **COMPUTED), row("hope", points=5, by=True))
    with pytest.raises(IntegrityError), transaction.atomic():
        save(row("job"))


def test_scores_are_not_changed_past_the_log(cast: Cast) -> None:
    review = begun(cast)
    with pytest.raises(TypeError):
        FidelityScore.objects.filter(review=review).update(points=5)
    with bulk():
        assert trail.in_act()

"""Her order of the wishes, the signature, and what she herself says of what was signed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from casework.records import StaleEdit
from contacts.models import StrengthsAssessment, StrengthStatement
from contacts.strengths import actions, readers, rules
from tests.cast import Cast
from tests.contacts.strengths.making import reword, say, sign, texts, today
from tests.fixtures import cases_of, last_event


def ranked(case: Case) -> list[str]:
    return [each.said for each in readers.sheet(case).ranked]


def test_her_order_is_kept_and_goes_on_into_the_next_number(cast: Cast, case: Case) -> None:
    a, _, c = say(cast.alma, case, "Cykla", "Simma", "Sjunga", column="wish")
    actions.rank(by=cast.alma, case=case, ranking=[str(c.pk), str(a.pk), str(c.pk), "something else"])
    sheet = readers.sheet(case)
    assert ([each.said for each in sheet.ranked], [each.said for each in sheet.unranked]) == (
        ["Sjunga", "Cykla"],
        ["Simma"],
    )
    sign(cast.alma, case)
    say(cast.alma, case, "Spara", column="wish")
    assert [each.said for each in readers.sheet(case, 2).wishes] == ["Sjunga", "Cykla", "Simma", "Spara"]
    assert cases_of(last_event(Tag.ASSESSMENT_RANKED)) == {case.number}


def test_a_wish_keeps_its_place_when_it_is_worded_anew_and_loses_it_when_it_goes(cast: Cast, case: Case) -> None:
    a, b = say(cast.alma, case, "Eget hem", "Körkort", column="wish")
    actions.rank(by=cast.alma, case=case, ranking=[str(b.pk), str(a.pk)])
    reword(cast.alma, b, "Ta körkort i höst")
    assert ranked(case) == ["Ta körkort i höst", "Eget hem"]
    actions.take_out(by=cast.alma, statement=a, why="")
    assert ranked(case) == ["Ta körkort i höst"]


def test_an_order_made_from_an_old_page_is_not_written_over_another(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="inga önskningar"):
        actions.rank(by=cast.alma, case=case, ranking=[], version=0)
    wish = say(cast.alma, case, "Cykla", column="wish")
    seen = StrengthsAssessment.objects.get().version
    actions.rank(by=cast.alma, case=case, ranking=[str(wish.pk)], version=seen)
    with pytest.raises(StaleEdit):
        actions.rank(by=cast.alma, case=case, ranking=[], version=seen)
    assert ranked(case) == ["Cykla"]


def test_signing_closes_the_number_with_what_she_says(cast: Cast, case: Case) -> None:
    say(cast.alma, case, "Sparar")
    done = sign(cast.alma, case, remark="Det här är jag", approved_way="said_meeting", approved_on=today())
    assert (done.state, done.signed_by, done.approved_way, done.approved_on) == (
        "signed",
        cast.alma,
        "said_meeting",
        today(),
    )
    assert readers.sheet(case).remark == "Det här är jag"
    event = last_event(Tag.ASSESSMENT_SIGNED)
    assert event.reason_code == "said_meeting"
    assert "Det här" not in str(event.body)


def test_there_is_something_new_to_sign(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="inget nytt"):
        sign(cast.alma, case)
    only = say(cast.alma, case, "Sparar")
    actions.take_out(by=cast.alma, statement=only, why="")
    assert not rules.can_sign(cast.alma, case)
    with pytest.raises(Refused, match="tom"):
        sign(cast.alma, case)
    say(cast.alma, case, "Betalar")
    assert rules.can_sign(cast.alma, case)
    assert rules.is_ready(case)
    sign(cast.alma, case)
    with pytest.raises(Refused, match="inget nytt"):
        sign(cast.alma, case)


def test_what_was_written_after_the_page_was_opened_is_not_signed_unread(cast: Cast, case: Case) -> None:
    say(cast.alma, case, "Sparar")
    seen = StrengthsAssessment.objects.get().version
    say(cast.alma, case, "Betalar")
    with pytest.raises(StaleEdit):
        sign(cast.alma, case, version=seen)
    assert sign(cast.alma, case, version=seen + 1).state == "signed"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"approved_way": "said_phone"}, "både hur och vilken dag"),
        ({"approved_on": today()}, "både hur och vilken dag"),
        ({"approved_way": "said_phone", "approved_on": today() + timedelta(days=1)}, "ligger framåt"),
    ],
)
def test_half_a_standpoint_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    say(cast.alma, case, "Sparar")
    with pytest.raises(Refused, match=message):
        sign(cast.alma, case, **more)
    done = sign(cast.alma, case)
    with pytest.raises(Refused, match=message):
        actions.note_approval(
            by=cast.alma,
            assessment=done,
            **{"approved_way": "", "approved_on": None, **more},  # type: ignore[arg-type]
        )


def test_her_standpoint_may_be_noted_later_and_once(cast: Cast, case: Case) -> None:
    say(cast.alma, case, "Sparar")
    working = StrengthsAssessment.objects.select_related("case").get()
    with pytest.raises(Refused, match="Signera"):
        actions.note_approval(by=cast.alma, assessment=working, approved_way="said_phone", approved_on=today())
    signed = sign(cast.alma, case)
    say(cast.alma, case, "Nästa nummer")
    assert rules.can_note_approval(cast.alma, signed)
    stale = StrengthsAssessment.objects.select_related("case").get(pk=signed.pk)
    done = actions.note_approval(by=cast.alma, assessment=signed, approved_way="not_approved", approved_on=today())
    assert (done.number, done.approved_way, done.approved_on) == (1, "not_approved", today())
    assert last_event(Tag.ASSESSMENT_APPROVED).reason_code == "not_approved"
    for again in (done, stale):
        with pytest.raises(Refused, match="redan antecknat"):
            actions.note_approval(by=cast.alma, assessment=again, approved_way="said_phone", approved_on=today())


def test_nobody_else_ranks_signs_or_answers(cast: Cast, case: Case) -> None:
    say(cast.alma, case, "Cykla", column="wish")
    for by in (cast.bo, cast.cecilia, cast.eva):
        with pytest.raises(Forbidden):
            actions.rank(by=by, case=case, ranking=[])
        with pytest.raises(Forbidden):
            sign(by, case)
    done = sign(cast.alma, case)
    assert not rules.can_note_approval(cast.cecilia, done)
    with pytest.raises(Forbidden):
        actions.note_approval(by=cast.cecilia, assessment=done, approved_way="said_phone", approved_on=today())
    assert texts(case) == ["Cykla"]


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"state": "paused"}, "assessment_state_known|assessment_signed_whole"),
        ({"signed_at": None}, "assessment_signed_whole"),
        ({"signed_by": None}, "assessment_signed_whole"),
        ({"state": "working"}, "assessment_signed_whole"),
        ({"approved_on": today()}, "assessment_approved_whole"),
        ({"approved_way": "said_phone"}, "assessment_approved_whole"),
        (
            {"state": "working", "signed_by": None, "signed_at": None, "approved_on": today(), "approved_way": "x"},
            "assessment_approved_whole",
        ),
        ({"number": 2}, "number"),
    ],
)
def test_the_database_keeps_a_number_whole(cast: Cast, case: Case, change: dict[str, Any], broken: str) -> None:
    say(cast.alma, case, "Sparar")
    first = sign(cast.alma, case)
    say(cast.alma, case, "Betalar")
    rows = StrengthsAssessment.objects.filter(pk=first.pk)
    with pytest.raises(IntegrityError, match=broken), transaction.atomic(), trail.bulk(Tag.IMPORTED):
        rows.update(**change)


@pytest.mark.parametrize(
    ("change", "broken"),
    [({"domain": "sport"}, "statement_domain_known"), ({"column": "later"}, "statement_column_known")],
)
def test_the_database_knows_the_domains_and_columns(
    cast: Cast, case: Case, change: dict[str, Any], broken: str
) -> None:
    said = say(cast.alma, case, "Sparar")
    rows = StrengthStatement.objects.filter(pk=said.pk)
    with pytest.raises(IntegrityError, match=broken), transaction.atomic(), trail.bulk(Tag.IMPORTED):
        rows.update(**change)


def test_there_is_one_working_number(cast: Cast, case: Case) -> None:
    say(cast.alma, case, "Sparar")
    two = StrengthsAssessment(case=case, client_id=case.client_id, number=2, opened_by=cast.alma)
    with pytest.raises(IntegrityError, match=r"assessment_one_working|case_id"), transaction.atomic():
        two.save()

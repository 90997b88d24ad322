"""What is said is added to the working number; what no longer holds leaves it and stays readable in the earlier."""

from datetime import timedelta

import pytest

from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from contacts.models import StrengthsAssessment, StrengthStatement
from contacts.strengths import actions, readers, rules
from contacts.strengths.actions import Saying
from tests.cast import Cast
from tests.contacts.strengths.making import reword, say, sign, texts, today
from tests.fixtures import cases_of, events, last_event


def closed(cast: Cast, case: Case) -> Case:
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    return cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")


def test_the_first_words_open_the_first_number(cast: Cast, case: Case) -> None:
    made = actions.state(
        by=cast.alma,
        case=case,
        domain="leisure",
        sayings=[Saying("now", " Simmar varje vecka "), Saying("wish", "Rida", "close", True), Saying("before", "  ")],
        said_on=today(),
    )
    [number] = StrengthsAssessment.objects.all()
    assert (number.number, number.state, number.opened_by) == (1, "working", cast.alma)
    assert [each.words.open().text for each in made] == ["Simmar varje vecka", "Rida"]
    assert [(each.column, each.said_by, each.may_locate) for each in made] == [
        ("now", "person", False),
        ("wish", "close", True),
    ]
    assert {each.author for each in made} == {cast.alma}
    assert str(number) == f"{case.number} styrkebedömning 1"
    assert str(made[0]) == str(made[0].pk)
    assert cases_of(last_event(Tag.ASSESSMENT_STATED)) == {case.number}


def test_what_is_said_after_the_signing_goes_into_the_next_number(cast: Cast, case: Case) -> None:
    say(cast.alma, case, "Sparar till hyran")
    sign(cast.alma, case)
    say(cast.alma, case, "Betalar i tid")
    assert texts(case, 1) == ["Sparar till hyran"]
    assert texts(case, 2) == texts(case) == ["Sparar till hyran", "Betalar i tid"]


def test_two_who_write_at_the_same_time_only_add(cast: Cast, case: Case) -> None:
    say(cast.alma, case, "Första")
    stale = Case.objects.get(pk=case.pk)
    say(cast.alma, case, "Andra")
    say(cast.alma, stale, "Tredje")
    assert texts(case) == ["Första", "Andra", "Tredje"]
    assert StrengthsAssessment.objects.count() == 1


def test_a_new_wording_takes_the_place_of_the_old_in_the_working_number(cast: Cast, case: Case) -> None:
    old = say(cast.alma, case, "Kan laga mat")
    sign(cast.alma, case)
    new = reword(cast.alma, old, " Lagar mat från Aleppo ", said_by="close", may_locate=True)
    old.refresh_from_db()
    assert (old.gone_in.number, new.assessment.number, new.replaces) == (2, 2, old)
    assert (new.domain, new.column, new.said_by, new.may_locate) == ("economy", "now", "close", True)
    assert texts(case, 1) == ["Kan laga mat"]
    assert texts(case, 2) == ["Lagar mat från Aleppo"]
    assert last_event(Tag.ASSESSMENT_REWORDED).actor_id == str(cast.alma.pk)


def test_two_new_wordings_of_the_same_statement_are_both_kept(cast: Cast, case: Case) -> None:
    old = say(cast.alma, case, "Bra med siffror")
    stale = readers.statement_to_change(cast.alma, old.pk)
    reword(cast.alma, old, "Räknar snabbt")
    reword(cast.alma, stale, "Sköter sin bokföring")
    assert texts(case) == ["Räknar snabbt", "Sköter sin bokföring"]
    [gone] = readers.sheet(case).gone
    assert [each.said for each in gone.became] == ["Räknar snabbt", "Sköter sin bokföring"]


def test_a_mark_that_it_may_locate_her_is_a_new_wording_too(cast: Cast, case: Case) -> None:
    old = say(cast.alma, case, "Går till biblioteket")
    assert reword(cast.alma, old, "Går till biblioteket", may_locate=True).may_locate


def test_what_is_taken_out_stays_readable_with_its_reason(cast: Cast, case: Case) -> None:
    old = say(cast.alma, case, "Har bil")
    sign(cast.alma, case)
    actions.take_out(by=cast.alma, statement=old, why="Bilen är såld")
    assert texts(case, 1) == ["Har bil"]
    assert texts(case) == []
    [gone] = readers.sheet(case).gone
    assert (gone.said, gone.gone_why, gone.became) == ("Har bil", "Bilen är såld", [])
    assert "såld" not in str(last_event(Tag.ASSESSMENT_TAKEN_OUT).body)
    with pytest.raises(Refused, match="redan tagit bort"):
        actions.take_out(by=cast.alma, statement=old, why="")


def test_what_is_made_and_taken_out_in_the_same_number_stays_readable(cast: Cast, case: Case) -> None:
    old = say(cast.alma, case, "Skrevs fel")
    actions.take_out(by=cast.alma, statement=old, why="")
    assert texts(case, 1) == []
    assert [each.said for each in readers.sheet(case, 1).gone] == ["Skrevs fel"]


def test_empty_words_and_days_to_come_are_refused(cast: Cast, case: Case) -> None:
    old, later = say(cast.alma, case, "Kan väva"), today() + timedelta(days=1)
    with pytest.raises(Refused, match="minst en av rutorna"):
        say(cast.alma, case, " ", "\n")
    with pytest.raises(Refused, match="ligger framåt"):
        actions.state(by=cast.alma, case=case, domain="work", sayings=[Saying("now", "x")], said_on=later)
    with pytest.raises(Refused, match="Skriv hur det låter nu"):
        reword(cast.alma, old, "  ")
    with pytest.raises(Refused, match="inte ändrat något"):
        reword(cast.alma, old, "Kan väva ")
    with pytest.raises(Refused, match="ligger framåt"):
        reword(cast.alma, old, "Väver", said_on=later)
    assert texts(case) == ["Kan väva"]


def test_nobody_but_those_who_work_in_the_case_writes(cast: Cast, case: Case) -> None:
    old = say(cast.alma, case, "Kan väva")
    assert rules.can_write(cast.alma, case)
    for by in (cast.bo, cast.cecilia, cast.eva, cast.lo):
        assert not rules.can_write(by, case)
        with pytest.raises(Forbidden):
            say(by, case, "x")
        with pytest.raises(Forbidden):
            reword(by, old, "x")
        with pytest.raises(Forbidden):
            actions.take_out(by=by, statement=old, why="")
    assert len(events(Tag.ASSESSMENT_STATED)) == 1


def test_nothing_is_written_in_a_closed_case(cast: Cast, case: Case) -> None:
    old, stale = say(cast.alma, case, "Kan väva"), Case.objects.get(pk=case.pk)
    done = closed(cast, case)
    for case_ in (done, stale):
        with pytest.raises((Refused, Forbidden)):
            say(cast.alma, case_, "x")
    with pytest.raises((Refused, Forbidden)):
        reword(cast.alma, old, "x")
    assert StrengthStatement.objects.count() == 1

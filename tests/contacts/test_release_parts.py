"""What the work of the kontaktperson gives to a print of the record."""

from casework.cases.models import Case
from casework.cases.release import parts
from casework.cases.release.scope import Found, Scope
from tests.cast import Cast
from tests.contacts.goals import making as goals
from tests.contacts.strengths import making as strengths


def collected(case: Case, key: str) -> list[Found]:
    scope = Scope(case)
    return parts.collect(parts.chosen([key], scope), scope)


def test_a_signed_assessment_is_told_number_by_number(cast: Cast, case: Case) -> None:
    first = strengths.say(cast.alma, case, "Sparar varje månad")
    assert not collected(case, "strengths")
    strengths.sign(cast.alma, case, remark="Det här är jag")
    strengths.reword(cast.alma, first, "Sparade förut", may_locate=True)
    strengths.sign(cast.alma, case)
    one, two = collected(case, "strengths")
    assert "Ekonomi, nuvarande styrkor: Sparar varje månad" in one.text
    assert "Det här är jag" in one.text
    assert "Sparade förut" in two.text
    assert (one.sensitive, two.sensitive) == (False, True)


def test_a_goal_is_told_with_its_steps(cast: Cast, case: Case) -> None:
    goal = goals.goal(cast.alma, case, why="För barnen", natural="Systern")
    goals.step(cast.alma, goal, who="Jag själv")
    [found] = collected(case, "goals")
    assert found.heading.startswith("Mål 1")
    for word in ("Jag vill sova lugnt", "För barnen", "Systern", "Delmål 1, att göra: Ringa hyresvärden", "Jag själv"):
        assert word in found.text


def test_nothing_of_it_stands_in_a_childs_record() -> None:
    ours = {part.key: part for part in parts.offered() if part.key in {"strengths", "goals"}}
    assert len(ours) == 2
    assert not any(part.child for part in ours.values())

"""Secrecy between the branches (OSL 8:2): nobody in either learns that the other knows of somebody."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from audit.tags import Tag
from casework.access import actions as access
from casework.access import branches
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.signin import actions as signin
from casework.signin.models import Role, Section, User
from tests import factories
from tests.casework.relatives.people import NUMBER, add
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text


@pytest.fixture
def apart(cast: Cast, case: Case) -> Case:
    """Edvin's section works with those who use violence: Rune, who is noted around Åsa here, is a client there."""
    cast.other.branch = Section.Branch.PERPETRATORS
    cast.other.save()
    add(cast.alma, case)
    there = factories.make_case(cast.edvin, given_name="Rune", family_name="Granberg", number=NUMBER)
    factories.assign(cast.edvin, there, cast.eva)
    return there


def told_of(there: Case, since: int) -> list[Any]:
    return [line for line in events()[since:] if there.number in cases_of(line) or str(there.pk) in str(line.refs)]


def intake(section: Section, **more: str) -> dict[str, Any]:
    return factories.intake_data(section, **{"number": NUMBER, "once": str(uuid4()), **more})


def test_search_finds_nobody_in_the_other_branch(signed_in: SignIn, cast: Cast, apart: Case) -> None:
    since = len(events())
    for user in (cast.alma, cast.cecilia):
        for words in ("Rune Granberg", NUMBER, apart.number):
            page = text(send(signed_in(user), "/sok/", q=words))
            assert apart.number not in page.replace(f'value="{apart.number}"', "")
            assert apart.pseudonym not in page
    assert not told_of(apart, since)


def test_search_never_finds_a_case_by_who_is_around(signed_in: SignIn, cast: Cast, case: Case, apart: Case) -> None:
    page = text(send(signed_in(cast.cecilia), "/sok/", q="Rune Granberg"))
    assert case.number not in page
    page = text(send(signed_in(cast.edvin), "/sok/", q="Åsa Öberg-Lind"))
    assert case.number not in page


def test_the_duplicate_check_says_and_logs_nothing_of_the_other_branch(
    signed_in: SignIn, cast: Cast, apart: Case
) -> None:
    since, chief = len(events()), signed_in(cast.cecilia)
    answer = send(chief, "/arenden/nytt/", **intake(cast.section))
    assert answer.status_code == 302
    assert last_event(Tag.DUPLICATE_CHECKED).refs == []
    assert not told_of(apart, since)


def test_within_the_branch_a_number_is_still_told_of(signed_in: SignIn, cast: Cast, apart: Case) -> None:
    page = text(send(signed_in(cast.edvin), "/arenden/nytt/", **intake(cast.other)))
    assert f"Personen har redan ärende {apart.number}." in page


def test_comparing_tells_nothing_of_the_other_branch(signed_in: SignIn, cast: Cast, case: Case, apart: Case) -> None:
    since = len(events())
    page = text(signed_in(cast.cecilia).post(f"/arenden/{case.number}/personer/jamfor/"))
    assert "Inget stämmer." in page
    cast.cecilia.led_sections.add(cast.other)
    assert "Inget stämmer." in text(signed_in(cast.cecilia).post(f"/arenden/{case.number}/personer/jamfor/"))
    assert not told_of(apart, since)


def test_a_case_of_the_other_branch_looks_as_one_that_is_not(
    signed_in: SignIn, cast: Cast, case: Case, apart: Case
) -> None:
    for user, hidden in ((cast.cecilia, apart), (cast.alma, apart), (cast.edvin, case), (cast.eva, case)):
        browser = signed_in(user)
        for ask, path in ((browser.get, ""), (browser.get, "personer/"), (browser.post, "personer/jamfor/")):
            there, nowhere = ask(f"/arenden/{hidden.number}/{path}"), ask(f"/arenden/26-99999-9/{path}")
            assert there.status_code == nowhere.status_code == 404
            assert bare(text(there)) == bare(text(nowhere))


def bare(page: str) -> str:
    """Without what differs from one answer to the next."""
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"|[0-9]{2}-[0-9]{5}-[0-9]', "", page)


# --- doors and staff --------------------------------------------------------------------------------------------------


def grant(cast: Cast, case: Case, user: User) -> Any:
    return access.open_grant(by=cast.cecilia, case=case, user=user, kind="deputy", source=case.pk)


def test_no_door_opens_into_the_other_branch(cast: Cast, case: Case, apart: Case) -> None:
    with pytest.raises(Refused, match="Eva Rask arbetar i en annan verksamhetsgren"):
        grant(cast, case, cast.eva)
    assert not case.grants.filter(user=cast.eva).exists()
    assert grant(cast, case, cast.bo)
    assert grant(cast, case, cast.hanna)


def moved(cast: Cast, user: User, section: Section | None, led: list[Section], role: str = "") -> User:
    facts = {"display_name": user.display_name, "role": role or user.role, "section": section}
    return signin.change_user(by=cast.ada, user=user, led_sections=led, **facts)


def test_nobody_is_moved_to_the_other_branch_with_an_open_door(cast: Cast, case: Case, apart: Case) -> None:
    with pytest.raises(Refused, match="Alma Lind har ärenden i en annan verksamhetsgren"):
        moved(cast, cast.alma, cast.other, [])
    with pytest.raises(Refused, match="Alma Lind har ärenden"):
        moved(cast, cast.alma, None, [cast.other], Role.SEKTIONSCHEF)
    cast.alma.refresh_from_db()
    assert cast.alma.section == cast.section
    assert moved(cast, cast.alma, None, [], Role.PLANNER).section is None
    assert moved(cast, cast.bo, cast.other, []).section == cast.other


def test_a_sektionschef_works_in_one_branch(signed_in: SignIn, cast: Cast, apart: Case) -> None:
    both = [cast.section, cast.other]
    for section, led in ((None, both), (cast.section, [cast.other])):
        with pytest.raises(Refused, match="en och samma verksamhetsgren"):
            moved(cast, cast.cecilia, section, led)
        with pytest.raises(Refused, match="en och samma verksamhetsgren"):
            signin.create_user(
                by=cast.ada, username="nina", display_name="Nina", role=Role.SEKTIONSCHEF, section=section,
                led_sections=led,
            )  # fmt: skip
    form = {"display_name": "Nina", "username": "nina", "role": "sektionschef", "section": "", "mail": ""}
    led_sections = [str(section.pk) for section in both]
    page = text(send(signed_in(cast.ada), "/anvandare/ny/", **form, led_sections=led_sections))
    assert branches.BOTH in page
    assert not User.objects.filter(username="nina").exists()


def test_a_section_is_made_in_a_branch(signed_in: SignIn, cast: Cast) -> None:
    desk = signed_in(cast.ada)
    assert "Välj verksamhetsgren." in text(send(desk, "/anvandare/sektion/", section_name="S 3"))
    assert send(desk, "/anvandare/sektion/", section_name="S 3", branch="perpetrators").status_code == 302
    assert Section.objects.get(name="S 3").branch == Section.Branch.PERPETRATORS
    assert "Arbete med den som använder våld" in text(desk.get("/anvandare/"))


@pytest.mark.parametrize("branch", ["", "both", "other"])
def test_a_section_lies_in_one_known_branch(cast: Cast, branch: str) -> None:
    cast.section.branch = branch
    with pytest.raises(IntegrityError, match="section_branch_known"), transaction.atomic():
        cast.section.save()


def test_somebody_without_a_section_finds_nothing(cast: Cast, case: Case) -> None:
    assert not branches.within(Case.objects.all(), cast.dag).exists()
    assert list(branches.within(Case.objects.all(), cast.alma)) == [case]

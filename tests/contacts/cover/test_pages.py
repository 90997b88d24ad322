"""The pages of cover and absence, as the sektionschef and the one who covers see them."""

import re
from uuid import uuid4

import pytest

from casework.cases.models import Case
from casework.signin.models import Role, User
from contacts.cover import actions
from contacts.models import Absence, Cover
from tests import factories
from tests.cast import Cast
from tests.contacts.cover.clock import day
from tests.fixtures import SignIn, cases_of, last_event, send, text


def url(case: Case, page: str = "tackning/") -> str:
    return f"/arenden/{case.number}/{page}"


def form(cast: Cast, **more: str) -> dict[str, str]:
    facts = {"substitute": str(cast.bo.pk), "no_conflict": "on", "message": "Ring på torsdag"}
    return {**facts, "starts_on": str(day(0)), "ends_on": str(day(6)), **more}


def make(cast: Cast, case: Case, first: int = 0, last: int = 6) -> Cover:
    days = {"starts_on": day(first), "ends_on": day(last)}
    return actions.cover_case(by=cast.cecilia, case=case, substitute=cast.bo, message="Ring på torsdag", **days)


def test_a_cover_is_set_once_and_seen_by_both(signed_in: SignIn, cast: Cast, case: Case) -> None:
    chief, data = signed_in(cast.cecilia), form(cast, once=str(uuid4()))
    body = text(chief.get(url(case)))
    assert "Alma Lind är kontaktperson" in body
    assert "Bo Ek · 0 ärenden" in body
    for _ in range(2):
        assert send(chief, url(case), **data).url == url(case)
    assert Cover.objects.count() == 1
    listed = text(chief.get(url(case)))
    assert str(day(0)) in listed
    assert str(day(6)) in listed
    seen = text(signed_in(cast.bo).get(url(case, "")))
    assert "Du täcker för Alma Lind till och med" in seen
    assert "Ring på torsdag" in seen
    assert "Ordna täckning" not in seen
    assert "Ring på torsdag" not in text(signed_in(cast.alma).get(url(case, "")))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"no_conflict": ""}, "Kryssa i rutan: Jag har frågat om jäv"),
        ({"substitute": ""}, "Svara på frågan: Vem täcker?"),
        ({"substitute": str(uuid4())}, "Välj något av alternativen"),
        ({"starts_on": str(day(-1))}, "Datumet får inte ha passerat."),
        ({"ends_on": "2026-02-30"}, "finns inte i kalendern"),
        ({"starts_on": str(day(7))}, "Sista dagen ligger före den första."),
        ({"message": "x" * 2001}, "högst 2\xa0000 får plats"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, str], words: str
) -> None:
    body = text(send(signed_in(cast.cecilia), url(case), **form(cast, **more)))
    assert words.replace("\xa0", " ") in body.replace("\xa0", " ")
    assert not Cover.objects.exists()
    if "message" not in more:
        assert "Ring på torsdag" in body


def test_a_cover_is_extended_and_broken_off(signed_in: SignIn, cast: Cast, case: Case) -> None:
    first, chief = make(cast, case), signed_in(cast.cecilia)
    longer = url(case, f"tackning/{first.pk}/forlang/")
    assert "Bo Ek täcker ärendet för Alma Lind" in text(chief.get(longer))
    assert "redan till och med" in text(send(chief, longer, ends_on=str(day(6))))
    assert send(chief, longer, ends_on=str(day(9)), message="").url == url(case)
    assert signed_in(cast.bo).get(url(case, "")).status_code == 200
    ends = [url(case, f"tackning/{cover.pk}/avbryt/") for cover in Cover.objects.all()]
    for page in ends:
        assert chief.post(page).url == url(case)
    assert signed_in(cast.bo).get(url(case, "")).status_code == 404
    assert "Täckningen är redan slut" in text(chief.post(ends[0], follow=True))
    assert "avbruten" in text(chief.get(url(case)))


def test_a_cover_of_another_case_is_not_found_here(signed_in: SignIn, cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.alma)
    cover, chief = make(cast, other), signed_in(cast.cecilia)
    for page in (f"tackning/{cover.pk}/forlang/", f"tackning/{uuid4()}/forlang/"):
        assert chief.get(url(case, page)).status_code == 404
        assert cases_of(last_event("access:denied")) == {case.number}


def test_without_a_contact_person_there_is_nobody_to_cover_for(signed_in: SignIn, cast: Cast, case: Case) -> None:
    bare, chief = factories.make_case(cast.cecilia), signed_in(cast.cecilia)
    assert "ingen kontaktperson att täcka för" in text(chief.get(url(bare)))
    assert "ingen kontaktperson att täcka för" in text(send(chief, url(bare), **form(cast)))


def test_absence_is_noted_without_a_why_and_ended(signed_in: SignIn, cast: Cast, case: Case) -> None:
    chief, page = signed_in(cast.cecilia), f"/medarbetare/{cast.alma.pk}/franvaro/"
    assert "aldrig varför" in text(chief.get(page))
    assert "före den första" in text(send(chief, page, starts_on=str(day(3)), ends_on=str(day(2))))
    data = {"starts_on": str(day(-2)), "ends_on": "", "once": str(uuid4())}
    for _ in range(2):
        assert send(chief, page, **data).url == page
    assert "redan antecknad" in text(send(chief, page, starts_on=str(day(3)), ends_on=""))
    listed = text(chief.get("/sektionen/franvaro/"))
    assert "Borta nu" in listed
    assert "1 att täcka" in listed
    absence = Absence.objects.get()
    back = f"{page}{absence.pk}/slut/"
    assert chief.post(back).url == page
    assert "redan slut" in text(chief.post(back, follow=True))
    assert chief.post(f"{page}{uuid4()}/slut/").status_code == 404


def test_all_her_cases_are_covered_in_one_form(signed_in: SignIn, cast: Cast, case: Case) -> None:
    disa = User.objects.create(username="disa", display_name="Disa Ny", role=Role.KONTAKTPERSON, section=cast.section)
    others = [factories.make_case(cast.cecilia) for _ in range(2)]
    for other in others:
        factories.assign(cast.cecilia, other, cast.alma)
    actions.set_absence(by=cast.cecilia, user=cast.alma, starts_on=day(1), ends_on=day(8))
    chief, page = signed_in(cast.cecilia), f"/medarbetare/{cast.alma.pk}/tackning/"
    body = text(chief.get(page))
    for words in (case.number, str(day(1)), str(day(8)), "Disa Ny"):
        assert words in body
    chosen = {f"case_{others[0].number}": str(disa.pk), f"case_{others[1].number}": "-"}
    data = form(cast, starts_on=str(day(1)), ends_on=str(day(8)), **chosen)
    assert "Välj något av" in text(send(chief, page, **{**data, f"case_{case.number}": "x"}))
    assert send(chief, page, **data).url == f"/medarbetare/{cast.alma.pk}/franvaro/"
    assert {cover.case: cover.substitute for cover in Cover.objects.all()} == {case: cast.bo, others[0]: disa}
    assert re.search(r"\d: (Bo Ek|Disa Ny) kommer redan åt", text(send(chief, page, **data)))
    assert "Täcks av Bo Ek" in text(chief.get(page))
    listed = text(chief.get("/sektionen/franvaro/"))
    assert "1 att täcka" in listed


def test_nothing_chosen_and_nothing_to_cover(signed_in: SignIn, cast: Cast, case: Case) -> None:
    chief = signed_in(cast.cecilia)
    body = text(send(chief, f"/medarbetare/{cast.alma.pk}/tackning/", **form(cast, substitute="")))
    assert "inget ärende att täcka" in body
    assert "Inga ärenden att täcka" in text(chief.get(f"/medarbetare/{cast.bo.pk}/tackning/"))


@pytest.mark.parametrize("page", ["franvaro", "tackning", "flytta"])
def test_a_colleague_is_her_own_sektionschefs(signed_in: SignIn, cast: Cast, case: Case, page: str) -> None:
    path = f"/medarbetare/{cast.alma.pk}/{page}/"
    assert signed_in(cast.cecilia).get(path).status_code == 200
    for user, status in ((cast.edvin, 404), (cast.alma, 403), (cast.ada, 403)):
        assert signed_in(user).get(path).status_code == status
    for other in (cast.cecilia.pk, cast.eva.pk, uuid4()):
        assert signed_in(cast.cecilia).get(f"/medarbetare/{other}/{page}/").status_code == 404

"""The copy: exactly the facts of the list, and nothing of the person or of others beside them."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from audit.tags import Tag
from casework.cases.consents import actions as consents
from casework.cases.disclosures import actions, contents, copying
from casework.cases.disclosures.models import Disclosure
from casework.cases.models import Case
from casework.clients.children import actions as children
from casework.clients.children.models import Child, ChildPlaces
from tests.casework.consents.conftest import MakeChild, MakeGuardian
from tests.casework.disclosures.conftest import TODAY, make_actor, make_insats, note, propose, protect, text_of
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text

# What each fact prints for the person of `full`, where it is no plain "Ja".
PERSON = {
    "case": "Ja", "language": "Wyxiska, behöver tolk", "kontaktperson": "Alma Lind", "insatser": "Boende",
    "risk": "SARA:SV", "protection": "Skyddade personuppgifter", "children": "Äldsta, 6–12 år",
    "name": "Åsa Öberg-Lind", "number": "18900101-9802", "channels": "0700-000001", "address": "Wyxgatan 1",
    "municipality": "Wyxkommun", "court": "Wyxtingsrätt", "employer": "Wyxarbete", "landlord": "Wyxhem",
    "health_centre": "Wyxvårdcentral", "actors": "Boende: Wyxjouren", "safety": "Wyxråd",
}  # fmt: skip
CHILD = {
    "child_alias": "Äldsta, 6–12 år", "child_case": "Ja", "child_insatser": "Skola och förskola",
    "child_name": "Qvirina", "child_school": "Zaxskolan", "child_care": "Zaxvård", "child_leisure": "Zaxklubben",
    "child_actors": "Skola och förskola: Zaxmottagningen",
}  # fmt: skip
# Never in any copy: what is nobody's to give out.
NEVER = ("Plommonträd", "Wyxporten", "Plyxer", "Plyxson", "Wyxrisk", "Wyxbehov")
UNTOLD = {"Ja", "Alma Lind", "Skyddade personuppgifter"}  # stands in every copy, as frame or footer


def given(cast: Cast, case: Case, **more: Any) -> Disclosure:
    return actions.give_disclosure(by=cast.cecilia, disclosure=propose(cast.alma, case, **more))


def url_of(disclosure: Disclosure) -> str:
    return f"/arenden/{disclosure.case.number}/utlamnanden/{disclosure.pk}/kopia/"


def copy(client: Client, disclosure: Disclosure) -> str:
    answer = client.post(url_of(disclosure))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="utlamnande.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    return re.sub(r"\s+", " ", text_of(answer.content))


@pytest.fixture
def child(cast: Cast, full: Case, child_of: MakeChild) -> Child:
    made = child_of(8)
    places = ChildPlaces(school="Zaxskolan", care="Zaxvård", leisure="Zaxklubben", agreement="Zaxhämtning")
    children.change_places(by=cast.alma, child=made, places=places, version=1)
    make_insats(cast.cecilia, full, make_actor(name="Zaxmottagningen"), made)
    return Child.objects.select_related("case__client", "client").get(pk=made.pk)


def test_every_fact_of_the_file_is_tried_here() -> None:
    of_the_file = {key for key in contents.offered(None) if not key.startswith("housing_")}
    assert of_the_file == {*PERSON, "goals"}
    assert set(contents.offered(Child())) == {*CHILD, "child_language", "child_protection", "child_number"}


def drawn(cast: Cast, disclosure: Disclosure) -> str:
    return re.sub(r"\s+", " ", text_of(copying.partner_copy(cast.alma, disclosure, timezone.now())))


def test_a_copy_holds_its_facts_and_no_other(cast: Cast, full: Case, child: Child) -> None:
    for key, value in PERSON.items():
        page = drawn(cast, given(cast, full, facts=[key], recipient="Mottagaren"))
        assert contents.FACTS[key].label in page
        assert value in page
        others = {other for name, other in (PERSON | CHILD).items() if name != key and other not in value} - UNTOLD
        assert [other for other in (*others, *NEVER) if other in page] == []


def test_a_childs_copy_holds_nothing_of_an_adult(cast: Cast, full: Case, child: Child) -> None:
    for key, value in CHILD.items():
        page = drawn(cast, given(cast, full, child=child, facts=[key], recipient="Mottagaren"))
        assert value in page
        others = {other for name, other in (CHILD | PERSON).items() if name != key and other not in value} - UNTOLD
        assert [other for other in (*others, *NEVER, "Zaxhämtning") if other in page] == []


def test_the_frame_says_to_whom_what_for_and_on_what_ground(signed_in: SignIn, cast: Cast, full: Case) -> None:
    said = {"recipient": "Kuratorn Plyx", "purpose": "Planera stödet", "reservation": "Inte till andra"}
    page = copy(signed_in(cast.alma), given(cast, full, other="Hon vill byta dag", weighing="Vägningen", **said))
    for word in (*said.values(), "Hon vill byta dag", "26 kap. 1 §", "Utskrivet av Alma Lind", "sida 1 av 1"):
        assert word in page
    assert f"{full.number} · Skyddade personuppgifter" in page
    assert "Vägningen" not in page
    assert full.pseudonym not in page


def test_nothing_known_is_said_so_and_nothing_protected_has_no_mark(signed_in: SignIn, cast: Cast, case: Case) -> None:
    protect(cast.alma, case)
    known = given(cast, case, facts=["risk", "safety", "number", "address", "protection"])
    case.client.marks.get().delete()
    page = copy(signed_in(cast.alma), known)
    assert page.count(contents.NOTHING) == 5
    assert "Skyddade personuppgifter" not in page.replace("skyddade", "")
    only = copy(signed_in(cast.alma), given(cast, case, facts=[], other="Bara detta"))
    assert "Uppgifter " not in only.replace("Utlämnande av uppgifter", "")


# --- how it came out elsewhere --------------------------------------------------------------------------------------


def test_one_who_has_turned_18_is_never_in_a_parents_copy(
    signed_in: SignIn, cast: Cast, full: Case, child_of: MakeChild
) -> None:
    """JO 5932-2012: the new name of an 18-year-old stood twice in her mother's papers."""
    child_of(18, "Vuxna barnet")
    child_of(16, "Mellersta")
    child_of(None, "Yngsta")
    page = copy(signed_in(cast.alma), given(cast, full, facts=[*contents.offered(None)]))
    assert "Mellersta, 15–17 år Yngsta" in page
    assert "Vuxna" not in page
    assert "Qvirina" not in page


def test_who_left_the_household_is_not_in_it(signed_in: SignIn, cast: Cast, full: Case, child: Child) -> None:
    disclosure = given(cast, full, facts=["children"])
    assert "Äldsta" in copy(signed_in(cast.alma), disclosure)
    children.leave_household(by=cast.alma, child=child, left_on=TODAY)
    assert "Äldsta" not in copy(signed_in(cast.alma), disclosure)


def test_the_court_district_tells_where(signed_in: SignIn, cast: Cast, full: Case) -> None:
    """JK 2015-17-4.3: whoever knew the court found the town. A place is on paper only when it was decided by two."""
    plain = [key for key, fact in contents.offered(None).items() if fact.weight != contents.PLACE]
    page = copy(signed_in(cast.alma), given(cast, full, facts=plain))
    assert "Wyx" not in page.replace("Wyxiska", "")
    assert propose(cast.alma, full, facts=["court"]).grave


def test_third_parties_are_never_a_fact(signed_in: SignIn, cast: Cast, full: Case) -> None:
    """JO 3779-2009: a person's own file was handed out with what others had said."""
    page = copy(signed_in(cast.alma), given(cast, full, facts=[*contents.offered(None)], recipient="Mottagaren"))
    assert "Plyx" not in page


@pytest.mark.parametrize(
    ("kind", "told"), [("SECRECY_MARKING", 2), ("PROTECTED_REGISTRATION", 2), ("FICTITIOUS_IDENTITY", 0)]
)
def test_which_protection_it_is_never_stands_there_and_the_strongest_not_at_all(
    signed_in: SignIn, cast: Cast, case: Case, kind: str, told: int
) -> None:
    protect(cast.alma, case, kind)
    page = copy(signed_in(cast.alma), given(cast, case, facts=["protection"]))
    assert page.count("Skyddade personuppgifter") == told
    for word in ("ingerad", "ekretessmark", "folkbokföring"):
        assert word not in page


def test_a_childs_own_protection_marks_the_copy(signed_in: SignIn, cast: Cast, case: Case, child_of: MakeChild) -> None:
    child = child_of(8)
    facts = ["child_alias", "child_language", "child_number", "child_protection"]
    protect(cast.alma, case)
    disclosure = given(cast, case, child=child, facts=facts)
    case.client.marks.get().delete()
    assert f"{case.number} ·" not in copy(signed_in(cast.alma), disclosure)
    case.client = child.client
    protect(cast.alma, case)
    page = copy(signed_in(cast.alma), disclosure)
    assert f"{case.number} · Skyddade personuppgifter" in page


def test_a_guardians_copy_does_not_tell_that_the_other_adult_is_protected(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    protect(cast.alma, case)
    child = child_of(8)
    facts: dict[str, Any] = {"child": child, "facts": ["child_alias", "child_protection"]}
    for guardian, marked in ((guardian_of(child), False), (guardian_of(child, is_case_person=True), True)):
        page = drawn(cast, given(cast, case, guardian=guardian, **facts))
        assert (f"{case.number} · Skyddade personuppgifter" in page) == marked
        assert contents.NOTHING in page


# --- when and by whom -----------------------------------------------------------------------------------------------


def test_every_copy_is_in_the_log_with_what_was_opened(signed_in: SignIn, cast: Cast, full: Case, child: Child) -> None:
    client = signed_in(cast.alma)
    copy(client, given(cast, full, facts=["name", "court"]))
    event = last_event(Tag.DISCLOSURE_COPIED)
    assert cases_of(event) == {full.number}
    assert {"casework.Client.identity x 1", "casework.Client.address x 1"} <= set(event.fields)
    about_child = given(cast, full, child=child, facts=["child_school"])
    copy(client, about_child)
    event = last_event(Tag.DISCLOSURE_COPIED)
    assert cases_of(event) == {full.number}
    assert "casework.Child.places x 1" in event.fields
    assert str(about_child.pk) in {ref.id for ref in event.refs}


def test_nothing_is_printed_that_is_not_given_or_holds_no_more(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, consent = signed_in(cast.alma), note(cast.alma, case)
    proposal = propose(cast.alma, case, provision="osl_12_2", consent=consent)
    answer = client.post(url_of(proposal), follow=True)
    assert "först när det är beslutat" in text(answer)
    disclosure = actions.give_disclosure(by=cast.alma, disclosure=proposal)
    assert "Att personen har stöd av oss" in copy(client, disclosure)
    assert len(events(Tag.DISCLOSURE_COPIED)) == 1
    consents.withdraw_consent(by=cast.alma, consent=consent, why="")
    answer = client.post(url_of(disclosure), follow=True)
    assert "gäller inte längre" in text(answer)
    assert len(events(Tag.DISCLOSURE_COPIED)) == 1


def test_what_the_font_lacks_is_said(signed_in: SignIn, cast: Cast, case: Case) -> None:
    disclosure = given(cast, case, recipient="Ella \U0001f600")
    assert "kan inte skrivas ut" in text(signed_in(cast.alma).post(url_of(disclosure), follow=True))


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("edvin", 404), ("lo", 403), ("dag", 404)])
def test_nobody_else_prints_it(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    disclosure = given(cast, case)
    assert send(signed_in(getattr(cast, who)), url_of(disclosure)).status_code == status
    assert not events(Tag.DISCLOSURE_COPIED)


def test_outside_a_page_it_is_only_drawn(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    child = child_of(8)
    disclosure = given(cast, case, child=child, guardian=guardian_of(child), facts=["child_alias"])
    drawn = text_of(copying.partner_copy(cast.alma, disclosure, timezone.now()))
    assert "Äldsta, 6–12 år" in drawn

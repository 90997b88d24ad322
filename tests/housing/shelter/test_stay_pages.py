"""The pages: the list with the children beneath, the decision, the stay with its steps, the plans, the place."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.cases.consents import actions as consents
from casework.cases.models import Case
from casework.clients.children.models import Guardian
from housing.shelter import actions, court_actions
from housing.shelter.models import ShelterStay, StayPlace, StayReview
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, send, text
from tests.housing.made import make_kind, make_need, make_track
from tests.housing.shelter.facts import (
    PLACE,
    TODAY,
    adult,
    agree,
    child_of,
    childs,
    close,
    day,
    decide,
    family,
    guard,
    provider,
    start,
)


def url_of(case: Case, stay: ShelterStay | None = None, more: str = "") -> str:
    return f"/arenden/{case.number}/boende/skyddat/" + (f"{stay.pk}/" if stay else "") + more


def decision(**more: Any) -> dict[str, Any]:
    texts = {
        "contents": "Bifall",
        "motivation": "Hotet består",
        "visitation": "",
        "unit": "",
        "address": "",
        "note": "",
    }
    return {"provider": str(provider().pk), "decided_on": str(TODAY), "track": "", **texts, **more}


def test_no_stays_no_children_and_who_may_begin(signed_in: SignIn, cast: Cast, case: Case) -> None:
    page = text(signed_in(cast.cecilia).get(url_of(case)))
    assert "Inga vistelser" in page
    assert url_of(case, more="nytt/") in page
    page = text(signed_in(cast.alma).get(url_of(case)))
    assert "när sektionschefen har beslutat" in page
    assert "nytt/" not in page


def test_a_decision_is_written_once_and_leads_to_the_stay(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.cecilia)
    track = make_track(make_need(cast.alma, case), make_kind("way_shelter", name="Kommunens skydd"))
    assert "Kommunens skydd" in text(client.get(url_of(case, more="nytt/")))
    form = decision(unit="Xylofonen", track=str(track.pk), once=str(uuid4()))
    for _ in range(2):
        answer = send(client, url_of(case, more="nytt/"), **form)
    stay = ShelterStay.objects.get()
    assert answer.url == url_of(case, stay)
    assert (stay.track, stay.place.open().unit) == (track, "Xylofonen")
    page = text(client.get(answer.url))
    for word in ("Beslutet är fattat.", "Bifall", "Hotet består", "Zibbojouren", "Kommunens skydd", "Inga tider löper"):
        assert word in page
    assert "Xylofonen" not in page


def test_a_child_is_decided_on_by_its_own_ground(signed_in: SignIn, cast: Cast, case: Case) -> None:
    adult(cast, case)
    client, child = signed_in(cast.cecilia), family(cast, case)
    address = url_of(case, more=f"nytt/?barn={child.pk}")
    assert address in text(client.get(url_of(case)))
    page = text(client.get(address))
    for word in ("äldsta barnet", "Vårdnadshavarna i dag", "Inget samtycke som gäller", "som barnet bor med"):
        assert word in page
    for word in ("Enhet", "Stället"):
        assert word not in page
    again = text(send(client, address, **decision(ground="all_consent")))
    assert "En vårdnadshavare har inget samtycke som gäller." in again
    assert send(client, address, **decision(ground="immediate", visitation="Inget umgänge")).status_code == 302
    stay = ShelterStay.objects.get(child=child)
    assert (stay.ground, stay.words.open().visitation) == ("immediate", "Inget umgänge")
    assert address not in text(client.get(url_of(case)))


def test_a_child_without_guardians_is_told_where_to_note_them(signed_in: SignIn, cast: Cast, case: Case) -> None:
    adult(cast, case)
    child = child_of(cast, case)
    page = text(signed_in(cast.cecilia).get(url_of(case, more=f"nytt/?barn={child.pk}")))
    assert "Inga vårdnadshavare är antecknade." in page
    assert f"/barn/{child.pk}/" in page


@pytest.mark.parametrize("pk", ["00000000-0000-0000-0000-000000000007", "x", "%00"])
def test_a_child_of_another_case_is_not_there(signed_in: SignIn, cast: Cast, case: Case, pk: str) -> None:
    client, address = signed_in(cast.cecilia), url_of(case, more=f"nytt/?barn={pk}")
    assert client.get(address).status_code == 404
    assert send(client, address, **decision(ground="immediate")).status_code == 404
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.alma)
    theirs = child_of(cast, other)
    assert client.get(url_of(case, more=f"nytt/?barn={theirs.pk}")).status_code == 404


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"contents": ""}, "Svara på frågan: Vad beslutas?"),
        ({"decided_on": str(day(1))}, "Datumet får inte ligga i framtiden."),
        ({"provider": "x"}, "Välj något av alternativen i listan."),
        ({"contents": "Plats hos Zibbojouren"}, "I texten står: det skyddade boendets namn."),
    ],
)
def test_what_is_wrong_is_said(signed_in: SignIn, cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    page = text(send(signed_in(cast.cecilia), url_of(case, more="nytt/"), **decision(**more)))
    assert message in page
    assert "Hotet består" in page
    assert not ShelterStay.objects.exists()


def test_a_draft_of_a_decision_is_kept_for_each_child(signed_in: SignIn, cast: Cast, case: Case) -> None:
    adult(cast, case)
    client, child = signed_in(cast.cecilia), family(cast, case)
    slot = f"stay:{case.number}:{child.pk.hex[:20]}"
    assert client.post(f"/utkast/{slot}/", decision(motivation="Halvskrivet")).status_code == 200
    address = url_of(case, more=f"nytt/?barn={child.pk}")
    assert "Halvskrivet" in text(client.get(address))
    assert "Halvskrivet" not in text(client.get(url_of(case, more="nytt/")))
    send(client, address, **decision(ground="immediate"))
    assert "Halvskrivet" not in text(client.get(address))


def test_the_steps_are_taken_from_the_page(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    hers = decide(cast, case)
    assert send(client, url_of(case, hers, "start/"), day=str(day(-9))).url == url_of(case, hers)
    page = text(client.get(url_of(case, hers)))
    assert "Vistelsen pågår, tiderna räknas." in page
    assert "Saknas sedan" in page
    theirs = childs(cast, hers, family(cast, case), "immediate")
    page = text(client.get(url_of(case, theirs)))
    for word in ("Anteckna underställningen", "Senast", "4 kap. 3–4 §§", "Inget beslut"):
        assert word in page
    for name, form in (
        ("submit", {}), ("confirm", {"answer": "yes"}), ("apply", {}), ("decided", {"answer": "yes", "final_on": ""}),
    ):  # fmt: skip
        assert client.get(url_of(case, theirs, f"{name}/")).status_code == 200
        assert send(client, url_of(case, theirs, f"{name}/"), day=str(TODAY), **form).status_code == 302
    theirs.refresh_from_db()
    assert (theirs.confirmed_on, theirs.court_decided_on) == (TODAY, TODAY)
    assert client.get(url_of(case, theirs, "flyg/")).status_code == 404


def test_an_end_takes_the_children_along(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, hers = signed_in(cast.alma), adult(cast, case)
    childs(cast, hers, family(cast, case), "immediate")
    page = text(client.get(url_of(case, hers, "end/")))
    assert "Flyttade till ett eget hem" in page
    assert "Barnet fyllde 18 år" not in page
    form = {"day": str(TODAY), "why": "stay_own_home", "outcome": "Det gick bra", "once": str(uuid4())}
    for _ in range(2):
        assert send(client, url_of(case, hers, "end/"), **form).url == url_of(case, hers)
    page = text(client.get(url_of(case)))
    assert page.count("Upphörde") == 2
    assert "Det gick bra" in text(client.get(url_of(case, hers)))
    late = text(send(client, url_of(case, hers, "end/"), **{**form, "once": str(uuid4())}))
    assert "Vistelsens läge är ”avslutad”" in late


def test_a_decision_that_has_lapsed_is_warned_of(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, hers = signed_in(cast.alma), adult(cast, case)
    stay = childs(cast, hers, family(cast, case), "immediate", -20)
    for address in (url_of(case), url_of(case, stay)):
        page = text(client.get(address))
        assert "beslutet gäller inte längre" in page
        assert "Skulle ha varit gjort" in page
    assert send(client, url_of(case, stay, "lapse/")).status_code == 302
    assert "Läge: beslutet upphörde att gälla" in text(client.get(url_of(case, stay)))


def test_plans_are_noted_and_a_late_edit_shows_both(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, stay = signed_in(cast.alma), adult(cast, case)
    address = url_of(case, stay, "planer/")
    page = text(client.get(address))
    assert "Vårdplanen gjordes" in page
    for word in ("Genomförandeplanen", "Längre tid", "laga kraft"):
        assert word not in page
    facts = {"implementation_plan_on": None, "apply_extended_to": None, "court_final_on": None}
    actions.change_stay(by=cast.cecilia, stay=stay, care_plan_on=day(-3), version=stay.version, **facts)
    late = text(send(client, address, care_plan_on=str(TODAY), version=str(stay.version)))
    for word in ("Någon annan hann ändra", str(day(-3)), f'name="version" value="{stay.version + 1}"'):
        assert word in late
    assert send(client, address, care_plan_on=str(TODAY), version=str(stay.version + 1)).url == url_of(case, stay)
    assert ShelterStay.objects.get().care_plan_on == TODAY


def test_a_child_has_more_days(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, hers = signed_in(cast.alma), adult(cast, case)
    stay = start(cast, childs(cast, hers, family(cast, case), "immediate"), -2)
    page = text(client.get(url_of(case, stay, "planer/")))
    assert "Genomförandeplanen gjordes" in page
    assert "Längre tid för ansökan" in page
    form = {"care_plan_on": "", "implementation_plan_on": str(TODAY), "apply_extended_to": str(day(60))}
    assert send(client, url_of(case, stay, "planer/"), **form, version=str(stay.version)).status_code == 302
    stay.refresh_from_db()
    stay = court_actions.apply_to_court(by=cast.alma, stay=stay, applied_on=TODAY)
    court_actions.note_court_decision(
        by=cast.alma, stay=stay, court_decided_on=TODAY, granted=True, court_final_on=None
    )
    page = text(client.get(url_of(case, stay, "planer/")))
    assert "laga kraft" in page
    assert "Längre tid" not in page


def test_it_is_considered_with_a_draft_and_once(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, hers = signed_in(cast.alma), adult(cast, case)
    stay = start(cast, childs(cast, hers, family(cast, case), "immediate"), -2)
    address, slot = url_of(case, stay, "overvag/"), f"stayconsider:{case.number}:{stay.pk.hex[:20]}"
    form = {"considered_on": str(TODAY), "considered": "Behövs", "view": "Jag vill stanna", "goes_on": "no"}
    assert client.post(f"/utkast/{slot}/", {**form, "view": "Halvt sagt"}).status_code == 200
    assert "Halvt sagt" in text(client.get(address))
    assert "Fyll i barnets inställning." in text(send(client, address, **{**form, "view": ""}))
    token = str(uuid4())
    for _ in range(2):
        assert send(client, address, **form, once=token).url == url_of(case, stay)
    assert StayReview.objects.count() == 1
    page = text(client.get(url_of(case, stay)))
    for word in ("Jag vill stanna", "Insatsen behövs inte längre.", "Övervägdes senast"):
        assert word in page
    assert "Barnets inställning" not in text(client.get(url_of(case, hers, "overvag/")))


def test_a_withdrawn_consent_is_warned_of(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, hers, child = signed_in(cast.alma), adult(cast, case), child_of(cast, case)
    guard(cast, child, is_case_person=True)
    given = agree(cast, guard(cast, child))
    stay = childs(cast, hers, child, "all_consent")
    assert "samtycke gäller inte längre" not in text(client.get(url_of(case)))
    consents.withdraw_consent(by=cast.alma, consent=given, why="Ångrade sig")
    for address in (url_of(case), url_of(case, stay)):
        assert "En vårdnadshavares samtycke gäller inte längre." in text(client.get(address))
    assert Guardian.objects.count() == 2


def test_what_is_over_asks_for_no_consent_and_no_consideration(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, hers, child = signed_in(cast.alma), adult(cast, case), child_of(cast, case)
    guard(cast, child, is_case_person=True)
    given = agree(cast, guard(cast, child))
    stay = start(cast, childs(cast, hers, child, "all_consent"), -2)
    consents.withdraw_consent(by=cast.alma, consent=given, why="Ångrade sig")
    page = text(client.get(url_of(case, stay)))
    assert "data-late" in page.partition("Vårdnadshavarna i dag")[2].partition("</section>")[0]
    assert "Insatsen är inte övervägd än." in page
    send(client, url_of(case, hers, "end/"), day=str(TODAY), why="stay_own_home", outcome="")
    page = text(client.get(url_of(case, stay)))
    assert "Inget samtycke som gäller" in page
    assert "data-late" not in page
    assert "Insatsen övervägdes inte innan vistelsen upphörde." in page
    assert "minst var sjätte månad" not in page


def test_children_of_different_guardians_each_have_their_own(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, hers = signed_in(cast.alma), adult(cast, case, place=PLACE)
    agreed = start(cast, childs(cast, hers, family(cast, case, agreed=True), "all_consent"), -2)
    opposed = start(cast, childs(cast, hers, family(cast, case, alias="yngsta barnet"), "immediate"), -2)
    first, second = text(client.get(url_of(case, agreed))), text(client.get(url_of(case, opposed)))
    assert "Alla vårdnadshavare samtycker" in first
    assert "Underställ förvaltningsrätten" not in first
    assert "Underställ förvaltningsrätten" in second
    assert "yngsta barnet".capitalize() in second
    assert "yngsta" not in first.lower()
    page = text(client.get(url_of(case)))
    for word in ("Äldsta barnet", "Yngsta barnet", "Alla vårdnadshavare samtycker", "Omedelbar insats"):
        assert word in page
    for shown in (first, second, page):
        for word in ("Xylofonen", "Quintgatan", "Wexa", "Qvirina", "Plyx"):
            assert word not in shown


@pytest.mark.parametrize(
    ("who", "status"), [("bo", 404), ("eva", 404), ("edvin", 404), ("hanna", 404), ("lo", 403), ("dag", 404)]
)
def test_nobody_else_sees_it(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    client, stay = signed_in(getattr(cast, who)), adult(cast, case)
    for address in ("", "planer/", "stalle/", "overvag/", "end/"):
        assert client.get(url_of(case, stay, address)).status_code == status
    for address in (url_of(case), url_of(case, more="nytt/")):
        assert client.get(address).status_code == status
    assert send(client, url_of(case, stay, "visa/"), reason="check").status_code == status


def test_a_stay_of_another_case_is_not_there(signed_in: SignIn, cast: Cast, case: Case) -> None:
    stay, client = decide(cast, factories.make_case(cast.cecilia), place=PLACE), signed_in(cast.cecilia)
    for address in ("", "planer/", "stalle/", "overvag/", "end/"):
        assert client.get(url_of(case, stay, address)).status_code == 404
    assert send(client, url_of(case, stay, "visa/"), reason="check").status_code == 404
    assert send(client, url_of(case, stay, "stalle/"), unit="X", version="1").status_code == 404


def test_a_closed_case_still_reads_and_ends(signed_in: SignIn, cast: Cast, case: Case) -> None:
    stay = adult(cast, case)
    close(cast, case)
    client = signed_in(cast.cecilia)
    page = text(client.get(url_of(case, stay)))
    assert "Avsluta vistelsen" in page
    assert "Anteckna planer" not in page
    assert "Besluta om skyddat boende" not in text(client.get(url_of(case)))
    form = {"considered_on": str(TODAY), "considered": "Behövs", "goes_on": "yes"}
    assert "Ärendet är avslutat" in text(send(client, url_of(case, stay, "overvag/"), **form))
    assert send(client, url_of(case, stay, "end/"), day=str(TODAY), why="stay_left", outcome="").status_code == 302


def test_the_list_asks_the_same_for_one_child_and_for_ten(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, hers = signed_in(cast.alma), adult(cast, case)
    asked = []
    for count in (1, 9):
        for at in range(count):
            child = family(cast, case, agreed=bool(at % 2))
            childs(cast, hers, child, "all_consent" if at % 2 else "immediate")
        if count == 1:
            childs(cast, hers, family(cast, case, agreed=True), "all_consent")
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get(url_of(case)))
        asked.append(len(queries))
    assert page.count("Beslut 2") == 12
    assert asked[0] == asked[1]


def test_long_words_and_names_come_through(signed_in: SignIn, cast: Cast, case: Case) -> None:
    long = "Kriscentrumsverksamhetens" + "boendestödsenhet" * 3
    stay = decide(cast, case, provider=provider(long))
    assert long in text(signed_in(cast.alma).get(url_of(case, stay)))
    assert date.fromisoformat(str(stay.decided_on)) == day(-40)
    assert stay.place.open() == StayPlace()

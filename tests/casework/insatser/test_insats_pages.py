"""The pages of a case's insatser: the overview, the need, the steps, the grounds, and what they ask of the database."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.cases.consents.models import Consent
from casework.cases.insatser import moments, readers
from casework.cases.insatser.models import Actor, Insats, InsatsFollowUp
from casework.cases.models import Case
from casework.cases.timeline import readers as timeline
from tests import factories
from tests.casework.insatser.conftest import (
    TODAY,
    ago,
    ask,
    change,
    decide,
    decline,
    later,
    make_offer,
    note,
    order,
    rest,
    start,
)
from tests.casework.insatser.test_insats_acts import add_child, follow
from tests.cast import Cast
from tests.fixtures import SignIn, send, text


def url_of(case: Case, insats: Insats | None = None, more: str = "") -> str:
    return f"/arenden/{case.number}/insatser/" + (f"{insats.pk}/" if insats else "") + more


def data(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "child": "person", "area": "area_school", "need": "Ny skola", "noted_on": str(TODAY), "offer": "", "actor": "",
        "responsible": str(cast.alma.pk), "who_does_what": "Vi ringer", "review_on": "", "obstacle": "",
        "obstacles": "", **more,
    }  # fmt: skip


def test_a_need_is_noted_once_with_an_offer_that_brings_its_actor(
    signed_in: SignIn, cast: Cast, case: Case, own: Actor
) -> None:
    client, child, offer = signed_in(cast.alma), add_child(cast, case), make_offer(own, for_children=True)
    assert "Inga insatser" in text(client.get(url_of(case)))
    assert "Äldsta barnet" in text(client.get(url_of(case, more="ny/")))
    form = data(cast, child=str(child.pk), offer=str(offer.pk), once=str(uuid4()))
    for _ in range(2):
        answer = send(client, url_of(case, more="ny/"), **form)
    insats = Insats.objects.get()
    assert answer.url == url_of(case, insats)
    assert (insats.actor, insats.child, insats.client_id) == (own, child, child.client_id)
    page = text(client.get(answer.url))
    for word in ("Behovet är noterat.", "Ny skola", "Äldsta barnet", "Fråga en aktör", "Stöd insatsen på samtycke"):
        assert word in page
    assert "Besluta om insatsen" not in page


def test_a_draft_of_a_need_and_of_a_decision_is_kept(signed_in: SignIn, cast: Cast, case: Case) -> None:
    insats, alma, chief = note(cast, case), signed_in(cast.alma), signed_in(cast.cecilia)
    assert alma.post(f"/utkast/insats:{case.number}/", data(cast, need="Halvskrivet")).status_code == 200
    page = text(alma.get(url_of(case, more="ny/")))
    assert "Halvskrivet" in page
    assert "Släng utkastet" in page
    slot = f"/utkast/decide:{case.number}:{insats.pk.hex[:20]}/"
    assert chief.post(slot, {"contents": "Halvt beslut"}).status_code == 200
    assert "Halvt beslut" in text(chief.get(url_of(case, insats, "beslut/")))
    assert alma.post(slot, {"contents": "Halvt beslut"}).status_code == 403


def test_an_edit_that_comes_late_shows_both(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, insats = signed_in(cast.alma), note(cast, case)
    address = url_of(case, insats, "andra/")
    assert "Ett hem vid Wyxan" in text(client.get(address))
    change(cast, insats)
    page = text(send(client, address, **data(cast, need="Mitt", version="1")))
    for word in ("Någon annan hann ändra", "Mitt", "Ett arbete", 'name="version" value="2"'):
        assert word in page
    assert send(client, address, **data(cast, need="Båda", version="2")).url == url_of(case, insats)
    assert later(insats).words.open().need == "Båda"


def test_the_way_from_need_to_end_in_the_pages(
    signed_in: SignIn, cast: Cast, case: Case, outside: Actor, consent: Consent
) -> None:
    client, insats = signed_in(cast.alma), note(cast, case)
    day = {"day": str(TODAY), "review_on": ""}
    asking = {"actor": str(outside.pk), "offer": "", "consent": "", **day}
    assert "OSL 8 kap. 2 §" in text(send(client, url_of(case, insats, "steg/ask/"), **asking))
    assert "Qvarnen" in text(client.get(url_of(case, insats, "steg/ask/")))
    followed = {"held_on": str(TODAY), "result": "Bra", "her_view": "Jag sover", "review_on": ""}
    steps = [
        ("steg/ask/", {**asking, "consent": str(consent.pk)}, "asked"),
        ("samtycke/", {"consent": str(consent.pk), "legal_basis": "sol_11_5"}, "grounded"),
        ("steg/order/", day, "ordered"),
        ("steg/start/", day, "started"),
        ("uppfoljning/", followed, "followed_up"),
        ("avbrott/", {**day, "obstacle": "obst_queue"}, "followed_up"),
        ("avbrott/", day, "followed_up"),
        ("steg/end/", {**day, "outcome": "Det gick"}, "ended"),
    ]  # fmt: skip
    for place, form, state in steps:
        assert client.get(url_of(case, insats, place)).status_code == 200
        once = str(uuid4())
        for _ in range(2):
            assert send(client, url_of(case, insats, place), **form, once=once).status_code == 302
        assert later(insats).state == state
    assert InsatsFollowUp.objects.count() == 1
    page = text(client.get(url_of(case, insats)))
    for word in ("Det gick", "Jag sover", "i gång igen", "Avslutades"):
        assert word in page


def test_it_comes_to_nothing_and_is_tried_again_in_the_pages(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, insats = signed_in(cast.alma), note(cast, case)
    form = {"day": str(TODAY), "code": "by_person", "why": "Nej", "obstacle": ""}
    assert send(client, url_of(case, insats, "steg/decline/"), **form).status_code == 302
    assert "Personen vill inte" in text(client.get(url_of(case)))
    assert send(client, url_of(case, insats, "steg/try_again/"), reason="Nytt läge").status_code == 302
    assert send(client, url_of(case, insats, "steg/give_up/"), **form).status_code == 302
    assert later(insats).state == "unavailable"
    assert "Det går inte nu" in text(send(client, url_of(case, insats, "steg/order/"), day=str(TODAY)))
    assert client.get(url_of(case, insats, "steg/save/")).status_code == 404


def test_a_decision_in_the_pages_holds_no_address(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, insats = signed_in(cast.cecilia), note(cast, case)
    assert "Besluta om insatsen" in text(client.get(url_of(case, insats)))
    form = {
        "favourable": "yes", "legal_basis": "sol_11_1", "decided_on": str(TODAY), "contents": "Bifall, 213 44 Staden",
        "motivation": "Behov", "delegation": "4", "appeal": "Rätten",
    }  # fmt: skip
    page = text(send(client, url_of(case, insats, "beslut/"), **form))
    assert "Skriv ingen adress. I texten står: ett postnummer." in page
    done = send(client, url_of(case, insats, "beslut/"), **{**form, "contents": "Bifall", "once": str(uuid4())})
    assert done.url == url_of(case, insats)
    page = text(client.get(done.url))
    for word in ("Bifall", "Tre månader efter beslutet", "Cecilia Holm"):
        assert word in page


def lay(cast: Cast, case: Case, own: Actor, consent: Consent) -> None:
    note(cast, case, child=add_child(cast, case))
    ask(cast, note(cast, case), own, offer=make_offer(own, name=str(uuid4())))
    start(cast, rest(cast, note(cast, case), consent), review_on=TODAY + timedelta(days=3))
    decline(cast, note(cast, case))


def test_the_overview_has_each_in_one_part(
    signed_in: SignIn, cast: Cast, case: Case, own: Actor, consent: Consent
) -> None:
    lay(cast, case, own, consent)
    overdue = start(cast, rest(cast, note(cast, case), consent), started_on=ago(9), review_on=ago(2))
    order(cast, rest(cast, note(cast, case, actor=own), consent))
    late, soon = (decide(cast, note(cast, case), decided_on=ago(days)) for days in (200, 70))
    found = readers.overview(case)
    assert [len(part) for part in (found.todo, found.waiting, found.going, found.over)] == [4, 2, 1, 1]
    wants = {row.insats.pk: (row.wants.split(",")[0], row.urgent) for row in found.todo}
    assert wants[overdue.pk] == ("Följ upp insatsen", True)
    assert wants[late.pk] == ("Verkställ beslutet", True)
    assert wants[soon.pk][0].startswith("Verkställ beslutet senast")
    page = text(signed_in(cast.alma).get(url_of(case)))
    for word in ("Väntar på Eget boende sedan", "Vi själva", "Äldsta barnet", "Avslutade och sådant som inte blev av"):
        assert word in page


def test_the_overview_asks_the_same_for_one_and_for_many(
    signed_in: SignIn, cast: Cast, case: Case, own: Actor, consent: Consent
) -> None:
    client, counts = signed_in(cast.alma), []
    for _ in range(3):
        lay(cast, case, own, consent)
        client.get(url_of(case))
        with CaptureQueriesContext(connection) as asked:
            client.get(url_of(case))
        counts.append(len(asked))
    assert counts[1] == counts[2]
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("edvin", 404), ("lo", 403), ("ada", 404)])
def test_nobody_else_sees_them(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    client, insats = signed_in(getattr(cast, who)), note(cast, case)
    for more in ("", "andra/", "steg/ask/", "samtycke/", "beslut/", "avbrott/", "uppfoljning/"):
        assert client.get(url_of(case, insats, more)).status_code == status
    assert client.get(url_of(case)).status_code == status


def test_one_of_another_case_is_not_there(signed_in: SignIn, cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    insats = note(cast, other, by=cast.cecilia, responsible=cast.cecilia)
    for more in ("", "andra/", "steg/ask/", "beslut/"):
        assert signed_in(cast.cecilia).get(url_of(case, insats, more)).status_code == 404


def test_the_timeline_tells_the_steps_with_their_area(cast: Cast, case: Case, own: Actor, consent: Consent) -> None:
    running = start(cast, order(cast, rest(cast, ask(cast, note(cast, case), own), consent)))
    follow(cast, running)
    decide(cast, note(cast, case, area="area_work"))
    days = timeline.page(case, kind="insatser").days  # type: ignore[attr-defined]
    titles = {shown.entry.title for day in days for shown in day.shown}
    assert titles == {
        "Aktör tillfrågades: Boende", "Samtycke till insats: Boende", "Insats beställdes: Boende",
        "Insats började: Boende", "Insats följdes upp: Boende", "Beslut om insats: Arbete och utbildning",
    }  # fmt: skip
    assert not list(moments.moments(case, timezone.now() + timedelta(days=1)))
    assert len(list(moments.moments(case, timezone.now()))) == 6
    assert moments.show([("asked_on", uuid4())]) == {}

"""The pages of the case: the need with its ways, the preview, the box on the case page."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.policy import Permission
from housing.needs import actions, readers
from housing.needs.models import HousingNeed
from housing.tracks import moving
from housing.tracks.models import Track, TrackWords
from tests import factories
from tests.bench.pages import queries
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, text
from tests.housing.made import make_kind, make_track
from tests.housing.needs.facts import change, handed, write
from tests.housing.needs.test_need_acts import close

TODAY = timezone.localdate()


def url_of(case: Case, more: str = "") -> str:
    return f"/arenden/{case.number}/boende/{more}"


def test_without_a_need_the_page_says_what_to_do(signed_in: SignIn, cast: Cast, case: Case) -> None:
    page = text(signed_in(cast.alma).get(url_of(case)))
    assert "Inget boendebehov" in page
    assert url_of(case, "behov/nytt/") in page
    close(cast, case)
    closed = text(signed_in(cast.cecilia).get(url_of(case)))
    assert "Här står behovet när" in closed
    assert url_of(case, "behov/nytt/") not in closed


def test_the_page_tells_the_need_its_note_and_its_versions(signed_in: SignIn, cast: Cast, case: Case) -> None:
    need = change(cast, write(cast, case), by=cast.cecilia, rooms=4, note="Lugnt hus")
    page = text(signed_in(cast.alma).get(url_of(case)))
    for word in (
        need.token, "Under arbete", "Inom en månad", "1–5 år, 6–12 år", "12\xa0000 kr", "Norr", "Lund", "Trelleborg",
        "Skulder", "Från partner", "Lugnt hus", "Nära mormor", "Version 1", "Skriven av Alma Lind", "Cecilia Holm",
        "Lämna till boendesamordnaren", "Ändra behovet", "Ta tillbaka behovet", "Bara ni i ärendet ser behovet än.",
    ):  # fmt: skip
        assert word in page, word
    assert page.count("Brådska") == 1
    event = last_event(Tag.NEED_READ)
    assert (event.actor, cases_of(event)) == ("Alma Lind", {case.number})


def test_each_way_tells_its_next_step_and_whom_it_waits_on(signed_in: SignIn, cast: Cast, case: Case) -> None:
    need = handed(cast, case)
    track = make_track(need, make_kind(key="queue"), "apply", next_on=TODAY - timedelta(days=1), coordinator=cast.hanna)
    with trail.act(Tag.IMPORTED):
        track.words = TrackWords(next_step="Ringa kön")
        track.save()
    make_track(need, make_kind(key="late"))
    make_track(need, make_kind(key="over"), "apply", "acknowledge")
    with trail.act(Tag.IMPORTED):
        over = Track.objects.get(kind__key="over")
        moving.move(moving.locked(over), "decline", declined="no_home")
    page = text(signed_in(cast.alma).get(url_of(case)))
    for word in (
        "Vägen queue", "Sökt", "Ringa kön", "Skulle ha gjorts", "i går", "mottagaren", "Hanna Sund samordnar",
        "Inget nästa steg är bestämt.", "kontaktpersonen", "Avslutade vägar", "Ingen ledig bostad",
    ):  # fmt: skip
        assert word in page, word


def test_what_has_ended_has_no_buttons_and_makes_room_for_a_new_one(signed_in: SignIn, cast: Cast, case: Case) -> None:
    first = actions.withdraw_need(by=cast.alma, need=handed(cast, case), why="need_recast")
    client = signed_in(cast.alma)
    page = text(client.get(url_of(case)))
    assert "Skriv ett nytt behov" in page
    assert "Ersätts av ett nytt behov" in page
    assert "Ändra behovet" not in page
    make_track(write(cast, case), make_kind(), "offer", "accept", "move_in")
    page = text(client.get(url_of(case)))
    for word in ("Tidigare behov", first.token, "Har ett hem", "Inflyttad"):
        assert word in page


def test_a_handed_over_need_is_not_handed_over_again(signed_in: SignIn, cast: Cast, case: Case) -> None:
    need = handed(cast, case)
    page = text(signed_in(cast.cecilia).get(url_of(case)))
    assert "Hos boendesamordnaren" in page
    assert f"{need.pk}/lamna/" not in page
    assert f"{need.pk}/andra/" in page


def test_the_preview_tells_each_receiver_apart(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert "När behovet är skrivet" in text(client.get(url_of(case, "forhandsvisning/")))
    write(cast, case)
    page = text(client.get(url_of(case, "forhandsvisning/")))
    parts = {part.split("</h2>")[0].split(">")[-1]: part for part in page.split("<section")[1:]}
    assert {"Boendesamordnaren", "Skyddat boende", "Annan kommun", "Bostadskö"} <= parts.keys()
    assert "Från partner" not in parts["Boendesamordnaren"]
    assert "Lund" in parts["Boendesamordnaren"]
    for landlord in ("Kommunal hyresvärd", "Privat hyresvärd"):
        assert "Från partner" not in parts[landlord]
        assert "Lund" not in parts[landlord]
    assert "Från partner" in parts["Annan kommun"]
    assert "mormor" not in page
    assert "Personnummer" not in parts["Privat hyresvärd"]
    assert "Öberg" not in page


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("edvin", 404), ("hanna", 404), ("lo", 403)])
def test_nobody_else_sees_it(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    need, client = handed(cast, case), signed_in(getattr(cast, who))
    pages = [
        "",
        "forhandsvisning/",
        "behov/nytt/",
        *(f"behov/{need.pk}/{act}/" for act in ("andra", "lamna", "aterta")),
    ]
    for more in pages:
        assert client.get(url_of(case, more)).status_code == status


def test_a_need_of_another_case_is_not_there(signed_in: SignIn, cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    need, client = handed(cast, case), signed_in(cast.cecilia)
    for pk in (need.pk, uuid4()):
        for act in ("andra", "lamna", "aterta"):
            assert client.get(url_of(other, f"behov/{pk}/{act}/")).status_code == 404


def test_ten_ways_ask_as_much_as_one(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, need = signed_in(cast.alma), handed(cast, case)
    make_track(need, make_kind(key="first"))
    asked = queries(lambda: client.get(url_of(case)))
    for at in range(9):
        make_track(need, make_kind(key=f"more-{at}"))
        need = change(cast, need)
    assert queries(lambda: client.get(url_of(case))) == asked


# --- the box on the case page -----------------------------------------------------------------------------------------

WRITES = frozenset({Permission.HOUSING_WRITE})


def test_the_box_tells_each_open_way_in_one_query(
    cast: Cast, case: Case, django_assert_num_queries: Any, signed_in: SignIn
) -> None:
    need = handed(cast, case)
    make_track(need, make_kind(key="a"), next_on=TODAY - timedelta(days=2))
    make_track(need, make_kind(key="b"), "apply")
    make_track(need, make_kind(key="c", lease="transitional_home"), "offer", "accept", "move_in", "end")
    with django_assert_num_queries(1):
        box = readers.panel(cast.alma, case, WRITES)
    assert box is not None
    lines = [(line["name"], line["state"], line["late"], line["ours"]) for line in box["lines"]]
    assert sorted(lines) == [("Vägen a", "Planeras", True, True), ("Vägen b", "Sökt", False, False)]
    page = text(signed_in(cast.alma).get(f"/arenden/{case.number}/"))
    for word in (need.token, "Hos boendesamordnaren", "Vägen a", "Kontaktpersonen gör nästa steg", url_of(case)):
        assert word in page, word
    assert "Vägen c" not in page


def test_the_box_is_left_out_for_who_has_nothing_to_do_there(cast: Cast, case: Case) -> None:
    assert readers.panel(cast.alma, case, frozenset()) is None
    assert readers.panel(cast.alma, case, WRITES) == {"case": case, "token": "", "state": "", "lines": []}
    need = handed(cast, case)
    assert (readers.panel(cast.alma, case, frozenset()) or {})["lines"] == []
    actions.withdraw_need(by=cast.alma, need=need, why="need_person")
    assert readers.panel(cast.alma, case, frozenset()) is None
    assert (readers.panel(cast.alma, case, WRITES) or {})["token"] == ""
    closed = close(cast, Case.objects.get(pk=case.pk))
    assert readers.panel(cast.alma, closed, WRITES) is None


def test_the_box_tells_the_need_that_goes_on(cast: Cast, case: Case) -> None:
    make_track(handed(cast, case), make_kind(), "offer", "accept", "move_in")
    met = readers.panel(cast.alma, case, WRITES)
    assert met is not None
    assert (met["state"], [line["state"] for line in met["lines"]]) == ("Har ett hem", ["Inflyttad"])
    now = write(cast, case)
    box = readers.panel(cast.alma, case, WRITES)
    assert box is not None
    assert (box["token"], box["lines"]) == (now.token, [])
    assert HousingNeed.objects.count() == 2

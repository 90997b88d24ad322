"""The housing coordinator's pages: the queue, her own tracks, one need by its token. Never whose they are."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from casework.signin.models import Section
from housing.needs import actions, queue
from housing.needs.models import HousingNeed
from tests import factories
from tests.bench.pages import queries
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, text
from tests.housing.made import make_kind, make_need, make_track
from tests.housing.needs.facts import change, handed, profile, write
from tests.housing.needs.test_need_acts import close

TODAY = timezone.localdate()


def url_of(need: HousingNeed) -> str:
    return f"/boende/behov/{need.token}/"


def another(cast: Cast, **more: Any) -> HousingNeed:
    return make_need(cast.cecilia, factories.make_case(cast.cecilia), profile=profile(), **more)


def test_an_empty_queue_says_how_it_is_filled(signed_in: SignIn, cast: Cast, case: Case) -> None:
    write(cast, case)
    page = text(signed_in(cast.hanna).get("/boende/"))
    assert "Kön är tom" in page
    assert "Mina vägar" not in page


def test_the_queue_tells_what_is_needed_and_how_far_it_has_come(signed_in: SignIn, cast: Cast, case: Case) -> None:
    need = handed(cast, case, urgency="quarter")
    make_track(need, make_kind(key="queue"), "apply")
    page = text(signed_in(cast.hanna).get("/boende/"))
    for word in (need.token, "Inom tre månader", "1–5 år, 6–12 år", "Vägen queue: sökt", url_of(need), "Vuxna"):
        assert word in page, word
    for word in (case.number, case.pseudonym, "Alma", "Öberg", "mormor", "Från partner", "arenden"):
        assert word not in page, word
    event = last_event(Tag.QUEUE_READ)
    assert (event.actor, cases_of(event)) == ("Hanna Sund", {case.number})


def test_the_most_urgent_stand_first_and_then_the_longest_waiting(cast: Cast, case: Case) -> None:
    now = timezone.now()
    wanted = [("now", 1), ("month", 9), ("month", 2), ("quarter", 90), ("later", 3)]
    made = {}
    for urgency, days in reversed(wanted):
        need = make_need(cast.cecilia, factories.make_case(cast.cecilia), published=False, urgency=urgency)
        need.publish()
        need.published_at = now - timedelta(days=days)
        need.save()
        made[need.pk] = (urgency, days)
    rows = queue.listed(cast.hanna, None).object_list
    assert [made[row.need.pk] for row in rows] == wanted
    assert [row.days for row in rows] == [days for _, days in wanted]


def test_a_hundred_needs_stand_on_two_pages(signed_in: SignIn, cast: Cast, case: Case) -> None:
    for _ in range(100):
        another(cast)
    first, last = queue.listed(cast.hanna, None), queue.listed(cast.hanna, "2")
    assert [len(page.object_list) for page in (first, last)] == [50, 50]
    assert not {row.need.pk for row in first.object_list} & {row.need.pk for row in last.object_list}
    assert "1–50 av 100" in text(signed_in(cast.hanna).get("/boende/"))


def test_ten_needs_ask_as_much_as_one(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, kind = signed_in(cast.hanna), make_kind()
    make_track(handed(cast, case), kind, coordinator=cast.hanna)
    asked = queries(lambda: client.get("/boende/"))
    for _ in range(9):
        make_track(another(cast), kind, coordinator=cast.hanna)
    assert queries(lambda: client.get("/boende/")) == asked


def test_what_is_not_hers_to_see_is_not_in_the_queue(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, need = signed_in(cast.hanna), handed(cast, case)
    assert client.get(url_of(need)).status_code == 200
    draft = another(cast, published=False)
    gone = actions.withdraw_need(by=cast.cecilia, need=another(cast), why="need_person")
    closed = another(cast)
    factories.assign(cast.cecilia, closed.case, cast.bo)
    close(cast, closed.case)
    cast.edvin.led_sections.set([Section.objects.create(name="Sektion 3", branch="perpetrators")])
    foreign = make_need(cast.edvin, factories.make_case(cast.edvin))
    page = text(client.get("/boende/"))
    assert need.token in page
    for hidden in (draft, gone, closed, foreign):
        assert hidden.token not in page
        assert client.get(url_of(hidden)).status_code == 404
        assert cases_of(last_event(Tag.DENIED)) == {hidden.case.number}


@pytest.mark.parametrize("token", ["B-222222", "b", "B-%00", "%C3%A5"])
def test_a_token_that_nothing_has_is_not_found(signed_in: SignIn, cast: Cast, case: Case, token: str) -> None:
    assert signed_in(cast.hanna).get(f"/boende/behov/{token}/").status_code == 404


@pytest.mark.parametrize("who", ["alma", "bo", "cecilia", "eva", "edvin", "dag", "lo", "ada"])
def test_nobody_else_has_the_queue(signed_in: SignIn, cast: Cast, case: Case, who: str) -> None:
    need, client = handed(cast, case), signed_in(getattr(cast, who))
    for address in ("/boende/", url_of(need)):
        assert client.get(address).status_code == 403


def test_one_need_tells_what_a_coordinator_may_know(signed_in: SignIn, cast: Cast, case: Case) -> None:
    need = change(cast, handed(cast, case), rooms=4)
    make_track(need, make_kind(key="mine"), "apply", coordinator=cast.hanna, next_on=TODAY - timedelta(days=1))
    make_track(need, make_kind(key="free"), "apply", "acknowledge", next_on=TODAY + timedelta(days=1))
    page = text(signed_in(cast.hanna).get(url_of(need)))
    for word in (
        need.token, "Inom en månad", "Norr", "Lund", "Trelleborg", "12\xa0000 kr", "Ja", "Skulder", "Version 2",
        "Version 1", "Vägen mine", "Sökt", "du samordnar", "Skulle ha gjorts", "i går", "i morgon", "mottagaren",
    ):  # fmt: skip
        assert word in page, word
    for word in (case.number, case.pseudonym, "Alma", "Öberg", "mormor", "Från partner", "arenden"):
        assert word not in page, word
    event = last_event(Tag.NEED_READ)
    assert (event.actor, cases_of(event)) == ("Hanna Sund", {case.number})


def test_a_met_need_is_hers_until_the_track_has_ended(signed_in: SignIn, cast: Cast, case: Case) -> None:
    need = handed(cast, case)
    make_track(need, make_kind(), "offer", "accept", "move_in", coordinator=cast.hanna)
    client = signed_in(cast.hanna)
    assert "Mina vägar" in text(client.get("/boende/"))
    assert client.get(url_of(need)).status_code == 200


def test_her_own_tracks_stand_on_top_by_day(signed_in: SignIn, cast: Cast, case: Case) -> None:
    need = handed(cast, case)
    for key, days in (("none", None), ("late", -3), ("soon", 3)):
        next_on = TODAY + timedelta(days=days) if days is not None else None
        make_track(need, make_kind(key=key), "apply", coordinator=cast.hanna, next_on=next_on)
    make_track(need, make_kind(key="other"), "apply")
    assert [way.track.kind.key for way in queue.mine(cast.hanna)] == ["late", "soon", "none"]
    page = text(signed_in(cast.hanna).get("/boende/"))
    assert "Skulle ha gjorts" in page.split("<table")[0]
    actions.withdraw_need(by=cast.alma, need=need, why="need_person")
    assert queue.mine(cast.hanna) == []


def test_the_case_is_not_there_for_a_coordinator(signed_in: SignIn, cast: Cast, case: Case) -> None:
    handed(cast, case)
    client = signed_in(cast.hanna)
    for more in ("", "boende/", "boende/forhandsvisning/", "boende/behov/nytt/"):
        assert client.get(f"/arenden/{case.number}/{more}").status_code == 404
    assert client.get("/").url == "/boende/"

"""The ways to a home: laid in at setup, written and switched by administrators."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.tags import Tag
from casework import firstrun, policy
from casework.cases.rules import Refused
from casework.records import StaleEdit
from housing.needs.models import HousingNeed
from housing.tracks import kind_actions
from housing.tracks.models import TrackKind
from housing.tracks.start import KINDS
from tests.cast import Cast
from tests.fixtures import SignIn, events, last_event, send, text
from tests.housing.made import make_kind, make_track

FACTS: dict[str, Any] = {
    "key": "egen", "name": "Egen väg", "way": "way_plain", "receiver": "housing_queue", "lease": "first_hand",
    "answer_days": 10, "decision": False, "viewing": True, "active": True, "order": 5,
}  # fmt: skip
FORM = {**FACTS, "called": "Egen väg", "decision": "", "viewing": "on", "active": "on"}


def add(cast: Cast, **more: Any) -> TrackKind:
    return kind_actions.add_kind(**{"by": cast.ada, **FACTS, **more})


def alter(cast: Cast, kind: TrackKind, **more: Any) -> TrackKind:
    return kind_actions.change_kind(kind=kind, **{"by": cast.ada, **FACTS, "version": kind.version, **more})


def test_the_start_set_is_laid_in_once_and_never_written_over(cast: Cast) -> None:
    for lay_in in firstrun.on_setup:
        lay_in()
    found = {kind.key: kind for kind in TrackKind.objects.all()}
    assert set(found) == {given.key for given in KINDS}
    assert len([kind for kind in found.values() if kind.active]) == 8
    assert (found["kompott"].way, found["skyddat-boende"].decision) == ("way_kompott", True)
    assert found["egen-bostadsko"].receiver == "housing_queue"
    kind_actions.switch_kind(by=cast.ada, kind=found["kompott"], active=False)
    assert kind_actions.load_start(by=cast.ada) == []
    assert TrackKind.objects.get(key="kompott").active is False


def test_a_way_of_the_citys_own_stands_in_for_one_of_the_same_name(cast: Cast) -> None:
    add(cast, name="Egen bostadskö")
    assert "egen-bostadsko" not in {kind.key for kind in kind_actions.load_start(by=None)}


def test_a_way_is_added_changed_and_switched(cast: Cast) -> None:
    kind = add(cast)
    assert (str(kind), last_event(Tag.TRACK_KIND_WRITTEN).refs[0].id) == ("Egen väg", str(kind.pk))
    changed = alter(cast, kind, name="Ny", key="ny", way="way_private")
    assert (changed.name, changed.key, changed.way, changed.version) == ("Ny", "ny", "way_private", 2)
    assert kind_actions.switch_kind(by=cast.ada, kind=kind, active=False).active is False
    assert len(events(Tag.TRACK_KIND_WRITTEN)) == 3
    with pytest.raises(StaleEdit):
        alter(cast, kind)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"name": " "}, "vad vägen heter"),
        ({"key": ""}, "nyckel"),
        ({"way": "x"}, "slag och mottagare"),
        ({"receiver": "x"}, "slag och mottagare"),
        ({"lease": "x"}, "Välj kontrakt"),
        ({"answer_days": 0}, "hur många dagar"),
        ({"key": "way-plain"}, "finns redan"),
        ({"name": "Vägen way-plain"}, "finns redan"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, more: dict[str, Any], message: str) -> None:
    make_kind()
    with pytest.raises(Refused, match=message):
        add(cast, **more)
    with pytest.raises(Refused, match=message):
        alter(cast, make_kind(key="annan"), **more)


def test_key_and_way_stand_once_it_has_been_tried(cast: Cast, need: HousingNeed) -> None:
    kind = make_kind()
    make_track(need, kind)
    for more in ({"key": "ny"}, {"way": "way_private"}):
        with pytest.raises(Refused, match="har prövats"):
            alter(cast, kind, **{"key": kind.key, **more})
    assert alter(cast, kind, key=kind.key, name="Nytt namn").name == "Nytt namn"


@pytest.mark.parametrize("who", ["alma", "cecilia", "hanna", "dag", "lo"])
def test_only_administrators_write(cast: Cast, who: str) -> None:
    user, kind = getattr(cast, who), make_kind()
    for act in (
        lambda: add(cast, by=user),
        lambda: alter(cast, kind, by=user),
        lambda: kind_actions.switch_kind(by=user, kind=kind, active=False),
        lambda: kind_actions.load_start(by=user),
    ):
        with pytest.raises(policy.Forbidden):
            act()


def test_the_list_is_empty_at_first_and_switches(signed_in: SignIn, cast: Cast) -> None:
    client = signed_in(cast.ada)
    assert "Inga vägar" in text(client.get("/boende/vagar/"))
    kind_actions.load_start(by=None)
    page = text(client.get("/boende/vagar/"))
    assert (page.count("Stäng av"), page.count("Slå på")) == (8, 3)
    kind = TrackKind.objects.get(key="kompott")
    assert "Vägen används inte längre." in text(
        client.post(f"/boende/vagar/{kind.pk}/anvands/", {"once": str(uuid4())}, follow=True)
    )
    send(client, f"/boende/vagar/{kind.pk}/anvands/", active="True")
    assert TrackKind.objects.get(key="kompott").active is True
    assert "Ladda om sidan" in text(client.post(f"/boende/vagar/{kind.pk}/anvands/", {}))


def test_a_hundred_ways_take_as_many_queries_as_one(signed_in: SignIn, cast: Cast) -> None:
    client, counts = signed_in(cast.ada), []
    for upto in (1, 100):
        for at in range(upto):
            make_kind(key=f"lang-{at}", name=f"Bostadsrättsföreningsförmedlingssamarbetet {at}")
        client.get("/boende/vagar/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/boende/vagar/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_way_is_written_on_its_pages(signed_in: SignIn, cast: Cast, need: HousingNeed) -> None:
    client, form = signed_in(cast.ada), {**FORM, "once": str(uuid4())}
    for _ in range(2):
        assert send(client, "/boende/vagar/ny/", **form).url == "/boende/vagar/"
    kind = TrackKind.objects.get()
    assert "Nyckeln eller namnet finns redan" in text(send(client, "/boende/vagar/ny/", **FORM))
    address = f"/boende/vagar/{kind.pk}/"
    assert "Egen väg" in text(client.get(address))
    send(client, address, **{**FORM, "called": "Ny väg", "version": 1})
    stale = text(send(client, address, **{**FORM, "called": "Min", "version": 1}))
    assert "Någon annan hann ändra" in stale
    assert "Ny väg" in stale
    make_track(need, kind)
    send(client, address, **{**FORM, "key": "annan", "version": 2})
    assert TrackKind.objects.get().key == "egen"
    assert client.get(f"/boende/vagar/{uuid4()}/").status_code == 404

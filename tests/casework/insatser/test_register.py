"""The register: written by administrators, read by those who work with insatser, filled at setup."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from audit import trail
from audit.tags import Tag
from casework import firstrun, policy
from casework.cases.insatser import register_actions, rules
from casework.cases.insatser.models import Actor, ActorWords, Offer
from casework.cases.rules import Refused
from casework.records import StaleEdit
from tests.casework.insatser.conftest import make_actor, make_offer
from tests.cast import Cast
from tests.fixtures import SignIn, events, last_event, send, text

WORDS = ActorWords(contact="Ring växeln", opening="Dagtid", note="Be om Nyx")


def add(cast: Cast, **more: Any) -> Actor:
    facts = {"by": cast.ada, "name": "Ny jour", "branch": "actor_private", "secrecy": "duty", "words": WORDS, **more}
    return register_actions.add_actor(**facts)


def alter(cast: Cast, actor: Actor, **more: Any) -> Actor:
    facts = {"by": cast.ada, "name": "Jouren", "branch": "own", "secrecy": "strong", "active": False, "words": WORDS}
    return register_actions.change_actor(actor=actor, **{**facts, "version": actor.version, **more})


def add_offer(cast: Cast, actor: Actor, **more: Any) -> Offer:
    facts = {"by": cast.ada, "name": "Samtal", "area": "area_health", "for_children": True, "needs_decision": False}
    return register_actions.add_offer(actor=actor, **{**facts, **more})


def alter_offer(cast: Cast, offer: Offer, **more: Any) -> Offer:
    facts = {"by": cast.ada, "name": "Vård", "area": "area_work", "for_children": False, "needs_decision": True}
    return register_actions.change_offer(offer=offer, **{**facts, "active": False, "version": offer.version, **more})


def test_an_actor_and_its_insatser_are_written(cast: Cast) -> None:
    actor = add(cast)
    assert (str(actor), actor.words.open(), rules.is_outside(actor)) == ("Ny jour", WORDS, True)
    assert last_event(Tag.ACTOR_WRITTEN).refs[0].id == str(actor.pk)
    changed = alter(cast, actor)
    assert (changed.name, changed.active, rules.is_outside(changed)) == ("Jouren", False, False)
    offer = add_offer(cast, changed)
    assert (str(offer), alter_offer(cast, offer).needs_decision) == ("Samtal", True)
    assert len(events(Tag.OFFER_WRITTEN)) == 2
    with pytest.raises(StaleEdit):
        alter(cast, actor)
    with pytest.raises(StaleEdit):
        alter_offer(cast, offer, version=1)


@pytest.mark.parametrize(
    ("more", "message"),
    [({"name": " "}, "vad aktören heter"), ({"branch": "x"}, "i listorna"), ({"secrecy": "x"}, "i listorna")],
)
def test_an_actor_that_cannot_be_is_refused(cast: Cast, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        add(cast, **more)
    with pytest.raises(Refused, match=message):
        alter(cast, make_actor("En"), **more)


def test_a_name_is_taken_once_and_an_offer_has_name_and_area(cast: Cast) -> None:
    actor = add(cast)
    other = make_actor("Annan")
    for again in (lambda: add(cast), lambda: alter(cast, other, name="Ny jour")):
        with pytest.raises(Refused, match="finns redan"):
            again()
    offer = add_offer(cast, actor)
    with pytest.raises(Refused, match="finns redan"):
        add_offer(cast, actor)
    for more, message in (({"name": " "}, "vad insatsen heter"), ({"area": "x"}, "Välj område")):
        with pytest.raises(Refused, match=message):
            add_offer(cast, other, **more)
        with pytest.raises(Refused, match=message):
            alter_offer(cast, offer, **more)
    with pytest.raises(IntegrityError), transaction.atomic(), trail.act(Tag.IMPORTED):
        Offer(actor=actor, name="Samtal", area="area_work").save()


@pytest.mark.parametrize("who", ["alma", "cecilia", "dag", "lo", "hanna"])
def test_only_administrators_write(cast: Cast, who: str) -> None:
    user, actor = getattr(cast, who), make_actor("En")
    offer = make_offer(actor)
    assert not rules.can_write_register(user)
    for act in (
        lambda: add(cast, by=user),
        lambda: alter(cast, actor, by=user),
        lambda: add_offer(cast, actor, by=user),
        lambda: alter_offer(cast, offer, by=user),
        lambda: register_actions.load_start(by=user),
    ):
        with pytest.raises(policy.Forbidden):
            act()


def test_the_start_set_is_laid_in_once_and_touches_nothing(cast: Cast) -> None:
    kept = make_actor("Region Skåne", secrecy="weak")
    for lay_in in firstrun.on_setup:
        lay_in()
    names = set(Actor.objects.values_list("name", flat=True))
    assert {"Kriscentrum Boende", "Barnahus Malmö", "Samtalsmottagningen", "MKB Fastighets AB", "Polisen"} <= names
    assert Actor.objects.get(pk=kept.pk).secrecy == "weak"
    assert not kept.offers.exists()
    assert rules.is_outside(Actor.objects.get(name="Samtalsmottagningen"))
    assert not rules.is_outside(Actor.objects.get(name="Kriscentrum Boende"))
    assert register_actions.load_start(by=cast.ada) == []
    assert all(actor.offers.exists() for actor in Actor.objects.exclude(pk=kept.pk))


def test_the_pages_of_the_register(signed_in: SignIn, cast: Cast) -> None:
    ada = signed_in(cast.ada)
    assert "Registret är tomt" in text(ada.get("/register/"))
    actor = {
        "called": "Ny jour",
        "branch": "actor_private",
        "secrecy": "duty",
        "contact": "Ring",
        "opening": "",
        "note": "",
    }
    form = {**actor, "once": str(uuid4())}
    for _ in range(2):
        assert send(ada, "/register/aktorer/ny/", **form).url == "/register/"
    made = Actor.objects.get()
    assert 'value="Ny jour"' in text(ada.get(f"/register/aktorer/{made.pk}/"))
    offer = {"called": "Samtal", "area": "area_work", "for_children": "on"}
    assert send(ada, f"/register/aktorer/{made.pk}/insats/", **offer).url == "/register/"
    place = f"/register/insatser/{Offer.objects.get().pk}/"
    assert 'value="Samtal"' in text(ada.get(place))
    assert send(ada, place, **offer, active="on", needs_decision="on", version="1").url == "/register/"
    stale = text(send(ada, place, **{**offer, "called": "Mitt"}, active="on", version="1"))
    assert "Någon annan hann ändra" in stale
    assert "finns redan" in text(send(ada, "/register/aktorer/ny/", **actor))
    page = text(signed_in(cast.alma).get("/register/"))
    for word in ("Ny jour", "Samtycke eller beslut behövs", "kräver beslut", "för barn", "Ring"):
        assert word in page
    assert "Lägg till en aktör" not in page
    assert last_event(Tag.REGISTER_READ).actor_id == str(cast.alma.pk)


@pytest.mark.parametrize("who", ["dag", "lo", "hanna"])
def test_others_do_not_read_it(signed_in: SignIn, cast: Cast, who: str) -> None:
    assert signed_in(getattr(cast, who)).get("/register/").status_code == 403


def test_what_is_not_in_the_register_is_not_there(signed_in: SignIn, cast: Cast) -> None:
    ada, nobody = signed_in(cast.ada), uuid4()
    for place in (f"aktorer/{nobody}/", f"aktorer/{nobody}/insats/", f"insatser/{nobody}/"):
        assert ada.get(f"/register/{place}").status_code == 404

"""An actor of our own, one outside, and shorthand for the acts with facts that cannot be mistaken."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.consents import actions as consents
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.insatser import actions, ground_actions, move_actions
from casework.cases.insatser.models import Actor, ActorWords, Insats, InsatsWords, Offer
from casework.cases.models import Case
from tests.cast import Cast

TODAY = timezone.localdate()
Note = Callable[..., Insats]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def make_actor(name: str, branch: str = "own", secrecy: str = "strong") -> Actor:
    actor = Actor(name=name, branch=branch, secrecy=secrecy, words=ActorWords(contact="Zyxvägen 9"))
    with trail.act(Tag.IMPORTED):
        actor.save()
    return actor


def make_offer(actor: Actor, name: str = "Samtal", **more: Any) -> Offer:
    offer = Offer(actor=actor, name=name, **{"area": "area_protection", "needs_decision": False, **more})
    with trail.act(Tag.IMPORTED):
        offer.save()
    return offer


@pytest.fixture
def own(cast: Cast) -> Actor:
    return make_actor("Eget boende")


@pytest.fixture
def outside(cast: Cast) -> Actor:
    return make_actor("Annan gren", "other_branch")


@pytest.fixture
def consent(cast: Cast, case: Case) -> Consent:
    return make_consent(cast, case)


def make_consent(cast: Cast, case: Case, **more: Any) -> Consent:
    words = ConsentWords(recipient="Qvarnen", purpose="Planera", contents="Att hon har stöd")
    days = {"given_on": TODAY, "until": TODAY + timedelta(days=30)}
    return consents.note_consent(
        by=cast.alma, case=case, **{"given_by": "person", "way": "oral", "words": words, **days, **more}
    )


def note(cast: Cast, case: Case, **more: Any) -> Insats:
    facts: dict[str, Any] = {
        "by": cast.alma, "child": None, "area": "area_housing", "actor": None, "offer": None,
        "responsible": cast.alma, "noted_on": ago(5), "review_on": None, "obstacle": "",
        "words": InsatsWords(need="Ett hem vid Wyxan"),
    }  # fmt: skip
    return actions.note_insats(case=case, **{**facts, **more})


def change(cast: Cast, insats: Insats, **more: Any) -> Insats:
    facts: dict[str, Any] = {
        "by": cast.alma, "area": "area_work", "actor": insats.actor, "offer": insats.offer,
        "responsible": cast.alma, "review_on": None, "obstacle": "obst_queue",
        "words": InsatsWords(need="Ett arbete", who_does_what="Vi ringer"), "version": insats.version,
    }  # fmt: skip
    return actions.change_insats(insats=insats, **{**facts, **more})


def ask(cast: Cast, insats: Insats, actor: Actor, consent: Consent | None = None, **more: Any) -> Insats:
    facts = {"by": cast.alma, "offer": None, "asked_on": TODAY, **more}
    return move_actions.ask_insats(insats=insats, actor=actor, consent=consent, **facts)


def rest(cast: Cast, insats: Insats, consent: Consent, **more: Any) -> Insats:
    facts = {"by": cast.alma, "legal_basis": "sol_11_5", **more}
    return ground_actions.rest_on_consent(insats=insats, consent=consent, **facts)


def decide(cast: Cast, insats: Insats, **more: Any) -> Insats:
    facts = {
        "by": cast.cecilia, "favourable": True, "legal_basis": "sol_11_1", "decided_on": TODAY,
        "contents": "Du får insatsen.", "motivation": "Behovet finns.", "delegation": "Punkt 4.2",
        "appeal": "Till förvaltningsrätten.",
    }  # fmt: skip
    return ground_actions.decide_insats(insats=insats, **{**facts, **more})


def order(cast: Cast, insats: Insats, **more: Any) -> Insats:
    return move_actions.order_insats(insats=insats, **{"by": cast.alma, "ordered_on": TODAY, **more})


def start(cast: Cast, insats: Insats, **more: Any) -> Insats:
    facts = {"by": cast.alma, "started_on": TODAY, "review_on": None, **more}
    return move_actions.start_insats(insats=insats, **facts)


def end(cast: Cast, insats: Insats, **more: Any) -> Insats:
    facts = {"by": cast.alma, "ended_on": TODAY, "outcome": "Det gick bra", **more}
    return move_actions.end_insats(insats=insats, **facts)


def decline(cast: Cast, insats: Insats, **more: Any) -> Insats:
    facts = {"by": cast.alma, "code": "by_person", "declined_on": TODAY, "why": "Hon vill inte", **more}
    return move_actions.decline_insats(insats=insats, **facts)


def give_up(cast: Cast, insats: Insats, **more: Any) -> Insats:
    facts = {"by": cast.alma, "obstacle": "obst_queue", "declined_on": TODAY, "why": "Ingen finns", **more}
    return move_actions.give_up_insats(insats=insats, **facts)


def try_again(cast: Cast, insats: Insats, **more: Any) -> Insats:
    return move_actions.try_again(insats=insats, **{"by": cast.alma, "why": "Läget är nytt", **more})


def close_case(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> Case:
    from casework.cases import actions as cases

    monkeypatch.setattr(cases, "on_closing", [])
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    return cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")


def later(insats: Insats) -> Insats:
    """The row as the database has it now, with its case as a page has it."""
    return Insats.objects.select_related("case__client", "actor", "offer", "consent__guardian").get(pk=insats.pk)

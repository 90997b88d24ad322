"""What the register's pages show. It is about no client; how a shelter is reached is sealed with the staff key."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from casework import policy
from casework.cases.insatser import rules
from casework.cases.insatser.models import Actor, ActorWords, Offer
from casework.collation import sort_key
from casework.crypto import fields


@dataclass(frozen=True)
class Card:
    """An actor as the register shows it."""

    actor: Actor
    words: ActorWords
    offers: list[Offer]

    @property
    def outside(self) -> bool:
        return rules.is_outside(self.actor)


def cards() -> list[Card]:
    """Every actor with its insatser, those in use first, in alphabetical order."""
    rows = list(Actor.objects.prefetch_related(Prefetch("offers", Offer.objects.order_by("name"))))
    rows.sort(key=lambda row: (not row.active, sort_key(row.name)))
    return [Card(row, row.words.open(), list(row.offers.all())) for row in fields.open_all(rows, "words")]


def actor_of(pk: UUID) -> Actor:
    """Raises NotFound."""
    actor = Actor.objects.filter(pk=pk).first()
    if actor is None:
        raise policy.NotFound("Aktören finns inte i registret.")
    return actor


def offer_of(pk: UUID) -> Offer:
    """Raises NotFound."""
    offer = Offer.objects.select_related("actor").filter(pk=pk).first()
    if offer is None:
        raise policy.NotFound("Insatsen finns inte i registret.")
    return offer


def begin_actor(actor: Actor) -> dict[str, Any]:
    """What the form for changes begins with."""
    words = actor.words.open()
    told = {name: getattr(words, name) for name in ("contact", "opening", "note")}
    kept = {name: getattr(actor, name) for name in ("branch", "secrecy", "active", "version")}
    return {"called": actor.name, **kept, **told}


def begin_offer(offer: Offer) -> dict[str, Any]:
    """What the form for changes begins with."""
    kept = {name: getattr(offer, name) for name in ("area", "for_children", "needs_decision", "active", "version")}
    return {"called": offer.name, **kept}

"""The register of those who give insatser, and what they give. Nothing in it is about a person."""

from django.db import IntegrityError, transaction

from audit import trail
from audit.tags import Tag
from casework.cases.insatser import rules
from casework.cases.insatser.models import Actor, ActorWords, Area, Offer
from casework.cases.insatser.start import ACTORS
from casework.cases.rules import Refused
from casework.records import StaffRecord
from casework.signin.models import User

TAKEN = "Namnet finns redan i registret. Välj ett annat, eller ändra det som finns."


def add_actor(*, by: User, name: str, branch: str, secrecy: str, words: ActorWords) -> Actor:
    """Adds an actor. Raises Forbidden, Refused (no name, a name that is taken, unknown codes)."""
    rules.check_can_write_register(by)
    with trail.act(Tag.ACTOR_WRITTEN, by=by) as event:
        actor = Actor(name=name, branch=branch, secrecy=secrecy, words=words)
        _check_actor(actor)
        _save(actor)
        event.touch(actor.ref())
        return actor


def change_actor(
    *, by: User, actor: Actor, name: str, branch: str, secrecy: str, active: bool, words: ActorWords, version: int
) -> Actor:
    """Writes over an actor. One that is no longer used (`active`) stays with the insatser it has given.

    Raises Forbidden, Refused (as add_actor), StaleEdit.
    """
    rules.check_can_write_register(by)
    with trail.act(Tag.ACTOR_WRITTEN, by=by, refs=[actor.ref()]):
        fresh = Actor.objects.select_for_update().get(pk=actor.pk)
        fresh.check_version(version)
        fresh.name, fresh.branch, fresh.secrecy = name, branch, secrecy
        fresh.active, fresh.words = active, words
        _check_actor(fresh)
        _save(fresh)
        return fresh


def add_offer(*, by: User, actor: Actor, name: str, area: str, for_children: bool, needs_decision: bool) -> Offer:
    """Adds an insats that an actor gives. Raises Forbidden, Refused (no name, a name that is taken, unknown area)."""
    rules.check_can_write_register(by)
    with trail.act(Tag.OFFER_WRITTEN, by=by, refs=[actor.ref()]) as event:
        offer = Offer(actor=actor, name=name, area=area, for_children=for_children, needs_decision=needs_decision)
        _check_offer(offer)
        _save(offer)
        event.touch(offer.ref())
        return offer


def change_offer(
    *,
    by: User,
    offer: Offer,
    name: str,
    area: str,
    for_children: bool,
    needs_decision: bool,
    active: bool,
    version: int,
) -> Offer:
    """Writes over an insats in the register. What is begun goes on as it was.

    Raises Forbidden, Refused (as add_offer), StaleEdit.
    """
    rules.check_can_write_register(by)
    with trail.act(Tag.OFFER_WRITTEN, by=by, refs=[offer.ref()]):
        fresh = Offer.objects.select_for_update().get(pk=offer.pk)
        fresh.check_version(version)
        fresh.name, fresh.area, fresh.active = name, area, active
        fresh.for_children, fresh.needs_decision = for_children, needs_decision
        _check_offer(fresh)
        _save(fresh)
        return fresh


def load_start(*, by: User | None) -> list[Actor]:
    """Adds the actors of the start set whose names are not in the register; `by` None is the program itself.

    An actor that is there stays as it is, with its insatser, also one that is no longer used. Raises Forbidden.
    """
    if by is not None:
        rules.check_can_write_register(by)
    taken = set(Actor.objects.values_list("name", flat=True))
    made = []
    for given in (given for given in ACTORS if given.name not in taken):
        with trail.act(Tag.ACTOR_WRITTEN, by=by) as event:
            actor = Actor(name=given.name, branch=given.branch, secrecy=given.secrecy, words=ActorWords())
            actor.save()
            event.touch(actor.ref())
            for name, area, for_children, needs_decision in given.offers:
                Offer(
                    actor=actor, name=name, area=area, for_children=for_children, needs_decision=needs_decision
                ).save()
            made.append(actor)
    return made


def _check_actor(actor: Actor) -> None:
    if not actor.name.strip():
        raise Refused("Skriv vad aktören heter.")
    if actor.branch not in Actor.Branch.values or actor.secrecy not in Actor.Secrecy.values:
        raise Refused("Välj verksamhet och sekretess i listorna.")


def _check_offer(offer: Offer) -> None:
    if not offer.name.strip():
        raise Refused("Skriv vad insatsen heter.")
    if offer.area not in Area.values:
        raise Refused("Välj område i listan.")


def _save(row: StaffRecord) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused(TAKEN) from None

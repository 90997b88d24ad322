"""A provider, children with guardians, and stays, for the tests of shelter."""

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases.consents import actions as consents
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.insatser.models import Actor, ActorWords
from casework.cases.models import Case
from casework.clients.children import actions as children
from casework.clients.children import guardian_actions
from casework.clients.children.models import Child, Guardian, GuardianWords
from casework.clients.models import Identity
from casework.crypto.personnummer import luhn
from housing.shelter import actions
from housing.shelter.models import ShelterStay, StayPlace, StayWords
from tests.cast import Cast

TODAY = timezone.localdate()
WORDS = StayWords(contents="Bifall till skyddat boende", motivation="Hotet består", visitation="")
PLACE = StayPlace(unit="Xylofonen", address="Quintgatan 7", note="Port Wexa")


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def provider(name: str = "Zibbojouren", **more: Any) -> Actor:
    with trail.act(Tag.IMPORTED):
        facts = {"branch": "actor_private", "secrecy": "duty", "words": ActorWords(), **more}
        return Actor.objects.filter(name=name).first() or _saved(Actor(name=name, **facts))


def _saved(row: Any) -> Any:
    row.save()
    return row


def number_of(born: date) -> str:
    base = f"{born:%Y%m%d}980"
    return base + str(luhn(base[2:]))


def child_of(cast: Cast, case: Case, born: date | None = None, alias: str = "äldsta barnet") -> Child:
    """Eight years old, unless a day is told."""
    who = Identity(given_name="Qvirina", number=number_of(born or day(-8 * 366)), number_kind="personnummer")
    child = children.add_child(by=cast.alma, case=case, identity=who, alias=alias, lives_with=True)
    child.case = case
    return child


def guard(cast: Cast, child: Child, **more: Any) -> Guardian:
    """Another guardian, who may consent; the person herself with is_case_person=True."""
    facts = {"basis": "custody_joint", "valid_from": day(-900), "may_consent": True, **more}
    return guardian_actions.set_guardian(by=cast.alma, child=child, words=GuardianWords(name="Plyx"), **facts)


def agree(cast: Cast, guardian: Guardian) -> Consent:
    told = ConsentWords(recipient="Boendet", purpose="Skyddat boende", contents="Att barnet följer med")
    return consents.note_consent(
        by=cast.alma, case=guardian.child.case, given_by="guardian", child=guardian.child, guardian=guardian,
        way="written", given_on=TODAY, until=day(90), words=told,
    )  # fmt: skip


def family(cast: Cast, case: Case, *, agreed: bool = False, alias: str = "äldsta barnet") -> Child:
    """A child with two guardians: the person in the case, and one who has consented or has not."""
    child = child_of(cast, case, alias=alias)
    guard(cast, child, is_case_person=True)
    other = guard(cast, child)
    if agreed:
        agree(cast, other)
    return child


def decide(cast: Cast, case: Case, **more: Any) -> ShelterStay:
    facts = {"by": cast.cecilia, "provider": provider(), "ground": "adult", "decided_on": day(-40), "words": WORDS}
    return actions.decide_stay(case=case, **{**facts, **more})


def adult(cast: Cast, case: Case, **more: Any) -> ShelterStay:
    """The person's own stay, begun a month ago."""
    return start(cast, decide(cast, case, **more))


def start(cast: Cast, stay: ShelterStay, days: int = -30, **more: Any) -> ShelterStay:
    return actions.start_stay(**{"by": cast.alma, "stay": stay, "started_on": day(days), **more})


def childs(cast: Cast, hers: ShelterStay, child: Child, ground: str, days: int = -3, **more: Any) -> ShelterStay:
    """A child's stay, decided three days ago."""
    more = {"decided_on": day(days), **more}
    return decide(cast, hers.case, child=child, adult_stay=hers, ground=ground, **more)


def close(cast: Cast, case: Case) -> Case:
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    return cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")


def force(row: Any, **values: Any) -> None:
    """Writes past the program, as a constraint has to withstand."""
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(f"{name} = %s" for name in values)
        key = row.pk.hex if connection.vendor == "sqlite" else row.pk
        cursor.execute(f"UPDATE {row._meta.db_table} SET {names} WHERE id = %s", [*values.values(), key])

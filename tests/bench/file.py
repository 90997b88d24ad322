"""A case whose file is full: children, insatser, consents and hundreds of notes."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.access.models import AccessGrant
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.insatser.models import Actor, Insats, InsatsWords
from casework.cases.models import Case, JournalNote
from casework.clients.children.models import Child, ChildWords
from casework.clients.models import Client, Identity
from casework.crypto import keyring
from casework.demo import many
from casework.signin.models import User
from tests.bench.desk import Desk
from tests.bench.measure import Line, interleaved
from tests.bench.pages import queries
from tests.bench.world import World

CHILDREN, INSATSER, CONSENTS, NOTES = 3, 12, 5, 300


def full_file(world: World, rounds: int) -> list[Line]:
    """The page of a case of its own: the others are compared with their plain twins."""
    grants = AccessGrant.objects.filter(user=world.reader).select_related("case").order_by("-case__number")
    case = grants[1].case
    fill(case, world.reader)
    desk, path = Desk(world.reader), reverse("case", args=[case.number])
    took = interleaved(rounds, {"page": lambda: desk.get(path)})
    return [
        Line(f"case page with {NOTES} notes and a full file", took["page"], None, 60),
        Line("case page with a full file, queries", queries(lambda: desk.get(path)), None, 25, unit="queries"),
    ]


def fill(case: Case, by: User) -> None:
    """What the file of one case holds, through trail's bulk door."""
    with keyring.scope(), trail.bulk(Tag.SEEDED):
        children = [_child(case, at) for at in range(CHILDREN)]
        consents = [_consent(case, by) for _ in range(CONSENTS)]
        Consent.objects.bulk_create(consents)
        actor = Actor(name="Påhittad mottagning", branch=Actor.Branch.OWN, secrecy=Actor.Secrecy.STRONG)
        actor.save()
        Insats.objects.bulk_create(_insats(case, by, actor, at, children, consents) for at in range(INSATSER))
        JournalNote.objects.bulk_create(many._note(case, by, at + 10) for at in range(NOTES))


def _child(case: Case, at: int) -> Child:
    client = Client()
    keyring.create_key(keyring.Purpose.CLIENT, client.pk)
    client.identity = Identity(given_name="Påhittat", family_name=f"Barn{at}")
    client.save()
    child = Child(case=case, client=client, words=ChildWords(alias=f"barn {at + 1}"))
    child.save()
    return child


def _consent(case: Case, by: User) -> Consent:
    today = timezone.localdate()
    words = ConsentWords(recipient="Skolan", purpose="Trygg skolgång", contents="Att uppgifterna är skyddade")
    return Consent(
        case=case,
        client_id=case.client_id,
        given_by=Consent.GivenBy.PERSON,
        way=Consent.Way.WRITTEN,
        given_on=today,
        until=today + timedelta(days=90),
        noted_by=by,
        words=words,
    )


def _insats(case: Case, by: User, actor: Actor, at: int, children: list[Child], consents: list[Consent]) -> Insats:
    """One in four for a child, the others resting on a consent and going on."""
    child = children[at % CHILDREN] if at % 4 == 0 else None
    facts: dict[str, Any] = {"child": child, "client_id": child.client_id} if child else {"client_id": case.client_id}
    if child is None:
        facts |= {"state": Insats.State.STARTED, "started_on": timezone.localdate(), "ground": Insats.Ground.CONSENT}
        facts |= {"consent": consents[at % CONSENTS]}
    words = InsatsWords(need="En egen bostad i lugn miljö", who_does_what="Kontaktpersonen ringer varje vecka")
    return Insats(case=case, area="area_housing", actor=actor, responsible=by, words=words, **facts)

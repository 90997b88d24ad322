"""What can be noted of a child. She is a client of her own: her words lie under her own key."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.clients.actions import keep_with_own_key
from casework.clients.children import rules
from casework.clients.children.models import Child, ChildPlaces, ChildTalk, ChildWords, TalkWords
from casework.clients.models import Client, Identity
from casework.signin.models import User

AHEAD = "Dagen har inte kommit än. Välj i dag eller en tidigare dag."


def add_child(*, by: User, case: Case, identity: Identity, alias: str, lives_with: bool) -> Child:
    """Makes the child a client with a key of her own, in the same act. Raises Forbidden, Refused (closed, no alias)."""
    rules.check_can_write(by, case)
    if not alias.strip():
        raise Refused("Skriv hur ni talar om barnet, till exempel ”äldsta barnet”.")
    with trail.act(Tag.CHILD_ADDED, by=by, refs=[case.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        client = Client(pseudonymous=not (identity.name or identity.number))
        keep_with_own_key(client, identity)
        known = rules.born_on(identity.number) is not None
        child = Child(case=fresh, client=client, lives_with=lives_with, born_on_known=known)
        child.words = ChildWords(alias=alias)
        child.save()
        event.touch(client.ref())
        event.touch(child.ref())
        return child


def change_child(*, by: User, child: Child, words: ChildWords, version: int) -> Child:
    """Replaces the alias, the needs, goals and strengths. Raises Forbidden, Refused, StaleEdit."""
    if not words.alias.strip():
        raise Refused("Skriv hur ni talar om barnet, till exempel ”äldsta barnet”.")
    return _change(by, Tag.CHILD_CHANGED, child, version, words=words)


def change_places(*, by: User, child: Child, places: ChildPlaces, version: int) -> Child:
    """Replaces where the child goes by day. Raises Forbidden, Refused, StaleEdit."""
    return _change(by, Tag.CHILD_CHANGED, child, version, places=places)


def leave_household(*, by: User, child: Child, left_on: date) -> Child:
    """The child does not belong to the household any more. Raises Forbidden, Refused (closed, left, a day ahead)."""
    check_passed(left_on)
    with locked(by, Tag.CHILD_LEFT, child) as fresh:
        if fresh.left_on is not None:
            raise Refused(f"Barnet lämnade hushållet redan {fresh.left_on}.")
        fresh.left_on, fresh.lives_with = left_on, False
        fresh.version += 1
        fresh.save()
        return fresh


def note_talk(*, by: User, child: Child, talked_on: date, held: bool, words: TalkWords) -> ChildTalk:
    """Notes what the child said, or why nobody has talked with her (barnkonventionen art. 12).

    Raises Forbidden, Refused (closed, a day ahead, nothing said, no reason).
    """
    check_passed(talked_on)
    if held and not words.said.strip():
        raise Refused("Skriv vad barnet sa.")
    if not held and not words.why_not.strip():
        raise Refused("Skriv varför samtalet inte blev av.")
    with locked(by, Tag.CHILD_TALKED, child) as fresh:
        talk = ChildTalk(**belongs(fresh), talked_on=talked_on, held=held, by=by, words=words)
        talk.save()
        return talk


def belongs(child: Child) -> dict[str, Any]:
    """The owners of a row about the child: sealed with her key, reached through the adult's case."""
    return {"child": child, "case": child.case, "client_id": child.client_id}


def check_passed(day: date) -> None:
    if day > timezone.localdate():
        raise Refused(AHEAD)


@contextmanager
def locked(by: User, tag: Tag, child: Child) -> Iterator[Child]:
    """One act about a child: the case is locked first, then the child. Raises Forbidden, Refused (closed)."""
    rules.check_can_write(by, child.case)
    with trail.act(tag, by=by, refs=[child.case.ref(), child.ref()]):
        case = Case.objects.select_for_update().get(pk=child.case_id)
        check_open(case)
        fresh = Child.objects.select_for_update().get(pk=child.pk)
        fresh.case = case
        yield fresh


def _change(by: User, tag: Tag, child: Child, version: int, **values: Any) -> Child:
    with locked(by, tag, child) as fresh:
        fresh.check_version(version)
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.save()
        return fresh

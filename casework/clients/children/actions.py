"""What can be noted of a child. She is a client of her own: her words lie under her own key."""

from datetime import date
from typing import Any

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.clients.children import rules
from casework.clients.children.models import Child, ChildPlaces, ChildTalk, ChildWords, TalkWords
from casework.clients.children.writing import belongs, check_passed, locked
from casework.clients.keeping import keep_with_own_key, put_identity
from casework.clients.models import Client, Identity
from casework.signin.models import User


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


def change_child(*, by: User, child: Child, words: ChildWords, in_shelter: bool, version: int) -> Child:
    """Replaces the alias, the needs, goals and strengths, and whether the child has been in a shelter.

    Raises Forbidden, Refused, StaleEdit. Source: SoL (2025:400) 16:2 (the file of a child in a shelter is kept).
    """
    if not words.alias.strip():
        raise Refused("Skriv hur ni talar om barnet, till exempel ”äldsta barnet”.")
    return _change(by, Tag.CHILD_CHANGED, child, version, words=words, in_shelter=in_shelter)


def change_identity(*, by: User, child: Child, identity: Identity, version: int) -> Child:
    """Fills in or rights the child's name and number. A new identity is replace_identity (clients/protection).

    `version` is that of the child's client. Raises Forbidden, Refused (closed case), StaleEdit.
    """
    with locked(by, Tag.IDENTITY_CHANGED, child) as fresh:
        client = Client.objects.select_for_update().get(pk=fresh.client_id)
        client.check_version(version)
        put_identity(client, identity)
        client.save()
        fresh.born_on_known = rules.born_on(identity.number) is not None
        fresh.save()
        return fresh


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


def _change(by: User, tag: Tag, child: Child, version: int, **values: Any) -> Child:
    with locked(by, tag, child) as fresh:
        fresh.check_version(version)
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.save()
        return fresh

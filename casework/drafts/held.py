"""A form that arrived when the session was locked or over. It is kept sealed and offered after sign-in."""

from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from casework.drafts import store
from casework.signin.models import User


@dataclass(frozen=True)
class Held:
    pk: UUID
    path: str
    fields: list[tuple[str, list[str]]]


def hold(user: User, path: str, post: QueryDict) -> None:
    """Keeps one form for `user`, over an earlier one. Too long a text is not kept (the page then still has it).

    A form without a token (a search, a reveal) writes nothing, so nothing is lost with it.
    """
    if "once" not in post:
        return
    try:
        store.save(user=user, slot=store.HELD, path=path, post=post)
    except store.TooLong:
        return


def waiting(user: User) -> Held | None:
    """The kept form. It stays until it has been sent again or thrown away."""
    draft = store.find(user, store.HELD)
    if draft is None:
        return None
    content = draft.content.open()
    return Held(draft.pk, content.path, list((content.fields or {}).items()))


def sent(user: User, path: str) -> None:
    """A form has been carried out at `path`. If it was the kept one it goes; one for elsewhere stays."""
    draft = store.find(user, store.HELD)
    if draft is not None and draft.content.open().path.partition("?")[0] == path:
        store.drop(user, store.HELD)


def is_waiting(user: User) -> bool:
    return store.find(user, store.HELD) is not None

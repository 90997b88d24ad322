"""A form that arrived when the session was locked or over. It is kept sealed and offered after sign-in."""

from django.http import QueryDict

from casework.drafts import store
from casework.drafts.models import Draft
from casework.signin.models import User

SLOT = "held"


def hold(user: User, path: str, post: QueryDict) -> None:
    """Keeps one form for `user`, over an earlier one. Too long a text is not kept (the page then still has it)."""
    try:
        store.save(user=user, slot=SLOT, path=path, post=post)
    except store.TooLong:
        return


def waiting(user: User) -> bool:
    return store.find(user, SLOT) is not None


def take(user: User) -> tuple[str, QueryDict] | None:
    """The kept form, (path, fields), which is then forgotten; None when there is none."""
    draft = store.find(user, SLOT)
    if draft is None:
        return None
    path, data = draft.content.open().path, store.fields_of(draft)
    Draft.objects.filter(pk=draft.pk).delete()
    return path, data or QueryDict()

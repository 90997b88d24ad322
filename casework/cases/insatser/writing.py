"""What every act about an insats begins and ends with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from audit import trail
from audit.tags import Tag
from casework.cases.consents.models import Consent
from casework.cases.insatser import rules
from casework.cases.insatser.models import Insats
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.signin.models import User
from casework.state import TransitionNotAllowed


@contextmanager
def locked(
    by: User, tag: Tag, insats: Insats, *, check: Callable[[User, Insats], None] = rules.check_can_write, why: str = ""
) -> Iterator[Insats]:
    """One act about an insats, saved at its end: the case is locked first, then the insats. Raises as `check`."""
    check(by, insats)
    refs = [insats.case.ref(), insats.ref()]
    with trail.act(tag, by=by, refs=refs, reason=why, owner=insats.client_id):
        case = Case.objects.select_for_update(of=("self",)).select_related("client").get(pk=insats.case_id)
        rows = Insats.objects.select_related("actor", "offer", "consent__guardian").select_for_update(of=("self",))
        fresh = rows.get(pk=insats.pk)
        fresh.case = case
        check(by, fresh)
        version = fresh.version
        yield fresh
        # An act that has been given the version it saw has counted it up already.
        if fresh.version == version:
            fresh.version += 1
        fresh.save()


def move(insats: Insats, name: str) -> None:
    """Takes the step, or raises Refused when the state does not allow it."""
    try:
        getattr(insats, name)()
    except TransitionNotAllowed:
        raise Refused(f"Det går inte nu: insatsens läge är ”{insats.get_state_display()}”.") from None


def usable(insats: Insats, consent: Consent) -> Consent:
    """The consent as it is now. Raises Refused unless it is about the same one in the same case, and in force."""
    rows = Consent.objects.select_related("guardian").filter(case=insats.case_id, client=insats.client_id)
    fresh = rows.filter(pk=consent.pk).first()
    if fresh is None:
        raise Refused("Samtycket gäller någon annan. Välj ett av samtyckena i listan.")
    if not fresh.in_force():
        raise Refused("Samtycket gäller inte i dag. Be om ett nytt.")
    return fresh

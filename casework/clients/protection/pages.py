"""The page of a person's protection, and the page of what is left of an earlier identity."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from casework.acting import user_of
from casework.cases.models import Case
from casework.cases.pages import case_form
from casework.clients.protection import readers, rules
from casework.clients.protection.forms import CheckForm, DecideForm, ProposeForm
from casework.clients.protection.handling import handling_of
from casework.clients.protection.models import HitState, IdentityChange
from casework.clients.protection.readers import Line
from casework.signin.models import User


def protection_page(request: HttpRequest, case: Case, form: CheckForm) -> HttpResponse:
    user, handling = user_of(request), handling_of(case.client)
    current, ended = readers.marks(case)
    more = {
        "handling": handling,
        "ways": readers.ways(frozenset() if handling.unclear else handling.channels),
        "current": current,
        "ended": ended,
        "change": readers.change_of(case),
        "may_write": rules.can_look_after(user, case),
        "may_mask": rules.can_mask(user, case),
    }
    return case_form(request, case, form, "Skydd", "", template="casework/protection/protection.html", **more)


def masking_page(
    request: HttpRequest, change: IdentityChange, sent: Any = None, at: UUID | None = None
) -> HttpResponse:
    """`sent` is the form that came back with something to put right, of the hit `at`."""
    user, number = user_of(request), request.GET.get("page", "")
    page = readers.hits(change, number)
    lines = [line for row in page.object_list for line in row.lines]
    for line in lines:
        if line.undecided:
            _put_forms(user, line, sent if line.hit.pk == at else None)
    done, every = readers.progress(change)
    more = {
        "change": change,
        "page": page,
        "done": done,
        "every": every,
        "may_finish": rules.can_finish(user, change),
        "placed": any(line.hit.pk == at and line.undecided for line in lines),
    }
    template = "casework/protection/masking.html"
    return case_form(request, change.case, sent or CheckForm(), "Maskering", "", template=template, **more)


def _put_forms(user: User, line: Line, sent: Any) -> None:
    hit = line.hit
    if hit.state == HitState.PROPOSED and hit.proposed_by_id != user.pk:
        line.decide = DecideForm.at(hit, changed=line.changed and hit.mask)
    line.propose = ProposeForm.at(hit)
    if isinstance(sent, DecideForm):
        line.decide = sent
    elif sent is not None:
        line.propose = sent

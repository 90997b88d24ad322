"""What every act about a child begins with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.clients.children import rules
from casework.clients.children.models import Child
from casework.signin.models import User

AHEAD = "Dagen har inte kommit än. Välj i dag eller en tidigare dag."


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

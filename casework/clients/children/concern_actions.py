"""Reports of concern for a child, and what was done about them (SoL (2025:400) 19:1, 20:1-6)."""

from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from audit.tags import Tag
from casework.cases.rules import Refused
from casework.clients.children.models import Child, ConcernReport, ConcernWords
from casework.clients.children.writing import belongs, check_passed, locked
from casework.signin.models import User
from casework.state import TransitionNotAllowed

MOVES = {
    "assess": "Anteckna skyddsbedömningen",
    "open_inquiry": "Inled utredning",
    "leave": "Inled inte utredning",
    "close": "Avsluta utredningen",
}


def note_concern(*, by: User, child: Child, direction: str, at: datetime, about: str) -> ConcernReport:
    """Notes a report, made or received. Raises Forbidden, Refused (closed case, a time ahead)."""
    if at > timezone.now():
        raise Refused("Tiden har inte kommit än. Välj när anmälan gjordes.")
    with locked(by, Tag.CONCERN_NOTED, child) as fresh:
        report = ConcernReport(**belongs(fresh), direction=direction, at=at, words=ConcernWords(about=about))
        report.save()
        return report


def move_concern(*, by: User, concern: ConcernReport, name: str, text: str) -> ConcernReport:
    """Takes a report to its next state, with the words for it. Raises Forbidden, Refused (closed, not from here)."""
    if name not in MOVES:
        raise Refused("Välj något av det som går att göra med anmälan.")
    with locked(by, Tag.CONCERN_MOVED, concern.child):
        fresh = _fresh(concern)
        words = fresh.words.open()
        try:
            getattr(fresh, name)()
        except TransitionNotAllowed:
            raise Refused(f"Det går inte nu: anmälan är ”{fresh.get_state_display().lower()}”.") from None
        fresh.words = replace(words, assessment=text) if name == "assess" else replace(words, outcome=text)
        fresh.version += 1
        fresh.save()
        return fresh


def change_concern(
    *, by: User, concern: ConcernReport, told_on: date | None, extended_to: date | None, version: int
) -> ConcernReport:
    """Notes when the reporter was answered and how long the inquiry may take. Raises Forbidden, Refused, StaleEdit."""
    with locked(by, Tag.CONCERN_MOVED, concern.child):
        fresh = _fresh(concern)
        fresh.check_version(version)
        if fresh.decided_on is None:
            raise Refused("Anteckna beslutet om utredning först.")
        if told_on is not None:
            check_passed(told_on)
        if any(day is not None and day < fresh.decided_on for day in (told_on, extended_to)):
            raise Refused(f"Beslutet togs {fresh.decided_on}. Välj den dagen eller en senare.")
        fresh.told_on, fresh.extended_to = told_on, extended_to
        fresh.save()
        return fresh


def _fresh(concern: ConcernReport) -> ConcernReport:
    rows = ConcernReport.objects.select_related("case").select_for_update(of=("self",))
    return rows.get(pk=concern.pk)

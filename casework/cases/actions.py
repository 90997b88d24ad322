"""The course of a case, from intake to closure. Every act is one transaction and one event."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases import naming, rules
from casework.cases.models import Case, Narrative
from casework.cases.rules import Refused, check_open
from casework.clients.models import Client
from casework.policy import Permission
from casework.signin.models import Section, User
from casework.state import TransitionNotAllowed

# Rooms above casework end what hangs on a case here (their AppConfig.ready): called within the closing act.
on_closing: list[Callable[..., None]] = []


def open_intake(
    *,
    by: User,
    client: Client,
    section: Section,
    referral_source: str,
    legal_basis: str,
    taken_in_on: date,
    first_contact_on: date | None,
    narrative: Narrative,
) -> Case:
    """Opens a case in state intake, with a number and a pseudonym made by the program. Raises Forbidden."""
    policy.check_may(by, Permission.INTAKE)
    if not by.led_sections.filter(pk=section.pk).exists():
        raise policy.Forbidden("Du leder inte den sektionen.")
    with trail.act(Tag.CASE_INTAKE, by=by, refs=[client.ref()]) as event:
        case = Case(
            number=naming.new_number(),
            pseudonym=naming.new_pseudonym(),
            client=client,
            section=section,
            referral_source=referral_source,
            legal_basis=legal_basis,
            taken_in_on=taken_in_on,
            first_contact_on=first_contact_on,
            narrative=narrative,
        )
        case.save()
        event.touch(case.ref())
        return case


def change_narrative(*, by: User, case: Case, narrative: Narrative, legal_basis: str, version: int) -> Case:
    """Replaces what the case is about. Raises StaleEdit when someone saved in between, Refused when it is closed."""
    policy.check_case(by, case, Permission.CASE_CHANGE)
    with trail.act(Tag.CASE_CHANGED, by=by, refs=[case.ref()]):
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        fresh.check_version(version)
        fresh.narrative = narrative
        fresh.legal_basis = legal_basis
        fresh.save()
        return fresh


def begin_support(*, by: User, case: Case) -> Case:
    """Intake becomes an open case when a contact person has accepted; an open case stays as it is."""
    if case.state != Case.State.INTAKE:
        return case
    with trail.act(Tag.CASE_OPENED, by=by, refs=[case.ref()]):
        case.open()
        case.save()
        return case


def move_case(*, by: User, case: Case, name: str, reason: str) -> Case:
    """Lets a case rest, resume, begin to close, go on, or open again (rules.MOVES). Raises Refused, Forbidden."""
    rules.check_can_move(by, case, name)
    return _move(by, case, rules.MOVES[name].tag, lambda fresh: getattr(fresh, name)(), reason)


def close_case(*, by: User, case: Case, closure_reason: str, note: str) -> Case:
    """Closes a case, ends every assignment and shuts every door to it. Raises Refused, Forbidden."""
    rules.check_can_close(by, case)

    def finish(fresh: Case) -> None:
        fresh.close(reason=closure_reason)
        fresh.narrative = replace(fresh.narrative.open(), closure_note=note)

    return _move(by, case, Tag.CASE_CLOSED, finish, note, reason_code=closure_reason)


def _move(by: User, case: Case, tag: Tag, change: Callable[[Case], None], reason: str, reason_code: str = "") -> Case:
    if not reason.strip():
        raise Refused("Skriv varför.")
    with trail.act(tag, by=by, refs=[case.ref()], reason_code=reason_code, reason=reason, owner=case.client_id):
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        try:
            change(fresh)
        except TransitionNotAllowed:
            raise Refused(f"Någon annan hann före. Ärendets läge är nu ”{fresh.get_state_display()}”.") from None
        if fresh.closed:
            for end in on_closing:
                end(by=by, case=fresh)
        fresh.version += 1
        fresh.save()
        return fresh

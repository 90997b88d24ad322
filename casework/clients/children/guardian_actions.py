"""Guardians one by one, with what each may be told and decide; and the contact that was decided or agreed on."""

from datetime import date
from typing import Any

from audit.tags import Tag
from casework.cases.rules import Refused
from casework.clients.children.models import Child, Guardian, GuardianWords, Visitation, VisitationWords
from casework.clients.children.writing import belongs, check_passed, locked
from casework.signin.models import User


def set_guardian(
    *,
    by: User,
    child: Child,
    basis: str,
    valid_from: date,
    words: GuardianWords,
    is_case_person: bool = False,
    may_receive_location: bool = False,
    may_consent: bool = False,
) -> Guardian:
    """Notes a guardian. Without a word about it she may neither know where the child is nor consent (OSL 26:2, 12:3).

    Raises Forbidden, Refused (closed case, a day ahead).
    """
    check_passed(valid_from)
    with locked(by, Tag.GUARDIAN_SET, child) as fresh:
        guardian = Guardian(
            **belongs(fresh),
            basis=basis,
            valid_from=valid_from,
            words=words,
            is_case_person=is_case_person,
            may_receive_location=may_receive_location,
            may_consent=may_consent,
        )
        guardian.save()
        return guardian


def change_guardian(
    *, by: User, guardian: Guardian, may_receive_location: bool, may_consent: bool, version: int
) -> Guardian:
    """Changes what a guardian may. Raises Forbidden, Refused (closed case, ended), StaleEdit."""
    with locked(by, Tag.GUARDIAN_CHANGED, guardian.child):
        fresh = _unended(Guardian, guardian)
        fresh.check_version(version)
        fresh.may_receive_location, fresh.may_consent = may_receive_location, may_consent
        fresh.save()
        return fresh


def end_guardian(*, by: User, guardian: Guardian, ended_on: date) -> Guardian:
    """Her time as guardian has ended, and her rights with it. Raises Forbidden, Refused."""
    return _end(by, Tag.GUARDIAN_ENDED, Guardian, guardian, ended_on)


def set_visitation(
    *, by: User, child: Child, basis: str, valid_from: date, review_on: date | None, words: VisitationWords
) -> Visitation:
    """Notes contact that is decided or agreed on, with its risks. Raises Forbidden, Refused (closed, days)."""
    if review_on is not None and review_on < valid_from:
        raise Refused("Uppföljningen ska ligga efter dagen då umgänget började gälla.")
    with locked(by, Tag.VISITATION_SET, child) as fresh:
        row = Visitation(**belongs(fresh), basis=basis, valid_from=valid_from, review_on=review_on, words=words)
        row.save()
        return row


def end_visitation(*, by: User, visitation: Visitation, ended_on: date) -> Visitation:
    """The decision or the agreement does not hold any more. Raises Forbidden, Refused."""
    return _end(by, Tag.VISITATION_ENDED, Visitation, visitation, ended_on)


def _end(by: User, tag: Tag, model: Any, row: Any, ended_on: date) -> Any:
    check_passed(ended_on)
    with locked(by, tag, row.child):
        fresh = _unended(model, row)
        if ended_on < fresh.valid_from:
            raise Refused(f"Det började gälla {fresh.valid_from}. Det kan inte ha upphört före den dagen.")
        fresh.ended_on = ended_on
        fresh.version += 1
        fresh.save()
        return fresh


def _unended(model: Any, row: Any) -> Any:
    fresh = model.objects.select_related("case").select_for_update(of=("self",)).get(pk=row.pk)
    if fresh.ended_on is not None:
        raise Refused(f"Det är redan avslutat: det upphörde {fresh.ended_on}.")
    return fresh

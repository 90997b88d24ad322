"""What is noted while somebody lives in a home: a waiver, steps, visits, alarms, and whether she still lives there."""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from audit.tags import Tag
from casework.cases.rules import Refused
from casework.signin.models import User
from housing.tenancies import rules
from housing.tenancies.models import (
    AlarmWords,
    TakeoverStep,
    Tenancy,
    TenancyAlarm,
    TenancyCheck,
    TenancyVisit,
    VisitWords,
)
from housing.tenancies.writing import locked


def note_waiver(
    *,
    by: User,
    tenancy: Tenancy,
    document: str,
    on: date,
    approval: str,
    approved_on: date | None,
    until: date | None,
    has_spouse: bool,
    spouse_on: date | None,
    version: int,
) -> Tenancy:
    """Notes, or writes over, that she abstains from the right to stay; whether it holds yet is for `tenure` to say.

    Raises Forbidden, Refused (closed case, ended, her own lease, no document, days in disorder), StaleEdit.
    """
    with locked(by, Tag.TENANCY_WRITTEN, tenancy, check=rules.check_can_waive) as fresh:
        fresh.check_version(version)
        accepted = spouse_on if has_spouse else None
        rules.check_waiver(
            document=document, on=on, approval=approval, approved_on=approved_on, until=until, spouse_on=accepted
        )
        fresh.waiver_on, fresh.waiver_approval = on, approval
        fresh.waiver_approved_on, fresh.waiver_until = approved_on, until
        fresh.has_spouse, fresh.spouse_accepted_on = has_spouse, accepted
        fresh.words = replace(fresh.words.open(), waiver=document)
        return fresh


def do_step(*, by: User, tenancy: Tenancy, step: str, on: date) -> TakeoverStep:
    """Notes that a step towards her own lease is done. Once for each step.

    Raises Forbidden, Refused (closed case, ended, taken over, an unknown step, noted already, a day ahead).
    """
    with locked(by, Tag.TENANCY_STEP_DONE, tenancy, check=rules.check_can_keep) as fresh:
        rules.check_before_takeover(fresh)
        if step not in rules.Step.values:
            raise Refused("Välj ett av stegen i listan.")
        rules.check_passed(on)
        if fresh.takeover_steps.filter(step=step).exists():
            raise Refused("Steget är redan antecknat. Ladda om sidan för att se det.")
        row = TakeoverStep(tenancy=fresh, client_id=fresh.client_id, step=step, done_on=on, by=by)
        row.save()
        return row


def visit(*, by: User, tenancy: Tenancy, on: date, text: str, next_on: date | None) -> TenancyVisit:
    """Notes a visit of supervision and when the next is to be. It never changes afterwards.

    Raises Forbidden, Refused (closed case, ended, nothing told, a day ahead or before the lease, a next one not later).
    """
    with locked(by, Tag.TENANCY_VISITED, tenancy, check=rules.check_can_keep) as fresh:
        rules.check_passed(on)
        if on < fresh.starts_on:
            raise Refused(f"Kontraktet började {fresh.starts_on}. Välj den dagen eller en senare.")
        if not text.strip():
            raise Refused("Skriv vad ni såg och kom överens om.")
        rules.check_next_visit(on, next_on)
        fresh.next_visit_on = next_on
        row = TenancyVisit(tenancy=fresh, client_id=fresh.client_id, visited_on=on, by=by, words=VisitWords(text=text))
        row.save()
        return row


def raise_alarm(*, by: User, tenancy: Tenancy, kind: str, came_on: date, text: str) -> TenancyAlarm:
    """Notes something that threatens the home; it stays open until somebody has settled it.

    Raises Forbidden, Refused (closed case, ended, an unknown kind, nothing told, a day ahead).
    """
    with locked(by, Tag.TENANCY_ALARM, tenancy, check=rules.check_can_keep) as fresh:
        if kind not in TenancyAlarm.Kind.values:
            raise Refused("Välj vad larmet gäller i listan.")
        if not text.strip():
            raise Refused("Skriv vad som har hänt.")
        rules.check_passed(came_on)
        row = TenancyAlarm(
            tenancy=fresh, client_id=fresh.client_id, kind=kind, came_on=came_on, noted_by=by,
            words=AlarmWords(text=text),
        )  # fmt: skip
        row.save()
        return row


def settle_alarm(*, by: User, alarm: TenancyAlarm, on: date, outcome: str) -> TenancyAlarm:
    """Notes how an alarm was dealt with. Also after the tenancy has ended: what was open then is still to be settled.

    Raises Forbidden, Refused (closed case, settled already, nothing told, a day ahead or before it came).
    """
    with locked(by, Tag.TENANCY_ALARM, alarm.tenancy, check=rules.check_can_settle) as fresh:
        row = TenancyAlarm.objects.select_for_update().get(pk=alarm.pk)
        row.tenancy = fresh
        if row.settled_on is not None:
            raise Refused("Larmet är redan löst. Ladda om sidan för att se det.")
        if not outcome.strip():
            raise Refused("Skriv hur det löstes.")
        rules.check_passed(on)
        if on < row.came_on:
            raise Refused(f"Larmet kom {row.came_on}. Välj den dagen eller en senare.")
        row.settled_on, row.settled_by = on, by
        row.words = replace(row.words.open(), outcome=outcome)
        row.version += 1
        row.save()
        return row


def check_living(*, by: User, tenancy: Tenancy, after: str, lives_there: bool) -> TenancyCheck:
    """Notes whether she still lives there, 6 or 12 months after she got the keys. Once each.

    Raises Forbidden, Refused (closed case, ended, an unknown time, before that day, asked already).
    """
    with locked(by, Tag.TENANCY_CHECKED, tenancy, check=rules.check_can_keep) as fresh:
        if after not in rules.After.values:
            raise Refused("Välj 6 eller 12 månader.")
        due, today = rules.check_due(fresh, after), timezone.localdate()
        if due is None or today < due:
            raise Refused(f"Det har inte gått {rules.After(after).label} sedan inflyttningen.")
        if fresh.checks.filter(after=after).exists():
            raise Refused("Svaret är redan antecknat. Ladda om sidan för att se det.")
        row = TenancyCheck(
            tenancy=fresh, client_id=fresh.client_id, after=after, asked_on=today, by=by, lives_there=lives_there
        )
        row.save()
        return row

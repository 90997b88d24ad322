"""What lies on a kontaktperson's desk, before a single seal is opened: the page opens it, the calendar only counts.

Own cases are those one is contact person of, or covers. A deputy has what she herself has written down or booked, and
nothing more: the contact person has the rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from casework import policy
from casework.access.models import AccessGrant
from casework.cases.models import Case, JournalNote
from casework.drafts import store
from casework.drafts.models import Draft
from casework.policy import Permission
from casework.signin.models import User
from contacts.assignments.models import Assignment
from contacts.caseload.readers import with_dates
from contacts.cover.models import Cover
from contacts.goals.models import GoalState, PlanStep, StepState
from contacts.review.models import CaseReview
from contacts.rhythm import flags
from contacts.rhythm.flags import Standing
from contacts.supervision.models import GroupSession, SessionState
from contacts.week.models import Appointment


@dataclass
class Desk:
    user: User

    @cached_property
    def cases(self) -> dict[UUID, Any]:
        """Every case that the user may work in now, closed ones apart."""
        visible = policy.visible_cases(self.user, Permission.WEEK).exclude(state=Case.State.CLOSED)
        return {case.pk: case for case in with_dates(visible)}

    @cached_property
    def own(self) -> list[UUID]:
        kinds = [AccessGrant.Kind.ASSIGNMENT, AccessGrant.Kind.COVER]
        open_now = AccessGrant.objects.filter(policy.open_grants(), user=self.user, kind__in=kinds)
        return [pk for pk in dict.fromkeys(open_now.values_list("case_id", flat=True)) if pk in self.cases]

    @cached_property
    def standings(self) -> dict[UUID, Standing]:
        return flags.standings([self.cases[pk] for pk in self.own])

    @cached_property
    def next_steps(self) -> list[JournalNote]:
        """The next step that the latest note of a case tells of."""
        latest = [case.latest_step for case in self.cases.values() if case.latest_step]
        notes = JournalNote.objects.filter(pk__in=latest, next_on__isnull=False)
        return list(notes.filter(Q(case__in=self.own) | Q(author=self.user)).order_by("next_on"))

    @cached_property
    def plan_steps(self) -> list[PlanStep]:
        steps = PlanStep.objects.filter(case__in=self.own, state=StepState.PLANNED, due_on__isnull=False)
        return list(steps.filter(goal__state=GoalState.ACTIVE).select_related("goal").order_by("due_on"))

    @cached_property
    def appointments(self) -> list[Appointment]:
        """One's own hours, and the colleagues' in one's own cases."""
        rows = Appointment.objects.filter(case__in=list(self.cases), state=Appointment.State.PLANNED)
        return list(rows.filter(Q(user=self.user) | Q(case__in=self.own)).select_related("user"))

    @cached_property
    def contacts_due(self) -> list[tuple[UUID, date]]:
        """Where contact is to be made, and by when; not where a meeting is booked before that."""
        today = timezone.localdate()
        met = {(row.case_id, timezone.localdate(row.starts_at)) for row in self.appointments if row.kind == "meeting"}
        due = [(pk, standing.contact_due) for pk, standing in self.standings.items() if standing.contact_due]
        return [(pk, on) for pk, on in due if not any(case == pk and today <= day <= on for case, day in met)]

    @cached_property
    def follow_ups(self) -> list[tuple[UUID, date]]:
        return [(pk, standing.follow_up_on) for pk, standing in self.standings.items() if standing.follow_up_on]

    def to_do(self) -> Iterator[date]:
        """The day of each thing to do, but for the meetings, which have an hour."""
        yield from (note.next_on for note in self.next_steps if note.next_on)
        yield from (step.due_on for step in self.plan_steps if step.due_on)
        yield from (timezone.localdate(row.starts_at) for row in self.appointments if row.kind == "reminder")
        yield from (on for _, on in (*self.contacts_due, *self.follow_ups))

    # --- what waits without a day, and what concerns other people's days ----------------------------------------------

    def offers(self) -> list[Assignment]:
        rows = Assignment.objects.filter(user=self.user, state=Assignment.State.OFFERED)
        return list(rows.select_related("case", "offered_by").order_by("offered_at"))

    def reviews(self) -> list[CaseReview]:
        return list(CaseReview.objects.filter(case__in=self.own, seen_at__isnull=True).order_by("reviewed_at"))

    def drafts(self) -> list[Draft]:
        return [draft for draft in store.drafts_of([self.user]) if draft.case_id in self.cases]

    def covers(self) -> list[Cover]:
        """Covers to come or going on, given and taken."""
        going = Cover.objects.filter(ends_on__gte=timezone.localdate(), ended_at__isnull=True)
        mine = going.filter(Q(substitute=self.user) | Q(absent=self.user, case__in=self.own))
        return list(mine.select_related("case", "absent", "substitute").defer("case__narrative"))

    def sessions(self) -> Iterable[GroupSession]:
        coming = GroupSession.objects.filter(state__in=[SessionState.PLANNED, SessionState.GOING_ON])
        return coming.filter(participants=self.user).order_by("planned_at")

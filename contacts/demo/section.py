"""What the invented section does together: supervision, and somebody who is away."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from casework.cases.models import Case
from casework.signin.models import User
from contacts.cover.actions import cover_case, set_absence
from contacts.models import Assignment
from contacts.supervision.actions import note_mentoring, plan_session
from contacts.supervision.models import Mentoring, MentoringWords


def tell_section(users: dict[str, User]) -> None:
    """A group supervision next week, a mentoring that was, and a colleague who covers a case while Alma is away."""
    chief, alma, bo, today = users["cecilia"], users["alma"], users["bo"], timezone.localdate()
    section = chief.led_sections.get()
    meets = datetime.combine(today + timedelta(days=4), time(9), tzinfo=timezone.get_current_timezone())
    plan_session(by=chief, section=section, planned_at=meets, participants=[alma, bo])
    words = MentoringWords(
        focus="Att fråga efter styrkor innan problem.", agreement="Prova tre styrkefrågor till nästa gång."
    )
    note_mentoring(
        by=chief, worker=alma, kind=Mentoring.Kind.FIELD, held_on=today - timedelta(days=12), words=words,
        next_on=today + timedelta(days=30),
    )  # fmt: skip
    away, back = today + timedelta(days=10), today + timedelta(days=16)
    set_absence(by=chief, user=alma, starts_on=away, ends_on=back)
    covered = Assignment.objects.filter(user=bo).values("case")
    case = Case.objects.filter(assignments__user=alma, assignments__state="active", state="open").exclude(
        pk__in=covered
    )
    cover_case(
        by=chief, case=case.order_by("created_at")[0], substitute=bo, starts_on=away, ends_on=back,
        message="Hon vill helst bli uppringd på förmiddagen.",
    )  # fmt: skip

"""Questions about supervision of one kontaktperson: read by her and by who gave it, and by nobody else."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Q
from django.utils import timezone

from casework import policy
from casework.crypto import fields
from casework.policy import Permission
from casework.signin.models import Role, User
from contacts.supervision.models import Mentoring

SHOWN = 50


@dataclass(frozen=True)
class Turn:
    """When a kontaktperson had supervision last, and when the next is said to be."""

    worker: User
    last: date | None
    next: date | None

    @property
    def late(self) -> bool:
        """Not for METHOD["mentoring_days"], or a day that was set has passed."""
        today = timezone.localdate()
        passed = self.next is not None and self.next < today
        return passed or self.last is None or (today - self.last).days > settings.METHOD["mentoring_days"]


def workers_of(user: User) -> Any:
    """The active kontaktpersoner of the led sections, by name."""
    staff = User.objects.filter(role=Role.KONTAKTPERSON, is_active=True, section__leaders=user)
    return staff.order_by("display_name")


def turns(user: User) -> list[Turn]:
    """Everybody in the led sections: who has waited longest on top. Opens nothing."""
    staff = list(workers_of(user).annotate(last=Max("mentorings__held_on")))
    planned: dict[UUID, date | None] = defaultdict(lambda: None)
    for row in Mentoring.objects.filter(worker__in=staff).order_by("held_on", "created_at"):
        planned[row.worker_id] = row.next_on
    found = [Turn(person, person.last, planned[person.pk]) for person in staff]
    return sorted(found, key=lambda turn: (not turn.late, turn.last or date.min, turn.worker.display_name))


def notes_for(user: User) -> list[Mentoring]:
    """What this user was told or has noted, the latest first, opened as `said`."""
    policy.check_may(user, Permission.SUPERVISION)
    mine = Mentoring.objects.filter(Q(worker=user) | Q(mentor=user)).select_related("worker", "mentor")
    rows = list(fields.open_all(mine[:SHOWN], "words"))
    for row in rows:
        row.said = row.words.open()
    return rows

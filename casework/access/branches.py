"""Secrecy between the two branches of the work: nobody in one learns anything of the other's cases (OSL 8:2)."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.access.models import AccessGrant
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.signin.models import Role, Section, User

BOTH = "Välj sektioner i en och samma verksamhetsgren. Mellan grenarna råder sekretess."


def within(cases: QuerySet[Case], user: User) -> QuerySet[Case]:
    """Those of `cases` that lie in the branch `user` works in: of the sections she leads, else of her own section.

    Somebody without a section works in none, and finds nothing.
    """
    own = Q(leaders=user) if user.role == Role.SEKTIONSCHEF else Q(pk=user.section_id)
    return cases.filter(section__branch__in=Section.objects.filter(own).order_by().values("branch"))


def check_same(user: User, case: Case) -> None:
    """Raises Refused for a door into the other branch. Locks the user's row, so that she is not moved meanwhile."""
    section = User.objects.select_for_update(of=("self",)).select_related("section").get(pk=user.pk).section
    if section is not None and section.branch != case.section.branch:
        raise Refused(f"{user.display_name} arbetar i en annan verksamhetsgren och kan inte få ärendet.")


def one(sections: Iterable[Section | None]) -> bool:
    """True when the sections lie in one branch."""
    return len({section.branch for section in sections if section is not None}) < 2


def check_one(sections: Iterable[Section | None]) -> None:
    """Raises Refused when somebody would work in both branches."""
    if not one(sections):
        raise Refused(BOTH)


def check_can_move(user: User, sections: Iterable[Section | None]) -> None:
    """Raises Refused when `user` has a door, now or to come, into another branch than that of her new sections.

    Locks her row: no door opens for her until the act is over.
    """
    User.objects.select_for_update().get(pk=user.pk)
    branches = {section.branch for section in sections if section is not None}
    ahead = Q(ends_at__isnull=True) | Q(ends_at__gt=timezone.now())
    doors = AccessGrant.objects.filter(ahead, user=user, closed_at__isnull=True)
    if branches and doors.exclude(case__section__branch__in=branches).exists():
        raise Refused(
            f"{user.display_name} har ärenden i en annan verksamhetsgren. De behöver lämnas över innan hen flyttas dit."
        )

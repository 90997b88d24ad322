"""Questions about cover and absence that pages ask."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.models import Case
from casework.crypto import fields
from casework.policy import Permission
from casework.signin.models import Role, User
from contacts.assignments import readers as assignments
from contacts.assignments.models import Assignment
from contacts.cover.handing import readers as handing
from contacts.cover.models import Absence, Cover


def covers_of(user: User) -> dict[UUID, Cover]:
    """Case -> the cover by which `user` works in it today, with who is away and until when. One query."""
    today = timezone.localdate()
    rows = Cover.objects.filter(substitute=user, ended_at__isnull=True, starts_on__lte=today, ends_on__gte=today)
    return {cover.case_id: cover for cover in rows.select_related("absent")}


def not_over(case: Case) -> list[Cover]:
    """The covers of a case that go on or lie ahead, first to begin first. A message is opened by who shows it."""
    rows = Cover.objects.filter(case=case, ended_at__isnull=True, ends_on__gte=timezone.localdate())
    return list(rows.select_related("absent", "substitute", "set_by").order_by("starts_on"))


def over(case: Case) -> list[Cover]:
    """The latest covers of a case that are over or were called off."""
    rows = Cover.objects.filter(Q(ended_at__isnull=False) | Q(ends_on__lt=timezone.localdate()), case=case)
    return list(rows.select_related("absent", "substitute", "set_by").order_by("-starts_on")[:10])


def cover_in(case: Case, pk: UUID) -> Cover:
    """A cover of this case. Raises NotFound for any other."""
    cover = Cover.objects.filter(case=case, pk=pk).select_related("case", "absent", "substitute").first()
    if cover is None:
        raise policy.NotFound("Täckningen finns inte i ärendet.", [case.ref()])
    return cover


def contact_person(case: Case) -> User | None:
    main = Assignment.objects.filter(case=case, kind="main", state="active").select_related("user").first()
    return main.user if main else None


def substitutes(case: Case) -> QuerySet[User]:
    """The active kontaktpersoner of the case's section who have no task in it."""
    taken = Assignment.objects.filter(case=case, state="active").values("user")
    return _kontaktpersoner(case.section_id).exclude(pk__in=taken)


def colleagues(user: User) -> QuerySet[User]:
    """The active kontaktpersoner of the same section as `user`, but for herself."""
    return _kontaktpersoner(user.section_id).exclude(pk=user.pk)


def labels(by: User, staff: QuerySet[User]) -> dict[UUID, str]:
    """Who is free to cover, in words for a choice: name, what she carries, and when she is away herself."""
    loads, gone = assignments.loads(by), coming_absences(staff)
    found = {}
    for person in staff:
        words = f"{person.display_name} · {loads.get(person.pk, 'inga ärenden')}"
        found[person.pk] = f"{words} · {away_words(gone[person.pk])}" if person.pk in gone else words
    return found


def away_words(absence: Absence) -> str:
    """ "borta 2026-03-01 till 2026-03-14"; "borta sedan 2026-03-01" when nobody knows how long."""
    if absence.ends_on is None:
        since = "sedan" if absence.starts_on <= timezone.localdate() else "från"
        return f"borta {since} {absence.starts_on}"
    return f"borta {absence.starts_on} till {absence.ends_on}"


def coming_absences(staff: Any) -> dict[UUID, Absence]:
    """User -> her absence that goes on or comes next."""
    rows = _not_over_absences().filter(user__in=staff).order_by("-starts_on")
    return {row.user_id: row for row in rows}


def staff(user: User, pk: UUID) -> User:
    """A kontaktperson in a section this user leads. Raises Forbidden for the role, NotFound for anybody else's."""
    policy.check_may(user, Permission.ASSIGN)
    led = user.led_sections.values("pk")
    found = User.objects.select_related("section").filter(pk=pk, section__in=led, role=Role.KONTAKTPERSON).first()
    if found is None:
        raise policy.NotFound("Medarbetaren finns inte i din sektion.", [User(pk=pk).ref()])
    return found


def absences_of(user: User) -> list[Absence]:
    """Those that go on or lie ahead, and the three latest that are over."""
    today = timezone.localdate()
    rows = list(Absence.objects.filter(user=user).select_related("set_by")[:20])
    ahead = [row for row in rows if row.ends_on is None or row.ends_on >= today]
    return sorted(ahead, key=lambda row: row.starts_on) + [row for row in rows if row not in ahead][:3]


def absence_of(user: User, pk: UUID) -> Absence:
    absence = Absence.objects.filter(user=user, pk=pk).select_related("user").first()
    if absence is None:
        raise policy.NotFound("Frånvaron finns inte.", [user.ref()])
    return absence


def team(user: User) -> list[dict[str, Any]]:
    """The kontaktpersoner of the led sections, each with her absence and how many of her cases nobody covers then."""
    staff = list(User.objects.filter(role=Role.KONTAKTPERSON, is_active=True, section__leaders=user))
    gone, today = coming_absences(staff), timezone.localdate()
    bare = _uncovered(list(gone.values()))
    return [
        {
            "user": person,
            "absence": gone.get(person.pk),
            "away_now": person.pk in gone and gone[person.pk].starts_on <= today,
            "uncovered": bare.get(person.pk, 0),
        }
        for person in sorted(staff, key=lambda person: (person.pk not in gone, person.display_name))
    ]


def cases_to_cover(by: User, absent: User) -> list[Case]:
    """The cases she is contact person in, of those `by` leads, with the covers that go on or lie ahead."""
    hers = Assignment.objects.filter(user=absent, kind="main", state="active").values("case")
    cases = list(policy.visible_cases(by, Permission.ASSIGN).filter(pk__in=hers).defer("narrative").order_by("number"))
    visit.saw_all(cases)
    covers: dict[UUID, list[Cover]] = {}
    rows = Cover.objects.filter(case__in=cases, ended_at__isnull=True, ends_on__gte=timezone.localdate())
    for cover in rows.select_related("substitute").order_by("starts_on"):
        covers.setdefault(cover.case_id, []).append(cover)
    for case in cases:
        case.covered = covers.get(case.pk, [])  # type: ignore[attr-defined]
    return cases


def cover_panel(user: User, case: Case, held: frozenset[Permission]) -> dict[str, Any] | None:
    """Who covers and until when, and the handover that goes on with what is left of it."""
    covers, handover = not_over(case), handing.find(case)
    manages = Permission.ASSIGN in held and not case.closed
    if not covers and handover is None and not manages:
        return None
    today = timezone.localdate()
    mine = [cover for cover in covers if cover.substitute_id == user.pk and cover.starts_on <= today]
    return {
        "case": case,
        "covers": covers,
        "mine": with_messages(mine),
        "handover": handover,
        "late": handover is not None and handover.planned_on < today,
        "manages": manages,
    }


def with_messages(covers: list[Cover]) -> list[Cover]:
    """The same covers with what was said to the one who covers."""
    for cover in fields.open_all(covers, "words"):
        cover.message = cover.words.open().message  # type: ignore[attr-defined]
    return covers


def _kontaktpersoner(section: Any) -> QuerySet[User]:
    staff = User.objects.filter(role=Role.KONTAKTPERSON, is_active=True, section=section)
    return staff.order_by("display_name")


def _not_over_absences() -> QuerySet[Absence]:
    return Absence.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()))


def _uncovered(absences: list[Absence]) -> dict[UUID, int]:
    """User -> cases she is contact person in and nobody covers on the first day of hers that is left."""
    first: dict[UUID, date] = {row.user_id: max(row.starts_on, timezone.localdate()) for row in absences}
    tasks = Assignment.objects.filter(user__in=first, kind="main", state="active").values_list("user", "case")
    covers = Cover.objects.filter(absent__in=first, ended_at__isnull=True)
    times = list(covers.values_list("absent", "case", "starts_on", "ends_on"))
    found: dict[UUID, int] = dict.fromkeys(first, 0)
    for user, case in tasks:
        day = first[user]
        if not any(who == user and which == case and start <= day <= end for who, which, start, end in times):
            found[user] += 1
    return found


def days_away(user: User) -> dict[str, date | None]:
    """The days of her absence that goes on or comes next, as far as they are left."""
    absence = coming_absences([user]).get(user.pk)
    if absence is None:
        return {"starts_on": timezone.localdate()}
    return {"starts_on": max(absence.starts_on, timezone.localdate()), "ends_on": absence.ends_on}

"""Letting a colleague cover a case for a time, and saying that somebody is away.

A cover's door opens by itself on its first day and shuts by itself when its last is over.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.access import actions as access
from casework.access.models import AccessGrant
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.policy import Permission
from casework.signin.models import User
from contacts.assignments.models import Assignment
from contacts.assignments.rules import check_no_tie
from contacts.cover import days, rules
from contacts.cover.models import Absence, Cover, CoverWords


def cover_case(*, by: User, case: Case, substitute: User, starts_on: date, ends_on: date, message: str = "") -> Cover:
    """Lets `substitute` work in a case for its contact person, from `starts_on` to the end of `ends_on`.

    The sektionschef has asked her about conflict of interest before (förvaltningslagen 16 §). Raises Forbidden, Refused
    (closed case, nobody to cover for, wrong colleague, one who is away, has the case already or is tied to somebody in
    it, days that have passed).
    """
    rules.check_can_cover(by, case)
    rules.check_days(starts_on, ends_on)
    rules.check_not_past(starts_on)
    with trail.act(Tag.COVER_SET, by=by, refs=[case.ref(), substitute.ref()]):
        fresh = _locked(case)
        main = Assignment.objects.filter(case=fresh, kind="main", state="active").select_related("user").first()
        if main is None:
            raise Refused("Ärendet har ingen kontaktperson att täcka för. Utse en kontaktperson i stället.")
        rules.check_substitute(substitute, fresh, main.user)
        cover = Cover(case=fresh, client_id=fresh.client_id, absent=main.user, substitute=substitute)
        return _save(by, cover, starts_on, ends_on, message)


def cover_all(
    *,
    by: User,
    absent: User,
    substitutes: User | Mapping[Case, User],
    starts_on: date,
    ends_on: date,
    message: str = "",
) -> list[Cover]:
    """Covers every case of somebody who is away: by one colleague, or by the one named for each case. All or none.

    One colleague for all is passed over in the cases that she has a task in already. Raises as cover_case.
    """
    rules.check_can_lead(by, absent)
    with trail.act(Tag.COVER_SET, by=by, refs=[absent.ref()]):
        chosen = _for_all(by, absent, substitutes) if isinstance(substitutes, User) else dict(substitutes)
        if not chosen:
            raise Refused("Det finns inget ärende att täcka. Välj en kollega för minst ett av dem.")
        made = []
        for case, substitute in sorted(chosen.items(), key=lambda pair: pair[0].number):
            try:
                made.append(
                    cover_case(
                        by=by, case=case, substitute=substitute, starts_on=starts_on, ends_on=ends_on, message=message
                    )
                )
            except Refused as refused:
                raise Refused(f"{case.number}: {refused}") from None
        return made


def extend_cover(*, by: User, cover: Cover, ends_on: date, message: str = "") -> Cover:
    """A new cover that begins when `cover` ends: each keeps who set it and for how long. Raises Forbidden, Refused."""
    rules.check_can_end(by, cover)
    if ends_on <= cover.ends_on:
        raise Refused(f"Täckningen gäller redan till och med {cover.ends_on}. Välj en senare dag.")
    with trail.act(Tag.COVER_EXTENDED, by=by, refs=[cover.case.ref(), cover.substitute.ref(), cover.ref()]):
        case = _locked(cover.case)
        fresh = Cover.objects.select_for_update().get(pk=cover.pk)
        check_open(case)
        rules.check_can_end(by, fresh)
        rules.check_substitute(fresh.substitute, case, fresh.absent)
        longer = Cover(
            case=case,
            client_id=case.client_id,
            absent=fresh.absent,
            substitute=fresh.substitute,
            extends=fresh,
        )
        return _save(by, longer, fresh.ends_on + timedelta(days=1), ends_on, message)


def end_cover(*, by: User, cover: Cover) -> Cover:
    """Breaks a cover off; its door shuts at once, and one that lies ahead never opens. Raises Forbidden, Refused."""
    rules.check_can_end(by, cover)
    with trail.act(Tag.COVER_ENDED, by=by, refs=[cover.case.ref(), cover.substitute.ref(), cover.ref()]):
        _locked(cover.case)
        fresh = Cover.objects.select_for_update().get(pk=cover.pk)
        rules.check_can_end(by, fresh)
        _end(by, fresh, AccessGrant.Close.ENDED, timezone.now())
        return fresh


def end_covers_of(*, by: User, case: Case, user: User, at: datetime) -> None:
    """Ends the covers of one who gets a task of her own in the case. Within the act that opens her door at `at`."""
    for cover in _going_on(case).filter(substitute=user):
        with trail.act(Tag.COVER_ENDED, by=by, refs=[case.ref(), user.ref(), cover.ref()]):
            _end(by, cover, AccessGrant.Close.ENDED, at)


def end_all(*, by: User, case: Case) -> None:
    """Ends every cover of a case that closes. Within the closing act."""
    now = timezone.now()
    for cover in _going_on(case).select_related("substitute"):
        refs, code = [case.ref(), cover.substitute.ref(), cover.ref()], AccessGrant.Close.CASE_CLOSED
        with trail.act(Tag.COVER_ENDED, by=by, refs=refs, reason_code=code):
            _end(by, cover, code, now)


def set_absence(*, by: User, user: User, starts_on: date, ends_on: date | None) -> Absence:
    """Says that a kontaktperson is away, from a day, to a day if it is known. Never why. Raises Forbidden, Refused."""
    rules.check_can_lead(by, user)
    rules.check_days(starts_on, ends_on)
    with trail.act(Tag.ABSENCE_SET, by=by, refs=[user.ref()]):
        User.objects.select_for_update().get(pk=user.pk)
        other = _away(user, starts_on, ends_on)
        if other is not None:
            until = f" till {other.ends_on}" if other.ends_on else ""
            raise Refused(f"{user.display_name} är redan antecknad som borta från {other.starts_on}{until}.")
        absence = Absence(user=user, starts_on=starts_on, ends_on=ends_on, set_by=by)
        absence.save()
        return absence


def end_absence(*, by: User, absence: Absence) -> None:
    """She is back: yesterday was the last day away. One that has not begun before today is taken away.

    Raises Forbidden, Refused when it is over already.
    """
    rules.check_can_lead(by, absence.user)
    today = timezone.localdate()
    with trail.act(Tag.ABSENCE_SET, by=by, refs=[absence.user.ref(), absence.ref()]):
        fresh = Absence.objects.select_for_update().filter(pk=absence.pk).first()
        if fresh is None or (fresh.ends_on is not None and fresh.ends_on < today):
            raise Refused("Frånvaron är redan slut.")
        if fresh.starts_on >= today:
            fresh.delete()
            return
        fresh.ends_on = today - timedelta(days=1)
        fresh.save()


def _locked(case: Case) -> Case:
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    check_open(fresh)
    return fresh


def _save(by: User, cover: Cover, starts_on: date, ends_on: date, message: str) -> Cover:
    check_no_tie(by, cover.substitute, cover.case)
    away = _away(cover.substitute, starts_on, ends_on)
    if away is not None:
        raise Refused(f"{cover.substitute.display_name} är själv borta en del av tiden. Välj någon annan.")
    cover.starts_on, cover.ends_on, cover.set_by = starts_on, ends_on, by
    cover.words = CoverWords(message=message)
    cover.save()
    access.open_grant(
        by=by,
        case=cover.case,
        user=cover.substitute,
        kind=AccessGrant.Kind.COVER,
        source=cover.pk,
        opens_at=max(days.begins(starts_on), timezone.now()),
        ends_at=days.is_over(ends_on),
    )
    return cover


def _end(by: User, cover: Cover, close_reason: str, at: datetime) -> None:
    cover.ended_at = at
    cover.save()
    access.close_grants(by=by, source=cover.pk, close_reason=close_reason, at=at)


def _going_on(case: Case) -> QuerySet[Cover]:
    today = timezone.localdate()
    return Cover.objects.select_for_update().filter(case=case, ended_at__isnull=True, ends_on__gte=today)


def _away(user: User, starts_on: date, ends_on: date | None) -> Absence | None:
    """An absence of hers that reaches into these days."""
    absences = Absence.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), user=user)
    return (absences.filter(starts_on__lte=ends_on) if ends_on else absences).first()


def _for_all(by: User, absent: User, substitute: User) -> dict[Case, User]:
    """Every case that `absent` is contact person in and `by` leads, but those `substitute` has a task in."""
    hers = Assignment.objects.filter(user=absent, kind="main", state="active").values("case")
    taken = Assignment.objects.filter(user=substitute, state="active").values("case")
    cases = policy.visible_cases(by, Permission.ASSIGN).filter(pk__in=hers).exclude(pk__in=taken)
    return dict.fromkeys(cases, substitute)

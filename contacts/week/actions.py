"""Hours in a case: booked, changed, held or cancelled; what they are about, and where, is sealed. And the address from
which one's own calendar fetches when they are, and nothing else.
"""

import secrets
from datetime import datetime

from django.core.mail import send_mail
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.signin.models import User, digest_of
from casework.state import TransitionNotAllowed
from contacts.week import digest, rules
from contacts.week.models import Appointment, AppointmentWords, CalendarFeed

ENDS = {"hold": Appointment.State.HELD, "cancel": Appointment.State.CANCELLED}


def make_appointment(
    *, by: User, case: Case, kind: str, starts_at: datetime, minutes: int | None, words: AppointmentWords
) -> Appointment:
    """Books a meeting (an hour and its length), or a reminder (a day), in the week of `by`.

    Raises Forbidden, Refused (closed case, a meeting without length, a reminder with one, no word of what it is).
    """
    rules.check_can_make(by, case)
    if kind not in Appointment.Kind.values:
        raise Refused("Välj om det är ett möte eller en påminnelse.")
    _check_whole(kind, minutes, words)
    with trail.act(Tag.APPOINTMENT_MADE, by=by, refs=[case.ref()], reason_code=f"appointment:{kind}") as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        appointment = Appointment(
            case=fresh,
            client_id=fresh.client_id,
            user=by,
            kind=kind,
            starts_at=starts_at,
            minutes=minutes,
            words=words,
        )
        appointment.save()
        event.touch(appointment.ref())
        return appointment


def change_appointment(
    *,
    by: User,
    appointment: Appointment,
    starts_at: datetime,
    minutes: int | None,
    words: AppointmentWords,
    version: int,
) -> Appointment:
    """Moves an hour or says anew what it is. Raises Forbidden, Refused, StaleEdit when it was saved in between."""
    rules.check_can_change(by, appointment)
    _check_whole(appointment.kind, minutes, words)
    with trail.act(Tag.APPOINTMENT_CHANGED, by=by, refs=[appointment.case.ref(), appointment.ref()]):
        fresh = _locked(appointment)
        rules.check_can_change(by, fresh)
        fresh.check_version(version)
        fresh.starts_at, fresh.minutes, fresh.words = starts_at, minutes, words
        fresh.save()
        return fresh


def end_appointment(*, by: User, appointment: Appointment, how: str) -> Appointment:
    """It was held or dealt with (`how` is "hold"), or it came to nothing ("cancel"). Raises Forbidden, Refused."""
    rules.check_can_change(by, appointment)
    if how not in ENDS:
        raise Refused("Välj om det blev av eller inte.")
    refs = [appointment.case.ref(), appointment.ref()]
    with trail.act(Tag.APPOINTMENT_ENDED, by=by, refs=refs, reason_code=f"appointment:{ENDS[how]}"):
        fresh = _locked(appointment)
        _end(fresh, how)
        return fresh


def cancel_all(*, by: User, case: Case) -> None:
    """Cancels what is still to come in a case that closes. Within the closing act."""
    coming = Appointment.objects.select_for_update().filter(case=case, state=Appointment.State.PLANNED)
    with trail.act(
        Tag.APPOINTMENT_ENDED, by=by, refs=[case.ref()], reason_code=f"appointment:{ENDS['cancel']}"
    ) as event:
        for appointment in coming:
            event.touch(appointment.ref())
            _end(appointment, "cancel")


def make_feed(*, by: User) -> tuple[CalendarFeed, str]:
    """A new address for the calendar of `by`, and its token, which is shown once and not kept. The one before is
    revoked. Raises Forbidden.
    """
    rules.check_can_have_feed(by)
    with trail.act(Tag.FEED_MADE, by=by) as event:
        _revoke(by)
        token = secrets.token_urlsafe(32)
        feed = CalendarFeed(user=by, digest=digest_of(token))
        feed.save()
        event.touch(feed.ref())
        return feed, token


def revoke_feed(*, by: User) -> None:
    """Shuts the address of the calendar at once. Raises Forbidden, Refused when there is none."""
    rules.check_can_have_feed(by)
    with trail.act(Tag.FEED_REVOKED, by=by) as event:
        feed = _revoke(by)
        if feed is None:
            raise Refused("Det finns ingen kalenderadress att återkalla.")
        event.touch(feed.ref())


def send_digest(*, by: None = None, user: User) -> None:
    """Mails `user` that there is something to see; done by the program itself.

    Sent before it is noted: a mail that is not in the log tells nobody anything, one that is there but was never sent
    would be untrue. Raises SMTPException, OSError when it cannot be sent.
    """
    send_mail(digest.SUBJECT, digest.TEXT, None, [user.mail])
    trail.record(Tag.DIGEST_SENT, by=by, refs=[user.ref()])


def _revoke(user: User) -> CalendarFeed | None:
    User.objects.select_for_update().get(pk=user.pk)
    feed = CalendarFeed.objects.select_for_update().filter(user=user, revoked_at__isnull=True).first()
    if feed is not None:
        feed.revoked_at = timezone.now()
        feed.save()
    return feed


def _check_whole(kind: str, minutes: int | None, words: AppointmentWords) -> None:
    if not words.what.strip():
        raise Refused("Skriv vad det gäller.")
    if kind == Appointment.Kind.MEETING and not minutes:
        raise Refused("Skriv hur länge mötet varar.")
    if kind == Appointment.Kind.REMINDER and (minutes or words.who or words.where):
        raise Refused("En påminnelse har bara en dag och en text. Boka ett möte om du behöver mer.")


def _locked(appointment: Appointment) -> Appointment:
    """The case first, then the hour: every act takes the locks in this order."""
    case = Case.objects.select_for_update().get(pk=appointment.case_id)
    check_open(case)
    return Appointment.objects.select_related("case").select_for_update(of=("self",)).get(pk=appointment.pk)


def _end(appointment: Appointment, how: str) -> None:
    try:
        getattr(appointment, how)()
    except TransitionNotAllowed:
        raise Refused(f"Tiden är redan avslutad: ”{appointment.get_state_display()}”.") from None
    appointment.save()

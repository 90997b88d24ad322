"""What the pages show of förtur. Every opened seal ends in the page's read event by itself."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from casework import policy
from casework.cases.models import Case
from casework.cases.reminders import Reminder
from casework.cases.rules import Refused
from casework.signin.models import User
from housing import doors
from housing.fortur import certificate, paper, rules
from housing.fortur.models import ForturApplication
from housing.fortur.rules import WAITING, Outcome
from housing.landlords.models import Landlord
from housing.needs.models import NeedVersion
from housing.tracks.models import Track, TrackState, Way

NO_TRACK, NOTHING = "Vägen går inte genom förtur.", "Ingen ansökan om förtur är skriven för vägen."


def track_of(case: Case, pk: UUID) -> Track:
    """A track of this case that goes by förtur. Raises NotFound."""
    track = doors.track_of(case, pk)
    if track.kind.way != Way.FORTUR:
        raise policy.NotFound(NO_TRACK, [case.ref()])
    return track


def find(track: Track) -> ForturApplication | None:
    """The application of a track, when one is written."""
    rows = ForturApplication.objects.select_related("landlord", "written_by", "approved_by", "quota")
    application = rows.filter(track=track).first()
    if application is not None:
        application.track, application.case = track, track.case
    return application


def application_of(case: Case, pk: UUID) -> ForturApplication:
    """The application of a track of this case. Raises NotFound."""
    application = find(track_of(case, pk))
    if application is None:
        raise policy.NotFound(NOTHING, [case.ref()])
    return application


def page(user: User, track: Track, application: ForturApplication | None) -> dict[str, Any]:
    """Everything of the page, and what this user may do with it."""
    found = {"track": track, "application": application, "may_write": rules.can_write(user, track)}
    if application is None:
        return found
    return found | {
        "words": application.words.open(),
        "reference": paper.reference(application),
        "may_approve": rules.can_approve(user, application),
        "why_not_approved": "" if application.approved_at else _refusal(rules.check_can_approve, user, application),
        "sends": bool(application.approved_at) and rules.can_print(user, application),
        "why_not": why_not_sent(user, application),
        "may_decide": rules.can_decide(user, application),
        "granted": application.outcome == Outcome.GRANTED,
        "warning": warning(application),
        "may_renew": rules.can_renew(user, application),
        "late": rules.is_late(application),
    }


def why_not_sent(user: User, application: ForturApplication) -> str:
    """What is missing before an approved application may be printed; "" for one that may, or that nobody asks for."""
    if not application.approved_at or application.track.state not in (TrackState.PLANNED, TrackState.APPLIED):
        return ""
    return _refusal(rules.check_can_print, user, application)


def _refusal(check: Callable[[User, ForturApplication], None], user: User, application: ForturApplication) -> str:
    """Why somebody who has the right cannot use it now; "" for one who has not, or who can."""
    try:
        check(user, application)
    except Refused as refused:
        return str(refused)
    except policy.Denial:
        return ""
    return ""


def warning(application: ForturApplication) -> str:
    """What a no to an offer costs, said before she gives it; "" where there is no förtur to lose."""
    if application.outcome != Outcome.GRANTED or application.track.state not in WAITING:
        return ""
    more = rules.left(application)
    if not more:
        return "Ett nej till förbrukar förturen. Då är den här vägen slut."
    times = "en gång" if more == 1 else f"{more} gånger"
    return f"Personen kan tacka nej {times} till. Nejet därefter förbrukar förturen."


def landlords() -> dict[str, Landlord]:
    """The municipal landlords that work with us, by what the form sends."""
    rows = Landlord.objects.filter(kind=Landlord.Kind.PUBLIC, active=True)
    return {str(row.pk): row for row in rows}


def begin(track: Track, application: ForturApplication | None) -> dict[str, Any]:
    """What the form begins with: what was written, or the fixed text with the household of the need in words."""
    if application is not None:
        words = application.words.open()
        told = {"certificate": words.certificate, "conditions": words.conditions}
        return {"landlord": str(application.landlord_id), **told, "version": application.version}
    newest = NeedVersion.objects.filter(need=track.need_id).order_by("-number")[0]
    return {"landlord": "", "certificate": certificate.begin(newest.profile.open()), "conditions": "", "version": 0}


def ending(cases: Iterable[UUID], last: date) -> Iterable[tuple[UUID, UUID, date]]:
    """(case, track, last day) of the granted förturer that have no home yet and end by `last`, in one query."""
    rows = ForturApplication.objects.filter(case__in=cases, track__state__in=WAITING, valid_until__lte=last).order_by()
    return rows.values_list("case", "track", "valid_until")


def running_out(cases: list[UUID], last: date) -> Iterator[Reminder]:
    """The same as reminders of the kontaktperson."""
    for case, _, day in ending(cases, last):
        yield Reminder(case, day, "Boende: en förtur går ut", "Boende", "housing")

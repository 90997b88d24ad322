"""The rules of an application for förtur: who writes, approves, sends and notes the answer; what no text of it says.

Source: domain 3 (a written application, decided by a named manager; a no to an offer uses it up) and OSL 26:11.
"""

import re
from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from casework import policy
from casework.cases.letters import inference, known
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.clients.protection import handling
from casework.paper.sheet import Unprintable, check_printable
from casework.policy import Permission
from casework.signin.models import User
from housing import doors
from housing.codes import DeclineReason, LeaseKind
from housing.fortur.models import ForturApplication
from housing.landlords.models import Landlord
from housing.stages import rules as stages
from housing.stages.models import Stage
from housing.tracks.models import OPEN, Receiver, Track, TrackState
from housing.words_of_violence import found_why

Outcome = ForturApplication.Outcome
LEASES = (LeaseKind.FIRST_HAND, LeaseKind.SUBLEASE)
# Where a granted förtur is until there is a home.
WAITING = (TrackState.QUEUED, TrackState.OFFERED, TrackState.VIEWING)
# Why a landlord says no to the application itself; the other reasons are about an offer or about us.
REFUSALS = (DeclineReason.NOT_ENTITLED, DeclineReason.ECONOMY, DeclineReason.QUOTA_FULL, DeclineReason.NO_HOME)
TOKEN = re.compile(r"\bB-[0-9A-Z]{6}\b", re.I)
CONFLICT = "Du skrev själv intyget. En annan sektionschef behöver godkänna det, eller någon annan skriva det."


def check_can_write(user: User, track: Track) -> None:
    """Raises Forbidden or Refused: who may write the application, and only before it has gone to the landlord."""
    doors.check_can_write(user, track.case)
    if track.kind.lease not in LEASES:
        raise Refused("Vägen har varken förstahands- eller andrahandskontrakt. Be administratören ändra vägen.")
    check_planned(track)


def can_write(user: User, track: Track) -> bool:
    return allowed(check_can_write, user, track)


def check_planned(track: Track) -> None:
    """Raises Refused once the landlord has been asked."""
    if track.state != TrackState.PLANNED:
        raise Refused(f"Det går inte nu: vägens läge är ”{track.get_state_display().lower()}”.")


def check_can_approve(user: User, application: ForturApplication) -> None:
    """Raises Forbidden or Refused: the sektionschef, who did not write it, before it goes to the landlord."""
    policy.check_case(user, application.case, Permission.DECIDE)
    check_open(application.case)
    check_planned(application.track)
    if application.approved_by_id is not None:
        raise Refused("Ansökan är redan godkänd.")
    if application.written_by_id == user.pk:
        raise Refused(CONFLICT)


def can_approve(user: User, application: ForturApplication) -> bool:
    return allowed(check_can_approve, user, application)


def check_can_print(user: User, application: ForturApplication) -> None:
    """Raises Forbidden or Refused: approved, the track goes on, her consent holds and her protection is clear."""
    doors.check_can_write(user, application.case)
    if application.approved_by_id is None:
        raise Refused("Sektionschefen behöver godkänna ansökan först.")
    if application.track.state not in OPEN:
        raise Refused(f"Vägen är avslutad: ”{application.track.get_state_display().lower()}”. Försök igen först.")
    stages.check_reached(application.track, Receiver.PUBLIC_LANDLORD, Stage.CONSENTED)
    if unclear := handling.handling_of_all(application.case).unclear:
        raise Refused(" ".join(unclear))


def can_print(user: User, application: ForturApplication) -> bool:
    return allowed(check_can_print, user, application)


def check_can_decide(user: User, application: ForturApplication) -> None:
    """Raises Forbidden or Refused: who may note the landlord's answer, once, to what has been sent."""
    doors.check_can_write(user, application.case)
    if application.approved_by_id is None or application.track.state != TrackState.APPLIED:
        raise Refused("Hyresvärden har ingen ansökan att svara på. Skriv ut ansökan först.")


def can_decide(user: User, application: ForturApplication) -> bool:
    return allowed(check_can_decide, user, application)


def check_can_renew(user: User, application: ForturApplication) -> None:
    """Raises Forbidden or Refused: who may note that a granted förtur goes on longer, or is over, without a home."""
    doors.check_can_write(user, application.case)
    if application.outcome != Outcome.GRANTED or application.track.state not in WAITING:
        raise Refused("Det finns ingen beviljad förtur som väntar på en bostad.")


def can_renew(user: User, application: ForturApplication) -> bool:
    return allowed(check_can_renew, user, application)


def check_longer(application: ForturApplication, valid_until: date | None) -> None:
    """Raises Refused for a new last day that makes it no longer, or has passed."""
    if valid_until is None:
        raise Refused("Fyll i den nya dagen.")
    if valid_until < timezone.localdate() or (application.valid_until and valid_until <= application.valid_until):
        raise Refused("Välj en dag som ligger framåt i tiden och efter den dag som gäller nu.")


def is_late(application: ForturApplication) -> bool:
    """Its time has passed and there is no home yet."""
    day = application.valid_until
    return day is not None and day < timezone.localdate() and application.track.state in WAITING


def check_late(application: ForturApplication) -> None:
    """Raises Refused while the förtur still holds."""
    if not is_late(application):
        raise Refused(f"Förturen gäller till och med {application.valid_until}. Ta tillbaka vägen om den inte behövs.")


def check_landlord(landlord: Landlord) -> None:
    """Raises Refused: förtur is asked for at a municipal landlord that works with us."""
    if landlord.kind != Landlord.Kind.PUBLIC or not landlord.active:
        raise Refused("Välj en kommunal hyresvärd som samarbetar med oss.")


def check_granted(decided_on: date, valid_until: date | None, offers_allowed: int | None) -> None:
    """Raises Refused for a förtur without an end, one that ended before it began, or that allows no offer."""
    if valid_until is None:
        raise Refused("Fyll i hur länge förturen gäller.")
    if valid_until < decided_on:
        raise Refused("Förturen kan inte sluta gälla innan den beviljades. Ändra någon av dagarna.")
    if not offers_allowed:
        raise Refused("Fyll i hur många erbjudanden som ingår, minst ett.")


def check_refused(grounds: str, declined: str) -> None:
    """Raises Refused when a no has no reason."""
    if declined not in REFUSALS:
        raise Refused("Välj varför hyresvärden sade nej.")
    if not grounds.strip():
        raise Refused("Skriv hyresvärdens skäl.")


def check_decided_on(track: Track, day: date) -> None:
    """Raises Refused for a day ahead, or before the landlord was asked."""
    if day > timezone.localdate():
        raise Refused("Dagen kan inte ligga framåt i tiden. Ändra dagen.")
    if track.applied_on is not None and day < track.applied_on:
        raise Refused(f"Hyresvärden kan inte ha svarat före ansökan {track.applied_on}. Ändra dagen.")


# --- the text ---------------------------------------------------------------------------------------------------------


def check_texts(case: Case, *texts: str) -> None:
    """Raises Refused, with every word and why, for a text that a landlord may not read, or that cannot be printed."""
    if wrong := list(dict.fromkeys(fault for text in texts for fault in faults(case, text))):
        raise Refused(f"Ta bort det här ur texten: {' '.join(wrong)}")
    try:
        for text in texts:
            check_printable(text)
    except Unprintable as lacking:
        raise Refused(str(lacking)) from None


def faults(case: Case, text: str) -> list[str]:
    """What in `text` tells of violence, or who or where she is: one sentence for each word, with the reason.

    Opens the names and places of the case for the comparison.
    """
    told = {one.word.casefold(): f"”{one.word}” {one.why}." for one in found_why(text)}
    told |= {mark.casefold(): f"”{mark}” visar vilket ärende det är." for mark in _marks(case, text)}
    for finding in inference.find_in(known.of_case(case), text):
        told.setdefault(_quoted(finding.text), finding.text)
    return list(told.values())


def _marks(case: Case, text: str) -> Iterator[str]:
    """The number of the case, and the token of any need."""
    plain = inference.plain(text)
    number = re.compile(r"(?<!\d)" + "[- ]?".join(case.number.split("-")) + r"(?!\d)")
    for pattern in (number, TOKEN):
        yield from (match[0] for match in pattern.finditer(plain))


def _quoted(sentence: str) -> str:
    return sentence.split("”")[1].casefold()


def left(application: ForturApplication) -> int:
    """How many times she may still say no before the förtur is over."""
    return max(0, application.offers_allowed - application.track.offers_declined - 1)

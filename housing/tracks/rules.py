"""The rules of a track: who works on it, which steps a person takes by hand, and what may be written where a
coordinator reads it. Sources: OSL (2009:400) 26:1; SoL (2025:400) 29 and 34 kap.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from casework import policy
from casework.cases.insatser.models import Area, Insats
from casework.cases.letters import known
from casework.cases.letters.inference import hit, words_of
from casework.cases.models import Case, JournalNote
from casework.cases.rules import Refused, allowed
from casework.policy import Permission
from casework.signin.models import User
from casework.state import transitions
from housing import doors
from housing.codes import DeclineReason, Obstacle
from housing.needs.models import HousingNeed, NeedState
from housing.tracks.models import OPEN, Track, TrackKind, TrackState, Way

D = DeclineReason
LINE = 300  # signs of a text that a coordinator reads


@dataclass(frozen=True)
class Move:
    """A step of a track that a person may take, and what it asks for beside: the day, why it came to nothing (one of
    `why`), which home is offered, how it went.
    """

    button: str
    lead: str
    said: str
    day: bool = False
    why: tuple[str, ...] = ()
    offer: bool = False
    outcome: bool = False


LOST = (D.PERSON, D.NO_FIT, D.UNSAFE, D.TOO_NEAR, D.ECONOMY, D.TOO_LATE, D.HOME_GONE)
NO = (
    D.NO_HOME, D.QUOTA_FULL, D.NO_FIT, D.ECONOMY, D.NOT_ENTITLED, D.UNSAFE, D.TOO_NEAR, D.TOO_LATE, D.HOME_GONE,
    D.PERSON,
)  # fmt: skip
BACK = (D.PERSON, D.OTHER_HOME, D.CONSENT, D.UNSAFE, D.TOO_NEAR, D.NO_FIT, D.NOT_ENTITLED, D.NO_HOME, D.TOO_LATE)
LATE = (D.TOO_LATE, D.NO_HOME, D.HOME_GONE)
MOVES = {
    "apply": Move("Anteckna ansökan", "När frågade eller sökte ni hos mottagaren?", "Ansökan är antecknad.", day=True),
    "acknowledge": Move(
        "Anteckna att ni står i kö", "Mottagaren har svarat, och ni väntar på en bostad.", "Det är antecknat."
    ),
    "offer": Move(
        "Anteckna ett erbjudande",
        "Det finns en bostad att säga ja eller nej till.",
        "Erbjudandet är antecknat.",
        day=True,
        offer=True,
    ),
    "view": Move("Anteckna visningen", "Personen ska se bostaden.", "Visningen är antecknad."),
    "accept": Move("Tacka ja till bostaden", "Personen har sagt ja.", "Ni har tackat ja.", day=True),
    "sign": Move("Anteckna kontraktet", "Det finns ett kontrakt eller en placering.", "Det är antecknat.", day=True),
    "move_in": Move("Anteckna nycklarna", "Personen har fått nycklarna.", "Nycklarna är antecknade.", day=True),
    "end": Move("Avsluta vägen", "Vägen har gjort sitt.", "Vägen är avslutad.", day=True, outcome=True),
    "lose_offer": Move(
        "Tacka nej till bostaden",
        "Personen säger nej, eller bostaden går inte att få. Vägen fortsätter att vänta på en annan.",
        "Ni väntar på en annan bostad.",
        why=LOST,
        outcome=True,
    ),
    "decline": Move(
        "Anteckna mottagarens nej", "Mottagaren säger nej.", "Det är antecknat.", day=True, why=NO, outcome=True
    ),
    "expire": Move(
        "Anteckna att tiden gick ut",
        "Tiden att svara är över. Vägen stängs, och du kan försöka igen.",
        "Det är antecknat.",
        day=True,
        why=LATE,
        outcome=True,
    ),
    "withdraw": Move(
        "Återta vägen", "Ni går inte vidare på den här vägen.", "Vägen är återtagen.", day=True, why=BACK, outcome=True
    ),
    "try_again": Move("Försök igen", "Behovet finns kvar och läget är ett annat.", "Vägen är öppen igen."),
}
# What of it is done by hand where another subject does the rest: an exchange by its files, förtur by the landlord's
# own decision. Every other way has all of them.
OF_WAY: dict[str, frozenset[str]] = {
    Way.KOMPOTT: frozenset({"withdraw", "try_again", "end"}),
    Way.FORTUR: frozenset({"view", "accept", "lose_offer", "sign", "move_in", "withdraw", "try_again", "end"}),
}


def check_can_set_up(user: User) -> None:
    """Raises Forbidden: the administrators keep the ways to a home."""
    policy.check_may(user, Permission.HOUSING_SETUP)


def can_write(user: User, case: Case) -> bool:
    return allowed(doors.check_can_write, user, case)


def is_coordinator(user: User) -> bool:
    return policy.may(user, Permission.HOUSING_QUEUE)


def check_can_take(user: User, track: Track) -> None:
    """Raises Forbidden, NotFound or Refused: a coordinator takes a track that goes on and is not hers already."""
    policy.check_may(user, Permission.HOUSING_QUEUE)
    doors.check_can_work(user, track)
    check_goes_on(track)
    if track.coordinator_id == user.pk:
        raise Refused("Du har redan hand om vägen.")


def can_take(user: User, track: Track) -> bool:
    return allowed(check_can_take, user, track)


def check_goes_on(track: Track) -> None:
    """Raises Refused for a track that has ended, or has come to nothing."""
    if track.state not in OPEN and track.state != TrackState.MOVED:
        raise Refused(f"Vägens läge är ”{track.get_state_display().lower()}”. Försök igen, eller börja en annan väg.")


def goes_on(track: Track) -> bool:
    return allowed(check_goes_on, track)


def check_need_goes_on(need: HousingNeed) -> None:
    """Raises Refused for a need that is met or withdrawn."""
    if need.state not in {NeedState.DRAFT, NeedState.PUBLISHED}:
        raise Refused("Behovet är avslutat. Skriv ett nytt behov först.")


def check_may_begin(need: HousingNeed, kind: TrackKind) -> None:
    """Raises Refused unless the way is in use and none of its kind goes on for the need."""
    check_need_goes_on(need)
    if not kind.active:
        raise Refused("Den vägen används inte längre. Välj en annan.")
    if Track.objects.filter(need=need, kind=kind, state__in=OPEN).exists():
        raise Refused("Den vägen prövas redan. Fortsätt på den som finns.")


# --- steps ------------------------------------------------------------------------------------------------------------


def by_hand(kind: TrackKind) -> list[str]:
    """The names of MOVES that a person takes on such a track."""
    names = OF_WAY.get(kind.way, frozenset(MOVES))
    return [name for name in MOVES if name in names and (name != "view" or kind.viewing)]


def possible(track: Track) -> list[str]:
    """Those that its state allows."""
    found = {name for source, name, _ in transitions(Track) if source == track.state}
    return [name for name in by_hand(track.kind) if name in found and not (name == "expire" and is_early(track))]


def is_early(track: Track) -> bool:
    """Whether the receiver still has time to answer an application."""
    due = track.answer_due_on
    return track.state == TrackState.APPLIED and due is not None and due >= timezone.localdate()


def is_late(track: Track) -> bool:
    """Whether the answer should have come. It is only shown: a track expires by a person's step and never by itself,
    since a late answer may still be a yes.
    """
    due = track.answer_due_on
    # A municipality's receipt is no answer yet; everybody else has answered when the person stands in the queue.
    waits = {TrackState.APPLIED, TrackState.QUEUED} if track.kind.way == Way.KOMPOTT else {TrackState.APPLIED}
    return track.state in waits and due is not None and due < timezone.localdate()


def check_move(track: Track, name: str, on: date | None, declined: str) -> None:
    """Raises Refused for a step that is not taken by hand here, a day before what has happened, or without a reason.
    Whether the state allows it is for `moving` to say.
    """
    if name not in by_hand(track.kind):
        raise Refused("Det steget tas inte för hand på den här vägen.")
    if name == "expire" and is_early(track):
        raise Refused(f"Mottagaren har till och med {track.answer_due_on} på sig. Återta vägen om ni inte vill vänta.")
    latest = max(filter(None, days_of(track).values()), default=None)
    if on is not None and latest is not None and on < latest:
        raise Refused(f"Vägen hade kommit längre redan {latest}. Välj den dagen eller en senare.")
    if MOVES[name].why and declined not in MOVES[name].why:
        raise Refused("Välj varför det inte blev av.")
    if name == "try_again":
        check_may_begin(track.need, track.kind)


def days_of(track: Track) -> dict[str, date | None]:
    """State -> the day it was reached, for those whose day is kept."""
    return {
        TrackState.APPLIED: track.applied_on,
        TrackState.OFFERED: track.offered_on,
        TrackState.ACCEPTED: track.accepted_on,
        TrackState.CONTRACT: track.contract_on,
        TrackState.MOVED: track.moved_on,
    }


# --- what is written and tied -----------------------------------------------------------------------------------------


def check_lines(user: User, case: Case, *texts: str) -> None:
    """Raises Refused for a text that a coordinator reads and that is too long, or names somebody of the case.

    A coordinator's own text is not compared: the answer would tell her whether she has guessed a name.
    """
    if any(len(text) > LINE for text in texts):
        raise Refused(f"Nästa steg och erbjudandet får ha högst {LINE} tecken. Korta texten.")
    written = "\n".join(text for text in texts if text.strip())
    if not written or is_coordinator(user):
        return
    told = known.of_case(case)
    for name in (told.hers, *told.adults, *told.children):
        if word := hit(written, words_of(name)):
            raise Refused(f"”{word}” är ett namn i ärendet. Boendesamordnaren läser texten: skriv den utan namn.")
    for mark in (told.number, told.pseudonym):
        if mark.casefold() in written.casefold():
            raise Refused(f"”{mark}” visar vilket ärende det är. Boendesamordnaren läser texten: skriv den utan.")


def check_waits_on(waits_on: str) -> None:
    """Raises Refused for somebody who is not in the list."""
    if waits_on not in Track.WaitsOn.values:
        raise Refused("Välj vem vägen väntar på i listan.")


def check_step(track: Track, note: JournalNote) -> None:
    """Raises Refused unless the note is a signed step of the same case that is not tied yet."""
    if note.case_id != track.case_id or note.entry != JournalNote.Entry.STEP:
        raise Refused("Stödsteget finns inte i ärendet. Välj ett i listan.")
    if track.steps.filter(note=note).exists():
        raise Refused("Stödsteget är redan kopplat till vägen.")


def check_insats(track: Track, insats: Insats | None) -> None:
    """Raises Refused unless it is an insats for a home, hers and of the same case, and the way takes a decision."""
    if not track.kind.decision:
        raise Refused("Vägen kräver inget beslut. Koppla ingen insats till den.")
    if insats is None:
        return
    if insats.case_id != track.case_id or insats.child_id is not None or insats.area != Area.HOUSING:
        raise Refused("Insatsen gäller inte personens boende i det här ärendet. Välj en i listan.")


def check_obstacle(track: Track, obstacle: str) -> None:
    """Raises Refused for a code that is not in the list, or that is noted already and stands."""
    if obstacle not in Obstacle.values:
        raise Refused("Välj hinder i listan.")
    if track.obstacles.filter(obstacle=obstacle, gone_on__isnull=True).exists():
        raise Refused("Hindret är redan antecknat.")


def check_passed(day: date) -> None:
    """Raises Refused for a day that has not come."""
    if day > timezone.localdate():
        raise Refused("Dagen har inte kommit än. Välj i dag eller en tidigare dag.")

"""The rules of telling more: who may ask for it, in which order, on what consent, and when it may not be told any more.

Sources: OSL (2009:400) 10:1 and 12:2 (her consent), 26:1 and 26:11; SoLPuL 10 § (no more than each one needs).
"""

from casework import policy
from casework.cases.consents.models import Consent
from casework.cases.disclosures import rules as disclosures
from casework.cases.disclosures.models import Disclosure, DisclosureState
from casework.cases.rules import Refused, allowed
from casework.clients.protection import handling
from casework.policy import Permission
from casework.signin.models import User
from housing import doors
from housing.homes.models import HomeHold
from housing.stages import standing, table
from housing.stages.models import Stage, TrackStage
from housing.stages.standing import Standing
from housing.tracks.models import Receiver, Track

OTHER_RECEIVER = "Vägen har en annan mottagare. Gå till vägens sida ”Vem vet vad”."
NO_STAGE = "Mottagaren har inget sådant steg."
WAITS = "Steget väntar redan på sektionschefens beslut."
REACHED = "Mottagaren får redan veta det här."
WRONG_CONSENT = "Välj ett samtycke som personen själv har lämnat i det här ärendet."
WITHOUT_ASKING = "Det steget behöver inget samtycke. Det nås när behovet är lämnat och en bostad hålls."
ELSEWHERE = "Det här lämnades ut för en väg till ett hem. Skriv ut underlaget på vägens sida ”Vem vet vad”."


def check_can_ask(user: User, track: Track) -> None:
    """Raises Forbidden or Refused: the case's own staff, who may give data out of it, while the case is open."""
    doors.check_can_write(user, track.case)
    policy.check_case(user, track.case, Permission.DISCLOSE)
    if track.state in standing.OVER:
        raise Refused(f"{standing.TRACK_OVER} Ingen får veta mer genom den.")


def can_ask(user: User, track: Track) -> bool:
    return allowed(check_can_ask, user, track)


def check_can_let_out(user: User, track: Track) -> None:
    """Raises Forbidden or Refused: the case's own staff, also in a case that is closed, while somebody is let in."""
    policy.check_case(user, track.case, Permission.HOUSING_WRITE)
    named = {"receiver": Receiver.COORDINATOR, "stage": Stage.NAMED}
    if not TrackStage.objects.filter(track=track, ended_at__isnull=True, **named).exists():
        raise Refused("Ingen boendesamordnare är insläppt på vägen.")


def check_receiver(track: Track, receiver: str, stage: str) -> None:
    """Raises Refused for a receiver that the track does not have, or a stage that the receiver does not have."""
    if receiver not in (Receiver.COORDINATOR, track.kind.receiver):
        raise Refused(OTHER_RECEIVER)
    if stage not in table.stages_of(receiver):
        raise Refused(NO_STAGE)


def check_next(found: Standing, stage: str) -> None:
    """Raises Refused unless `stage` is the one to ask for: nothing missing below it, not asked for already, and a home
    held where the receiver is told which.

    A stage may be asked for again when the need has been written anew since: the receiver knows the older version.
    """
    if found.receiver == Receiver.COORDINATOR and stage not in (Stage.CONSENTED, Stage.NAMED):
        raise Refused(WITHOUT_ASKING)
    if before := _before(found, stage):
        raise Refused(f"Steget före är inte nått. {' '.join(before)}")
    if any(row.stage == stage and _proposed(row) for row in found.rows):
        raise Refused(WAITS)
    if not found.lacks(stage) and not _older(found, stage):
        raise Refused(REACHED)
    if table.HOME in table.allowed(found.receiver, stage):
        check_home(found.hold)


def can_next(found: Standing, stage: str) -> bool:
    return allowed(check_next, found, stage)


def _proposed(row: TrackStage) -> bool:
    return row.disclosure is not None and row.disclosure.state == DisclosureState.PROPOSED


def _before(found: Standing, stage: str) -> list[str]:
    """What the stage just below lacks."""
    stages = [one for one in table.stages_of(found.receiver) if table.RANK[one] < table.RANK[stage]]
    return found.lacks(stages[-1]) if stages else []


def _older(found: Standing, stage: str) -> bool:
    """Whether the receiver was told of a need that has been written anew."""
    row = found.row(stage)
    return row is not None and row.disclosure is not None and row.need_version.number < newest_number(found.track)


def newest_number(track: Track) -> int:
    """The number of the need's newest version."""
    found: int = track.need.versions.values_list("number", flat=True).order_by("-number")[0]
    return found


def check_home(hold: HomeHold | None) -> None:
    """Raises Refused when no home is held for the track."""
    if hold is None:
        raise Refused(f"{standing.NO_HOME} Be om det här när en bostad är erbjuden.")


def check_consent(track: Track, consent: Consent) -> None:
    """Raises Refused unless it is the person's own, in this case and in force."""
    if consent.case_id != track.case_id or consent.child_id is not None:
        raise Refused(WRONG_CONSENT)
    if not consent.in_force():
        raise Refused(disclosures.CONSENT_GONE)


def check_sure(found: Standing) -> None:
    """Raises Refused unless a coordinator has the track and a home is reserved for it: before that no name is needed
    (SoLPuL 10 §).
    """
    if found.track.coordinator is None:
        raise Refused(f"{standing.NO_COORDINATOR} Be någon ta den först.")
    if found.hold is None or found.hold.state not in standing.SURE:
        raise Refused(standing.NOT_SURE)


def check_reached(track: Track, receiver: str, stage: str) -> None:
    """Raises Refused, with what is missing (a consent, the sektionschef's decision, a home), unless the receiver may be
    told now what `stage` tells. A higher stage that is reached is enough.
    """
    if stage not in table.stages_of(receiver):
        raise Refused(NO_STAGE)
    found = standing.look(track, receiver)
    higher = [one for one in table.stages_of(receiver) if table.RANK[one] >= table.RANK[stage]]
    if all(found.lacks(one) for one in higher):
        raise Refused(f"Mottagaren får inte veta det här nu. {' '.join(found.lacks(stage))}")


def check_can_print(user: User, found: Standing) -> None:
    """Raises Forbidden or Refused: paper is made for a receiver outside, of what it may be told now, when it is clear
    how everybody it tells of is protected.
    """
    track, receiver = found.track, found.receiver
    check_can_ask(user, track)
    if receiver == Receiver.COORDINATOR or receiver != track.kind.receiver:
        raise Refused(OTHER_RECEIVER)
    if not found.keys:
        lacking = " ".join(found.lacks(table.stages_of(receiver)[0]))
        raise Refused(f"Mottagaren får inte veta något nu. {lacking}")
    if waits := handling.handling_of_all(track.case).unclear:
        raise Refused(waits[0])


def can_print(user: User, found: Standing) -> bool:
    return allowed(check_can_print, user, found)


def needs_weighing(receiver: str, stage: str) -> bool:
    """Whether the stage tells who or where she is, so that it is weighed in writing and decided by two."""
    return disclosures.contents.weighs(
        table.facts(receiver, stage), disclosures.contents.IDENTITY, disclosures.contents.PLACE
    )


def copied_elsewhere(disclosure: Disclosure) -> str:
    """Where the paper of a stage is made: only there are the fields those of its track, its receiver and its home."""
    return ELSEWHERE if TrackStage.objects.filter(disclosure=disclosure).exists() else ""

"""A receiver is to be told more: asked for on her consent, and taken back as soon as it is not needed any more."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.access import actions as access
from casework.access.models import AccessGrant
from casework.cases.consents.models import Consent
from casework.cases.disclosures import actions as disclosures
from casework.cases.disclosures.models import Disclosure, DisclosureWords
from casework.signin.models import User
from housing.stages import rules, standing, table
from housing.stages.models import Stage, StageWords, TrackStage
from housing.stages.standing import Standing
from housing.tracks import moving
from housing.tracks.models import Receiver, Track

NAMES = Q(receiver=Receiver.COORDINATOR, stage=Stage.NAMED)


@dataclass(frozen=True)
class Asked:
    """To whom and what for, as the disclosure's register keeps it; `phone` is where the receiver reaches us."""

    recipient: str
    purpose: str
    weighing: str = ""
    reservation: str = ""
    phone: str = ""


def ask_stage(*, by: User, track: Track, receiver: str, stage: str, consent: Consent, asked: Asked) -> TrackStage:
    """Asks that the track's receiver is told what `stage` tells, on her consent. What tells neither who nor where she
    is is given out at once; the rest waits for the sektionschef among the case's disclosures.

    Raises Forbidden, Refused (closed case, track over, another receiver, a stage before it not reached, no home held,
    consent not in force, nothing said of to whom and what for, not weighed).
    """
    rules.check_can_ask(by, track)
    rules.check_receiver(track, receiver, stage)
    with trail.act(Tag.STAGE_ASKED, by=by, refs=[track.case.ref(), track.ref()]) as event:
        found = _locked(by, track, receiver)
        rules.check_next(found, stage)
        consent = _as_it_is(consent)
        disclosure = _propose(by, found.track, stage, consent, asked) if receiver != Receiver.COORDINATOR else None
        row = _stage(by, found, stage, consent, disclosure, asked.phone)
        event.touch(row.ref())
        return row


def let_in(*, by: User, track: Track, consent: Consent) -> TrackStage:
    """Lets the track's coordinator see the name, as long as the consent lasts, once a home is reserved.

    She is of the same nämnd and branch: the kontaktperson or the sektionschef opens, she looks, and both are in the
    log. Raises Forbidden, Refused (closed case, no coordinator, no home reserved, consent not in force, the stage
    before not reached, let in already, works in another branch).
    """
    rules.check_can_ask(by, track)
    with trail.act(Tag.STAGE_ASKED, by=by, refs=[track.case.ref(), track.ref()]) as event:
        found = _locked(by, track, Receiver.COORDINATOR)
        rules.check_sure(found)
        rules.check_next(found, Stage.NAMED)
        consent = _as_it_is(consent)
        rules.check_consent(found.track, consent)
        coordinator: Any = found.track.coordinator
        access.open_grant(
            by=by,
            case=found.track.case,
            user=coordinator,
            kind=AccessGrant.Kind.HOUSING,
            source=found.track.pk,
            ends_at=_end_of(found, consent),
        )
        row = _stage(by, found, Stage.NAMED, consent, None, "")
        event.touch(row.ref())
        return row


def let_out(*, by: User, track: Track) -> None:
    """Shuts the coordinator's door to the name at once. A closed case is no hindrance.

    Raises Forbidden, Refused (nobody is let in).
    """
    rules.check_can_let_out(by, track)
    with trail.act(Tag.STAGE_ENDED, by=by, refs=[track.case.ref(), track.ref()]) as event:
        fresh = moving.locked(track)
        rules.check_can_let_out(by, fresh)
        _end(by, event, _going(fresh, NAMES))


def end_names(*, by: User, track: Track) -> None:
    """The same within another act that takes away what the door stood on: a consent withdrawn, the track taken by
    another coordinator, the case closed. Where nobody is let in nothing is done or noted.
    """
    _end_if_any(by, track, NAMES)


def end_stages(*, by: User, track: Track) -> None:
    """Within the act that moved a track: when it is over nobody is told more by it; when an offer was lost nobody of
    that home. Where nobody was told nothing is done or noted.
    """
    _end_if_any(by, track, Q() if track.state in standing.OVER else Q(hold__isnull=False))


# --- within an act ----------------------------------------------------------------------------------------------------


def _locked(by: User, track: Track, receiver: str) -> Standing:
    """How the receiver stands, with the case and the track locked and the right asked anew."""
    fresh = moving.locked(track)
    rules.check_can_ask(by, fresh)
    return standing.look(fresh, receiver)


def _as_it_is(consent: Consent) -> Consent:
    """It may have been withdrawn while the form was open."""
    return Consent.objects.select_related("guardian").get(pk=consent.pk)


def _propose(by: User, track: Track, stage: str, consent: Consent, asked: Asked) -> Disclosure:
    """The disclosure of the stage, given at once where one person may decide that."""
    words = DisclosureWords(
        recipient=asked.recipient,
        purpose=asked.purpose,
        weighing=asked.weighing,
        reservation=asked.reservation,
        facts=table.facts(track.kind.receiver, stage),
    )
    disclosure = disclosures.propose_disclosure(
        by=by,
        case=track.case,
        provision=Disclosure.Provision.CONSENT,
        consent=consent,
        asked_on=timezone.localdate(),
        words=words,
    )
    return disclosure if disclosure.grave else disclosures.give_disclosure(by=by, disclosure=disclosure)


def _stage(
    by: User, found: Standing, stage: str, consent: Consent, disclosure: Disclosure | None, phone: str
) -> TrackStage:
    track, hold = found.track, found.hold
    rules.check_consent(track, consent)
    tied = table.HOME in table.allowed(found.receiver, stage) and (disclosure is not None or stage == Stage.NAMED)
    row = TrackStage(
        track=track,
        client_id=track.client_id,
        stage=stage,
        receiver=found.receiver,
        consent=consent,
        disclosure=disclosure,
        need_version=track.need.versions.order_by("-number")[0],
        hold=hold if tied else None,
        asked_by=by,
        words=StageWords(phone=phone),
    )
    row.save()
    return row


def _going(track: Track, which: Q) -> list[TrackStage]:
    rows = TrackStage.objects.select_for_update(of=("self",)).select_related("track__case")
    return list(rows.filter(which, track=track, ended_at__isnull=True))


def _end_if_any(by: User, track: Track, which: Q) -> None:
    if going := _going(track, which):
        with trail.act(Tag.STAGE_ENDED, by=by, refs=[track.case.ref(), track.ref()]) as event:
            _end(by, event, going)


def _end(by: User, event: trail.Pending, going: list[TrackStage]) -> None:
    """Ends these of one track; where the name is among them its door is shut."""
    for row in going:
        row.ended_at = timezone.now()
        row.version += 1
        row.save()
        event.touch(row.ref())
    if doors := [row for row in going if row.receiver == Receiver.COORDINATOR and row.stage == Stage.NAMED]:
        access.close_grants(by=by, source=doors[0].track_id, close_reason=AccessGrant.Close.HOUSING_DONE)


def _end_of(found: Standing, consent: Consent) -> datetime:
    """The first moment after the last day of the consents that the name rests on."""
    below: Any = found.row(Stage.CONSENTED)
    after = min(consent.until, below.consent.until) + timedelta(days=1)
    return datetime.combine(after, time.min, tzinfo=timezone.get_current_timezone())

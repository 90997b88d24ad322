"""A request of ours to another municipality: written, sent, followed step by step. Each step is told in a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.consents.models import Consent
from casework.cases.rules import Refused
from casework.signin.models import User
from housing.codes import DeclineReason
from housing.kompott import rules, steps
from housing.kompott.models import AgreementMember, ExchangeState, ExchangeWords, KompottRequest
from housing.needs.models import NeedVersion
from housing.tracks import moving
from housing.tracks.models import Track


@dataclass(frozen=True)
class Move:
    """A step of ours: `does` is the transition ("" for one that only notes a day), `tells` the kind of message."""

    does: str
    tells: str


MOVES: Mapping[str, Move] = {
    "send": Move("send", "request"),
    "accept": Move("accept", "accepted"),
    "turn_down": Move("turn_down", "turned_down"),
    "withdraw": Move("withdraw", "withdrawn"),
    "expire": Move("expire", "expired"),
    "move_in": Move("move_in", "moved"),
    "ask_transfer": Move("", "transfer_asked"),
    "apply_to_ivo": Move("", ""),
    "transfer": Move("transfer", "transferred"),
    "keep": Move("keep", "kept"),
    "close": Move("close", "closed"),
}


def write_request(
    *, by: User, track: Track, member: AgreementMember, consent: Consent, note: str, version: int | None = None
) -> KompottRequest:
    """Chooses whom to ask, on the ground of a consent. Written over until it is sent; `version` is of the one seen.

    Raises Forbidden, Refused (another kind of way, a track that is not being planned, a municipality that cannot be
    asked or is to be avoided, a consent that does not hold), StaleEdit.
    """
    rules.check_can_ask(by, track)
    with trail.act(Tag.KOMPOTT_WRITTEN, by=by, refs=[track.case.ref(), track.ref()]) as event:
        track = moving.locked(track)
        rules.check_can_ask(by, track)
        _check_facts(track, member, consent)
        request = KompottRequest.objects.filter(track=track, state=ExchangeState.NEW).first()
        if request is None:
            if version is not None:
                raise Refused("Förfrågan är redan skickad. Ladda om sidan.")
            request = KompottRequest(
                track=track, case=track.case, client_id=track.client_id, reference=steps.new_reference()
            )
        elif version is None:
            raise Refused("Någon har redan börjat på en förfrågan. Ladda om sidan för att se den.")
        else:
            request.check_version(version)
        request.member, request.consent, request.words = member, consent, ExchangeWords(note=note)
        request.save()
        event.touch(request.ref())
        return request


def move_request(
    *, by: User, request: KompottRequest, name: str, on: date | None = None, declined: str = ""
) -> KompottRequest:
    """Takes a request of ours one of MOVES further, its track along with it, and says what is to be told in a file.

    `on` is the day of moving in, today when not told; `declined` a DeclineReason where something comes to nothing.
    Raises Forbidden, Refused (a step that does not fit, one before that has not been told, no consent in force when
    something is sent or accepted, a full quota, time that has not run out yet).
    """
    rules.check_can_move(by, request)
    move = MOVES[name]
    with trail.act(Tag.KOMPOTT_MOVED, by=by, refs=[request.case.ref(), request.ref()]):
        track = moving.locked(request.track)
        fresh = steps.locked(request, track)
        rules.check_can_move(by, fresh)
        _check_move(fresh, name)
        declined = DeclineReason.TOO_LATE if name == "expire" else declined
        if not move.does:
            _note_day(fresh, name)
        steps.ours(fresh, move.does, on=on, declined=declined)
        if declined:
            fresh.words = steps.words_with(fresh, answer=declined)
        if move.tells:
            steps.owe(fresh, move.tells)
        fresh.save()
        steps.follow(fresh, move.does, on=on, declined=declined)
        return fresh


def _check_facts(track: Track, member: AgreementMember, consent: Consent | None) -> None:
    version = NeedVersion.objects.filter(need=track.need_id).first()
    if version is None:
        raise Refused("Skriv boendebehovet först. Det är vad den andra kommunen får veta.")
    rules.check_member(member, rules.avoided(version.profile.open()))
    rules.check_consent(consent, track.case)


def _check_move(request: KompottRequest, name: str) -> None:
    if name == "send":
        _check_facts(request.track, request.member, request.consent)
        rules.check_stage(request.track)
        steps.set_going(request, request.member)
    elif name == "withdraw":
        rules.check_sent(request)
    else:
        rules.check_told(request)
    if name == "transfer":
        rules.check_ivo_asked(request)
    if name == "accept":
        rules.check_consent(request.consent, request.case)
    if name == "expire":
        rules.check_answer_late(request)


def _note_day(request: KompottRequest, name: str) -> None:
    today = timezone.localdate()
    if name == "apply_to_ivo":
        rules.check_can_apply_to_ivo(request)
        request.ivo_applied_on = today
    elif request.state != ExchangeState.MOVED:
        raise Refused("Överflyttning av ärendet begärs när personen har flyttat in.")
    elif request.transfer_asked_on is not None:
        raise Refused("Överflyttning är redan begärd.")
    else:
        request.transfer_asked_on = today

"""How a request between municipalities is taken one step further, on either side, within the act of whoever does it."""

import secrets
from datetime import date, timedelta

from django.utils import timezone

from casework.cases.rules import Refused
from casework.state import TransitionNotAllowed
from housing.codes import DeclineReason
from housing.homes.models import HoldState, Home
from housing.kompott.models import (
    RUNNING,
    STOPPED,
    AgreementMember,
    Exchange,
    ExchangeState,
    ExchangeWords,
    KompottOffer,
    KompottRequest,
)
from housing.needs.models import SIGNS
from housing.quotas import taking
from housing.tracks import moving
from housing.tracks.models import Track, TrackState

E, T = ExchangeState, TrackState
DAYS = {"send": "sent_on", "offer": "offered_on", "move_in": "moved_on"}
FALLS = {"turn_down", "decline", "withdraw", "expire"}  # what gives back the quota and the home
# Where a track may be while its request is in a state; a state that is not here goes with any.
TRACKS: dict[str, tuple[str, ...]] = {
    E.SENT: (T.APPLIED,),
    E.ACKNOWLEDGED: (T.QUEUED,),
    E.OFFERED: (T.OFFERED, T.VIEWING),
    E.ACCEPTED: (T.ACCEPTED,),
    E.CONTRACT: (T.CONTRACT,),
}
HOMES = {"accept": "reserve", "sign": "take"}
ALONE = {"", "transfer", "keep", "close"}  # what happens when the track has done its work
HELD = (Home.State.OFFERED, Home.State.RESERVED, Home.State.TAKEN)


def new_reference() -> str:
    """By what two municipalities call a request: drawn anew, made of nothing in the case nor of the need's token."""
    return "K-" + "".join(secrets.choice(SIGNS) for _ in range(8))


def locked(request: KompottRequest, track: Track) -> KompottRequest:
    """The request as it is now. Its case and track are locked before it."""
    rows = KompottRequest.objects.select_related("member__agreement", "consent__guardian", "quota")
    fresh = rows.select_for_update(of=("self",)).get(pk=request.pk)
    fresh.track, fresh.case = track, track.case
    return fresh


def step(row: Exchange, name: str, *, on: date | None = None, declined: str = "") -> None:
    """Takes a locked row through the transition `name`. The caller saves it.

    Raises Refused when the state does not allow it, for a day ahead, or without a reason where it stops.
    """
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Refused("Dagen kan inte ligga framåt i tiden. Ändra dagen.")
    try:
        getattr(row, name)()
    except TransitionNotAllowed:
        raise Refused(f"Det går inte nu: förfrågans läge är ”{row.get_state_display().lower()}”.") from None
    if name == "move_in" and row.offered_on is not None and day < row.offered_on:
        raise Refused("Inflyttningen kan inte ligga före erbjudandet. Ändra dagen.")
    stopped = row.state in STOPPED
    if (stopped or name == "turn_down") and declined not in DeclineReason.values:
        raise Refused("Välj varför det inte blev av.")
    if name in DAYS:
        setattr(row, DAYS[name], day)
    row.declined = declined if stopped else ""
    row.ended_on = day if stopped or row.state == E.CLOSED else None


def set_going(row: Exchange, member: AgreementMember) -> None:
    """From the day it was sent the agreement's time to answer runs."""
    row.answer_due_on = timezone.localdate() + timedelta(days=member.agreement.answer_days)


def owe(row: Exchange, kind: str) -> None:
    """The other side has this to be told, in a file. One that has not been told of the request is told nothing."""
    unknown = row.to_tell == "request" and row.told_at is None
    row.to_tell, row.told_at = ("", None) if unknown else (kind, None)


def words_with(row: KompottRequest | KompottOffer, **more: str) -> ExchangeWords:
    """The words of a row with some of them new. `answer` is a code: why, or which kind of lease."""
    known = row.words.open()
    return ExchangeWords(**{"offer": known.offer, "answer": known.answer, "note": known.note, **more})


def track_moved(track: Track, name: str) -> None:
    """What a track's own step means for its request: taking back the one takes back the other. Every other step is
    the request's to begin. Raises Refused for one that leaves it behind.
    """
    going = KompottRequest.objects.filter(track=track, state__in=RUNNING)
    if not going.exists():
        return
    row = going.select_for_update(of=("self",)).select_related("quota").get()
    if name == "withdraw":
        owe(row, "withdrawn")
        ours(row, "withdraw", declined=track.declined)
    elif track.state not in TRACKS[row.state]:
        raise Refused("Vägen följer förfrågan till den andra kommunen. Gå vidare på förfrågans sida.")


def ours(row: KompottRequest, name: str, *, on: date | None = None, declined: str = "") -> KompottRequest:
    """A step of a request of ours; `name` is "" when a day only is noted. The quota is that of the municipality asked.
    Its track is taken along afterwards; see follow.
    """
    if name:
        step(row, name, on=on, declined=declined)
    if name == "accept":
        row.quota = taking.take(member=row.member, year=timezone.localdate().year)
    elif name in FALLS:
        _give_back(row)
    row.version += 1
    row.save()
    return row


def follow(row: KompottRequest, name: str, *, on: date | None = None, declined: str = "") -> None:
    """The track of a request of ours, taken along with the same step. `row.track` is locked and `row` saved."""
    if name in ALONE:
        return
    if name == "turn_down":
        moving.turn_down(row.track, declined=declined, on=on)
    else:
        track = moving.move(row.track, "apply" if name == "send" else name, on=on, declined=declined)
        if name == "send":
            track.answer_due_on = row.answer_due_on
            track.save()


def theirs(row: KompottOffer, name: str, *, on: date | None = None, declined: str = "") -> KompottOffer:
    """A step of a request that came: its quota is our own in the same agreement, and its home goes with it."""
    if name:
        step(row, name, on=on, declined=declined)
    if name == "accept":
        own = AgreementMember.objects.get(agreement=row.member.agreement_id, own=True)
        row.quota = taking.take(member=own, year=timezone.localdate().year)
    elif name in FALLS:
        _give_back(row)
    _move_home(row, name)
    row.version += 1
    row.save()
    return row


def hold_home(row: KompottOffer, home: Home | None) -> None:
    """A home of ours is tied to an offer; from now on nobody else is offered it. Raises Refused for one not free."""
    row.home = home
    if home is None:
        return
    fresh = Home.objects.select_for_update().get(pk=home.pk)
    if fresh.state != Home.State.FREE or fresh.safety not in {Home.Safety.GOOD, Home.Safety.FAULTS}:
        raise Refused("Bostaden är inte ledig och säkerhetskontrollerad längre. Välj en annan.")
    fresh.offer()
    _keep(fresh)


def _move_home(row: KompottOffer, name: str) -> None:
    """The home follows the offer. Raises Refused when somebody else has moved it meanwhile."""
    if row.home_id is None or (name not in FALLS and name not in HOMES):
        return
    home = Home.objects.select_for_update().get(pk=row.home_id)
    held = home.state in HELD and not home.holds.exclude(state=HoldState.RELEASED).exists()
    if name in FALLS:
        row.home = None
    elif not held:
        raise Refused(f"Bostaden {home.name} är inte hållen för förfrågan längre. Anteckna att den inte kan lämnas.")
    if held:
        getattr(home, HOMES.get(name, "release"))()
        _keep(home)


def _keep(home: Home) -> None:
    home.version += 1
    home.save()


def _give_back(row: KompottRequest | KompottOffer) -> None:
    if row.quota is not None:
        taking.give_back(row.quota)
        row.quota = None

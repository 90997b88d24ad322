"""A home is held for one track at a time and released again; a warning is decided on before it is held."""

from datetime import date, datetime

from django.db import IntegrityError
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.signin.models import User
from housing import doors
from housing.codes import DeclineReason
from housing.homes import colocation, holding, rules
from housing.homes.models import ColocationDecision, ColocationWords, HoldState, Home, HomeHold
from housing.tracks import moving
from housing.tracks.models import Track

Decision = ColocationDecision.Decision


def hold_home(
    *, by: User, home: Home, track: Track, answer_by: date | None, viewing_at: datetime | None, note: str
) -> HomeHold:
    """Offers a free home to the need of one track, and holds it until she has answered. One home never to two.

    Raises Forbidden, NotFound, Refused (closed case, not free, not safe enough, the track has a home or takes none,
    times behind, a note that tells who it is, the sektionschef said no or has not answered), Warned (she has to be
    asked first). Whether anything stood in the way is counted in the event, never who.
    """
    doors.check_can_work(by, track)
    rules.check_times(answer_by, viewing_at)
    refs = [track.case.ref(), track.ref(), home.ref()]
    try:
        with trail.act(Tag.HOME_HELD, by=by, refs=refs, owner=track.client_id) as event:
            fresh, room = _locked(by, track, home)
            rules.check_neutral(by, fresh.case, note)
            rules.check_way(fresh)
            rules.check_can_offer(room)
            if holding.active(fresh) is not None:
                raise Refused("En bostad hålls redan på den här vägen. Släpp den innan du håller en annan.")
            caution = colocation.warnings(room, fresh.case)
            rules.check_decided(room, fresh, caution)
            event.detail = caution.counts()
            hold = holding.lay(room, fresh, by, answer_by=answer_by, viewing_at=viewing_at, note=note)
            event.touch(hold.ref())
            moving.move(fresh, "offer")
            return hold
    except IntegrityError:
        raise Refused(rules.TOO_LATE) from None


def hold_or_ask(
    *, by: User, home: Home, track: Track, answer_by: date | None, viewing_at: datetime | None, note: str
) -> HomeHold | ColocationDecision:
    """As hold_home; when the sektionschef has to be asked first, she is asked and nothing is held. Raises as both."""
    try:
        return hold_home(by=by, home=home, track=track, answer_by=answer_by, viewing_at=viewing_at, note=note)
    except rules.Warned:
        return ask_about_home(by=by, home=home, track=track)


def release_home(*, by: User, hold: HomeHold, why: str) -> HomeHold:
    """An offered or reserved home is given up: it is free again, and the track goes on waiting. `why` is a
    DeclineReason.

    Raises Forbidden, NotFound, Refused (no reason, released already, there is a lease).
    """
    rules.check_can_release(by, hold)
    if why not in DeclineReason.values:
        raise Refused("Välj varför bostaden släpps.")
    refs = [hold.case.ref(), hold.ref(), hold.home.ref()]
    with trail.act(Tag.HOME_RELEASED, by=by, refs=refs):
        track = moving.locked(hold.track)
        now = holding.active(track)
        if now is None or now.pk != hold.pk:
            raise Refused("Bostaden är redan släppt.")
        if now.state == HoldState.TAKEN:
            raise Refused("Det finns ett kontrakt. Hyresförhållandet avslutas i ärendet.")
        moving.turn_down(track, declined=why)
        return HomeHold.objects.get(pk=hold.pk)


def ask_about_home(*, by: User, home: Home, track: Track) -> ColocationDecision:
    """Asks the sektionschef whether a home that was warned of may be offered. Asked already: the same question.

    Raises Forbidden, NotFound, Refused (closed case, nothing to decide). Who was found stands nowhere.
    """
    doors.check_can_work(by, track)
    refs = [track.case.ref(), track.ref(), home.ref()]
    with trail.act(Tag.COLOCATION_ASKED, by=by, refs=refs, owner=track.client_id) as event:
        fresh, room = _locked(by, track, home)
        caution = colocation.warnings(room, fresh.case)
        event.detail = caution.counts()
        asked = ColocationDecision.objects.filter(home=room, track=fresh, decision=Decision.ASKED).first()
        if asked is not None:
            return asked
        if not caution:
            raise Refused("Det finns inget att besluta om. Försök hålla bostaden igen.")
        question = ColocationDecision(
            home=room,
            track=fresh,
            case=fresh.case,
            client_id=fresh.client_id,
            asked_by=by,
            same_building=caution.same_building,
            near_perpetrator=caution.near_perpetrator,
        )
        question.save()
        event.touch(question.ref())
        _waits(fresh, Track.WaitsOn.CHIEF)
        return question


def decide_about_home(*, by: User, question: ColocationDecision, decision: str, reason: str) -> ColocationDecision:
    """The sektionschef says whether the home is safe enough nevertheless. A no holds for that home and that track.

    Raises Forbidden, Refused (closed case, decided already, neither yes nor no, no reason).
    """
    rules.check_can_decide(by, question)
    if decision not in (Decision.OBJECT, Decision.GO_ON):
        raise Refused("Välj om bostaden får erbjudas.")
    if not reason.strip():
        raise Refused("Skriv varför du beslutar så.")
    refs = [question.case.ref(), question.ref(), question.home.ref()]
    with trail.act(Tag.COLOCATION_DECIDED, by=by, refs=refs, reason=reason, owner=question.client_id):
        track = moving.locked(question.track)
        fresh = ColocationDecision.objects.select_for_update(of=("self",)).select_related("case").get(pk=question.pk)
        rules.check_waiting(fresh)
        fresh.decision, fresh.decided_by, fresh.decided_at = decision, by, timezone.now()
        fresh.words = ColocationWords(reason=reason)
        fresh.version += 1
        fresh.save()
        _waits(track, Track.WaitsOn.COORDINATOR)
        return fresh


def _locked(by: User, track: Track, home: Home) -> tuple[Track, Home]:
    """The track and the home as they are now, the case locked first. Raises as doors.check_can_work.

    All homes that may share its building are locked with it, always in the same order: two cases that are offered one
    each at the same moment are compared one after the other, and the second is warned of.
    """
    fresh = moving.locked(track)
    doors.check_can_work(by, fresh)
    rows = Home.objects.filter(pk__in=[home.pk, *colocation.neighbours(home)]).order_by("pk")
    homes = {row.pk: row for row in rows.select_for_update(of=("self",)).select_related("landlord")}
    return fresh, homes[home.pk]


def _waits(track: Track, on: str) -> None:
    track.waits_on = on
    track.version += 1
    track.save()

"""A lease is signed, changed, lived in, taken over and ended. Nothing is written in a closed case."""

from dataclasses import replace
from datetime import date

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Permission
from casework.signin.models import User
from housing import doors
from housing.codes import LeaseKind
from housing.homes import holding
from housing.tenancies import rules
from housing.tenancies.models import Tenancy, TenancyState, TenancyWords
from housing.tenancies.rules import Tenant, Terms
from housing.tenancies.writing import AS_DECLINED, leave_home, locked, take
from housing.tracks import moving
from housing.tracks.models import Track, TrackState

MOVABLE = (TrackState.ACCEPTED, TrackState.CONTRACT)


def sign_tenancy(*, by: User, case: Case, track: Track | None, terms: Terms) -> Tenancy:
    """Notes a lease. On a track it brings the home held for it, and takes the track to its contract.

    Raises Forbidden, Refused (closed case; codes or days that cannot be; a track that has not come so far, or has a
    lease already; a home that has one).
    """
    doors.check_can_write(by, case)
    rules.check_terms(terms)
    with trail.act(Tag.TENANCY_WRITTEN, by=by, refs=[case.ref()]) as event:
        fresh = Case.objects.select_for_update(of=("self",)).select_related("client", "section").get(pk=case.pk)
        doors.check_can_write(by, fresh)
        tenancy = Tenancy(case=fresh, client_id=fresh.client_id)
        tenancy.words = TenancyWords()
        if track is not None:
            _sign_track(tenancy, moving.locked(doors.track_of(fresh, track.pk)))
        _write(tenancy, terms)
        tenancy.save()
        event.touch(tenancy.ref())
        return tenancy


def change_tenancy(*, by: User, tenancy: Tenancy, terms: Terms, version: int) -> Tenancy:
    """Writes over the terms of a lease that goes on. An empty address leaves the one there is.

    Raises Forbidden, Refused (closed case, ended, codes or days that cannot be, a takeover in disguise), StaleEdit.
    """
    with locked(by, Tag.TENANCY_WRITTEN, tenancy, check=rules.check_can_keep) as fresh:
        fresh.check_version(version)
        rules.check_terms(terms, taken_over_on=fresh.taken_over_on)
        if fresh.state == TenancyState.LIVING and fresh.tenant == Tenant.CITY and terms.tenant == Tenant.PERSON:
            raise Refused("När personen får kontraktet i sitt namn antecknar du övertagandet.")
        _write(fresh, terms)
        return fresh


def move_in(*, by: User, tenancy: Tenancy, on: date) -> Tenancy:
    """Notes the day she got the keys; its track is moved with it.

    Raises Forbidden, Refused (closed case, ended, moved in already, a day ahead).
    """
    with locked(by, Tag.TENANCY_MOVED, tenancy, check=rules.check_can_keep) as fresh:
        rules.check_passed(on)
        # Before the track, which otherwise would bring the tenancy with it.
        take(fresh, "move_in")
        fresh.moved_in_on = on
        fresh.version += 1
        fresh.save()
        _move_track(fresh, "move_in", on, MOVABLE)
        return fresh


def take_over(*, by: User, tenancy: Tenancy, on: date, reason: str) -> Tenancy:
    """Notes that the lease is in her own name: first hand, with the right to stay. All steps are done before that.

    With steps left the sektionschef may let her take over all the same, with a `reason`. Raises Forbidden, Refused
    (closed case, not moved in yet, taken over or ended already, steps left, a day ahead or before the lease).
    """
    with locked(by, Tag.TENANCY_MOVED, tenancy, check=rules.check_can_keep, why=reason) as fresh:
        rules.check_before_takeover(fresh)
        rules.check_passed(on)
        if on < fresh.starts_on:
            raise Refused(f"Kontraktet började {fresh.starts_on}. Välj den dagen eller en senare.")
        left = rules.steps_left(set(fresh.takeover_steps.values_list("step", flat=True)))
        if left and not (reason.strip() and policy.can_case(by, fresh.case, Permission.DECIDE)):
            raise Refused(rules.CHIEF_TAKES_OVER.format("; ".join(left)))
        take(fresh, "take_over")
        fresh.taken_over_on, fresh.tenant, fresh.lease = on, Tenant.PERSON, LeaseKind.FIRST_HAND
        return fresh


def end_tenancy(*, by: User, tenancy: Tenancy, on: date, why: str, outcome: str) -> Tenancy:
    """Notes that she does not live there any more. The home is let go, and its track has done its work.

    A lease that nobody moved in on may end before its first day. Raises Forbidden, Refused (closed case, ended already,
    an unknown cause, a day ahead, a day before the lease).
    """
    with locked(by, Tag.TENANCY_MOVED, tenancy, check=rules.check_can_keep) as fresh:
        if why not in Tenancy.EndedWhy.values:
            raise Refused("Välj varför i listan.")
        rules.check_passed(on)
        if fresh.moved_in_on is not None and on < fresh.starts_on:
            raise Refused(f"Kontraktet började {fresh.starts_on}. Välj den dagen eller en senare.")
        take(fresh, "end")
        fresh.ended_on, fresh.ended_why = on, why
        fresh.next_visit_on = None
        fresh.words = replace(fresh.words.open(), outcome=outcome)
        fresh.version += 1
        fresh.save()
        _move_track(fresh, "end", on, (TrackState.MOVED,))
        _move_track(fresh, "withdraw", on, MOVABLE, declined=AS_DECLINED[why])
        leave_home(fresh)
        return fresh


def _sign_track(tenancy: Tenancy, track: Track) -> None:
    if track.state not in rules.CAN_SIGN:
        raise Refused("Vägen är inte framme vid ett kontrakt än. Anteckna först att personen har tackat ja.")
    if Tenancy.objects.filter(track=track).exists():
        raise Refused("Vägen har redan haft ett hyresförhållande. Öppna det under Hyra, eller börja en ny väg.")
    if track.state == TrackState.ACCEPTED:
        moving.move(track, "sign")
    hold = holding.active(track)
    tenancy.track = track
    if hold is not None:
        if Tenancy.objects.exclude(state=TenancyState.ENDED).filter(home=hold.home_id).exists():
            raise Refused("Bostaden har redan ett kontrakt som gäller. Det ska avslutas innan ett nytt börjar.")
        tenancy.home, tenancy.landlord = hold.home, hold.home.landlord


def _write(tenancy: Tenancy, terms: Terms) -> None:
    """The landlord and the address of a home of the register are its own; what stands here is for other homes."""
    for name in ("lease", "tenant", "starts_on", "rent", "trial_until", "takeover_on", "next_visit_on", "block_let"):
        setattr(tenancy, name, getattr(terms, name))
    if tenancy.home is None:
        tenancy.landlord = terms.landlord
    words = tenancy.words.open()
    address = "" if tenancy.home is not None else terms.address.strip() or words.address
    tenancy.words = replace(words, address=address, conditions=terms.conditions)


def _move_track(tenancy: Tenancy, name: str, on: date, among: tuple[TrackState, ...], *, declined: str = "") -> None:
    """Takes the track of the tenancy along, when it stands where that is possible."""
    if tenancy.track_id is None:
        return
    track = moving.locked(Track.objects.get(pk=tenancy.track_id))
    if track.state in among:
        moving.move(track, name, on=on, declined=declined)

"""A stay in skyddat boende is decided, begins, is considered and planned. Each child has one of her own."""

from datetime import date

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases.insatser.models import Actor
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.children.models import Child
from casework.clients.children.rules import grown_up
from casework.signin.models import User
from housing.shelter import clocks, guardians, rules
from housing.shelter.models import ReviewWords, ShelterStay, StayPlace, StayReview, StayWords
from housing.shelter.writing import follow, lock_case, lock_child, locked
from housing.tracks.models import Track, Way

Ground, State = rules.Ground, rules.State


def decide_stay(
    *,
    by: User,
    case: Case,
    child: Child | None = None,
    provider: Actor,
    ground: str,
    decided_on: date,
    words: StayWords,
    place: StayPlace | None = None,
    adult_stay: ShelterStay | None = None,
    track: Track | None = None,
) -> ShelterStay:
    """Decides on a stay for the person, or for a child of hers: then `adult_stay` is the one she goes along to.

    A decision by the ground `court` is one to apply: nothing begins before the court has decided. A track (of the kind
    way_shelter) follows along. Raises Forbidden, NotFound (a child, a stay or a track of another case), Refused (closed
    case; a day ahead; no contents or motivation, or words that tell where it is; a provider no longer used; a ground
    that the guardians do not leave; a stay that goes on already).
    """
    rules.check_can_decide(by, case)
    rules.check_passed(decided_on)
    if not (words.contents.strip() and words.motivation.strip()):
        raise Refused("Skriv vad som beslutas och varför (FL 31–32 §§).")
    if not provider.active:
        raise Refused("Det skyddade boendet används inte längre. Välj ett annat.")
    refs = [row.ref() for row in (case, child) if row is not None]
    with trail.act(Tag.STAY_DECIDED, by=by, refs=refs) as event:
        fresh = lock_case(case)
        rules.check_can_decide(by, fresh)
        facts = {"provider": provider, "ground": ground, "decided_on": decided_on, "decided_by": by, "words": words}
        stay = ShelterStay(case=fresh, place=place or StayPlace(), **facts)
        if child is None:
            _for_person(stay, adult_stay, track)
        else:
            _for_child(stay, lock_child(fresh, child), adult_stay, track)
        told = (words.contents, words.motivation, words.visitation)
        rules.check_words(fresh, provider, *told, place=place, why=rules.PUBLIC)
        if ShelterStay.objects.filter(client=stay.client_id).exclude(state__in=clocks.OVER).exists():
            raise Refused("Det finns redan en vistelse som inte är avslutad. Avsluta den först.")
        stay.save()
        event.touch(stay.ref())
        follow(stay, "apply", "offer", "accept", on=decided_on)
        return stay


def _for_person(stay: ShelterStay, adult_stay: ShelterStay | None, track: Track | None) -> None:
    if stay.ground != Ground.ADULT or adult_stay is not None:
        raise Refused("Den grunden gäller barn. Besluta om barnets vistelse för sig.")
    stay.client_id = stay.case.client_id
    if track is not None:
        rows = Track.objects.select_related("kind").filter(case=stay.case, kind__way=Way.SHELTER)
        stay.track = rows.filter(pk=track.pk).first()
        if stay.track is None:
            raise policy.NotFound("Vägen finns inte.", [stay.case.ref()])
        if stay.track.state not in rules.BEFORE_OFFER:
            raise Refused(f"Vägens läge är ”{stay.track.get_state_display().lower()}”. Välj en som väntar.")


def _for_child(stay: ShelterStay, child: Child, adult_stay: ShelterStay | None, track: Track | None) -> None:
    if stay.ground not in {Ground.ALL_CONSENT, Ground.COURT, Ground.IMMEDIATE}:
        raise Refused("Välj barnets egen grund i listan.")
    if track is not None or stay.place.open() != StayPlace():
        raise Refused("Vägen och stället hör till den vuxnas vistelse. Lämna dem tomma för barnet.")
    stay.child, stay.client_id = child, child.client_id
    stay.adult_stay = _hers(stay.case, adult_stay)
    rules.check_passed(stay.decided_on, stay.adult_stay.decided_on)
    if child.left_on is not None:
        raise Refused("Barnet hör inte längre till hushållet.")
    if grown_up(child.client.identity.open().number, timezone.localdate()):
        raise Refused("Barnet har fyllt 18 år och är vuxet (lag 2024:79, 7 kap. 1 §).")
    today = timezone.localdate()
    guardians.check_ground(child, stay.ground, guardians.standings([child.pk], today)[child.pk], today)


def _hers(case: Case, adult_stay: ShelterStay | None) -> ShelterStay:
    if adult_stay is None:
        raise Refused("Besluta om den vuxnas vistelse först. Barnet bor med sin vårdnadshavare.")
    rows = ShelterStay.objects.select_for_update(of=("self",)).filter(case=case, child=None, pk=adult_stay.pk)
    fresh = rows.first()
    if fresh is None:
        raise policy.NotFound("Vistelsen finns inte i ärendet.", [case.ref()])
    rules.check_going_on(fresh)
    return fresh


def start_stay(*, by: User, stay: ShelterStay, started_on: date) -> ShelterStay:
    """She is there. A child's file is kept from then on (SoL 16:2), and the track goes along.

    Raises Forbidden, Refused (closed case; over or begun; a day ahead or before the decision; a child before the adult,
    without the court's permission, after a time has passed, or when a guardian no longer consents).
    """
    with locked(by, Tag.STAY_MOVED, stay) as fresh:
        rules.check_possible(fresh, "start")
        rules.check_passed(started_on, fresh.decided_on, fresh.court_decided_on)
        if fresh.child is not None:
            _child_may_start(fresh, fresh.child, started_on)
        fresh.start()
        fresh.started_on = started_on
        follow(fresh, "move_in", on=started_on)
        return fresh


def _child_may_start(stay: ShelterStay, child: Child, started_on: date) -> None:
    adult, today = stay.adult_stay, timezone.localdate()
    if adult is None or adult.state != State.STAYING:
        raise Refused("Barnet bor med den vuxna. Anteckna först att den vuxnas vistelse har börjat.")
    rules.check_passed(started_on, adult.started_on)
    if (lapsed := clocks.lapsed_on(stay, started_on)) is not None:
        raise Refused(f"Beslutet gäller inte sedan {lapsed}. Anteckna det och fatta ett nytt beslut.")
    if stay.ground == Ground.ALL_CONSENT:
        guardians.check_ground(child, stay.ground, guardians.standings([child.pk], today)[child.pk], today)
    fresh = lock_child(stay.case, child)
    if not fresh.in_shelter:
        fresh.in_shelter = True
        fresh.version += 1
        fresh.save()


def consider_stay(*, by: User, stay: ShelterStay, considered_on: date, goes_on: bool, words: ReviewWords) -> StayReview:
    """Notes that it was considered whether the stay is to go on, and what a child says of it (lag 2024:79, 2:2, 5:3).

    Ending it is end_stay. Raises Forbidden, Refused (closed case; not begun or over; a day ahead or before the last
    time; nothing said, by us or of a child's view; words that tell where it is).
    """
    if not words.considered.strip():
        raise Refused("Skriv hur ni har övervägt.")
    if stay.child_id is not None and not words.view.strip():
        raise Refused("Skriv barnets inställning, med barnets egna ord (lag 2024:79, 2 kap. 2 §).")
    with locked(by, Tag.STAY_CONSIDERED, stay) as fresh:
        if fresh.state != State.STAYING:
            raise Refused("Vistelsen har inte börjat. Anteckna först när den började.")
        rules.check_passed(considered_on, fresh.started_on, fresh.considered_on)
        rules.check_words(fresh.case, fresh.provider, words.considered, words.view)
        fresh.considered_on = considered_on
        facts = {"considered_on": considered_on, "goes_on": goes_on, "words": words}
        review = StayReview(stay=fresh, client_id=fresh.client_id, by=by, **facts)
        review.save()
        return review


def change_stay(
    *,
    by: User,
    stay: ShelterStay,
    care_plan_on: date | None,
    implementation_plan_on: date | None,
    apply_extended_to: date | None,
    court_final_on: date | None,
    version: int,
) -> ShelterStay:
    """Writes the days of the plans, and what the court has said of time. The decision itself is never written over.

    Raises Forbidden, Refused (closed case; over; a day ahead; a day that has nothing to rest on), StaleEdit.
    """
    with locked(by, Tag.STAY_CHANGED, stay) as fresh:
        fresh.check_version(version)
        for day in (care_plan_on, implementation_plan_on):
            if day is not None:
                rules.check_passed(day)
        if implementation_plan_on is not None and fresh.child_id is None:
            raise Refused("Genomförandeplanen är barnets. Anteckna den på barnets vistelse.")
        if apply_extended_to is not None and (fresh.ground != Ground.IMMEDIATE or fresh.applied_on is not None):
            raise Refused("Längre tid gäller ansökan efter en omedelbar insats, innan den är gjord (4 kap. 6 §).")
        if court_final_on is not None:
            if fresh.court_decided_on is None:
                raise Refused("Anteckna rättens beslut först.")
            rules.check_passed(court_final_on, fresh.court_decided_on)
        fresh.care_plan_on, fresh.implementation_plan_on = care_plan_on, implementation_plan_on
        fresh.apply_extended_to, fresh.court_final_on = apply_extended_to, court_final_on
        return fresh


def change_place(*, by: User, stay: ShelterStay, place: StayPlace, version: int) -> ShelterStay:
    """Writes over where the person stays; her children's stays point at it. Raises Forbidden, Refused (closed case,
    over, a child's stay), StaleEdit.
    """
    with locked(by, Tag.STAY_CHANGED, stay, check=rules.check_can_place) as fresh:
        fresh.check_version(version)
        fresh.place = place
        return fresh

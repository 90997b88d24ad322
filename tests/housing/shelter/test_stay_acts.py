"""The acts: a stay is decided, begins, is considered and planned."""

from typing import Any

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients import actions as clients
from casework.clients.children import actions as children
from casework.clients.children.models import Child
from casework.clients.models import Address
from casework.crypto.fields import sealed_fields
from casework.records import StaleEdit
from housing.shelter import actions, rules
from housing.shelter.models import ReviewWords, ShelterStay, StayPlace, StayReview, StayWords
from housing.tracks import moving
from tests import factories
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event
from tests.housing.made import make_kind, make_need, make_track
from tests.housing.shelter.facts import (
    PLACE,
    TODAY,
    WORDS,
    adult,
    child_of,
    childs,
    close,
    day,
    decide,
    family,
    provider,
    start,
)

REVIEW = ReviewWords(considered="Hotet består", view="Jag vill vara med mamma")


def consider(cast: Cast, stay: ShelterStay, **more: Any) -> StayReview:
    facts = {"by": cast.alma, "considered_on": TODAY, "goes_on": True, "words": REVIEW}
    return actions.consider_stay(stay=stay, **{**facts, **more})


def change(cast: Cast, stay: ShelterStay, **more: Any) -> ShelterStay:
    names = ("care_plan_on", "implementation_plan_on", "apply_extended_to", "court_final_on")
    facts = {"by": cast.alma, "version": stay.version, **dict.fromkeys(names)}
    return actions.change_stay(stay=stay, **{**facts, **more})


def move_place(cast: Cast, stay: ShelterStay, **more: Any) -> ShelterStay:
    facts = {"by": cast.alma, "place": StayPlace(unit="Nyckelboet"), "version": stay.version}
    return actions.change_place(stay=stay, **{**facts, **more})


def test_a_stay_is_decided_by_the_sektionschef(cast: Cast, case: Case) -> None:
    made = decide(cast, case, place=PLACE)
    made.refresh_from_db()
    assert (made.state, made.ground, made.decided_by, made.child) == ("decided", "adult", cast.cecilia, None)
    assert (made.words.open(), made.place.open(), made.client_id) == (WORDS, PLACE, case.client_id)
    assert str(made) == str(made.pk)
    assert cases_of(last_event(Tag.STAY_DECIDED)) == {case.number}


@pytest.mark.parametrize("who", ["alma", "bo", "eva", "edvin", "dag", "hanna", "lo", "ada"])
def test_nobody_else_decides(cast: Cast, case: Case, who: str) -> None:
    assert not rules.can_decide(getattr(cast, who), case)
    with pytest.raises(policy.Forbidden):
        decide(cast, case, by=getattr(cast, who))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"decided_on": day(1)}, "inte kommit"),
        ({"words": StayWords(contents="Bifall", motivation=" ")}, "vad som beslutas och varför"),
        ({"words": StayWords(contents="", motivation="Hot")}, "vad som beslutas och varför"),
        ({"ground": "immediate"}, "gäller barn"),
        ({"ground": "påhittad"}, "gäller barn"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        decide(cast, case, **more)
    assert not ShelterStay.objects.exists()
    assert not events(Tag.STAY_DECIDED)


def test_a_provider_is_one_in_use_and_one_stay_goes_on_at_a_time(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="används inte längre"):
        decide(cast, case, provider=provider("Gamla boet", active=False))
    hers = decide(cast, case)
    with pytest.raises(Refused, match="redan en vistelse"):
        decide(cast, case)
    with pytest.raises(Refused, match="gäller barn"):
        decide(cast, case, adult_stay=hers)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hon bor på Wexgatan nu", "gatuadressen"),
        ("Nära Wyxskolan", "barnets skola"),
        ("Plats på Xylofonen", "ställe"),
        ("Vid quintgatan", "ställe"),
        ("Hos Zibbojouren från i dag", "namn"),
        ("I 211 22 någonstans", "ett postnummer"),
    ],
)
@pytest.mark.parametrize("field", ["contents", "motivation", "visitation"])
def test_words_that_tell_where_are_refused(cast: Cast, case: Case, field: str, text: str, named: str) -> None:
    child = child_of(cast, case)
    address, version = Address(street="Wexgatan 4"), case.client.version
    clients.change_address(by=cast.alma, case=case, address=address, review_on=day(30), version=version)
    places = children.ChildPlaces(school="Wyxskolan")
    children.change_places(by=cast.alma, child=child, places=places, version=child.version)
    words = StayWords(**{"contents": "Bifall", "motivation": "Hot", field: text})
    with pytest.raises(Refused, match=rf"OSL 26 kap. 7 §.*{named}"):
        decide(cast, Case.objects.get(pk=case.pk), words=words, place=PLACE)
    assert not ShelterStay.objects.exists()


def test_a_place_kept_before_is_found_in_later_words(cast: Cast, case: Case) -> None:
    stay = adult(cast, case, place=PLACE)
    with pytest.raises(Refused, match="Skriv inga platser"):
        consider(cast, stay, words=ReviewWords(considered="Trivs på Xylofonen"))
    assert not StayReview.objects.exists()


def test_a_stay_begins(cast: Cast, case: Case) -> None:
    stay = decide(cast, case)
    begun = start(cast, stay, -10)
    assert (begun.state, begun.started_on, begun.version) == ("staying", day(-10), 2)
    assert cases_of(last_event(Tag.STAY_MOVED)) == {case.number}
    with pytest.raises(Refused, match="Det går inte nu"):
        start(cast, begun)


@pytest.mark.parametrize(("days", "message"), [(1, "inte kommit"), (-41, "före")])
def test_a_day_that_cannot_be_is_refused(cast: Cast, case: Case, days: int, message: str) -> None:
    with pytest.raises(Refused, match=message):
        start(cast, decide(cast, case), days)


def test_a_track_follows_the_stay(cast: Cast, case: Case) -> None:
    kind = make_kind("way_shelter")
    track = make_track(make_need(cast.alma, case), kind)
    stay = decide(cast, case, track=track)
    track.refresh_from_db()
    assert (track.state, track.offered_on, track.applied_on) == ("accepted", day(-40), day(-40))
    start(cast, stay, -20)
    track.refresh_from_db()
    assert (track.state, track.moved_on) == ("moved", day(-20))


def test_a_track_is_one_to_a_shelter_that_waits(cast: Cast, case: Case) -> None:
    need = make_need(cast.alma, case)
    with pytest.raises(policy.NotFound):
        decide(cast, case, track=make_track(need))
    gone = make_track(need, make_kind("way_shelter"), "offer", "accept")
    with pytest.raises(Refused, match="tackat ja"):
        decide(cast, case, track=gone)
    other = factories.make_case(cast.cecilia)
    with pytest.raises(policy.NotFound):
        decide(cast, other, track=gone)


def test_a_track_moved_by_hand_holds_nothing_up(cast: Cast, case: Case) -> None:
    track = make_track(make_need(cast.alma, case), make_kind("way_shelter"))
    stay = decide(cast, case, track=track)
    with_hand = moving.locked(track)
    moving.move(with_hand, "withdraw", declined="person_declined")
    assert start(cast, stay).state == "staying"


def test_it_is_considered_with_what_a_child_says(cast: Cast, case: Case) -> None:
    hers, child = adult(cast, case), family(cast, case, agreed=True)
    stay = start(cast, childs(cast, hers, child, "all_consent"), -2)
    with pytest.raises(Refused, match="barnets inställning"):
        consider(cast, stay, words=ReviewWords(considered="Hot"))
    made = consider(cast, stay, goes_on=False)
    stay.refresh_from_db()
    assert (stay.considered_on, made.goes_on, made.words.open()) == (TODAY, False, REVIEW)
    assert (made.client_id, str(made), made.case_number()) == (child.client_id, str(made.pk), case.number)
    assert case.number in cases_of(last_event(Tag.STAY_CONSIDERED))


def test_it_is_considered_while_it_goes_on_and_in_order(cast: Cast, case: Case) -> None:
    stay = decide(cast, case)
    with pytest.raises(Refused, match="har inte börjat"):
        consider(cast, stay)
    begun = start(cast, stay)
    for more, message in (
        ({"words": ReviewWords(considered=" ")}, "hur ni har övervägt"),
        ({"considered_on": day(1)}, "inte kommit"),
        ({"considered_on": day(-31)}, "före"),
    ):
        with pytest.raises(Refused, match=message):
            consider(cast, begun, **more)
    consider(cast, begun, considered_on=day(-5))
    with pytest.raises(Refused, match="före"):
        consider(cast, begun, considered_on=day(-6))


def test_the_days_of_plans_are_written(cast: Cast, case: Case) -> None:
    stay = adult(cast, case)
    made = change(cast, stay, care_plan_on=day(-1))
    assert (made.care_plan_on, made.version) == (day(-1), 3)
    assert cases_of(last_event(Tag.STAY_CHANGED)) == {case.number}
    with pytest.raises(StaleEdit):
        change(cast, stay, version=2)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"care_plan_on": day(1)}, "inte kommit"),
        ({"implementation_plan_on": day(-1)}, "Genomförandeplanen är barnets"),
        ({"apply_extended_to": day(9)}, "omedelbar insats"),
        ({"court_final_on": day(-1)}, "rättens beslut först"),
    ],
)
def test_a_day_with_nothing_to_rest_on_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        change(cast, adult(cast, case), **more)


def test_the_place_is_kept_once_with_the_adults_stay(cast: Cast, case: Case) -> None:
    hers, child = adult(cast, case, place=PLACE), family(cast, case)
    with pytest.raises(Refused, match="hör till den vuxnas"):
        childs(cast, hers, child, "immediate", place=PLACE)
    theirs = childs(cast, hers, child, "immediate")
    with pytest.raises(Refused, match="på den vuxnas vistelse"):
        move_place(cast, theirs)
    made = move_place(cast, hers)
    made.refresh_from_db()
    assert made.place.open() == StayPlace(unit="Nyckelboet")
    with pytest.raises(StaleEdit):
        move_place(cast, hers)


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "dag", "hanna", "lo", "ada"])
def test_only_those_of_the_case_write(cast: Cast, case: Case, who: str) -> None:
    user, stay = getattr(cast, who), adult(cast, case)
    assert not any((rules.can_write(user, stay), rules.can_wind_up(user, stay), rules.can_place(user, stay)))
    for act in (start, consider, change, move_place):
        with pytest.raises(policy.Forbidden):
            act(cast, stay, by=user)


def test_a_closed_case_takes_nothing_new(cast: Cast, case: Case) -> None:
    begun = adult(cast, case)
    closed = close(cast, case)
    begun.case = closed
    for act in (start, consider, change, move_place):
        with pytest.raises(Refused, match="Ärendet är avslutat"):
            act(cast, begun, by=cast.cecilia)
    with pytest.raises(Refused, match="Ärendet är avslutat"):
        decide(cast, closed)


def test_what_is_written_does_not_stand_in_clear(cast: Cast, case: Case) -> None:
    stay = adult(cast, case, place=PLACE)
    consider(cast, stay)
    found = [(owner, field.name) for owner, field in sealed_fields()]
    assert {(ShelterStay, "words"), (ShelterStay, "place"), (StayReview, "words")} <= set(found)
    told = "\n".join(str(vars(line)) for line in events())
    for word in ("Xylofonen", "Quintgatan", "Hotet", "mamma", "Zibbojouren"):
        assert word not in told


def test_a_child_needs_the_adults_stay_of_the_same_case(cast: Cast, case: Case) -> None:
    child = family(cast, case, agreed=True)
    with pytest.raises(Refused, match="den vuxnas vistelse först"):
        decide(cast, case, child=child, ground="all_consent")
    other = factories.make_case(cast.cecilia)
    with pytest.raises(policy.NotFound):
        decide(cast, case, child=child, ground="all_consent", adult_stay=decide(cast, other))
    hers = adult(cast, case)
    for ground in ("adult", "påhittad"):
        with pytest.raises(Refused, match="barnets egen grund"):
            childs(cast, hers, child, ground)
    with pytest.raises(policy.NotFound):
        decide(cast, other, child=child, ground="all_consent", adult_stay=hers)
    with pytest.raises(Refused, match="före"):
        childs(cast, hers, child, "all_consent", -41)
    with pytest.raises(Refused, match="hör till den vuxnas"):
        childs(cast, hers, child, "all_consent", track=make_track(make_need(cast.alma, case)))
    assert childs(cast, hers, child, "all_consent").client_id == child.client_id


def test_a_child_that_has_left_or_grown_up_has_no_stay(cast: Cast, case: Case) -> None:
    hers, child = adult(cast, case), family(cast, case, agreed=True)
    grown = child_of(cast, case, timezone.localdate().replace(year=TODAY.year - 19, day=1))
    with pytest.raises(Refused, match="fyllt 18"):
        childs(cast, hers, grown, "all_consent")
    gone = children.leave_household(by=cast.alma, child=child, left_on=TODAY)
    with pytest.raises(Refused, match="hushållet"):
        childs(cast, hers, gone, "all_consent")
    assert Child.objects.filter(in_shelter=True).count() == 0

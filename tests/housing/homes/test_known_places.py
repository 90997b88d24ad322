"""Places where somebody who uses violence lives or goes: written by the case's staff, and ended."""

import pytest

from audit.models import Event
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.relatives import actions as relatives
from casework.policy import Forbidden
from housing.homes import place_actions
from housing.homes.models import KnownPlace, PlaceIndex, PlaceWords
from tests.cast import Cast
from tests.fixtures import cases_of, last_event
from tests.housing.homes import about

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = PlaceWords(street="Storgatan 12", town="Malmö", about="Arbetar där")


def test_a_place_is_noted_and_indexed_and_nothing_of_it_stands_in_clear(cast: Cast, case: Case) -> None:
    place = place_actions.note_place(by=cast.alma, case=case, related=about.violent(cast.alma, case), words=WORDS)
    assert place.words.open() == WORDS
    assert PlaceIndex.objects.filter(place=place).count() == 1
    assert cases_of(last_event(Tag.PLACE_NOTED)) == {case.number}
    assert "Storgatan" not in str(list(Event.objects.values()))


def test_a_place_belongs_to_somebody_in_the_case_who_uses_violence(cast: Cast, case: Case) -> None:
    friend = about.violent(cast.alma, case, part="network", relation="relative")
    theirs = about.violent(cast.bo, about.other_case(cast))
    gone = about.violent(cast.alma, case)
    relatives.end_related(by=cast.alma, related=gone, reason="Fel person")
    for somebody in (friend, theirs, gone):
        with pytest.raises(Refused, match=r"använder våld|gäller inte längre"):
            place_actions.note_place(by=cast.alma, case=case, related=somebody, words=WORDS)
    group = about.violent(cast.alma, case, part="collective", relation="relative")
    assert place_actions.note_place(by=cast.alma, case=case, related=group, words=WORDS).related == group


def test_half_an_address_is_refused(cast: Cast, case: Case) -> None:
    somebody = about.violent(cast.alma, case)
    with pytest.raises(Refused, match="både gata och ort"):
        place_actions.note_place(by=cast.alma, case=case, related=somebody, words=PlaceWords(street="Storgatan 1"))


def test_strangers_and_closed_cases_write_no_place(cast: Cast, case: Case) -> None:
    place, somebody = about.place(cast.alma, case), about.violent(cast.alma, case)
    for stranger in (cast.bo, cast.hanna, cast.edvin):
        with pytest.raises(Forbidden):
            place_actions.note_place(by=stranger, case=case, related=somebody, words=WORDS)
        with pytest.raises(Forbidden):
            place_actions.end_place(by=stranger, place=place, reason="Flyttat")
    about.close(cast, case)
    with pytest.raises(Refused, match="avslutat"):
        place_actions.note_place(by=cast.cecilia, case=case, related=somebody, words=WORDS)
    with pytest.raises(Refused, match="avslutat"):
        place_actions.end_place(by=cast.cecilia, place=KnownPlace.objects.get(pk=place.pk), reason="Flyttat")


def test_an_ended_place_is_kept_and_compared_with_nothing(cast: Cast, case: Case) -> None:
    place = about.place(cast.alma, case)
    with pytest.raises(Refused, match="Skriv varför"):
        place_actions.end_place(by=cast.alma, place=place, reason=" ")
    place_actions.end_place(by=cast.alma, place=place, reason="Har flyttat till Lund")
    assert not PlaceIndex.objects.exists()
    assert KnownPlace.objects.get().words.open().street == about.STREET
    assert "Lund" not in str(list(Event.objects.values()))
    with pytest.raises(Refused, match="redan inte längre"):
        place_actions.end_place(by=cast.alma, place=place, reason="Igen")

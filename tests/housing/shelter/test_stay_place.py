"""Where it is: for a reason, a short while, logged; never on another page, in a title, or for the wrong one."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.timeline import readers as timeline
from housing.shelter import ending_actions, moments, readers
from housing.shelter.models import ShelterStay, StayPlace
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text
from tests.housing.shelter.facts import PLACE, TODAY, adult, child_of, childs, day, decide, family, guard, start
from tests.housing.shelter.test_stay_pages import url_of

SECRET = ("Xylofonen", "Quintgatan", "Wexa")


def titles(case: Case) -> list[str]:
    days: Any = timeline.page(case, kind="shelter").days  # type: ignore[attr-defined]
    return [shown.entry.title for one in days for shown in one.shown]


@pytest.mark.parametrize("fetched", [False, True])
def test_the_place_is_shown_for_a_reason_and_logged(
    signed_in: SignIn, cast: Cast, case: Case, *, fetched: bool
) -> None:
    client, stay = signed_in(cast.alma), adult(cast, case, place=PLACE)
    assert "Var boendet ligger" in text(client.get(url_of(case, stay)))
    more = {"headers": {"X-Requested-With": "fetch"}} if fetched else {}
    page = text(client.post(url_of(case, stay, "visa/"), {"reason": "her_safety"}, **more))
    for word in SECRET:
        assert word in page
    assert ("<html" in page) is not fetched
    event = last_event(Tag.STAY_PLACE_REVEALED)
    assert (cases_of(event), event.reason_code) == ({case.number}, "her_safety")


def test_without_a_reason_nothing_is_shown(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, stay = signed_in(cast.alma), adult(cast, case, place=PLACE)
    page = text(client.post(url_of(case, stay, "visa/"), {"reason": "nyfiken"}))
    assert "Välj varför du behöver se stället." in page
    assert not any(word in page for word in SECRET)
    assert not events(Tag.STAY_PLACE_REVEALED)
    assert client.get(url_of(case, stay, "visa/")).status_code == 405


def test_a_childs_stay_shows_the_adults_place(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, hers = signed_in(cast.alma), adult(cast, case, place=PLACE)
    stay = childs(cast, hers, family(cast, case), "immediate")
    page = text(client.post(url_of(case, stay, "visa/"), {"reason": "meeting"}))
    assert all(word in page for word in SECRET)
    assert ShelterStay.objects.get(pk=stay.pk).place.open() == StayPlace()


def test_the_place_is_written_without_being_shown(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, stay = signed_in(cast.alma), adult(cast, case, place=PLACE)
    address, form = url_of(case, stay, "stalle/"), {"unit": "Nyckelboet", "address": "", "note": ""}
    assert not any(word in text(client.get(address)) for word in SECRET)
    assert "Skriv enheten, adressen" in text(send(client, address, version="2", unit=""))
    token = str(uuid4())
    for _ in range(2):
        assert send(client, address, **form, version=str(stay.version), once=token).url == url_of(case, stay)
    late = text(send(client, address, **{**form, "unit": "Annat"}, version=str(stay.version)))
    for word in ("Någon annan hann ändra", "Annat", "Dolt.", f'name="version" value="{stay.version + 1}"'):
        assert word in late
    assert "Nyckelboet" not in late
    assert ShelterStay.objects.get().place.open() == StayPlace(unit="Nyckelboet")


def test_a_childs_stay_takes_no_place(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, hers = signed_in(cast.alma), adult(cast, case)
    stay = childs(cast, hers, family(cast, case), "immediate")
    assert url_of(case, stay, "stalle/") not in text(client.get(url_of(case, stay)))
    page = text(send(client, url_of(case, stay, "stalle/"), unit="X", version="1"))
    assert "Skriv stället på den vuxnas vistelse." in page


def test_the_timeline_tells_that_and_never_where(cast: Cast, case: Case) -> None:
    hers = adult(cast, case, place=PLACE)
    start(cast, childs(cast, hers, family(cast, case), "immediate"), -2)
    facts = {"ended_on": TODAY, "ended_why": "stay_own_home", "outcome": ""}
    ending_actions.end_stay(by=cast.alma, stay=hers, **facts)
    found = titles(case)
    assert found.count("Beslut om skyddat boende") == found.count("Skyddat boende började") == 2
    assert found.count("Skyddat boende upphörde") == 2
    keys = [key for _, key in moments.moments(case, None)]
    for entry in moments.show(keys).values():
        told = f"{entry.title} {entry.text} {entry.url}"
        for word in (*SECRET, "Zibbojouren", "äldsta", "Hotet"):
            assert word not in told
    assert moments.show([("decided", uuid4())]) == {}


def test_the_timeline_since_a_day(cast: Cast, case: Case) -> None:
    adult(cast, case)
    begin = datetime.combine(day(-35), time.min, tzinfo=timezone.get_current_timezone())
    assert [key[0] for _, key in moments.moments(case, begin)] == ["started"]  # type: ignore[index]
    assert not list(moments.moments(case, begin + timedelta(days=20)))


def test_days_to_keep_are_reminded_of_in_one_query(cast: Cast, case: Case, django_assert_num_queries: Any) -> None:
    hers = adult(cast, case)
    childs(cast, hers, family(cast, case), "immediate")
    other = decide(cast, factories.make_case(cast.cecilia))
    with django_assert_num_queries(1):
        found = list(readers.to_watch([case.pk, other.case.pk], day(30)))
    assert {(row.case, row.text, row.url_name) for row in found} == {(case.pk, "Boende: bevaka en frist", "stays")}
    assert day(-30) in {row.day for row in found}  # the care plan is missing since the start
    assert all(row.day <= day(30) for row in found)


def test_those_who_follow_many_ask_a_fixed_number_of_questions(cast: Cast, case: Case) -> None:
    hers, cases, asked = adult(cast, case), [case], []
    growing = child_of(cast, case, timezone.localdate().replace(year=TODAY.year - 18, day=1) + timedelta(days=60))
    guard(cast, growing, is_case_person=True)
    guard(cast, growing)
    childs(cast, hers, growing, "immediate")
    for count in (0, 9):
        for _ in range(count):
            case = factories.make_case(cast.cecilia)
            factories.assign(cast.cecilia, case, cast.alma)
            childs(cast, adult(cast, case), family(cast, case), "immediate")
            cases.append(case)
        with CaptureQueriesContext(connection) as queries:
            found = readers.clocks_of(cases, day(60))
        asked.append(len(queries))
    assert asked[0] == asked[1]
    days = [due.clock.due for due in found]
    assert days == sorted(days)
    assert {due.case for due in found} == {case.pk for case in cases}
    assert any(due.clock.label == "Avsluta när barnet fyller 18" for due in found)
    assert {due.stay for due in found} == set(ShelterStay.objects.values_list("pk", flat=True))


def test_what_is_done_or_over_is_not_told_of(cast: Cast, case: Case) -> None:
    hers = adult(cast, case)
    assert [due.clock.label for due in readers.clocks_of([case], TODAY)] == ["Vårdplan"]
    facts = {"ended_on": TODAY, "ended_why": "stay_own_home", "outcome": ""}
    ending_actions.end_stay(by=cast.alma, stay=hers, **facts)
    assert readers.clocks_of([case], day(900)) == []
    assert not list(readers.to_watch([case.pk], day(900)))

"""The sektionschef's page: who waits, what is late, which days come near. By number and pseudonym only."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.signin.models import User
from housing.needs.models import HousingNeed
from housing.overview import readers
from housing.tracks.models import Track
from tests import factories
from tests.casework.exposure.test_exposure_acts import end_case
from tests.casework.insatser import conftest as insatser
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, text
from tests.housing import made
from tests.housing.fortur import facts as fortur
from tests.housing.shelter import facts as shelter
from tests.housing.tenancies import facts as tenancies

URL = "/boende/oversikt/"


def today() -> date:
    return timezone.localdate()


def ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def keep(row: Any, **facts: Any) -> Any:
    for name, value in facts.items():
        setattr(row, name, value)
    with trail.act(Tag.IMPORTED):
        row.save()
    return row


def waiting(cast: Cast, case: Case, days: int, *moves: str, **track: Any) -> Track:
    """A need that was handed over so many days ago, with one track."""
    need = keep(made.need_in(case, cast.alma), published_at=ago(days))
    made_track = made.make_track(need, made.make_kind(), *moves)
    return keep(Track.objects.get(pk=made_track.pk), started_on=today() - timedelta(days=days), **track)


def look(user: User) -> dict[str, Any]:
    return readers.overview(user, None)


def test_an_empty_page_says_so_in_every_part(signed_in: SignIn, cast: Cast) -> None:
    page = text(signed_in(cast.cecilia).get(URL))
    for word in (
        "Ingen väntar på ett hem", "Ingen har flyttat in än", "Inga svar är sena", "Inget löper ut",
        "Inga frister", "Alla beslut om boende är verkställda",
    ):  # fmt: skip
        assert word in page
    assert "försenad" not in page


def test_those_who_wait_longest_come_first_and_drafts_last(cast: Cast, case: Case) -> None:
    others = [factories.make_case(cast.cecilia) for _ in range(2)]
    for other in others:
        factories.assign(cast.cecilia, other, cast.alma)
    waiting(cast, case, 5)
    waiting(cast, others[0], 90)
    made.make_need(cast.alma, others[1], published=False)

    assert [(row.case.number, row.days) for row in look(cast.cecilia)["page"].object_list] == [
        (others[0].number, 90), (case.number, 5), (others[1].number, None),
    ]  # fmt: skip


def test_a_late_answer_and_a_long_wait_are_told_once(signed_in: SignIn, cast: Cast, case: Case) -> None:
    due = today() - timedelta(days=3)
    waiting(cast, case, 100, "apply", applied_on=today() - timedelta(days=90), answer_due_on=due)
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.alma)
    waiting(cast, other, 61)

    found = look(cast.cecilia)["answers"]

    assert [(one.day, one.text.split(": ")[1]) for one in found] == [
        (today() - timedelta(days=61), "har länge väntat på kontaktpersonen"), (due, "svaret är sent"),
    ]  # fmt: skip
    page = text(signed_in(cast.cecilia).get(URL))
    since = f"väntar på mottagaren sedan {today() - timedelta(days=90)}"
    for word in ("2 saker är försenade", "Svaret är sent", "Har väntat länge", since):
        assert word in page


def test_a_wait_of_exactly_the_limit_is_not_long_yet(cast: Cast, case: Case) -> None:
    waiting(cast, case, 60)
    assert look(cast.cecilia)["answers"] == []


def test_leases_trials_and_fortur_that_run_out(cast: Cast, case: Case) -> None:
    application = fortur.answered(cast, case, fortur.granted(valid_until=today() + timedelta(days=20)))
    tenancies.living(cast, case, trial_until=today() + timedelta(days=10), next_visit_on=None)

    found = look(cast.cecilia)["leases"]

    assert [one.text for one in found][:2] == ["Prövotiden går ut", "Förturen går ut"]
    assert application.track.case.number == found[1].case.number
    assert not found[0].late
    assert all(one.url for one in found)


def test_the_clocks_of_stays_stand_there_with_their_paragraph(cast: Cast, case: Case) -> None:
    shelter.adult(cast, case)
    found = look(cast.cecilia)["stays"]
    assert found
    assert all("(" in one.text and one.case.number == case.number for one in found)
    assert not any("Xylofonen" in one.text for one in found)


def test_a_decision_about_housing_that_is_not_carried_out(cast: Cast, case: Case) -> None:
    day = today() - timedelta(days=200)
    insatser.decide(cast, insatser.note(cast, case), decided_on=day)
    insatser.decide(cast, insatser.note(cast, case, area="area_work"), decided_on=day)
    done = insatser.note(cast, case, actor=insatser.make_actor("Eget boende"))
    done = insatser.decide(cast, done, decided_on=day)
    insatser.start(cast, insatser.order(cast, done))

    found = look(cast.cecilia)["decisions"]

    assert [(one.text, one.late) for one in found] == [("Beslutet är inte verkställt", True)]


def test_the_median_is_of_those_who_got_their_keys_this_year(cast: Cast, case: Case) -> None:
    for days in (10, 20, 60):
        other = factories.make_case(cast.cecilia)
        factories.assign(cast.cecilia, other, cast.alma)
        need = keep(made.make_need(cast.alma, other), published_at=ago(days))
        made.make_track(need, made.make_kind(), "offer", "accept", "move_in")
    keep(made.make_need(cast.alma, case), published_at=ago(400))

    keys = look(cast.cecilia)["keys"]

    assert (keys.year, keys.households, keys.days) == (today().year, 3, 20)


def test_a_closed_case_and_another_section_are_left_out(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(cast, case, 100)
    assert case.number in text(signed_in(cast.cecilia).get(URL))
    assert case.number not in text(signed_in(cast.edvin).get(URL))
    end_case(cast, case, monkeypatch)
    page = text(signed_in(cast.cecilia).get(URL))
    assert case.number not in page


def test_the_page_is_noted_with_its_cases_and_tells_no_name(signed_in: SignIn, cast: Cast, case: Case) -> None:
    track = waiting(cast, case, 100)
    page = text(signed_in(cast.cecilia).get(URL))
    for word in (case.number, case.pseudonym, "Vägen way-plain", f"/boende/vagar/{track.pk}/"):
        assert word in page
    for secret in ("Åsa", "Öberg", HousingNeed.objects.get().token, "planned", "waits_us"):
        assert secret not in page
    event = last_event(Tag.HOUSING_OVERVIEW_READ)
    assert (cases_of(event), event.fields) == ({case.number}, [])


def test_only_a_sektionschef_comes_here(signed_in: SignIn, cast: Cast) -> None:
    for user in (cast.alma, cast.hanna, cast.ada, cast.dag):
        assert signed_in(user).get(URL).status_code == 403


def fill(cast: Cast, count: int) -> None:
    for at in range(count):
        case = factories.make_case(cast.cecilia)
        factories.assign(cast.cecilia, case, cast.alma)
        waiting(cast, case, 70 + at)
        insatser.decide(cast, insatser.note(cast, case), decided_on=today() - timedelta(days=200))
        shelter.adult(cast, case)
        tenancies.living(cast, case, trial_until=today())


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_same_number_of_questions(cast: Cast, count: int) -> None:
    fill(cast, count)
    with CaptureQueriesContext(connection) as asked:
        found = look(cast.cecilia)
    assert found["page"].paginator.count == count
    assert len(found["decisions"]) == count
    assert len(asked) == QUESTIONS


QUESTIONS = 8


def test_a_hundred_who_wait_are_shown_page_by_page(signed_in: SignIn, cast: Cast) -> None:
    for at in range(51):
        case = factories.make_case(cast.cecilia)
        factories.assign(cast.cecilia, case, cast.alma)
        waiting(cast, case, at)
    client = signed_in(cast.cecilia)
    assert "1–50 av 51" in text(client.get(URL))
    assert "51–51 av 51" in text(client.get(URL + "?page=2"))
    assert client.get(URL + "?page=x").status_code == 200

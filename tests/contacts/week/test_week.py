"""Min vecka: what waits, what is late, what is today and what comes."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.access import actions as access
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.drafts import store
from contacts.assignments import actions as contacts
from contacts.cover.models import CoverWords
from contacts.models import Cover, GroupSession
from contacts.rhythm.actions import agree_rhythm
from contacts.week import actions
from contacts.week.desk import Desk
from contacts.week.lines import Line, parts
from contacts.week.models import AppointmentWords
from tests import factories
from tests.cast import Cast
from tests.contacts.rhythm.test_flags import goal_of, planned, reviewed, step_of
from tests.fixtures import SignIn, cases_of, events, last_event, text

TODAY = timezone.localdate()


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def at(ahead: int, hour: int = 14) -> datetime:
    return timezone.make_aware(datetime.combine(day(ahead), time(hour)))


def found(user: Any) -> dict[str, list[str]]:
    """Part -> the texts of its lines, but for what the rhythm alone asks."""
    return {
        part.name: [line.text for line in part.lines if not line.text.startswith("Ta ")] for part in parts(Desk(user))
    }


def line(user: Any, text: str) -> Line:
    return next(line for part in parts(Desk(user)) for line in part.lines if line.text.startswith(text))


def book(user: Any, case: Case, what: str, starts_at: datetime, minutes: int | None = 30, **more: str) -> Any:
    kind = "meeting" if minutes else "reminder"
    words = AppointmentWords(what=what, **more)
    return actions.make_appointment(
        by=user, case=case, kind=kind, starts_at=starts_at, minutes=minutes, words=words
    )  # fmt: skip


def cover(case: Case, absent: Any, substitute: Any, starts: int, ends: int) -> None:
    Cover(
        case=case, client_id=case.client_id, absent=absent, substitute=substitute, set_by=absent,
        starts_on=day(starts), ends_on=day(ends), words=CoverWords(),
    ).save()  # fmt: skip


def test_everything_stands_under_its_day(cast: Cast, case: Case) -> None:
    goal = goal_of(case)
    for number, due in enumerate((-3, 0, 1, 7, 8), 1):
        step_of(goal, day(due), number)
    names = {name: len(lines) for name, lines in found(cast.alma).items()}
    assert names == {"overdue": 1, "today": 1, "week": 2, "later": 1}


def test_the_lines_of_a_day_stand_by_the_hour(cast: Cast, case: Case) -> None:
    book(cast.alma, case, "Möte", at(0, 15), who="Banken")
    book(cast.alma, case, "Tidigt", at(0, 8))
    book(cast.alma, case, "Kom ihåg", at(0, 0), None)
    factories.make_step(cast.alma, case, next_step="Ring", next_on=TODAY)
    assert found(cast.alma)["today"] == ["Ring", "Kom ihåg", "Tidigt", "Möte, Banken"]


def test_each_line_leads_to_where_the_job_is_done(cast: Cast, case: Case) -> None:
    page = f"/arenden/{case.number}/"
    factories.make_step(cast.alma, case, next_step="Ring banken", next_on=TODAY)
    step_of(goal_of(case), TODAY)
    today, later = book(cast.alma, case, "Nu", at(0)), book(cast.alma, case, "Sen", at(5))
    planned(case, cast.alma, day(2))
    urls = {name: line(cast.alma, name).url for name in ("Ring banken", "Nu", "Sen", "Följ upp planen")}
    assert urls == {
        "Ring banken": f"{page}steg/",
        "Nu": f"{page}tid/{today.pk}/avsluta/",
        "Sen": f"{page}tid/{later.pk}/",
        "Följ upp planen": f"{page}mal/",
    }


def test_what_waits_for_an_answer_stands_first(cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    asked = contacts.offer_assignment(by=cast.cecilia, case=other, user=cast.alma, kind="main", no_conflict=True)
    reviewed(case, cast.cecilia, day(30))
    for slot in (store.step_slot(case), f"assess:{case.number}:economy"):
        draft = store.save(user=cast.alma, slot=slot, path="/", post=store.QueryDict("a=1"), case=case)
        draft.created_at = timezone.now() - timedelta(days=4)
        draft.save()
    waiting = parts(Desk(cast.alma))[0]
    said = {(line.text, line.url, line.note) for line in waiting.lines}
    assert waiting.name == "waiting"
    assert ("Osignerat utkast", f"/arenden/{case.number}/steg/", "Påbörjat för 4 dagar sedan") in said
    assert ("Osignerat utkast", f"/arenden/{case.number}/", "Påbörjat för 4 dagar sedan") in said
    assert {line.text for line in waiting.lines} >= {
        "Nytt uppdrag: kontaktperson",
        "Sektionschefens genomgång: fortsätt som nu",
    }
    assert f"/uppdrag/{asked.pk}/" in {line.url for line in waiting.lines}


def test_contact_is_due_by_the_rhythm_unless_a_meeting_is_booked_before(cast: Cast, case: Case) -> None:
    assert line(cast.alma, "Ta en första kontakt").day == day(7)
    factories.make_step(cast.alma, case)
    agree_rhythm(by=cast.alma, case=case, every=7, agreed_on=TODAY, with_person=True, why="", phase="support")
    assert line(cast.alma, "Ta kontakt").day == day(7)
    assert Desk(cast.alma).contacts_due == [(case.pk, day(7))]
    book(cast.alma, case, "Sent möte", at(8))
    assert Desk(cast.alma).contacts_due
    book(cast.alma, case, "Möte", at(6))
    assert Desk(cast.alma).contacts_due == []


def test_a_deputy_has_only_what_she_wrote_or_booked(cast: Cast, case: Case) -> None:
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    factories.make_step(cast.alma, case, next_step="Almas steg", next_on=TODAY)
    step_of(goal_of(case), TODAY)
    book(cast.alma, case, "Almas möte", at(0))
    assert parts(Desk(cast.bo)) == []
    book(cast.bo, case, "Bos möte", at(0))
    assert found(cast.bo)["today"] == ["Bos möte"]
    assert line(cast.alma, "Bos möte").note == "Bokat av Bo Ek"
    factories.make_step(cast.bo, case, next_step="Bos steg", next_on=TODAY)
    assert "Bos steg" in found(cast.bo)["today"]


def test_who_takes_over_has_what_the_one_before_her_booked(cast: Cast, case: Case) -> None:
    book(cast.alma, case, "Almas möte", at(0))
    factories.assign(cast.cecilia, case, cast.bo)
    assert parts(Desk(cast.alma)) == []
    assert found(cast.bo)["today"] == ["Almas möte"]


def test_covers_begin_and_end_in_both_weeks(cast: Cast, case: Case) -> None:
    cover(case, cast.alma, cast.bo, 2, 5)
    assert line(cast.bo, "Du täcker för Alma Lind från").day == day(2)
    assert line(cast.bo, "Du täcker").url == ""
    assert line(cast.alma, "Bo Ek täcker för dig från").day == day(2)
    Cover.objects.get().delete()
    cover(case, cast.alma, cast.bo, -2, 5)
    access.open_grant(by=cast.cecilia, case=case, user=cast.bo, kind="cover", source=case.pk)
    assert (line(cast.bo, "Du täcker").day, line(cast.bo, "Du täcker").url) == (day(5), f"/arenden/{case.number}/")


def test_group_supervision_is_in_the_week_of_those_who_take_part(cast: Cast, case: Case) -> None:
    session = GroupSession(section=cast.section, led_by=cast.cecilia, planned_at=at(1, 9))
    session.save()
    session.participants.add(cast.alma)
    assert line(cast.alma, "Grupphandledning").at == at(1, 9)
    assert parts(Desk(cast.bo)) == []
    session.cancel()
    session.save()
    assert "Grupphandledning" not in str(found(cast.alma))


def test_a_closed_case_leaves_nothing_behind(cast: Cast, case: Case) -> None:
    factories.make_step(cast.alma, case, next_step="Ring", next_on=TODAY)
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    case.refresh_from_db()
    cases.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
    assert parts(Desk(cast.alma)) == []


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_shows_cases_texts_and_never_a_place(signed_in: SignIn, cast: Cast, case: Case) -> None:
    book(cast.alma, case, "Möte med banken", at(0), where="Hemlig gränd 3")
    body = text(signed_in(cast.alma).get("/min-vecka/"))
    for shown in (case.number, case.pseudonym, "Möte med banken", "14.00", "I dag"):
        assert shown in body
    for hidden in ("Hemlig gränd", "Åsa", "Öberg", "Bakgrund"):
        assert hidden not in body
    event = last_event(Tag.WEEK_READ)
    assert cases_of(event) == {case.number}
    assert any("Appointment.words" in field for field in event.fields)


def test_an_empty_week_is_kind(signed_in: SignIn, cast: Cast) -> None:
    body = text(signed_in(cast.bo).get("/min-vecka/"))
    assert "Allt är gjort" in body
    assert "Försenat" not in body


@pytest.mark.parametrize("who", ["cecilia", "dag", "hanna", "lo", "ada"])
def test_the_week_is_for_kontaktpersoner(signed_in: SignIn, cast: Cast, who: str) -> None:
    assert signed_in(getattr(cast, who)).get("/min-vecka/").status_code == 403
    assert not events(Tag.WEEK_READ)


def test_the_page_costs_the_same_however_long(
    signed_in: SignIn, cast: Cast, case: Case, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        made = factories.make_case(cast.cecilia, taken_in_days_ago=20)
        factories.assign(cast.cecilia, made, cast.alma)
        factories.make_step(cast.alma, made, next_step="Ring", next_on=TODAY)
        step_of(goal_of(made), day(number))
        book(cast.alma, made, "Möte", at(number))
    client = signed_in(cast.alma)
    with django_assert_max_num_queries(37):
        client.get("/min-vecka/")


# --- what is new ------------------------------------------------------------------------------------------------------


def news(body: str) -> str:
    found = re.search(r'data-part="news".*?</section>', body, re.S)
    return re.sub(r"<[^>]+>", " ", found.group()) if found else ""


def earlier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contacts.week.news.SAME_VISIT", timedelta(0))


def test_what_others_have_done_since_the_last_visit_is_told(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier(monkeypatch)
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    client = signed_in(cast.alma)
    factories.make_step(cast.bo, case)
    assert news(text(client.get("/min-vecka/"))) == ""
    for by in (cast.bo, cast.bo, cast.alma):
        factories.make_step(by, case)
    told = " ".join(news(text(client.get("/min-vecka/"))).split())
    assert f"{case.pseudonym} Bo Ek signerade ett stödsteg, 2 gånger" in told
    assert "Alma" not in told
    assert told.count("Läs") == 1
    assert news(text(client.get("/min-vecka/"))) == ""


def test_a_page_that_is_loaded_again_still_tells(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    client.get("/min-vecka/")
    assert news(text(client.get("/min-vecka/"))) == ""
    assert "Sedan" not in text(client.get("/min-vecka/"))


def test_other_peoples_cases_and_looks_are_no_news(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier(monkeypatch)
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.bo)
    client = signed_in(cast.alma)
    client.get("/min-vecka/")
    factories.make_step(cast.bo, other)
    signed_in(cast.cecilia).get(f"/arenden/{case.number}/")
    assert news(text(client.get("/min-vecka/"))) == ""

"""Hours in a case: booked, changed, held or cancelled; and where they are is told nowhere else."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit.tags import Tag
from casework.access import actions as access
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from casework.records import StaleEdit
from contacts.models import Appointment
from contacts.week import actions, rules
from contacts.week.models import AppointmentWords
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=3)
MEETING = {
    "kind": "meeting", "what": "Möte med banken", "day": str(SOON), "clock": "14.30", "minutes": "45",
    "who": "Handläggaren", "where": "Hemlig gränd 3",
}  # fmt: skip
REMINDER = {"kind": "reminder", "what": "Ring tillbaka", "day": str(SOON), "clock": "", "minutes": "", "who": ""}


def at(days: int = 3, hour: int = 14) -> datetime:
    return timezone.make_aware(datetime.combine(TODAY + timedelta(days=days), time(hour)))


def book(by: Any, case: Case, **more: Any) -> Appointment:
    words = AppointmentWords(what="Möte med banken", where="Hemlig gränd 3")
    return actions.make_appointment(
        by=by, case=case, **{"kind": "meeting", "starts_at": at(), "minutes": 45, "words": words, **more}
    )


def url_of(case: Case, row: Appointment | None = None, end: bool = False) -> str:
    return f"/arenden/{case.number}/tid/" + (f"{row.pk}/" if row else "") + ("avsluta/" if end else "")


def test_a_meeting_is_booked_with_everything_that_was_filled_in(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert send(client, url_of(case), **MEETING).url == f"/arenden/{case.number}/"
    row = Appointment.objects.get()
    local = timezone.localtime(row.starts_at)
    assert (row.user, row.kind, row.state, row.minutes) == (cast.alma, "meeting", "planned", 45)
    assert (local.date(), local.time()) == (SOON, time(14, 30))
    assert row.words.open() == AppointmentWords("Möte med banken", "Handläggaren", "Hemlig gränd 3")
    event = last_event(Tag.APPOINTMENT_MADE)
    assert (cases_of(event), event.reason_code) == ({case.number}, "appointment:meeting")
    assert "banken" not in str(event.body)


def test_a_reminder_needs_a_day_and_a_text(signed_in: SignIn, cast: Cast, case: Case) -> None:
    send(signed_in(cast.alma), url_of(case), **REMINDER)
    row = Appointment.objects.get()
    assert (row.kind, row.minutes, timezone.localtime(row.starts_at).time()) == ("reminder", None, time(0))


def test_where_it_is_stands_on_its_own_page_only(signed_in: SignIn, cast: Cast, case: Case) -> None:
    row, client = book(cast.alma, case), signed_in(cast.alma)
    for place in (f"/arenden/{case.number}/", url_of(case, row, end=True)):
        body = text(client.get(place))
        assert "Möte med banken" in body
        assert "Hemlig gränd" not in body
    assert "Platsen skyddas som en adress" in text(client.get(url_of(case)))
    assert "Hemlig gränd 3" in text(client.get(url_of(case, row)))
    assert any("Appointment.words" in field for field in last_event(Tag.PAGE_READ).fields)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({**MEETING, "what": ""}, "Svara på frågan: Vad gäller det?"),
        ({**MEETING, "kind": "x"}, "Välj något av alternativen i listan."),
        ({**MEETING, "clock": ""}, "Fyll i när mötet börjar."),
        ({**MEETING, "clock": "kl tre"}, "Skriv klockslaget så här"),
        ({**MEETING, "minutes": ""}, "Fyll i hur länge mötet varar."),
        ({**MEETING, "minutes": "4"}, "Ett möte är minst 5 minuter."),
        ({**MEETING, "minutes": "721"}, "Ett möte är högst 720 minuter."),
        ({**MEETING, "day": str(TODAY - timedelta(days=1))}, "Datumet får inte ha passerat."),
        ({**MEETING, "day": "2099-03-29", "clock": "02.30"}, "klockan ställs om till sommartid"),
        ({**MEETING, "day": "i morgon"}, "Skriv datumet så här"),
        ({**MEETING, "where": "x" * 301}, "högst 300 får plats"),
        ({**REMINDER, "who": "Banken"}, "Välj Möte, eller ta bort det här."),
        ({**REMINDER, "where": "Torget"}, "Välj Möte, eller ta bort det här."),
        ({**REMINDER, "day": ""}, "Fyll i vilken dag det gäller."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_booked(
    signed_in: SignIn, cast: Cast, case: Case, data: dict[str, str], message: str
) -> None:
    assert message in text(send(signed_in(cast.alma), url_of(case), **data))
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"kind": "party"}, "möte eller en påminnelse"),
        ({"words": AppointmentWords(what="  ")}, "vad det gäller"),
        ({"minutes": None}, "hur länge"),
        ({"kind": "reminder"}, "bara en dag"),
        ({"kind": "reminder", "minutes": None}, "bara en dag"),
        ({"kind": "reminder", "minutes": None, "words": AppointmentWords(what="a", who="b")}, "bara en dag"),
    ],
)
def test_the_act_refuses_half_an_hour(cast: Cast, case: Case, more: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        book(cast.alma, case, **more)


def test_the_same_form_twice_books_once(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, token = signed_in(cast.alma), str(uuid4())
    for _ in range(2):
        send(client, url_of(case), **MEETING, once=token)
    assert Appointment.objects.count() == 1


def changed(row: Appointment, **more: Any) -> dict[str, Any]:
    return {**MEETING, "version": row.version, **more}


def test_an_hour_is_moved(signed_in: SignIn, cast: Cast, case: Case) -> None:
    row, client = book(cast.alma, case), signed_in(cast.alma)
    assert 'value="14.00"' in text(client.get(url_of(case, row)))
    answer = send(client, url_of(case, row), **changed(row, day=str(TODAY), clock="8.15", what="Möte i stället"))
    assert answer.url == f"/arenden/{case.number}/"
    row.refresh_from_db()
    assert (timezone.localtime(row.starts_at).time(), row.words.open().what) == (time(8, 15), "Möte i stället")
    assert cases_of(last_event(Tag.APPOINTMENT_CHANGED)) == {case.number}


def test_a_reminder_is_asked_for_a_day_and_a_text_only(signed_in: SignIn, cast: Cast, case: Case) -> None:
    row = book(cast.alma, case, kind="reminder", minutes=None, words=AppointmentWords(what="Ring"))
    client = signed_in(cast.alma)
    assert "Klockslag" not in text(client.get(url_of(case, row)))
    send(client, url_of(case, row), what="Ring igen", day=str(TODAY), version=row.version)
    row.refresh_from_db()
    assert (timezone.localdate(row.starts_at), row.words.open().what) == (TODAY, "Ring igen")


def test_two_who_change_the_same_hour_are_shown_both(signed_in: SignIn, cast: Cast, case: Case) -> None:
    row = book(cast.alma, case)
    words = AppointmentWords(what="Från en annan flik")
    actions.change_appointment(
        by=cast.alma, appointment=row, starts_at=at(5), minutes=30, words=words, version=row.version
    )
    body = text(send(signed_in(cast.alma), url_of(case, row), **changed(row)))
    for shown in ("Någon annan hann ändra", "Från en annan flik", "Möte med banken"):
        assert shown in body
    with pytest.raises(StaleEdit):
        actions.change_appointment(by=cast.alma, appointment=row, starts_at=at(), minutes=3, words=words, version=1)


@pytest.mark.parametrize(("how", "state", "leads"), [("hold", "held", "steg/"), ("cancel", "cancelled", "")])
def test_an_hour_is_ended_once(signed_in: SignIn, cast: Cast, case: Case, how: str, state: str, leads: str) -> None:
    row, client = book(cast.alma, case), signed_in(cast.alma)
    assert send(client, url_of(case, row, end=True), how=how).url == f"/arenden/{case.number}/{leads}"
    row.refresh_from_db()
    assert (row.state, last_event(Tag.APPOINTMENT_ENDED).reason_code) == (state, f"appointment:{state}")
    for url, data in ((url_of(case, row, end=True), {"how": how}), (url_of(case, row), changed(row))):
        assert "Tiden är redan avslutad" in text(send(client, url, **data))
    assert len(events(Tag.APPOINTMENT_ENDED)) == 1


def test_an_end_needs_an_answer_and_comes_before_another(cast: Cast, case: Case) -> None:
    row = book(cast.alma, case)
    stale = Appointment.objects.select_related("case").get(pk=row.pk)
    with pytest.raises(Refused, match="blev av"):
        actions.end_appointment(by=cast.alma, appointment=row, how="delete")
    actions.end_appointment(by=cast.alma, appointment=row, how="hold")
    with pytest.raises(Refused, match="redan avslutad: ”Klart”"):
        actions.end_appointment(by=cast.alma, appointment=stale, how="cancel")
    assert not rules.can_change(cast.alma, Appointment.objects.get())


def test_a_case_that_closes_cancels_what_was_to_come(cast: Cast, case: Case) -> None:
    held, coming = book(cast.alma, case), book(cast.alma, case)
    actions.end_appointment(by=cast.alma, appointment=held, how="hold")
    stale = Appointment.objects.select_related("case").get(pk=coming.pk)
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    case.refresh_from_db()
    done = cases.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
    assert dict(Appointment.objects.values_list("pk", "state")) == {held.pk: "held", coming.pk: "cancelled"}
    access.open_grant(by=cast.cecilia, case=done, user=cast.bo, kind="deputy", source=case.pk)
    for act in (
        lambda: book(cast.bo, done),
        lambda: actions.end_appointment(by=cast.bo, appointment=stale, how="hold"),
    ):
        with pytest.raises(Refused, match="avslutat"):
            act()


def test_a_case_that_closed_in_between_is_refused(cast: Cast, case: Case) -> None:
    row, seen = book(cast.alma, case), Case.objects.get(pk=case.pk)
    stale = Appointment.objects.select_related("case").get(pk=row.pk)
    access.open_grant(by=cast.cecilia, case=case, user=cast.bo, kind="deputy", source=uuid4())
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    case.refresh_from_db()
    done = cases.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
    assert not rules.can_make(cast.bo, done)
    for act in (
        lambda: book(cast.bo, seen),
        lambda: actions.end_appointment(by=cast.bo, appointment=stale, how="hold"),
    ):
        with pytest.raises(Refused, match="avslutat"):
            act()


@pytest.mark.parametrize(("who", "status"), [("cecilia", 403), ("lo", 403), ("bo", 404), ("eva", 404), ("dag", 404)])
def test_the_pages_are_for_those_who_work_in_the_case(
    signed_in: SignIn, cast: Cast, case: Case, who: str, status: int
) -> None:
    row, user = book(cast.alma, case), getattr(cast, who)
    client = signed_in(user)
    for url in (url_of(case), url_of(case, row), url_of(case, row, end=True)):
        assert client.get(url).status_code == status
        assert send(client, url, **changed(row), how="hold").status_code == status
    assert Appointment.objects.get().state == "planned"
    assert not rules.can_make(user, case)
    with pytest.raises(Forbidden):
        book(user, case)


def test_an_hour_of_another_case_is_not_found(signed_in: SignIn, cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.alma)
    row, client = book(cast.alma, case), signed_in(cast.alma)
    assert client.get(url_of(other, row)).status_code == client.get(f"{url_of(case)}{uuid4()}/").status_code == 404
    assert cases_of(last_event(Tag.DENIED)) == {case.number}


def test_the_sektionschef_sees_the_hours_of_a_case_and_no_buttons(signed_in: SignIn, cast: Cast, case: Case) -> None:
    book(cast.alma, case)
    book(cast.alma, case, kind="reminder", minutes=None, words=AppointmentWords(what="Ring"), starts_at=at(0, 0))
    book(cast.alma, case, starts_at=at(1))
    body = text(signed_in(cast.cecilia).get(f"/arenden/{case.number}/"))
    for shown in ("Möte med banken", f"{SOON} 14.00", "i morgon 14.00", "i dag"):
        assert shown in body
    assert url_of(case) not in body


def row_of(case: Case, cast: Cast, **more: Any) -> Appointment:
    facts = {"kind": "meeting", "starts_at": at(), "minutes": 30, "user": cast.alma, "words": AppointmentWords()}
    return Appointment(case=case, client_id=case.client_id, **{**facts, **more})


@pytest.mark.parametrize(("kind", "minutes"), [("meeting", None), ("reminder", 30), ("party", 30), ("party", None)])
def test_the_database_wants_the_length_of_a_meeting_and_of_nothing_else(
    cast: Cast, case: Case, kind: str, minutes: int | None
) -> None:
    with pytest.raises(IntegrityError, match="appointment_minutes_of_meeting"), transaction.atomic():
        row_of(case, cast, kind=kind, minutes=minutes).save()
    row_of(case, cast).save()
    row_of(case, cast, kind="reminder", minutes=None).save()


def test_the_database_knows_the_states(cast: Cast, case: Case) -> None:
    with pytest.raises(IntegrityError, match="appointment_state_known"), transaction.atomic():
        row_of(case, cast, state="lost").save()


def test_what_is_written_stands_sealed(cast: Cast, case: Case) -> None:
    book(cast.alma, case, words=AppointmentWords(what="Kanariefågel", who="Kanariefågel", where="Kanariefågel"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM contacts_appointment")
        assert b"Kanarie" not in repr(cursor.fetchone()).encode()

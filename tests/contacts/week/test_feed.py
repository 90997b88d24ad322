"""The calendar in the phone: hours and numbers, and nothing of anybody."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from casework.signin import actions as signin
from casework.signin.models import digest_of
from contacts.models import Appointment, CalendarFeed, GroupSession
from contacts.week import actions, feed, ics, rules
from contacts.week.models import AppointmentWords
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, events, last_event, text

TODAY = timezone.localdate()


def fetch(token: str) -> Any:
    return Client().get(f"/kalender/{token}.ics")


def at(ahead: int, hour: int = 14) -> datetime:
    return timezone.make_aware(datetime.combine(TODAY + timedelta(days=ahead), time(hour)))


def book(user: Any, case: Case, starts_at: datetime, minutes: int | None = 45) -> Appointment:
    more = {"who": "Kanarie", "where": "Kanariegatan"} if minutes else {}
    words = AppointmentWords(what="Kanariefågel", **more)
    kind = "meeting" if minutes else "reminder"
    return actions.make_appointment(by=user, case=case, kind=kind, starts_at=starts_at, minutes=minutes, words=words)


def unfolded(body: str) -> list[str]:
    return body.replace("\r\n ", "").split("\r\n")


def told(token: str) -> list[tuple[str, str]]:
    """(start, title) of each entry."""
    lines = unfolded(text(fetch(token)))
    starts = [line.split(":", 1)[1] for line in lines if line.startswith("DTSTART")]
    return list(zip(starts, [line[8:] for line in lines if line.startswith("SUMMARY:")], strict=True))


def test_the_address_is_shown_once_and_kept_as_a_digest(signed_in: SignIn, cast: Cast) -> None:
    client = signed_in(cast.alma)
    assert "Du har ingen kalenderadress" in text(client.get("/min-vecka/kalender/"))
    body = text(client.post("/min-vecka/kalender/"))
    token = body.split("http://testserver/kalender/")[1].split(".ics")[0]
    row = CalendarFeed.objects.get()
    assert (row.digest, row.user, len(token)) == (digest_of(token), cast.alma, 43)
    assert token not in text(client.get("/min-vecka/kalender/"))
    assert token not in str([line.body for line in events()])
    assert last_event(Tag.FEED_MADE).actor_id == str(cast.alma.pk)
    assert fetch(token).status_code == 200


def test_a_new_address_shuts_the_one_before(cast: Cast) -> None:
    _, first = actions.make_feed(by=cast.alma)
    _, second = actions.make_feed(by=cast.alma)
    assert (fetch(first).status_code, fetch(second).status_code) == (404, 200)
    assert CalendarFeed.objects.filter(revoked_at__isnull=True).count() == 1


def test_an_address_is_revoked_once(signed_in: SignIn, cast: Cast) -> None:
    _, token = actions.make_feed(by=cast.alma)
    client, place = signed_in(cast.alma), "/min-vecka/kalender/"
    assert client.post(f"{place}aterkalla/").url == place
    assert "Telefonen får inget mer" in text(client.get(place))
    assert fetch(token).status_code == 404
    assert last_event(Tag.FEED_REVOKED).actor_id == str(cast.alma.pk)
    client.post(f"{place}aterkalla/")
    assert "Det finns ingen kalenderadress att återkalla." in text(client.get(place))
    with pytest.raises(Refused):
        actions.revoke_feed(by=cast.alma)


def test_unknown_revoked_and_blocked_look_the_same(cast: Cast) -> None:
    _, token = actions.make_feed(by=cast.alma)
    unknown = fetch("x" * 43)
    signin.block_user(by=cast.ada, user=cast.alma)
    blocked = fetch(token)
    assert unknown.status_code == blocked.status_code == 404
    assert unknown.content == blocked.content
    assert not events(Tag.FEED_READ)
    cast.alma.refresh_from_db()
    signin.unblock_user(by=cast.ada, user=cast.alma)
    assert fetch(token).status_code == 200


@pytest.mark.parametrize("who", ["cecilia", "dag", "lo", "ada"])
def test_only_kontaktpersoner_have_one(signed_in: SignIn, cast: Cast, who: str) -> None:
    user = getattr(cast, who)
    client = signed_in(user)
    assert client.get("/min-vecka/kalender/").status_code == client.post("/min-vecka/kalender/").status_code == 403
    assert client.post("/min-vecka/kalender/aterkalla/").status_code == 403
    assert not rules.can_have_feed(user)
    for act in (actions.make_feed, actions.revoke_feed):
        with pytest.raises(Forbidden):
            act(by=user)


def test_who_changes_role_leaves_an_empty_calendar(cast: Cast, case: Case) -> None:
    book(cast.alma, case, at(2))
    _, token = actions.make_feed(by=cast.alma)
    cast.alma.role = "planner"
    cast.alma.save()
    assert told(token) == []


def test_every_fetch_is_in_the_log_under_whose_week_it_is(cast: Cast) -> None:
    row, token = actions.make_feed(by=cast.alma)
    for _ in range(2):
        answer = fetch(token)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    read = events(Tag.FEED_READ)
    assert [(line.actor_id, line.refs[0].id) for line in read] == [(str(cast.alma.pk), str(row.pk))] * 2
    assert Client().post(f"/kalender/{token}.ics").status_code == 405


def test_hours_are_booked_times_and_the_rest_is_counted_by_day(cast: Cast, case: Case) -> None:
    factories.make_step(cast.alma, case, next_step="Ring", next_on=TODAY)
    book(cast.alma, case, at(-2, 0), None)
    book(cast.alma, case, at(5, 0), None)
    book(cast.alma, case, at(2))
    book(cast.alma, case, at(120))
    book(cast.alma, case, at(120, 0), None)
    session = GroupSession(section=cast.section, led_by=cast.cecilia, planned_at=at(1, 9))
    session.save()
    session.participants.add(cast.alma)
    _, token = actions.make_feed(by=cast.alma)
    day = [f"{TODAY + timedelta(days=ahead):%Y%m%d}" for ahead in (0, 5)]
    assert told(token) == [
        (f"{at(2).astimezone(UTC):%Y%m%dT%H%M%SZ}", "Bokad tid"),
        (f"{at(1, 9).astimezone(UTC):%Y%m%dT%H%M%SZ}", "Bokad tid"),
        (day[0], "Att göra: 2 saker"),
        (day[1], "Att göra: 1 sak"),
    ]


def test_nothing_in_it_tells_of_anybody(cast: Cast, case: Case) -> None:
    rows = [book(cast.alma, case, at(2)), book(cast.alma, case, at(3, 0), None)]
    factories.make_step(cast.alma, case, text="Kanariefågel", next_step="Kanariefågel", next_on=TODAY)
    session = GroupSession(section=cast.section, led_by=cast.cecilia, planned_at=at(1, 9))
    session.save()
    session.participants.add(cast.alma)
    _, token = actions.make_feed(by=cast.alma)
    body = "".join(unfolded(text(fetch(token))))
    ids = [*(row.pk for row in rows), session.pk, case.pk, case.client_id, cast.alma.pk]
    for hidden in ("anarie", case.number, case.pseudonym, "Åsa", "Öberg", "Alma", *map(str, ids)):
        assert hidden not in body
    for hidden in (*(pk.hex for pk in ids), "LOCATION", "DESCRIPTION", "ORGANIZER", "URL"):
        assert hidden not in body
    assert not [field for line in events(Tag.FEED_READ) for field in line.fields]


def test_ids_are_the_same_each_time_and_others_in_another_feed(cast: Cast, case: Case) -> None:
    book(cast.alma, case, at(2))
    factories.make_step(cast.alma, case, next_step="Ring", next_on=TODAY)

    def uids(token: str) -> list[str]:
        return [line for line in unfolded(text(fetch(token))) if line.startswith("UID:")]

    _, token = actions.make_feed(by=cast.alma)
    first = uids(token)
    assert uids(token) == first
    assert len(set(first)) == 2
    _, other = actions.make_feed(by=cast.alma)
    assert not set(uids(other)) & set(first)


def test_who_has_left_the_case_gets_nothing_more_of_it(cast: Cast, case: Case) -> None:
    book(cast.alma, case, at(2))
    _, token = actions.make_feed(by=cast.alma)
    assert told(token)
    factories.assign(cast.cecilia, case, cast.bo)
    assert told(token) == []


def test_one_feed_of_a_user_is_open(cast: Cast) -> None:
    """feed_one_per_user: two open ones are refused; one open and one revoked are not; nor two revoked."""
    now = timezone.now()
    for digest, revoked in (("a", now), ("b", now), ("c", None)):
        CalendarFeed(user=cast.alma, digest=digest, revoked_at=revoked).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed(user=cast.alma, digest="d").save()
    CalendarFeed(user=cast.bo, digest="d").save()


# --- the file ---------------------------------------------------------------------------------------------------------

MOMENT = datetime(2026, 3, 1, 13, 2, tzinfo=UTC)


def test_a_file_is_as_the_rfc_wants_it() -> None:
    entries = [ics.Entry("a@b", "Bokad tid", MOMENT, 90), ics.Entry("c@b", "Att göra: 3 saker", MOMENT.date())]
    body = ics.calendar(entries, made_at=MOMENT)
    assert body.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert body.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert "\n" not in body.replace("\r\n", "")
    for line in (
        "UID:a@b\r\nDTSTAMP:20260301T130200Z\r\nDTSTART:20260301T130200Z\r\nDTEND:20260301T143200Z\r\n",
        "DTSTART;VALUE=DATE:20260301\r\nDTEND;VALUE=DATE:20260302\r\n",
        "SUMMARY:Att göra: 3 saker\r\n",
    ):
        assert line in body
    assert body.count("BEGIN:VEVENT") == body.count("END:VEVENT") == 2


def test_an_empty_file_is_whole() -> None:
    assert unfolded(ics.calendar([], made_at=MOMENT))[-2] == "END:VCALENDAR"


def test_an_hour_in_summer_and_in_winter_is_the_same_hour_by_the_clock() -> None:
    for moment, written in (("2026-01-15", "130000Z"), ("2026-07-15", "120000Z")):
        local = timezone.make_aware(datetime.fromisoformat(f"{moment}T14:00"))
        assert written in ics.calendar([ics.Entry("a", "b", local, 30)], made_at=MOMENT)


@pytest.mark.parametrize("make", [lambda n: "x" * n, lambda n: "å" * n, lambda n: "x" + "😀" * n])
def test_long_lines_are_folded_without_cutting_a_letter(make: Callable[[int], str]) -> None:
    for length in (1, 20, 66, 67, 68, 75, 76, 300):
        title = make(length)
        body = ics.calendar([ics.Entry("a", title, MOMENT, 30)], made_at=MOMENT)
        assert max(len(line.encode()) for line in body.split("\r\n")) <= 75
        assert f"SUMMARY:{title}" in unfolded(body)


def test_signs_with_a_meaning_are_escaped() -> None:
    body = ics.calendar([ics.Entry("a", "a;b,c\\d\ne", MOMENT, 30)], made_at=MOMENT)
    assert "SUMMARY:a\\;b\\,c\\\\d\\ne\r\n" in body


def test_the_words_for_one_and_for_many() -> None:
    assert feed._to_do(1) == "Att göra: 1 sak"
    assert feed._to_do(12) == "Att göra: 12 saker"

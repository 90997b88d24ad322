"""Everything that happened in a case, by day: what is shown, how it is chosen, and what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases.journal.actions import correct_note, note_opinion
from casework.cases.models import Case, JournalNote, NoteContent
from casework.cases.timeline import readers, registry
from casework.cases.timeline.registry import Entry, Source
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, text

NOW = timezone.now()


def url_of(case: Case) -> str:
    return f"/arenden/{case.number}/tidslinje/"


def titles(case: Case, **chosen: Any) -> list[str]:
    return [shown.entry.title for day in readers.page(case, **chosen).days for shown in day.shown]  # type: ignore[attr-defined]


def test_what_happened_stands_under_its_day_the_newest_first(signed_in: SignIn, cast: Cast, case: Case) -> None:
    factories.make_step(cast.alma, case, text="Först", when=NOW - timedelta(days=3), kind="economy")
    factories.make_step(cast.alma, case, text="Sedan", outcome="attempted", way="call")
    page = text(signed_in(cast.alma).get(url_of(case)))
    assert page.index("Sedan") < page.index("Först")
    assert page.count('class="course__day"') == 2
    assert "Stödsamtal, inte nått fram" in page
    assert "Alma Lind blev kontaktperson" in page
    assert "Stödet började" in page
    assert "Ärendet togs emot" in page
    assert cases_of(last_event(Tag.TIMELINE_READ)) == {case.number}


def test_the_course_says_who_and_never_why(signed_in: SignIn, cast: Cast, case: Case) -> None:
    cases.move_case(by=cast.cecilia, case=case, name="rest", reason="Hon reser bort")
    page = text(signed_in(cast.alma).get(url_of(case) + "?slag=course"))
    assert "Ärendet vilar" in page
    assert "Cecilia Holm" in page
    assert "reser bort" not in page


def test_what_is_noted_beside_leads_to_its_note(cast: Cast, case: Case) -> None:
    note = factories.make_step(cast.alma, case)
    correct_note(by=cast.alma, note=note, text="Klockan tre")
    note_opinion(by=cast.alma, note=note, text="Jag minns det så här")
    for kind, title in (("correction", "Rättelse"), ("opinion", "Personens egen mening")):
        [day] = readers.page(case, kind=kind).days  # type: ignore[attr-defined]
        [shown] = day.shown
        assert (shown.entry.title, shown.entry.url) == (title, f"/arenden/{case.number}/#not-{note.pk}")


def test_one_kind_at_a_time(signed_in: SignIn, cast: Cast, case: Case) -> None:
    factories.make_step(cast.alma, case, text="Vi talades vid.")
    client = signed_in(cast.alma)
    assert "Vi talades vid." not in text(client.get(url_of(case) + "?slag=course"))
    assert "Inget av det slaget" in text(client.get(url_of(case) + "?slag=opinion"))
    assert "Vi talades vid." in text(client.get(url_of(case) + "?slag=%00"))


def test_since_i_was_here_is_what_was_written_down_since(signed_in: SignIn, cast: Cast, case: Case) -> None:
    factories.make_step(cast.alma, case, text="Gammalt")
    client = signed_in(cast.alma)
    assert "Sedan jag sist var här" not in text(client.get(url_of(case)))
    assert "Sedan jag sist var här" in text(client.get(url_of(case)))
    stamp = int((timezone.now() + timedelta(seconds=2)).timestamp())
    assert "Inget nytt" in text(client.get(f"{url_of(case)}?sedan={stamp}"))
    late = factories.make_step(cast.alma, case, text="Skrevs i efterhand", when=NOW - timedelta(days=9))
    before = int(late.signed_at.timestamp()) - 60
    assert titles(case, kind="step", since=late.signed_at - timedelta(milliseconds=1)) == ["Stödsamtal"]
    page = text(client.get(f"{url_of(case)}?sedan={before}&slag=step"))
    assert "Skrevs i efterhand" in page
    assert f'value="{before}"' in page
    assert "Visa allt igen" in page


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("lo", 403), ("cecilia", 200)])
def test_who_reads_the_timeline(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    assert signed_in(getattr(cast, who)).get(url_of(case)).status_code == status


def test_a_long_text_is_folded(signed_in: SignIn, cast: Cast, case: Case) -> None:
    factories.make_step(cast.alma, case, text="Lång text. " * 60)
    page = text(signed_in(cast.alma).get(url_of(case)))
    assert "<summary>" in page
    assert "Visa allt" in page


def many(case: Case, user: Any, count: int) -> None:
    facts = {"entry": "step", "kind": "talk", "place": "office", "way": "with", "outcome": "done", "minutes": 30}
    rows = [
        JournalNote(
            case=case, client_id=case.client_id, author=user, occurred_at=NOW - timedelta(hours=at),
            content=NoteContent(text=f"Anteckning {at}"), **facts,
        )
        for at in range(count)
    ]  # fmt: skip
    with trail.bulk(Tag.SEEDED):
        JournalNote.objects.bulk_create(rows)


def asked(client: Any, url: str) -> int:
    with CaptureQueriesContext(connections["default"]) as data, CaptureQueriesContext(connections["keys"]) as keys:
        assert client.get(url).status_code == 200
    return len(data) + len(keys)


def test_two_thousand_entries_cost_as_many_questions_as_a_few(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    many(case, cast.alma, 60)
    client.get(url_of(case))
    few = asked(client, url_of(case))
    many(case, cast.alma, 1940)
    assert asked(client, url_of(case)) == few
    assert few <= 60  # two for each kind of entry there is
    page = text(client.get(url_of(case) + "?slag=step&page=40"))
    assert "1951–2000 av 2\xa0000" in page
    assert "slag=step&amp;page=39" in page


def test_a_room_adds_a_source_and_a_key_without_a_row_is_left_out(cast: Cast, case: Case) -> None:
    entry = Entry("Nyckeln lämnades", timed=False)
    source = Source("key", "Nycklar", "key", lambda case, since: [(NOW, 1), (NOW, 2)], lambda keys: {1: entry})
    registry.register(source)
    try:
        assert source in registry.sources()
        assert titles(case, kind="key") == ["Nyckeln lämnades"]
    finally:
        del registry._sources["key"]

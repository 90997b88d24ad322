"""The case page: what each one sees, the journal and its filters, and what is new since the last visit."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases import panels, readers
from casework.cases.journal.actions import correct_note, note_opinion
from casework.cases.models import Case
from casework.clients import actions as clients
from contacts.assignments import actions as contacts
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, events, last_event, text


def page(signed_in: SignIn, user: Any, case: Case, query: str = "") -> str:
    response = signed_in(user).get(f"/arenden/{case.number}/{query}")
    assert response.status_code == 200
    return text(response)


def test_the_contact_person_sees_the_journal_and_may_write(signed_in: SignIn, cast: Cast, case: Case) -> None:
    due = {"next_step": "Ring igen", "next_on": timezone.localdate()}
    factories.make_step(cast.alma, case, text="Vi ringde hyresvärden", **due)
    body = page(signed_in, cast.alma, case)
    for shown in (
        case.number,
        case.pseudonym,
        "Vi ringde hyresvärden",
        "Ring igen",
        "Nytt stödsteg",
        "Låt ärendet vila",
    ):
        assert shown in body
    for hidden in ("Åsa", "Öberg", "kodordet", "Avsluta ärendet", "Vem har öppnat"):
        assert hidden not in body


def test_the_sektionschef_reads_and_steers_but_does_not_write(signed_in: SignIn, cast: Cast, case: Case) -> None:
    body = page(signed_in, cast.cecilia, case)
    assert "Vem har öppnat ärendet?" in body
    assert "Nytt stödsteg" not in body


def test_corrections_and_opinions_stand_under_their_note(signed_in: SignIn, cast: Cast, case: Case) -> None:
    note = factories.make_step(cast.alma, case, text="Klockan två")
    correct_note(by=cast.alma, note=note, text="Klockan tre")
    note_opinion(by=cast.alma, note=note, text="Jag kom i tid")
    body = page(signed_in, cast.alma, case, "?visa=step")
    assert body.index("Klockan två") < body.index("Klockan tre") < body.index("Jag kom i tid")


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", {"Samtalet", "Bostaden", "Fel dag"}),
        ("?visa=correction", {"Fel dag"}),
        ("?slag=housing", {"Bostaden"}),
        ("?visa=step&slag=talk", {"Samtalet", "Fel dag"}),
        ("?visa=opinion", set()),
        ("?visa=strunt&slag=%00", {"Samtalet", "Bostaden", "Fel dag"}),
    ],
)
def test_the_journal_is_filtered(signed_in: SignIn, cast: Cast, case: Case, query: str, seen: set[str]) -> None:
    note = factories.make_step(cast.alma, case, text="Samtalet")
    factories.make_step(cast.alma, case, text="Bostaden", kind="housing")
    correct_note(by=cast.alma, note=note, text="Fel dag")
    body = page(signed_in, cast.alma, case, query)
    assert {word for word in ("Samtalet", "Bostaden", "Fel dag") if word in body} == seen


def test_a_filter_is_kept_from_page_to_page(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "NOTES", 1)
    for _ in range(2):
        factories.make_step(cast.alma, case)
    assert "?visa=step&amp;page=2" in page(signed_in, cast.alma, case, "?visa=step")


def test_since_last_time_shows_what_was_signed_after_the_visit_before_this_one(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    old = factories.make_step(cast.alma, case, text="Gammalt")
    first = page(signed_in, cast.alma, case)
    assert "Sedan jag sist var här" not in first
    stamp = int(last_event(Tag.CASE_OPENED_BY).time.timestamp())
    assert f"?sedan={stamp}" in page(signed_in, cast.alma, case)
    later = int((old.signed_at + timedelta(seconds=2)).timestamp())
    body = page(signed_in, cast.alma, case, f"?sedan={later}")
    assert "Gammalt" not in body
    assert "Inget nytt" in body
    assert "Gammalt" in page(signed_in, cast.alma, case, f"?sedan={later - 60}")


@pytest.mark.parametrize("stamp", ["", "1", "-5", "99999999999", "٣", "idag", "1e9"])
def test_only_whole_seconds_are_a_moment(stamp: str) -> None:
    assert (readers.moment(stamp) is not None) is (stamp == "1")


def test_protections_in_force_are_in_the_header_and_the_strongest_is_not_named(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    today = timezone.localdate()
    for kind, start in (("SECRECY_MARKING", 400), ("FICTITIOUS_IDENTITY", 10), ("PROTECTED_REGISTRATION", -1)):
        clients.add_mark(
            by=cast.cecilia,
            case=case,
            kind=kind,
            valid_from=today - timedelta(days=start),
            review_on=today - timedelta(days=30) if start == 400 else None,
        )
    body = page(signed_in, cast.alma, case)
    assert "Sekretessmarkering" in body
    assert "Skyddade personuppgifter" in body
    assert f"Skyddet skulle ha följts upp {today - timedelta(days=30)}." in body
    for hidden in ("Fingerade", "Skyddad folkbokföring"):
        assert hidden not in body


def test_a_case_without_contact_person_raises_the_alarm(signed_in: SignIn, cast: Cast, case: Case) -> None:
    orphan = factories.make_case(cast.cecilia)
    offer = contacts.offer_assignment(by=cast.cecilia, case=orphan, user=cast.bo, kind="main", no_conflict=True)
    body = page(signed_in, cast.cecilia, orphan)
    assert "Ärendet har ingen kontaktperson." in body
    assert "tillfrågad" in body
    contacts.decline_assignment(by=cast.bo, assignment=offer, code="safety", reason="Känner grannen")
    assert "Känner grannen" in page(signed_in, cast.cecilia, orphan)
    assert "Ärendet har ingen kontaktperson." not in page(signed_in, cast.alma, case)


def test_why_somebody_said_no_is_for_the_sektionschef_only(signed_in: SignIn, cast: Cast, case: Case) -> None:
    offer = contacts.offer_assignment(by=cast.cecilia, case=case, user=cast.bo, kind="deputy", no_conflict=True)
    contacts.decline_assignment(by=cast.bo, assignment=offer, code="safety", reason="Känner grannen")
    assert "Känner grannen" not in page(signed_in, cast.alma, case)


def test_a_closed_case_is_read_and_not_changed(signed_in: SignIn, cast: Cast, case: Case) -> None:
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    case.refresh_from_db()
    cases.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Bor nu i annan stad")
    body = page(signed_in, cast.cecilia, case)
    assert "Bor nu i annan stad" in body
    assert "Öppna ärendet igen" in body
    assert "Lägg till skydd" not in body
    assert "Ärendet har ingen kontaktperson." not in body


def test_the_log_of_a_case_is_for_chief_and_reviewer_and_is_itself_logged(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    page(signed_in, cast.alma, case)
    for user, status in ((cast.cecilia, 200), (cast.lo, 200), (cast.alma, 403), (cast.edvin, 404)):
        assert signed_in(user).get(f"/arenden/{case.number}/logg/").status_code == status
    assert [line.actor for line in events(Tag.CASE_LOG_READ)] == ["Cecilia Holm", "Lo Vik"]
    body = text(signed_in(cast.lo).get(f"/arenden/{case.number}/logg/"))
    assert "Alma Lind" in body
    assert "öppnade ärendet" in body


def test_panels_stand_in_order_and_may_be_left_out(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_panels", {})
    panels.register(panels.Panel("b", "b.html", lambda *_: {"n": 1}, order=20))
    panels.register(panels.Panel("a", "a.html", lambda *_: {"n": 2}, order=10))
    panels.register(panels.Panel("c", "c.html", lambda *_: None))
    drawn = panels.for_case(cast.alma, case, frozenset())
    assert drawn == [("a.html", {"n": 2}, True), ("b.html", {"n": 1}, False)]


def test_a_page_of_a_case_costs_few_queries(
    signed_in: SignIn, cast: Cast, case: Case, django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        factories.make_step(cast.alma, case)
    client = signed_in(cast.alma)
    client.get(f"/arenden/{case.number}/")
    with django_assert_max_num_queries(31):
        client.get(f"/arenden/{case.number}/")

"""Lists of cases: what is due first, when she was last met, what needs somebody."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.drafts import store
from contacts.assignments import actions
from contacts.caseload import readers as caseload
from contacts.models import Assignment
from contacts.rhythm.actions import agree_rhythm
from contacts.rhythm.models import Every
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, text

TODAY = timezone.localdate()


def days_ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days)


def own_case(cast: Cast, taken_in: int = 0) -> Case:
    made = factories.make_case(cast.cecilia, taken_in_days_ago=taken_in)
    factories.assign(cast.cecilia, made, cast.alma)
    return made


def old_draft(cast: Cast, case: Case, days: int) -> None:
    draft = store.save(user=cast.alma, slot=store.step_slot(case), path="/", post=store.QueryDict("a=1"), case=case)
    draft.created_at = days_ago(days)
    draft.save()


def test_what_is_due_stands_first_and_then_the_longest_silence(cast: Cast) -> None:
    later, never, long_ago, late, recent = (own_case(cast) for _ in range(5))
    factories.make_step(cast.alma, later, next_step="Ring", next_on=TODAY + timedelta(days=3))
    factories.make_step(cast.alma, late, when=days_ago(9), next_step="Brev", next_on=TODAY - timedelta(days=2))
    factories.make_step(cast.alma, long_ago, when=days_ago(20))
    factories.make_step(cast.alma, recent)
    assert [row.case for row in caseload.mine(cast.alma)] == [late, later, never, long_ago, recent]


def test_a_row_tells_the_next_step_of_the_latest_step_only(cast: Cast, case: Case) -> None:
    factories.make_step(cast.alma, case, when=days_ago(3), next_step="Gammalt", next_on=TODAY)
    [row] = caseload.mine(cast.alma)
    assert (row.next_step, row.due_today, row.overdue) == ("Gammalt", True, False)
    factories.make_step(cast.alma, case, when=days_ago(2), next_step="Sent", next_on=TODAY - timedelta(days=1))
    [row] = caseload.mine(cast.alma)
    assert (row.next_step, row.due_today, row.overdue) == ("Sent", False, True)
    factories.make_step(cast.alma, case)
    [row] = caseload.mine(cast.alma)
    assert (row.next_step, row.next_on, row.overdue) == ("", None, False)


@pytest.mark.parametrize(
    ("more", "counts"),
    [({}, True), ({"way": "call"}, True), ({"outcome": "attempted"}, False), ({"way": "for"}, False)],
)
def test_only_what_reached_her_is_a_contact(cast: Cast, case: Case, more: dict[str, str], counts: bool) -> None:
    factories.make_step(cast.alma, case, **more)
    [row] = caseload.mine(cast.alma)
    assert (row.last_contact is not None) is counts


@pytest.mark.parametrize(("days", "silent"), [(13, False), (14, True), (30, True)])
def test_a_case_is_silent_after_a_fortnight_in_the_row_and_in_the_count(cast: Cast, days: int, silent: bool) -> None:
    met = own_case(cast)
    factories.make_step(cast.alma, met, when=days_ago(days))
    own_case(cast, taken_in=days)
    assert [row.silent for row in caseload.mine(cast.alma)] == [silent, silent]
    assert caseload.overview(cast.cecilia).silent == (2 if silent else 0)


@pytest.mark.parametrize("every", Every.values)
def test_a_case_is_silent_by_its_own_rhythm_in_the_row_and_in_the_count(cast: Cast, every: int) -> None:
    found = []
    for days in (every - 1, every, every + 1):
        met, never = own_case(cast, taken_in=200), own_case(cast, taken_in=days)
        factories.make_step(cast.alma, met, when=days_ago(days))
        for case in (met, never):
            agree_rhythm(
                by=cast.alma, case=case, every=every, agreed_on=TODAY, with_person=True, why="", phase="support"
            )
        found += [(met, days >= every), (never, days >= every)]
    seen = {row.case: row.silent for row in caseload.mine(cast.alma)}
    assert seen == dict(found)
    assert set(caseload.section_cases(cast.cecilia, "utan-kontakt")) == {case for case, silent in found if silent}


def test_a_first_contact_from_the_intake_counts_and_an_ended_agreement_does_not(cast: Cast) -> None:
    case = own_case(cast, taken_in=40)
    for every in (7, 30):
        agree_rhythm(by=cast.alma, case=case, every=every, agreed_on=TODAY, with_person=True, why="", phase="support")
    case.first_contact_on = TODAY - timedelta(days=29)
    case.save()
    assert (caseload.mine(cast.alma)[0].silent, caseload.overview(cast.cecilia).silent) == (False, 0)
    case.first_contact_on = TODAY - timedelta(days=30)
    case.save()
    assert (caseload.mine(cast.alma)[0].silent, caseload.overview(cast.cecilia).silent) == (True, 1)


def test_a_day_is_a_day_whatever_the_hour(cast: Cast, case: Case) -> None:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for moment in (midnight - timedelta(days=13), midnight - timedelta(days=13, microseconds=1)):
        factories.make_step(cast.alma, case, when=moment)
        [row] = caseload.mine(cast.alma)
        assert row.silent is bool(caseload.overview(cast.cecilia).silent)
        case.notes.first()


@pytest.mark.parametrize(("name", "silent"), [("rest", False), ("begin_closing", True)])
def test_a_resting_case_is_not_silent_but_one_that_is_being_rounded_off_is(cast: Cast, name: str, silent: bool) -> None:
    case = own_case(cast, taken_in=30)
    case = cases.move_case(by=cast.alma, case=case, name=name, reason="Så")
    assert caseload.mine(cast.alma)[0].silent is silent
    assert caseload.overview(cast.cecilia).silent == int(silent)


def test_the_page_flags_what_is_no_longer_in_time(signed_in: SignIn, cast: Cast) -> None:
    own_case(cast, taken_in=50)
    body = text(signed_in(cast.alma).get("/mina-arenden/"))
    assert "Ingen första kontakt" in body
    assert "Styrkebedömning saknas" in body
    assert "Ingen godkänd plan" not in body


def test_the_page_shows_rows_offers_and_drafts_and_nothing_of_violence(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    due = {"next_step": "Ring banken", "next_on": TODAY - timedelta(days=1)}
    factories.make_step(cast.alma, case, when=days_ago(2), kind="safety", **due)
    old_draft(cast, case, 2)
    other = factories.make_case(cast.cecilia)
    actions.offer_assignment(
        by=cast.cecilia, case=other, user=cast.alma, kind="main", no_conflict=True, message="Har du plats?"
    )
    body = text(signed_in(cast.alma).get("/mina-arenden/"))
    for shown in (
        case.number,
        case.pseudonym,
        "Ring banken",
        "Skulle ha gjorts",
        "Utkast",
        other.number,
        "Har du plats?",
    ):
        assert shown in body
    for hidden in ("Polisen", "Trygghet", "Åsa", "Öberg", "Bakgrund"):
        assert hidden not in body
    assert cases_of(last_event(Tag.CASELOAD_READ)) == {case.number, other.number}


def test_an_empty_caseload_says_what_will_come(signed_in: SignIn, cast: Cast, case: Case) -> None:
    assert "Du har inga ärenden än" in text(signed_in(cast.bo).get("/mina-arenden/"))


def test_a_closed_case_leaves_the_list(cast: Cast, case: Case) -> None:
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    case.refresh_from_db()
    cases.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
    assert caseload.mine(cast.alma) == []
    assert list(caseload.section_cases(cast.cecilia)) == []
    assert list(caseload.section_cases(cast.cecilia, "avslutade")) == [case]


def test_the_section_counts_what_needs_somebody(cast: Cast) -> None:
    first, second = own_case(cast, taken_in=20), own_case(cast)
    factories.assign(cast.cecilia, second, cast.bo, kind="deputy")
    orphan = factories.make_case(cast.cecilia)
    actions.offer_assignment(by=cast.cecilia, case=orphan, user=cast.bo, kind="main", no_conflict=True)
    factories.make_case(cast.edvin)
    old_draft(cast, first, 8)
    old_draft(cast, second, 6)
    seen = caseload.overview(cast.cecilia)
    assert (seen.total, seen.unassigned, seen.without_deputy, seen.silent, seen.old_drafts) == (3, 1, 2, 1, 1)
    loads = {load.user.username: (load.main, load.deputy, load.offered, load.old_drafts) for load in seen.loads}
    assert loads == {"alma": (2, 0, 0, 1), "bo": (0, 1, 1, 0)}


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ("", "abc"),
        ("utan-kontaktperson", "c"),
        ("utan-ersattare", "ac"),
        ("utan-kontakt", "a"),
        ("avslutade", "d"),
        ("strunt", "abc"),
    ],
)
def test_the_sections_list_is_filtered(signed_in: SignIn, cast: Cast, wanted: str, shown: str) -> None:
    found = {"a": own_case(cast, taken_in=20), "b": own_case(cast), "c": factories.make_case(cast.cecilia)}
    factories.assign(cast.cecilia, found["b"], cast.bo, kind="deputy")
    ended = factories.make_case(cast.cecilia)
    found["d"] = cases.close_case(by=cast.cecilia, case=ended, closure_reason="own_wish", note="Hon ville inte")
    body = text(signed_in(cast.cecilia).get("/sektionen/", {"visa": wanted}))
    assert {name for name, case in found.items() if case.pseudonym in body} == set(shown)
    assert cases_of(last_event(Tag.SECTION_READ)) == {found[name].number for name in shown}


def test_the_sections_page_names_people_questions_and_old_drafts(signed_in: SignIn, cast: Cast) -> None:
    case = own_case(cast)
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    asked = factories.make_case(cast.cecilia)
    actions.offer_assignment(by=cast.cecilia, case=asked, user=cast.bo, kind="main", no_conflict=True)
    old_draft(cast, case, 8)
    body = text(signed_in(cast.cecilia).get("/sektionen/"))
    for shown in ("Bo Ek är tillfrågad", "Osignerade utkast, äldre än 7 dagar", "Alma Lind"):
        assert shown in body
    for hidden in ("Eva Rask", "Testa", "Polisen"):
        assert hidden not in body


def test_a_filter_of_the_section_is_kept_from_page_to_page(
    signed_in: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caseload, "PAGE", 1)
    for _ in range(2):
        factories.make_case(cast.cecilia)
    body = text(signed_in(cast.cecilia).get("/sektionen/?visa=utan-kontaktperson"))
    assert "?visa=utan-kontaktperson&amp;page=2" in body


@pytest.mark.parametrize("who", ["dag", "hanna", "lo", "ada"])
def test_the_lists_are_for_those_who_work_with_cases(signed_in: SignIn, cast: Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get("/mina-arenden/").status_code == client.get("/sektionen/").status_code == 403


def test_each_role_has_its_own_list(signed_in: SignIn, cast: Cast) -> None:
    assert signed_in(cast.alma).get("/sektionen/").status_code == 403
    assert signed_in(cast.cecilia).get("/mina-arenden/").status_code == 403


def test_lists_cost_the_same_number_of_queries_however_long(
    signed_in: SignIn, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        factories.make_step(cast.alma, own_case(cast), next_step="Ring", next_on=TODAY)
    client = signed_in(cast.alma)
    with django_assert_max_num_queries(16):
        client.get("/mina-arenden/")
    with django_assert_max_num_queries(12):
        seen = caseload.overview(cast.cecilia)
        page = caseload.section_page(cast.cecilia, seen, "utan-kontakt", None)
        caseload.section_rows(page.object_list)
        caseload.old_drafts(seen.loads)
    assert Assignment.objects.count() == 6

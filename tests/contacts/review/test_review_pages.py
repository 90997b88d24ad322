"""Going through cases one after the other, and what the kontaktperson sees of it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases.models import Case
from contacts.models import CaseReview
from contacts.review import readers
from contacts.review.actions import mark_seen, review_case
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text

TODAY = timezone.localdate()
AHEAD = TODAY + timedelta(days=90)


def url_of(case: Case) -> str:
    return f"/arenden/{case.number}/genomgang/"


def data(**more: str) -> dict[str, str]:
    return {"decision": "go_on", "weight": "2", "next_on": str(AHEAD), "note": "", **more}


def review(cast: Cast, case: Case, note: str = "Fint.", weight: int = 2) -> CaseReview:
    return review_case(by=cast.cecilia, case=case, decision="go_on", weight=weight, next_on=AHEAD, note=note)


def test_the_page_says_what_one_judges_by(signed_in: SignIn, cast: Cast) -> None:
    case = factories.make_case(cast.cecilia, taken_in_days_ago=200)
    client = signed_in(cast.cecilia)
    assert "Ärendet har ingen kontaktperson." in text(client.get(url_of(case)))
    factories.assign(cast.cecilia, case, cast.alma)
    review(cast, case, "Skrev detta sist.", weight=3)
    factories.make_step(cast.alma, case, text="Orden i steget", outcome="attempted", way="call")
    page = text(client.get(url_of(case)))
    for words in ("Ingen godkänd plan", "Skrev detta sist.", "Stödsamtal, inte nått fram", "3 av 30", "inte läst än"):
        assert words in page
    assert "Orden i steget" not in page
    assert re.search(r'name="weight" value="3"[^>]* checked', page)
    assert f'value="{AHEAD}"' in page
    assert cases_of(last_event(Tag.PAGE_READ)) == {case.number}


def test_a_review_is_saved_once_and_leads_to_the_board(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, filled = signed_in(cast.cecilia), data(note="Bra jobbat", once=str(uuid4()))
    assert [client.post(url_of(case), filled).url for _ in range(2)] == ["/genomgang/"] * 2
    made = CaseReview.objects.get()
    assert (made.words.open().note, made.weight, made.next_on) == ("Bra jobbat", 2, AHEAD)
    assert f"Genomgången av {case.number} är sparad." in text(client.get("/genomgang/"))


def test_save_and_take_the_next_goes_through_the_queue(signed_in: SignIn, cast: Cast) -> None:
    queued = [factories.make_case(cast.cecilia, taken_in_days_ago=days) for days in (9, 8, 7)]
    client = signed_in(cast.cecilia)
    first, second, third = [url_of(case) for case in queued]
    assert "1 av 3 att gå igenom" in text(client.get(first))
    assert send(client, second, **data(next="1")).url == third
    assert "3 av 3 att gå igenom, 1 klara i dag" in text(client.get(third))
    assert send(client, third, **data(next="1")).url == first
    assert send(client, first, **data(next="1")).url == "/genomgang/"
    assert "Inget ärende väntar på genomgång." in text(client.get(first))


def test_the_queue_has_the_never_reviewed_first_then_the_longest_overdue(cast: Cast) -> None:
    young, old, due, long_due, later = (factories.make_case(cast.cecilia, taken_in_days_ago=n) for n in (1, 5, 9, 9, 9))
    for case, days in ((due, 0), (long_due, -30), (later, 30)):
        made = review(cast, case)
        made.next_on = TODAY + timedelta(days=days)
        made.reviewed_at = timezone.now() - timedelta(days=100)
        made.save()
    found = readers.queue(cast.cecilia)
    assert found.numbers == [case.number for case in (old, young, long_due, due)]
    assert (found.total, found.place(due.number), found.place(later.number)) == (4, 4, 0)
    assert (found.first, found.after(later.number), found.after(due.number)) == (old.number, old.number, old.number)
    assert readers.queue(cast.edvin).first == readers.queue(cast.edvin).after("x") == ""


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"next_on": str(TODAY)}, "framåt i tiden"),
        ({"next_on": str(TODAY - timedelta(days=1))}, "Datumet får inte ha passerat."),
        ({"next_on": ""}, "Fyll i nästa genomgång."),
        ({"decision": "x"}, "Välj något av alternativen"),
        ({"weight": "4"}, "Välj något av alternativen"),
        ({"note": "x" * 5_001}, "högst 5"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, str], message: str
) -> None:
    page = text(send(signed_in(cast.cecilia), url_of(case), **data(**{"note": "Min text", **more})))
    assert message in page
    assert "note" in more or "Min text" in page
    assert not CaseReview.objects.exists()


def test_a_closed_case_says_so_and_keeps_the_text(signed_in: SignIn, cast: Cast, case: Case) -> None:
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")
    client = signed_in(cast.cecilia)
    assert "Ärendet är avslutat." in text(client.get(url_of(case)))
    assert "Min text" in text(send(client, url_of(case), **data(note="Min text")))
    assert not CaseReview.objects.exists()
    assert url_of(case) not in text(client.get(f"/arenden/{case.number}/"))


@pytest.mark.parametrize(("who", "status"), [("alma", 403), ("lo", 403), ("edvin", 404), ("eva", 404), ("dag", 404)])
def test_only_the_sektionschef_gets_the_page(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(url_of(case)).status_code == status
    assert send(client, url_of(case), **data()).status_code == status


def test_what_is_typed_is_kept_as_a_draft_until_it_is_saved(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.cecilia)
    slot = f"/utkast/review:{case.number}/"
    assert client.post(slot, data(note="Halvvägs")).status_code == 200
    assert "Halvvägs" in text(client.get(url_of(case)))
    send(client, url_of(case), **data(note="Klart"))
    assert "Halvvägs" not in text(client.get(url_of(case)))
    assert signed_in(cast.alma).post(slot, data()).status_code == 403


def test_the_kontaktperson_reads_it_in_the_case_and_marks_it(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert "Sektionschefens genomgång" not in text(client.get(f"/arenden/{case.number}/"))
    first, second = review(cast, case, "Rosenbuske"), review(cast, case, "Tulpan")
    assert [unread.pk for unread in readers.unseen(cast.alma)] == [first.pk, second.pk]
    page = text(client.get(f"/arenden/{case.number}/"))
    assert page.count("Markera som läst") == 2
    for made in (first, second, second):
        assert client.post(f"{url_of(case)}{made.pk}/last/").url == f"/arenden/{case.number}/"
    page = text(client.get(f"/arenden/{case.number}/"))
    assert "Genomgången är redan markerad som läst." in page
    assert "Rosenbuske" not in page
    assert "Tulpan" in page
    assert "Markera som läst" not in page
    assert len(events(Tag.REVIEW_SEEN)) == 2
    assert readers.unseen(cast.alma) == []


def test_the_sektionschef_marks_nothing_and_goes_on_to_the_review(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.cecilia)
    assert "Ärendet är inte genomgånget än." in text(client.get(f"/arenden/{case.number}/"))
    made = review(cast, case)
    page = text(client.get(f"/arenden/{case.number}/"))
    assert "Markera som läst" not in page
    assert url_of(case) in page
    assert client.post(f"{url_of(case)}{made.pk}/last/").status_code == 403
    assert signed_in(cast.eva).post(f"{url_of(case)}{made.pk}/last/").status_code == 404
    assert signed_in(cast.alma).post(f"{url_of(case)}{uuid4()}/last/").status_code == 404
    mark_seen(by=cast.alma, review=made)
    assert "Inte läst än" not in text(client.get(f"/arenden/{case.number}/"))

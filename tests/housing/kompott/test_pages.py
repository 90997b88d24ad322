"""The coordinator's pages of requests that came and files; the administrator's of keys."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from housing.kompott import keys
from housing.kompott.models import KompottOffer, KompottRequest
from housing.kompott.pages import THEIRS
from tests.cast import Cast
from tests.fixtures import SignIn, events, last_event, send, text
from tests.housing import made
from tests.housing.kompott import sides
from tests.housing.kompott.conftest import OFFER
from tests.housing.kompott.sides import FACTS, Other
from tests.housing.kompott.test_answering_acts import came, offered

INBOX = "/boende/kompott/forfragningar/"


def sent_in(raw: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("vad-som-helst.json", raw, "application/json")}


def test_an_empty_inbox_says_so(cast: Cast, signed_in: SignIn) -> None:
    page = text(signed_in(cast.hanna).get(INBOX))
    assert "Inga förfrågningar till oss" in page
    assert "Inga förfrågningar från oss" in page


def test_the_inbox_shows_references_and_never_the_case(
    cast: Cast, case: Case, other: Other, sent: KompottRequest, signed_in: SignIn
) -> None:
    row = sides.come(other, cast.hanna)
    page = text(signed_in(cast.hanna).get(INBOX))
    assert row.reference in page
    assert sent.reference in page
    assert case.number not in page
    assert case.pseudonym not in page
    assert sent.track.need.token not in page
    assert last_event(Tag.KOMPOTT_LISTED).actor_id == str(cast.hanna.pk)


def test_the_inbox_asks_as_many_questions_for_ten_as_for_one(cast: Cast, other: Other, signed_in: SignIn) -> None:
    browser = signed_in(cast.hanna)
    sides.come(other, cast.hanna)
    browser.get(INBOX)
    with CaptureQueriesContext(connection) as one:
        browser.get(INBOX)
    for at in range(9):
        sides.come(other, cast.hanna, f"K-3333333{'23456789A'[at]}")
    with CaptureQueriesContext(connection) as ten:
        page = browser.get(INBOX)
    assert len(one) == len(ten)
    assert len(page.context["page"].object_list) == 10


def test_what_waits_for_us_stands_first_and_late_is_said(cast: Cast, other: Other, signed_in: SignIn) -> None:
    done = came(cast, other, sides.come(other, cast.hanna), "withdrawn", why="other_home")
    late = sides.come(other, cast.hanna, "K-99999999")
    late.answer_due_on = timezone.localdate() - timedelta(days=1)
    late.save()
    page = signed_in(cast.hanna).get(INBOX)
    assert [line.row for line in page.context["page"].object_list] == [late, done]
    assert "Försenat" in text(page)


def test_a_file_is_taken_in_and_leads_to_the_request(cast: Cast, other: Other, signed_in: SignIn) -> None:
    browser = signed_in(cast.hanna)
    raw = other.file("request", "K-22334455", FACTS)
    answer = send(browser, "/boende/kompott/las-in/", **sent_in(raw))
    row = KompottOffer.objects.get()
    assert answer["Location"] == f"{INBOX}{row.pk}/"
    page = text(browser.get(answer["Location"]))
    assert "6–12 år" in page
    assert "Skulder" in page
    assert "Läget" not in page
    assert last_event(Tag.NEED_READ).actor_id == str(cast.hanna.pk)


def test_an_answer_to_us_leads_to_the_inbox_and_tells_no_case(
    cast: Cast, case: Case, other: Other, sent: KompottRequest, signed_in: SignIn
) -> None:
    browser = signed_in(cast.hanna)
    answer = send(browser, "/boende/kompott/las-in/", **sent_in(other.file(OFFER[0], sent.reference, OFFER[1])))
    page = text(browser.get(answer["Location"]))
    assert answer["Location"] == INBOX
    assert f"Förfrågan {sent.reference} är nu i läget ”Erbjudande”" in page
    assert case.number not in page


def test_a_file_sent_twice_says_so_on_the_page(cast: Cast, other: Other, signed_in: SignIn) -> None:
    browser, raw = signed_in(cast.hanna), other.file("request", "K-22334455", FACTS)
    send(browser, "/boende/kompott/las-in/", **sent_in(raw))
    assert "redan inläst" in text(send(browser, "/boende/kompott/las-in/", **sent_in(raw)))
    assert len(events(Tag.EXCHANGE_REFUSED)) == 1


@pytest.mark.parametrize(("raw", "said"), [(b"", "inte en hel fil"), (b"x" * 70_000, "för stor"), (b"{}", "format")])
def test_a_wrong_file_says_what_to_do(cast: Cast, signed_in: SignIn, raw: bytes, said: str) -> None:
    assert said in text(send(signed_in(cast.hanna), "/boende/kompott/las-in/", **sent_in(raw)))


def test_no_file_at_all_is_asked_for(cast: Cast, signed_in: SignIn) -> None:
    assert "Välj en fil" in text(send(signed_in(cast.hanna), "/boende/kompott/las-in/"))


def test_each_step_of_an_answer_by_its_page(cast: Cast, other: Other, signed_in: SignIn) -> None:
    browser, home = signed_in(cast.hanna), made.make_home()
    row = sides.come(other, cast.hanna)
    url = f"{INBOX}{row.pk}/"
    assert home.name in text(browser.get(url + "erbjud/"))
    send(browser, url + "mottagen/")
    assert "vet inte än" in text(browser.get(url))
    assert other.read(browser.post(url + "fil/").content).kind == "acknowledged"
    send(browser, url + "erbjud/", text="Två rum", home=str(home.pk))
    assert browser.post(url + "fil/")["Content-Disposition"] == 'attachment; filename="byte-mellan-kommuner.json"'
    page = text(browser.get(url))
    assert "Två rum" in page
    assert home.name in page
    came(cast, other, row, "accepted")
    send(browser, url + "kontrakt/", lease="sublease")
    assert other.read(browser.post(url + "fil/").content).facts == {"lease": "sublease"}
    came(cast, other, row, "moved", day=str(timezone.localdate()))
    came(cast, other, row, "transfer_asked", day=str(timezone.localdate()))
    send(browser, url + "svara/", takes_over="ja")
    assert other.read(browser.post(url + "fil/").content).facts == {"takes_over": True}
    assert KompottOffer.objects.get().state == "transferred"


def test_a_no_by_its_page(cast: Cast, other: Other, signed_in: SignIn) -> None:
    browser, row = signed_in(cast.hanna), sides.come(other, cast.hanna)
    assert "Välj varför" in text(send(browser, f"{INBOX}{row.pk}/nej/"))
    send(browser, f"{INBOX}{row.pk}/nej/", declined="no_home")
    assert "Fick nej: Ingen ledig bostad" in text(browser.get(f"{INBOX}{row.pk}/"))


@pytest.mark.parametrize("slug", THEIRS)
def test_each_step_has_its_page(cast: Cast, other: Other, signed_in: SignIn, slug: str) -> None:
    row = sides.come(other, cast.hanna)
    assert THEIRS[slug].button in text(signed_in(cast.hanna).get(f"{INBOX}{row.pk}/{slug}/"))


def test_a_step_there_is_not_is_not_found(cast: Cast, other: Other, signed_in: SignIn) -> None:
    row = sides.come(other, cast.hanna)
    assert signed_in(cast.hanna).get(f"{INBOX}{row.pk}/sluta/").status_code == 404


def test_nothing_to_tell_is_said_and_no_file_leaves(cast: Cast, other: Other, signed_in: SignIn) -> None:
    browser, row = signed_in(cast.hanna), sides.come(other, cast.hanna)
    answer = browser.post(f"{INBOX}{row.pk}/fil/", follow=True)
    assert "inget nytt att berätta" in text(answer)


def test_the_same_form_twice_does_one_thing(cast: Cast, other: Other, signed_in: SignIn) -> None:
    browser, row = signed_in(cast.hanna), offered(cast, sides.come(other, cast.hanna))
    once = "00000000-0000-4000-8000-000000000042"
    for _ in range(2):
        answer = send(browser, f"{INBOX}{row.pk}/bostaden-borta/", declined="home_gone", once=once)
        assert answer.status_code == 302
    assert len(events(Tag.KOMPOTT_MOVED)) == 2


def test_the_administrator_makes_keys_and_reads_the_code(cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.ada)
    assert "Inga nycklar" in text(browser.get("/boende/kompott/nycklar/"))
    send(browser, "/boende/kompott/nycklar/")
    first = keys.in_use()
    assert first is not None
    page = text(browser.get("/boende/kompott/nycklar/"))
    assert first.verify_key in page
    assert first.secret.open().signing not in page
    send(browser, "/boende/kompott/nycklar/")
    second = keys.in_use()
    assert second is not None
    assert second.pk != first.pk
    assert len(keys.openings()) == 2

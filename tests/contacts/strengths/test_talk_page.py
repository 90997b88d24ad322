"""The page of one domain: three boxes, a statement for each line, a draft that is kept, two who write at once."""

from typing import Any
from uuid import uuid4

import pytest

from audit.tags import Tag
from casework.access import actions as access
from casework.cases.models import Case
from casework.drafts.models import Draft
from contacts.models import StrengthStatement
from contacts.strengths import readers
from tests import factories
from tests.cast import Cast
from tests.contacts.strengths.making import say, talk_data, texts, today
from tests.contacts.strengths.test_stating import closed
from tests.fixtures import SignIn, cases_of, events, last_event, send, text


def url_of(case: Case, slug: str = "ekonomi") -> str:
    return f"/arenden/{case.number}/styrkor/{slug}/"


def test_each_line_becomes_a_statement_of_its_own_and_the_next_domain_opens(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    client = signed_in(cast.alma)
    data = talk_data(now="Sparar\n\n  Betalar i tid \n", wish="Eget konto", wish_locates="on", said_by="close")
    response = send(client, url_of(case), **data)
    assert response.url == url_of(case, "arbete")
    found = StrengthStatement.objects.all()
    assert [(each.words.open().text, each.column, each.may_locate) for each in found] == [
        ("Sparar", "now", False),
        ("Betalar i tid", "now", False),
        ("Eget konto", "wish", True),
    ]
    assert {(each.domain, each.said_by, each.said_on) for each in found} == {("economy", "close", today())}
    assert "Sparat i ekonomi: 3." in text(client.get(response.url))


def test_where_the_form_leads(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, whole = signed_in(cast.alma), f"/arenden/{case.number}/styrkor/"
    assert send(client, url_of(case, "livsaskadning"), **talk_data(now="x")).url == whole
    assert send(client, url_of(case), **talk_data(now="y", overview="1")).url == whole
    assert send(client, url_of(case, "boende"), **talk_data()).url == url_of(case)
    assert texts(case) == ["y", "x"]


def test_an_empty_form_writes_nothing(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    page = text(client.get(send(client, url_of(case), **talk_data(now=" \n ")).url))
    assert "Sparat" not in page
    assert not events(Tag.ASSESSMENT_STATED)


def test_two_forms_from_the_same_moment_are_both_kept(signed_in: SignIn, cast: Cast, case: Case) -> None:
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    alma, bo = signed_in(cast.alma), signed_in(cast.bo)
    for client in (alma, bo):
        assert client.get(url_of(case)).status_code == 200
    send(alma, url_of(case), **talk_data(now="Almas rad"))
    send(bo, url_of(case), **talk_data(now="Bos rad", wish="Bos andra"))
    assert texts(case) == ["Almas rad", "Bos rad", "Bos andra"]
    authors = {str(each.author) for each in readers.sheet(case).statements}
    assert authors == {"Alma Lind", "Bo Ek"}


def test_the_same_form_sent_twice_writes_once(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, once = signed_in(cast.alma), str(uuid4())
    for _ in range(2):
        assert send(client, url_of(case), **talk_data(now="En gång", once=once)).url == url_of(case, "arbete")
    assert texts(case) == ["En gång"]


def test_what_is_typed_is_kept_for_its_domain_until_it_is_saved(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    slot = f"/utkast/assess:{case.number}:economy/"
    assert client.post(slot, talk_data(wish="Halvt", before_locates="on")).status_code == 200
    page = text(client.get(url_of(case)))
    assert f'data-autosave="{slot}"' in page
    assert "\nHalvt</textarea>" in page
    assert "Utkast sparat" in page
    assert "Halvt" not in text(client.get(url_of(case, "arbete")))
    assert "Du har text som inte är sparad" in text(client.get(f"/arenden/{case.number}/styrkor/"))
    send(client, url_of(case, "arbete"), **talk_data(now="Syr"))
    assert Draft.objects.filter(slot=f"assess:{case.number}:economy").exists()
    send(client, url_of(case), **talk_data(wish="Helt"))
    assert not Draft.objects.exists()
    assert "inte är sparad" not in text(client.get(f"/arenden/{case.number}/styrkor/"))


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("cecilia", 403), ("lo", 403), ("dag", 404)])
def test_nobody_else_writes_or_keeps_a_draft(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(url_of(case)).status_code == status
    assert send(client, url_of(case), **talk_data(now="x")).status_code == status
    assert client.post(f"/utkast/assess:{case.number}:economy/", {"now": "x"}).status_code == status
    assert not StrengthStatement.objects.exists()
    assert not Draft.objects.exists()


def test_a_domain_that_there_is_not(signed_in: SignIn, cast: Cast, case: Case) -> None:
    assert signed_in(cast.alma).get(url_of(case, "sport")).status_code == 404
    assert cases_of(last_event(Tag.DENIED)) == {case.number}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"now": "x" * 501}, "Rad 1 är för lång"),
        ({"wish": "ok\n" + "x" * 501}, "Rad 2 är för lång"),
        ({"before": "x\n" * 3000}, "får plats"),
        ({"now": "a\x00b"}, "osynligt tecken"),
        ({"said_by": "granne"}, "Välj något av alternativen"),
        ({"said_on": "2099-01-01"}, "inte ligga i framtiden"),
        ({"said_on": ""}, "När?"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, Any], message: str
) -> None:
    data = talk_data(wish="Min önskan", **{name: value for name, value in more.items() if name != "wish"})
    page = text(send(signed_in(cast.alma), url_of(case), **{**data, **more}))
    assert message in page
    assert "wish" in more or "Min önskan" in page
    assert not StrengthStatement.objects.exists()


def test_a_closed_case_says_so_and_keeps_the_text(signed_in: SignIn, cast: Cast, case: Case) -> None:
    done = closed(cast, case)
    access.open_grant(by=cast.cecilia, case=done, user=cast.bo, kind="deputy", source=case.pk)
    client = signed_in(cast.bo)
    assert "Ärendet är avslutat." in text(client.get(url_of(case)))
    page = text(send(client, url_of(case), **talk_data(now="Min text")))
    assert "Öppna det igen innan du skriver något nytt." in page
    assert "Min text" in page


def test_what_stands_there_has_its_two_ways_on_and_where_it_is_dangerous_the_page_says_so(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    said = say(cast.alma, case, "Sparar", may_locate=True)
    page = text(signed_in(cast.alma).get(url_of(case)))
    assert f"/uttalanden/{said.pk}/" in page
    assert f"/uttalanden/{said.pk}/stammer-inte/" in page
    assert "Kan röja plats" in page
    assert "Ingen adress, ort, skola" not in page
    assert "Ingen adress, ort, skola" in text(signed_in(cast.alma).get(url_of(case, "boende")))

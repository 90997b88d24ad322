"""The whole assessment, each of its numbers, two of them compared, her order, the signature and the paper."""

import re
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from audit.tags import Tag
from casework.cases.models import Case
from casework.crypto import keyring
from contacts.models import StrengthsAssessment
from contacts.strengths import actions, comparing, readers
from tests.cast import Cast
from tests.contacts.strengths.making import reword, say, sign, texts, today
from tests.fixtures import SignIn, cases_of, last_event, send, text


def url_of(case: Case, part: str = "") -> str:
    return f"/arenden/{case.number}/styrkor/{part}"


@pytest.fixture
def history(cast: Cast, case: Case) -> Case:
    """Number 1 signed, number 2 signed after a new wording and a farewell, number 3 going on."""
    old, out, _ = say(cast.alma, case, "Kan väva", "Har bil", "Sparar")
    wish = say(cast.alma, case, "Eget hem", column="wish", may_locate=True)
    actions.rank(by=cast.alma, case=case, ranking=[str(wish.pk)])
    sign(cast.alma, case, remark="Det är jag")
    new = reword(cast.alma, old, "Väver")
    actions.take_out(by=cast.alma, statement=out, why="Såld")
    sign(cast.alma, case)
    reword(cast.alma, new, "Väver mattor")
    say(cast.alma, case, "Lagar mat", domain="leisure")
    return case


def test_an_assessment_that_is_not_begun_invites_to_begin(signed_in: SignIn, cast: Cast, case: Case) -> None:
    assert "Börja styrkebedömningen" in text(signed_in(cast.alma).get(url_of(case)))
    page = text(signed_in(cast.cecilia).get(url_of(case)))
    assert "Ingen styrkebedömning än" in page
    assert "Börja styrkebedömningen" not in page


def test_the_whole_assessment_with_its_buttons(signed_in: SignIn, cast: Cast, history: Case) -> None:
    page = text(signed_in(cast.alma).get(url_of(history)))
    for words in ("Väver mattor", "Lagar mat", "Eget hem", "Kan röja plats", "Personen själv", "Pågår, inte signerat"):
        assert words in page
    for part in ("signera/", "ordning/", "utskrift/", "jamfor/", "nummer/1/", "nummer/2/svar/", "fritid/"):
        assert url_of(history, part) in page
    assert "Har bil" not in page
    chief = text(signed_in(cast.cecilia).get(url_of(history)))
    assert "Väver mattor" in chief
    for part in ("signera/", "ordning/", "nummer/2/svar/", "fritid/"):
        assert url_of(history, part) not in chief


def test_every_number_is_read_as_it_was(signed_in: SignIn, cast: Cast, history: Case) -> None:
    client = signed_in(cast.cecilia)
    first, second = (text(client.get(url_of(history, f"nummer/{which}/"))) for which in (1, 2))
    assert "Kan väva" in first
    assert "Har bil" in first
    assert "Det är jag" in first
    assert "Väver" not in first
    for words in ("Har bil", "”Såld”", "Kan väva", "Väver"):
        assert words in second
    assert [texts(history, which) for which in (1, 2, 3)] == [
        ["Kan väva", "Har bil", "Sparar", "Eget hem"],
        ["Sparar", "Väver", "Eget hem"],
        ["Sparar", "Väver mattor", "Eget hem", "Lagar mat"],
    ]
    assert client.get(url_of(history, "nummer/4/")).status_code == 404
    assert cases_of(last_event(Tag.DENIED)) == {history.number}


def test_two_numbers_are_compared(signed_in: SignIn, cast: Cast, history: Case) -> None:
    third, _, first = readers.numbers(history)
    found = comparing.compare(first, third)
    assert found.same == 2
    assert [[(c.old and c.old.said, c.new and c.new.said) for c in at.all] for at in found.domains] == [
        [("Kan väva", "Väver mattor"), ("Har bil", None)],
        [(None, "Lagar mat")],
    ]
    client = signed_in(cast.alma)
    page = text(client.get(url_of(history, "jamfor/?fran=3&till=1")))
    for words in ("Kan väva", "Väver mattor", "Omformulerat", "Har bil", "Såld", "Nytt", "Lagar mat"):
        assert words in page
    assert "2 uttalanden är desamma" in page
    assert "Välj två olika nummer." in text(client.get(url_of(history, "jamfor/?fran=3&till=3")))
    assert "Lagar mat" in text(client.get(url_of(history, "jamfor/?fran=x")))


def test_numbers_that_do_not_differ_and_a_number_alone(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert "inte två nummer än" in text(client.get(url_of(case, "jamfor/")))
    wish = say(cast.alma, case, "Cykla", column="wish")
    sign(cast.alma, case)
    actions.rank(by=cast.alma, case=case, ranking=[str(wish.pk)])
    assert "säger samma sak" in text(client.get(url_of(case, "jamfor/")))


def test_her_order_is_written_with_numbers(signed_in: SignIn, cast: Cast, case: Case) -> None:
    a, b, c = say(cast.alma, case, "Cykla", "Simma", "Sjunga", column="wish")
    client, url = signed_in(cast.alma), url_of(case, "ordning/")
    version = StrengthsAssessment.objects.get().version
    data = {f"place-{c.pk.hex}": "1", f"place-{a.pk.hex}": "2", f"place-{b.pk.hex}": "", "version": version}
    assert send(client, url, **data).url == url_of(case)
    sheet = readers.sheet(case)
    assert [each.said for each in sheet.ranked] == ["Sjunga", "Cykla"]
    assert [each.said for each in sheet.unranked] == ["Simma"]
    page = text(send(client, url, **{**data, f"place-{a.pk.hex}": "0"}))
    assert "Skriv ett tal från 1 och uppåt." in page


def test_an_order_from_an_old_page_is_kept_in_its_fields(signed_in: SignIn, cast: Cast, case: Case) -> None:
    wish = say(cast.alma, case, "Cykla", column="wish")
    client, url = signed_in(cast.alma), url_of(case, "ordning/")
    page = text(send(client, url, version="1", **{f"place-{wish.pk.hex}": "7"}))
    assert "Någon annan har skrivit" in page
    assert 'value="7"' in page
    [version] = re.findall(r'name="version" value="(\d+)"', page)
    assert send(client, url, version=version, **{f"place-{wish.pk.hex}": "7"}).url == url_of(case)


def test_no_wishes_to_order(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert "Inga önskningar än" in text(client.get(url_of(case, "ordning/")))
    assert send(client, url_of(case, "ordning/"), version="0").status_code == 200


def test_the_signature_from_the_page(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, url = signed_in(cast.alma), url_of(case, "signera/")
    assert "Inget nytt att signera" in text(client.get(url))
    say(cast.alma, case, "Cykla", column="wish")
    page = text(client.get(url))
    assert "1 önskan har ingen plats" in page
    data = {"remark": "Mitt ord", "approved_way": "said_meeting", "approved_on": str(today()), "once": str(uuid4())}
    stale = text(send(client, url, **data, version="1"))
    assert "Någon annan har skrivit" in stale
    assert "Mitt ord" in stale
    for _ in range(2):
        assert send(client, url, **data, version="2").url == url_of(case)
    [number] = StrengthsAssessment.objects.all()
    assert (number.state, number.approved_way) == ("signed", "said_meeting")
    assert "både hur och vilken dag" in text(send(client, url, remark="", approved_way="said_phone", version="3"))


def test_her_answer_is_noted_from_the_page(signed_in: SignIn, cast: Cast, history: Case) -> None:
    client, url = signed_in(cast.alma), url_of(history, "nummer/1/svar/")
    assert "Hur tog hon ställning?" in text(client.get(url))
    data = {"approved_way": "said_phone", "approved_on": str(today())}
    assert send(client, url, **data).url == url_of(history, "nummer/1/")
    assert "Sa ja i telefon" in text(client.get(url_of(history, "nummer/1/")))
    assert "redan antecknat" in text(send(client, url, **data))
    assert "Signera styrkebedömningen först." in text(send(client, url_of(history, "nummer/3/svar/"), **data))


@pytest.mark.parametrize(
    ("part", "code", "there", "gone"),
    [
        ("utskrift/", "without_places", "Väver mattor", "Eget hem"),
        ("utskrift/?platser=med", "with_places", "Eget hem", "är inte med"),
        ("tomt-blad/", "empty_sheet", "Livsåskådning och kultur", "Väver mattor"),
    ],
)
def test_a_printed_sheet_is_told_of_and_leaves_out_what_may_locate_her(
    signed_in: SignIn, cast: Cast, history: Case, part: str, code: str, there: str, gone: str
) -> None:
    page = text(signed_in(cast.alma).get(url_of(history, part)))
    event = last_event(Tag.ASSESSMENT_PRINTED)
    assert (event.reason_code, cases_of(event)) == (code, {history.number})
    assert there in page
    assert gone not in page


def test_a_sheet_costs_four_queries_at_most(cast: Cast, history: Case) -> None:
    with keyring.scope(), CaptureQueriesContext(connections["default"]) as main:
        with CaptureQueriesContext(connections["keys"]) as keys:
            sheet = readers.sheet(Case.objects.get(pk=history.pk))
        assert [str(each.author) for each in sheet.statements] == ["Alma Lind"] * 4
    assert len(main) - 1 + len(keys) <= 4
    assert readers.sheet(history, 9).assessment is None

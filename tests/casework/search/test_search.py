"""Search by name, number or case number, within what one may see; what was searched for is sealed in the log."""

import pytest

from audit.tags import Tag
from casework.cases.models import Case
from casework.search import readers
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, text

NUMBER = "19121212-1212"


def found(signed_in: SignIn, user: object, q: str) -> str:
    response = signed_in(user).post("/sok/", {"q": q})
    assert response.status_code == 200
    return text(response)


@pytest.fixture
def numbered(cast: Cast) -> Case:
    made = factories.make_case(cast.cecilia, given_name="Siv", family_name="Ström", number="191212121212")
    factories.assign(cast.cecilia, made, cast.alma)
    return made


@pytest.mark.parametrize("q", ["siv", "Ström Siv", NUMBER, "121212+1212", "191212121212"])
def test_a_case_of_ones_own_is_found(signed_in: SignIn, cast: Cast, numbered: Case, q: str) -> None:
    assert numbered.number in found(signed_in, cast.alma, q)


def test_a_case_is_found_by_its_number_however_it_is_typed(signed_in: SignIn, cast: Cast, numbered: Case) -> None:
    for q in (numbered.number, numbered.number.replace("-", ""), numbered.number.replace("-", " ")):
        assert numbered.pseudonym in found(signed_in, cast.alma, q)


@pytest.mark.parametrize("q", ["siv", NUMBER, "CASE"])
def test_a_foreign_case_is_as_if_it_did_not_exist(signed_in: SignIn, cast: Cast, numbered: Case, q: str) -> None:
    q = numbered.number if q == "CASE" else q
    body = found(signed_in, cast.eva, q)
    assert numbered.pseudonym not in body
    assert numbered.section.name not in body
    event = last_event(Tag.SEARCHED)
    assert (event.words["hits"], cases_of(event)) == (0, set())


def test_nothing_found_reads_the_same_whether_a_foreign_case_exists_or_not(
    signed_in: SignIn, cast: Cast, numbered: Case
) -> None:
    client = signed_in(cast.eva)
    client.get("/roller/")
    there, nowhere = (text(client.post("/sok/", {"q": q})) for q in ("siv", "svi"))
    strip = [line for line in there.replace("siv", "svi").splitlines() if "csrf" not in line]
    assert strip == [line for line in nowhere.splitlines() if "csrf" not in line]


def test_a_search_is_one_event_with_the_words_sealed(signed_in: SignIn, cast: Cast, numbered: Case) -> None:
    client = signed_in(cast.alma)
    before = len(events())
    client.post("/sok/", {"q": "siv"})
    [event] = events()[before:]
    assert (event.tag, event.reason_code, cases_of(event)) == (Tag.SEARCHED, "name", {numbered.number})
    assert event.words == {"q": "siv", "hits": 1}
    assert "siv" not in str(event.body)
    assert event.fields == ["casework.Client.identity x 1"]


@pytest.mark.parametrize(
    ("q", "message"),
    [
        ("", "Fyll i namn, personnummer eller ärendenummer."),
        ("å", "Skriv minst två bokstäver av namnet."),
        ("26-481", "Skriv hela numret"),
        ("19121212-1213", "19121212-1213"),
        ("x" * 101, "högst 100 får plats"),
        ("Å\0sa", "osynligt tecken"),
    ],
)
def test_a_search_that_cannot_be_made_says_why(signed_in: SignIn, cast: Cast, q: str, message: str) -> None:
    assert message in found(signed_in, cast.alma, q)


def test_a_long_list_is_cut_and_says_so(
    signed_in: SignIn, cast: Cast, numbered: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = factories.make_case(cast.cecilia, given_name="Siv")
    factories.assign(cast.cecilia, other, cast.alma)
    monkeypatch.setattr(readers, "MOST", 1)
    result = readers.search(cast.alma, "siv")
    assert (len(result.cases), result.more) == (1, True)


@pytest.mark.parametrize("who", ["dag", "hanna", "lo", "ada"])
def test_those_without_cases_do_not_search(signed_in: SignIn, cast: Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))
    assert client.post("/sok/", {"q": "siv"}).status_code == 403
    assert not events(Tag.SEARCHED)


def test_what_is_searched_for_never_stands_in_an_address(signed_in: SignIn, cast: Cast) -> None:
    assert signed_in(cast.alma).get("/sok/?q=siv").status_code == 405

"""The pages: who is around, by part; a person added, changed and ended; and who gets no further than the door."""

from typing import Any
from uuid import uuid4

import pytest

from audit.tags import Tag
from casework.cases.models import Case
from casework.clients.relatives import actions, readers
from casework.clients.relatives.models import RelatedPerson
from casework.drafts.models import Draft
from tests import factories
from tests.casework.relatives.people import NUMBER, add, change, close
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, send, text


def url_of(case: Case, more: Any = "") -> str:
    return f"/arenden/{case.number}/personer/" + (f"{more}/" if more else "")


def data(**more: Any) -> dict[str, Any]:
    told = {"name": "Rune Granberg", "number": "19121212-1212", "about": "Tidigare sambo", "threat": "Har hotat"}
    return {"part": "perpetrator", "relation": "former_partner", **told, "contact": "", **more}


def test_a_person_is_added_once_and_shown_under_the_part(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, form = signed_in(cast.alma), data(once=str(uuid4()))
    assert "Ingen person är tillagd" in text(client.get(url_of(case)))
    for _ in range(2):
        assert send(client, url_of(case, "ny"), **form).url == url_of(case)
    assert RelatedPerson.objects.get().words.open().number == NUMBER
    page = text(client.get(url_of(case)))
    for words in ("Personen är tillagd.", "Utövar våld", "Tidigare partner", "Rune Granberg", "Har hotat"):
        assert words in page
    assert "1212-1212" not in page
    assert NUMBER not in page
    assert "Jämför personerna" not in page
    event = last_event(Tag.PAGE_READ)
    assert cases_of(event) == {case.number}
    assert any(field.startswith("casework.RelatedPerson.words") for field in event.fields)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"part": ""}, "Svara på frågan: Vilken del har personen?"),
        ({"relation": ""}, "Välj relation till personen i ärendet."),
        ({"name": "", "number": "", "about": ""}, "Skriv namn, personnummer eller något om vem det är."),
        ({"number": "19121212-1213"}, "19121212-1213"),
        ({"about": "x" * 4001}, "Korta den"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, str], message: str
) -> None:
    assert message in text(send(signed_in(cast.alma), url_of(case, "ny"), **data(**more)))
    assert not RelatedPerson.objects.exists()


def test_a_draft_is_kept_and_gone_when_the_person_is_saved(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert client.post(f"/utkast/related:{case.number}/", {"about": "Grannen"}).status_code == 200
    page = text(client.get(url_of(case, "ny")))
    assert "Grannen" in page
    assert "Släng utkastet" in page
    assert send(client, url_of(case, "ny"), **data()).status_code == 302
    assert not Draft.objects.exists()


def test_a_change_begins_with_what_is_known_and_shows_both_when_late(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, related = signed_in(cast.alma), add(cast.alma, case)
    page = text(client.get(url_of(case, related.pk)))
    assert NUMBER in page
    assert "Rune Granberg" in page
    change(cast.cecilia, related)
    late = text(send(client, url_of(case, related.pk), **data(about="Min text", version="1")))
    for words in ("Min text", "Gunda Nyberg", "Stöd runt personen"):
        assert words in late
    answer = send(client, url_of(case, related.pk), **data(about="Min text", version="2"))
    assert answer.url == url_of(case)
    assert "Ändringen är sparad." in text(client.get(answer.url))


def test_an_ended_person_is_listed_without_a_word_of_who(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, related = signed_in(cast.alma), add(cast.alma, case)
    url = url_of(case, f"{related.pk}/avsluta")
    assert "Utövar våld: tidigare partner." in text(client.get(url))
    assert "Svara på frågan" in text(send(client, url, reason=""))
    assert send(client, url, reason="Ingen kontakt längre").url == url_of(case)
    page = text(client.get(url_of(case)))
    assert "Gäller inte längre" in page
    assert "Rune" not in page
    assert "Ingen kontakt längre" not in page
    assert "gäller inte längre, den avslutades" in text(send(client, url, reason="Igen"))


def test_a_person_of_another_case_is_not_found_here(signed_in: SignIn, cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.alma)
    related, client = add(cast.alma, other), signed_in(cast.alma)
    for more in (related.pk, f"{related.pk}/avsluta", uuid4()):
        assert client.get(url_of(case, more)).status_code == 404
        assert send(client, url_of(case, more), **data(version="1", reason="x")).status_code == 404
    assert cases_of(last_event(Tag.DENIED)) == {case.number}


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("edvin", 404), ("eva", 404), ("hanna", 404), ("lo", 403)])
def test_strangers_get_no_further_than_the_door(
    signed_in: SignIn, cast: Cast, case: Case, who: str, status: int
) -> None:
    related, client = add(cast.alma, case), signed_in(cast.everyone()[who])
    for more in ("", "ny", related.pk, f"{related.pk}/avsluta"):
        assert client.get(url_of(case, more)).status_code == status
    assert client.post(url_of(case, "jamfor")).status_code == status


def test_only_the_sektionschef_compares(signed_in: SignIn, cast: Cast, case: Case) -> None:
    assert signed_in(cast.alma).post(url_of(case, "jamfor")).status_code == 403
    chief = signed_in(cast.cecilia)
    assert "Jämför personerna" in text(chief.get(url_of(case)))
    assert chief.get(url_of(case, "jamfor")).status_code == 405


def test_a_closed_case_shows_but_takes_nothing(signed_in: SignIn, cast: Cast, case: Case) -> None:
    related = add(cast.alma, case)
    close(cast.cecilia, case)
    chief = signed_in(cast.cecilia)
    page = text(chief.get(url_of(case)))
    assert "Rune Granberg" in page
    assert "Lägg till en person" not in page
    assert "Ärendet är avslutat." in text(send(chief, url_of(case, "ny"), **data()))
    assert "Ärendet är avslutat." in text(send(chief, url_of(case, related.pk), **data(version="1")))


def test_ten_persons_cost_as_many_queries_as_one(
    cast: Cast, case: Case, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    add(cast.alma, case)
    with django_assert_max_num_queries(2) as first:
        assert len(readers.parts(case)[0].people) == 1
    for _ in range(9):
        add(cast.alma, case)
    with django_assert_num_queries(len(first)):
        assert len(readers.parts(case)[0].people) == 10


def test_an_end_is_sealed_in_the_log(cast: Cast, case: Case) -> None:
    actions.end_related(by=cast.alma, related=add(cast.alma, case), reason="Hon flyttade")
    assert last_event(Tag.RELATED_ENDED).reason == "Hon flyttade"

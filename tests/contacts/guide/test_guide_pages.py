"""The pages of the authority guide."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from contacts.guide import actions, readers
from contacts.guide.models import GuidePage
from tests.cast import Cast
from tests.exhibits.guide import page_form
from tests.fixtures import SignIn, send, text

TODAY = timezone.localdate()


@pytest.fixture
def start(cast: Cast) -> None:
    actions.load_start(by=None)


def test_the_index_tells_what_is_confirmed_and_what_is_old(signed_in: SignIn, cast: Cast, start: None) -> None:
    old = GuidePage.objects.get(slug="domstol")
    old.checked_on = TODAY - timedelta(days=366)
    old.save()
    body = text(signed_in(cast.alma).get("/guiden/"))
    assert body.count("Obekräftat") == 12
    assert body.count(">Bekräftad<") + body.count("Bekräftad</span>") >= 2
    assert f"kontrollerad {old.checked_on}, äldre än ett år" in body
    assert body.index("Barn och umgänge") < body.index("Post och paket") < body.index("Telefon och digitala spår")
    assert "Lägg till en sida" not in body
    assert 'data-go="i"' in body


def test_an_empty_guide_says_so(signed_in: SignIn, cast: Cast) -> None:
    assert text(signed_in(cast.cecilia).get("/guiden/")).count("Inga sidor än.") == 2


def test_a_page_is_read_in_short_lines(signed_in: SignIn, cast: Cast, start: None) -> None:
    body = text(signed_in(cast.alma).get("/guiden/domstol/"))
    for words in ("Vad kan läcka?", "<li>Domstolens namn visar orten.", "JK 2015-17-4.3", "Följde med programmet."):
        assert words in body
    assert "Sidan är inte bekräftad" not in body
    assert "Ändra sidan" not in body
    assert "Sidan är inte bekräftad" in text(signed_in(cast.alma).get("/guiden/migrationsverket/"))


def test_a_page_with_little_in_it_says_so(signed_in: SignIn, cast: Cast) -> None:
    GuidePage(slug="tom", title="Tom", area="everyday").save()
    body = text(signed_in(cast.cecilia).get("/guiden/tom/"))
    assert body.count("Inget antecknat än.") == 4
    assert "Ingen källa är antecknad." in body


def test_a_page_is_changed_once_and_the_earlier_is_kept(signed_in: SignIn, cast: Cast, start: None) -> None:
    client, page = signed_in(cast.cecilia), readers.page_of("polisen")
    assert "Ändra sidan" in text(client.get("/guiden/polisen/"))
    form = page_form(title="Polisen", version=str(page.pk), once=str(uuid4()))
    for _ in range(2):
        assert send(client, "/guiden/polisen/andra/", **form).url == "/guiden/polisen/"
    assert GuidePage.objects.filter(slug="polisen").count() == 2
    body = text(client.get("/guiden/polisen/"))
    assert "Lånekortet" in body
    assert f"Skriven av {cast.cecilia.display_name}" in body
    body = text(client.get("/guiden/polisen/tidigare/"))
    for words in ("Gäller nu", "Gällde till", "Lånekortet", "Förundersökningsledaren", "Borttaget"):
        assert words in body


def test_a_change_of_nothing_but_the_check_is_told_as_that(signed_in: SignIn, cast: Cast, start: None) -> None:
    page = readers.page_of("polisen")
    begin = {name: getattr(page, name) for name in ("title", "leaks", "ask_for", "papers", "answers", "source")}
    rest = {"area": "authority", "actors": "", "checked_on": TODAY, "verified": True}
    actions.write_page(by=cast.cecilia, slug="polisen", seen=page.pk, **begin, **rest)
    body = text(signed_in(cast.alma).get("/guiden/polisen/tidigare/"))
    assert "Bara avdelning, aktörer eller kontroll ändrades." in body


def test_an_edit_that_comes_late_shows_both(signed_in: SignIn, cast: Cast, start: None) -> None:
    seen, client = readers.page_of("polisen").pk, signed_in(cast.edvin)
    send(signed_in(cast.cecilia), "/guiden/polisen/andra/", **page_form(title="Polisen", version=str(seen)))
    late = page_form(title="Polisen", ask_for="Min text", version=str(seen))
    body = text(send(client, "/guiden/polisen/andra/", **late))
    for words in ("Någon annan hann ändra", "Min text", "Ett kort utan adress"):
        assert words in body
    newest = readers.page_of("polisen").pk
    assert f'name="version" value="{newest}"' in body
    assert send(client, "/guiden/polisen/andra/", **{**late, "version": str(newest)}).status_code == 302
    assert readers.page_of("polisen").ask_for == "Min text"


def test_a_new_page_gets_its_address_from_its_title(signed_in: SignIn, cast: Cast) -> None:
    client = signed_in(cast.cecilia)
    assert "Ny sida i myndighetsguiden" in text(client.get("/guiden/sidor/ny/"))
    answer = send(client, "/guiden/sidor/ny/", **page_form(title="Försäkring & bil"))
    assert answer.url == "/guiden/forsakring-bil/"
    assert "redan en sida med den rubriken" in text(
        send(client, "/guiden/sidor/ny/", **page_form(title="Försäkring, bil"))
    )


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"title": ""}, "Skriv en rubrik."),
        ({"title": "!!!"}, "minst en bokstav eller siffra"),
        ({"source": ""}, "Skriv källan, eller ta bort krysset"),
        ({"checked_on": ""}, "Fyll i dagen då du kontrollerade sidan"),
        ({"checked_on": str(TODAY + timedelta(days=1))}, "Datumet får inte ligga i framtiden."),
        ({"area": "nowhere"}, "Välj något av alternativen"),
        ({"leaks": "x" * 4001}, "Korta den"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(signed_in: SignIn, cast: Cast, more: dict[str, Any], message: str) -> None:
    body = text(send(signed_in(cast.cecilia), "/guiden/sidor/ny/", **page_form(**more)))
    assert message in body
    assert not GuidePage.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("dag", 403), ("hanna", 403), ("lo", 403), ("ada", 403), ("alma", 200)])
def test_who_reads_and_who_writes(signed_in: SignIn, cast: Cast, start: None, who: str, status: int) -> None:
    client = signed_in(getattr(cast, who))
    for part in ("", "domstol/", "domstol/tidigare/"):
        assert client.get(f"/guiden/{part}").status_code == status
    for part in ("domstol/andra/", "sidor/ny/"):
        assert client.get(f"/guiden/{part}").status_code == 403
        assert send(client, f"/guiden/{part}", **page_form()).status_code == 403


@pytest.mark.parametrize("part", ["finns-inte/", "finns-inte/tidigare/", "finns-inte/andra/"])
def test_a_page_that_does_not_exist(signed_in: SignIn, cast: Cast, part: str) -> None:
    assert signed_in(cast.cecilia).get(f"/guiden/{part}").status_code == 404

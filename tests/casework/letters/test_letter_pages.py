"""The pages: the list, a new letter, its places with draft and stale edit, the preview and the file."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.tags import Tag
from casework.cases.letters import actions, moments, readers
from casework.cases.letters.models import Letter
from casework.cases.models import Case
from casework.cases.timeline import readers as timeline
from casework.clients import actions as clients
from casework.clients.models import Channels
from tests import factories
from tests.casework.letters.facts import begun, child, clear, guardian, housed, known, printed, template, written
from tests.casework.letters.test_write_letter import make_actor
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text


def url_of(case: Case, letter: Letter | None = None, more: str = "") -> str:
    return f"/arenden/{case.number}/brev/" + (f"{letter.pk}/{more}" if letter else more)


def form(letter: Letter, **more: Any) -> dict[str, Any]:
    return {"channel": "handed", "read": "on", "version": letter.version, **more}


def test_a_letter_is_begun_once_and_begins_empty(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, chosen = signed_in(cast.alma), template(cast)
    assert "Inga brev än" in text(client.get(url_of(case)))
    written(cast, case, "Rosenbuske", template=chosen)
    page = text(client.get(url_of(case, more="nytt/")))
    assert "Personen i ärendet" in page
    assert "Rosenbuske" not in page
    once = str(uuid4())
    for _ in range(2):
        answer = send(client, url_of(case, more="nytt/"), template=str(chosen.pk), to="person", once=once)
    assert Letter.objects.count() == 2
    fresh = text(client.get(answer.url))
    assert "Texten" in fresh
    assert "Rosenbuske" not in fresh
    assert "Inte utskrivet" in text(client.get(url_of(case)))


def test_whom_to_write_to_is_chosen_by_no_name(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, chosen, actor = signed_in(cast.alma), template(cast), make_actor()
    whose = [guardian(cast, child(cast, case), name) for name in ("Rut Varg", "Ivar Kvist")]
    guardian(cast, whose[0].child, "Åsa Öberg-Lind", is_case_person=True)
    page = text(client.get(url_of(case, more="nytt/")))
    for word in ("Vårdnadshavare för äldsta barnet: gemensam vårdnad", "(personen i ärendet)", "En skola"):
        assert word in page
    for word in ("Varg", "Kvist", "Öberg"):
        assert word not in page
    for to, recipient in ((f"guardian:{whose[0].pk}", "to_guardian"), (f"actor:{actor.pk}", "to_actor")):
        assert send(client, url_of(case, more="nytt/"), template=str(chosen.pk), to=to).status_code == 302
        assert Letter.objects.filter(recipient=recipient).count() == 1
    wrong = send(client, url_of(case, more="nytt/"), template=str(uuid4()), to=f"guardian:{uuid4()}")
    assert "Välj något av alternativen i listan." in text(wrong)


def test_two_guardians_of_one_child_are_told_apart(cast: Cast, case: Case) -> None:
    of = child(cast, case)
    for name in ("Rut Varg", "Ivar Kvist"):
        guardian(cast, of, name)
    labels = [label for _, label in readers.recipients(case)]
    assert len(set(labels)) == 3
    assert any("(2 av 2 på barnets sida)" in label for label in labels)


def test_places_are_filled_in_once_and_then_read(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, letter, once = signed_in(cast.alma), begun(cast, case), str(uuid4())
    address = url_of(case, letter, "andra/")
    for _ in range(2):
        answer = send(client, address, place_0="Vi ses <snart>", version="1", once=once)
        assert answer.url == url_of(case, letter)
    assert Letter.objects.get().version == 2
    page = text(client.get(answer.url))
    for word in ("Brevet är sparat.", "Vi ses &lt;snart&gt;", "Alma Lind", "Rubriken", "Malmö stad"):
        assert word in page
    assert "Vi ses &lt;snart&gt;" in text(client.get(address))
    event = last_event(Tag.LETTER_PREVIEWED)
    assert cases_of(event) == {case.number}
    for typed, message in (("Hej 🙂", "De här tecknen kan inte skrivas ut: 🙂"), (" ", "Fyll i texten.")):
        assert message in text(send(client, address, place_0=typed, version="2"))


def test_a_draft_of_a_letter_is_its_own(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, letter, other = signed_in(cast.alma), begun(cast, case), begun(cast, case)
    slot = f"letters:{case.number}:{letter.pk.hex[:20]}"
    draft = {"place_0": "Halvskrivet", "version": "1"}
    assert client.post(f"/utkast/{slot}/", draft).status_code == 200
    page = text(client.get(url_of(case, letter, "andra/")))
    assert "Halvskrivet" in page
    assert "Släng utkastet" in page
    assert "Halvskrivet" not in text(client.get(url_of(case, other, "andra/")))
    send(client, url_of(case, letter, "andra/"), place_0="Klart", version="1")
    assert "Halvskrivet" not in text(client.get(url_of(case, letter, "andra/")))


def test_an_edit_that_comes_late_shows_both(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, letter = signed_in(cast.alma), written(cast, case, "Ditt")
    address = url_of(case, letter, "andra/")
    page = text(send(client, address, place_0="Mitt", version="1"))
    for word in ("Någon annan hann ändra", "Mitt", "Ditt", 'name="version" value="2"'):
        assert word in page
    assert send(client, address, place_0="Båda", version="2").url == url_of(case, letter)
    assert readers.finished(readers.letter_of(case, letter.pk)).typed == "Båda"


def test_the_file_comes_once_for_each_form(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, letter = signed_in(cast.alma), written(cast, clear(case))
    address, sent = url_of(case, letter, "skriv-ut/"), form(letter, once=str(uuid4()))
    answer = send(client, address, **sent)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="brev.pdf"'
    assert answer.content.startswith(b"%PDF")
    assert send(client, address, **sent).url == url_of(case, letter)
    assert len(events(Tag.LETTER_PRINTED)) == 1
    page = text(client.get(url_of(case, letter)))
    assert "Skriv ut en gång till" in page
    assert "Ändra brevet" not in page
    listed = text(client.get(url_of(case)))
    assert "Lämnas vid ett möte" in listed
    assert client.get(address).status_code == 405


def test_what_is_found_stands_beside_the_letter(signed_in: SignIn, cast: Cast) -> None:
    case = housed(cast, known(cast))
    client, letter = signed_in(cast.alma), written(cast, case, "Vi ses i Lund.")
    page = text(client.get(url_of(case, letter)))
    for word in ("Det här kan mottagaren se och förstå", "”Lund” visar orten.", "Jag har läst"):
        assert word in page
    refused = text(send(client, url_of(case, letter, "skriv-ut/"), channel="handed", version=letter.version))
    assert "Läs vad mottagaren kan se och förstå." in refused
    child(cast, case, "Elina Nyström", number=factories.test_number())
    hard = written(cast, case, "Elina kommer.")
    page = text(client.get(url_of(case, hard)))
    assert "Ändra det här innan du skriver ut" in page
    assert "Skriv ut brevet" not in page
    assert "Brevet skrivs inte ut så här" in text(send(client, url_of(case, hard, "skriv-ut/"), **form(hard)))


def test_an_unclear_protection_is_shown_and_led_on(signed_in: SignIn, cast: Cast, case: Case) -> None:
    channels = Channels(safe_way="Ring", do_not="Lämna inget meddelande")
    clients.change_channels(by=cast.alma, case=case, channels=channels, version=case.client.version)
    client, letter = signed_in(cast.alma), written(cast, case)
    page = text(client.get(url_of(case, letter)))
    for word in ("Vi ses snart.", "Brevet kan inte skrivas ut än", "Ingen har kontrollerat", "Lämna inget meddelande"):
        assert word in page
    assert "Skriv ut brevet" not in page
    assert "Ingen har kontrollerat" in text(send(client, url_of(case, letter, "skriv-ut/"), **form(letter)))
    assert Letter.objects.get().printed_at is None


def test_what_was_not_read_is_shown_before_it_is_printed(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, letter = signed_in(cast.alma), written(cast, clear(case))
    sent = form(letter)
    actions.change_letter(by=cast.alma, letter=letter, filled={"texten": "Nytt"}, version=letter.version)
    page = text(send(client, url_of(case, letter, "skriv-ut/"), **sent))
    assert "Brevet har ändrats sedan du läste det." in page
    assert 'name="version" value="3"' in page
    assert "Nytt" in page
    wrong = text(send(client, url_of(case, letter, "skriv-ut/"), channel="duva", version="3"))
    assert "Välj något av alternativen i listan." in wrong


def test_what_is_not_filled_in_is_named(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, letter = signed_in(cast.alma), begun(cast, clear(case), actor=make_actor())
    page = text(client.get(url_of(case, letter)))
    for word in ("[texten]", "Det här är inte ifyllt:", "är ett utlämnande"):
        assert word in page
    assert "inte ifyllt: texten" in text(send(client, url_of(case, letter, "skriv-ut/"), **form(letter)))


def test_a_closed_case_shows_its_letters(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.casework.letters.test_write_letter import end_case

    letter = written(cast, case)
    ended, client = end_case(cast, case, monkeypatch), signed_in(cast.cecilia)
    page = text(client.get(url_of(ended, letter)))
    assert "Vi ses snart." in page
    assert "Det här kan mottagaren" not in page
    assert "Ärendet är avslutat." in text(send(client, url_of(ended, letter, "skriv-ut/"), **form(letter)))
    assert "Skriv ett nytt brev" not in text(client.get(url_of(ended)))


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("edvin", 404), ("lo", 403), ("dag", 404)])
def test_nobody_else_sees_it(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    client, letter = signed_in(getattr(cast, who)), written(cast, case)
    for address in (url_of(case), url_of(case, letter), url_of(case, letter, "andra/")):
        assert client.get(address).status_code == status
    assert send(client, url_of(case, letter, "skriv-ut/"), **form(letter)).status_code == status


def test_one_of_another_case_is_not_there(signed_in: SignIn, cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    letter, client = written(cast, case), signed_in(cast.cecilia)
    for more in ("", "andra/"):
        assert client.get(url_of(other, letter, more)).status_code == 404
    assert send(client, url_of(other, letter, "skriv-ut/"), **form(letter)).status_code == 404


def test_the_list_asks_as_much_for_many_as_for_one(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, chosen = signed_in(cast.alma), template(cast)
    counts = []
    for count in (1, 9):
        for _ in range(count):
            written(cast, case, template=chosen)
        with CaptureQueriesContext(connection) as asked:
            client.get(url_of(case))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_timeline_tells_that_and_never_to_whom(cast: Cast, case: Case) -> None:
    letter = written(cast, clear(case), guardian=guardian(cast, child(cast, case)))
    assert not list(moments.moments(case, None))
    printed(cast, letter)
    days = timeline.page(case, kind="letters").days  # type: ignore[attr-defined]
    (entry,) = [shown.entry for day in days for shown in day.shown]
    assert (entry.title, entry.who, entry.url) == ("Brev utskrivet: Meddelande", "Alma Lind", url_of(case, letter))
    assert not list(moments.moments(case, timezone.now()))
    assert len(list(moments.moments(case, timezone.now() - timedelta(days=1)))) == 1

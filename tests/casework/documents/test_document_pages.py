"""The pages: the list with its form, one document, the file to keep, and its end."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from audit.tags import Tag
from casework.cases.documents import actions, moments, readers
from casework.cases.documents.models import Document
from casework.cases.models import Case
from casework.middleware import CSP
from tests import factories
from tests.casework.documents.files import jpeg_with_place, plain_pdf
from tests.casework.documents.test_document_acts import LARGE, add, child_of, end_case, file
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text


def url_of(case: Case, document: Document | None = None, more: str = "") -> str:
    return f"/arenden/{case.number}/dokument/" + (f"{document.pk}/{more}" if document else "")


def data(name: str = "Rosenbuske.pdf", content: bytes = b"", **more: Any) -> dict[str, Any]:
    sent = SimpleUploadedFile(name, content or plain_pdf(), "application/octet-stream")
    return {"file": sent, "about": "Beslut om stöd", "kind": "doc_decision", **more}


def test_a_document_is_sent_once_and_shown_without_its_files_name(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, once = signed_in(cast.alma), str(uuid4())
    for _ in range(2):
        answer = send(client, url_of(case), **data(once=once))
    made = Document.objects.get()
    assert answer.url == url_of(case, made)
    page = text(client.get(answer.url))
    for words in ("Dokumentet är tillagt.", "Beslut om stöd", "Rosenbuske.pdf", "Uppgifter om vem som gjorde filen"):
        assert words in page
    listed = text(client.get(url_of(case)))
    assert "Beslut om stöd" in listed
    assert "Rosenbuske" not in listed
    assert last_event(Tag.PAGE_READ).fields == ["casework.Document.details x 1"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"file": ""}, "Välj en fil."),
        ({"about": ""}, "Skriv kort vad dokumentet är."),
        ({"kind": ""}, "Välj slag."),
        ({"kind": "doc_film"}, "Välj något av alternativen i listan."),
        ({"file": SimpleUploadedFile("brev.docx", b"PK\3\4")}, "Spara som PDF och försök igen."),
        ({"file": SimpleUploadedFile("brev.pdf", b"")}, "Filen är tom."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, Any], message: str
) -> None:
    page = text(send(signed_in(cast.alma), url_of(case), **data(**more)))
    assert message in page
    assert not Document.objects.exists()


def test_a_refused_file_is_told_of_in_the_cases_log(signed_in: SignIn, cast: Cast, case: Case) -> None:
    send(signed_in(cast.alma), url_of(case), **data("Rosenbuske.exe", b"MZ"))
    page = text(signed_in(cast.cecilia).get(f"/arenden/{case.number}/logg/"))
    assert "försökte lägga till ett dokument som inte kunde tas emot" in page
    assert "Rosenbuske" not in page


def test_a_case_without_room_says_so(signed_in: SignIn, cast: Cast, case: Case, settings: Any) -> None:
    settings.DOCUMENT_QUOTA_BYTES = 10
    assert "dokument får ta" in text(send(signed_in(cast.alma), url_of(case), **data()))


def test_a_childs_document_is_chosen_and_shown_by_alias(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, child = signed_in(cast.alma), child_of(cast, case)
    assert "Vem handlar det om?" in text(client.get(url_of(case)))
    send(client, url_of(case), **data("foto.jpg", jpeg_with_place(), child=str(child.pk)))
    made = Document.objects.get()
    assert made.client_id == child.client_id
    for url in (url_of(case), url_of(case, made)):
        page = text(client.get(url))
        assert "äldsta barnet" in page
        assert "Kvirinus" not in page
        assert cases_of(last_event(Tag.PAGE_READ)) == {case.number}
    other = factories.make_case(cast.cecilia, given_name="Bea")
    factories.assign(cast.cecilia, other, cast.alma)
    stranger = child_of(cast, other)
    assert "alternativen i listan" in text(send(client, url_of(case), **data(child=str(stranger.pk))))


def test_a_closed_case_shows_its_documents_and_takes_none(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = add(cast, case)
    end_case(cast, case, monkeypatch)
    client = signed_in(cast.cecilia)
    page = text(client.get(url_of(case)))
    assert "Kallelse" in page
    assert "Lägg till" not in page
    assert "Ärendet är avslutat." in text(send(client, url_of(case), **data()))
    assert client.get(url_of(case, made, "fil/")).getvalue() == b"Ett brev"


# --- the file ---------------------------------------------------------------------------------------------------------


def test_a_file_comes_as_something_to_keep_and_never_to_run(signed_in: SignIn, cast: Cast, case: Case) -> None:
    made = add(cast, case, file=file(LARGE, "Rosenbuske.txt"))
    answer = signed_in(cast.alma).get(url_of(case, made, "fil/"))
    assert answer.getvalue() == LARGE
    assert answer.headers["Content-Disposition"] == f'attachment; filename="dokument-{made.pk.hex[:8]}.txt"'
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Length"] == str(len(LARGE))
    assert answer.headers["Content-Security-Policy"] == f"{CSP}; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    event = last_event(Tag.DOCUMENT_READ)
    assert str(made.pk) in {ref.id for ref in event.refs}
    assert cases_of(event) == {case.number}
    assert "casework.DocumentChunk.content x 3" in event.fields


def test_a_file_that_is_not_whole_does_not_leave(signed_in: SignIn, cast: Cast, case: Case) -> None:
    made = add(cast, case, file=file(LARGE))
    with connection.cursor() as cursor:
        key = made.pk if connection.vendor == "postgresql" else made.pk.hex
        cursor.execute("DELETE FROM casework_documentchunk WHERE document_id = %s", [key])
    answer = signed_in(cast.alma).get(url_of(case, made, "fil/"))
    assert answer.status_code == 503
    assert "kunde inte öppnas" in text(answer)


def test_no_more_than_a_part_is_asked_for_at_a_time(cast: Cast, case: Case) -> None:
    made = add(cast, case, file=file(LARGE))
    found = readers.content(made, made.details.open())
    assert [len(part) for part in found] == [actions.CHUNK, actions.CHUNK, len(LARGE) - 2 * actions.CHUNK]


@pytest.mark.parametrize("more", ["", "fil/"])
def test_a_document_of_another_case_is_not_found(signed_in: SignIn, cast: Cast, case: Case, more: str) -> None:
    made, other = add(cast, case), factories.make_case(cast.cecilia, given_name="Bea")
    factories.assign(cast.cecilia, other, cast.alma)
    assert signed_in(cast.alma).get(url_of(other, made, more)).status_code == 404
    assert signed_in(cast.eva).get(url_of(case, made, more)).status_code == 404
    assert signed_in(cast.cecilia).get(url_of(other, made, "forstor/")).status_code == 404


# --- its end ----------------------------------------------------------------------------------------------------------


def test_the_sektionschef_has_a_document_destroyed(signed_in: SignIn, cast: Cast, case: Case) -> None:
    made, chief = add(cast, case), signed_in(cast.cecilia)
    assert "Förstör dokumentet" not in text(signed_in(cast.alma).get(url_of(case, made)))
    assert signed_in(cast.alma).get(url_of(case, made, "forstor/")).status_code == 403
    assert "Förstör dokumentet" in text(chief.get(url_of(case, made)))
    assert "Skriv varför" in text(send(chief, url_of(case, made, "forstor/"), reason=""))
    form = {"reason": "Rosenbuske", "once": str(uuid4())}
    for _ in range(2):
        assert send(chief, url_of(case, made, "forstor/"), **form).url == url_of(case, made)
    page = text(chief.get(url_of(case, made)))
    assert "Dokumentet är förstört" in page
    assert "Kallelse" not in page
    assert "Förstört dokument" in text(chief.get(url_of(case)))
    assert chief.get(url_of(case, made, "fil/")).status_code == 404
    assert "redan förstört" in text(send(chief, url_of(case, made, "forstor/"), reason="Igen"))
    assert len(events(Tag.DOCUMENT_DESTROYED)) == 1


def test_the_timeline_tells_that_a_document_came_and_went(cast: Cast, case: Case) -> None:
    made = add(cast, case)
    actions.destroy_document(by=cast.cecilia, document=made, reason="Fel person")
    found = moments.show([key for _, key in moments.moments(case, None)])
    assert [(entry.title, entry.who) for entry in found.values()] == [
        ("Dokument tillagt: Brev", "Alma Lind"),
        ("Dokument förstört: Brev", "Cecilia Holm"),
    ]
    made.refresh_from_db()
    assert not list(moments.moments(case, made.destroyed_at))


def test_a_long_list_asks_no_more_than_a_short_one(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, child = signed_in(cast.alma), child_of(cast, case)
    counts = []
    for more in (1, 9):
        for _ in range(more):
            add(cast, case)
            add(cast, case, child=child)
        client.get(url_of(case))
        with CaptureQueriesContext(connection) as data, CaptureQueriesContext(connections["keys"]) as keys:
            client.get(url_of(case))
        counts.append((len(data), len(keys)))
    assert counts[0] == counts[1]

"""The acts: a file is looked through, kept in sealed parts, and destroyed."""

import base64
import hashlib
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit import trail
from audit.models import Event
from audit.tags import Tag
from casework import policy
from casework.cases import actions as cases
from casework.cases.documents import actions, cleaning, readers, wiring
from casework.cases.documents.cleaning import Cleaned
from casework.cases.documents.models import ChunkContent, Document, DocumentChunk, DocumentDetails
from casework.cases.documents.refusals import Unclean
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.children import actions as children
from casework.clients.models import Identity
from casework.clients.protection import files
from casework.crypto.errors import CryptoError, DecryptError
from tests import factories
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event

LARGE = bytes(range(256)) * 2560  # three parts, none like another place's


def file(data: bytes = b"Ett brev", name: str = "brev.txt") -> Cleaned:
    return Cleaned(name, "text/plain", "txt", data, ["Rosenbuske"])


def add(cast: Cast, case: Case, **more: Any) -> Document:
    facts = {"by": cast.alma, "child": None, "kind": "doc_letter", "about": "Kallelse", "file": file()}
    return actions.add_document(case=case, **{**facts, **more})


def content(document: Document) -> bytes:
    return b"".join(readers.content(document, document.details.open()))


def end_case(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setattr(cases, "on_closing", [])
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    return cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")


def child_of(cast: Cast, case: Case) -> Any:
    return children.add_child(
        by=cast.alma, case=case, identity=Identity(given_name="Kvirinus"), alias="äldsta barnet", lives_with=True
    )


def test_a_file_is_kept_and_comes_back_as_it_was(cast: Cast, case: Case) -> None:
    made = Document.objects.get(pk=add(cast, case, file=file(LARGE)).pk)
    assert made.chunks.count() == 3
    assert made.stored_bytes == len(LARGE)
    assert content(made) == LARGE
    assert made.details.open().digest == hashlib.sha256(LARGE).hexdigest()
    assert str(made) == str(made.pk)
    assert str(made.chunks.first()) == str(made.chunks.first().pk)
    event = last_event(Tag.DOCUMENT_ADDED)
    assert cases_of(event) == {case.number}
    assert str(made.pk) in {ref.id for ref in event.refs}


def test_nothing_of_a_file_stands_in_clear(cast: Cast, case: Case) -> None:
    add(cast, case, file=file(b"Rosenbuske " * 30_000, "Rosenbuske.txt"), about="Rosenbuske")
    stored = "".join(str(bytes(row.body)) for row in Event.objects.all())
    with connection.cursor() as cursor:
        for table in ("casework_document", "casework_documentchunk"):
            cursor.execute(f"SELECT * FROM {table}")
            stored += str([bytes(cell) if isinstance(cell, memoryview) else cell for row in cursor for cell in row])
    assert "osenbusk" not in stored
    assert base64.b64encode(b"Rosenbuske " * 3).decode()[:20] not in stored


def test_a_childs_document_is_sealed_for_the_child(cast: Cast, case: Case) -> None:
    child = child_of(cast, case)
    made = add(cast, case, child=child)
    assert made.client_id == child.client_id != case.client_id
    assert {chunk.seal_owner for chunk in made.chunks.all()} == {child.client_id}
    assert content(made) == b"Ett brev"


@pytest.mark.parametrize(
    ("more", "words"),
    [({"kind": "doc_film"}, "i listan"), ({"about": " "}, "Skriv kort")],
)
def test_what_is_not_whole_is_refused(cast: Cast, case: Case, more: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        add(cast, case, **more)
    assert not Document.objects.exists()


def test_a_child_of_another_case_is_not_found(cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia, given_name="Bea")
    factories.assign(cast.cecilia, other, cast.alma)
    with pytest.raises(policy.NotFound):
        add(cast, case, child=child_of(cast, other))


def test_a_case_has_room_for_so_much_and_no_more(cast: Cast, case: Case, settings: Any) -> None:
    settings.DOCUMENT_QUOTA_BYTES = len(LARGE) + 10
    first = add(cast, case, file=file(LARGE))
    with pytest.raises(Refused, match="är kvar"):
        add(cast, case, file=file(LARGE))
    add(cast, case, file=file(b"x" * 10))
    actions.destroy_document(by=cast.cecilia, document=first, reason="Fel person")
    add(cast, case, file=file(LARGE))


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "lo", "ada", "hanna", "dag"])
def test_others_may_neither_send_nor_destroy(cast: Cast, case: Case, who: str) -> None:
    made, user = add(cast, case), cast.everyone()[who]
    with pytest.raises(policy.Forbidden):
        actions.check_file(by=user, case=case, name="a.txt", data=b"x")
    with pytest.raises(policy.Forbidden):
        add(cast, case, by=user)
    with pytest.raises(policy.Forbidden):
        actions.destroy_document(by=user, document=made, reason="Så")
    with pytest.raises(policy.Forbidden):
        actions.destroy_for_masking(by=user, pk=made.pk)
    assert Document.objects.get().destroyed_at is None


def test_a_refused_file_leaves_why_and_not_its_name(cast: Cast, case: Case) -> None:
    with pytest.raises(Unclean, match="Spara som PDF"):
        actions.check_file(by=cast.alma, case=case, name="Rosenbuske.docx", data=b"PK\3\4")
    event = last_event(Tag.DOCUMENT_REFUSED)
    assert (event.reason_code, cases_of(event)) == ("doc_type", {case.number})
    assert "osenbusk" not in str(bytes(Event.objects.latest("pk").body))


def test_a_file_is_looked_through_before_it_is_kept(cast: Cast, case: Case) -> None:
    found = actions.check_file(by=cast.alma, case=case, name="C:\\temp\\Brev.TXT", data=b"\xef\xbb\xbfHej")
    assert (found.name, found.data) == ("Brev.txt", b"Hej")
    assert not events(Tag.DOCUMENT_REFUSED)
    assert "Rosenbuske" not in repr(cleaning.clean("Rosenbuske.txt", b"Rosenbuske"))


def test_a_closed_case_takes_no_document_and_lets_one_be_read_and_destroyed(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = add(cast, case)
    closed = end_case(cast, case, monkeypatch)
    with pytest.raises(Refused, match="avslutat"):
        actions.check_file(by=cast.cecilia, case=closed, name="a.txt", data=b"x")
    with pytest.raises(Refused, match="avslutat"):
        add(cast, closed, by=cast.cecilia)
    assert content(made) == b"Ett brev"
    actions.destroy_document(by=cast.cecilia, document=made, reason="Fel person")


# --- destroyed --------------------------------------------------------------------------------------------------------


def test_a_destroyed_document_is_gone_but_for_that_it_was(cast: Cast, case: Case) -> None:
    made = add(cast, case, file=file(LARGE))
    gone = actions.destroy_document(by=cast.cecilia, document=made, reason="Rosenbuske")
    assert (gone.destroyed_by, gone.stored_bytes, gone.kind) == (cast.cecilia, 0, "doc_letter")
    assert gone.details.open() == DocumentDetails()
    assert not DocumentChunk.objects.exists()
    event = last_event(Tag.DOCUMENT_DESTROYED)
    assert cases_of(event) == {case.number}
    assert "osenbusk" not in str(bytes(Event.objects.latest("pk").body))
    with pytest.raises(DecryptError):
        content(gone)
    for again in (made, gone):
        with pytest.raises(Refused, match="redan förstört"):
            actions.destroy_document(by=cast.cecilia, document=again, reason="Igen")


def test_destroying_takes_a_reason_and_the_sektionschef(cast: Cast, case: Case) -> None:
    made = add(cast, case)
    with pytest.raises(Refused, match="Skriv varför"):
        actions.destroy_document(by=cast.cecilia, document=made, reason=" ")
    with pytest.raises(policy.Forbidden):
        actions.destroy_document(by=cast.alma, document=made, reason="Så")


def test_masking_destroys_through_its_own_door(cast: Cast, case: Case) -> None:
    made = add(cast, case)
    assert wiring.destroy in files.destroy
    with trail.act(Tag.RECORD_CHANGED, by=cast.alma):
        for destroy in files.destroy:
            destroy(cast.alma, made.pk)
    assert Document.objects.get().destroyed_by == cast.alma
    with pytest.raises(policy.NotFound):
        actions.destroy_for_masking(by=cast.alma, pk=uuid4())
    with pytest.raises(Refused, match="redan förstört"):
        actions.destroy_for_masking(by=cast.alma, pk=made.pk)


@pytest.mark.parametrize(
    ("at", "by", "holds"), [(True, True, True), (False, False, True), (True, False, False), (False, True, False)]
)
def test_destroyed_both_neither_half(cast: Cast, case: Case, at: bool, by: bool, holds: bool) -> None:
    made = add(cast, case)
    made.destroyed_at, made.destroyed_by = timezone.now() if at else None, cast.cecilia if by else None
    if holds:
        made.save()
        return
    with pytest.raises(IntegrityError, match="document_destroyed_whole"), transaction.atomic():
        made.save()


# --- what somebody who writes in the database could do ----------------------------------------------------------------


def blob(pk: Any) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM casework_documentchunk WHERE id = %s", [key(pk)])
        return bytes(cursor.fetchone()[0])


def key(pk: Any) -> Any:
    return pk if connection.vendor == "postgresql" else pk.hex


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


PUT = "UPDATE casework_documentchunk SET content = %s WHERE id = %s"


def swapped(one: Any, two: Any, other: Any) -> None:
    first, second = blob(one), blob(two)
    sql(PUT, second, key(one))
    sql(PUT, first, key(two))


def of_another(one: Any, two: Any, other: Any) -> None:
    sql(PUT, blob(other), key(one))


def moved_here(one: Any, two: Any, other: Any) -> None:
    document = DocumentChunk.objects.get(pk=one).document_id
    sql("UPDATE casework_documentchunk SET document_id = %s WHERE id = %s", key(document), key(other))


def missing(one: Any, two: Any, other: Any) -> None:
    sql("DELETE FROM casework_documentchunk WHERE id = %s", key(two))


def cut(one: Any, two: Any, other: Any) -> None:
    sql(PUT, blob(two)[:-20], key(two))


@pytest.mark.parametrize("harm", [swapped, of_another, moved_here, missing, cut])
def test_a_file_that_is_not_whole_gives_not_one_byte(cast: Cast, case: Case, harm: Any) -> None:
    made, other = add(cast, case, file=file(LARGE)), add(cast, case)
    details = made.details.open()
    ids = [chunk.pk for chunk in sorted(made.chunks.all(), key=lambda chunk: details.chunks.index(str(chunk.pk)))]
    harm(ids[0], ids[2], other.chunks.get().pk)
    with pytest.raises(CryptoError):
        readers.content(made, details)


@pytest.mark.parametrize("part", ["Rosenbuske!", base64.b64encode(LARGE).decode()])
def test_a_part_that_was_sealed_otherwise_is_refused(cast: Cast, case: Case, part: str) -> None:
    made = add(cast, case)
    chunk = made.chunks.get()
    chunk.content = ChunkContent(part=part)
    chunk.save()
    with pytest.raises(DecryptError):
        readers.content(made, made.details.open())


def test_a_part_that_goes_between_the_look_and_the_reading_is_missed(cast: Cast, case: Case) -> None:
    made = add(cast, case, file=file(LARGE))
    found = readers.content(made, made.details.open())
    next(found)
    sql("DELETE FROM casework_documentchunk WHERE document_id = %s", key(made.pk))
    with pytest.raises(DecryptError, match="saknas"):
        list(found)

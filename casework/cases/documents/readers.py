"""What the pages show of documents. Every opened seal ends in the page's read event by itself."""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator

from casework import policy
from casework.access import visit
from casework.cases.documents.models import Document, DocumentChunk, DocumentDetails
from casework.cases.models import Case
from casework.clients.children import readers as children
from casework.clients.children.models import Child
from casework.crypto import fields
from casework.crypto.errors import DecryptError

PAGE = 50
EXTENSIONS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "text/plain": "txt",
}
SHOWN = {"pdf": "PDF", "jpg": "Bild (JPEG)", "png": "Bild (PNG)", "webp": "Bild (WebP)", "txt": "Text"}


@dataclass
class Row:
    """A document in the list: what staff wrote that it is, never the name of the file."""

    document: Document
    about: str
    alias: str
    size: str


def listed(case: Case, number: str | None) -> "Page[Row]":
    """The documents of a case, the latest first, those of its children by the child's alias."""
    found = Document.objects.filter(case=case).select_related("added_by", "child")
    page: Page[Row] = Paginator(found, PAGE).get_page(number)
    rows: list[Document] = list(page.object_list)  # type: ignore[arg-type]
    _look_at(case, rows)
    kin = {row.child_id: row.child for row in rows if row.child is not None}
    list(fields.open_all([child for child in kin.values() if child is not None], "words"))
    aliases = {pk: alias_of(child) for pk, child in kin.items() if child is not None}
    page.object_list = [_row(row, aliases) for row in fields.open_all(rows, "details")]
    return page


def _row(document: Document, aliases: dict[UUID | None, str]) -> Row:
    details = document.details.open()
    return Row(document, details.about, aliases.get(document.child_id, ""), readable(details.size))


def alias_of(child: Child) -> str:
    """How staff speak of the child; nothing else of her is shown here."""
    return child.words.open().alias


def children_to_choose(case: Case) -> list[tuple[str, str]]:
    """(id, alias) of the children of a case."""
    return [(str(child.pk), child.alias) for child in children.children_of(case)]  # type: ignore[attr-defined]


def child_of(case: Case, pk: str) -> Child | None:
    """The chosen child of this case; None when the document is about the person."""
    return Child.objects.filter(case=case, pk=pk).first() if pk else None


def document_of(case: Case, pk: UUID) -> Document:
    """A document of this case. Raises NotFound."""
    found = Document.objects.filter(case=case, pk=pk).select_related("added_by", "destroyed_by", "child").first()
    if found is None:
        raise policy.NotFound("Dokumentet finns inte i ärendet.", [case.ref()])
    found.case = case
    _look_at(case, [found])
    if (now := visit.current()) is not None:
        now.refs[str(found.pk)] = found.ref()
    return found


def kept_document_of(case: Case, pk: UUID) -> Document:
    """As document_of, for one that has not been destroyed. Raises NotFound."""
    found = document_of(case, pk)
    if found.destroyed_at is not None:
        raise policy.NotFound("Dokumentet är förstört.", [case.ref(), found.ref()])
    return found


def kind_shown(media_type: str) -> str:
    return SHOWN.get(EXTENSIONS.get(media_type, ""), "")


def readable(size: int) -> str:
    """Bytes as a person reads them: "340 kB", "2,4 MB"."""
    return f"{size / 2**20:.1f} MB".replace(".", ",") if size >= 2**20 else f"{max(size // 1024, 1)} kB"


def _look_at(case: Case, documents: list[Document]) -> None:
    """The page's read event says that the children's keys belong to this case."""
    if (now := visit.current()) is not None:
        now.owners.update({document.client_id.int: case.number for document in documents})


# --- the content ------------------------------------------------------------------------------------------------------


def content(document: Document, details: DocumentDetails) -> Iterator[bytes]:
    """The whole file, part by part. It has been read through before the first part is given.

    Raises DecryptError when a part is missing, is one too many, is not its own, or the whole is not what was kept.
    """
    stored = DocumentChunk.objects.filter(document=document).values_list("pk", flat=True).order_by()
    if not details.chunks or sorted(str(pk) for pk in stored) != sorted(details.chunks):
        raise DecryptError("Dokumentets delar är inte de som sparades.")
    whole, size = hashlib.sha256(), 0
    for part in _parts(document, details):
        whole.update(part)
        size += len(part)
    if (size, whole.hexdigest()) != (details.size, details.digest):
        raise DecryptError("Dokumentet är inte det som sparades.")
    return _parts(document, details)


def _parts(document: Document, details: DocumentDetails) -> Iterator[bytes]:
    """One part at a time is in memory. Its seal is bound to its own row: another part in its place does not open."""
    for pk in details.chunks:
        chunk = DocumentChunk.objects.filter(document=document, pk=pk).first()
        if chunk is None:
            raise DecryptError("En del av dokumentet saknas.")
        try:
            yield base64.b64decode(chunk.content.open().part, validate=True)
        except binascii.Error:
            raise DecryptError("En del av dokumentet går inte att läsa.") from None

"""A document comes into a case, cleaned and in sealed parts; it is not changed, only destroyed."""

import base64
import hashlib
import uuid

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases.documents import cleaning, rules, scanning
from casework.cases.documents.cleaning import Cleaned
from casework.cases.documents.models import ChunkContent, Document, DocumentChunk, DocumentDetails
from casework.cases.documents.refusals import Unclean
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.children.models import Child
from casework.signin.models import User

CHUNK = 256 * 1024


def check_file(*, by: User, case: Case, name: str, data: bytes) -> Cleaned:
    """A file looked through for viruses and cleaned, for add_document. It takes time: call it outside a transaction.

    Raises Forbidden, Refused (the case is closed), Unclean; the log then tells why, without the file's name.
    """
    rules.check_can_add(by, case)
    try:
        scanning.scan(data)
        return cleaning.clean(name, data)
    except Unclean as why:
        trail.record(Tag.DOCUMENT_REFUSED, by=by, refs=[case.ref()], reason_code=why.code)
        raise


def add_document(*, by: User, case: Case, child: Child | None, kind: str, about: str, file: Cleaned) -> Document:
    """Keeps a cleaned file, sealed for the person, or for the child it is about. `kind` is a value of Kind.

    Raises Forbidden, NotFound (a child of another case), Refused (closed case, unknown kind, nothing said of what it
    is, no room).
    """
    rules.check_can_add(by, case)
    if child is not None and child.case_id != case.pk:
        raise policy.NotFound("Barnet finns inte i ärendet.", [case.ref()])
    if kind not in Document.Kind.values:
        raise Refused("Välj vad för slags dokument det är i listan.")
    if not about.strip():
        raise Refused("Skriv kort vad dokumentet är.")
    with trail.act(Tag.DOCUMENT_ADDED, by=by, refs=[case.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        rules.check_can_add(by, fresh)
        used = Document.objects.filter(case=fresh).aggregate(used=Sum("stored_bytes"))["used"] or 0
        rules.check_room(used, len(file.data), settings.DOCUMENT_QUOTA_BYTES)
        owner = child.client_id if child is not None else fresh.client_id
        document = Document(case=fresh, client_id=owner, child=child, kind=kind, added_by=by)
        document.stored_bytes = len(file.data)
        parts = [uuid.uuid4() for _ in range(0, len(file.data), CHUNK)]
        document.details = _details(file, about, parts)
        document.save()
        for at, pk in enumerate(parts):
            part = base64.b64encode(file.data[at * CHUNK : (at + 1) * CHUNK]).decode()
            DocumentChunk(id=pk, document=document, client_id=owner, content=ChunkContent(part=part)).save()
        event.touch(document.ref())
        return document


def _details(file: Cleaned, about: str, parts: list[uuid.UUID]) -> DocumentDetails:
    return DocumentDetails(
        name=file.name,
        about=about,
        media_type=file.media_type,
        size=len(file.data),
        digest=hashlib.sha256(file.data).hexdigest(),
        chunks=[str(pk) for pk in parts],
        cleaned=list(file.removed),
    )


def destroy_document(*, by: User, document: Document, reason: str) -> Document:
    """The sektionschef has a document destroyed: its content, name and words. That it was there is still seen.

    Raises Forbidden, Refused (destroyed already, no reason).
    """
    rules.check_can_destroy(by, document)
    if not reason.strip():
        raise Refused("Skriv varför dokumentet ska förstöras.")
    return _destroy(by, document, reason)


def destroy_for_masking(*, by: User, pk: uuid.UUID) -> Document:
    """Destroys a document that shows an earlier identity: called by the act in which the second person decides it.

    Raises NotFound, Forbidden, Refused (destroyed already).
    """
    document = Document.objects.select_related("case").filter(pk=pk).first()
    if document is None:
        raise policy.NotFound("Dokumentet finns inte.")
    rules.check_can_mask(by, document)
    return _destroy(by, document, "")


def _destroy(by: User, document: Document, reason: str) -> Document:
    refs = [document.case.ref(), document.ref()]
    with trail.act(Tag.DOCUMENT_DESTROYED, by=by, refs=refs, reason=reason, owner=document.client_id):
        Case.objects.select_for_update().get(pk=document.case_id)
        fresh = Document.objects.select_for_update().select_related("case").get(pk=document.pk)
        rules.check_kept(fresh)
        for chunk in DocumentChunk.objects.filter(document=fresh).defer("content"):
            chunk.document = fresh
            chunk.delete()
        fresh.details, fresh.stored_bytes = DocumentDetails(), 0
        fresh.destroyed_at, fresh.destroyed_by = timezone.now(), by
        fresh.save()
        return fresh

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework.cases.documents import actions
from casework.cases.documents.models import ChunkContent, Document, DocumentChunk, DocumentDetails

# The document of each case is a letter about the person.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
documents                GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
document                 GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
document_file            GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
document_destroy         GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      >->-  ->--   -x--  ----    ----    xxx- ----  <<<<
"""
TEXTS = {"about", "reason"}
LAST: tuple[str, ...] = ()
NOBODY = "00000000-0000-0000-0000-000000000007"
FORMS: dict[str, Any] = {
    "documents": lambda world, record: {
        "file": SimpleUploadedFile("brev.txt", "Välkommen på möte.".encode(), "text/plain"),
        "about": "Kallelse", "kind": "doc_letter",
    },
    "document_destroy": lambda world, record: {"reason": "Det hörde till någon annan"},
}  # fmt: skip
ARGUMENTS: dict[str, Any] = {
    name: lambda found, use: [
        found.case.number if found else "26-99999-9",
        found.more["document"].pk if found else NOBODY,
    ]
    for name in ("document", "document_file", "document_destroy")
}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    file = actions.check_file(by=contact, case=case, name="brev.txt", data="Kallelse till möte.".encode())
    return {
        "document": actions.add_document(
            by=contact, case=case, child=None, kind="doc_letter", about="Kallelse", file=file
        )
    }


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    case, owner = person.case, person.case.client_id
    document = Document(
        case=case, client_id=owner, kind="doc_other", added_by=user, created_at=timezone.now(),
        details=filled(DocumentDetails, known),
    )  # fmt: skip
    return [document, DocumentChunk(document=document, client_id=owner, content=filled(ChunkContent, known))]

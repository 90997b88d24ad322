"""Prints on their way, made through the acts; the disclosure they rest on is made by its own moves."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader

from audit import trail
from audit.tags import Tag
from casework.cases.consents.models import Consent
from casework.cases.disclosures.models import Disclosure, DisclosureWords
from casework.cases.models import Case
from casework.cases.release import actions, parts
from casework.cases.release.models import Release, ReleasePiece
from casework.clients.children.models import Child
from casework.signin.models import User

EVERY = [part.key for part in parts.offered()]
WHY = "Hon skrev det själv (OSL 10 kap. 3 §)"


def disclose(
    by: User, case: Case, *, child: Child | None = None, state: str = "given", consent: Consent | None = None
) -> Disclosure:
    """A disclosure of the record to the one whose record it is, or to somebody she has consented to."""
    owner = child.client_id if child else case.client_id
    provision = "osl_12_2" if consent else "osl_10_3"
    row = Disclosure(case=case, client_id=owner, child=child, provision=provision, consent=consent, proposed_by=by)
    row.words = DisclosureWords(recipient="Personen själv", purpose="Egen insyn")
    if state != "proposed":
        row.decided_by = by
        {"given": row.give, "refused": row.refuse}[state]()
    with trail.act(Tag.IMPORTED):
        row.save()
    return row


def begin(by: User, case: Case, **more: Any) -> Release:
    facts: dict[str, Any] = {"parts": ["narrative", "notes"], "since": None, "until": None, "note": "Hämtas på måndag"}
    disclosure = more.pop("disclosure", None) or disclose(by, case, child=more.pop("child", None))
    return actions.begin_release(by=by, case=case, disclosure=disclosure, **{**facts, **more})


def pieces(release: Release) -> list[ReleasePiece]:
    return list(ReleasePiece.objects.filter(release=release).select_related("release__case", "release__disclosure"))


def mark(by: User, piece: ReleasePiece, verdict: str = "piece_show", **more: Any) -> ReleasePiece:
    """Shown as it stands, with a reason, unless something else is said."""
    facts: dict[str, Any] = {"text": piece.words.open().original, "why": WHY, "tried": True, "version": piece.version}
    return actions.mark_piece(by=by, piece=piece, verdict=verdict, **{**facts, **more})


def move(by: User, release: Release, name: str, reason: str = "Fel tid") -> Release:
    return actions.move_release(by=by, release=release, name=name, reason=reason)


def judged(by: User, release: Release) -> Release:
    """Every piece that nobody has judged is shown; then the print is handed in for review."""
    for piece in pieces(release):
        if piece.verdict == "piece_open":
            mark(by, piece)
    return move(by, release, "submit")


def approved(first: User, second: User, release: Release) -> Release:
    waiting = judged(first, release)
    for piece in pieces(waiting):
        actions.pass_piece(by=second, piece=piece, version=piece.version)
    return move(second, waiting, "approve")


def read(content: bytes) -> list[str]:
    """The text of each page of a file."""
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def every_stream(content: bytes) -> bytes:
    """Everything in a file, also what is compressed in it, and its metadata."""
    reader = PdfReader(BytesIO(content))
    found = [content, str(reader.metadata).encode()]
    for number in reader.xref[0]:
        row: Any = reader.get_object(number)
        found.append(str(row).encode())
        if hasattr(row, "get_data"):
            found.append(row.get_data())
    return b"\n".join(found)

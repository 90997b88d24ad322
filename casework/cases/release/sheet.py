"""The file that is handed out: on every page the number of the case, its protection, who printed it and when."""

from collections.abc import Iterator

from django.utils import timezone

from casework.cases import readers as cases
from casework.cases.release.models import Release, ReleasePiece
from casework.crypto import fields
from casework.paper.sheet import Sheet
from casework.signin.models import User
from casework.swedish import iso, stamp

LEFT_OUT = "En del har inte lämnats ut."
NAME = "personakt.pdf"


def file_of(release: Release, by: User) -> bytes:
    """The pieces in order, each as it was judged; what was left out is told of and not named. Raises Unprintable."""
    footer = f"Utskrivet av {by.display_name} {stamp(timezone.now())}"
    page = Sheet(header_text=header_of(release), footer_text=footer)
    page.title_line("Utdrag ur barnets personakt" if release.disclosure.child_id else "Utdrag ur personakten")
    page.small(time_of(release))
    for heading, text in _pieces(release):
        if heading:
            page.heading(heading)
        page.paragraph(text)
    return page.finish()


def header_of(release: Release) -> str:
    """The case number and every protection in force; on a child's print also the adult's, for they share a home."""
    clients = {release.case.client_id: release.case.client, release.client_id: release.client}
    words = [mark.text for client in clients.values() for mark in cases.marks(client)]
    return " · ".join([release.case.number, *dict.fromkeys(words)])


def time_of(release: Release) -> str:
    """The time that was asked for, in words."""
    if release.since and release.until:
        return f"Tiden {iso(release.since)} till {iso(release.until)}"
    if release.since:
        return f"Tiden från och med {iso(release.since)}"
    return f"Tiden till och med {iso(release.until)}" if release.until else "Hela tiden"


def _pieces(release: Release) -> Iterator[tuple[str, str]]:
    for piece in fields.open_all(release.pieces.all(), "words"):
        words = piece.words.open()
        if piece.verdict in {ReleasePiece.Verdict.SHOW, ReleasePiece.Verdict.COVERED}:
            yield words.heading, words.text
        else:
            yield "", LEFT_OUT

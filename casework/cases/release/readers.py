"""What the pages show of prints. Every opened seal ends in the page's read event by itself."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from casework import policy
from casework.cases.disclosures.models import Disclosure, DisclosureState
from casework.cases.models import Case
from casework.cases.release import scanning
from casework.cases.release.covering import Span, segments
from casework.cases.release.models import PieceWords, Release, ReleasePiece, ReleaseState
from casework.cases.release.scope import belong
from casework.crypto import fields
from casework.signin.models import User

PAGE = 50
Verdict = ReleasePiece.Verdict


@dataclass(frozen=True)
class Reading:
    """A piece as it is read: what was found in the original, and in what goes out."""

    words: PieceWords
    found: list[Span]
    kinds: list[str]
    original: list[tuple[str, bool]]
    goes_out: list[tuple[str, bool]]


def releases_of(case: Case) -> list[Any]:
    """The prints of a case, the latest first, with how many pieces each has. Opens nothing."""
    rows = Release.objects.filter(case=case).select_related("begun_by", "reviewed_by", "disclosure")
    return list(rows.annotate(count=Count("pieces")))


def release_of(case: Case, pk: UUID) -> Release:
    """A print of this case. Raises NotFound."""
    rows = Release.objects.filter(case=case, pk=pk)
    related = ("client", "begun_by", "reviewed_by", "disclosure__child__client")
    release: Release | None = rows.select_related(*related).first()
    if release is None:
        raise policy.NotFound("Utskriften finns inte.", [case.ref()])
    release.case = case
    belong(case, [release.client_id])
    return release


def piece_of(release: Release, place: int) -> ReleasePiece:
    """A piece of this print, by its place. Raises NotFound."""
    rows = ReleasePiece.objects.filter(release=release, place=place).select_related("marked_by", "passed_by")
    piece = rows.first()
    if piece is None:
        raise policy.NotFound("Delen finns inte i utskriften.", [release.case.ref()])
    piece.release = release
    return piece


def pieces(release: Release, number: str | None) -> Page[Any]:
    """The pieces with their headings, as `heading`."""
    page: Page[Any] = Paginator(ReleasePiece.objects.filter(release=release), PAGE).get_page(number)
    page.object_list = list(fields.open_all(page.object_list, "words"))
    for piece in page.object_list:
        piece.heading = piece.words.open().heading
    return page


def counts(release: Release, user: User) -> dict[str, int]:
    """How many pieces there are, are not judged, and are not read by `user`."""
    unjudged, read = Q(verdict=Verdict.OPEN), Q(passed_by=user)
    return release.pieces.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=unjudged),
        warned=Count("pk", filter=Q(warned=True)),
        unread=Count("pk") - Count("pk", filter=read),
    )


def next_place(release: Release, user: User, after: int = 0) -> int | None:
    """The next piece to judge, or for the second person to read: after a place, else from the beginning."""
    rows: QuerySet[ReleasePiece] = ReleasePiece.objects.filter(release=release)
    marking = release.state == ReleaseState.MARKING
    left = rows.filter(verdict=Verdict.OPEN) if marking else rows.exclude(passed_by=user)
    places = left.order_by("place").values_list("place", flat=True)
    return places.filter(place__gt=after).first() or places.first()


def reading(piece: ReleasePiece) -> Reading:
    """The piece opened, with what is about others in it marked as it is known today."""
    words = piece.words.open()
    watch = scanning.watch(piece.release.case, piece.release.disclosure.child)
    found = watch.find(words.original)
    left = list(segments(words.text, watch.find(words.text)))
    return Reading(words, found, scanning.kinds(found), list(segments(words.original, found)), left)


def given(case: Case) -> list[tuple[str, str]]:
    """(id, label) of the disclosures that a print may rest on. A child is named by her alias."""
    rows = Disclosure.objects.filter(case=case, state=DisclosureState.GIVEN).select_related("child")
    found = list(rows)
    children = {row.child_id: row.child for row in found if row.child is not None}
    belong(case, [child.client_id for child in children.values()])
    aliases = {row.pk: row.words.open().alias for row in fields.open_all(list(children.values()), "words")}
    return [(str(row.pk), _label(row, aliases)) for row in found]


def _label(row: Disclosure, aliases: dict[UUID, str]) -> str:
    about = f"om {aliases[row.child_id]}" if row.child_id else "om personen i ärendet"
    return f"{row.asked_on}, {about}: {row.get_provision_display()}"


def disclosure_of(case: Case, pk: UUID) -> Disclosure:
    """A disclosure of this case. Raises NotFound."""
    found: Disclosure | None = Disclosure.objects.filter(case=case, pk=pk).select_related("child__client").first()
    if found is None:
        raise policy.NotFound("Utlämnandet finns inte i ärendet.", [case.ref()])
    return found

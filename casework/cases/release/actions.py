"""A record is printed for somebody: pieces chosen, judged one by one, read by a second person, then printed."""

from dataclasses import replace
from datetime import date

from audit import trail
from audit.tags import Tag
from casework.cases.disclosures.models import Disclosure
from casework.cases.models import Case
from casework.cases.release import parts as registry
from casework.cases.release import rules, scanning, sheet
from casework.cases.release.covering import plain
from casework.cases.release.models import PieceWords, Release, ReleasePiece, ReleaseWords
from casework.cases.release.scope import Found, Scope, belong
from casework.cases.rules import Refused
from casework.paper.sheet import Unprintable
from casework.signin.models import User


def begin_release(
    *,
    by: User,
    case: Case,
    disclosure: Disclosure,
    parts: list[str],
    since: date | None,
    until: date | None,
    note: str,
) -> Release:
    """Takes a sealed copy of each piece of the chosen parts, and warns of those where others' data may be.

    About a child (the disclosure says so) only the child's own record is taken, under her key. Raises Forbidden,
    NotFound (a disclosure of another case), Refused (not decided, its consent has ended, no parts, a time that runs
    backwards, nothing there).
    """
    rules.check_can_begin(by, case)
    rules.check_rests_on(case, disclosure)
    if since and until and since > until:
        raise Refused("Den första dagen ligger efter den sista. Ändra någon av dem.")
    scope = Scope(case, disclosure.child, since, until)
    chosen = registry.chosen(parts, scope)
    if not chosen:
        raise Refused("Välj minst en del som finns i den akt som utlämnandet gäller.")
    with trail.act(Tag.RELEASE_BEGUN, by=by, refs=[case.ref(), disclosure.ref()]) as event:
        Case.objects.select_for_update().get(pk=case.pk)
        belong(case, [scope.owner])
        found = registry.collect(chosen, scope)
        if not found:
            raise Refused(
                "Det finns inget att skriva ut i de delarna under den tiden. Välj fler delar eller en längre tid."
            )
        release = Release(
            case=case, client_id=scope.owner, disclosure=disclosure, since=since, until=until, begun_by=by
        )
        release.words = ReleaseWords(note=note)
        release.save()
        event.touch(release.ref())
        _keep(release, found, scanning.watch(case, disclosure.child))
        return release


def mark_piece(
    *, by: User, piece: ReleasePiece, verdict: str, text: str, why: str, tried: bool, version: int
) -> ReleasePiece:
    """Judges a piece: shown, shown with parts of `text` covered, or left out. The second person reads it anew.

    `tried`: she has considered that others may be in it. Raises Forbidden, StaleEdit, Refused (not being gone through,
    unknown verdict, rewritten, others' data left without a reason, left out without a reason, a sign without a font).
    """
    rules.check_can_mark(by, piece.release)
    if verdict not in set(rules.Verdict.values) - {rules.Verdict.OPEN}:
        raise Refused("Välj om delen lämnas ut eller inte.")
    watch, case = scanning.watch(piece.release.case, piece.release.disclosure.child), piece.release.case
    with trail.act(Tag.RELEASE_MARKED, by=by, refs=[case.ref(), piece.release.ref(), piece.ref()]):
        fresh = _locked_piece(piece, rules.ReleaseState.MARKING)
        fresh.check_version(version)
        held = verdict == rules.Verdict.HELD
        words = replace(fresh.words.open(), text="" if held else plain(text), why=why.strip())
        fresh.verdict, fresh.marked_by, fresh.passed_by = verdict, by, None
        rules.check_verdict(fresh, words, watch, why=words.why, tried=tried)
        fresh.words = words
        fresh.save()
        return fresh


def pass_piece(*, by: User, piece: ReleasePiece, version: int) -> ReleasePiece:
    """The second person has read a piece and agrees. Raises Forbidden, StaleEdit, Refused (not waiting, no second)."""
    rules.check_can_pass(by, piece.release)
    with trail.act(Tag.RELEASE_MARKED, by=by, refs=[piece.release.case.ref(), piece.release.ref(), piece.ref()]):
        fresh = _locked_piece(piece, rules.ReleaseState.REVIEW)
        fresh.check_version(version)
        fresh.passed_by = by
        fresh.save()
        return fresh


def move_release(*, by: User, release: Release, name: str, reason: str) -> Release:
    """Takes the print on: a name in rules.MOVES. Going back and dropping take a reason.

    Raises Forbidden, Refused (not from this state, not a second person, pieces not judged or not read, no reason).
    """
    rules.check_can_move(by, release, name)
    if rules.MOVES[name].asks and not reason.strip():
        raise Refused("Skriv varför.")
    refs = [release.case.ref(), release.ref()]
    with trail.act(
        Tag.RELEASE_MOVED, by=by, refs=refs, reason_code=f"release_{name}", reason=reason, owner=release.client_id
    ):
        fresh = _locked(release)
        rules.check_can_move(by, fresh, name)
        rules.check_gone_through(by, fresh, name)
        if name == "approve":
            fresh.reviewed_by = by
        if name in {"submit", "send_back"}:
            fresh.words = replace(fresh.words.open(), returned=reason.strip())
        getattr(fresh, name)()
        fresh.version += 1
        fresh.save()
        return fresh


def print_release(*, by: User, release: Release) -> bytes:
    """The file, and with the first one the record is handed out. Every print is in the log, with its disclosure.

    Raises Forbidden, Refused (not approved by two, a consent that has ended, a sign that cannot be printed).
    """
    rules.check_can_print(by, release)
    refs = [release.case.ref(), release.ref(), release.disclosure.ref()]
    with trail.act(Tag.RELEASE_PRINTED, by=by, refs=refs):
        fresh = _locked(release)
        rules.check_state(fresh, *rules.PRINTABLE)
        rules.check_rests_on(fresh.case, fresh.disclosure)
        if fresh.state == rules.ReleaseState.READY:
            fresh.hand_out()
            fresh.version += 1
            fresh.save()
        try:
            return sheet.file_of(fresh, by)
        except Unprintable as problem:
            raise Refused(str(problem)) from None


def _keep(release: Release, found: list[Found], watch: scanning.Watch) -> None:
    for place, each in enumerate(found, start=1):
        text = plain(each.text)
        piece = ReleasePiece(release=release, client_id=release.client_id, place=place, model=each.model, row=each.row)
        piece.warned = each.sensitive or bool(watch.find(text))
        piece.words = PieceWords(heading=plain(each.heading), original=text, text=text)
        piece.save()


def _locked(release: Release) -> Release:
    """The print as it is now, after its case is locked."""
    case = Case.objects.select_for_update().select_related("client").get(pk=release.case_id)
    rows = Release.objects.select_related("disclosure__consent", "begun_by").select_for_update(of=("self",))
    fresh = rows.get(pk=release.pk)
    fresh.case = case
    return fresh


def _locked_piece(piece: ReleasePiece, state: str) -> ReleasePiece:
    """The piece as it is now. Raises Refused when its print is no longer in `state`."""
    release = _locked(piece.release)
    rules.check_state(release, state)
    fresh = ReleasePiece.objects.select_for_update().get(pk=piece.pk)
    fresh.release = release
    return fresh

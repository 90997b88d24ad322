"""The pages of one print and of one piece: read by everybody who reads the case, judged and passed by those who may."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.acting import compare, user_of
from casework.cases import readers as cases
from casework.cases.pages import case_form
from casework.cases.release import actions, readers, rules, scanning, sheet
from casework.cases.release.covering import covered
from casework.cases.release.forms import PassForm, PieceForm
from casework.cases.release.models import Release, ReleasePiece, ReleaseState
from casework.signin.models import User

PIECE = "casework/release/piece.html"
Verdict = ReleasePiece.Verdict


def release_page(request: HttpRequest, release: Release) -> HttpResponse:
    """How far the print has come, its pieces, and what may be done now."""
    user, case = user_of(request), release.case
    works = rules.can_mark(user, release) or rules.can_pass(user, release)
    context = {
        **cases.header(case),
        "release": release,
        "words": release.words.open(),
        "time": sheet.time_of(release),
        "counts": readers.counts(release, user),
        "page": readers.pieces(release, request.GET.get("page")),
        "next": readers.next_place(release, user) if works else None,
        "moves": [move for move in rules.MOVES.values() if rules.ready_for(user, release, move.name)],
        "may_print": rules.can_print(user, release),
        "waits_for_second": release.state == ReleaseState.REVIEW and not rules.can_pass(user, release),
    }
    return render(request, "casework/release/release.html", context)


def form_of(request: HttpRequest, piece: ReleasePiece) -> Any:
    """The form for what is done with the piece now: judged, or read by the second person."""
    data = request.POST or None
    if piece.release.state == ReleaseState.REVIEW:
        return PassForm(data, initial={"version": piece.version})
    return PieceForm(data, initial=begin(piece))


def begin(piece: ReleasePiece) -> dict[str, Any]:
    """What the form for a judgement begins with. A piece that is left out begins anew from what stood there."""
    words = piece.words.open()
    verdict = "" if piece.verdict == Verdict.OPEN else piece.verdict
    text = words.text or words.original
    cover = piece.warned and piece.verdict == Verdict.OPEN
    return {"verdict": verdict, "cover_found": cover, "text": text, "why": words.why, "version": piece.version}


def differences(form: Any) -> list[Any]:
    """What was typed beside what somebody else saved. Where nothing shows it, the form says so."""
    rows = compare(form, {name: value for name, value in form.initial.items() if name != "cover_found"})
    if not rows:
        form.add_error(None, "Någon annan hann ändra delen. Läs den igen.")
    return rows


def judge(user: User, piece: ReleasePiece, data: dict[str, Any]) -> ReleasePiece:
    """The act that the form is for."""
    if piece.release.state == ReleaseState.REVIEW:
        return actions.pass_piece(by=user, piece=piece, version=data["version"])
    facts = {name: data[name] for name in ("verdict", "text", "why", "tried", "version")}
    if data["cover_found"] and data["verdict"] == Verdict.COVERED:
        watch = scanning.watch(piece.release.case, piece.release.disclosure.child)
        facts["text"] = covered(data["text"], watch.find(data["text"]))
    return actions.mark_piece(by=user, piece=piece, **facts)


def after(user: User, piece: ReleasePiece) -> str:
    """Where the work goes on: the next piece, else the print."""
    release = piece.release
    place = readers.next_place(release, user, piece.place)
    where = [release.case.number, release.pk]
    return reverse("release_piece", args=[*where, place]) if place else reverse("release", args=where)


def piece_page(request: HttpRequest, piece: ReleasePiece, form: Any, stale: list[Any]) -> HttpResponse:
    user, release = user_of(request), piece.release
    marks, passes = rules.can_mark(user, release), rules.can_pass(user, release)
    back = reverse("release", args=[release.case.number, release.pk])
    more = {
        "release": release,
        "piece": piece,
        "reading": readers.reading(piece),
        "count": release.pieces.count(),
        "may_write": marks or passes,
        "passing": passes,
        "stale": stale,
        "cancel_url": back,
    }
    submit = "Godkänn delen" if passes else "Spara bedömningen"
    return case_form(request, release.case, form, f"Del {piece.place}", submit, template=PIECE, **more)

"""Pieces are judged by the first, read by the second, and the print moves on; who may, and from where."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.tags import Tag
from casework import policy
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.release import actions, rules
from casework.cases.release.models import Release, ReleasePiece
from casework.cases.rules import Refused
from casework.records import StaleEdit
from casework.state import TransitionNotAllowed, transitions
from tests import factories
from tests.casework.release.making import WHY, approved, begin, judged, mark, move, pieces
from tests.cast import Cast
from tests.fixtures import cases_of, last_event

PHONE = "Ring Ture på 070-123 45 67 i kväll."


@pytest.fixture
def piece(cast: Cast, case: Case) -> ReleasePiece:
    """One that is warned of, for a phone number."""
    factories.make_step(cast.alma, case, text=PHONE)
    return pieces(begin(cast.alma, case, parts=["notes"]))[0]


def test_a_piece_is_covered_and_the_original_is_kept(cast: Cast, piece: ReleasePiece) -> None:
    original = piece.words.open().original
    text = original.replace("Ture på 070-123 45 67", "[täckt]")
    done = mark(cast.alma, piece, "piece_covered", text=text, why="", tried=False)
    words = done.words.open()
    assert (done.verdict, done.marked_by, words.text, words.original) == ("piece_covered", cast.alma, text, original)
    event = last_event(Tag.RELEASE_MARKED)
    assert cases_of(event) == {piece.release.case.number}
    assert "070-123" not in str(vars(event))
    held = mark(cast.alma, done, "piece_held", text="strunt", why="OSL 26 kap. 1 §")
    assert (held.words.open().text, held.words.open().original) == ("", original)


@pytest.mark.parametrize(
    ("verdict", "more", "message"),
    [
        ("piece_open", {}, "Välj om delen"),
        ("annat", {}, "Välj om delen"),
        ("piece_show", {"tried": False}, "Andras uppgifter"),
        ("piece_show", {"why": " "}, "Andras uppgifter"),
        ("piece_show", {"text": "[täckt]"}, "Du har ändrat texten"),
        ("piece_covered", {}, "bara täcka, inte skriva om"),
        ("piece_covered", {"text": "Ring någon [täckt]"}, "bara täcka, inte skriva om"),
        ("piece_covered", {"text": "[täckt]70-123 45 67[täckt]", "tried": False}, "Andras uppgifter"),
        ("piece_held", {"why": " "}, "varför delen inte lämnas ut"),
    ],
)
def test_a_judgement_that_cannot_be_is_refused(
    cast: Cast, piece: ReleasePiece, verdict: str, more: dict[str, Any], message: str
) -> None:
    with pytest.raises(Refused, match=message):
        mark(cast.alma, piece, verdict, **more)
    assert ReleasePiece.objects.get().verdict == "piece_open"


def test_what_is_still_about_others_under_a_cover_takes_a_reason(cast: Cast, piece: ReleasePiece) -> None:
    text = piece.words.open().original.replace("Ring Ture", "[täckt]")
    with pytest.raises(Refused, match="Andras uppgifter"):
        mark(cast.alma, piece, "piece_covered", text=text, tried=False)
    assert mark(cast.alma, piece, "piece_covered", text=text).words.open().why == WHY


def test_a_sign_that_cannot_be_printed_is_covered_first(cast: Cast, case: Case) -> None:
    factories.make_step(cast.alma, case, text="Hon skrev \U0001f600 idag.")
    [piece] = pieces(begin(cast.alma, case, parts=["notes"]))
    with pytest.raises(Refused, match="kan inte skrivas ut"):
        mark(cast.alma, piece)
    text = piece.words.open().original.replace("\U0001f600", "[täckt]")
    assert mark(cast.alma, piece, "piece_covered", text=text).verdict == "piece_covered"


def test_a_stale_judgement_does_not_overwrite(cast: Cast, piece: ReleasePiece) -> None:
    mark(cast.alma, piece)
    with pytest.raises(StaleEdit):
        mark(cast.alma, piece, "piece_held")


def test_the_second_person_reads_every_piece_before_she_approves(cast: Cast, piece: ReleasePiece) -> None:
    with pytest.raises(Refused, match="Pröva alla delar först"):
        move(cast.alma, piece.release, "submit")
    release = judged(cast.alma, piece.release)
    with pytest.raises(Refused, match="Läs alla delar först"):
        move(cast.cecilia, release, "approve")
    with pytest.raises(policy.Forbidden):
        actions.pass_piece(by=cast.alma, piece=pieces(release)[0], version=2)
    with pytest.raises(StaleEdit):
        actions.pass_piece(by=cast.cecilia, piece=pieces(release)[0], version=1)
    read = actions.pass_piece(by=cast.cecilia, piece=pieces(release)[0], version=2)
    assert read.passed_by == cast.cecilia
    done = move(cast.cecilia, release, "approve")
    assert (done.state, done.reviewed_by, done.reviewed_at is not None) == ("ready", cast.cecilia, True)
    assert last_event(Tag.RELEASE_MOVED).reason_code == "release_approve"


def test_who_has_judged_or_begun_is_no_second(cast: Cast, piece: ReleasePiece) -> None:
    mark(cast.cecilia, piece)
    release = move(cast.alma, piece.release, "submit")
    own = begin(cast.cecilia, piece.release.case, parts=["notes"])
    mark(cast.alma, pieces(own)[0])
    own = move(cast.alma, own, "submit")
    for each in (release, own):
        assert not rules.can_pass(cast.cecilia, each)
        for name in ("approve", "send_back"):
            with pytest.raises(Refused, match="Någon annan"):
                move(cast.cecilia, each, name)
        with pytest.raises(Refused, match="Någon annan"):
            actions.pass_piece(by=cast.cecilia, piece=pieces(each)[0], version=2)


def test_sent_back_it_is_changed_and_what_is_changed_is_read_anew(cast: Cast, case: Case) -> None:
    factories.make_step(cast.alma, case, text="Allt väl.")
    release = judged(cast.alma, begin(cast.alma, case))
    for each in pieces(release):
        actions.pass_piece(by=cast.cecilia, piece=each, version=each.version)
    with pytest.raises(Refused, match="Skriv varför"):
        move(cast.cecilia, release, "send_back", " ")
    back = move(cast.cecilia, release, "send_back", "Täck grannen")
    assert (back.state, back.words.open().returned) == ("marking", "Täck grannen")
    assert "grannen" not in str(vars(last_event(Tag.RELEASE_MOVED)))
    mark(cast.alma, pieces(back)[0], "piece_held")
    again = move(cast.alma, back, "submit")
    assert again.words.open().returned != "Täck grannen"
    assert [each.passed_by_id is None for each in pieces(again)] == [True, False]
    with pytest.raises(Refused, match="1 av delarna"):
        move(cast.cecilia, again, "approve")


def test_a_piece_changes_only_while_it_is_gone_through(cast: Cast, piece: ReleasePiece) -> None:
    stale = pieces(piece.release)[0]
    release = judged(cast.alma, piece.release)
    for old in (pieces(release)[0], stale):
        with pytest.raises(Refused, match="Väntar på en andra person"):
            mark(cast.alma, old)
    done = approved(cast.alma, cast.cecilia, move(cast.cecilia, release, "send_back"))
    with pytest.raises(Refused, match="Klar att lämnas ut"):
        actions.pass_piece(by=cast.cecilia, piece=pieces(done)[0], version=9)
    with pytest.raises(Refused, match="Klar att lämnas ut"):
        actions.pass_piece(by=cast.cecilia, piece=_of(release, pieces(done)[0]), version=9)
    assert actions.print_release(by=cast.alma, release=done)
    with pytest.raises(Refused, match="Utlämnad"):
        move(cast.alma, Release.objects.select_related("case").get(pk=done.pk), "drop")


def _of(release: Release, piece: ReleasePiece) -> ReleasePiece:
    """The piece as a page had it that was opened while its print still waited."""
    piece.release = release
    return piece


def test_a_dropped_print_is_over(cast: Cast, piece: ReleasePiece) -> None:
    gone = move(cast.alma, piece.release, "drop")
    assert gone.state == "dropped"
    for name in rules.MOVES:
        user = cast.cecilia
        with pytest.raises(Refused, match="Avbruten"):
            move(user, gone, name)
    with pytest.raises(Refused, match="Avbruten"):
        actions.print_release(by=cast.alma, release=gone)
    with pytest.raises(TransitionNotAllowed):
        gone.submit()
    assert not rules.can_print(cast.alma, gone)


def test_the_moves_are_those_of_the_machine() -> None:
    assert {name for _, name, _ in transitions(Release)} == {*rules.MOVES, "hand_out"}


def test_a_closed_case_is_no_hindrance(cast: Cast, case: Case) -> None:
    release = begin(cast.alma, case)
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    cases.close_case(by=cast.cecilia, case=closing, closure_reason="goals_reached", note="Bra")
    assert pieces(begin(cast.cecilia, case))
    assert mark(cast.cecilia, pieces(release)[0]).marked_by == cast.cecilia


# --- what the database holds ------------------------------------------------------------------------------------------


def force(model: Any, **values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(f"{name} = %s" for name in values)
        cursor.execute(f"UPDATE {model._meta.db_table} SET {names}", list(values.values()))


def key(user: Any) -> Any:
    return user.pk.hex if connection.vendor == "sqlite" and hasattr(user.pk, "hex") else user.pk


def test_release_state_known(piece: ReleasePiece) -> None:
    with pytest.raises(IntegrityError, match=r"release_(state_known|handed_whole|by_two)"):
        force(Release, state="gone")
    for state in ("review", "dropped", "marking"):
        force(Release, state=state)


def test_release_by_two(cast: Cast, piece: ReleasePiece) -> None:
    at = "2026-03-01 10:00:00"
    for values in (
        {"reviewed_by_id": None, "reviewed_at": None},
        {"reviewed_by_id": key(cast.alma), "reviewed_at": at},
        {"reviewed_by_id": key(cast.cecilia), "reviewed_at": None},
    ):
        with pytest.raises(IntegrityError, match="release_by_two"):
            force(Release, state="ready", **values)
    force(Release, state="ready", reviewed_by_id=key(cast.cecilia), reviewed_at=at)


@pytest.mark.parametrize(("state", "at"), [("handed_out", None), ("ready", "2026-03-01 10:00:00")])
def test_release_handed_whole(cast: Cast, piece: ReleasePiece, state: str, at: str | None) -> None:
    both = {"reviewed_by_id": key(cast.cecilia), "reviewed_at": "2026-03-01 10:00:00"}
    with pytest.raises(IntegrityError, match="release_handed_whole"):
        force(Release, state=state, handed_out_at=at, **both)
    force(Release, state="handed_out", handed_out_at="2026-03-01 10:00:00", **both)
    force(Release, state="ready", handed_out_at=None, **both)


def test_piece_marked_whole(cast: Cast, piece: ReleasePiece) -> None:
    for values in (
        {"verdict": "piece_show"},
        {"marked_by_id": key(cast.alma)},
        {"passed_by_id": key(cast.cecilia)},
        {"verdict": "annat", "marked_by_id": key(cast.alma)},
    ):
        with pytest.raises(IntegrityError, match="piece_marked_whole"):
            force(ReleasePiece, **values)
    force(ReleasePiece, verdict="piece_show", marked_by_id=key(cast.alma))


def test_piece_by_two(cast: Cast, piece: ReleasePiece) -> None:
    with pytest.raises(IntegrityError, match="piece_by_two"):
        force(ReleasePiece, verdict="piece_show", marked_by_id=key(cast.alma), passed_by_id=key(cast.alma))
    force(ReleasePiece, verdict="piece_show", marked_by_id=key(cast.alma), passed_by_id=key(cast.cecilia))
    force(ReleasePiece, verdict="piece_show", marked_by_id=key(cast.alma), passed_by_id=None)


def test_a_place_is_taken_once(cast: Cast, case: Case) -> None:
    factories.make_step(cast.alma, case)
    begin(cast.alma, case)
    with pytest.raises(IntegrityError, match=r"piece_place_once|place"):
        force(ReleasePiece, place=1)

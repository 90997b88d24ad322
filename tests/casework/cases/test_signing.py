"""Signing a support step, a correction and the person's own opinion."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.access import actions as access
from casework.cases import actions as cases
from casework.cases.journal.actions import correct_note, note_opinion
from casework.cases.models import Case, JournalNote
from casework.cases.rules import Refused
from casework.policy import Forbidden
from tests import factories
from tests.cast import Cast
from tests.fixtures import last_event

TODAY = timezone.localdate()
NOW = timezone.now()


def closed(cast: Cast, case: Case) -> Case:
    """Closed, while Bo's door is left open as if he had been let in at that very moment."""
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    case.refresh_from_db()
    done = cases.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
    access.open_grant(by=cast.cecilia, case=done, user=cast.bo, kind="deputy", source=case.pk)
    return done


def test_a_step_is_signed_by_its_writer_and_logged(cast: Cast, case: Case) -> None:
    note = factories.make_step(cast.alma, case, text="Vi ringde", actor="Polisen", minutes=15)
    kept = JournalNote.objects.get()
    assert (kept.author, kept.entry, kept.minutes, kept.about) == (cast.alma, "step", 15, None)
    assert (kept.content.open().text, kept.content.open().actor) == ("Vi ringde", "Polisen")
    event = last_event(Tag.STEP_SIGNED)
    assert {case.ref(), note.ref()} <= set(event.refs)
    assert "Vi ringde" not in str(event.body)


def test_a_step_that_has_not_happened_is_refused(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="framåt"):
        factories.make_step(cast.alma, case, when=timezone.now() + timedelta(minutes=5))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"next_step": "Ring"}, "både en text och en dag"),
        ({"next_on": TODAY}, "både en text och en dag"),
        ({"next_step": "Ring", "next_on": TODAY - timedelta(days=1)}, "före det här steget"),
    ],
)
def test_a_next_step_has_a_text_and_a_day_ahead(cast: Cast, case: Case, more: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        factories.make_step(cast.alma, case, **more)
    assert not JournalNote.objects.exists()


def test_a_next_step_may_be_today(cast: Cast, case: Case) -> None:
    note = factories.make_step(cast.alma, case, next_step="Ring", next_on=TODAY)
    assert (note.next_on, note.content.open().next_step) == (TODAY, "Ring")


@pytest.mark.parametrize("who", ["bo", "cecilia", "eva", "dag", "lo"])
def test_without_a_grant_nobody_signs(cast: Cast, case: Case, who: str) -> None:
    with pytest.raises(Forbidden):
        factories.make_step(getattr(cast, who), case)


def test_nothing_is_signed_in_a_closed_case(cast: Cast, case: Case) -> None:
    note = factories.make_step(cast.alma, case)
    done = closed(cast, case)
    fresh = JournalNote.objects.select_related("case").get(pk=note.pk)
    with pytest.raises(Refused, match="avslutat"):
        factories.make_step(cast.bo, done)
    with pytest.raises(Refused, match="avslutat"):
        correct_note(by=cast.bo, note=fresh, text="Nej")


def test_a_case_that_closed_a_moment_ago_is_closed(cast: Cast, case: Case) -> None:
    note = JournalNote.objects.select_related("case").get(pk=factories.make_step(cast.alma, case).pk)
    stale = Case.objects.get(pk=case.pk)
    closed(cast, case)
    with pytest.raises(Refused, match="avslutat"):
        factories.make_step(cast.bo, stale)
    with pytest.raises(Refused, match="avslutat"):
        note_opinion(by=cast.bo, note=note, text="Nej")
    assert JournalNote.objects.count() == 1


@pytest.mark.parametrize(
    ("way", "outcome", "set_to"), [("with", "done", TODAY), ("with", "attempted", None), ("for", "done", None)]
)
def test_the_first_contact_is_the_first_step_that_reached_her(
    cast: Cast, case: Case, way: str, outcome: str, set_to: object
) -> None:
    factories.make_step(cast.alma, case, way=way, outcome=outcome)
    case.refresh_from_db()
    assert case.first_contact_on == set_to


def test_the_first_contact_stays(cast: Cast, case: Case) -> None:
    factories.make_step(cast.alma, case, when=timezone.now() - timedelta(days=3))
    case.refresh_from_db()
    first = case.first_contact_on
    factories.make_step(cast.alma, case)
    case.refresh_from_db()
    assert case.first_contact_on == first == TODAY - timedelta(days=3)


@pytest.mark.parametrize(
    ("act", "entry", "tag"),
    [(correct_note, "correction", Tag.STEP_CORRECTED), (note_opinion, "opinion", Tag.OPINION_NOTED)],
)
def test_a_correction_and_an_opinion_stand_beside_an_unchanged_note(
    cast: Cast, case: Case, act: Any, entry: str, tag: Tag
) -> None:
    note = factories.make_step(cast.alma, case, text="Klockan två")
    beside = act(by=cast.alma, note=note, text="Klockan tre")
    assert (beside.entry, beside.about, beside.minutes) == (entry, note, None)
    assert JournalNote.objects.get(pk=note.pk).content.open().text == "Klockan två"
    assert JournalNote.objects.get(pk=beside.pk).content.open().text == "Klockan tre"
    assert {note.ref(), beside.ref(), case.ref()} <= set(last_event(tag).refs)


def test_what_stands_beside_is_not_corrected_itself_and_not_empty(cast: Cast, case: Case) -> None:
    note = factories.make_step(cast.alma, case)
    beside = correct_note(by=cast.alma, note=note, text="Klockan tre")
    with pytest.raises(Refused, match="första anteckningen"):
        correct_note(by=cast.alma, note=beside, text="Klockan fyra")
    with pytest.raises(Refused, match="Skriv något"):
        note_opinion(by=cast.alma, note=note, text=" \n")
    with pytest.raises(Forbidden):
        correct_note(by=cast.bo, note=note, text="Nej")


EMPTY = {"kind": "", "place": "", "way": "", "outcome": "", "minutes": None}


@pytest.mark.parametrize(
    ("values", "about", "broken"),
    [
        ({"minutes": 5}, False, ""),
        ({"entry": "correction", **EMPTY}, True, ""),
        ({"entry": "correction", **EMPTY}, False, "note_step_whole"),
        ({"entry": "correction"}, True, "note_step_whole"),
        ({"minutes": None}, False, "note_step_whole"),
        ({"kind": ""}, False, "note_step_whole"),
        ({}, True, "note_step_whole"),
        ({"occurred_at": NOW - timedelta(days=1)}, False, ""),
        ({"signed_at": NOW - timedelta(days=1)}, False, "note_not_ahead"),
        ({"occurred_at": NOW + timedelta(days=1)}, False, "note_not_ahead"),
    ],
)
def test_what_belongs_together_in_a_note(
    cast: Cast, case: Case, values: dict[str, Any], about: bool, broken: str
) -> None:
    note, other = factories.make_step(cast.alma, case), factories.make_step(cast.alma, case)
    values = {**values, "about": other if about else None}
    if not broken:
        assert change_note(note, values) == 1
        return
    with pytest.raises(IntegrityError, match=broken):
        change_note(note, values)


def change_note(note: JournalNote, values: dict[str, Any]) -> int:
    with transaction.atomic(), trail.bulk(Tag.IMPORTED):
        return JournalNote.objects.filter(pk=note.pk).update(**values)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"place": "community"}, "vilket slags plats"),
        ({"place": "community", "place_type": "shop"}, "vilket slags plats"),
        ({"place": "community", "exposure": "calm"}, "vilket slags plats"),
        ({"place_type": "shop"}, "bara i när ni var ute"),
        ({"exposure": "calm"}, "bara i när ni var ute"),
    ],
)
def test_a_public_place_says_what_kind_and_how_it_felt(cast: Cast, case: Case, more: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        factories.make_step(cast.alma, case, **more)
    factories.make_step(cast.alma, case, place="community", place_type="shop", exposure="calm")

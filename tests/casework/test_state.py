"""The guarded base of every state machine."""

import pytest

from casework import state
from casework.cases.models import Case, JournalNote
from casework.records import SignedRow, StaleEdit
from casework.state import ConcurrentTransition, TransitionNotAllowed
from contacts.models import Assignment
from tests import factories
from tests.cast import Cast


def test_every_machine_of_the_program_is_known() -> None:
    assert {Case, Assignment} <= set(state.machines())


def test_the_transitions_of_a_case_are_those_of_the_drawing() -> None:
    assert state.transitions(Case) == [
        ("intake", "open", "open"),
        ("intake", "close", "closed"),
        ("open", "rest", "resting"),
        ("open", "begin_closing", "closing"),
        ("resting", "resume", "open"),
        ("resting", "begin_closing", "closing"),
        ("closing", "keep_open", "open"),
        ("closing", "close", "closed"),
        ("closed", "reopen", "intake"),
    ]


def test_the_transitions_of_an_assignment_are_those_of_the_drawing() -> None:
    assert state.transitions(Assignment) == [
        ("offered", "accept", "active"),
        ("offered", "decline", "declined"),
        ("offered", "withdraw", "withdrawn"),
        ("active", "end", "ended"),
    ]


def test_a_state_is_never_assigned(case: Case) -> None:
    with pytest.raises(AttributeError):
        case.state = "closed"


@pytest.mark.parametrize("name", ["open", "resume", "keep_open", "reopen"])
def test_an_open_case_goes_nowhere_by_another_states_way(case: Case, name: str) -> None:
    with pytest.raises(TransitionNotAllowed):
        getattr(case, name)()


def test_two_transitions_at_the_same_time_are_one(case: Case) -> None:
    same = Case.objects.get(pk=case.pk)
    case.rest()
    case.save()
    same.begin_closing()
    with pytest.raises(ConcurrentTransition):
        same.save()


def test_a_version_is_counted_up_and_an_older_one_refused(case: Case) -> None:
    before = case.version
    case.check_version(before)
    assert case.version == before + 1
    with pytest.raises(StaleEdit):
        case.check_version(before)


def test_a_record_is_named_by_its_case_and_never_by_a_person(cast: Cast, case: Case) -> None:
    note = factories.make_step(cast.alma, case)
    assert str(case) == case.number
    assert note.ref() == ("casework.JournalNote", str(note.pk), case.number)
    assert case.client.ref().case == ""
    assert str(note) == str(note.pk)
    assert str(case.client) == str(case.client_id)
    assert str(Assignment.objects.get()) == f"{case.number} Kontaktperson"


def test_a_signed_note_is_neither_saved_again_nor_deleted(cast: Cast, case: Case) -> None:
    note = factories.make_step(cast.alma, case)
    note.minutes = 5
    with pytest.raises(SignedRow):
        note.save()
    with pytest.raises(SignedRow):
        note.delete()
    assert JournalNote.objects.get().minutes == 30

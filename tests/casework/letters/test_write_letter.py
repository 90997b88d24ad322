"""The acts of writing: a letter begins empty from a template, is filled in, and keeps its version of the template."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit.tags import Tag
from casework import policy
from casework.cases import actions as cases
from casework.cases.insatser.models import Actor, ActorWords
from casework.cases.letters import actions, readers, rules
from casework.cases.letters.models import Letter
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.children import guardian_actions
from casework.crypto.fields import sealed_fields
from casework.records import StaleEdit
from tests import factories
from tests.casework.letters.facts import begun, child, guardian, printed, template, written
from tests.casework.letters.facts import clear as clear_of_protection
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event


def change(cast: Cast, letter: Letter, **more: Any) -> Letter:
    facts = {"by": cast.alma, "filled": {"texten": "Annat"}, "version": letter.version}
    return actions.change_letter(letter=letter, **{**facts, **more})


def end_case(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setattr(cases, "on_closing", [])
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    return cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")


def make_actor(name: str = "En skola", contact: str = "Skolan\nBox 7\n200 10 Orten", *, active: bool = True) -> Actor:
    actor = Actor(name=name, branch="own", secrecy="strong", active=active, words=ActorWords(contact=contact))
    actor.save()
    return actor


def test_a_letter_begins_empty(cast: Cast, case: Case) -> None:
    written(cast, case, "Ett tidigare brev")
    made = begun(cast, case)
    made.refresh_from_db()
    assert made.words.open().filled == {}
    assert (made.recipient, made.channel, made.printed_at, made.written_by) == ("to_person", "", None, cast.alma)
    assert made.client_id == case.client_id
    assert str(made) == str(made.pk)
    assert cases_of(last_event(Tag.LETTER_WRITTEN)) == {case.number}


def test_a_letter_to_a_guardian_lies_under_the_child_s_key(cast: Cast, case: Case) -> None:
    whose = guardian(cast, child(cast, case))
    made = begun(cast, case, guardian=whose)
    assert (made.recipient, made.guardian, made.client_id) == ("to_guardian", whose, whose.client_id)


def test_a_letter_to_an_actor(cast: Cast, case: Case) -> None:
    actor = make_actor()
    made = begun(cast, case, actor=actor)
    assert (made.recipient, made.actor, made.client_id) == ("to_actor", actor, case.client_id)


def test_who_cannot_be_written_to_is_refused(cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.alma)
    with pytest.raises(Refused, match="hör inte till ärendet"):
        begun(cast, case, guardian=guardian(cast, child(cast, other)))
    whose = guardian(cast, child(cast, case))
    ended = guardian_actions.end_guardian(by=cast.alma, guardian=whose, ended_on=timezone.localdate())
    with pytest.raises(Refused, match="gäller inte i dag"):
        begun(cast, case, guardian=ended)
    whose.valid_from, whose.ended_on = timezone.localdate() + timedelta(days=1), None
    with pytest.raises(Refused, match="gäller inte i dag"):
        begun(cast, case, guardian=whose)
    with pytest.raises(Refused, match="används inte längre"):
        begun(cast, case, actor=make_actor(active=False))


def test_a_template_that_is_put_away_makes_no_new_letter(cast: Cast, case: Case) -> None:
    chosen = template(cast)
    actions.stop_template(by=cast.cecilia, key=chosen.key)
    with pytest.raises(Refused, match="Välj en annan mall"):
        begun(cast, case, template=chosen)


def test_a_letter_keeps_the_version_it_was_written_from(cast: Cast, case: Case) -> None:
    chosen = template(cast)
    made = written(cast, case, template=chosen)
    template(cast, key=chosen.key, seen=1, body="Något helt annat")
    fresh = readers.letter_of(case, made.pk)
    assert "Vi ses snart." in readers.finished(fresh).body
    assert "helt annat" not in readers.finished(fresh).body


def test_a_change_writes_over_and_says_who_was_late(cast: Cast, case: Case) -> None:
    made = written(cast, case)
    stale = Letter.objects.get(pk=made.pk)
    fresh = change(cast, made, filled={"texten": "Nytt", "okänd": "plats"})
    fresh.refresh_from_db()
    assert fresh.words.open().filled == {"texten": "Nytt"}
    with pytest.raises(StaleEdit):
        change(cast, stale)


def test_signs_that_cannot_be_printed_are_refused(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="kan inte skrivas ut: 🙂"):
        change(cast, begun(cast, case), filled={"texten": "Hej 🙂"})


def test_what_is_printed_is_not_changed(cast: Cast, case: Case) -> None:
    letter = written(cast, clear_of_protection(case))
    printed(cast, letter)
    fresh = Letter.objects.get(pk=letter.pk)
    assert not rules.can_change(cast.alma, fresh)
    for stage in (letter, fresh):
        with pytest.raises(Refused, match="ändras inte mer"):
            change(cast, stage)


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "dag", "hanna", "lo", "ada"])
def test_only_those_of_the_case_write(cast: Cast, case: Case, who: str) -> None:
    user, letter = getattr(cast, who), written(cast, case)
    assert not rules.can_write(user, case)
    assert not rules.can_change(user, letter)
    with pytest.raises(policy.Forbidden):
        begun(cast, case, by=user)
    with pytest.raises(policy.Forbidden):
        change(cast, letter, by=user)
    with pytest.raises(policy.Forbidden):
        printed(cast, letter, by=user)


def test_a_closed_case_is_only_read(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    letter, chosen = written(cast, case), template(cast)
    ended = end_case(cast, case, monkeypatch)
    fresh = readers.letter_of(ended, letter.pk)
    for stage in (letter, fresh):
        with pytest.raises(Refused, match="avslutat"):
            change(cast, stage, by=cast.cecilia)
        with pytest.raises(Refused, match="avslutat"):
            printed(cast, stage, by=cast.cecilia)
    for earlier in (case, ended):
        with pytest.raises(Refused, match="avslutat"):
            begun(cast, earlier, by=cast.cecilia, template=chosen)


def test_what_is_written_does_not_stand_in_clear(cast: Cast, case: Case) -> None:
    letter = written(cast, case, "Rosenbuske")
    assert (Letter, "words") in [(owner, field.name) for owner, field in sealed_fields()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_letter")
        row = b"|".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in cursor.fetchone())
    assert b"Rosenbuske" not in row
    for event in events(Tag.LETTER_WRITTEN):
        assert "Rosenbuske" not in str(event)
        assert "texten" not in str(event)
    assert letter.version == 2


def test_one_of_another_case_is_not_there(cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    letter = written(cast, case)
    for pk in (letter.pk, uuid4()):
        with pytest.raises(policy.NotFound):
            readers.letter_of(other, pk)


def force(letter: Letter, **values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(f"{name} = %s" for name in values)
        cursor.execute(f"UPDATE {letter._meta.db_table} SET {names}", list(values.values()))


WHEN = "2026-03-01 10:00:00"


@pytest.mark.parametrize(
    ("channel", "at", "signed"),
    [("handed", None, False), ("", WHEN, True), ("handed", WHEN, False), ("handed", None, True), ("", None, True)],
)
def test_letter_printed_whole(cast: Cast, case: Case, channel: str, at: str | None, signed: bool) -> None:
    letter, key = written(cast, case), cast.alma.pk.hex
    if connection.vendor == "postgresql":
        key = str(cast.alma.pk)
    with pytest.raises(IntegrityError, match="letter_printed_whole"):
        force(letter, channel=channel, printed_at=at, printed_by_id=key if signed else None)
    force(letter, channel="handed", printed_at=WHEN, printed_by_id=key)
    force(letter, channel="", printed_at=None, printed_by_id=None)


def test_letter_recipient_whole(cast: Cast, case: Case) -> None:
    whole = begun(cast, case, guardian=guardian(cast, child(cast, case)))
    force(whole, recipient="to_guardian")
    for recipient in ("to_person", "to_actor", "to_nobody"):
        with pytest.raises(IntegrityError, match="letter_recipient_whole"):
            force(whole, recipient=recipient)
    with pytest.raises(IntegrityError, match="letter_recipient_whole"):
        force(whole, guardian_id=None)
    force(whole, recipient="to_person", guardian_id=None)

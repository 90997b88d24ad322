"""Consents are noted, of whom and for how long, and withdrawn: the acts and what they refuse."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.tags import Tag
from casework import policy
from casework.cases import actions as cases
from casework.cases.consents import actions, hooks, readers, rules
from casework.cases.consents.models import Consent
from casework.cases.models import Case
from casework.cases.rules import Refused
from tests import factories
from tests.casework.consents.conftest import TODAY, day, note, words
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event


def close(cast: Cast, case: Case) -> Case:
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    return cases.close_case(by=cast.cecilia, case=closing, closure_reason="goals_reached", note="Bra")


def test_a_consent_is_noted_under_the_persons_key(cast: Cast, case: Case) -> None:
    consent = note(cast.alma, case, words=words(recipient="Wyxkurator", note="Wyxnot"))
    assert (consent.client_id, consent.noted_by, consent.in_force()) == (case.client_id, cast.alma, True)
    assert str(consent) == str(consent.pk)
    event = last_event(Tag.CONSENT_NOTED)
    assert cases_of(event) == {case.number}
    assert "Wyxkurator" not in repr(event)
    assert consent.words.open().note == "Wyxnot"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"way": "gest"}, "skriftligt eller muntligt"),
        ({"words": words(recipient=" ")}, "vem som får veta"),
        ({"words": words(purpose="")}, "varför"),
        ({"words": words(contents="")}, "vad"),
        ({"given_on": day(1)}, "i framtiden"),
        ({"until": day(-1)}, "innan det lämnades"),
        ({"until": day(366)}, f"längst till och med {day(365)}"),
        ({"given_by": "granne"}, "i listan"),
        ({"given_by": "child_15"}, "i listan"),
    ],
)
def test_what_is_no_consent_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        note(cast.alma, case, **more)
    assert not Consent.objects.exists()


def test_it_holds_a_year_at_most_and_no_longer_than_its_last_day(cast: Cast, case: Case) -> None:
    consent = note(cast.alma, case, given_on=day(-5), until=day(360))
    assert not consent.in_force(day(-6))
    assert consent.in_force(day(-5))
    assert consent.in_force(day(360))
    assert not consent.in_force(day(361))
    old = note(cast.alma, case, given_on=day(-9), until=day(-1))
    assert rules.standing(old, TODAY) == rules.RUN_OUT
    assert readers.in_force_for(case) == [consent]


def test_what_is_withdrawn_ends_at_once_and_everybody_is_told_within_the_act(cast: Cast, case: Case) -> None:
    consent, told = note(cast.alma, case), list[Any]()
    hooks.on_withdrawal.append(lambda by, row: told.append((by, row.pk, row.in_force())))
    try:
        done = actions.withdraw_consent(by=cast.alma, consent=consent, why="Wyxskälet")
    finally:
        hooks.on_withdrawal.pop()
    assert told == [(cast.alma, consent.pk, False)]
    assert not Consent.objects.get().in_force()
    assert (done.withdrawn_by, done.words.open().withdrawn) == (cast.alma, "Wyxskälet")
    assert done.words.open().recipient == "Kuratorn"
    event = last_event(Tag.CONSENT_WITHDRAWN)
    assert cases_of(event) == {case.number}
    assert "Wyxskälet" not in repr(event)
    for stage in (consent, done):
        with pytest.raises(Refused, match="redan återkallat"):
            actions.withdraw_consent(by=cast.alma, consent=stage, why="")
    assert not rules.can_withdraw(cast.alma, done)
    assert rules.standing(done, TODAY) == rules.WITHDRAWN


def test_what_cannot_be_stopped_leaves_the_consent_as_it_was(cast: Cast, case: Case) -> None:
    def refuse(by: Any, row: Consent) -> None:
        raise Refused("Inte nu.")

    consent = note(cast.alma, case)
    hooks.on_withdrawal.append(refuse)
    try:
        with pytest.raises(Refused, match="Inte nu"):
            actions.withdraw_consent(by=cast.alma, consent=consent, why="")
    finally:
        hooks.on_withdrawal.pop()
    assert Consent.objects.get().withdrawn_at is None
    assert not events(Tag.CONSENT_WITHDRAWN)


def test_in_a_closed_case_it_is_only_taken_back(cast: Cast, case: Case) -> None:
    consent = note(cast.alma, case)
    closed = close(cast, case)
    for stage in (closed, case):
        with pytest.raises(Refused, match="avslutat"):
            note(cast.cecilia, stage)
    consent.case = closed
    assert actions.withdraw_consent(by=cast.cecilia, consent=consent, why="").withdrawn_at is not None


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "dag", "hanna", "lo", "ada"])
def test_nobody_else_notes_or_withdraws(cast: Cast, case: Case, who: str) -> None:
    consent, user = note(cast.alma, case), getattr(cast, who)
    with pytest.raises(policy.Forbidden):
        note(user, case)
    with pytest.raises(policy.Forbidden):
        actions.withdraw_consent(by=user, consent=consent, why="")


def test_one_of_another_case_is_not_found(cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    with pytest.raises(policy.NotFound):
        readers.consent_of(other, note(cast.alma, case).pk)


# --- what belongs together --------------------------------------------------------------------------------------------


def force(**values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(f"{name} = %s" for name in values)
        cursor.execute(f"UPDATE {Consent._meta.db_table} SET {names}", list(values.values()))


@pytest.mark.parametrize(("until", "fine"), [(1, True), (0, True), (-1, False)])
def test_consent_time_forward(cast: Cast, case: Case, until: int, fine: bool) -> None:
    note(cast.alma, case)
    if fine:
        force(until=TODAY + timedelta(days=until))
    else:
        with pytest.raises(IntegrityError, match="consent_time_forward"):
            force(until=TODAY + timedelta(days=until))


def test_consent_withdrawn_whole(cast: Cast, case: Case) -> None:
    consent = note(cast.alma, case)
    with pytest.raises(IntegrityError, match="consent_withdrawn_whole"):
        force(withdrawn_at="2026-03-01 10:00:00")
    actions.withdraw_consent(by=cast.alma, consent=consent, why="")
    with pytest.raises(IntegrityError, match="consent_withdrawn_whole"):
        force(withdrawn_at=None)
    force(withdrawn_at=None, withdrawn_by_id=None)

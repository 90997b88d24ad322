"""Every step of an insats: from where it may be taken, from where not, and that each is once and in the log."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from audit.tags import Tag
from casework import policy
from casework.cases.consents.models import Consent
from casework.cases.insatser import actions, move_actions, rules
from casework.cases.insatser.models import Actor, FollowUpWords, Insats, InsatsState
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.crypto import keyring
from casework.state import transitions
from tests.casework.insatser.conftest import (
    TODAY,
    ago,
    ask,
    close_case,
    decide,
    decline,
    end,
    give_up,
    later,
    note,
    order,
    rest,
    start,
    try_again,
)
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event


def follow(cast: Cast, insats: Insats, **more: Any) -> Any:
    facts = {"by": cast.alma, "held_on": TODAY, "words": FollowUpWords(result="Bra"), "review_on": None, **more}
    return actions.follow_up_insats(insats=insats, **facts)


def brought(cast: Cast, case: Case, state: str, own: Actor, consent: Consent) -> Insats:
    """An insats in `state`, by the way it is meant to come there."""
    insats = note(cast, case, actor=own)
    if state == "need":
        return insats
    if state == "declined":
        return decline(cast, insats)
    if state == "unavailable":
        return give_up(cast, insats)
    if state == "asked":
        return ask(cast, insats, own)
    insats = rest(cast, insats, consent)
    if state == "ordered":
        return order(cast, insats)
    if state in {"started", "followed_up", "ended"}:
        insats = start(cast, insats, started_on=ago(2))
    if state == "followed_up":
        follow(cast, insats)
    return end(cast, insats) if state == "ended" else later(insats)


STEPS: dict[str, Callable[..., Any]] = {
    "ask": lambda cast, row, own, consent: ask(cast, row, own),
    "rest_on": lambda cast, row, own, consent: rest(cast, row, consent),
    "order": lambda cast, row, own, consent: order(cast, row),
    "start": lambda cast, row, own, consent: start(cast, row),
    "follow_up": lambda cast, row, own, consent: follow(cast, row),
    "end": lambda cast, row, own, consent: end(cast, row),
    "decline": lambda cast, row, own, consent: decline(cast, row),
    "give_up": lambda cast, row, own, consent: give_up(cast, row),
    "try_again": lambda cast, row, own, consent: try_again(cast, row),
}
ALLOWED = {(source, name): target for source, name, target in transitions(Insats)}


@pytest.mark.parametrize("state", InsatsState.values)
def test_a_step_is_taken_from_where_it_may_and_nowhere_else(
    cast: Cast, case: Case, own: Actor, consent: Consent, state: str
) -> None:
    for name, step in STEPS.items():
        insats = brought(cast, case, state, own, consent)
        if (state, name) in ALLOWED:
            step(cast, insats, own, consent)
            assert later(insats).state == ALLOWED[state, name]
        elif name == "rest_on" and state not in rules.OVER:
            step(cast, insats, own, consent)  # another consent in place of the first: it goes on where it is
            assert later(insats).state == state
        else:
            with pytest.raises(Refused):
                step(cast, insats, own, consent)
            assert later(insats).state == state


def test_each_step_leaves_one_event_about_the_case(cast: Cast, case: Case, own: Actor, consent: Consent) -> None:
    insats = brought(cast, case, "ordered", own, consent)
    start(cast, insats, started_on=ago(1))
    follow(cast, insats, words=FollowUpWords(result="Wyxresultat", her_view="Wyxmening"))
    end(cast, insats, outcome="Wyxutfall")
    tags = [line.tag for line in events(Tag.INSATS_NOTED, Tag.INSATS_CHANGED, Tag.INSATS_MOVED, Tag.INSATS_FOLLOWED)]
    assert tags == [
        Tag.INSATS_NOTED, Tag.INSATS_CHANGED, Tag.INSATS_MOVED, Tag.INSATS_MOVED, Tag.INSATS_FOLLOWED,
        Tag.INSATS_MOVED,
    ]  # fmt: skip
    assert all(cases_of(line) == {case.number} for line in events(Tag.INSATS_MOVED, Tag.INSATS_FOLLOWED))
    assert "Wyx" not in str([(line.refs, line.changes, line.fields) for line in events()])
    assert later(insats).words.open().outcome == "Wyxutfall"
    assert str(insats) == str(insats.pk)


def test_try_again_goes_the_whole_way_anew(cast: Cast, case: Case, own: Actor, consent: Consent) -> None:
    insats = decline(cast, brought(cast, case, "ordered", own, consent), code="by_actor", why="De har inte plats")
    again = later(try_again(cast, insats))
    assert (again.state, again.declined, again.declined_on, again.ground) == ("need", "", None, "")
    assert (again.consent, again.ordered_on, again.legal_basis) == (None, None, "")
    assert (again.words.open().obstacles, again.words.open().outcome) == ("De har inte plats", "")
    assert "Läget är nytt" not in str(last_event(Tag.INSATS_MOVED))


def test_a_refusal_is_not_tried_again(cast: Cast, case: Case) -> None:
    refused = decide(cast, note(cast, case), favourable=False)
    with pytest.raises(Refused, match="stå kvar"):
        try_again(cast, refused)


@pytest.mark.parametrize(
    ("state", "step", "message"),
    [
        ("grounded", lambda cast, row: start(cast, row, review_on=TODAY), "efter att den har börjat"),
        ("grounded", lambda cast, row: start(cast, row, started_on=TODAY + timedelta(days=1)), "inte kommit än"),
        ("started", lambda cast, row: end(cast, row, ended_on=ago(9)), "pågick"),
        ("started", lambda cast, row: end(cast, row, outcome=" "), "hur det gick"),
        ("started", lambda cast, row: follow(cast, row, held_on=ago(9)), "började"),
        ("started", lambda cast, row: follow(cast, row, words=FollowUpWords(result=" ")), "vad insatsen har gett"),
        ("started", lambda cast, row: follow(cast, row, review_on=TODAY), "senare dag"),
        ("need", lambda cast, row: decline(cast, row, code="refused"), "skrivs som beslut"),
        ("need", lambda cast, row: decline(cast, row, declined_on=TODAY + timedelta(days=1)), "inte kommit än"),
        ("need", lambda cast, row: give_up(cast, row, obstacle="regn"), "Välj hinder"),
    ],
)
def test_what_cannot_be_is_refused(
    cast: Cast, case: Case, own: Actor, consent: Consent, state: str, step: Any, message: str
) -> None:
    insats = brought(cast, case, state, own, consent)
    with pytest.raises(Refused, match=message):
        step(cast, insats)
    assert later(insats).state == state


def test_it_is_ordered_from_somebody(cast: Cast, case: Case, consent: Consent) -> None:
    with pytest.raises(Refused, match="vem som ger insatsen"):
        order(cast, rest(cast, note(cast, case), consent))


def test_in_a_closed_case_it_can_only_be_wound_up(
    cast: Cast, case: Case, own: Actor, consent: Consent, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {state: brought(cast, case, state, own, consent) for state in ("need", "asked", "grounded", "started")}
    closed = close_case(cast, case, monkeypatch)
    chief = {"by": cast.cecilia}
    for row in rows.values():
        row.case = closed
    for step in (
        lambda: ask(cast, rows["need"], own, **chief),
        lambda: start(cast, rows["grounded"], **chief),
        lambda: follow(cast, rows["started"], **chief),
        lambda: decide(cast, rows["need"]),
        lambda: note(cast, closed, **chief),
    ):
        with pytest.raises(Refused, match="avslutat"):
            step()
    assert end(cast, rows["started"], **chief).state == "ended"
    assert decline(cast, rows["grounded"], **chief).state == "declined"
    assert give_up(cast, rows["asked"], **chief).state == "unavailable"


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "dag", "lo", "ada"])
def test_only_those_of_the_case_write(cast: Cast, case: Case, own: Actor, consent: Consent, who: str) -> None:
    user, insats = getattr(cast, who), brought(cast, case, "started", own, consent)
    assert not rules.can_note(user, case)
    assert not rules.can_wind_up(user, insats)
    assert not rules.can_decide(user, insats)
    for act in (ask, start, end, decline, give_up, try_again, follow, order):
        more = {"actor": own} if act is ask else {}
        with pytest.raises(policy.Forbidden):
            act(cast, insats, by=user, **more)
    with pytest.raises(policy.Forbidden):
        note(cast, case, by=user)


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_of_many_who_take_the_same_step_one_does(cast: Cast, case: Case, own: Actor, consent: Consent) -> None:
    insats, answers = rest(cast, note(cast, case, actor=own), consent), list[str]()
    ordering = {"by": cast.alma, "insats": insats, "ordered_on": TODAY}
    steps = [lambda: move_actions.order_insats(**ordering), lambda: decline(cast, insats)] * 4
    together = threading.Barrier(len(steps))

    def take(step: Callable[[], Insats]) -> None:
        try:
            with keyring.scope():
                together.wait(timeout=30)
                for _ in range(125):
                    answers.append(attempt(step))
        finally:
            connections.close_all()

    crowd = [threading.Thread(target=take, args=[step]) for step in steps]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    done = [answer for answer in answers if answer != "refused"]
    assert len(answers) == 1000
    # Ordered once and then declined once, or declined at once.
    assert sorted(done) in (["declined"], ["declined", "ordered"])
    assert len(events(Tag.INSATS_MOVED)) == len(done)
    assert later(insats).state == "declined"


def attempt(step: Callable[[], Insats]) -> str:
    try:
        return str(step().state)
    except Refused:
        return "refused"


# --- constraints ------------------------------------------------------------------------------------------------------


def force(insats: Insats, **values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(f"{name} = %s" for name in values)
        cursor.execute(f"UPDATE {insats._meta.db_table} SET {names}", list(values.values()))


def test_insats_state_known(cast: Cast, case: Case) -> None:
    insats = note(cast, case)
    with pytest.raises(IntegrityError, match="insats_"):
        force(insats, state="gone")
    assert any(rule.name == "insats_state_known" for rule in Insats._meta.constraints)


DAY = "2026-03-01"


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("insats_ended_whole", {"state": "ended", "ground": "x"}, {}),
        ("insats_ended_whole", {"ended_on": DAY}, {}),
        ("insats_declined_whole", {"state": "declined", "declined": "queue"}, {}),
        ("insats_declined_whole", {"state": "declined", "declined_on": DAY}, {}),
        (
            "insats_declined_whole",
            {"declined": "queue"},
            {"state": "declined", "declined": "queue", "declined_on": DAY},
        ),
        ("insats_pause_forward", {"resumed_on": DAY}, {"paused_on": DAY, "resumed_on": DAY}),
        ("insats_pause_forward", {"paused_on": DAY, "resumed_on": "2026-02-01"}, {"paused_on": DAY}),
        ("insats_grounded_whole", {"state": "grounded"}, {}),
        ("insats_ground_whole", {"ground": "consent", "consent_id": None}, {}),
        ("insats_ground_whole", {"ground": "decision", "decided_on": DAY}, {}),
        ("insats_ground_whole", {"decided_on": DAY}, {}),
    ],
)
def test_halves_are_refused_by_the_database(
    cast: Cast, case: Case, name: str, bad: dict[str, Any], good: dict[str, Any]
) -> None:
    insats = note(cast, case)
    with pytest.raises(IntegrityError, match=f"{name}|insats_ground_whole|insats_state_known"):
        force(insats, **bad)
    if good:
        force(insats, **good)


def test_what_runs_has_begun_and_ends_after_it_began(cast: Cast, case: Case, own: Actor, consent: Consent) -> None:
    insats = brought(cast, case, "started", own, consent)
    with pytest.raises(IntegrityError, match="insats_started_whole"):
        force(insats, started_on=None)
    with pytest.raises(IntegrityError, match=r"insats_end_forward|insats_ended_whole"):
        force(insats, state="ended", started_on="2026-03-02", ended_on=DAY)
    force(insats, state="ended", started_on=DAY, ended_on=DAY)
    force(insats, state="started", ended_on=None)
    with pytest.raises(IntegrityError, match=r"insats_ground_whole|insats_grounded_whole"):
        force(insats, ground="", legal_basis="")

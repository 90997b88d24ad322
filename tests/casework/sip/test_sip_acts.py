"""A plan is called, changed, made, followed up and ended, and refuses what it must."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit.tags import Tag
from casework import policy
from casework.cases.consents.models import Consent
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.cases.sip import actions, readers, rules
from casework.cases.sip.models import PartWords, Sip, SipPart
from casework.records import StaleEdit
from casework.state import TransitionNotAllowed
from tests import factories
from tests.casework.consents.test_consent_acts import close
from tests.casework.sip.conftest import TODAY, add, agree, call, day, follow, hold, words
from tests.cast import Cast
from tests.fixtures import cases_of, last_event


def change(cast: Cast, sip: Sip, consent: Consent, **more: Any) -> Sip:
    facts: dict[str, Any] = {"responsible": "municipality", "meeting_at": timezone.now(), "version": sip.version}
    return actions.change_sip(by=cast.alma, sip=sip, consent=consent, **{**facts, "words": words(), **more})


def test_a_plan_is_called_under_the_persons_key(cast: Cast, case: Case, consent: Consent) -> None:
    sip = call(cast.alma, case, consent)
    assert (sip.client_id, sip.child, sip.state) == (case.client_id, None, "planned")
    assert str(sip) == str(sip.pk)
    event = last_event(Tag.SIP_CALLED)
    assert cases_of(event) == {case.number}
    assert "Wyxmålet" not in repr(event)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"responsible": "staten"}, "huvudansvaret"),
        ({"words": words(aim=" ")}, "vad planen ska leda till"),
        ({"words": words(parties="")}, "vilka som är med"),
    ],
)
def test_a_plan_that_says_too_little_is_refused(
    cast: Cast, case: Case, consent: Consent, more: dict[str, Any], message: str
) -> None:
    with pytest.raises(Refused, match=message):
        call(cast.alma, case, consent, **more)
    sip = call(cast.alma, case, consent)
    with pytest.raises(Refused, match=message):
        change(cast, sip, consent, **more)
    assert Sip.objects.count() == 1


def test_a_change_keeps_what_she_said(cast: Cast, case: Case, consent: Consent, held: Sip) -> None:
    changed = change(cast, held, consent, words=words(aim="Nytt mål", others="Föreningen"))
    found = changed.words.open()
    assert (found.aim, found.others, found.her_view) == ("Nytt mål", "Föreningen", f"{TODAY}: Det känns bra")
    assert cases_of(last_event(Tag.SIP_CHANGED)) == {case.number}
    with pytest.raises(StaleEdit):
        change(cast, held, consent)


def test_it_is_made_when_parts_and_the_whole_are_someones(cast: Cast, case: Case, consent: Consent) -> None:
    sip = call(cast.alma, case, consent, words=words(responsible=" "))
    with pytest.raises(Refused, match="minst en del"):
        hold(cast.alma, sip)
    add(cast.alma, sip)
    with pytest.raises(Refused, match="övergripande ansvaret"):
        hold(cast.alma, sip)
    done = hold(cast.alma, change(cast, sip, consent))
    assert (done.state, done.held_on, done.review_on, done.version) == ("held", TODAY, day(30), 3)
    assert cases_of(last_event(Tag.SIP_MOVED)) == {case.number}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"held_on": day(1), "review_on": day(9)}, "har inte kommit än"),
        ({"review_on": TODAY}, "ska ligga senare"),
        ({"her_view": " "}, "hur hon ser på planen"),
    ],
)
def test_a_plan_is_not_made_on_wrong_days_or_without_her(
    cast: Cast, planned: Sip, more: dict[str, Any], message: str
) -> None:
    with pytest.raises(Refused, match=message):
        hold(cast.alma, planned, **more)


def test_it_is_followed_up_with_her_words_before_the_earlier(cast: Cast, held: Sip) -> None:
    for more, message in (
        ({"followed_on": day(1)}, "har inte kommit än"),
        ({"review_on": TODAY}, "ska ligga senare"),
        ({"her_view": ""}, "hur hon ser"),
    ):
        with pytest.raises(Refused, match=message):
            follow(cast.alma, held, **more)
    done = follow(cast.alma, held)
    assert (done.state, done.review_on) == ("held", day(60))
    assert done.words.open().her_view == f"{TODAY}: Ännu bättre\n\n{TODAY}: Det känns bra"


def test_it_ends_with_what_came_of_it_and_then_it_is_fixed(cast: Cast, consent: Consent, held: Sip) -> None:
    with pytest.raises(Refused, match="hur det gick"):
        actions.end_sip(by=cast.alma, sip=held, outcome=" ")
    done = actions.end_sip(by=cast.alma, sip=held, outcome="Hon fick vård")
    assert (done.state, done.ended_on, done.words.open().outcome) == ("ended", TODAY, "Hon fick vård")
    part = SipPart.objects.get()
    for stage in (held, done):
        for act in (
            lambda sip: change(cast, sip, consent),
            lambda sip: add(cast.alma, sip),
            lambda sip: follow(cast.alma, sip),
            lambda sip: hold(cast.alma, sip),
            lambda sip: actions.end_sip(by=cast.alma, sip=sip, outcome="Igen"),
            lambda sip: actions.cancel_sip(by=cast.alma, sip=sip, outcome="Igen"),
        ):
            with pytest.raises(Refused, match="Det går inte nu"):
                act(stage)
    with pytest.raises(Refused, match="Det går inte nu"):
        actions.finish_part(by=cast.alma, part=part, done_on=TODAY)


def test_a_meeting_that_did_not_happen_is_called_off(cast: Cast, planned: Sip) -> None:
    with pytest.raises(Refused, match="inte blev av"):
        actions.cancel_sip(by=cast.alma, sip=planned, outcome="")
    for act in (
        lambda: follow(cast.alma, planned),
        lambda: actions.end_sip(by=cast.alma, sip=planned, outcome="Klart"),
    ):
        with pytest.raises(Refused, match="planen är ”planerad”"):
            act()
    done = actions.cancel_sip(by=cast.alma, sip=planned, outcome="Regionen kom inte")
    assert (done.state, done.held_on, done.ended_on) == ("cancelled", None, TODAY)


def test_a_part_is_written_and_done_once(cast: Cast, case: Case, planned: Sip) -> None:
    for more in ({"who": "", "what": "Ringa"}, {"who": "Kuratorn", "what": " "}):
        with pytest.raises(Refused, match="både vem och vad"):
            add(cast.alma, planned, words=PartWords(**more))
    part = add(cast.alma, planned, due_on=None)
    event = last_event(Tag.SIP_PART_SET)
    assert cases_of(event) == {case.number}
    assert "Plyx" not in repr(event)
    assert str(part) == str(part.pk)
    with pytest.raises(Refused, match="har inte kommit än"):
        actions.finish_part(by=cast.alma, part=part, done_on=day(1))
    assert actions.finish_part(by=cast.alma, part=part, done_on=TODAY).done_on == TODAY
    with pytest.raises(Refused, match="redan"):
        actions.finish_part(by=cast.alma, part=part, done_on=TODAY)


def test_in_a_closed_case_a_plan_only_ends(cast: Cast, case: Case, consent: Consent, planned: Sip) -> None:
    later = call(cast.alma, case, consent)
    add(cast.alma, later)
    held, part = hold(cast.alma, later), SipPart.objects.filter(sip=planned).get()
    close(cast, case)
    for act in (
        lambda: call(cast.cecilia, case, consent),
        lambda: hold(cast.cecilia, planned),
        lambda: follow(cast.cecilia, held),
        lambda: add(cast.cecilia, held),
        lambda: actions.finish_part(by=cast.cecilia, part=part, done_on=TODAY),
    ):
        with pytest.raises(Refused, match="avslutat"):
            act()
    assert actions.cancel_sip(by=cast.cecilia, sip=planned, outcome="Ärendet är slut").state == "cancelled"
    assert actions.end_sip(by=cast.cecilia, sip=held, outcome="Klart").state == "ended"


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "dag", "hanna", "lo", "ada"])
def test_nobody_else_writes(cast: Cast, case: Case, consent: Consent, held: Sip, who: str) -> None:
    user, part = getattr(cast, who), SipPart.objects.get()
    for act in (
        lambda: call(user, case, consent),
        lambda: add(user, held),
        lambda: follow(user, held),
        lambda: actions.end_sip(by=user, sip=held, outcome="Klart"),
        lambda: actions.finish_part(by=user, part=part, done_on=TODAY),
    ):
        with pytest.raises(policy.Forbidden):
            act()


def test_one_of_another_case_or_plan_is_not_found(cast: Cast, case: Case, consent: Consent, planned: Sip) -> None:
    other = factories.make_case(cast.cecilia)
    with pytest.raises(policy.NotFound):
        readers.sip_of(other, planned.pk)
    with pytest.raises(policy.NotFound):
        call(cast.cecilia, other, consent)
    second = call(cast.alma, case, consent)
    with pytest.raises(policy.NotFound):
        readers.part_of(second, SipPart.objects.get().pk)
    foreign = agree(cast.cecilia, other)
    with pytest.raises(policy.NotFound):
        change(cast, planned, foreign)


# --- what belongs together --------------------------------------------------------------------------------------------


def force(**values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(f"{name} = %s" for name in values)
        cursor.execute(f"UPDATE {Sip._meta.db_table} SET {names}", list(values.values()))


def test_a_state_changes_by_transitions_only(held: Sip) -> None:
    assert not rules.can_move(held.called_by, held, "hold")
    with pytest.raises(TransitionNotAllowed):
        held.hold()
    with pytest.raises(IntegrityError, match=r"sip_state_known|sip_ended_whole"):
        force(state="gone")


@pytest.mark.parametrize(("state", "ended"), [("held", None), ("ended", "2026-03-01")])
def test_sip_held_whole(held: Sip, state: str, ended: str | None) -> None:
    force(state=state, held_on="2026-03-01", ended_on=ended)
    with pytest.raises(IntegrityError, match="sip_held_whole"):
        force(state=state, held_on=None, ended_on=ended)
    force(state="planned", held_on=None, ended_on=None)


@pytest.mark.parametrize(
    ("state", "ended", "fine"),
    [
        ("ended", "2026-03-01", True),
        ("cancelled", "2026-03-01", True),
        ("planned", None, True),
        ("held", None, True),
        ("ended", None, False),
        ("cancelled", None, False),
        ("planned", "2026-03-01", False),
        ("held", "2026-03-01", False),
    ],
)
def test_sip_ended_whole(held: Sip, state: str, ended: str | None, fine: bool) -> None:
    if fine:
        force(state=state, ended_on=ended)
    else:
        with pytest.raises(IntegrityError, match="sip_ended_whole"):
            force(state=state, ended_on=ended)

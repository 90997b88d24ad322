"""The need and its changes; who may be asked; consent, decision and withdrawal; pauses and follow-ups."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework import policy
from casework.cases.consents import actions as consents
from casework.cases.consents.models import Consent
from casework.cases.insatser import actions, ground_actions, readers, rules
from casework.cases.insatser.models import Actor, FollowUpWords, Insats, InsatsFollowUp, InsatsWords
from casework.cases.models import Case
from casework.cases.readers import header
from casework.cases.rules import Refused
from casework.clients import actions as clients
from casework.clients.children import actions as children
from casework.clients.children.models import Child, ChildPlaces
from casework.clients.models import Address, Identity
from casework.records import StaleEdit
from tests import factories
from tests.casework.insatser.conftest import (
    TODAY,
    ago,
    ask,
    change,
    decide,
    end,
    later,
    make_actor,
    make_consent,
    make_offer,
    note,
    order,
    rest,
    start,
)
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event


def add_child(cast: Cast, case: Case) -> Child:
    who = Identity(given_name="Qvirina", family_name="Zaxberg")
    return children.add_child(by=cast.alma, case=case, identity=who, alias="Äldsta barnet", lives_with=True)


def test_a_need_is_noted_for_the_person_or_a_child(cast: Cast, case: Case) -> None:
    child = add_child(cast, case)
    own, hers = note(cast, case), note(cast, case, child=child)
    assert (own.client_id, hers.client_id) == (case.client_id, child.client_id)
    assert later(hers).words.open().need == "Ett hem vid Wyxan"
    assert cases_of(last_event(Tag.INSATS_NOTED)) == {case.number}
    other = factories.make_case(cast.cecilia)
    with pytest.raises(Refused, match="annat ärende"):
        note(cast, other, by=cast.cecilia, responsible=cast.cecilia, child=child)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"area": "rymden"}, "Välj område"),
        ({"obstacle": "regn"}, "Välj hinder"),
        ({"words": InsatsWords(need=" ")}, "Skriv vad personen behöver"),
        ({"noted_on": TODAY + timedelta(days=1)}, "inte kommit än"),
    ],
)
def test_a_need_that_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        note(cast, case, **more)
    assert not Insats.objects.exists()


def test_who_is_responsible_works_in_the_case_and_the_offer_fits(cast: Cast, case: Case, own: Actor) -> None:
    with pytest.raises(Refused, match="arbetar i ärendet"):
        note(cast, case, responsible=cast.bo)
    of_other, for_child = make_offer(make_actor("En annan")), make_offer(own, for_children=True)
    with pytest.raises(Refused, match="annan aktör"):
        note(cast, case, actor=own, offer=of_other)
    with pytest.raises(Refused, match="är för barn"):
        note(cast, case, actor=own, offer=for_child)


def test_a_change_writes_over_and_says_who_was_late(cast: Cast, case: Case, own: Actor) -> None:
    insats = decide(cast, note(cast, case, actor=own))
    changed = later(change(cast, insats))
    assert (changed.area, changed.obstacle, changed.version) == ("area_work", "obst_queue", insats.version + 1)
    assert (changed.words.open().need, changed.words.open().motivation) == ("Ett arbete", "Behovet finns.")
    with pytest.raises(StaleEdit):
        change(cast, insats)
    ended = end(cast, start(cast, changed))
    with pytest.raises(Refused, match="Notera behovet på nytt"):
        change(cast, ended)


def test_another_actor_is_reached_as_if_asked_now(
    cast: Cast, case: Case, own: Actor, outside: Actor, consent: Consent
) -> None:
    need = change(cast, note(cast, case), actor=outside)
    assert need.actor == outside
    asked = ask(cast, note(cast, case), own)
    with pytest.raises(Refused, match="Välj aktör"):
        change(cast, asked, actor=None)
    resting = rest(cast, asked, consent)
    with pytest.raises(Refused, match=r"8 kap\. 2 §"):
        change(cast, resting, actor=outside)
    with pytest.raises(Refused, match="kräver ett beslut"):
        change(cast, resting, offer=make_offer(own, needs_decision=True))
    assert change(cast, decide(cast, resting), actor=outside).actor == outside


@pytest.mark.parametrize(
    ("branch", "secrecy", "paragraph"),
    [
        ("other_branch", "strong", "8 kap. 2 §"),
        ("own", "weak", "8 kap. 1 §"),
        ("actor_authority", "strong", "8 kap. 1 §"),
        ("actor_private", "no_secrecy", "8 kap. 1 §"),
    ],
)
def test_an_outside_actor_is_asked_on_a_consent_only(
    cast: Cast, case: Case, consent: Consent, branch: str, secrecy: str, paragraph: str
) -> None:
    actor = make_actor("Någon utanför", branch, secrecy)
    insats = note(cast, case)
    with pytest.raises(Refused, match=paragraph):
        ask(cast, insats, actor)
    asked = later(ask(cast, insats, actor, consent))
    assert (asked.state, asked.consent, asked.ground, asked.actor) == ("asked", consent, "", actor)


def test_a_consent_is_of_the_same_one_and_in_force(cast: Cast, case: Case, outside: Actor) -> None:
    over = make_consent(cast, case, given_on=ago(9), until=ago(1))
    for_child = note(cast, case, child=add_child(cast, case))
    with pytest.raises(Refused, match="gäller inte i dag"):
        ask(cast, note(cast, case), outside, over)
    with pytest.raises(Refused, match="gäller någon annan"):
        ask(cast, for_child, outside, make_consent(cast, case))


def test_who_is_no_longer_used_is_not_asked(cast: Cast, case: Case, own: Actor) -> None:
    own.active = False
    with pytest.raises(Refused, match="används inte längre"):
        ask(cast, note(cast, case), own)


def test_a_consent_carries_only_what_needs_no_decision(cast: Cast, case: Case, own: Actor, consent: Consent) -> None:
    with pytest.raises(Refused, match="Lagrummet kräver"):
        rest(cast, note(cast, case), consent, legal_basis="sol_13_7")
    strict = note(cast, case, actor=own, offer=make_offer(own, needs_decision=True))
    with pytest.raises(Refused, match="Insatsen kräver"):
        rest(cast, strict, consent)
    resting = rest(cast, note(cast, case), consent)
    assert (resting.state, resting.ground, resting.consent) == ("grounded", "consent", consent)
    decided = decide(cast, resting)
    assert (decided.state, decided.ground, decided.consent) == ("grounded", "decision", None)
    with pytest.raises(Refused, match="redan ett beslut"):
        rest(cast, decided, consent)


def test_a_decision_is_made_once_by_a_chief_who_is_not_responsible(cast: Cast, case: Case) -> None:
    insats = note(cast, case)
    with pytest.raises(policy.Forbidden):
        decide(cast, insats, by=cast.alma)
    with pytest.raises(Refused, match="ansvarar själv"):
        decide(cast, note(cast, case, by=cast.cecilia, responsible=cast.cecilia))
    made = later(decide(cast, insats))
    assert (made.state, made.ground, made.decided_by, made.favourable) == ("grounded", "decision", cast.cecilia, True)
    assert made.words.open().delegation == "Punkt 4.2"
    assert cases_of(last_event(Tag.INSATS_DECIDED)) == {case.number}
    assert "Behovet finns" not in str([(line.refs, line.changes) for line in events(Tag.INSATS_DECIDED)])
    with pytest.raises(Refused, match="skrivs inte över"):
        decide(cast, made)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"motivation": " "}, "FL 31"),
        ({"legal_basis": "sol_11_5"}, "lagrum"),
        ({"legal_basis": "l_2024_79"}, "gäller barn"),
        ({"decided_on": TODAY + timedelta(days=1)}, "inte kommit än"),
    ],
)
def test_a_decision_that_is_not_whole_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        decide(cast, note(cast, case), **more)


def test_a_refusal_keeps_its_decision_and_stops_nothing_that_runs(cast: Cast, case: Case, consent: Consent) -> None:
    refused = later(decide(cast, note(cast, case), favourable=False))
    assert (refused.state, refused.declined, refused.declined_on) == ("declined", "refused", TODAY)
    assert (refused.favourable, refused.words.open().contents) == (False, "Du får insatsen.")
    running = start(cast, rest(cast, note(cast, case), consent))
    with pytest.raises(Refused, match="pågår"):
        decide(cast, running, favourable=False)
    assert decide(cast, later(running)).state == "started"


KEPT = Address(street="Zyxgatan 12", postal_code="213 44", town="Qvarnby", municipality="Wyxköping", landlord="Plyxbo")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Du bor på zyxgatan  12.", ["gatuadressen"]),
        ("Lägenheten på Zyxgatan", ["gatuadressen"]),
        ("21344", ["ett postnummer", "postnumret"]),
        ("Hos PLYXBO i Wyxköping", ["hyresvärden", "kommunen"]),
        ("999 88 Annanstans", ["ett postnummer"]),
        ("Qvarnbyskolan, ärende 26-48173-5, 12 500 kr och 15000 kronor", []),
        ("Barnet går på Wyxskolan", ["barnets skola"]),
    ],
)
def test_a_decision_does_not_tell_where_she_is(cast: Cast, case: Case, text: str, found: list[str]) -> None:
    child = add_child(cast, case)
    children.change_places(by=cast.alma, child=child, places=ChildPlaces(school="Wyxskolan"), version=1)
    day = TODAY + timedelta(days=9)
    clients.change_address(by=cast.alma, case=case, address=KEPT, review_on=day, version=case.client.version)
    fresh = Case.objects.select_related("client").get(pk=case.pk)
    assert rules.decision_text_faults(fresh, text) == found
    insats = note(cast, fresh)
    if found:
        for part in ("contents", "motivation"):
            with pytest.raises(Refused, match=r"OSL 26 kap\. 7 §"):
                decide(cast, insats, **{part: text})
        assert later(insats).ground == ""
    else:
        assert decide(cast, insats, contents=text).ground == "decision"


def test_a_withdrawn_consent_stops_what_rests_on_it(
    cast: Cast, case: Case, own: Actor, outside: Actor, consent: Consent
) -> None:
    resting = rest(cast, note(cast, case, actor=own), consent)
    running, ended = (start(cast, rest(cast, note(cast, case, actor=own), consent)) for _ in range(2))
    end(cast, ended)
    asked, decided = ask(cast, note(cast, case), outside, consent), decide(cast, note(cast, case))
    consents.withdraw_consent(by=cast.alma, consent=consent, why="Hon ångrar sig")
    gone = {row.pk for row in Insats.objects.exclude(consent_gone_at=None)}
    assert gone == {resting.pk, running.pk, asked.pk}
    assert later(decided).consent_gone_at is None
    assert header(case)["alerts"] == [readers.STOP]
    assert len(events(Tag.INSATS_CHANGED)) == 4  # three rested on it, and one event for all that stop
    for step in (order, start):
        with pytest.raises(Refused, match="återkallat"):
            step(cast, later(resting))
    with pytest.raises(Refused, match="återkallat"):
        follow(cast, later(running))
    fresh = make_consent(cast, case)
    assert rest(cast, later(resting), fresh).consent_gone_at is None
    assert decide(cast, later(asked)).consent_gone_at is None
    assert end(cast, later(running)).state == "ended"
    assert header(case)["alerts"] == []


def test_a_withdrawn_consent_that_nothing_rests_on_stops_nothing(cast: Cast, case: Case, consent: Consent) -> None:
    ground_actions.stop_at_withdrawal(by=cast.alma, consent=consent)
    assert not events(Tag.INSATS_CHANGED)


def test_a_consent_that_has_run_out_carries_no_order(cast: Cast, case: Case, own: Actor) -> None:
    consent = make_consent(cast, case, given_on=ago(3), until=TODAY)
    resting = rest(cast, note(cast, case, actor=own), consent)
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr(timezone, "localdate", lambda *_: TODAY + timedelta(days=1))
        for step in (order, start):
            with pytest.raises(Refused, match="gäller inte längre"):
                step(cast, resting)


def follow(cast: Cast, insats: Insats, **more: Any) -> InsatsFollowUp:
    facts = {"by": cast.alma, "held_on": TODAY, "words": FollowUpWords(result="Bra"), "review_on": None, **more}
    return actions.follow_up_insats(insats=insats, **facts)


def test_what_runs_is_followed_up_any_number_of_times(cast: Cast, case: Case, consent: Consent) -> None:
    insats = start(cast, rest(cast, note(cast, case), consent))
    soon = TODAY + timedelta(days=7)
    first = follow(cast, insats, words=FollowUpWords(result="Bra", her_view="Jag sover"), review_on=soon)
    assert (str(first), first.case_number()) == (str(first.pk), case.number)
    assert (later(insats).review_on, first.words.open().her_view) == (soon, "Jag sover")
    follow(cast, insats)
    assert (later(insats).state, InsatsFollowUp.objects.count()) == ("followed_up", 2)


def test_it_is_broken_off_and_taken_up_again(cast: Cast, case: Case) -> None:
    insats = start(cast, decide(cast, note(cast, case)), started_on=ago(9))
    pause = lambda day, row=insats: actions.pause_insats(  # noqa: E731
        by=cast.alma, insats=row, paused_on=day, obstacle="obst_queue"
    )
    resume = lambda day, row=insats: actions.resume_insats(by=cast.alma, insats=row, resumed_on=day)  # noqa: E731
    with pytest.raises(Refused, match="inte avbruten"):
        resume(TODAY)
    with pytest.raises(Refused, match="började"):
        pause(ago(20))
    assert pause(ago(6)).obstacle == "obst_queue"
    with pytest.raises(Refused, match="redan avbruten"):
        pause(ago(5))
    with pytest.raises(Refused, match="avbröts"):
        resume(ago(7))
    assert (resume(ago(4)).resumed_on, later(insats).obstacle) == (ago(4), "")
    with pytest.raises(Refused, match="kom i gång igen"):
        pause(ago(5))
    assert pause(ago(3)).resumed_on is None
    assert len(events(Tag.INSATS_PAUSED)) == 3
    with pytest.raises(Refused, match="pågår inte"):
        pause(TODAY, note(cast, case))

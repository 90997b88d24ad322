"""The acts: something is proposed on a ground, and given out or refused by the one who may."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.tags import Tag
from casework import policy
from casework.cases.consents import actions as consents
from casework.cases.disclosures import actions, contents, rules
from casework.cases.disclosures.models import Disclosure
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients import actions as clients
from casework.crypto.fields import sealed_fields
from casework.state import TransitionNotAllowed
from tests import factories
from tests.casework.disclosures.conftest import TODAY, make_actor, note, propose, protect, words
from tests.casework.exposure.test_exposure_acts import end_case
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event

OUTSIDE = ["bo", "eva", "edvin", "dag", "hanna", "lo", "ada"]
GRAVE = [key for key, fact in contents.FACTS.items() if fact.weight != contents.PLAIN and fact.of == contents.PERSON]


def give(by: Any, disclosure: Disclosure) -> Disclosure:
    return actions.give_disclosure(by=by, disclosure=disclosure)


def refuse(by: Any, disclosure: Disclosure, grounds: str = "Det är inte nödvändigt") -> Disclosure:
    return actions.refuse_disclosure(by=by, disclosure=disclosure, grounds=grounds)


def test_something_is_proposed(cast: Cast, case: Case) -> None:
    actor = make_actor()
    made = propose(cast.alma, case, facts=["risk", "case"], actor=actor, reservation="Inte till andra")
    made = Disclosure.objects.get(pk=made.pk)
    assert (made.state, made.provision, made.grave, made.actor) == ("proposed", "osl_26_1", False, actor)
    assert (made.proposed_by, made.decided_by, made.decided_at, made.asked_on) == (cast.alma, None, None, TODAY)
    assert made.words.open() == words(facts=["case", "risk"], reservation="Inte till andra")
    assert str(made) == str(made.pk)
    event = last_event(Tag.DISCLOSURE_PROPOSED)
    assert cases_of(event) == {case.number}
    assert "Plyx" not in str(event)


def test_what_is_told_does_not_stand_in_clear(cast: Cast, case: Case) -> None:
    propose(cast.alma, case, other="Rosenbuske", facts=["risk"])
    assert (Disclosure, "words") in [(owner, field.name) for owner, field in sealed_fields()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_disclosure")
        row = b"|".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in cursor.fetchone())
    assert b"Rosenbuske" not in row
    assert b"risk" not in row


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"provision": "osl_10_27"}, "Generalklausulen"),
        ({"provision": "lag"}, "26 kap. 1–6"),
        ({"provision": "osl_12_2"}, "Välj vilket samtycke"),
        ({"recipient": " "}, "vem som får"),
        ({"purpose": ""}, "ska användas till"),
        ({"facts": []}, "minst en uppgift"),
        ({"facts": ["gissning"]}, "i listan"),
        ({"facts": ["child_school"]}, "i listan"),
        ({"weighing": " "}, "hur du har vägt"),
        ({"asked_on": TODAY + timedelta(days=1)}, "i framtiden"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        propose(cast.alma, case, **more)
    assert not events(Tag.DISCLOSURE_PROPOSED)


@pytest.mark.parametrize("provision", Disclosure.Provision.values)
def test_weighing_is_written_where_the_law_asks_and_for_all_that_is_grave(
    cast: Cast, case: Case, provision: str
) -> None:
    facts: dict[str, Any] = {"provision": provision, "weighing": ""}
    if provision == "osl_12_2":
        facts["consent"] = note(cast.alma, case)
    if provision in {"osl_10_15a", "osl_26_1", "osl_10_2"}:
        with pytest.raises(Refused, match="vägt"):
            propose(cast.alma, case, **facts)
    else:
        assert propose(cast.alma, case, **facts).provision == provision
    with pytest.raises(Refused, match="vägt"):
        propose(cast.alma, case, **facts, facts=["name"])


@pytest.mark.parametrize("key", GRAVE)
def test_identity_and_place_are_grave(cast: Cast, case: Case, key: str) -> None:
    assert propose(cast.alma, case, facts=["case", key]).grave


def test_what_is_written_beside_is_grave_when_it_is_said_to_be(cast: Cast, case: Case) -> None:
    assert propose(cast.alma, case, other="Om jobbet", other_grave=True).grave
    assert not propose(cast.alma, case, other="Om jobbet").grave
    assert not propose(cast.alma, case, other=" ", other_grave=True).grave


def test_the_consent_is_of_the_same_person_and_only_where_it_is_the_ground(cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    foreign, own = note(cast.cecilia, other), note(cast.alma, case)
    with pytest.raises(Refused, match="gäller någon annan"):
        propose(cast.alma, case, provision="osl_12_2", consent=foreign)
    with pytest.raises(Refused, match="som stöd"):
        propose(cast.alma, case, consent=own)
    assert propose(cast.alma, case, provision="osl_12_2", consent=own).consent == own
    consents.withdraw_consent(by=cast.alma, consent=own, why="")
    with pytest.raises(Refused, match="gäller inte längre"):
        propose(cast.alma, case, provision="osl_12_2", consent=own)


def test_with_a_consent_the_kontaktperson_decides_what_is_not_grave(cast: Cast, case: Case) -> None:
    consent = note(cast.alma, case)
    made = give(cast.alma, propose(cast.alma, case, provision="osl_12_2", consent=consent))
    assert (made.state, made.decided_by, made.decided_at is not None) == ("given", cast.alma, True)
    event = last_event(Tag.DISCLOSURE_GIVEN)
    assert cases_of(event) == {case.number}
    grave = propose(cast.alma, case, provision="osl_12_2", consent=consent, facts=["name"])
    assert not rules.can_give(cast.alma, grave)
    with pytest.raises(policy.Forbidden):
        give(cast.alma, grave)


def test_everything_else_is_for_the_sektionschef(cast: Cast, case: Case) -> None:
    proposal = propose(cast.alma, case)
    with pytest.raises(policy.Forbidden):
        give(cast.alma, proposal)
    with pytest.raises(policy.Forbidden):
        refuse(cast.alma, proposal)
    assert not rules.can_refuse(cast.alma, proposal)
    assert give(cast.cecilia, proposal).state == "given"
    assert give(cast.cecilia, propose(cast.cecilia, case)).state == "given"


def test_identity_and_place_take_two(cast: Cast, case: Case) -> None:
    protect(cast.alma, case)
    own = propose(cast.cecilia, case, facts=["name"])
    assert not rules.can_give(cast.cecilia, own)
    with pytest.raises(Refused, match="Du föreslog själv"):
        give(cast.cecilia, own)
    assert give(cast.cecilia, propose(cast.alma, case, facts=["name"])).state == "given"
    assert refuse(cast.cecilia, own).state == "refused"


def test_identity_and_place_wait_until_the_protection_is_known(cast: Cast, case: Case) -> None:
    grave, plain = propose(cast.alma, case, facts=["court"]), propose(cast.alma, case)
    with pytest.raises(Refused, match="kontrollerat"):
        give(cast.cecilia, grave)
    assert give(cast.cecilia, plain).state == "given"
    protect(cast.alma, case)
    assert give(cast.cecilia, grave).state == "given"


def test_a_childs_own_protection_has_to_be_known_too(cast: Cast, case: Case, child_of: Any) -> None:
    whose = child_of(6)
    protect(cast.alma, case)
    mark = clients.add_mark(by=cast.alma, case=case, child=whose, kind="SECRECY_MARKING", valid_from=TODAY)
    about = propose(cast.alma, case, child=whose, facts=["child_name"])
    mark.valid_from = mark.review_on = TODAY - timedelta(days=1)
    mark.save()
    with pytest.raises(Refused, match="Barnets eget skydd"):
        give(cast.cecilia, about)
    assert give(cast.cecilia, propose(cast.alma, case, facts=["name"])).state == "given"


def test_a_consent_that_is_withdrawn_stops_it(cast: Cast, case: Case) -> None:
    consent = note(cast.alma, case)
    before, after = (propose(cast.alma, case, provision="osl_12_2", consent=consent) for _ in range(2))
    given = give(cast.alma, before)
    assert (rules.hindrance(given), rules.can_copy(cast.alma, given)) == ("", True)
    consents.withdraw_consent(by=cast.alma, consent=consent, why="Hon vill inte")
    with pytest.raises(Refused, match="gäller inte längre"):
        give(cast.alma, after)
    given = Disclosure.objects.get(pk=given.pk)
    assert (rules.hindrance(given), rules.can_copy(cast.alma, given)) == (rules.CONSENT_GONE, False)
    assert rules.hindrance(refuse(cast.cecilia, after)) == ""


def test_it_is_refused_with_grounds(cast: Cast, case: Case) -> None:
    proposal = propose(cast.alma, case)
    with pytest.raises(Refused, match="Skriv varför"):
        refuse(cast.cecilia, proposal, " ")
    made = Disclosure.objects.get(pk=refuse(cast.cecilia, proposal, "Rosenbuske").pk)
    assert (made.state, made.decided_by, made.words.open().grounds) == ("refused", cast.cecilia, "Rosenbuske")
    assert made.words.open().recipient == "Kuratorn Plyx"
    event = last_event(Tag.DISCLOSURE_REFUSED)
    assert cases_of(event) == {case.number}
    assert "Rosenbuske" not in str(event)


def test_what_is_decided_does_not_change(cast: Cast, case: Case) -> None:
    first, second = propose(cast.alma, case), propose(cast.alma, case)
    given, refused = give(cast.cecilia, first), refuse(cast.cecilia, second)
    for stage in (first, second, given, refused):
        for act in (give, refuse):
            with pytest.raises(Refused, match="redan beslutat"):
                act(cast.cecilia, stage)  # type: ignore[operator]
    for move in (given.give, given.refuse, refused.give, refused.refuse):
        with pytest.raises(TransitionNotAllowed):
            move()


@pytest.mark.parametrize("who", OUTSIDE)
def test_only_those_of_the_case_propose_and_decide(cast: Cast, case: Case, who: str) -> None:
    user, proposal = getattr(cast, who), propose(cast.alma, case)
    assert not rules.can_propose(user, case)
    assert not rules.can_give(user, proposal)
    assert not rules.can_refuse(user, proposal)
    assert not rules.can_copy(user, proposal)
    with pytest.raises(policy.Forbidden):
        propose(user, case)
    for act in (give, refuse):
        with pytest.raises(policy.Forbidden):
            act(user, proposal)  # type: ignore[operator]


def test_a_closed_case_is_still_asked_of(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = propose(cast.alma, case)
    ended = end_case(cast, case, monkeypatch)
    assert give(cast.cecilia, proposal).state == "given"
    assert refuse(cast.cecilia, propose(cast.cecilia, ended)).state == "refused"


# --- what the database holds together -----------------------------------------------------------------------------


def force(disclosure: Disclosure, **values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(f"{name} = %s" for name in values)
        table = Disclosure._meta.db_table
        pk = disclosure.pk.hex if connection.vendor == "sqlite" else disclosure.pk
        keys = [
            value.hex if hasattr(value, "hex") and connection.vendor == "sqlite" else value for value in values.values()
        ]
        cursor.execute(f"UPDATE {table} SET {names} WHERE id = %s", [*keys, pk])


AT = "2026-03-01 10:00:00"


def test_disclosure_state_known(cast: Cast, case: Case) -> None:
    with pytest.raises(IntegrityError, match=r"disclosure_(state_known|decided_whole)"):
        force(propose(cast.alma, case), state="gone")


def test_disclosure_decided_whole(cast: Cast, case: Case) -> None:
    row, by = propose(cast.alma, case), cast.cecilia.pk
    for half in ({"state": "given"}, {"state": "refused", "decided_at": AT}, {"decided_by_id": by}, {"decided_at": AT}):
        with pytest.raises(IntegrityError, match="disclosure_decided_whole"):
            force(row, **half)
    force(row, state="refused", decided_by_id=by, decided_at=AT)
    force(row, state="proposed", decided_by_id=None, decided_at=None)


def test_disclosure_by_two(cast: Cast, case: Case) -> None:
    row = propose(cast.alma, case, facts=["name"])
    with pytest.raises(IntegrityError, match="disclosure_by_two"):
        force(row, state="given", decided_by_id=cast.alma.pk, decided_at=AT)
    force(row, state="given", decided_by_id=cast.cecilia.pk, decided_at=AT)
    force(row, state="refused", decided_by_id=cast.alma.pk)
    force(row, state="given", grave=False)


def test_disclosure_consent_whole(cast: Cast, case: Case) -> None:
    row, consent = propose(cast.alma, case), note(cast.alma, case)
    for half in ({"provision": "osl_12_2"}, {"consent_id": consent.pk}):
        with pytest.raises(IntegrityError, match="disclosure_consent_whole"):
            force(row, **half)
    force(row, provision="osl_12_2", consent_id=consent.pk)
    force(row, provision="osl_10_28", consent_id=None)


def test_disclosure_guardian_whole(cast: Cast, case: Case, child_of: Any, guardian_of: Any) -> None:
    row, child = propose(cast.alma, case), child_of(8)
    guardian = guardian_of(child)
    with pytest.raises(IntegrityError, match="disclosure_guardian_whole"):
        force(row, guardian_id=guardian.pk)
    force(row, child_id=child.pk)
    force(row, guardian_id=guardian.pk)

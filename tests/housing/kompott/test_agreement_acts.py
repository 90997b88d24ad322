"""Agreements as data: terms, municipalities, keys that are checked on the phone, whom to call."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases.rules import Refused
from casework.crypto import parcel
from casework.policy import Forbidden
from casework.records import StaleEdit
from housing.kompott import agreement_actions as acts
from housing.kompott import file_actions
from housing.kompott.models import AgreementMember, AgreementWords, LiaisonWords
from tests.cast import Cast
from tests.fixtures import last_event
from tests.housing.kompott import sides
from tests.housing.kompott.sides import Other

TODAY = timezone.localdate()


def terms(**more: Any) -> dict[str, Any]:
    return {
        "name": "Kompott", "valid_from": TODAY, "valid_until": TODAY + timedelta(days=365), "answer_days": 10,
        "lease": "first_hand", "sublet_months": 12, "words": AgreementWords(cost_split="Hemkommunen"), **more,
    }  # fmt: skip


def test_our_own_municipality_is_in_a_new_agreement(cast: Cast) -> None:
    agreement = acts.write_agreement(by=cast.hanna, **terms())
    own = agreement.members.get()
    assert (own.code, own.name, own.own) == ("1280", "Malmö", True)
    event = last_event(Tag.AGREEMENT_WRITTEN)
    assert "Hemkommunen" not in str(event.__dict__)


def test_an_agreement_is_changed_once_from_each_version(cast: Cast) -> None:
    agreement = acts.write_agreement(by=cast.hanna, **terms())
    changed = acts.write_agreement(by=cast.hanna, agreement=agreement, version=1, **terms(answer_days=20))
    assert (changed.answer_days, changed.members.count()) == (20, 1)
    with pytest.raises(StaleEdit):
        acts.write_agreement(by=cast.hanna, agreement=agreement, version=1, **terms())


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({"name": " "}, "vad avtalet heter"),
        ({"valid_until": TODAY - timedelta(days=1)}, "innan det börjar"),
        ({"answer_days": 0}, "dagar till svar"),
        ({"answer_days": 366}, "dagar till svar"),
        ({"lease": "nothing"}, "vilket kontrakt"),
        ({"sublet_months": 121}, "månader före övertagande"),
    ],
)
def test_terms_that_cannot_be_are_refused(cast: Cast, more: dict[str, Any], match: str) -> None:
    with pytest.raises(Refused, match=match):
        acts.write_agreement(by=cast.hanna, **terms(**more))


def test_a_municipality_joins_once(cast: Cast) -> None:
    agreement = acts.write_agreement(by=cast.hanna, **terms())
    member = acts.add_member(by=cast.hanna, agreement=agreement, code="1281")
    assert (member.name, member.own, member.keys_checked_on) == ("Lund", False, None)
    for code, match in (("1281", "redan med"), ("1280", "redan med"), ("0180", "i listan")):
        with pytest.raises(Refused, match=match):
            acts.add_member(by=cast.hanna, agreement=agreement, code=code)


@pytest.fixture
def member(cast: Cast) -> AgreementMember:
    return acts.add_member(by=cast.hanna, agreement=acts.write_agreement(by=cast.hanna, **terms()), code="1281")


def check(cast: Cast, member: AgreementMember, **more: Any) -> AgreementMember:
    pair = more.pop("pair", None) or parcel.make_pair()
    heard = parcel.fingerprint(pair.verify_key, pair.seal_key)
    facts = {"verify_key": pair.verify_key, "seal_key": pair.seal_key, "heard": heard, "version": member.version}
    return acts.check_keys(by=cast.hanna, member=member, **{**facts, **more})


def test_keys_are_taken_when_their_code_was_heard(cast: Cast, member: AgreementMember) -> None:
    pair = parcel.make_pair()
    heard = "\n" + parcel.fingerprint(pair.verify_key, pair.seal_key).replace(" ", "")
    fresh = check(cast, member, pair=pair, heard=heard)
    assert (fresh.verify_key, fresh.seal_key, fresh.keys_checked_on) == (pair.verify_key, pair.seal_key, TODAY)
    with pytest.raises(StaleEdit):
        check(cast, member)


def test_new_keys_hold_in_every_agreement(cast: Cast, member: AgreementMember) -> None:
    second = acts.write_agreement(by=cast.hanna, **terms(name="Andra"))
    other = acts.add_member(by=cast.hanna, agreement=second, code="1281")
    fresh = check(cast, member)
    other.refresh_from_db()
    assert other.verify_key == fresh.verify_key


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({"heard": "12345 " * 8}, "stämmer inte"),
        ({"heard": ""}, "stämmer inte"),
        ({"verify_key": "ab"}, "två hela nycklar"),
        ({"seal_key": "00" * 32}, "två hela nycklar"),
    ],
)
def test_keys_that_were_not_heard_are_refused(
    cast: Cast, member: AgreementMember, more: dict[str, str], match: str
) -> None:
    with pytest.raises(Refused, match=match):
        check(cast, member, **more)


def test_one_key_twice_is_no_pair(cast: Cast, member: AgreementMember) -> None:
    key = parcel.make_pair().seal_key
    with pytest.raises(Refused, match="två hela nycklar"):
        check(cast, member, verify_key=key, seal_key=key)


def test_the_keys_of_somebody_else_are_refused(cast: Cast, other: Other, member: AgreementMember) -> None:
    third = acts.add_member(by=cast.hanna, agreement=member.agreement, code="1287")
    with pytest.raises(Refused, match="någon annans"):
        check(cast, third, pair=other.pair)
    ours = file_actions.make_keys(by=cast.ada)
    pair = parcel.Pair(ours.verify_key, ours.seal_key, "", "")
    with pytest.raises(Refused, match="någon annans"):
        check(cast, third, pair=pair)


def test_our_own_row_takes_no_keys_and_no_pause(cast: Cast, member: AgreementMember) -> None:
    own = sides.own_member(member.agreement)
    with pytest.raises(Refused, match="egna nycklar"):
        check(cast, own)
    with pytest.raises(Refused, match="alltid med"):
        acts.switch_member(by=cast.hanna, member=own, active=False)


def test_a_municipality_pauses_and_comes_back(cast: Cast, member: AgreementMember) -> None:
    assert not acts.switch_member(by=cast.hanna, member=member, active=False).active
    assert acts.switch_member(by=cast.hanna, member=member, active=False).version == 2
    assert acts.switch_member(by=cast.hanna, member=member, active=True).active


def test_a_liaison_is_added_and_ended(cast: Cast, member: AgreementMember) -> None:
    words = LiaisonWords(name="Karin Ny", phone="046-1")
    liaison = acts.add_liaison(by=cast.hanna, member=member, role="kompott_liaison", words=words)
    assert liaison.words.open().name == "Karin Ny"
    assert "Karin" not in str(last_event(Tag.LIAISON_WRITTEN).__dict__)
    assert acts.end_liaison(by=cast.hanna, liaison=liaison).ended_on == TODAY
    with pytest.raises(Refused, match="redan avslutad"):
        acts.end_liaison(by=cast.hanna, liaison=liaison)


@pytest.mark.parametrize(
    ("role", "words", "match"),
    [
        ("kontaktperson", LiaisonWords(name="Karin", phone="1"), "vilken roll"),
        ("kompott_liaison", LiaisonWords(name="Karin"), "namn och telefon"),
        ("kompott_manager", LiaisonWords(name=" ", phone="1"), "namn och telefon"),
    ],
)
def test_a_liaison_has_a_role_a_name_and_a_phone(
    cast: Cast, member: AgreementMember, role: str, words: LiaisonWords, match: str
) -> None:
    with pytest.raises(Refused, match=match):
        acts.add_liaison(by=cast.hanna, member=member, role=role, words=words)


@pytest.mark.parametrize("who", ["alma", "cecilia", "ada"])
def test_only_a_coordinator_keeps_agreements(cast: Cast, member: AgreementMember, who: str) -> None:
    user, words = getattr(cast, who), LiaisonWords(name="Karin", phone="1")
    liaison = acts.add_liaison(by=cast.hanna, member=member, role="kompott_liaison", words=words)
    for act in (
        lambda: acts.write_agreement(by=user, **terms()),
        lambda: acts.add_member(by=user, agreement=member.agreement, code="1287"),
        lambda: acts.check_keys(by=user, member=member, verify_key="", seal_key="", heard="", version=1),
        lambda: acts.switch_member(by=user, member=member, active=False),
        lambda: acts.add_liaison(by=user, member=member, role="kompott_liaison", words=words),
        lambda: acts.end_liaison(by=user, liaison=liaison),
    ):
        with pytest.raises(Forbidden):
            act()

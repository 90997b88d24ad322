"""A file from another municipality is taken in whole, once, or not at all; what is refused is in the log."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.crypto import parcel
from casework.policy import Forbidden
from casework.signin.models import Section
from housing.kompott import agreement_actions, exchange, file_actions
from housing.kompott.models import Agreement, AgreementMember, ExchangeFile, KompottOffer, KompottRequest
from tests.cast import Cast
from tests.fixtures import events, last_event
from tests.housing.kompott import sides
from tests.housing.kompott.conftest import OFFER, answered
from tests.housing.kompott.sides import FACTS, Other

R = "K-22334455"


def refuse(cast: Cast, raw: bytes, match: str) -> None:
    """It is refused with these words, leaves that in the log, and nothing else anywhere."""
    before = rows()
    with pytest.raises(Refused, match=match):
        file_actions.import_file(by=cast.hanna, raw=raw)
    assert rows() == before
    event = last_event()
    assert (event.tag, event.actor_id) == (Tag.EXCHANGE_REFUSED, str(cast.hanna.pk))
    assert R not in event.case


def rows() -> list[object]:
    kept = [ExchangeFile, KompottOffer, KompottRequest]
    return [list(model.objects.order_by("pk").values_list("pk", "version")) for model in kept]


def test_a_request_comes_with_its_need_and_its_time_to_answer(cast: Cast, other: Other) -> None:
    row = sides.come(other, cast.hanna, R)
    profile = row.profile.open()
    assert (profile.rooms, profile.children, profile.obstacles, profile.note) == (3, ["6-12"], ["debts"], "")
    assert row.answer_due_on == timezone.localdate() + timedelta(days=14)
    file = ExchangeFile.objects.get()
    assert (file.direction, file.kind, file.reference, file.by) == ("in", "request", R, cast.hanna)
    assert last_event().tag == Tag.EXCHANGE_IMPORTED


@pytest.mark.parametrize("who", ["alma", "cecilia", "ada", "dag", "lo"])
def test_only_a_coordinator_takes_in_files(cast: Cast, other: Other, who: str) -> None:
    with pytest.raises(Forbidden):
        file_actions.import_file(by=getattr(cast, who), raw=other.file("request", R, FACTS))


def test_the_same_file_is_never_taken_in_twice(cast: Cast, other: Other) -> None:
    raw = other.file("request", R, FACTS)
    file_actions.import_file(by=cast.hanna, raw=raw)
    refuse(cast, raw, "redan inläst")
    refuse(cast, other.file("request", R, FACTS), "finns redan hos oss")


@pytest.mark.parametrize(
    ("spoil", "match"),
    [
        (lambda raw: raw[:-5], "avklippt"),
        (lambda raw: b"x" * 70_000, "för stor"),
        (lambda raw: sides.flipped(raw, nonce="00" * 12), "ändrad"),
        (lambda raw: sides.flipped(raw, format=2), "format"),
        (lambda raw: sides.flipped(raw, to="1287"), "annan kommun"),
        (lambda raw: sides.flipped(raw, **{"from": "1287"}), "inte med i något avtal"),
        (lambda raw: sides.flipped(raw, verify_key="ab" * 32), "annan nyckel"),
    ],
)
def test_a_spoiled_file_is_refused(cast: Cast, other: Other, spoil: Callable[[bytes], bytes], match: str) -> None:
    refuse(cast, spoil(other.file("request", R, FACTS)), match)


def test_a_file_by_other_keys_is_refused(cast: Cast, other: Other) -> None:
    refuse(cast, other.file("request", R, FACTS, pair=parcel.make_pair()), "annan nyckel")
    refuse(cast, other.file("request", R, FACTS, seal_key=parcel.make_pair().seal_key), "nycklar som inte är våra")


def test_a_paused_or_unchecked_municipality_is_not_heard(cast: Cast, other: Other) -> None:
    agreement_actions.switch_member(by=cast.hanna, member=other.member, active=False)
    refuse(cast, other.file("request", R, FACTS), "inte med i något avtal")
    unchecked = Other(
        agreement_actions.add_member(by=cast.hanna, agreement=other.member.agreement, code="1287"), "1287"
    )
    refuse(cast, unchecked.file("request", R, FACTS), "inte med i något avtal")


@pytest.mark.parametrize(("days", "match"), [(15, "för gammal"), (-1, "framtiden")])
def test_a_file_out_of_its_time_is_refused(
    cast: Cast, other: Other, days: int, match: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, then = other.file("request", R, FACTS), timezone.now() + timedelta(days=days)
    monkeypatch.setattr(file_actions.timezone, "now", lambda: then)
    with pytest.raises(Refused, match=match):
        file_actions.import_file(by=cast.hanna, raw=raw)


def test_what_does_not_fit_is_refused_and_leaves_nothing(cast: Cast, other: Other) -> None:
    refuse(cast, other.file("accepted", R), "Läs in filen med förfrågan först")
    refuse(cast, other.file("acknowledged", R), "ingen förfrågan med den beteckningen")
    sides.come(other, cast.hanna, R)
    refuse(cast, other.file("accepted", R), "läge är ”skickad”")
    refuse(cast, other.file("nothing", R), "inte förstår")
    refuse(cast, other.file("transfer_asked", R, {"day": str(timezone.localdate())}), "inte där vi är")


def test_what_is_dated_ahead_is_refused(cast: Cast, other: Other, sent: KompottRequest) -> None:
    ahead = str(timezone.localdate() + timedelta(days=1))
    sides.come(other, cast.hanna, R)
    refuse(cast, other.file("moved", R, {"day": ahead}), "framåt")


def test_another_municipality_cannot_answer_for_the_one_asked(cast: Cast, other: Other, sent: KompottRequest) -> None:
    third = sides.make_other(cast.hanna, cast.ada, code="1287", agreement=other.member.agreement)
    refuse(cast, third.file("offered", sent.reference, OFFER[1]), "ingen förfrågan")


def test_a_request_after_the_agreement_is_refused_but_answers_go_on(
    cast: Cast, other: Other, sent: KompottRequest
) -> None:
    over(cast, other.member.agreement)
    refuse(cast, other.file("request", R, FACTS), "gäller inte i dag")
    assert answered(cast, other, sent, OFFER).state == "offered"


def over(cast: Cast, agreement: Agreement) -> None:
    fresh = Agreement.objects.get(pk=agreement.pk)
    fresh.valid_until = timezone.localdate() - timedelta(days=1)
    fresh.save()


def test_of_two_agreements_the_one_of_today_is_taken(cast: Cast, other: Other) -> None:
    old = other.member.agreement
    new = sides.make_agreement(cast.hanna, name="Nytt", valid_from=timezone.localdate() - timedelta(days=1))
    member = agreement_actions.add_member(by=cast.hanna, agreement=new, code=other.code)
    assert member.verify_key == other.pair.verify_key
    over(cast, old)
    assert sides.come(other, cast.hanna).member == member
    assert AgreementMember.objects.filter(code=other.code).count() == 2


def test_an_answer_to_the_other_branch_is_unknown_here(cast: Cast, other: Other, sent: KompottRequest) -> None:
    raw = other.file("acknowledged", sent.reference)
    elsewhere = next(value for value in Section.Branch.values if value != cast.section.branch)
    Section.objects.filter(pk=cast.section.pk).update(branch=elsewhere)
    cast.hanna.section = cast.other
    cast.hanna.save()
    refuse(cast, raw, "ingen förfrågan")


def test_an_answer_about_a_closed_case_is_refused(cast: Cast, other: Other, sent: KompottRequest) -> None:
    close(cast, sent.case)
    refuse(cast, other.file("acknowledged", sent.reference), "inte öppen hos oss")


def close(cast: Cast, case: Case) -> None:
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    cases.close_case(by=cast.cecilia, case=closing, closure_reason="goals_reached", note="Det gick bra")


def test_the_log_names_the_case_and_no_words_of_the_file(cast: Cast, other: Other, sent: KompottRequest) -> None:
    answered(cast, other, sent, OFFER)
    event = last_event(Tag.EXCHANGE_IMPORTED)
    assert sent.case.number in event.case
    assert "rum" not in str(event.__dict__)
    assert len(events(Tag.EXCHANGE_IMPORTED)) == 1


def test_keys_put_away_still_open_what_is_on_its_way(cast: Cast, other: Other) -> None:
    raw = other.file("request", R, FACTS)
    file_actions.make_keys(by=cast.ada)
    row = file_actions.import_file(by=cast.hanna, raw=raw)
    assert row.reference == R
    assert exchange.read(raw).sender == other.code


def test_only_an_administrator_makes_keys(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        file_actions.make_keys(by=cast.hanna)
    made = file_actions.make_keys(by=cast.ada)
    assert made.secret.open().signing not in str(last_event(Tag.EXCHANGE_KEY_MADE).__dict__)

"""A request of ours: to whom, on what ground, and only as far as its state and its consent let it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.consents import actions as consents
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from casework.records import StaleEdit
from casework.state import transitions
from housing.kompott import actions, agreement_actions, file_actions
from housing.kompott.models import Agreement, AgreementMember, ExchangeKey, KompottRequest
from housing.needs.models import NeedVersion
from housing.quotas import actions as quotas
from housing.tracks import moving
from housing.tracks.models import Track
from tests import factories
from tests.cast import Cast
from tests.fixtures import last_event
from tests.housing import made
from tests.housing.kompott import sides
from tests.housing.kompott.conftest import OFFER, answered, go
from tests.housing.kompott.sides import Other
from tests.housing.kompott.test_import_file import close


def write(cast: Cast, track: Track, member: AgreementMember, consent: Consent, **more: object) -> KompottRequest:
    facts = {"by": cast.alma, "track": track, "member": member, "consent": consent, "note": "Bråttom", **more}
    return actions.write_request(**facts)  # type: ignore[arg-type]


def test_a_request_is_written_and_written_over(cast: Cast, other: Other, track: Track, consent: Consent) -> None:
    row = write(cast, track, other.member, consent)
    assert (row.state, row.consent, row.words.open().note) == ("new", consent, "Bråttom")
    assert row.reference != track.need.token
    event = last_event(Tag.KOMPOTT_WRITTEN)
    assert track.case.number in event.case
    assert "Bråttom" not in str(event.__dict__)
    again = write(cast, track, other.member, consent, note="Lugnt", version=row.version)
    assert (again.pk, again.words.open().note) == (row.pk, "Lugnt")
    with pytest.raises(StaleEdit):
        write(cast, track, other.member, consent, version=row.version)
    with pytest.raises(Refused, match="redan börjat"):
        write(cast, track, other.member, consent)


def test_a_change_of_what_is_not_there_is_refused(cast: Cast, other: Other, track: Track, consent: Consent) -> None:
    with pytest.raises(Refused, match="redan skickad"):
        write(cast, track, other.member, consent, version=1)


def test_a_request_that_has_left_is_not_written_over(cast: Cast, other: Other, sent: KompottRequest) -> None:
    assert sent.consent is not None
    with pytest.raises(Refused, match="läge är ”sökt”"):
        write(cast, sent.track, other.member, sent.consent, version=sent.version)


def paused(cast: Cast, member: AgreementMember) -> None:
    agreement_actions.switch_member(by=cast.hanna, member=member, active=False)


def ended(cast: Cast, member: AgreementMember) -> None:
    agreement = Agreement.objects.get(pk=member.agreement_id)
    agreement.valid_until = timezone.localdate() - timedelta(days=1)
    agreement.save()


def unchecked(cast: Cast, member: AgreementMember) -> None:
    fresh = AgreementMember.objects.get(pk=member.pk)
    fresh.verify_key, fresh.seal_key, fresh.keys_checked_on = "", "", None
    fresh.save()


@pytest.mark.parametrize(
    ("spoil", "match"), [(paused, "deltar inte"), (ended, "gäller inte i dag"), (unchecked, "inte kontrollerade")]
)
def test_a_municipality_that_cannot_be_asked_is_refused(
    cast: Cast,
    other: Other,
    written: KompottRequest,
    spoil: Callable[[Cast, AgreementMember], None],
    match: str,
) -> None:
    """When it is chosen, and again when the request is sent."""
    spoil(cast, other.member)
    fresh = AgreementMember.objects.select_related("agreement").get(pk=other.member.pk)
    assert written.consent is not None
    with pytest.raises(Refused, match=match):
        write(cast, written.track, fresh, written.consent, version=written.version)
    with pytest.raises(Refused, match=match):
        actions.move_request(by=cast.alma, request=written, name="send")


def test_our_own_and_one_to_avoid_are_refused(cast: Cast, other: Other, track: Track, consent: Consent) -> None:
    with pytest.raises(Refused, match="annan kommun än vår egen"):
        write(cast, track, sides.own_member(other.member.agreement), consent)
    avoided = agreement_actions.add_member(by=cast.hanna, agreement=other.member.agreement, code="1214")
    avoided.keys_checked_on, avoided.verify_key, avoided.seal_key = timezone.localdate(), "ab", "cd"
    avoided.save()
    with pytest.raises(Refused, match="att undvika"):
        write(cast, track, avoided, consent)


def test_another_way_or_a_need_without_words_is_refused(
    cast: Cast, case: Case, other: Other, track: Track, consent: Consent
) -> None:
    plain = made.make_track(track.need)
    with pytest.raises(Refused, match="inte genom ett byte"):
        write(cast, plain, other.member, consent)
    NeedVersion.objects.get().delete()
    with pytest.raises(Refused, match="Skriv boendebehovet först"):
        write(cast, track, other.member, consent)


def test_a_consent_of_another_case_or_one_taken_back_is_refused(
    cast: Cast, other: Other, written: KompottRequest
) -> None:
    assert written.consent is not None
    consents.withdraw_consent(by=cast.alma, consent=written.consent, why="Hon ångrar sig")
    with pytest.raises(Refused, match="Samtycket gäller inte"):
        actions.move_request(by=cast.alma, request=written, name="send")


def test_the_file_of_the_need_is_not_made_again_when_the_consent_is_gone(
    cast: Cast, other: Other, sent: KompottRequest
) -> None:
    assert sent.consent is not None
    consents.withdraw_consent(by=cast.alma, consent=sent.consent, why="")
    with pytest.raises(Refused, match="Samtycket gäller inte"):
        file_actions.make_request_file(by=cast.alma, request=sent)
    row = answered(cast, other, sent, OFFER)
    with pytest.raises(Refused, match="Samtycket gäller inte"):
        actions.move_request(by=cast.alma, request=row, name="accept")
    back = go(cast, row, "withdraw", declined="consent_missing")
    assert (back.state, back.declined, back.track.state) == ("withdrawn", "consent_missing", "withdrawn")


def test_nothing_is_sent_before_the_need_is_given_out(cast: Cast, other: Other, track: Track, consent: Consent) -> None:
    row = write(cast, track, other.member, consent)
    with pytest.raises(Refused, match="Vem vet vad"):
        actions.move_request(by=cast.alma, request=row, name="send")
    row.refresh_from_db()
    assert (row.state, row.track.state) == ("new", "planned")


def test_the_file_tells_the_need_and_nothing_of_who(cast: Cast, other: Other, sent: KompottRequest) -> None:
    raw = file_actions.make_request_file(by=cast.alma, request=sent)
    message = other.read(raw)
    assert message.facts == {
        "urgency": "month", "adults": 1, "children": ["1-5"], "rooms": 2, "avoid": ["1214"], "region": [],
        "access": [], "pets": False, "obstacles": ["debts"], "threat": "",
    }  # fmt: skip
    assert sent.case.number.encode() not in raw
    assert sent.track.need.token not in str(message)


@pytest.mark.parametrize("who", ["bo", "eva", "hanna", "ada"])
def test_only_those_who_write_in_the_case_may(cast: Cast, other: Other, written: KompottRequest, who: str) -> None:
    user = getattr(cast, who)
    with pytest.raises(Forbidden):
        actions.move_request(by=user, request=written, name="send")
    with pytest.raises(Forbidden):
        file_actions.make_request_file(by=user, request=written)
    with pytest.raises(Forbidden):
        write(cast, written.track, other.member, written.consent, by=user)  # type: ignore[arg-type]


def test_in_a_closed_case_nothing_goes_on(cast: Cast, case: Case, sent: KompottRequest) -> None:
    close(cast, case)
    row = KompottRequest.objects.get(pk=sent.pk)
    with pytest.raises(Refused, match="avslutat"):
        actions.move_request(by=cast.cecilia, request=row, name="withdraw", declined="other_home")


def test_each_step_waits_until_the_one_before_is_told(cast: Cast, other: Other, written: KompottRequest) -> None:
    row = actions.move_request(by=cast.alma, request=written, name="send")
    row = answered(cast, other, row, OFFER)
    row = actions.move_request(by=cast.alma, request=row, name="accept")
    with pytest.raises(Refused, match="Tackar ja"):
        actions.move_request(by=cast.alma, request=row, name="move_in")
    file_actions.make_request_file(by=cast.alma, request=row)
    assert actions.move_request(by=cast.alma, request=row, name="move_in").state == "moved"


def test_nothing_to_tell_makes_no_file(cast: Cast, written: KompottRequest) -> None:
    with pytest.raises(Refused, match="inget nytt"):
        file_actions.make_request_file(by=cast.alma, request=written)


def test_without_keys_of_our_own_no_file_is_made(cast: Cast, written: KompottRequest) -> None:
    row = actions.move_request(by=cast.alma, request=written, name="send")
    ExchangeKey.objects.get().delete()
    with pytest.raises(Refused, match="inga nycklar"):
        file_actions.make_request_file(by=cast.alma, request=row)
    row.refresh_from_db()
    assert row.told_at is None


def test_taking_back_before_anybody_was_told_tells_nobody(cast: Cast, written: KompottRequest) -> None:
    row = actions.move_request(by=cast.alma, request=written, name="send")
    row = actions.move_request(by=cast.alma, request=row, name="withdraw", declined="other_home")
    assert (row.state, row.to_tell) == ("withdrawn", "")


def test_what_is_not_sent_is_not_taken_back(cast: Cast, written: KompottRequest) -> None:
    with pytest.raises(Refused, match="inte skickad"):
        actions.move_request(by=cast.alma, request=written, name="withdraw", declined="other_home")


def test_a_no_to_one_home_leaves_the_request_waiting(cast: Cast, other: Other, sent: KompottRequest) -> None:
    row = answered(cast, other, sent, OFFER)
    row = go(cast, row, "accept")
    assert row.quota is not None
    with pytest.raises(Refused, match="varför"):
        actions.move_request(by=cast.alma, request=row, name="turn_down")
    row = actions.move_request(by=cast.alma, request=row, name="turn_down", declined="too_near")
    assert (row.state, row.quota, row.track.state, row.track.offers_declined) == ("acknowledged", None, "queued", 1)
    told = other.read(file_actions.make_request_file(by=cast.alma, request=row))
    assert (told.kind, told.facts) == ("turned_down", {"why": "too_near"})
    assert row.member.quotas.get().taken == 0


def test_a_full_quota_holds(cast: Cast, other: Other, sent: KompottRequest) -> None:
    quotas.set_quota(by=cast.hanna, member=other.member, year=timezone.localdate().year, homes=0)
    row = answered(cast, other, sent, OFFER)
    with pytest.raises(Refused, match="är full"):
        actions.move_request(by=cast.alma, request=row, name="accept")
    row.refresh_from_db()
    assert (row.state, row.track.state) == ("offered", "offered")


def test_what_they_lose_or_refuse_comes_back_here(cast: Cast, other: Other, sent: KompottRequest) -> None:
    row = go(cast, answered(cast, other, sent, OFFER), "accept")
    row = answered(cast, other, row, ("offer_lost", {"why": "home_gone"}))
    assert (row.state, row.quota, row.track.state) == ("acknowledged", None, "queued")
    row = answered(cast, other, row, ("declined", {"why": "no_home"}))
    assert (row.state, row.declined, row.track.state, row.track.declined) == (
        "declined", "no_home", "declined", "no_home",
    )  # fmt: skip


def test_after_a_no_another_municipality_is_asked(cast: Cast, other: Other, sent: KompottRequest) -> None:
    answered(cast, other, sent, ("declined", {"why": "no_home"}))
    third = sides.make_other(cast.hanna, cast.ada, code="1287", agreement=other.member.agreement)
    with trail.act(Tag.TRACK_MOVED, by=cast.alma):
        track = moving.move(moving.locked(sent.track), "try_again")
    assert sent.consent is not None
    row = write(cast, track, third.member, sent.consent)
    assert row.reference != sent.reference


def test_time_runs_out_by_a_persons_step_and_not_before(cast: Cast, sent: KompottRequest) -> None:
    with pytest.raises(Refused, match="Svarstiden går ut"):
        actions.move_request(by=cast.alma, request=sent, name="expire")
    sent.answer_due_on = timezone.localdate() - timedelta(days=1)
    sent.save()
    row = go(cast, sent, "expire")
    assert (row.state, row.declined, row.track.state) == ("expired", "too_late", "expired")


@pytest.mark.parametrize(("days", "match"), [(1, "framåt"), (-1, "före erbjudandet")])
def test_moving_in_has_a_possible_day(cast: Cast, other: Other, sent: KompottRequest, days: int, match: str) -> None:
    row = go(cast, answered(cast, other, sent, OFFER), "accept")
    with pytest.raises(Refused, match=match):
        actions.move_request(by=cast.alma, request=row, name="move_in", on=timezone.localdate() + timedelta(days=days))


REFUSED = {"send", "accept", "turn_down", "move_in", "transfer", "keep", "close"}


@pytest.mark.parametrize("name", sorted(REFUSED - {"send"}))
def test_a_step_that_does_not_fit_is_refused(cast: Cast, sent: KompottRequest, name: str) -> None:
    assert ("sent", name) not in {(source, step) for source, step, _ in transitions(KompottRequest)}
    with pytest.raises(Refused):
        actions.move_request(by=cast.alma, request=sent, name=name, declined="other_home")
    sent.refresh_from_db()
    assert (sent.state, sent.track.state) == ("sent", "applied")


def test_a_consent_about_somebody_else_is_refused(cast: Cast, other: Other, track: Track) -> None:
    elsewhere = factories.make_case(cast.cecilia, given_name="Berta")
    factories.assign(cast.cecilia, elsewhere, cast.alma)
    words = ConsentWords(recipient="Lund", purpose="Ett hem", contents="Behovet")
    with pytest.raises(Refused, match="Samtycket gäller inte"):
        write(cast, track, other.member, made.make_consent(cast.alma, elsewhere, words=words))

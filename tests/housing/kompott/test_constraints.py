"""What belongs together in a row of an exchange, held by the database itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from housing.kompott.models import Agreement, AgreementMember, ExchangeKey, KompottOffer, KompottRequest
from tests.cast import Cast
from tests.housing.kompott import sides
from tests.housing.kompott.conftest import answered
from tests.housing.kompott.sides import Other

TODAY = timezone.localdate()


def put(model: Any, pk: Any, **columns: Any) -> None:
    """Past every rule but the database's."""
    with transaction.atomic(), trail.bulk(Tag.IMPORTED):
        model.objects.filter(pk=pk).update(**columns)


def refused(match: str, model: Any, pk: Any, **columns: Any) -> None:
    with pytest.raises(IntegrityError, match=match):
        put(model, pk, **columns)


def test_an_agreement_runs_forward(cast: Cast) -> None:
    pk = sides.make_agreement(cast.hanna).pk
    put(Agreement, pk, valid_from=TODAY, valid_until=TODAY)
    put(Agreement, pk, valid_from=TODAY, valid_until=TODAY + timedelta(days=1))
    refused("agreement_time_forward", Agreement, pk, valid_from=TODAY, valid_until=TODAY - timedelta(days=1))


def test_keys_are_whole_or_none(other: Other) -> None:
    pk, none = other.member.pk, {"verify_key": "", "seal_key": "", "keys_checked_on": None}
    put(AgreementMember, pk, **none)
    put(AgreementMember, pk, verify_key="a", seal_key="b", keys_checked_on=TODAY)
    for half in ({"verify_key": ""}, {"seal_key": ""}, {"keys_checked_on": None}):
        refused("member_keys_whole", AgreementMember, pk, **half)


def test_one_municipality_once_and_one_is_ours(other: Other) -> None:
    refused("member_once|agreement_id", AgreementMember, other.member.pk, code="1280")
    refused("member_one_own|agreement_id", AgreementMember, other.member.pk, own=True)


def test_one_pair_of_keys_is_in_use(cast: Cast, other: Other) -> None:
    from housing.kompott import file_actions

    old = ExchangeKey.objects.get()
    file_actions.make_keys(by=cast.ada)
    refused("exchangekey_one_in_use|in_use", ExchangeKey, old.pk, in_use=True)


def test_a_state_is_one_of_the_known(cast: Cast, other: Other, sent: KompottRequest) -> None:
    refused("kompottrequest_state_known|kompottrequest_sent_whole", KompottRequest, sent.pk, state="gone")
    refused("kompottoffer_state_known", KompottOffer, sides.come(other, cast.hanna).pk, state="gone")


def test_what_is_sent_has_its_day_and_its_consent(written: KompottRequest) -> None:
    pk = written.pk
    put(KompottRequest, pk, state="new", sent_on=None)
    put(KompottRequest, pk, state="sent", sent_on=TODAY)
    refused("kompottrequest_sent_whole", KompottRequest, pk, sent_on=None)
    refused("kompottrequest_sent_whole", KompottRequest, pk, consent=None)
    refused("kompottrequest_sent_whole", KompottRequest, pk, state="new")
    put(KompottRequest, pk, state="withdrawn", sent_on=None, consent=None, declined="other_home")


@pytest.mark.parametrize(
    "make", [lambda cast, other, sent: sent, lambda cast, other, sent: sides.come(other, cast.hanna)]
)
def test_what_came_to_nothing_says_why(
    cast: Cast, other: Other, sent: KompottRequest, make: Callable[..., Any]
) -> None:
    row = make(cast, other, sent)
    name = f"{row._meta.model_name}_stopped_whole"
    assert name in {"kompottrequest_stopped_whole", "kompottoffer_stopped_whole"}
    refused(name, type(row), row.pk, declined="no_home")
    refused(name, type(row), row.pk, state="declined")
    put(type(row), row.pk, state="declined", declined="no_home")
    put(type(row), row.pk, state="sent", declined="")


def test_a_track_asks_one_municipality_at_a_time(cast: Cast, other: Other, sent: KompottRequest) -> None:
    row = KompottRequest.objects.get(pk=sent.pk)
    again = KompottRequest(
        track=row.track, case=row.case, client_id=row.client_id, member=row.member, reference="K-ZZZZZZZZ",
        words=row.words.open(),
    )  # fmt: skip
    with pytest.raises(IntegrityError, match=r"kompottrequest_one_of_a_track|track_id"), transaction.atomic():
        again.save()
    answered(cast, other, row, ("declined", {"why": "no_home"}))
    again.save()


def test_a_reference_is_used_once(cast: Cast, other: Other, sent: KompottRequest) -> None:
    row = sides.come(other, cast.hanna)
    second = sides.come(other, cast.hanna, "K-99999999")
    refused("kompottoffer_once|reference", KompottOffer, second.pk, reference=row.reference)

"""The other municipality of the tests: it has keys of its own and makes and opens files as its own program would."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.cases.models import Case
from casework.crypto import parcel
from casework.crypto.parcel import Pair
from casework.signin.models import User
from housing.kompott import agreement_actions, exchange, file_actions, keys
from housing.kompott.kinds import Message, understood
from housing.kompott.models import AgreementMember, AgreementWords, ExchangeKey, KompottOffer
from housing.quotas import actions as quotas
from housing.tracks.models import Track
from tests.housing import made

OWN, LUND = "1280", "1281"
PROFILE = made.NeedProfile(adults=1, children=["1-5"], rooms=2, avoid=["1214", "city_north"], obstacles=["debts"])
FACTS = {"urgency": "month", "adults": 1, "children": ["6-12"], "rooms": 3, "avoid": [], "access": [], "pets": False,
         "obstacles": ["debts"], "threat": "partner", "region": []}  # fmt: skip


@dataclass
class Other:
    """Lund, with whom we have an agreement."""

    member: AgreementMember
    code: str = LUND
    pair: Pair = field(default_factory=parcel.make_pair)

    def file(self, kind: str, reference: str, facts: dict[str, Any] | None = None, **more: Any) -> bytes:
        """A file from there to us."""
        own = ExchangeKey.objects.get(in_use=True)
        told = Message(kind, reference, facts or {}).content()
        names = {"pair": self.pair, "sender": self.code, "to": OWN, "seal_key": own.seal_key, "days": 14}
        return exchange.seal(content=told, **{**names, **more}).raw

    def read(self, raw: bytes) -> Message:
        """What a file from us says, after every check that the other program makes."""
        file = exchange.read(raw)
        file.check_for(self.code)
        file.check_signed(ExchangeKey.objects.get(in_use=True).verify_key)
        file.check_time(timezone.now())
        return understood(file.unpack({self.pair.seal_key: self.pair.opening}))


def make_agreement(by: User, **more: Any) -> Any:
    today = timezone.localdate()
    facts = {
        "name": "Kompott Skåne", "valid_from": today - timedelta(days=30), "valid_until": today + timedelta(days=300),
        "answer_days": 14, "lease": "first_hand", "sublet_months": 12, "words": AgreementWords(),
    }  # fmt: skip
    return agreement_actions.write_agreement(by=by, **{**facts, **more})


def make_other(by: User, admin: User, *, code: str = LUND, homes: int = 2, agreement: Any = None) -> Other:
    """A municipality whose keys are checked, with quotas of this year; we have keys too."""
    if keys.in_use() is None:
        file_actions.make_keys(by=admin)
    agreement = agreement or make_agreement(by)
    member = agreement_actions.add_member(by=by, agreement=agreement, code=code)
    other = Other(member, code)
    heard = parcel.fingerprint(other.pair.verify_key, other.pair.seal_key)
    both = {"verify_key": other.pair.verify_key, "seal_key": other.pair.seal_key, "heard": heard}
    other.member = agreement_actions.check_keys(by=by, member=member, version=member.version, **both)
    year = timezone.localdate().year
    quotas.set_quota(by=by, member=other.member, year=year, homes=homes)
    quotas.set_quota(by=by, member=own_member(agreement), year=year, homes=homes)
    return other


def own_member(agreement: Any) -> AgreementMember:
    return AgreementMember.objects.get(agreement=agreement, own=True)


def make_track(by: User, case: Case) -> Track:
    """A way of this kind that is being planned, for a need that has been handed over."""
    return made.make_track(
        made.make_need(by, case, profile=PROFILE), made.make_kind("way_kompott", key="kompott", receiver="municipality")
    )


def come(other: Other, by: User, reference: str = "K-22334455", **facts: Any) -> KompottOffer:
    """A request from there, taken in."""
    row = file_actions.import_file(by=by, raw=other.file("request", reference, {**FACTS, **facts}))
    assert isinstance(row, KompottOffer)
    return row


def flipped(raw: bytes, **changes: Any) -> bytes:
    """The file with fields of its header changed, in canonical form again."""
    return exchange.canonical({**json.loads(raw), **changes})

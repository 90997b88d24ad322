"""A consent that holds, and plans as the acts make them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.cases.consents import actions as consents
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.models import Case
from casework.cases.sip import actions
from casework.cases.sip.models import PartWords, Sip, SipPart, SipWords
from casework.signin.models import User
from tests.cast import Cast

TODAY = timezone.localdate()


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def agree(by: User, case: Case, **more: Any) -> Consent:
    said = ConsentWords(recipient="Regionen", purpose="Gemensam plan", contents="Att hon har stöd")
    facts: dict[str, Any] = {"given_by": "person", "way": "oral", "given_on": TODAY, "until": day(90)}
    return consents.note_consent(by=by, case=case, words=said, **{**facts, **more})


@pytest.fixture
def consent(cast: Cast, case: Case) -> Consent:
    return agree(cast.alma, case)


def words(**more: str) -> SipWords:
    return SipWords(**{"aim": "Wyxmålet", "parties": "Vårdcentralen", "responsible": "Kuratorn", **more})


def call(by: User, case: Case, consent: Consent, **more: Any) -> Sip:
    facts: dict[str, Any] = {"responsible": "region", "meeting_at": timezone.now(), "words": words()}
    return actions.call_sip(by=by, case=case, consent=consent, **{**facts, **more})


def add(by: User, sip: Sip, **more: Any) -> SipPart:
    facts: dict[str, Any] = {"words": PartWords(who="Plyxen", what="Boka tid"), "due_on": day(30)}
    return actions.add_part(by=by, sip=sip, **{**facts, **more})


def hold(by: User, sip: Sip, **more: Any) -> Sip:
    facts: dict[str, Any] = {"held_on": TODAY, "review_on": day(30), "her_view": "Det känns bra"}
    return actions.hold_sip(by=by, sip=sip, **{**facts, **more})


def follow(by: User, sip: Sip, **more: Any) -> Sip:
    facts: dict[str, Any] = {"followed_on": TODAY, "review_on": day(60), "her_view": "Ännu bättre"}
    return actions.follow_up_sip(by=by, sip=sip, **{**facts, **more})


@pytest.fixture
def planned(cast: Cast, case: Case, consent: Consent) -> Sip:
    sip = call(cast.alma, case, consent)
    add(cast.alma, sip)
    return sip


@pytest.fixture
def held(cast: Cast, planned: Sip) -> Sip:
    return hold(cast.alma, planned)

"""Children of an age, their guardians, and consents of whoever gives them."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.utils import timezone

from casework.cases.consents import actions
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.models import Case
from casework.clients.children import actions as children
from casework.clients.children import guardian_actions
from casework.clients.children.models import Child, Guardian, GuardianWords
from casework.clients.models import Identity
from casework.crypto.personnummer import luhn
from casework.signin.models import User
from tests.cast import Cast

TODAY = timezone.localdate()
MakeChild = Callable[..., Child]
MakeGuardian = Callable[..., Guardian]
_serial = count()


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def number_of(born: date) -> str:
    base = f"{born:%Y%m%d}98{next(_serial) % 10}"
    return base + str(luhn(base[2:]))


@pytest.fixture
def child_of(cast: Cast, case: Case) -> MakeChild:
    """A child in the case who is so many years old today; of no known age without a number of years."""

    def make(years: int | None, alias: str = "Äldsta", **more: Any) -> Child:
        number = ""
        if years is not None:
            born = TODAY - timedelta(days=years * 366) if "days" not in more else TODAY - timedelta(days=more["days"])
            number = number_of(born)
        who = Identity(given_name="Qvirina", number=number, number_kind="personnummer" if number else "")
        return children.add_child(by=cast.alma, case=case, identity=who, alias=alias, lives_with=True)

    return make


@pytest.fixture
def guardian_of(cast: Cast) -> MakeGuardian:
    def make(child: Child, **more: Any) -> Guardian:
        facts = {"basis": "custody_sole", "valid_from": day(-30), "may_consent": True, **more}
        return guardian_actions.set_guardian(by=cast.alma, child=child, words=GuardianWords(name="Plyx"), **facts)

    return make


def words(**more: str) -> ConsentWords:
    said = {"recipient": "Kuratorn", "purpose": "Planera stödet", "contents": "Att hon har stöd", **more}
    return ConsentWords(**said)


def note(by: User, case: Case, **more: Any) -> Consent:
    facts: dict[str, Any] = {"given_by": "person", "way": "oral", "given_on": TODAY, "until": day(90)}
    return actions.note_consent(by=by, case=case, **{**facts, "words": words(), **more})

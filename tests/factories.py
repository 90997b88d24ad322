"""Clients, cases and notes for tests, made through the product's own acts."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from casework.cases import actions as cases
from casework.cases.journal.actions import Step, sign_step
from casework.cases.models import Case, JournalNote, Narrative
from casework.clients import actions as clients
from casework.clients.models import Address, Channels, Client, Identity
from casework.signin.models import User
from contacts.assignments import actions as contacts
from contacts.models import Assignment

# Days 1900-1929 with serial 980-989 are what Skatteverket keeps for tests; none of them belongs to anybody alive.
_serial = count()


def test_number() -> str:
    """A well-formed number of a person who does not exist."""
    from casework.crypto.personnummer import luhn

    at = next(_serial)
    base = f"{1900 + at // 3360 % 10:04d}{at // 280 % 12 + 1:02d}{at // 10 % 28 + 1:02d}98{at % 10}"
    return base + str(luhn(base[2:]))


def make_client(by: User, **identity: Any) -> Client:
    who = {"given_name": "Testa", "family_name": "Testsson", "number": "", **identity}
    return clients.register_client(
        by=by,
        identity=Identity(**who),
        address=Address(),
        channels=Channels(safe_way="Ring, säg kodordet"),
        pseudonymous=not (who["given_name"] or who["family_name"] or who["number"]),
    )


def make_case(by: User, *, client: Client | None = None, taken_in_days_ago: int = 0, **identity: Any) -> Case:
    section = by.led_sections.get()
    return cases.open_intake(
        by=by,
        client=client or make_client(by, **identity),
        section=section,
        referral_source="police",
        legal_basis="",
        taken_in_on=timezone.localdate() - timedelta(days=taken_in_days_ago),
        first_contact_on=None,
        narrative=Narrative(background="Bakgrund", wishes="Önskan"),
    )


def assign(by: User, case: Case, user: User, kind: str = "main") -> Assignment:
    """Offered and accepted."""
    offer = contacts.offer_assignment(by=by, case=case, user=user, kind=kind, no_conflict=True)
    done = contacts.accept_assignment(by=user, assignment=offer, no_conflict=True)
    case.refresh_from_db()
    return done


def make_step(
    by: User, case: Case, *, text: str = "Vi talades vid.", when: datetime | None = None, **more: Any
) -> JournalNote:
    facts = {"kind": "talk", "place": "office", "way": "with", "outcome": "done", "minutes": 30, **more}
    return sign_step(by=by, case=case, step=Step(text=text, occurred_at=when or timezone.now(), **facts))


def step_data(**more: Any) -> dict[str, Any]:
    """A support step as the form sends it."""
    now = timezone.localtime()
    return {
        "text": "Vi gick igenom brevet.",
        "kind": "talk",
        "way": "with",
        "place": "office",
        "outcome": "done",
        "actor": "",
        "occurred_at_0": now.strftime("%Y-%m-%d"),
        "occurred_at_1": now.strftime("%H.%M"),
        "minutes": "30",
        "next_step": "",
        "next_on": "",
        **more,
    }


def intake_data(section: Any, /, **more: Any) -> dict[str, Any]:
    """The intake form as it is sent."""
    return {
        "given_name": "Berta",
        "family_name": "Blom",
        "number": "",
        "language": "",
        "safe_way": "Ring, säg kodordet",
        "section": str(section.pk),
        "referral_source": "police",
        "taken_in_on": str(timezone.localdate()),
        **more,
    }

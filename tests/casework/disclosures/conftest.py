"""A case in which everything there could be told of is filled in, with words that cannot be mistaken for others."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from audit import trail
from audit.tags import Tag
from casework.cases.disclosures import actions
from casework.cases.disclosures.models import Disclosure, DisclosureWords
from casework.cases.insatser.models import Actor, ActorWords, Insats, InsatsWords
from casework.cases.models import Case
from casework.cases.risk.models import RiskAssessment, RiskWords
from casework.cases.safety.models import SafetyPlan, SafetyWords
from casework.clients import actions as clients
from casework.clients.children.models import Child
from casework.clients.models import Address, Channels, Identity
from casework.clients.relatives.models import RelatedPerson, RelatedWords
from casework.signin.models import User
from tests.casework.consents.conftest import child_of, guardian_of, note
from tests.cast import Cast

__all__ = ["child_of", "guardian_of", "note"]

TODAY = timezone.localdate()
ADDRESS = Address(
    street="Wyxgatan 1", postal_code="98765", town="Wyxstad", note="Wyxporten", municipality="Wyxkommun",
    court="Wyxtingsrätt", employer="Wyxarbete", landlord="Wyxhem", health_centre="Wyxvårdcentral",
)  # fmt: skip
CHANNELS = Channels(safe_way="Wyxsätt", phone="0700-000001", when="Kvällar", code_word="Plommonträd", do_not="Sms")


def words(**more: Any) -> DisclosureWords:
    said = {"recipient": "Kuratorn Plyx", "purpose": "Planera stödet", "weighing": "Behovet väger över"}
    return DisclosureWords(**{**said, "facts": ["case"], **more})


def propose(by: User, case: Case, *, provision: str = "osl_26_1", **more: Any) -> Disclosure:
    """`facts`, `other` and the like are words; what the act itself takes is given by name."""
    named = {name: more.pop(name) for name in ("child", "guardian", "consent", "actor", "asked_on") if name in more}
    facts = {"asked_on": TODAY, **named, "words": words(**more)}
    return actions.propose_disclosure(by=by, case=case, provision=provision, **facts)


def protect(by: User, case: Case, kind: str = "SECRECY_MARKING") -> None:
    clients.add_mark(by=by, case=case, kind=kind, valid_from=TODAY)


def make_actor(**more: Any) -> Actor:
    facts = {"name": "Wyxjouren", "branch": "actor_private", "secrecy": "duty", **more}
    with trail.act(Tag.IMPORTED):
        actor = Actor(**facts, words=ActorWords())
        actor.save()
    return actor


def make_insats(by: User, case: Case, actor: Actor | None, child: Child | None = None, **more: Any) -> Insats:
    """One that goes on."""
    facts = {"area": "area_school" if child else "area_housing", "ground": "decision", "legal_basis": "sol_11_1"}
    decided = {"decided_on": TODAY, "decided_by": by, "started_on": TODAY, "responsible": by, "favourable": True}
    with trail.act(Tag.IMPORTED):
        insats = Insats(
            case=case, client_id=(child or case).client_id, child=child, actor=actor, **{**facts, **decided, **more},
            words=InsatsWords(need="Wyxbehov"),
        )  # fmt: skip
        insats.rest_on()
        insats.start()
        insats.save()
    return insats


@pytest.fixture
def full(cast: Cast, case: Case) -> Case:
    """The case of somebody who is protected, of whom everything is known."""
    client = case.client
    number = "189001019802"
    who = Identity(
        given_name="Åsa", family_name="Öberg-Lind", number=number, number_kind="personnummer", language="Wyxiska",
        interpreter=True,
    )  # fmt: skip
    client = clients.change_identity(by=cast.alma, case=case, identity=who, version=client.version)
    review = TODAY + timedelta(days=30)
    version = client.version
    client = clients.change_address(by=cast.alma, case=case, address=ADDRESS, review_on=review, version=version)
    clients.change_channels(by=cast.alma, case=case, channels=CHANNELS, version=client.version)
    protect(cast.alma, case)
    owner = {"case": case, "client_id": case.client_id}
    with trail.act(Tag.IMPORTED):
        RiskAssessment(
            **owner, instrument="sara_sv", occasion="first", assessed_on=TODAY, assessed_by=cast.alma,
            assessor_level="high", review_on=review, words=RiskWords(result="Wyxrisk"),
        ).save()  # fmt: skip
        SafetyPlan(
            **owner, review_on=review, written_by=cast.alma, words=SafetyWords(avoid=["shop"], advice="Wyxråd")
        ).save()
        RelatedPerson(
            **owner,
            part="perpetrator",
            relation="partner",
            noted_by=cast.alma,
            words=RelatedWords(name="Plyxer Plyxson", number=number),
        ).save()
    make_insats(cast.cecilia, case, make_actor())
    return Case.objects.select_related("client").get(pk=case.pk)


def text_of(pdf: bytes) -> str:
    """Everything that stands in a PDF, its own facts too."""
    reader = PdfReader(BytesIO(pdf))
    about = " ".join(str(value) for value in (reader.metadata or {}).values())
    return " ".join([*(page.extract_text() for page in reader.pages), about])

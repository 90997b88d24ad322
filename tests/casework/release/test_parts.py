"""Each part of the record gives its words, its codes in Swedish, and nothing when there is nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.disclosures.models import Disclosure, DisclosureWords
from casework.cases.documents.models import Document, DocumentDetails
from casework.cases.exposure.models import ExposureIncident, ExposureMeasure, ExposureWords, MeasureWords
from casework.cases.insatser.models import FollowUpWords, Insats, InsatsFollowUp, InsatsWords
from casework.cases.letters.models import Letter, LetterTemplate, LetterWords, TemplateWords
from casework.cases.models import Case
from casework.cases.release import parts
from casework.cases.release.scope import Scope
from casework.cases.risk.models import RiskAssessment, RiskWords
from casework.cases.safety.models import SafetyPlan, SafetyWords
from casework.cases.sip.models import PartWords, Sip, SipPart, SipWords
from casework.clients.children.models import Child, ChildWords, Visitation, VisitationWords
from casework.signin.models import User
from tests.cast import Cast

TODAY, NOW = timezone.localdate(), timezone.now()
LATER = TODAY + timedelta(days=60)
Make = Callable[[dict[str, Any], User], list[Any]]


def told(scope: Scope, key: str) -> str:
    """What a part of the record gives, as one text."""
    found = parts.collect(parts.chosen([key], scope), scope)
    return "\n".join(f"{each.heading}\n{each.text}" for each in found)


def risk(own: dict[str, Any], by: User) -> list[Any]:
    words = RiskWords(result="Tre av fem", measures="Byt telefon")
    facts = {"instrument": "freda_short", "occasion": "first", "assessor_level": "high", "own_level": "low"}
    return [RiskAssessment(**own, **facts, assessed_on=TODAY, assessed_by=by, review_on=LATER, words=words)]


def safety(own: dict[str, Any], by: User) -> list[Any]:
    words = SafetyWords(avoid=["library"], advice="Gå två och två")
    return [SafetyPlan(**own, review_on=LATER, written_by=by, words=words)]


def exposure(own: dict[str, Any], by: User) -> list[Any]:
    words = ExposureWords(what="Skolans namn", lessons="Läs två gånger")
    row = ExposureIncident(**own, found_at=NOW, source="us", reported_by=by, words=words)
    said = MeasureWords(note="Ringde genast")
    more = {"incident": row, "client_id": own["client_id"], "done_by": by}
    return [row, ExposureMeasure(**more, step="warned", words=said), ExposureMeasure(**more, step="risk")]


def insats(own: dict[str, Any], by: User) -> list[Any]:
    words = InsatsWords(need="Behöver bostad", motivation="Hon har ingen", appeal="Skriv inom tre veckor")
    row = Insats(**own, area="area_housing", responsible=by, words=words)
    came = FollowUpWords(result="Hon har fått en visning", her_view="Det går sakta")
    return [row, InsatsFollowUp(insats=row, client_id=own["client_id"], held_on=TODAY, by=by, words=came)]


def consent(own: dict[str, Any], by: User) -> list[Any]:
    words = ConsentWords(recipient="Vårdcentralen", contents="Att hon har stöd", withdrawn="Hon ångrade sig")
    facts = {"given_by": "person", "way": "oral", "given_on": TODAY, "until": LATER, "noted_by": by}
    return [Consent(**own, **facts, withdrawn_at=NOW, withdrawn_by=by, words=words)]


def sip(own: dict[str, Any], by: User) -> list[Any]:
    [given] = consent(own, by)
    row = Sip(**own, consent=given, responsible="region", called_by=by, meeting_at=NOW, words=SipWords(aim="Bo tryggt"))
    words = PartWords(who="Regionen", what="Ordnar en tid")
    return [given, row, SipPart(sip=row, client_id=own["client_id"], words=words)]


def disclosure(own: dict[str, Any], by: User) -> list[Any]:
    words = DisclosureWords(recipient="Polisen", weighing="Det väger över", facts=["okänd"], other="Ett datum")
    return [Disclosure(**own, provision="osl_10_28", proposed_by=by, words=words)]


def letter(own: dict[str, Any], by: User) -> list[Any]:
    words = TemplateWords(subject="Möte", body="Kom den [[dag]] till [[plats]].", sender="Sektionen")
    template = LetterTemplate(key=uuid4(), number=1, name="Kallelse", kind="letter_invitation", written_by=by)
    template.words = words
    facts = {"template": template, "recipient": "to_person", "written_by": by}
    row = Letter(**own, **facts, channel="handed", printed_at=NOW, printed_by=by)
    row.words = LetterWords(filled={"dag": "3 mars", "plats": "oss"})
    waiting = Letter(**own, **facts)
    waiting.words = LetterWords(filled={"dag": "Borta.pdf"})
    return [template, row, waiting]


def document(own: dict[str, Any], by: User) -> list[Any]:
    kept = Document(**own, kind="doc_decision", added_by=by, details=DocumentDetails(name="Dom.pdf", about="Vårdnad"))
    gone = Document(**own, kind="doc_other", added_by=by, destroyed_at=NOW, destroyed_by=by)
    gone.details = DocumentDetails(name="Borta.pdf")
    return [kept, gone]


SAID: list[tuple[str, Make, tuple[str, ...]]] = [
    ("risks", risk, ("FREDA-kortfrågor", "Bedömarens uppfattning: Hög", "Tre av fem", "Åtgärder: Byt telefon")),
    ("safety", safety, ("Säkerhetsplan", "Undviker: ", "Gå två och två")),
    ("exposures", exposure, ("Kom ut genom: Vi", "Skolans namn", "Ringde genast", "Ny riskbedömning", "Gjort")),
    ("insatser", insats, ("Insats: Boende", "Läge: Behov", "Behöver bostad", "Skriv inom", "visning", "Det går sakta")),
    ("consents", consent, ("Vårdcentralen", "Att hon har stöd", "Personen själv", "Hon ångrade sig")),
    ("sips", sip, ("SIP, möte", "Huvudansvar: Regionen", "Bo tryggt", "Del, Regionen: Ordnar en tid")),
    ("disclosures", disclosure, ("Förslag", "OSL 10 kap. 28 §", "Polisen", "Det väger över", "Ett datum")),
    ("letters", letter, ("Personen i ärendet", "Rubrik: Möte", "Kom den 3 mars till oss.", "Avsändare: Sektionen")),
    ("documents", document, ("Beslut eller dom", "Dom.pdf", "Vårdnad")),
]


@pytest.mark.parametrize(("key", "make", "words"), SAID, ids=[key for key, _, _ in SAID])
def test_a_part_gives_what_stands_in_it(cast: Cast, case: Case, key: str, make: Make, words: tuple[str, ...]) -> None:
    assert not told(Scope(case), key)
    with trail.act(Tag.IMPORTED):
        for row in make({"case": case, "client_id": case.client_id}, cast.alma):
            row.save()
    text = told(Scope(case), key)
    for word in words:
        assert word in text
    assert "Borta.pdf" not in text
    assert "okänd" not in text
    assert told(Scope(case, until=date(2020, 1, 1)), key) == (text if key == "safety" else "")


def test_a_childs_part_is_the_childs_own(cast: Cast, case: Case, child: Child) -> None:
    with trail.act(Tag.IMPORTED):
        for owner, more in ((case.client_id, {}), (child.client_id, {"child": child})):
            [row] = disclosure({"case": case, "client_id": owner, **more}, cast.alma)
            row.words = DisclosureWords(recipient="Skolan" if more else "Banken")
            row.save()
        words = VisitationWords(terms="Varannan lördag")
        row = Visitation(
            child=child, case=case, client_id=child.client_id, basis="court", valid_from=TODAY, words=words
        )
        row.save()
        child.words = ChildWords(alias="Äldsta barnet", needs="Lugn och ro")
        child.save()
    own, hers = told(Scope(case), "disclosures"), told(Scope(case, child), "disclosures")
    assert ("Banken" in own, "Skolan" in own, "Banken" in hers, "Skolan" in hers) == (True, False, False, True)
    assert "Varannan lördag" in told(Scope(case, child), "child_visits")
    assert "Lugn och ro" in told(Scope(case, child), "child_needs")
    assert not told(Scope(case), "child_needs")

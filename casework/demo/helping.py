"""What is done for one invented person together with others: consents, insatser, what is told and what is written."""

from datetime import timedelta

from django.utils import timezone

from casework.cases.consents.actions import note_consent
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.disclosures import actions as disclosures
from casework.cases.disclosures.models import Disclosure, DisclosureWords
from casework.cases.documents import actions as documents
from casework.cases.insatser import actions as insatser
from casework.cases.insatser import ground_actions as grounds
from casework.cases.insatser import move_actions as moves
from casework.cases.insatser.models import Actor, Area, Insats, InsatsWords
from casework.cases.models import Case
from casework.clients.relatives.actions import add_related
from casework.clients.relatives.models import RelatedPerson, RelatedWords
from casework.signin.models import User

APPEAL = "Du kan överklaga till förvaltningsrätten. Skriv till oss inom tre veckor från att du fick del av beslutet."


def tell_helping(case: Case, alma: User, cecilia: User) -> None:
    """Who is around her, what she agrees to, and what has come of it."""
    _around(case, alma)
    school = _consent(case, alma, "Skolans rektor", "Att barnen hämtas tryggt", "Att uppgifterna är skyddade")
    _support(case, alma)
    _home(case, alma, cecilia)
    _told(case, alma, school)
    plain = "Överenskommelse med skolan: barnen hämtas bara av personer på listan.".encode()
    file = documents.check_file(by=alma, case=case, name="overenskommelse.txt", data=plain)
    documents.add_document(
        by=alma, case=case, child=None, kind="doc_agreement", about="Överenskommelse om hämtning", file=file
    )


def _around(case: Case, by: User) -> None:
    add_related(
        by=by, case=case, part=RelatedPerson.Part.PERPETRATOR, relation=RelatedPerson.Relation.FORMER_PARTNER,
        words=RelatedWords(name="Påhittad Person", about="Barnens far.", threat="Har sökt henne genom släktingar."),
    )  # fmt: skip
    add_related(
        by=by, case=case, part=RelatedPerson.Part.NETWORK, relation=RelatedPerson.Relation.SIBLING,
        words=RelatedWords(name="Påhittad Syster", about="Passar barnen.", contact="Genom Noor själv."),
    )  # fmt: skip


def _consent(case: Case, by: User, recipient: str, purpose: str, contents: str) -> Consent:
    today = timezone.localdate()
    return note_consent(
        by=by, case=case, given_by="person", way="written", given_on=today - timedelta(days=20),
        until=today + timedelta(days=160), words=ConsentWords(recipient=recipient, purpose=purpose, contents=contents),
    )  # fmt: skip


def _support(case: Case, by: User) -> None:
    """Runs, resting on her consent."""
    today = timezone.localdate()
    actor = Actor.objects.get(name="Barnahus Malmö")
    agreed = _consent(case, by, actor.name, "Stödsamtal för barnen", "Att barnen har upplevt våld")
    row = _need(case, by, Area.HEALTH, "Någon att prata med om det som hänt.")
    row = moves.ask_insats(
        by=by, insats=row, actor=actor, offer=None, consent=agreed, asked_on=today - timedelta(days=18)
    )
    row = grounds.rest_on_consent(by=by, insats=row, consent=agreed, legal_basis=Insats.LegalBasis.VICTIM)
    row = moves.order_insats(by=by, insats=row, ordered_on=today - timedelta(days=16))
    moves.start_insats(by=by, insats=row, started_on=today - timedelta(days=9), review_on=today + timedelta(days=21))


def _home(case: Case, by: User, chief: User) -> None:
    """Decided long ago and not carried out: the three months run."""
    row = _need(case, by, Area.HOUSING, "En egen lägenhet där barnen kan gå kvar i skolan.")
    grounds.decide_insats(
        by=chief, insats=row, favourable=True, legal_basis=Insats.LegalBasis.SUPPORT,
        decided_on=timezone.localdate() - timedelta(days=75), contents="Hjälp att få en egen bostad.",
        motivation="Hon kan inte ordna en bostad själv på grund av sin situation.", delegation="Sektionschefen",
        appeal=APPEAL,
    )  # fmt: skip


def _need(case: Case, by: User, area: str, need: str) -> Insats:
    return insatser.note_insats(
        by=by, case=case, child=None, area=area, actor=None, offer=None, responsible=by,
        noted_on=timezone.localdate() - timedelta(days=80), review_on=None, obstacle="",
        words=InsatsWords(need=need, who_does_what="Kontaktpersonen ringer och följer med första gången."),
    )  # fmt: skip


def _told(case: Case, by: User, agreed: Consent) -> None:
    proposed = disclosures.propose_disclosure(
        by=by, case=case, provision=Disclosure.Provision.CONSENT, consent=agreed, asked_on=timezone.localdate(),
        words=DisclosureWords(
            recipient="Skolans rektor", purpose="Att barnen hämtas tryggt", facts=["protection", "kontaktperson"],
            reservation="Berätta det inte för någon annan än barnens lärare.",
        ),
    )  # fmt: skip
    disclosures.give_disclosure(by=by, disclosure=proposed)

"""What the pages show of disclosures. A list opens none; every seal that is opened ends in the read event by itself."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.consents import readers as consents
from casework.cases.consents.models import Consent
from casework.cases.disclosures import contents, rules
from casework.cases.disclosures.contents import Fact
from casework.cases.disclosures.models import Disclosure, DisclosureWords
from casework.cases.insatser.models import Actor
from casework.cases.models import Case
from casework.clients.children import readers as children
from casework.clients.children.models import Child, Guardian
from casework.swedish import iso

PAGE = 50


@dataclass
class Row:
    """A disclosure in the register: never to whom."""

    disclosure: Disclosure
    about: str


@dataclass(frozen=True)
class Offer:
    """What there is to choose from when something is proposed."""

    facts: dict[str, Fact]
    consents: list[Consent]
    actors: list[Actor]
    guardians: list[Guardian]
    child: Child | None = None


@dataclass(frozen=True)
class Ground:
    """The consent that a disclosure rests on, for comparison with what is given out."""

    recipient: str
    contents: str
    until: Any
    holds: bool


def register(case: Case, number: str | None) -> Page[Row]:
    """The register of the case: what is proposed first, then the latest decided."""
    rows = Disclosure.objects.filter(case=case).select_related("proposed_by", "decided_by")
    latest = rows.order_by(F("decided_at").desc(nulls_first=True), "-asked_on", "-created_at")
    page: Page[Any] = Paginator(latest, PAGE).get_page(number)
    named: list[Any] = children.children_of(case)
    names = {child.pk: child.alias for child in named}
    page.object_list = [Row(row, names.get(row.child_id, about(None))) for row in page.object_list]
    return page


def about(child: Child | None) -> str:
    """Whom it is about, as staff speak of her."""
    return "Personen" if child is None else child.words.open().alias


def child_of(case: Case, stamp: str | None) -> Child | None:
    """The child named in an address; None when none is. Raises NotFound for one that is not in the case."""
    if not stamp:
        return None
    found = [child for child in children.children_of(case) if str(child.pk) == stamp]
    if not found:
        raise policy.NotFound(children.MISSING, [case.ref()])
    found[0].case = case
    return found[0]


def disclosure_of(case: Case, pk: UUID) -> Disclosure:
    """A disclosure of this case. Raises NotFound."""
    rows = Disclosure.objects.filter(case=case, pk=pk).select_related(
        "child__client", "guardian", "consent__guardian", "actor", "proposed_by", "decided_by"
    )
    found = rows.first()
    if found is None:
        raise policy.NotFound("Utlämnandet finns inte i ärendet.", [case.ref()])
    found.case = case
    if (now := visit.current()) is not None:
        now.owners[found.client_id.int] = case.number
    return found


def offer(case: Case, child: Child | None) -> Offer:
    """The choices of the form. Guardians only where it is about a child, and only those of today."""
    today = timezone.localdate()
    guardians = [row for row in Guardian.objects.filter(child=child) if rules.in_force(row, today)] if child else []
    actors = list(Actor.objects.filter(active=True))
    return Offer(contents.offered(child), consents.in_force_for(case, child), actors, guardians, child)


def slot_of(case: Case, child: Child | None) -> str:
    """The draft of a proposal; each child has its own."""
    return f"disclosure:{case.number}" + (f":{child.pk.hex[:20]}" if child else "")


def guardian_label(guardian: Guardian) -> str:
    """Without the name: on what ground, whether she is the person in the case, and whether she may know where."""
    whose = ", personen i ärendet" if guardian.is_case_person else ""
    tells = "får veta var barnet är" if guardian.may_receive_location else "får inte veta var barnet är"
    return f"{guardian.get_basis_display()}{whose}, från {iso(guardian.valid_from)}, {tells}"


def actor_label(actor: Actor) -> str:
    return f"{actor.name}: {actor.get_branch_display()}"


def labels(words: DisclosureWords) -> list[tuple[str, str]]:
    """(what is given out, how grave) of each fact, by label only: none is opened."""
    found = contents.chosen(words.facts).values()
    return [(fact.label, "" if fact.weight == contents.PLAIN else contents.WEIGHTS[fact.weight]) for fact in found]


def ground_of(disclosure: Disclosure) -> Ground | None:
    """The consent it rests on, opened."""
    if disclosure.consent_id is None:
        return None
    consent = consents.consent_of(disclosure.case, disclosure.consent_id)
    words = consent.words.open()
    return Ground(words.recipient, words.contents, consent.until, consent.in_force())

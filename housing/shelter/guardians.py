"""How the guardians of a child stand to a stay: who has to consent, who has, and which ground that leaves.

With the consent of all of them it is granted by SoL (2025:400) 22:5; without that of the other one it takes a court
(lag 2024:79, 1:1, 3:1-2, 4:2). What a guardian may be told is another question, and is not asked here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from casework.cases.consents.models import Consent
from casework.cases.rules import Refused
from casework.clients.children.models import Child, Guardian
from casework.clients.children.rules import GROWN_UP, age_on
from housing.shelter.models import ShelterStay

Ground = ShelterStay.Ground
Basis = Guardian.Basis


@dataclass(frozen=True)
class Standing:
    """One guardian. The person in the case consents by living there with the child; another one by a consent."""

    guardian: Guardian
    consent: Consent | None

    @property
    def consents(self) -> bool:
        return self.guardian.is_case_person or self.consent is not None

    @property
    def told(self) -> str:
        """In words, without saying who it is."""
        if self.guardian.is_case_person:
            return "Personen i ärendet, som barnet bor med"
        return "Samtycke finns" if self.consent is not None else "Inget samtycke som gäller"


def standings(children: Iterable[UUID], day: date) -> dict[UUID, list[Standing]]:
    """By child: everyone who has to consent that day, in two queries. A god man only when that is among the tasks."""
    wanted = list(children)
    given: dict[UUID, Consent] = {}
    for consent in Consent.objects.filter(child__in=wanted, withdrawn_at=None).select_related("guardian"):
        if consent.guardian_id is not None and consent.in_force(day):
            given[consent.guardian_id] = consent
    found: dict[UUID, list[Standing]] = defaultdict(list)
    in_force = Q(ended_on=None) | Q(ended_on__gt=day)
    for guardian in Guardian.objects.filter(in_force, child__in=wanted, valid_from__lte=day):
        if guardian.basis != Basis.GOD_MAN or guardian.may_consent:
            found[guardian.child_id].append(Standing(guardian, given.get(guardian.pk)))
    return found


def all_consent(of_child: list[Standing]) -> bool:
    """Whether the child has guardians, and each of them consents."""
    return bool(of_child) and all(one.consents for one in of_child)


def check_ground(child: Child, ground: str, of_child: list[Standing], day: date) -> None:
    """Raises Refused unless the guardians, as they stand, leave this ground (a value of Ground) for the child."""
    if not of_child:
        raise Refused("Anteckna barnets vårdnadshavare först, på barnets sida.")
    agreed = all_consent(of_child)
    if ground == Ground.ALL_CONSENT and not agreed:
        raise Refused(
            "En vårdnadshavare har inget samtycke som gäller. Anteckna samtycket, ansök hos förvaltningsrätten "
            "eller besluta om en omedelbar insats (lag 2024:79, 3 och 4 kap.)."
        )
    if ground == Ground.ALL_CONSENT:
        return
    if agreed:
        raise Refused("Alla vårdnadshavare samtycker. Välj den grunden (lag 2024:79, 1 kap. 1 §).")
    if not any(one.guardian.is_case_person for one in of_child):
        raise Refused(
            "Barnet placeras med en vårdnadshavare. Anteckna på barnets sida att personen i ärendet är det "
            "(lag 2024:79, 3 kap. 1 §)."
        )
    age = age_on(child.case.client.identity.open().number, day)
    if age is not None and age < GROWN_UP:
        raise Refused("Den vårdnadshavare som barnet placeras med ska vara myndig (lag 2024:79, 3 kap. 2 §).")

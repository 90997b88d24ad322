"""Search by name, personnummer, samordningsnummer or case number, and by nothing else (SoLPuF 15 §)."""

from dataclasses import dataclass, field
from typing import Any

from casework import policy
from casework.access import branches, visit
from casework.cases import naming
from casework.cases.models import Case
from casework.clients import numbers
from casework.clients.models import Client
from casework.crypto.personnummer import InvalidNumber
from casework.policy import Permission

MOST = 50


@dataclass
class Result:
    kind: str
    cases: list[Case] = field(default_factory=list)
    problem: str = ""
    more: bool = False


def search(user: Any, text: str) -> Result:
    """The visible cases that a text points to. A case outside the user's reach is not found, whoever it is about, and
    never one of another branch (OSL 8:2).
    """
    visible = branches.within(policy.visible_cases(user, Permission.CASE_READ), user).select_related("section")
    digits = [char for char in text if char.isdigit()]
    if naming.is_case_number(naming.normal_case_number(text)) and len(digits) == 8:
        return _found("case", visible.filter(number=naming.normal_case_number(text)))
    if len(digits) >= 6:
        try:
            number = numbers.parse(text)
        except InvalidNumber as wrong:
            return Result("number", problem=str(wrong))
        return _found("number", visible.filter(client__in=numbers.by_number(reachable(visible), number.twelve)))
    if digits:
        return Result("case", problem="Skriv hela numret: ett ärendenummer som 26-48173-5 eller ett personnummer.")
    if len(text.strip()) < 2:
        return Result("name", problem="Skriv minst två bokstäver av namnet.")
    return _found("name", visible.filter(client__in=numbers.by_name(reachable(visible), text)))


def reachable(visible: Any) -> Any:
    return Client.objects.filter(pk__in=visible.values("client"))


def _found(kind: str, cases: Any) -> Result:
    hits = list(cases.order_by("number")[: MOST + 1])
    visit.saw_all(hits[:MOST])
    return Result(kind, hits[:MOST], more=len(hits) > MOST)

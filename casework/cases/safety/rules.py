"""The rules of a safety plan, as a pair of check_x and can_x."""

from casework import policy
from casework.cases.letters import inference, known
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.paper.sheet import Unprintable, check_printable
from casework.policy import Permission
from casework.signin.models import User


def check_can_set(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may write in the safety plan, now."""
    policy.check_case(user, case, Permission.METHOD_WRITE)
    check_open(case)


def can_set(user: User, case: Case) -> bool:
    return allowed(check_can_set, user, case)


def check_can_copy(user: User, case: Case) -> None:
    """Raises Forbidden: who may print the person's own copy. A closed case is no hindrance: it is hers."""
    policy.check_case(user, case, Permission.METHOD_WRITE)


def can_copy(user: User, case: Case) -> bool:
    return allowed(check_can_copy, user, case)


def check_gives_nothing_away(case: Case, own_copy: str) -> None:
    """Raises Refused when whoever finds the person's copy could see who she is, where, or why she has support."""
    found = given_away(case, own_copy)
    if found:
        raise Refused(f"Hennes eget exemplar får inte avslöja något. {' '.join(found)}")


def given_away(case: Case, own_copy: str) -> list[str]:
    """Each thing in the text that tells something, as a sentence; and what cannot be printed."""
    if not own_copy.strip():
        return []
    try:
        check_printable(own_copy)
    except Unprintable as lacking:
        return [str(lacking)]
    return [finding.text for finding in inference.find_in(known.of_case(case), own_copy)]

"""Who may add a document to a case, and who may have one destroyed."""

from casework import policy
from casework.cases.documents.models import Document
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.policy import Permission
from casework.signin.models import User
from casework.swedish import number


def check_can_add(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may add a document, now. Nothing new comes into a closed case."""
    policy.check_case(user, case, Permission.FILE_WRITE)
    check_open(case)


def can_add(user: User, case: Case) -> bool:
    return allowed(check_can_add, user, case)


def check_can_destroy(user: User, document: Document) -> None:
    """Raises Forbidden or Refused: the sektionschef, also in a closed case, and only what is not destroyed."""
    policy.check_case(user, document.case, Permission.APPROVE)
    check_kept(document)


def can_destroy(user: User, document: Document) -> bool:
    return allowed(check_can_destroy, user, document)


def check_can_mask(user: User, document: Document) -> None:
    """Raises Forbidden or Refused: who decides, as the second person, on what shows an earlier identity."""
    policy.check_case(user, document.case, Permission.MASK)
    check_kept(document)


def check_kept(document: Document) -> None:
    """Raises Refused for a document that has been destroyed."""
    if document.destroyed_at is not None:
        raise Refused("Dokumentet är redan förstört.")


def check_room(used: int, more: int, quota: int) -> None:
    """Raises Refused when a case's documents would take more bytes than they may."""
    if used + more > quota:
        left, whole = max(quota - used, 0) // 2**20, quota // 2**20
        raise Refused(
            f"Ärendets dokument får ta {number(whole)} MB och {number(left)} MB är kvar. Spara filen med lägre "
            "upplösning, eller be sektionschefen förstöra ett dokument som inte behövs."
        )

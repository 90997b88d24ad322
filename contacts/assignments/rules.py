"""The rules of an assignment, as pairs of check_x and can_x."""

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.clients.protection.handling import handling_of_all
from casework.clients.relatives import comparing
from casework.clients.relatives import rules as ties
from casework.policy import Permission
from casework.signin.models import User
from contacts.assignments.models import Assignment


def check_can_assign(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may ask a kontaktperson to take this case."""
    policy.check_case(user, case, Permission.ASSIGN)
    check_open(case)


def can_assign(user: User, case: Case) -> bool:
    return allowed(check_can_assign, user, case)


def check_can_answer(user: User, assignment: Assignment) -> None:
    """Raises Forbidden for somebody else's question, Refused when it has an answer."""
    policy.check_may(user, Permission.ASSIGNMENT_ANSWER)
    if assignment.user_id != user.pk:
        raise policy.Forbidden("Uppdraget är någon annans.", [assignment.case.ref()])
    if assignment.state != Assignment.State.OFFERED:
        raise Refused(f"Frågan är redan besvarad: ”{assignment.get_state_display()}”.")


def can_answer(user: User, assignment: Assignment) -> bool:
    return allowed(check_can_answer, user, assignment)


def check_can_leave(user: User, assignment: Assignment) -> None:
    """Raises Forbidden for somebody else's assignment, Refused when it is not going on."""
    policy.check_may(user, Permission.ASSIGNMENT_ANSWER)
    if assignment.user_id != user.pk:
        raise policy.Forbidden("Uppdraget är någon annans.", [assignment.case.ref()])
    _check_state(assignment, Assignment.State.ACTIVE)


def can_leave(user: User, assignment: Assignment) -> bool:
    return allowed(check_can_leave, user, assignment)


def check_can_withdraw(user: User, assignment: Assignment) -> None:
    """Raises Forbidden or Refused: only a question without an answer is taken back."""
    policy.check_case(user, assignment.case, Permission.ASSIGN)
    _check_state(assignment, Assignment.State.OFFERED)


def can_withdraw(user: User, assignment: Assignment) -> bool:
    return allowed(check_can_withdraw, user, assignment)


def check_can_end(user: User, assignment: Assignment) -> None:
    """Raises Forbidden or Refused: only an assignment that goes on is ended."""
    policy.check_case(user, assignment.case, Permission.ASSIGN)
    _check_state(assignment, Assignment.State.ACTIVE)


def can_end(user: User, assignment: Assignment) -> bool:
    return allowed(check_can_end, user, assignment)


def check_no_tie(by: User, user: User, case: Case) -> None:
    """Raises Refused when `user` has declared that she is close to somebody in the case, never to whom; and when the
    person's protection asks for somebody who has gone through her own ties, and she has not. Opens seals: asked in an
    act, not for each name of a list. Source: förvaltningslagen (2017:900) 16 §.
    """
    _check_gone_through(by, user, case)
    if not comparing.tied(user, case):
        return
    if by.pk == user.pk:
        raise Refused("Du har en anknytning till någon i ärendet och kan inte ta uppdraget. Tacka nej på grund av jäv.")
    raise Refused(f"{user.display_name} kan inte ta uppdraget: jäv kan finnas.")


def _check_gone_through(by: User, user: User, case: Case) -> None:
    if ties.gone_through(user) or not handling_of_all(case).declared_only:
        return
    if by.pk == user.pk:
        raise Refused("Gå först igenom dina egna anknytningar, under Mina anknytningar. Personens skydd kräver det.")
    raise Refused(f"{user.display_name} har inte gått igenom sina egna anknytningar. Be hen göra det först.")


def _check_state(assignment: Assignment, state: str) -> None:
    if assignment.state != state:
        raise Refused(f"Det går inte nu: uppdragets läge är ”{assignment.get_state_display()}”.")


def replaced_by(active: list[Assignment], giver: User, taker: User) -> list[Assignment]:
    """The running tasks that end when `taker` becomes contact person after `giver`, her own as deputy first.

    Raises Refused when she is not deputy yet, or when somebody other than `giver` is contact person by now.
    """
    main = [task for task in active if task.kind == Assignment.Kind.MAIN]
    hers = [task for task in active if task.kind == Assignment.Kind.DEPUTY and task.user_id == taker.pk]
    if any(task.user_id != giver.pk for task in main):
        raise Refused("Någon annan är kontaktperson nu. Ställ in överlämningen och planera en ny om det behövs.")
    if not hers:
        raise Refused(f"{taker.display_name} har inte tackat ja än. Det behövs innan ärendet kan lämnas över.")
    return hers + main

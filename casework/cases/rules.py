"""The rules of a case. Each is a pair: check_x raises with a reason for a person, can_x is the same as a bool."""

from collections.abc import Callable
from dataclasses import dataclass

from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.policy import Permission
from casework.signin.models import User
from casework.state import transitions


class Refused(Exception):
    """The act cannot be done now; the message is for the person who tried."""


@dataclass(frozen=True)
class Move:
    """A change of a case's state that a person may choose."""

    name: str
    permission: Permission
    tag: Tag
    button: str
    explains: str


MOVES = {
    move.name: move
    for move in (
        Move("rest", Permission.CASE_STATE, Tag.CASE_RESTED, "Låt ärendet vila", "Personen vill göra en paus."),
        Move("resume", Permission.CASE_STATE, Tag.CASE_RESUMED, "Återuppta ärendet", "Pausen är över."),
        Move(
            "begin_closing",
            Permission.CASE_STATE,
            Tag.CASE_CLOSING,
            "Börja avsluta ärendet",
            "Stödet trappas ned. Sektionschefen avslutar när ni är klara.",
        ),
        Move(
            "keep_open", Permission.CASE_STATE, Tag.CASE_KEPT_OPEN, "Fortsätt stödet", "Det var för tidigt att avsluta."
        ),
        Move(
            "reopen",
            Permission.CASE_CLOSE,
            Tag.CASE_REOPENED,
            "Öppna ärendet igen",
            "Allt finns kvar. Ärendet behöver en ny kontaktperson.",
        ),
    )
}


def check_open(case: Case) -> None:
    """Raises Refused when the case is closed: nothing new is written in it."""
    if case.state == Case.State.CLOSED:
        raise Refused("Ärendet är avslutat. Öppna det igen innan du skriver något nytt.")


def is_open(case: Case) -> bool:
    return bool(case.state != Case.State.CLOSED)


def check_can_move(user: User, case: Case, name: str) -> None:
    """Raises Forbidden when the user may not, Refused when the case is not in a state that allows it."""
    policy.check_case(user, case, MOVES[name].permission)
    if not _possible(case, name):
        raise Refused(f"Det går inte nu: ärendets läge är ”{case.get_state_display()}”.")


def can_move(user: User, case: Case, name: str) -> bool:
    return allowed(check_can_move, user, case, name)


def check_can_close(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: only a case that is being rounded off, or never began, is closed."""
    policy.check_case(user, case, Permission.CASE_CLOSE)
    if not may_close_now(case):
        raise Refused(f"Börja avsluta ärendet först. Ärendets läge är ”{case.get_state_display()}”.")


def may_close_now(case: Case) -> bool:
    """True in the states from which a case can be closed."""
    return _possible(case, "close")


def can_close(user: User, case: Case) -> bool:
    return allowed(check_can_close, user, case)


def check_can_write(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may sign a step here, now."""
    policy.check_case(user, case, Permission.STEP_WRITE)
    check_open(case)


def can_write(user: User, case: Case) -> bool:
    return allowed(check_can_write, user, case)


def possible_moves(user: User, case: Case, held: frozenset[Permission]) -> list[Move]:
    """The moves to show as buttons, from permissions already fetched."""
    return [move for move in MOVES.values() if move.permission in held and _possible(case, move.name)]


def _possible(case: Case, name: str) -> bool:
    return any(row[0] == case.state and row[1] == name for row in transitions(Case))


def allowed(check: Callable[..., None], *args: object) -> bool:
    """The bool of a check."""
    try:
        check(*args)
    except (Refused, policy.Denial):
        return False
    return True

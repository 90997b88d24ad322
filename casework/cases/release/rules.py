"""Who may print a record, step by step: two persons have read every piece before anything leaves.

Sources: OSL (2009:400) 10 kap. 3 §, 26 kap. 1 och 5 §§; JO 3779-2009 (a record handed out with others' data in it).
A closed case is no hindrance: the right to one's own record does not end with the support.
"""

from dataclasses import dataclass

from casework import policy
from casework.cases.disclosures.models import Disclosure, DisclosureState
from casework.cases.models import Case
from casework.cases.release.covering import is_covering, kept_parts, shown
from casework.cases.release.models import PieceWords, Release, ReleasePiece, ReleaseState
from casework.cases.release.scanning import Watch
from casework.cases.rules import Refused, allowed
from casework.paper.sheet import Unprintable, check_printable
from casework.policy import Permission
from casework.signin.models import User
from casework.state import transitions

Verdict = ReleasePiece.Verdict
PRINTABLE = (ReleaseState.READY, ReleaseState.HANDED_OUT)


@dataclass(frozen=True)
class Move:
    """A change of state that a person chooses. `asks` is the question that has to be answered first, if any."""

    name: str
    permission: Permission
    button: str
    explains: str
    done: str
    asks: str = ""


MOVES = {
    move.name: move
    for move in (
        Move(
            "submit",
            Permission.DISCLOSE,
            "Lämna till granskning",
            "Alla delar är prövade. En sektionschef som inte själv har prövat någon del läser allt.",
            "Utskriften väntar på granskning.",
        ),
        Move(
            "approve",
            Permission.DISCLOSE_DECIDE,
            "Godkänn utskriften",
            "Du har läst varje del och står för att den får lämnas ut som den är.",
            "Utskriften är godkänd och kan skrivas ut.",
        ),
        Move(
            "send_back",
            Permission.DISCLOSE_DECIDE,
            "Skicka tillbaka utskriften",
            "Den som har prövat delarna ändrar och lämnar till granskning igen.",
            "Utskriften är tillbaka hos den som prövar delarna.",
            "Vad ska ändras?",
        ),
        Move(
            "drop",
            Permission.DISCLOSE,
            "Avbryt utskriften",
            "Ingenting lämnas ut. Det går inte att ångra, men du kan börja en ny utskrift.",
            "Utskriften är avbruten.",
            "Varför?",
        ),
    )
}


def check_can_begin(user: User, case: Case) -> None:
    """Raises Forbidden: who may begin a print of the record."""
    policy.check_case(user, case, Permission.DISCLOSE)


def can_begin(user: User, case: Case) -> bool:
    return allowed(check_can_begin, user, case)


def check_rests_on(case: Case, disclosure: Disclosure) -> None:
    """Raises NotFound for a disclosure of another case, Refused for one that is not decided to be given, or no longer.

    A consent that has been withdrawn or has run out carries nothing out (OSL 12 kap. 2 §).
    """
    if disclosure.case_id != case.pk:
        raise policy.NotFound("Utlämnandet finns inte i ärendet.", [case.ref()])
    if disclosure.state != DisclosureState.GIVEN:
        raise Refused("Besluta om utlämnandet först. En utskrift behöver ett beslut att lämna ut.")
    if disclosure.consent is not None and not disclosure.consent.in_force():
        raise Refused("Samtycket gäller inte längre. Lämna inte ut något på det, utan besluta på nytt.")


def check_can_mark(user: User, release: Release) -> None:
    """Raises Forbidden or Refused: who may judge the pieces, and when."""
    policy.check_case(user, release.case, Permission.DISCLOSE)
    check_state(release, ReleaseState.MARKING)


def can_mark(user: User, release: Release) -> bool:
    return allowed(check_can_mark, user, release)


def check_can_pass(user: User, release: Release) -> None:
    """Raises Forbidden or Refused: the second person, while the print waits for her."""
    policy.check_case(user, release.case, Permission.DISCLOSE_DECIDE)
    check_state(release, ReleaseState.REVIEW)
    check_second(user, release)


def can_pass(user: User, release: Release) -> bool:
    return allowed(check_can_pass, user, release)


def check_second(user: User, release: Release) -> None:
    """Raises Refused for somebody who has begun the print or judged a piece of it: two persons are two."""
    if user.pk == release.begun_by_id or release.pieces.filter(marked_by=user).exists():
        raise Refused("Någon annan än den som har prövat delarna ska granska. Be en annan sektionschef.")


def check_can_move(user: User, release: Release, name: str) -> None:
    """Raises Forbidden or Refused: who may take the print on, and from which state."""
    policy.check_case(user, release.case, MOVES[name].permission)
    if not any(row[0] == release.state and row[1] == name for row in transitions(Release)):
        raise _not_now(release)
    if MOVES[name].permission == Permission.DISCLOSE_DECIDE:
        check_second(user, release)


def can_move(user: User, release: Release, name: str) -> bool:
    return allowed(check_can_move, user, release, name)


def check_gone_through(user: User, release: Release, name: str) -> None:
    """Raises Refused while a piece is not judged (submit), or not read by the one who approves."""
    if name == "submit" and (left := release.pieces.filter(verdict=Verdict.OPEN).count()):
        raise Refused(f"Pröva alla delar först. {left} av delarna är inte prövade.")
    if name == "approve" and (left := release.pieces.exclude(passed_by=user).count()):
        raise Refused(f"Läs alla delar först. {left} av delarna har du inte läst.")


def ready_for(user: User, release: Release, name: str) -> bool:
    """Whether a move may be taken and nothing is left to do before it."""
    return can_move(user, release, name) and allowed(check_gone_through, user, release, name)


def check_can_print(user: User, release: Release) -> None:
    """Raises Forbidden or Refused: only what two persons have gone through is printed, also once more."""
    policy.check_case(user, release.case, Permission.DISCLOSE)
    check_state(release, *PRINTABLE)


def can_print(user: User, release: Release) -> bool:
    return allowed(check_can_print, user, release)


def check_state(release: Release, *states: str) -> None:
    """Raises Refused when the print is in no such state."""
    if release.state not in states:
        raise _not_now(release)


def _not_now(release: Release) -> Refused:
    return Refused(f"Det går inte nu: utskriftens läge är ”{release.get_state_display()}”.")


def check_verdict(piece: ReleasePiece, words: PieceWords, watch: Watch, *, why: str, tried: bool) -> None:
    """Raises Refused for a verdict that cannot be: `words` as they would be saved.

    What is left of others in the text, and a piece that was warned of and is shown whole, takes a tick and a reason.
    """
    if piece.verdict == Verdict.HELD:
        if not why:
            raise Refused("Skriv varför delen inte lämnas ut, till exempel OSL 26 kap. 1 § eller 10 kap. 3 §.")
        return
    if piece.verdict == Verdict.SHOW and words.text != words.original:
        raise Refused("Du har ändrat texten. Välj ”Lämnas ut med täckta delar”, eller ta tillbaka ändringen.")
    if piece.verdict == Verdict.COVERED and not is_covering(words.original, words.text):
        raise Refused("Du kan bara täcka, inte skriva om. Byt ut det som ska täckas mot [täckt].")
    left = shown(watch.find(words.original), kept_parts(words.original, words.text) or [])
    warned = piece.warned and piece.verdict == Verdict.SHOW
    if (warned or left or watch.find(words.text)) and not (tried and why):
        raise Refused(
            "Andras uppgifter kan stå kvar. Täck dem, eller kryssa i att du har prövat detta och skriv varför."
        )
    try:
        check_printable(words.text)
    except Unprintable as problem:
        raise Refused(f"{problem} Täck dem i stället.") from None

"""The rules of letters: who writes, what is whole, who may be written to, and what stops a print."""

from collections.abc import Iterable

from django.utils import timezone

from casework import policy
from casework.cases.letters.inference import Finding
from casework.cases.letters.models import Letter, LetterTemplate, TemplateWords
from casework.cases.letters.places import Finished, fault
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.clients.children.models import Guardian
from casework.clients.protection.handling import Handling
from casework.paper.sheet import Unprintable, check_printable
from casework.policy import Permission
from casework.signin.models import User


def check_can_write(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may write and print letters here, now. A closed case gets none."""
    policy.check_case(user, case, Permission.LETTER_WRITE)
    check_open(case)


def can_write(user: User, case: Case) -> bool:
    return allowed(check_can_write, user, case)


def check_can_change(user: User, letter: Letter) -> None:
    """Raises Forbidden or Refused: as check_can_write, and not what has been printed."""
    check_can_write(user, letter.case)
    check_not_printed(letter)


def can_change(user: User, letter: Letter) -> bool:
    return allowed(check_can_change, user, letter)


def check_not_printed(letter: Letter) -> None:
    if letter.printed_at is not None:
        raise Refused("Brevet är utskrivet och ändras inte mer. Skriv ett nytt brev.")


def check_in_use(template: LetterTemplate) -> None:
    if not template.active:
        raise Refused("Mallen används inte längre. Välj en annan mall.")


def check_guardian(guardian: Guardian, case: Case) -> None:
    """Raises Refused for a guardian of another case, or whose right does not hold today."""
    today = timezone.localdate()
    if guardian.case_id != case.pk:
        raise Refused("Vårdnadshavaren hör inte till ärendet. Välj någon i listan.")
    if guardian.valid_from > today or (guardian.ended_on is not None and guardian.ended_on <= today):
        raise Refused("Vårdnadshavarens rätt gäller inte i dag. Skriv till den som är vårdnadshavare nu.")


def check_template(title: str, kind: str, words: TemplateWords) -> None:
    """Raises Refused for a template that is not whole or cannot be printed."""
    if kind not in LetterTemplate.Kind.values:
        raise Refused("Välj slag i listan.")
    if not (title.strip() and words.subject.strip() and words.body.strip()):
        raise Refused("Skriv mallens namn, rubrik och text.")
    if wrong := fault(words):
        raise Refused(wrong)
    check_signs([words.subject, words.body, words.sender])


def check_signs(texts: Iterable[str]) -> None:
    """Raises Refused for characters that the printed page lacks."""
    try:
        for text in texts:
            check_printable(text)
    except Unprintable as wrong:
        raise Refused(str(wrong)) from None


def check_clear(handling: Handling) -> None:
    """Raises Refused while it is not clear how the person is protected."""
    if handling.unclear:
        raise Refused(" ".join(handling.unclear))


def check_whole(done: Finished) -> None:
    if done.missing:
        raise Refused(f"Det här är inte ifyllt: {', '.join(done.missing)}.")


def check_read(findings: Iterable[Finding], *, read: bool) -> None:
    """Raises Refused for what has to go, or when nobody has read what can be understood."""
    listed = list(findings)
    if hard := [finding.text for finding in listed if finding.hard]:
        raise Refused(f"Brevet skrivs inte ut så här: {' '.join(hard)}")
    if listed and not read:
        raise Refused("Läs vad mottagaren kan se och förstå. Kryssa sedan i rutan.")

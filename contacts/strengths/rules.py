"""The rules of a strengths assessment, as pairs of check_x and can_x."""

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.policy import Permission
from casework.signin.models import User
from contacts.strengths.models import AssessmentState, StrengthsAssessment, StrengthStatement


def check_can_write(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may write in this assessment, now."""
    policy.check_case(user, case, Permission.METHOD_WRITE)
    check_open(case)


def can_write(user: User, case: Case) -> bool:
    return allowed(check_can_write, user, case)


def check_ready(case: Case) -> None:
    """Raises Refused unless something is written that nobody has signed."""
    if not StrengthsAssessment.objects.filter(case=case, state=AssessmentState.WORKING).exists():
        raise Refused("Det finns inget nytt att signera.")
    if not StrengthStatement.objects.filter(case=case, gone_in__isnull=True).exists():
        raise Refused("Styrkebedömningen är tom. Skriv minst en sak innan du signerar.")


def is_ready(case: Case) -> bool:
    return allowed(check_ready, case)


def check_can_sign(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may sign this assessment, now."""
    check_can_write(user, case)
    check_ready(case)


def can_sign(user: User, case: Case) -> bool:
    return allowed(check_can_sign, user, case)


def check_can_note_approval(user: User, assessment: StrengthsAssessment) -> None:
    """Raises Forbidden or Refused: the person's standpoint is noted once, about a signed number."""
    check_can_write(user, assessment.case)
    if assessment.state != AssessmentState.SIGNED:
        raise Refused("Signera styrkebedömningen först.")
    if assessment.approved_on is not None:
        raise Refused("Personens ställningstagande är redan antecknat.")


def can_note_approval(user: User, assessment: StrengthsAssessment) -> bool:
    return allowed(check_can_note_approval, user, assessment)

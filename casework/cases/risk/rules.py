"""The rules of a risk assessment: who may sign one, and what it has to hold."""

from datetime import date

from django.utils import timezone

from casework import policy
from casework.cases.models import Case
from casework.cases.risk.models import RiskAssessment, RiskWords
from casework.cases.rules import allowed, check_open
from casework.days import months_after
from casework.policy import Permission
from casework.signin.models import User

MONTHS = 6


def check_can_assess(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may sign a risk assessment here, now."""
    policy.check_case(user, case, Permission.FILE_WRITE)
    check_open(case)


def can_assess(user: User, case: Case) -> bool:
    return allowed(check_can_assess, user, case)


def latest_review(day: date) -> date:
    """The last day to assess again after an assessment on `day`: half a year later."""
    return months_after(day, MONTHS)


def wrong_days(assessed_on: date, review_on: date) -> dict[str, str]:
    """Field -> what to do, for days that cannot be. Source: HSLF-FS 2022:39 (assessed again when it is needed)."""
    if assessed_on > timezone.localdate():
        return {"assessed_on": "Datumet får inte ligga i framtiden. En riskbedömning skrivs när den är gjord."}
    if review_on <= assessed_on:
        return {"review_on": "Välj en dag efter bedömningen."}
    last = latest_review(assessed_on)
    if review_on > last:
        return {"review_on": f"Bedömningen görs om inom {MONTHS} månader. Välj senast {last}."}
    return {}


def missing_words(instrument: str, assessor_level: str, own_level: str, words: RiskWords) -> dict[str, str]:
    """Field -> what to do, for words that have to be there."""
    found: dict[str, str] = {}
    if instrument != RiskAssessment.Instrument.OWN and not words.result.strip():
        found["result"] = "Skriv instrumentets resultat, med ord eller poäng."
    if not words.assessor_view.strip():
        found["assessor_view"] = "Skriv hur du ser på risken."
    if own_level and own_level != assessor_level and not words.gap.strip():
        found["gap"] = "Ni ser olika på risken. Skriv vad ni har talat om."
    return found

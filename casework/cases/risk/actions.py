"""Signing of a risk assessment. It is immutable from the moment it exists; a new one is made beside it."""

from datetime import date

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.risk import rules
from casework.cases.risk.models import RiskAssessment, RiskWords
from casework.cases.rules import Refused, check_open
from casework.signin.models import User


def assess_risk(
    *,
    by: User,
    case: Case,
    instrument: str,
    occasion: str,
    assessed_on: date,
    assessor_level: str,
    own_level: str,
    review_on: date,
    words: RiskWords,
) -> RiskAssessment:
    """Signs the result of a risk assessment; `own_level` is "" when she has not said how she sees it.

    Raises Forbidden, Refused (closed case, an unknown choice, days that cannot be, words that are missing).
    Source: HSLF-FS 2022:39. The instrument's result only: its questions are never kept.
    """
    rules.check_can_assess(by, case)
    _check_choices(instrument, occasion, assessor_level, own_level)
    wrong = rules.wrong_days(assessed_on, review_on)
    wrong |= rules.missing_words(instrument, assessor_level, own_level, words)
    if wrong:
        raise Refused(" ".join(wrong.values()))
    with trail.act(Tag.RISK_ASSESSED, by=by, refs=[case.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        assessment = RiskAssessment(
            case=fresh,
            client_id=fresh.client_id,
            instrument=instrument,
            occasion=occasion,
            assessed_on=assessed_on,
            assessed_by=by,
            assessor_level=assessor_level,
            own_level=own_level,
            review_on=review_on,
            words=words,
        )
        assessment.save()
        event.touch(assessment.ref())
        return assessment


def _check_choices(instrument: str, occasion: str, assessor_level: str, own_level: str) -> None:
    levels = RiskAssessment.Level.values
    known = (
        (instrument, RiskAssessment.Instrument.values),
        (occasion, RiskAssessment.Occasion.values),
        (assessor_level, levels),
        (own_level, ["", *levels]),
    )
    if any(value not in values for value, values in known):
        raise Refused("Välj bland alternativen i listorna.")

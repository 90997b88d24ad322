"""What an insats rests on: a consent, for as long as it holds, or a decision, which is never written over."""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.consents.models import Consent
from casework.cases.insatser import rules
from casework.cases.insatser.models import Insats
from casework.cases.insatser.writing import locked, move, usable
from casework.cases.rules import Refused
from casework.signin.models import User


def rest_on_consent(*, by: User, insats: Insats, consent: Consent, legal_basis: str) -> Insats:
    """Lets an insats rest on a consent alone; also a new one in place of one that is gone.

    Raises Forbidden, Refused (closed case, over, decided, a consent of somebody else or not in force, an insats or a
    paragraph that takes a decision).
    """
    with locked(by, Tag.INSATS_CHANGED, insats) as fresh:
        rules.check_not_decided(fresh)
        rules.check_consent_enough(fresh.offer, legal_basis)
        given = usable(fresh, consent)
        _grounded(fresh)
        fresh.ground, fresh.consent, fresh.legal_basis = rules.Ground.CONSENT, given, legal_basis
        fresh.consent_gone_at = None
        return fresh


def decide_insats(
    *,
    by: User,
    insats: Insats,
    favourable: bool,
    legal_basis: str,
    decided_on: date,
    contents: str,
    motivation: str,
    delegation: str,
    appeal: str,
) -> Insats:
    """Decides on an insats, once. A refusal is kept with its decision and the insats comes to nothing.

    Raises Forbidden, Refused (closed case, the decider is responsible, decided or over, a part missing (FL 31-33), a
    paragraph that is not decided by, a text that tells where she is (OSL 26:7), a refusal of what is running).
    """
    with locked(by, Tag.INSATS_DECIDED, insats, check=rules.check_can_decide) as fresh:
        rules.check_passed(decided_on)
        if not all(text.strip() for text in (contents, motivation, delegation, appeal)):
            raise Refused("Skriv beslutet, motiveringen, delegationen och hur det överklagas (FL 31–33 §§).")
        if legal_basis not in rules.BY_DECISION:
            raise Refused("Välj det lagrum som beslutet fattas enligt.")
        if legal_basis == rules.Basis.CHILD_SHELTER and fresh.child_id is None:
            raise Refused("Lagen om barn i skyddat boende gäller barn. Notera behovet för barnet.")
        if faults := rules.decision_text_faults(fresh.case, f"{contents}\n{motivation}"):
            raise Refused(f"{rules.PUBLIC} I texten står: {', '.join(faults)}.")
        told = {"contents": contents, "motivation": motivation, "delegation": delegation, "appeal": appeal}
        fresh.words = replace(fresh.words.open(), **told)
        fresh.ground, fresh.legal_basis, fresh.favourable = rules.Ground.DECISION, legal_basis, favourable
        fresh.decided_on, fresh.decided_by = decided_on, by
        fresh.consent, fresh.consent_gone_at = None, None
        _grounded(fresh) if favourable else _refuse(fresh, decided_on)
        return fresh


def stop_at_withdrawal(*, by: User, consent: Consent) -> None:
    """Marks every insats that rests on a consent that has just been withdrawn, or was asked for on it.

    Part of the act of withdrawing, which has judged who may; the case is locked by it.
    """
    rows = Insats.objects.select_for_update(of=("self",)).select_related("case").filter(consent=consent)
    resting = list(rows.filter(consent_gone_at=None).exclude(state__in=rules.OVER))
    if not resting:
        return
    refs = [resting[0].case.ref(), *(insats.ref() for insats in resting)]
    with trail.act(Tag.INSATS_CHANGED, by=by, refs=refs):
        for insats in resting:
            insats.consent_gone_at = timezone.now()
            insats.version += 1
            insats.save()


def _grounded(fresh: Insats) -> None:
    """To its next state when it waited for a ground; what has come further goes on where it is."""
    if fresh.state in {rules.State.NEED, rules.State.ASKED}:
        move(fresh, "rest_on")


def _refuse(fresh: Insats, day: date) -> None:
    if fresh.state in rules.BEGUN:
        raise Refused("Insatsen pågår. Avsluta den, notera behovet på nytt och besluta om det.")
    move(fresh, "decline")
    fresh.declined, fresh.declined_on = Insats.Declined.REFUSED, day

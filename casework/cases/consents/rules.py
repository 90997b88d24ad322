"""The rules of a consent: who may note one, who may give one, for how long, and when it still holds.

Sources: OSL 10:1 and 12:2 (consent lifts secrecy), 12:3 and föräldrabalken 6 kap. (guardians), lag (2024:79) 2:3 (from
15 the child speaks for herself).
"""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from casework import policy
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.clients.children import rules as children
from casework.clients.children.models import Child, Guardian
from casework.policy import Permission
from casework.signin.models import User

IN_FORCE, RUN_OUT, WITHDRAWN = "Gäller", "Har gått ut", "Återkallat"
RIGHT_GONE = "Gäller inte, vårdnadshavaren får inte längre samtycka"


def check_can_note(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may note a consent, and only while the case is open."""
    policy.check_case(user, case, Permission.FILE_WRITE)
    check_open(case)


def can_note(user: User, case: Case) -> bool:
    return allowed(check_can_note, user, case)


def check_can_withdraw(user: User, consent: Consent) -> None:
    """Raises Forbidden or Refused: whoever writes in the file, also in a closed case; once."""
    policy.check_case(user, consent.case, Permission.FILE_WRITE)
    if consent.withdrawn_at is not None:
        raise Refused("Samtycket är redan återkallat.")


def can_withdraw(user: User, consent: Consent) -> bool:
    return allowed(check_can_withdraw, user, consent)


def check_facts(way: str, given_on: date, until: date, words: ConsentWords) -> None:
    """Raises Refused for what no consent can be: unbounded, ahead of its day, or about nothing."""
    if way not in Consent.Way.values:
        raise Refused("Välj om samtycket är skriftligt eller muntligt.")
    if not (words.recipient.strip() and words.purpose.strip() and words.contents.strip()):
        raise Refused("Skriv vem som får veta, varför och vad.")
    if given_on > timezone.localdate():
        raise Refused("Samtycket kan inte ha lämnats i framtiden. Ändra dagen.")
    if until < given_on:
        raise Refused("Samtycket kan inte sluta gälla innan det lämnades. Ändra någon av dagarna.")
    last = given_on + timedelta(days=settings.METHOD["consent_max_days"])
    if until > last:
        raise Refused(f"Ett samtycke gäller som längst till och med {last}. Sedan frågar ni igen.")


def check_giver(given_by: str, child: Child | None, guardian: Guardian | None, given_on: date, until: date) -> None:
    """Raises Refused unless this one may consent in this matter, from the first day to the last."""
    giver = (given_by, child is not None, guardian is not None)
    if giver == (Consent.GivenBy.PERSON, False, False):
        return
    if giver not in {(Consent.GivenBy.CHILD, True, False), (Consent.GivenBy.GUARDIAN, True, True)}:
        raise Refused("Välj vem som samtycker i listan.")
    assert child is not None
    if children.born_on(child.client.identity.open().number) is None:
        raise Refused("Fyll i barnets ålder först, genom personnumret. Den avgör vem som samtycker.")
    if guardian is None:
        _check_child(child, given_on)
    else:
        _check_guardian(child, guardian, given_on, until)


def _check_child(child: Child, given_on: date) -> None:
    if not children.consents_herself(child, given_on):
        raise Refused("Barnet har inte fyllt 15. En vårdnadshavare som får samtycka gör det (föräldrabalken 6 kap.).")


def _check_guardian(child: Child, guardian: Guardian, given_on: date, until: date) -> None:
    if guardian.child_id != child.pk:
        raise Refused("Vårdnadshavaren hör till ett annat barn. Välj någon av barnets egna (föräldrabalken 6 kap.).")
    if children.consents_herself(child, given_on):
        raise Refused(
            "Barnet har fyllt 15 och samtycker självt, vårdnadshavaren räcker inte (lag 2024:79, 2 kap. 3 §)."
        )
    if children.consents_herself(child, until):
        raise Refused("Barnet fyller 15 före slutdagen. Välj en tidigare slutdag. Sedan samtycker barnet självt.")
    if given_on < guardian.valid_from:
        raise Refused(f"Vårdnadshavarens rätt började gälla {guardian.valid_from} (föräldrabalken 6 kap.).")
    if guardian.ended_on is not None and given_on >= guardian.ended_on:
        raise Refused(f"Vårdnadshavarens rätt upphörde {guardian.ended_on} (föräldrabalken 6 kap.).")
    if not guardian.may_consent:
        raise Refused("Vårdnadshavaren får inte samtycka för barnet (föräldrabalken 6 kap.). Fråga den som har rätten.")


def standing(consent: Consent, today: date) -> str:
    """How a consent stands that day, in words."""
    if consent.withdrawn_at is not None:
        return WITHDRAWN
    if consent.until < today:
        return RUN_OUT
    return IN_FORCE if consent.giver_still_may(today) else RIGHT_GONE

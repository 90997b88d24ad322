"""The rules of giving out data: on what ground, to whom, what has to be weighed, and how many have to say yes.

A closed case is no hindrance: data is asked for long afterwards. Sources: OSL (2009:400) 8:2, 10:1-3, 10:14, 10:15 a,
10:18-28, 12:2-3, 26:1-2; generalklausulen (10:27) does not reach 26:1-6 and is no ground.
"""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils import timezone

from casework import policy
from casework.cases.consents.models import Consent
from casework.cases.disclosures import contents
from casework.cases.disclosures.models import Disclosure, DisclosureState, DisclosureWords
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed
from casework.clients.children import rules as children
from casework.clients.children.models import Child, Guardian
from casework.clients.protection.handling import handling_of
from casework.policy import Permission
from casework.signin.models import User

Provision = Disclosure.Provision
WEIGHED = {Provision.WEIGHED, Provision.HARMLESS, Provision.NECESSARY}
NO_PROVISION = (
    "Välj ett stöd i listan. Generalklausulen (OSL 10 kap. 27 §) gäller inte uppgifter enligt 26 kap. 1–6 §§."
)
CONSENT_GONE = "Samtycket gäller inte längre. Inget får lämnas ut med stöd av det."
NOT_WEIGHED = "Skriv hur du har vägt: varför behovet är större än risken för personen."
NOTHING = "Välj minst en uppgift, eller skriv vad annat som lämnas ut."

# Rooms above make the paper of their own disclosures: f(disclosure) -> where it is printed, "" when here. Filled at
# start.
copied_elsewhere: list[Callable[[Disclosure], str]] = []


def check_can_propose(user: User, case: Case) -> None:
    """Raises Forbidden: who may propose that something is given out of a case, closed or not."""
    policy.check_case(user, case, Permission.DISCLOSE)


def can_propose(user: User, case: Case) -> bool:
    return allowed(check_can_propose, user, case)


def right_to_give(disclosure: Disclosure) -> Permission:
    """With the person's consent, and neither identity nor place: whoever works in the case. Else the sektionschef."""
    alone = disclosure.provision == Provision.CONSENT and not disclosure.grave
    return Permission.DISCLOSE if alone else Permission.DISCLOSE_DECIDE


def check_can_give(user: User, disclosure: Disclosure) -> None:
    """Raises Forbidden or Refused: identity and place are given out by another than the one who proposed it."""
    policy.check_case(user, disclosure.case, right_to_give(disclosure))
    check_proposed(disclosure)
    if disclosure.grave and disclosure.proposed_by_id == user.pk:
        raise Refused("Du föreslog själv. Någon annan beslutar när det gäller vem eller var personen är.")


def can_give(user: User, disclosure: Disclosure) -> bool:
    return allowed(check_can_give, user, disclosure)


def check_can_refuse(user: User, disclosure: Disclosure) -> None:
    """Raises Forbidden or Refused: the sektionschef refuses, once."""
    policy.check_case(user, disclosure.case, Permission.DISCLOSE_DECIDE)
    check_proposed(disclosure)


def can_refuse(user: User, disclosure: Disclosure) -> bool:
    return allowed(check_can_refuse, user, disclosure)


def check_can_copy(user: User, disclosure: Disclosure) -> None:
    """Raises Forbidden or Refused: the copy is printed here of what is given, while the ground still holds."""
    policy.check_case(user, disclosure.case, Permission.DISCLOSE)
    if disclosure.state != DisclosureState.GIVEN:
        raise Refused("Kopian kan skrivas ut först när det är beslutat att uppgifterna lämnas ut.")
    check_holds(disclosure)
    for elsewhere in copied_elsewhere:
        if where := elsewhere(disclosure):
            raise Refused(where)


def can_copy(user: User, disclosure: Disclosure) -> bool:
    return allowed(check_can_copy, user, disclosure)


def check_proposed(disclosure: Disclosure) -> None:
    """Raises Refused when it is decided already."""
    if disclosure.state != DisclosureState.PROPOSED:
        raise Refused(f"Det är redan beslutat: {disclosure.get_state_display().lower()}.")


def check_holds(disclosure: Disclosure) -> None:
    """Raises Refused when the consent, or the guardian's right to know, is no longer what it was (OSL 12:2, 26:2)."""
    if disclosure.consent is not None and not disclosure.consent.in_force():
        raise Refused(CONSENT_GONE)
    if disclosure.guardian is not None:
        check_guardian(disclosure.child, disclosure.guardian, disclosure.words.open())


def check_clear(disclosure: Disclosure) -> None:
    """Raises Refused when identity or place would be given out and nobody knows how the person is protected."""
    if waits := unclear(disclosure):
        raise Refused(waits[0])


def unclear(disclosure: Disclosure) -> tuple[str, ...]:
    """What has to be known of the protection before identity or place is given out: hers, and that of the child."""
    about = [disclosure.child.client] if disclosure.child is not None else []
    return handling_of(disclosure.case.client, *about).unclear if disclosure.grave else ()


def hindrance(disclosure: Disclosure) -> str:
    """Why what stands here may not be given out any more; "" when it may. What is refused needs no reason."""
    if disclosure.state == DisclosureState.REFUSED:
        return ""
    try:
        check_holds(disclosure)
    except Refused as refused:
        return str(refused)
    return ""


# --- what is proposed -------------------------------------------------------------------------------------------------


def check_ground(case: Case, child: Child | None, provision: str, consent: Consent | None) -> None:
    """Raises Refused unless the provision is in the list, and the consent there, in force and of the same person;
    NotFound for a child of another case.
    """
    if child is not None and child.case_id != case.pk:
        raise policy.NotFound("Barnet finns inte i ärendet.", [case.ref()])
    if provision not in Provision.values:
        raise Refused(NO_PROVISION)
    if provision != Provision.CONSENT:
        if consent is not None:
            raise Refused("Välj samtycket som stöd, eller ta bort det.")
        return
    if consent is None:
        raise Refused("Välj vilket samtycke utlämnandet vilar på.")
    if (consent.case_id, consent.child_id) != (case.pk, child.pk if child else None):
        raise Refused("Samtycket gäller någon annan. Välj ett samtycke för den som uppgifterna handlar om.")
    if not consent.in_force():
        raise Refused(CONSENT_GONE)


def check_contents(child: Child | None, provision: str, words: DisclosureWords) -> None:
    """Raises Refused when it is not said to whom, what for, what and, where it is needed, how it was weighed."""
    if not words.recipient.strip() or not words.purpose.strip():
        raise Refused("Skriv vem som får uppgifterna och vad de ska användas till.")
    if not set(words.facts) <= contents.offered(child).keys():
        raise Refused("Välj uppgifterna i listan.")
    if not words.facts and not words.other.strip():
        raise Refused(NOTHING)
    if needs_weighing(provision, is_grave(words)) and not words.weighing.strip():
        raise Refused(NOT_WEIGHED)


def is_grave(words: DisclosureWords) -> bool:
    """Whether it tells who or where somebody is."""
    return _weighs(words, contents.IDENTITY, contents.PLACE)


def needs_weighing(provision: str, grave: bool) -> bool:
    return grave or provision in WEIGHED


def check_guardian(child: Child | None, guardian: Guardian, words: DisclosureWords) -> None:
    """Raises Refused unless she is a guardian of this child today, and may know the places that are named (OSL 26:2).

    What else is written and named as grave counts as a place: nobody can tell which of the two it is.
    """
    today = timezone.localdate()
    if child is None or guardian.child_id != child.pk or not in_force(guardian, today):
        raise Refused("Välj en av barnets vårdnadshavare i dag.")
    if children.grown_up(child.client.identity.open().number, today):
        raise Refused("Barnet har fyllt 18 och har ingen vårdnadshavare. Fråga den unga själv.")
    if _weighs(words, contents.PLACE):
        children.check_may_tell_location(guardian)


def in_force(guardian: Guardian, day: date) -> bool:
    """Whether she is a guardian that day."""
    return guardian.valid_from <= day and (guardian.ended_on is None or guardian.ended_on > day)


def _weighs(words: DisclosureWords, *weights: str) -> bool:
    keys: Iterable[str] = words.facts
    return contents.weighs(keys, *weights) or (bool(words.other.strip()) and words.other_grave)

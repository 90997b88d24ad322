"""What a person's protection asks of everybody who writes to her, hands something out or is given her case.

The rules are data: one line of RULES for each kind of protection. With several in force the strictest of each holds.
Source: folkbokföringslagen (1991:481) 16-17 b §§, lag (1991:483), OSL 21:3 and 22:1-2; Skatteverkets förmedling.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from casework.cases.models import Case
from casework.clients.models import Client, ProtectionMark
from casework.clients.protection.models import ChangeState, IdentityChange
from casework.crypto import fields

FORWARDING, DIRECT, HANDED = "forwarding", "direct", "handed"
EVERY = frozenset({FORWARDING, DIRECT, HANDED})
Kind = ProtectionMark.Kind

NEVER_CHECKED = "Ingen har kontrollerat om personen har ett skydd. Kontrollera det på sidan Skydd."
CHECKED_LONG_AGO = "Det var för länge sedan någon kontrollerade skyddet. Kontrollera det igen på sidan Skydd."
REVIEW_PASSED = "Skyddet skulle ha följts upp. Ta reda på om det gäller och ändra dagen på sidan Skydd."
CHILDS_PASSED = "Barnets eget skydd skulle ha följts upp. Ta reda på om det gäller och ändra dagen på barnets sida."
CHANGE_OPEN = "Personen byter identitet. Gå först igenom texterna på sidan Maskering."
UNPROTECTED = "Inget skydd är antecknat. Socialtjänstens vanliga sekretess gäller."
TWO = "Två personer lämnar tillsammans ut sådant som visar vem eller var hon är."


@dataclass(frozen=True)
class Rule:
    """What one kind asks. `kept_address_days`: mail goes direct only to an address that is kept here and has at least
    so many days left to its review; None where mail goes direct anyway.
    """

    channels: frozenset[str]
    kept_address_days: int | None
    declared_only: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Handling:
    """How to act, from every protection in force. `unclear` holds the reasons why nothing may be sent before somebody
    has looked; empty when it is clear. `channels` are values of a letter's Channel. `declared_only`: only staff who
    have gone through their own ties lately are given the case.
    """

    kinds: frozenset[str]
    unclear: tuple[str, ...]
    channels: frozenset[str]
    declared_only: bool
    sentences: tuple[str, ...]


RULES: dict[str, Rule] = {
    Kind.SECRECY_MARKING: Rule(
        channels=EVERY,
        kept_address_days=0,
        declared_only=False,
        sentences=(
            "Pröva sekretessen varje gång, innan någon får veta något.",
            "Skicka post genom Skatteverkets förmedling eller lämna den vid ett möte.",
            "Skicka direkt bara till en adress som är sparad här och som inte skulle ha omprövats redan.",
        ),
    ),
    Kind.PROTECTED_REGISTRATION: Rule(
        channels=EVERY,
        kept_address_days=1,
        declared_only=True,
        sentences=(
            "Personen bor inte där hon är folkbokförd. Dra ingen slutsats av kommunen i folkbokföringen.",
            "Spara ingen adress om arbetet går utan. Den kan vara den enda hos någon myndighet.",
            "Skicka post genom Skatteverkets förmedling eller lämna den vid ett möte.",
            "Bara den som har gått igenom sina egna anknytningar får ärendet.",
        ),
    ),
    Kind.FICTITIOUS_IDENTITY: Rule(
        channels=frozenset({DIRECT, HANDED}),
        kept_address_days=None,
        declared_only=True,
        sentences=(
            "Utåt är personen som vem som helst. Nämn aldrig för någon att det finns ett skydd.",
            "Skriv aldrig något om en tidigare identitet, inte ens att det har funnits en.",
            "Skicka post som till vem som helst eller lämna den vid ett möte, aldrig genom Skatteverkets förmedling.",
            "Bara den som har gått igenom sina egna anknytningar får ärendet.",
        ),
    ),
}


def in_force(*clients: Client) -> list[ProtectionMark]:
    """The protections that hold today, in one query."""
    today = timezone.localdate()
    current = Q(ended_on__isnull=True) | Q(ended_on__gt=today)
    return list(ProtectionMark.objects.filter(current, client__in=clients, valid_from__lte=today))


def handling_of(client: Client, *children: Client) -> Handling:
    """The strictest of what the protections in force ask, and whether it is clear which they are.

    `children` are those whom the matter concerns: each has a protection of her own beside the person's in the case.
    """
    today, marks = timezone.localdate(), in_force(client, *children)
    kinds = frozenset(mark.details.open().kind for mark in fields.open_all(marks, "details"))
    rules = [rule for kind, rule in RULES.items() if kind in kinds]
    channels = EVERY.intersection(*(_channels(rule, client, today) for rule in rules))
    return Handling(
        kinds=kinds,
        unclear=_unclear(client, marks, today),
        channels=channels,
        declared_only=any(rule.declared_only for rule in rules),
        sentences=(*(dict.fromkeys(text for rule in rules for text in rule.sentences) or [UNPROTECTED]), TWO),
    )


def handling_of_all(case: Case) -> Handling:
    """As handling_of, for what concerns everybody in the case: the person and the children of her household."""
    return handling_of(case.client, *Client.objects.filter(child__case=case, child__left_on__isnull=True))


def may_be_told(client: Client) -> bool:
    """Whether somebody outside may hear that she is protected. One with fingerade personuppgifter is outwardly like
    anybody else (lag (1991:483)); so nothing is said of her.
    """
    kinds = handling_of(client).kinds
    return bool(kinds) and Kind.FICTITIOUS_IDENTITY not in kinds


def change_open(client: Client) -> bool:
    """Whether she or a child of hers is changing identity: texts with the earlier one may be left."""
    return IdentityChange.objects.filter(case__client=client, state=ChangeState.OPEN).exists()


def _channels(rule: Rule, client: Client, today: date) -> frozenset[str]:
    if rule.kept_address_days is None:
        return rule.channels
    review, earliest = client.address_review_on, today + timedelta(days=rule.kept_address_days)
    return rule.channels if review is not None and review >= earliest else rule.channels - {DIRECT}


def _unclear(client: Client, marks: list[ProtectionMark], today: date) -> tuple[str, ...]:
    """The marks are hers and her children's; what nobody has checked is asked of her own protection alone."""
    passed = {mark.client_id == client.pk for mark in marks if mark.review_on is not None and mark.review_on < today}
    hers = any(mark.client_id == client.pk for mark in marks)
    found = [] if hers else _unchecked(client.protection_checked_on, today)
    found += [text for own, text in ((True, REVIEW_PASSED), (False, CHILDS_PASSED)) if own in passed]
    return (*found, CHANGE_OPEN) if change_open(client) else tuple(found)


def _unchecked(checked_on: date | None, today: date) -> list[str]:
    """Why nobody knows that there is no protection."""
    if checked_on is None:
        return [NEVER_CHECKED]
    late = checked_on < today - timedelta(days=settings.METHOD["protection_check_days"])
    return [CHECKED_LONG_AGO] if late else []

"""What can be given out, one fact at a time: whose it is, how grave it is, where it is read. Rooms above add theirs.

A list shows labels only; a fact is read when the copy is made. What stands about others (related persons, guardians,
whoever used violence) is never a fact: their data lies in the case but is not the person's to have given out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects
from django.utils import timezone

from casework import policy
from casework.access.models import AccessGrant
from casework.cases.insatser.models import Insats, InsatsState
from casework.cases.models import Case
from casework.cases.readers import PROTECTED
from casework.cases.risk import readers as risk
from casework.cases.safety import readers as safety
from casework.clients.children import rules as children
from casework.clients.children.models import Child
from casework.clients.children.readers import children_of
from casework.clients.models import Client
from casework.clients.protection import handling
from casework.crypto import fields
from casework.crypto.personnummer import format_number
from casework.swedish import iso

PLAIN, IDENTITY, PLACE = "plain", "identity", "place"
WEIGHTS = {PLAIN: "Annat", IDENTITY: "Visar vem hon är", PLACE: "Visar var hon är eller kan nås"}
PERSON, CHILD = "person", "child"
NOTHING = "Inget är antecknat."
Value = Callable[[Case, Child | None], str]
AgeBand = Child.AgeBand


@dataclass(frozen=True)
class Fact:
    """`of` says whose data it is: the person's in the case, or the child's when the disclosure is about a child.
    `value` gives it as the copy prints it; "" when nothing is known.
    """

    label: str
    weight: str
    value: Value
    of: str = PERSON


FACTS: dict[str, Fact] = {}


def register(key: str, fact: Fact) -> None:
    """Adds a fact, or replaces the one with the same key."""
    FACTS[key] = fact


def offered(child: Child | None) -> dict[str, Fact]:
    """What a disclosure may hold: about a child only the child's own facts, about the person never a child's."""
    whose = PERSON if child is None else CHILD
    return {key: fact for key, fact in FACTS.items() if fact.of == whose}


def chosen(keys: Iterable[str]) -> dict[str, Fact]:
    """The facts of these keys, in the order of the registry."""
    wanted = set(keys)
    return {key: fact for key, fact in FACTS.items() if key in wanted}


def weighs(keys: Iterable[str], *weights: str) -> bool:
    """Whether any of the facts has one of these weights."""
    return any(fact.weight in weights for fact in chosen(keys).values())


# --- where each is read -----------------------------------------------------------------------------------------------


def _client(case: Case, child: Child | None) -> Client:
    found: Client = case.client if child is None else child.client
    return found


def _name(case: Case, child: Child | None) -> str:
    return _client(case, child).identity.open().name


def _number(case: Case, child: Child | None) -> str:
    number = _client(case, child).identity.open().number
    return format_number(number) if number else ""


def _language(case: Case, child: Child | None) -> str:
    identity = _client(case, child).identity.open()
    return _joined(", ", identity.language, "behöver tolk" if identity.interpreter else "")


def _safe_way(case: Case, child: Child | None) -> str:
    """The code word is between her and her kontaktperson; nobody else is given it."""
    channels = case.client.channels.open()
    do_not = f"Gör inte: {channels.do_not}" if channels.do_not else ""
    return _joined("\n", channels.safe_way, channels.phone, channels.when, do_not)


def _address(case: Case, child: Child | None) -> str:
    address = case.client.address.open()
    return _joined("\n", address.street, _joined(" ", address.postal_code, address.town))


def _place(part: str) -> Value:
    return lambda case, child: str(getattr(case.client.address.open(), part))


def _support(case: Case, child: Child | None) -> str:
    return "Ja"


def _kontaktperson(case: Case, child: Child | None) -> str:
    held = AccessGrant.objects.filter(policy.open_grants(), case=case, kind=AccessGrant.Kind.ASSIGNMENT)
    return ", ".join(held.order_by("opened_at").values_list("user__display_name", flat=True))


def _going_on(case: Case, child: Child | None) -> list[Insats]:
    states = [InsatsState.STARTED, InsatsState.FOLLOWED_UP]
    return list(Insats.objects.filter(case=case, child=child, state__in=states).select_related("actor"))


def _areas(case: Case, child: Child | None) -> str:
    return ", ".join(dict.fromkeys(insats.get_area_display() for insats in _going_on(case, child)))


def _actors(case: Case, child: Child | None) -> str:
    rows = [(row.get_area_display(), str(row.actor or "")) for row in _going_on(case, child)]
    return "\n".join(_joined(": ", *row) for row in rows)


def _risk(case: Case, child: Child | None) -> str:
    latest = risk.newest(case)
    if latest is None:
        return ""
    level = f"risken bedömdes som {latest.get_assessor_level_display().lower()}"
    return f"{latest.get_instrument_display()} {iso(latest.assessed_on)}: {level}"


def _safety(case: Case, child: Child | None) -> str:
    plan = safety.plan_of(case)
    if plan is None:
        return ""
    avoid = f"Undviker: {', '.join(plan.labels)}" if plan.avoid else ""
    return _joined("\n", avoid, plan.advice)


def _protection(case: Case, child: Child | None) -> str:
    """That there is one, never which: the strongest is known by not being named where the others are."""
    return PROTECTED if handling.may_be_told(_client(case, child)) else ""


def _household(case: Case, child: Child | None) -> str:
    """The children by the names staff use and by age. One who has turned 18 is a person of her own and is not told of,
    for a new name has come out in a parent's papers that way (JO 5932-2012).
    """
    rows = [row for row in children_of(case) if row.left_on is None]
    prefetch_related_objects(rows, "client")
    list(fields.open_all([row.client for row in rows], "identity"))
    today = timezone.localdate()
    bands = [(row, _band(row, today)) for row in rows]
    return "\n".join(_called(row, band) for row, band in bands if band != AgeBand.ADULT)


def _alias(case: Case, child: Child | None) -> str:
    return _called(child, _band(child, timezone.localdate())) if child else ""


def _band(child: Child, day: date) -> AgeBand | None:
    return children.age_band(child.client.identity.open().number, day)


def _called(child: Child, band: AgeBand | None) -> str:
    return _joined(", ", child.words.open().alias, str(band.label) if band else "")


def _child_place(part: str) -> Value:
    return lambda case, child: str(getattr(child.places.open(), part)) if child else ""


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)


def connect() -> None:
    """The facts that the file itself holds, in the order of the form and of the copy."""
    for key, fact in (
        ("case", Fact("Att personen har stöd av oss", PLAIN, _support)),
        ("language", Fact("Språk och tolk", PLAIN, _language)),
        ("kontaktperson", Fact("Kontaktpersonens namn", PLAIN, _kontaktperson)),
        ("insatser", Fact("Vilka områden insatser pågår i", PLAIN, _areas)),
        ("risk", Fact("Senaste riskbedömningen: instrument, dag och nivå", PLAIN, _risk)),
        ("protection", Fact("Att personen har skyddade personuppgifter", PLAIN, _protection)),
        ("children", Fact("Barn i hushållet: hur vi kallar dem, och ålder", PLAIN, _household)),
        ("name", Fact("Namn", IDENTITY, _name)),
        ("number", Fact("Personnummer eller samordningsnummer", IDENTITY, _number)),
        ("channels", Fact("Säkert sätt att nå personen, med telefon", PLACE, _safe_way)),
        ("address", Fact("Adress", PLACE, _address)),
        ("municipality", Fact("Kommun", PLACE, _place("municipality"))),
        ("court", Fact("Domstol", PLACE, _place("court"))),
        ("employer", Fact("Arbetsplats", PLACE, _place("employer"))),
        ("landlord", Fact("Hyresvärd", PLACE, _place("landlord"))),
        ("health_centre", Fact("Vårdcentral", PLACE, _place("health_centre"))),
        ("actors", Fact("Insatser som pågår, och hos vem", PLACE, _actors)),
        ("safety", Fact("Säkerhetsplanen", PLACE, _safety)),
        ("child_alias", Fact("Hur vi kallar barnet, och ålder", PLAIN, _alias, CHILD)),
        ("child_case", Fact("Att barnet har stöd av oss", PLAIN, _support, CHILD)),
        ("child_language", Fact("Barnets språk och tolk", PLAIN, _language, CHILD)),
        ("child_insatser", Fact("Vilka områden barnets insatser pågår i", PLAIN, _areas, CHILD)),
        ("child_protection", Fact("Att barnet har skyddade personuppgifter", PLAIN, _protection, CHILD)),
        ("child_name", Fact("Barnets namn", IDENTITY, _name, CHILD)),
        ("child_number", Fact("Barnets personnummer eller samordningsnummer", IDENTITY, _number, CHILD)),
        ("child_school", Fact("Skola", PLACE, _child_place("school"), CHILD)),
        ("child_care", Fact("Förskola eller vård", PLACE, _child_place("care"), CHILD)),
        ("child_leisure", Fact("Fritid", PLACE, _child_place("leisure"), CHILD)),
        ("child_actors", Fact("Barnets insatser som pågår, och hos vem", PLACE, _actors, CHILD)),
    ):
        register(key, fact)

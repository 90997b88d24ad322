"""From a value to points 1-5, and how both are said. The limits are settings (METHOD["fidelity_anchors"])."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from django.conf import settings

from contacts.fidelity.models import FidelityItem as Item

LOWEST, HIGHEST = 11, 55
HIGH = 45
POINTS = (5, 4, 3, 2, 1)
COMPUTED = (
    Item.CASELOAD, Item.SUPERVISOR, Item.COMMUNITY, Item.ASSESSMENTS, Item.TIED, Item.NATURAL, Item.GROUP,
)  # fmt: skip
AT_MOST = frozenset({Item.CASELOAD, Item.SUPERVISOR})
COUNTED = {
    Item.COMMUNITY: ("kontakt", "kontakter"),
    Item.ASSESSMENTS: ("ärende", "ärenden"),
    Item.TIED: ("kontakt", "kontakter"),
    Item.NATURAL: ("mål", "mål"),
}
JUDGED = {5: "Genomgående", 4: "Oftast", 3: "Ibland", 2: "Sällan", 1: "Nästan aldrig"}


def points_of(item: str, value: Decimal) -> int:
    """The points of a value: a ratio, a number a week, or a share between 0 and 1."""
    measured = value * 100 if item in COUNTED else value
    for limit, points in settings.METHOD["fidelity_anchors"][item]:
        reached = measured <= Decimal(str(limit)) if item in AT_MOST else measured >= Decimal(str(limit))
        if reached:
            return int(points)
    return 1


def verified(item: str) -> bool:
    return item not in settings.ANCHORS_UNVERIFIED


def anchors(item: str) -> list[tuple[int, str]]:
    """What each number of points asks for, in words, most points first."""
    limits = settings.METHOD["fidelity_anchors"].get(item)
    if limits is None:
        return [(points, JUDGED[points]) for points in POINTS]
    words = ("högst", "mer än") if item in AT_MOST else ("minst", "mindre än")
    rows = [(int(points), f"{words[0]} {_limit(item, limit)}") for limit, points in limits]
    return [*rows, (1, f"{words[1]} {_limit(item, limits[-1][0])}")]


def _limit(item: str, limit: float) -> str:
    number = decimal(Decimal(str(limit)), places=2)
    unit = {
        Item.CASELOAD: "ärenden per kontaktperson",
        Item.SUPERVISOR: "kontaktpersoner per sektionschef",
        Item.GROUP: "i veckan",
    }.get(Item(item))
    return f"{number} {unit}" if unit else f"{number} %"


def in_words(item: str, above: Decimal, below: Decimal) -> str:
    """The figures behind an item: "128 av 240 kontakter, 53,3 %". Rounded away from the next number of points."""
    if item == Item.CASELOAD:
        return f"{decimal(above / below, ROUND_CEILING)} ärenden per kontaktperson, i snitt över {_some(below, 'dag')}"
    if item == Item.SUPERVISOR:
        return f"{_some(above, 'kontaktperson')} på {_some(below, 'sektionschef')}"
    if item == Item.GROUP:
        a_week = decimal(above / below, ROUND_FLOOR, places=2)
        weeks = f"{decimal(below, ROUND_HALF_UP)} {'vecka' if below == 1 else 'veckor'}"
        return f"{_some(above, 'tillfälle', 'tillfällen')} på {weeks}, {a_week} i veckan"
    one, many = COUNTED[Item(item)]
    share = decimal(above / below * 100, ROUND_FLOOR)
    return f"{decimal(above)} av {decimal(below)} {one if below == 1 else many}, {share} %"


MANY = {"dag": "dagar", "kontaktperson": "kontaktpersoner", "sektionschef": "sektionschefer"}


def _some(count: Decimal, one: str, many: str = "") -> str:
    return f"{decimal(count)} {one if count == 1 else many or MANY[one]}"


def decimal(value: Decimal, rounding: str = ROUND_FLOOR, places: int = 1) -> str:
    """ "14,2", and "20" for 20,0."""
    text = f"{value.quantize(Decimal(1).scaleb(-places), rounding):f}"
    return text.rstrip("0").rstrip(".").replace(".", ",")


NOTHING = {
    Item.CASELOAD: "Sektionen hade inga ärenden med kontaktperson, eller ingen kontaktperson på plats, under perioden.",
    Item.SUPERVISOR: "Sektionen saknade kontaktpersoner eller sektionschef den sista dagen.",
    Item.COMMUNITY: "Ingen träffade personen under perioden, så det finns inga kontakter att räkna på.",
    Item.ASSESSMENTS: "Inget ärende har pågått så länge att det ska ha en styrkebedömning.",
    Item.TIED: "Ingen träffade personen under perioden, så det finns inga kontakter att räkna på.",
    Item.NATURAL: "Inget mål pågick den sista dagen.",
}
HELP = {
    Item.JOB: "Hur stor del av arbetstiden går till ärendena? Räkna med dokumentation, handledning och möten om dem.",
    Item.MENTORING: "Är du med ute hos personerna och visar hur arbetet kan göras? Hur ofta, och med alla?",
    Item.QUALITY: "Står personens egna ord i bedömningarna och planerna? Används de vid varje möte?",
    Item.HOPE: "Talar och handlar ni så att personerna får hopp, egna val och tilltro till vad de kan?",
}


def total(points: Iterable[int | None]) -> int:
    """The sum of what there is so far."""
    return sum(value or 0 for value in points)


def is_high(sum_of_points: int | None) -> bool:
    return sum_of_points is not None and sum_of_points >= HIGH

"""Areas that a home lies in, or that somebody has to avoid: parts of the city and the municipalities around it.

Source: SCB's codes of municipalities in Skåne län. The parts of the city are the installation's own (settings.HOUSING).
"""

from collections.abc import Iterable

from django.conf import settings

MUNICIPALITIES = {
    "1214": "Svalöv",
    "1230": "Staffanstorp",
    "1231": "Burlöv",
    "1233": "Vellinge",
    "1256": "Östra Göinge",
    "1257": "Örkelljunga",
    "1260": "Bjuv",
    "1261": "Kävlinge",
    "1262": "Lomma",
    "1263": "Svedala",
    "1264": "Skurup",
    "1265": "Sjöbo",
    "1266": "Hörby",
    "1267": "Höör",
    "1270": "Tomelilla",
    "1272": "Bromölla",
    "1273": "Osby",
    "1275": "Perstorp",
    "1276": "Klippan",
    "1277": "Åstorp",
    "1278": "Båstad",
    "1280": "Malmö",
    "1281": "Lund",
    "1282": "Landskrona",
    "1283": "Helsingborg",
    "1284": "Höganäs",
    "1285": "Eslöv",
    "1286": "Ystad",
    "1287": "Trelleborg",
    "1290": "Kristianstad",
    "1291": "Simrishamn",
    "1292": "Ängelholm",
    "1293": "Hässleholm",
}


def areas() -> dict[str, str]:
    """Key -> name: the city's own parts first, then the other municipalities."""
    own = settings.HOUSING["municipality"]
    others = {code: name for code, name in MUNICIPALITIES.items() if code != own}
    return {**settings.HOUSING["city_areas"], **others}


def labels(keys: Iterable[str]) -> list[str]:
    """The names of the areas, in the order of `areas`; a key that is no longer there is told as it stands."""
    wanted, known = set(keys), areas()
    return [name for key, name in known.items() if key in wanted] + sorted(wanted - set(known))

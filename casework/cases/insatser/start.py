"""The actors that an installation begins with, and a few insatser of each. How they are reached is filled in on site.

Branch and secrecy are read from OSL (2009:400): 26:1 (socialtjänst), 25:1 (vård) and 35:1 (polis) presume harm; school
(23:2), social insurance (28:1), the population register (22:1) and the city's landlord (26:11) do not; a private one
has no secrecy but what law or agreement lays on it. Where a unit of the city belongs is for the administrator to check.
"""

from dataclasses import dataclass

from casework.cases.insatser.models import Actor, Area

OWN, OTHER, AUTHORITY, PRIVATE = Actor.Branch.OWN, Actor.Branch.OTHER_BRANCH, "actor_authority", "actor_private"
STRONG, WEAK, DUTY, NONE = Actor.Secrecy.STRONG, Actor.Secrecy.WEAK, Actor.Secrecy.DUTY, Actor.Secrecy.NONE
Given = tuple[str, str, bool, bool]


@dataclass(frozen=True)
class Start:
    """One actor. An offer is its name, its area, whether it is for children, whether it takes a decision."""

    name: str
    branch: str
    secrecy: str
    offers: tuple[Given, ...]


ACTORS = (
    Start(
        "Mottag för våld i nära relation och heder",
        OWN,
        STRONG,
        (
            ("Råd och stöd", Area.PROTECTION, False, False),
            ("Utredning och bedömning", Area.PROTECTION, False, False),
            ("Ansökan om ekonomiskt bistånd", Area.ECONOMY, False, True),
        ),
    ),
    Start(
        "Kriscentrum Boende",
        OWN,
        STRONG,
        (
            ("Skyddat boende", Area.HOUSING, False, True),
            ("Skyddat boende för barn", Area.HOUSING, True, True),
            ("Stöd efter boendet", Area.EVERYDAY, False, True),
        ),
    ),
    Start(
        "Resursteam Heder",
        OWN,
        STRONG,
        (("Samtalsstöd", Area.PROTECTION, False, False), ("Stöd till unga", Area.PROTECTION, True, False)),
    ),
    Start(
        "Resurscentrum Heder Skåne",
        AUTHORITY,
        STRONG,
        (("Råd till den som utsätts", Area.PROTECTION, False, False), ("Konsultation", Area.AUTHORITIES, False, False)),
    ),
    Start(
        "Barnahus Malmö",
        OWN,
        STRONG,
        (("Samråd om barnet", Area.PROTECTION, True, False), ("Barnkrissamtal", Area.HEALTH, True, False)),
    ),
    Start("Samtalsmottagningen", OTHER, STRONG, (("Samtal för den som använder våld", Area.PROTECTION, False, False),)),
    Start(
        "Kompetenscentrum",
        OWN,
        STRONG,
        (("Väg till arbete eller utbildning", Area.WORK, False, True), ("Samtal om arbete", Area.WORK, False, False)),
    ),
    Start(
        "Kvinno- eller tjejjour",
        PRIVATE,
        DUTY,
        (
            ("Stödsamtal", Area.PROTECTION, False, False),
            ("Skyddat boende hos jour", Area.HOUSING, False, True),
            ("Stöd till barn", Area.PROTECTION, True, False),
        ),
    ),
    Start(
        "Region Skåne",
        AUTHORITY,
        STRONG,
        (
            ("Traumavård", Area.HEALTH, False, False),
            ("Vårdcentral", Area.HEALTH, False, False),
            ("Barn- och ungdomspsykiatri", Area.HEALTH, True, False),
        ),
    ),
    Start(
        "Skola eller förskola",
        AUTHORITY,
        WEAK,
        (("Skyddad skolgång", Area.SCHOOL, True, False), ("Plats i ny förskola", Area.SCHOOL, True, False)),
    ),
    Start(
        "Polisen",
        AUTHORITY,
        STRONG,
        (("Skydd av hotade personer", Area.PROTECTION, False, False), ("Hotbedömning", Area.PROTECTION, False, False)),
    ),
    Start("Skatteverket", AUTHORITY, WEAK, (("Förmedling av post", Area.POST, False, False),)),
    Start(
        "Försäkringskassan",
        AUTHORITY,
        WEAK,
        (
            ("Ersättning och bidrag", Area.ECONOMY, False, False),
            ("Underhållsstöd", Area.ECONOMY, False, False),
        ),
    ),
    Start("Familjerätten", OTHER, STRONG, (("Samarbetssamtal och umgänge", Area.VISITATION, True, False),)),
    Start(
        "MKB Fastighets AB",
        AUTHORITY,
        WEAK,
        (("Hyreskontrakt", Area.HOUSING, False, False), ("Byte av bostad", Area.HOUSING, False, False)),
    ),
    Start("Privat hyresvärd", PRIVATE, NONE, (("Hyreskontrakt", Area.HOUSING, False, False),)),
    Start("Bank", PRIVATE, DUTY, (("Konto och e-legitimation", Area.POST, False, False),)),
)

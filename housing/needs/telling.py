"""A need in words, one field at a time, so that each receiver is told exactly the fields of its stage and no more."""

from collections.abc import Callable, Iterable

from casework.swedish import iso, number
from housing.areas import labels
from housing.codes import Access, AgeBand, Obstacle, ThreatKind, Urgency
from housing.needs.models import HousingNeed, NeedProfile

Told = Callable[[HousingNeed, NeedProfile], str]


def _codes(choices: type) -> Callable[[Iterable[str]], str]:
    known = dict(choices.choices)  # type: ignore[attr-defined]

    def joined(keys: Iterable[str]) -> str:
        wanted = list(keys)
        return ", ".join(str(label) for key, label in known.items() for _ in range(wanted.count(key)))

    return joined


_bands, _access, _obstacles = _codes(AgeBand), _codes(Access), _codes(Obstacle)


def _rent(most: int) -> str:
    return f"{number(most)} kr" if most else "Ingen gräns"


def _yes(value: bool) -> str:
    return "Ja" if value else "Nej"


# Key -> (label, what it says). Never a name, a number, a place where she is, or anything of who.
FIELDS: dict[str, tuple[str, Told]] = {
    "urgency": ("Brådska", lambda need, profile: str(Urgency(need.urgency).label)),
    "waiting_since": (
        "Väntar sedan",
        lambda need, profile: iso(need.published_at) if need.published_at else "",
    ),
    "household": ("Vuxna", lambda need, profile: str(profile.adults)),
    "children": ("Barn", lambda need, profile: _bands(profile.children) or "Inga"),
    "rooms": ("Rum, minst", lambda need, profile: str(profile.rooms)),
    "max_rent": (
        "Hyra, högst",
        lambda need, profile: _rent(profile.max_rent),
    ),
    "areas": ("Önskade områden", lambda need, profile: ", ".join(labels(profile.areas)) or "Alla"),
    "avoid": ("Områden att undvika", lambda need, profile: ", ".join(labels(profile.avoid)) or "Inga"),
    "region": ("Skola eller arbete i", lambda need, profile: ", ".join(labels(profile.region)) or "Spelar ingen roll"),
    "access": ("Tillgänglighet", lambda need, profile: _access(profile.access) or "Inga krav"),
    "pets": ("Djur", lambda need, profile: _yes(profile.pets)),
    "obstacles": ("Hinder", lambda need, profile: _obstacles(profile.obstacles) or "Inga"),
    "threat": ("Hot", lambda need, profile: str(ThreatKind(profile.threat).label) if profile.threat else "Anges inte"),
}


def tell(need: HousingNeed, profile: NeedProfile, keys: Iterable[str]) -> list[tuple[str, str]]:
    """(label, text) of those fields, in the order of FIELDS. Raises KeyError for a key that is no field."""
    wanted = set(keys)
    if unknown := wanted - set(FIELDS):
        raise KeyError(f"no field of a need: {sorted(unknown)}")
    return [(label, says(need, profile)) for key, (label, says) in FIELDS.items() if key in wanted]

"""What each receiver would be told of a need, stage by stage: what the case's staff see beforehand."""

from dataclasses import dataclass

from housing.needs.models import HousingNeed, NeedProfile
from housing.needs.telling import FIELDS, tell
from housing.stages import table
from housing.tracks.models import Receiver


@dataclass
class Step:
    """What is told at a stage beyond the stages before it: fields in words, and what is only named here, since the
    preview opens neither a name nor an address.
    """

    label: str
    told: list[tuple[str, str]]
    beside: list[str]


@dataclass
class Shown:
    """A receiver with the stages that it has."""

    label: str
    steps: list[Step]


def shown(need: HousingNeed, profile: NeedProfile) -> list[Shown]:
    """Every receiver, in order."""
    return [Shown(str(receiver.label), _steps(need, profile, receiver.value)) for receiver in Receiver]


def _steps(need: HousingNeed, profile: NeedProfile, receiver: str) -> list[Step]:
    found, before = list[Step](), frozenset[str]()
    for stage in table.stages_of(receiver):
        keys = table.allowed(receiver, stage.value)
        added, before = keys - before, keys
        own = added & FIELDS.keys()
        found.append(Step(str(stage.label), tell(need, profile, own), table.labels(added - own)))
    return found

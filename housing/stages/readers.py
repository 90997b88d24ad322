"""What a receiver may be told now, and what the pages show of it. Every opened seal ends in the page's read event."""

from dataclasses import dataclass
from typing import Any

from casework import policy
from casework.cases.consents import readers as consents
from casework.cases.consents.models import Consent
from casework.cases.disclosures.models import Disclosure
from casework.policy import Permission
from casework.signin.models import User
from housing.needs.models import NeedVersion
from housing.stages import facts, rules, standing, table
from housing.stages.facts import Told
from housing.stages.models import Stage
from housing.stages.standing import Standing
from housing.tracks.models import Receiver, Track


@dataclass
class Line:
    """A stage of one receiver: what it adds, whether it may be told now, what is missing, and whether it can be asked
    for. `older`: the receiver was told of a version of the need that is not the newest.
    """

    label: str
    slug: str
    adds: list[str]
    reached: bool
    lacks: list[str]
    may_ask: bool
    by_two: bool
    older: int | None = None


@dataclass
class Known:
    """A receiver on the page "Vem vet vad", with its stages."""

    label: str
    slug: str
    own: bool
    lines: list[Line]
    let_in: bool
    may_print: bool
    reference: str


def reached(track: Track, receiver: str) -> Stage:
    """The highest stage whose disclosure is given and whose consent is in force at this moment; for the coordinator
    the highest that the need, the held home, a consent and an open door have brought her to.
    """
    return standing.look(track, receiver).reached


def told(track: Track, receiver: str, user: Any) -> Told:
    """(label, text) of exactly what that receiver may be told now. `user` is who asks: a coordinator gets no name
    unless it is she who was let in.
    """
    return tell(standing.look(track, receiver), user)


def keys_for(found: Standing, user: Any) -> frozenset[str]:
    """The fields that may be told; to another coordinator than the one who was let in without a name."""
    let_in = found.receiver != Receiver.COORDINATOR or sees_name(found, user)
    return found.keys if let_in else found.keys - table.IDENTITY


def sees_name(found: Standing, user: Any) -> bool:
    """Whether it is this coordinator who was let in, and still is."""
    mine = found.reached == Stage.NAMED and found.track.coordinator_id == getattr(user, "pk", None)
    return mine and policy.can_case(user, found.track.case, Permission.HOUSING_NAMED)


def tell(found: Standing, user: Any, *, masked: frozenset[str] = frozenset()) -> Told:
    """The same of somebody who has been looked at, but for what is `masked`."""
    keys = keys_for(found, user) - masked
    if not keys:
        return []
    row = row_of(found)
    own = found.receiver == Receiver.COORDINATOR or row is None
    version: NeedVersion = newest(found.track) if own else row.need_version
    phone = row.words.open().phone if row is not None and table.CONTACT in keys else ""
    return facts.said(found.track, version, found.hold, keys, phone=phone, own=own)


def row_of(found: Standing) -> Any:
    """What the highest stage rests on; to the coordinator a phone was told with her consent, before the name."""
    stage = Stage.CONSENTED if found.receiver == Receiver.COORDINATOR else found.reached
    return found.row(stage)


def reference(disclosure: Disclosure) -> str:
    """By what a receiver can say which paper it has: drawn by chance, made of nothing in the case."""
    return disclosure.pk.hex[:8].upper()


def newest(track: Track) -> NeedVersion:
    """The need of the track as it stands now."""
    found: NeedVersion = track.need.versions.order_by("-number")[0]
    return found


def page(user: User, track: Track) -> list[Known]:
    """The track's receiver and the coordinator, stage by stage. Opens no seal."""
    receivers = [track.kind.receiver, Receiver.COORDINATOR.value]
    found = standing.looks(track, dict.fromkeys(receivers))
    may_ask, number = rules.can_ask(user, track), rules.newest_number(track)
    return [_known(one, user, may_ask, number) for one in found.values()]


def _known(found: Standing, user: User, may_ask: bool, number: int) -> Known:
    own = found.receiver == Receiver.COORDINATOR
    lines, before = list[Line](), frozenset[str]()
    for stage in table.stages_of(found.receiver):
        keys = table.allowed(found.receiver, stage)
        lines.append(_line(found, stage, keys - before, may_ask, number))
        before = keys
    may_print = not own and may_ask and rules.can_print(user, found)
    return Known(
        label=str(Receiver(found.receiver).label),
        slug=table.RECEIVER_SLUGS[found.receiver],
        own=own,
        lines=lines,
        let_in=own and any(row.stage == Stage.NAMED for row in found.rows),
        may_print=may_print,
        reference=reference(row_of(found).disclosure) if may_print else "",
    )


def _line(found: Standing, stage: Stage, adds: frozenset[str], may_ask: bool, number: int) -> Line:
    row = found.row(stage)
    reached = table.RANK[stage] <= table.RANK[found.reached] and bool(found.keys)
    older = row is not None and row.disclosure is not None and row.need_version.number < number
    return Line(
        label=str(stage.label),
        slug=table.STAGE_SLUGS[stage],
        adds=table.labels(adds),
        reached=reached,
        lacks=[] if reached else found.lacks(stage),
        may_ask=may_ask and rules.can_next(found, stage),
        by_two=rules.needs_weighing(found.receiver, stage) and found.receiver != Receiver.COORDINATOR,
        older=row.need_version.number if row is not None and older and reached else None,
    )


def ahead(found: Standing) -> list[tuple[str, list[str]]]:
    """The stages that the coordinator has not reached, each with what is missing."""
    stages = table.stages_of(found.receiver)
    return [(str(stage.label), found.lacks(stage)) for stage in stages if found.lacks(stage)]


def in_force(track: Track) -> list[Consent]:
    """The person's own consents that may be relied on today."""
    return consents.in_force_for(track.case)

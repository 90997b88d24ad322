"""How far a receiver has come on a track, and what it lacks for the next stage. Read anew each time, never kept.

So a consent that is withdrawn or has run out, a home that is no longer held and a track that is over all take back what
a receiver may be told, at once and by themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from casework import policy
from casework.cases.disclosures.models import DisclosureState
from casework.policy import Permission
from housing.homes.models import HoldState, HomeHold
from housing.needs.models import NeedState
from housing.stages import table
from housing.stages.models import Stage, TrackStage
from housing.tracks.models import GONE, Receiver, Track, TrackState

OVER = (*GONE, TrackState.ENDED)
SURE = (HoldState.RESERVED, HoldState.TAKEN)
NOT_ASKED = "Ingen har bett om det med ett samtycke som stöd."
WAITS = "Sektionschefen har inte beslutat än."
REFUSED = "Sektionschefen sade nej till utlämnandet."
CONSENT_GONE = "Samtycket gäller inte längre."
HOME_GONE = "Det gällde en annan bostad. Be om det igen för den bostad som hålls nu."
TRACK_OVER = "Vägen är avslutad."
NO_HOME = "Ingen bostad hålls för vägen."
NOT_SURE = "Bostaden är inte reserverad än. Personen behöver tacka ja först."
NOT_PUBLISHED = "Behovet är inte lämnat till boendesamordnaren."
NO_COORDINATOR = "Ingen boendesamordnare har tagit vägen."
NOT_LET_IN = "Ingen har släppt in boendesamordnaren."


@dataclass
class Standing:
    """What is known of one receiver on one track: what was asked for and has not ended, the home that is held, and
    whether the track's coordinator has been let into the case.
    """

    track: Track
    receiver: str
    rows: list[TrackStage]
    hold: HomeHold | None
    let_in: bool = False
    _lacking: dict[str, list[str]] = field(default_factory=dict)

    @property
    def reached(self) -> Stage:
        """The highest stage that lacks nothing; TOKEN when there is none."""
        whole = [stage for stage in table.stages_of(self.receiver) if not self.lacks(stage)]
        return whole[-1] if whole else Stage.TOKEN

    @property
    def keys(self) -> frozenset[str]:
        """The fields that may be told now."""
        whole = [stage for stage in table.stages_of(self.receiver) if not self.lacks(stage)]
        return table.allowed(self.receiver, whole[-1]) if whole else frozenset()

    def row(self, stage: str) -> TrackStage | None:
        """What the stage rests on: one that is whole before one that is not, the latest of them."""
        rows = [row for row in reversed(self.rows) if row.stage == stage]
        return next((row for row in rows if not self._row_lacks(row)), rows[0] if rows else None)

    def lacks(self, stage: str) -> list[str]:
        """What is missing before the receiver may be told what this stage tells, in words; nothing when it may."""
        if stage not in self._lacking:
            self._lacking[stage] = self._find(stage)
        return self._lacking[stage]

    def _find(self, stage: str) -> list[str]:
        if self.track.state in OVER:
            return [TRACK_OVER]
        if self.receiver == Receiver.COORDINATOR:
            return list(self._coordinator_lacks(stage))
        return self._asked(stage)

    def _coordinator_lacks(self, stage: str) -> Iterable[str]:
        """Each of her stages stands on those below it."""
        if self.track.need.state not in (NeedState.PUBLISHED, NeedState.MET) or self.track.need.published_at is None:
            yield NOT_PUBLISHED
        rank = table.RANK[stage]
        if rank >= table.RANK[Stage.MATCHED] and self.hold is None:
            yield NO_HOME
        if rank >= table.RANK[Stage.CONSENTED]:
            yield from self._asked(Stage.CONSENTED)
        if rank >= table.RANK[Stage.NAMED]:
            yield from self._name_lacks()

    def _name_lacks(self) -> Iterable[str]:
        if self.hold is not None and self.hold.state not in SURE:
            yield NOT_SURE
        if self.track.coordinator is None:
            yield NO_COORDINATOR
        elif not self.let_in or self._asked(Stage.NAMED):
            yield NOT_LET_IN

    def _asked(self, stage: str) -> list[str]:
        row = self.row(stage)
        return [NOT_ASKED] if row is None else self._row_lacks(row)

    def _row_lacks(self, row: TrackStage) -> list[str]:
        found = []
        if row.disclosure is not None and row.disclosure.state != DisclosureState.GIVEN:
            found.append(REFUSED if row.disclosure.state == DisclosureState.REFUSED else WAITS)
        if not row.consent.in_force():
            found.append(CONSENT_GONE)
        if row.hold_id is not None and (self.hold is None or self.hold.pk != row.hold_id):
            found.append(HOME_GONE)
        return found


def look(track: Track, receiver: str) -> Standing:
    """How a receiver stands on a track now. Raises KeyError for what is no receiver."""
    return looks(track, [receiver])[receiver]


def looks(track: Track, receivers: Iterable[str]) -> dict[str, Standing]:
    """The same for several, in a fixed number of queries."""
    rows = TrackStage.objects.filter(track=track, ended_at__isnull=True).order_by("created_at")
    asked = list(rows.select_related("consent__guardian", "disclosure", "need_version", "hold"))
    held = HomeHold.objects.filter(track=track).exclude(state=HoldState.RELEASED).select_related("home").first()
    found = {
        receiver: Standing(track, receiver, [row for row in asked if row.receiver == receiver], held)
        for receiver in receivers
    }
    if coordinator := found.get(Receiver.COORDINATOR):
        coordinator.let_in = policy.can_case(track.coordinator, track.case, Permission.HOUSING_NAMED)
    return found

"""What the next file says of a request, from what stands in it: so it can be made again when it was lost on the way."""

from typing import Any

from casework.cases.rules import Refused
from housing.kompott.kinds import KINDS, told_of
from housing.kompott.models import ExchangeState, KompottOffer, KompottRequest
from housing.stages import standing, table
from housing.stages.models import Stage
from housing.tracks.models import Receiver


def facts_of(row: KompottRequest | KompottOffer) -> dict[str, Any]:
    """The facts of the message `row.to_tell`. Raises Refused when the need is not written."""
    kind, words = row.to_tell, row.words.open()
    if isinstance(row, KompottRequest) and kind == "request":
        return _need(row)
    told: dict[str, Any] = {
        "why": row.declined or words.answer,
        "offer": words.offer,
        "lease": words.answer,
        "takes_over": row.state == ExchangeState.TRANSFERRED,
        "day": str(row.moved_on if kind == "moved" else row.transfer_asked_on),
    }
    return {name: told[name] for name in KINDS[kind].facts}


def _need(request: KompottRequest) -> dict[str, Any]:
    """Exactly the fields that the table of stages lets another municipality have before it has said yes, as the need
    stood when its giving out was decided: what was changed after that has to be decided anew.
    """
    given = standing.look(request.track, Receiver.MUNICIPALITY).row(Stage.PROFILE)
    if given is None:
        raise Refused("Behovet är inte utlämnat till den andra kommunen. Lämna ut det på sidan Vem vet vad.")
    version = given.need_version
    keys = table.allowed(Receiver.MUNICIPALITY, Stage.PROFILE)
    return told_of(request.track.need.urgency, version.profile.open(), keys)

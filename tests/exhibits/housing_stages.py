from typing import Any

from django.utils import timezone

from casework.cases.consents.models import Consent, ConsentWords
from housing.needs.models import HousingNeed, NeedProfile, NeedVersion
from housing.stages import actions
from housing.stages.actions import Asked
from housing.stages.models import StageWords, TrackStage
from housing.tracks.models import Track, TrackKind, TrackWords
from tests.housing import made

# A way to a provider, which may be told the need: the next stage is asked for. Nobody is let in.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
stages                   GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
stage_ask                GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
stage_let_out            GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
packet                   POST +---    +---   ----  ----      +->-  -+--   -+--  ----    ----    xxx- ----  <<<<
stages_token             GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  ++--    xxxx    xxxx xxxx  <<<<
stages_reveal            POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xx--    xxxx    xxxx xxxx  <<<<
"""
NOBODY = "00000000-0000-0000-0000-000000000007"
TEXTS = {"recipient", "purpose", "phone", "reservation", "weighing"}
LAST: tuple[str, ...] = ()


def _consent(world: Any, record: str) -> str:
    return str(world.records[record].more["stage_consent"].pk) if record in world.records else NOBODY


FORMS: dict[str, Any] = {
    "stage_ask": lambda world, record: {
        "consent": _consent(world, record), "recipient": "Boendet", "purpose": "En plats", "phone": "040-1",
        "reservation": "",
    },
    "stages_reveal": lambda world, record: {"reason": "contact"},
}  # fmt: skip


def _on_track(*rest: str) -> Any:
    def arguments(found: Any, use: str) -> list[Any]:
        number, pk = (found.case.number, found.more["stage_track"].pk) if found else ("26-99999-9", NOBODY)
        return [number, pk, *rest]

    return arguments


def _by_token(found: Any, use: str) -> list[Any]:
    track = found.more["stage_track"] if found else None
    return [track.need.token, track.kind.key] if track else ["B-222222", "ingen"]


ARGUMENTS: dict[str, Any] = {
    "stages": _on_track(),
    "stage_ask": _on_track("skyddat-boende", "samtycke"),
    "stage_let_out": _on_track(),
    "packet": _on_track("skyddat-boende"),
    "stages_token": _by_token,
    "stages_reveal": _by_token,
}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    need = made.need_in(case, contact)
    track = made.make_track(need, made.make_kind("way_plain", key="stages-shown", receiver="provider"))
    consent = made.make_consent(contact, case)
    asked = Asked(recipient="Boendet", purpose="En plats", phone="040-1")
    facts = {"receiver": "provider", "stage": "stage_profile", "consent": consent, "asked": asked}
    return {
        "stage_track": track,
        "stage_consent": consent,
        "stage": actions.ask_stage(by=contact, track=track, **facts),
    }


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    """The need is one that has been met: another subject lays out the one that goes on."""
    from tests.canary_people import filled

    today, case = timezone.localdate(), person.case
    near, owner = {"case": case, "client_id": case.client_id}, {"client_id": case.client_id}
    need = HousingNeed(**near, state="met", urgency="month", written_by=user, ended_on=today)
    version = NeedVersion(**owner, need=need, number=1, written_by=user, profile=filled(NeedProfile, known))
    key = f"steg-{case.number}"
    kind = TrackKind(key=key, name=f"Stegen {case.number}", way="way_plain", receiver="provider")
    track = Track(**near, need=need, kind=kind, words=filled(TrackWords, known))
    consent = Consent(
        **near, given_by="person", way="oral", given_on=today, until=today, noted_by=user,
        words=filled(ConsentWords, known),
    )  # fmt: skip
    stage = TrackStage(
        **owner, track=track, stage="stage_consented", receiver="coordinator", consent=consent, need_version=version,
        asked_by=user, words=filled(StageWords, known),
    )  # fmt: skip
    return [need, version, kind, track, consent, stage]

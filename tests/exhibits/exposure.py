from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.cases.exposure import actions
from casework.cases.exposure.models import ExposureIncident, ExposureMeasure, ExposureWords, MeasureWords

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
exposures                GET  x       x      x     x         +     +      x     x       x       x    x     <
exposure_new             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
exposure                 GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
exposure_change          GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
exposure_close           GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
"""
TEXTS = {"what", "how", "who_can_know", "lessons", "note"}
LAST: tuple[str, ...] = ()
NOBODY = "00000000-0000-0000-0000-000000000007"


def _moment(name: str) -> dict[str, str]:
    now = timezone.localtime()
    return {f"{name}_0": now.strftime("%Y-%m-%d"), f"{name}_1": now.strftime("%H.%M")}


def _found(name: str) -> dict[str, str]:
    before = timezone.localtime() - timedelta(days=2)
    return {f"{name}_0": before.strftime("%Y-%m-%d"), f"{name}_1": before.strftime("%H.%M")}


def _version(world: Any, record: str) -> str:
    if record not in world.records:
        return "1"
    pk = world.records[record].more["exposure"].pk
    return str(ExposureIncident.objects.values_list("version", flat=True).get(pk=pk))


def _step(world: Any, record: str) -> str:
    """The first step of the check list that nothing is noted of yet."""
    noted = set[str]()
    if record in world.records:
        incident = world.records[record].more["exposure"]
        noted = set(ExposureMeasure.objects.filter(incident=incident).values_list("step", flat=True))
    return next((step for step in ExposureMeasure.Step.values if step not in noted), "copies")


FORMS: dict[str, Any] = {
    "exposure_new": lambda world, record: {
        **_found("found_at"), "what": "Kommunen", "source": "us", "how": "I ett brev", "who_can_know": "Mottagaren",
    },
    "exposure": lambda world, record: {
        "step": _step(world, record), **_moment("done_at"), "note": "Ringde på det säkra sättet",
    },
    "exposure_change": lambda world, record: {
        **_found("found_at"), "what": "Skolan", "source": "authority", "how": "", "who_can_know": "", "lessons": "Läs",
        "version": _version(world, record),
    },
}  # fmt: skip
ARGUMENTS: dict[str, Any] = {
    name: lambda found, use: [
        found.case.number if found else "26-99999-9",
        found.more["exposure"].pk if found else NOBODY,
    ]
    for name in ("exposure", "exposure_change", "exposure_close")
}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    found, at = timezone.now() - timedelta(days=2), timezone.now() - timedelta(minutes=1)
    words = ExposureWords(what="Kommunen stod i ett brev")
    incident = actions.report_exposure(
        by=contact, case=case, found_at=found, happened_at=None, source="us", words=words
    )
    actions.note_measure(by=contact, incident=incident, step="warned", done_at=at, not_needed=False, note="Ringde")
    return {"exposure": incident}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    case, owner = person.case, person.case.client_id
    incident = ExposureIncident(
        case=case, client_id=owner, found_at=timezone.now(), source="us", reported_by=user,
        words=filled(ExposureWords, known),
    )  # fmt: skip
    measure = ExposureMeasure(
        incident=incident, client_id=owner, step="warned", done_by=user, words=filled(MeasureWords, known)
    )
    return [incident, measure]

from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.clients.protection import actions as protection
from housing.fortur import actions
from housing.fortur.models import ForturApplication, ForturWords
from housing.landlords.models import Landlord, LandlordWords
from housing.needs.models import HousingNeed
from housing.stages import actions as stages
from housing.tracks.models import Track, TrackKind, TrackWords

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
fortur                   GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
fortur_write             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
fortur_approve           GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      >-+-  ->--   -x--  ----    ----    xxx- ----  <<<<
fortur_decide            GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
fortur_renew             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
fortur_print             POST s---    s---   ----  ----      s->-  -s--   -s--  ----    ----    xxx- ----  <<<<
fortur_quotas            GET  x       x      x     x         x     x      x     +       x       x    x     <
fortur_quota             GET  x       x      x     x         x     x      x     +       x       x    x     <
                         POST x       x      x     x         x     x      x     >       x       x    x     <
"""
TEXTS = {"certificate", "conditions", "decider", "area_limit", "grounds"}
LAST: tuple[str, ...] = ()
NOBODY = "00000000-0000-0000-0000-000000000007"
TEXT = "Hushållet behöver ett hem att bo kvar i."


def _landlord() -> Landlord:
    """One for the whole world: its name is nobody's."""
    from tests.housing import made

    found = Landlord.objects.filter(kind="public", active=True).first()
    return found or made.make_landlord(kind="public", name="Kommunala Bostadsbolaget")


def _write(world: Any, record: str) -> dict[str, Any]:
    version = 1
    if record in world.records:
        pk = world.records[record].more["fortur_planned"].pk
        version = ForturApplication.objects.values_list("version", flat=True).get(track=pk)
    return {"landlord": str(_landlord().pk), "certificate": TEXT, "conditions": "", "version": str(version)}


def _decide(world: Any, record: str) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "outcome": "granted", "decided_on": str(today), "decider": "Uthyrningschefen", "offers_allowed": "1",
        "valid_until": str(today + timedelta(days=90)), "area_limit": "", "declined": "", "grounds": "",
    }  # fmt: skip


FORMS: dict[str, Any] = {
    "fortur_write": _write,
    "fortur_approve": lambda world, record: {"read": "on", "version": _write(world, record)["version"]},
    "fortur_decide": _decide,
    "fortur_renew": lambda world, record: {"what": "fortur_over", "valid_until": ""},
    "fortur_quota": lambda world, record: {
        "landlord": str(_landlord().pk), "year": str(timezone.localdate().year), "homes": "4",
    },
}  # fmt: skip


def _at(which: str) -> Any:
    return lambda found, use: [
        found.case.number if found else "26-99999-9",
        found.more[which].pk if found else NOBODY,
    ]


ARGUMENTS: dict[str, Any] = {
    **{name: _at("fortur_planned") for name in ("fortur", "fortur_write", "fortur_approve")},
    **{name: _at("fortur_sent") for name in ("fortur_decide", "fortur_renew", "fortur_print")},
}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    """One application that waits for the sektionschef, and one that the landlord has got."""
    from tests.housing import made

    need, found = made.need_in(case, contact), {}
    for name, lease in (("fortur_planned", "first_hand"), ("fortur_sent", "sublease")):
        kind = made.make_kind("way_fortur", key=f"exhibit-{lease}", receiver="public_landlord", lease=lease)
        found[name] = track = made.make_track(need, kind)
        told = {"landlord": _landlord(), "certificate": TEXT, "conditions": "", "version": 0}
        application = actions.write_application(by=contact, track=track, **told)
    actions.approve_application(by=chief, application=application, version=1)
    protection.check_protection(by=contact, case=case)
    asked = stages.Asked(recipient="Hyresvärden", purpose="Ett hem", phone="040-10 00 00")
    consent = made.make_consent(contact, case)
    told = {"receiver": "public_landlord", "stage": "stage_consented", "consent": consent, "asked": asked}
    stages.ask_stage(by=contact, track=track, **told)
    sent = ForturApplication.objects.select_related("track__kind", "track__need", "case__client").get(track=track)
    sent.track.case = sent.track.need.case = sent.case
    actions.print_application(by=contact, application=sent)
    return found


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    """The need is one that has been met: another subject lays out the one that goes on."""
    from tests.canary_people import filled

    case = person.case
    near = {"case": case, "client_id": case.client_id}
    need = HousingNeed(**near, state="met", urgency="month", written_by=user, ended_on=timezone.localdate())
    kind = TrackKind(key=f"fortur-{case.number}", name=f"Förtur {case.number}", way="way_fortur", receiver="provider")
    track = Track(**near, need=need, kind=kind, words=TrackWords())
    landlord = Landlord(name=f"Förtursvärden {case.number}", kind="public", words=LandlordWords())
    facts = {"track": track, "landlord": landlord, "lease": "first_hand", "written_by": user}
    return [need, kind, track, landlord, ForturApplication(**near, **facts, words=filled(ForturWords, known))]

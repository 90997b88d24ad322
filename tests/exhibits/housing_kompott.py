from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework.crypto import parcel
from casework.signin.models import User
from housing.kompott import actions, agreement_actions
from housing.kompott.models import (
    Agreement,
    AgreementMember,
    AgreementWords,
    ExchangeKey,
    ExchangeWords,
    KompottOffer,
    KompottRequest,
    Liaison,
    LiaisonWords,
    PrivateKey,
)
from housing.kompott.steps import new_reference
from housing.needs.models import HousingNeed, NeedProfile
from housing.tracks.models import Track, TrackKind, TrackWords
from tests.housing import made
from tests.housing.kompott import sides

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
kompott_request          GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
kompott_move:skicka      GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
kompott_move:sluta       GET  ----    ----   ----  ----      ----  ----   ----  ----    ----    xxx- ----  <<<<
kompott_file             POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
agreements               GET  x       x      x     x         x     x      x     +       x       x    x     <
agreement_new            GET  x       x      x     x         x     x      x     +       x       x    x     <
                         POST x       x      x     x         x     x      x     >       x       x    x     <
agreement                GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
agreement_change         GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
member_new               GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
member                   GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
member_keys              GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
member_quota             GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
member_switch            GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
liaison_new              GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
liaison_end              GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
kompott_inbox            GET  x       x      x     x         x     x      x     +       x       x    x     <
kompott_offer            GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
kompott_answer:erbjud    GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
kompott_answer_file      POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
exchange_import          GET  x       x      x     x         x     x      x     +       x       x    x     <
                         POST x       x      x     x         x     x      x     >       x       x    x     <
exchange_keys            GET  x       x      x     x         x     x      x     x       x       x    +     <
                         POST x       x      x     x         x     x      x     x       x       x    >     <
kompott_ledger           GET  x       x      x     x         +     +      x     +       x       x    x     <
ledger_export            POST x       x      x     x         s     s      x     s       x       x    x     <
"""
TEXTS = {"note", "text", "cost_split", "distance", "name", "phone"}
LAST: tuple[str, ...] = ()
NOBODY = "00000000-0000-0000-0000-000000000008"
PAIR = parcel.make_pair()


def _more(world: Any, record: str, name: str) -> Any:
    return world.records[record].more[name] if record in world.records else None


def _request(world: Any, record: str) -> dict[str, str]:
    found = _more(world, record, "kompott")
    if found is None:
        return {}
    fresh = KompottRequest.objects.get(pk=found.pk)
    chosen = {"member": str(fresh.member_id), "consent": str(fresh.consent_id)}
    return {**chosen, "note": "Bråttom", "version": str(fresh.version)}


def _terms(world: Any, record: str) -> dict[str, Any]:
    found = _more(world, record, "agreement")
    today = timezone.localdate()
    return {
        "name": "Kompott", "valid_from": str(today), "valid_until": str(today), "answer_days": "10",
        "lease": "first_hand", "sublet_months": "12", "cost_split": "Hemkommunen", "distance": "", "note": "",
        "version": str(found.version if found else 1),
    }  # fmt: skip


def _keys(world: Any, record: str) -> dict[str, Any]:
    found = _more(world, record, "member")
    version = AgreementMember.objects.get(pk=found.pk).version if found else 1
    heard = parcel.fingerprint(PAIR.verify_key, PAIR.seal_key)
    return {"verify_key": PAIR.verify_key, "seal_key": PAIR.seal_key, "heard": heard, "version": str(version)}


def _file(world: Any, record: str) -> dict[str, Any]:
    raw = world.records["own"].more["other"].file("request", new_reference(), sides.FACTS)
    return {"file": SimpleUploadedFile("fil.json", raw, "application/json")}


FORMS: dict[str, Any] = {
    "kompott_request": _request,
    "agreement_new": _terms,
    "agreement_change": _terms,
    "member_new": lambda world, record: {"code": "1292"},
    "member_keys": _keys,
    "member_quota": lambda world, record: {"year": "2027", "homes": "4"},
    "liaison_new": lambda world, record: {
        "role": "kompott_liaison", "name": "Karin Ny", "phone": "046-12", "note": "",
    },
    "kompott_answer": lambda world, record: {"text": "Två rum i maj", "home": ""},
    "exchange_import": _file,
}  # fmt: skip


def _of(name: str) -> Any:
    """The address of what lies under `name`, and of the use after it."""

    def arguments(found: Any, use: str) -> list[Any]:
        pk = found.more[name].pk if found else NOBODY
        return [pk, use] if use else [pk]

    return arguments


def _on_track(found: Any, use: str) -> list[Any]:
    place = [found.case.number, found.more["kompott"].track_id] if found else ["26-99999-9", NOBODY]
    return [*place, use] if use else place


ARGUMENTS: dict[str, Any] = {
    **dict.fromkeys(("kompott_request", "kompott_move", "kompott_file"), _on_track),
    **dict.fromkeys(("agreement", "agreement_change", "member_new"), _of("agreement")),
    **dict.fromkeys(("member", "member_keys", "member_quota", "member_switch", "liaison_new"), _of("member")),
    **dict.fromkeys(("kompott_offer", "kompott_answer", "kompott_answer_file"), _of("incoming")),
    "liaison_end": lambda found, use: [
        found.more["member"].pk if found else NOBODY,
        found.more["liaison"].pk if found else NOBODY,
    ],
}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    hanna, ada = (User.objects.get(username=name) for name in ("hanna", "ada"))
    agreement = sides.make_agreement(hanna, name="Kompott Skåne")
    code = ("1287", "1261", "1262")[Agreement.objects.count() - 1]
    other = sides.make_other(hanna, ada, code=code, agreement=agreement)
    words = LiaisonWords(name="Karin Ny", phone="046-12")
    liaison = agreement_actions.add_liaison(by=hanna, member=other.member, role="kompott_liaison", words=words)
    incoming = sides.come(other, hanna, new_reference())
    kind = made.make_kind("way_kompott", key="kompott-prov", receiver="municipality")
    track = made.make_track(made.need_in(case, contact), kind)
    consent = made.make_consent(contact, case)
    request = actions.write_request(by=contact, track=track, member=other.member, consent=consent, note="Bråttom")
    return {
        "kompott": request, "agreement": agreement, "member": other.member, "liaison": liaison, "other": other,
        "incoming": incoming,
    }  # fmt: skip


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    """The need is one that has been met: another subject lays out the one that goes on."""
    from tests.canary_people import filled

    case, today = person.case, timezone.localdate()
    near = {"case": case, "client_id": case.client_id}
    agreement = Agreement(
        name="Prov", valid_from=today, valid_until=today, answer_days=1, lease="first_hand",
        words=filled(AgreementWords, known),
    )  # fmt: skip
    member = AgreementMember(agreement=agreement, code="1293", name="Hässleholm")
    liaison = Liaison(member=member, role="kompott_liaison", words=filled(LiaisonWords, known))
    keys = {"verify_key": uuid4().hex, "seal_key": uuid4().hex, "in_use": False}
    key = ExchangeKey(**keys, made_by=user, secret=filled(PrivateKey, known))
    need = HousingNeed(**near, state="met", urgency="month", written_by=user, ended_on=today)
    kind = TrackKind(key=f"byte-{case.number}", name=f"Byte {case.number}", way="way_kompott", receiver="municipality")
    track = Track(**near, need=need, kind=kind, words=TrackWords())
    words, reference = filled(ExchangeWords, known), new_reference()
    request = KompottRequest(**near, track=track, member=member, reference=reference, words=words)
    offer = KompottOffer(
        member=member, reference=new_reference(), urgency="month", profile=filled(NeedProfile, known),
        words=filled(ExchangeWords, known),
    )  # fmt: skip
    return [agreement, member, liaison, key, need, kind, track, request, offer]

"""Files between municipalities: made to be sent, and taken in. Keys of our own."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.access import branches
from casework.cases.models import Case
from casework.cases.rules import Refused, is_open
from casework.crypto import parcel
from casework.signin.models import User
from housing.kompott import exchange, keys, rules, telling
from housing.kompott.arriving import arrive, offer_of, request_of
from housing.kompott.exchange import BadFile, Parcel
from housing.kompott.kinds import ASKING, Message, understood
from housing.kompott.models import (
    AgreementMember,
    ExchangeFile,
    ExchangeKey,
    KompottOffer,
    KompottRequest,
    PrivateKey,
)

UNKNOWN = "Avsändaren är inte med i något avtal om byte hos oss. Läs inte in filen."
OTHER_KEY = (
    "Filen är undertecknad med en annan nyckel än den vi kontrollerade. Läs inte in den. Ring den andra kommunen."
)
TWICE = "Filen är redan inläst."
NO_REQUEST = "Vi har ingen förfrågan med den beteckningen hos den kommunen."
NOT_OPEN = "Förfrågan är inte öppen hos oss längre, så filen läses inte in."
NOTHING = "Det finns inget nytt att berätta för den andra kommunen."


def make_request_file(*, by: User, request: KompottRequest) -> bytes:
    """The file that tells the municipality asked of our latest step. Made anew each time it is asked for.

    Raises Forbidden, Refused (nothing to tell, no keys, consent or stage gone before the need is told).
    """
    rules.check_can_move(by, request)
    with trail.act(Tag.EXCHANGE_EXPORTED, by=by, refs=[request.case.ref(), request.ref()]):
        rows = KompottRequest.objects.select_related("member", "case", "track__need", "consent__guardian")
        fresh = rows.select_for_update(of=("self",)).get(pk=request.pk)
        if fresh.to_tell == "request":
            rules.check_consent(fresh.consent, fresh.case)
            rules.check_stage(fresh.track)
        return _leave(by, fresh)


def make_offer_file(*, by: User, offer: KompottOffer) -> bytes:
    """The file that answers the municipality that asked. Raises Forbidden, Refused (nothing to tell, no keys)."""
    rules.check_can_coordinate(by)
    with trail.act(Tag.EXCHANGE_EXPORTED, by=by, refs=[offer.ref()]):
        fresh = KompottOffer.objects.select_related("member").select_for_update(of=("self",)).get(pk=offer.pk)
        return _leave(by, fresh)


def import_file(*, by: User, raw: bytes) -> KompottRequest | KompottOffer:
    """Takes in a file from another municipality: what it says happens here too, or nothing does.

    Raises Forbidden; Refused, and leaves an event of that, for a file that is no file of ours, is not by the holder of
    the checked key, is altered, to somebody else, too old, from ahead of now, known already, or does not fit.
    """
    rules.check_can_coordinate(by)
    try:
        with trail.act(Tag.EXCHANGE_IMPORTED, by=by) as event:
            file = exchange.read(raw)
            member, message = _believed(file)
            _once(by, file, member, message)
            row = _found(by, member, message)
            arrive(row, message)
            event.touch(row.ref())
            return row
    except (BadFile, Refused) as why:
        trail.denied(Tag.EXCHANGE_REFUSED, by=by, reason=str(why))
        raise Refused(str(why)) from None


def make_keys(*, by: User) -> ExchangeKey:
    """Our own keys, drawn by chance. Those used before are put away, and still open what is on its way.

    Raises Forbidden.
    """
    rules.check_can_keep_keys(by)
    with trail.act(Tag.EXCHANGE_KEY_MADE, by=by) as event:
        for old in ExchangeKey.objects.select_for_update().filter(in_use=True):
            old.in_use = False
            old.save()
        pair = parcel.make_pair()
        secret = PrivateKey(signing=pair.signing, opening=pair.opening)
        made = ExchangeKey(verify_key=pair.verify_key, seal_key=pair.seal_key, made_by=by, secret=secret)
        made.save()
        event.touch(made.ref())
        return made


def _leave(by: User, row: KompottRequest | KompottOffer) -> bytes:
    if not row.to_tell:
        raise Refused(NOTHING)
    message = Message(row.to_tell, row.reference, telling.facts_of(row))
    sealed = exchange.seal(
        pair=keys.pair(),
        sender=keys.own_code(),
        to=row.member.code,
        seal_key=row.member.seal_key,
        content=message.content(),
        days=keys.file_days(),
    )
    row.told_at = timezone.now()
    row.save()
    _keep(by, "out", sealed.message, sealed.expires_at, row.member, message)
    return sealed.raw


def _keep(by: User, direction: str, number: Any, until: Any, member: AgreementMember, message: Message) -> None:
    facts = {"member": member, "reference": message.reference, "kind": message.kind, "by": by, "expires_at": until}
    ExchangeFile(message=number, direction=direction, **facts).save()


def _believed(file: Parcel) -> tuple[AgreementMember, Message]:
    """Whose file it is and what it says. Raises BadFile, Refused."""
    file.check_for(keys.own_code())
    known = AgreementMember.objects.filter(code=file.sender, own=False, active=True, keys_checked_on__isnull=False)
    members = list(known.select_related("agreement").order_by("-agreement__valid_from"))
    if not members:
        raise Refused(UNKNOWN)
    checked = [member for member in members if member.verify_key == file.fields["verify_key"]]
    if not checked:
        raise Refused(OTHER_KEY)
    file.check_signed(checked[0].verify_key)
    file.check_time(timezone.now())
    message = understood(file.unpack(keys.openings()))
    today = timezone.localdate()
    valid = [member for member in checked if member.agreement.valid_from <= today <= member.agreement.valid_until]
    return (valid or checked)[0], message


def _once(by: User, file: Parcel, member: AgreementMember, message: Message) -> None:
    """Raises Refused for a file that has been taken in, also by somebody else at this moment."""
    try:
        with transaction.atomic():
            _keep(by, "in", file.message, file.expires_at, member, message)
    except IntegrityError:
        raise Refused(TWICE) from None


def _found(by: User, member: AgreementMember, message: Message) -> KompottRequest | KompottOffer:
    """The row that a message is about, locked. Raises Refused."""
    if message.known.side == ASKING:
        return offer_of(member, message)
    mine = KompottRequest.objects.filter(case__in=branches.within(Case.objects.all(), by).values("pk"))
    found = mine.filter(reference=message.reference, member__code=member.code).select_related("track").first()
    if found is None:
        raise Refused(NO_REQUEST)
    request = request_of(found)
    if not is_open(request.case):
        raise Refused(NOT_OPEN)
    return request

"""The agreements between municipalities as data: terms, who takes part, whose keys are checked, whom to call."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.crypto import parcel
from casework.signin.models import User
from housing.areas import MUNICIPALITIES
from housing.codes import LeaseKind
from housing.kompott import keys, rules
from housing.kompott.models import Agreement, AgreementMember, AgreementWords, ExchangeKey, Liaison, LiaisonWords

MOST_DAYS, MOST_MONTHS = 365, 120
MISREAD = (
    "Kontrollkoden stämmer inte med nycklarna. Ring kommunen, be dem läsa upp koden på sin sida Nycklar för byten, "
    "och skriv den som de säger den. Stämmer den ändå inte: be om nycklarna på nytt."
)


def write_agreement(
    *,
    by: User,
    name: str,
    valid_from: date,
    valid_until: date,
    answer_days: int,
    lease: str,
    sublet_months: int,
    words: AgreementWords,
    agreement: Agreement | None = None,
    version: int = 1,
) -> Agreement:
    """Writes an agreement, a new one when `agreement` is None; then our own municipality is in it from the start.

    Raises Forbidden, Refused (no name, ends before it begins, days, months or a lease that cannot be meant), StaleEdit.
    """
    rules.check_can_coordinate(by)
    _check_terms(name, valid_from, valid_until, answer_days, lease, sublet_months)
    with trail.act(Tag.AGREEMENT_WRITTEN, by=by) as event:
        if agreement is None:
            row = Agreement()
        else:
            row = Agreement.objects.select_for_update().get(pk=agreement.pk)
            row.check_version(version)
        row.name, row.valid_from, row.valid_until, row.answer_days = name, valid_from, valid_until, answer_days
        row.lease, row.sublet_months, row.words = lease, sublet_months, words
        row.save()
        event.touch(row.ref())
        if agreement is None:
            AgreementMember(agreement=row, code=keys.own_code(), name=keys.own_name(), own=True).save()
        return row


def add_member(*, by: User, agreement: Agreement, code: str) -> AgreementMember:
    """A municipality joins. Keys that were checked in another agreement hold here too.

    Raises Forbidden, Refused (no municipality we know of, one that is in the agreement already).
    """
    rules.check_can_coordinate(by)
    if code not in MUNICIPALITIES:
        raise Refused("Välj en kommun i listan.")
    with trail.act(Tag.AGREEMENT_WRITTEN, by=by, refs=[agreement.ref()]) as event:
        known = AgreementMember.objects.filter(code=code, keys_checked_on__isnull=False).first()
        member = AgreementMember(agreement=agreement, code=code, name=MUNICIPALITIES[code])
        if known is not None:
            member.verify_key, member.seal_key = known.verify_key, known.seal_key
            member.keys_checked_on = known.keys_checked_on
        try:
            with transaction.atomic():
                member.save()
        except IntegrityError:
            raise Refused("Kommunen är redan med i avtalet.") from None
        event.touch(member.ref())
        return member


def check_keys(
    *, by: User, member: AgreementMember, verify_key: str, seal_key: str, heard: str, version: int
) -> AgreementMember:
    """Notes a municipality's public keys after its check code was read aloud on the phone: `heard`, as it was heard.

    They hold in every agreement it is in. Raises Forbidden, Refused (our own, no keys, keys of somebody else, a code
    that is not of these keys), StaleEdit.
    """
    rules.check_can_coordinate(by)
    if member.own:
        raise Refused("Våra egna nycklar skapas av administratören på sidan Nycklar för byten.")
    if not (parcel.is_key(verify_key) and parcel.is_key(seal_key)) or verify_key == seal_key:
        raise Refused("Det är inte två hela nycklar. Kopiera dem igen, 64 tecken var, och byt inte plats på dem.")
    if "".join(heard.split()) != "".join(parcel.fingerprint(verify_key, seal_key).split()):
        raise Refused(MISREAD)
    with trail.act(Tag.AGREEMENT_WRITTEN, by=by) as event:
        fresh = AgreementMember.objects.select_for_update().get(pk=member.pk)
        fresh.check_version(version)
        _check_theirs(member, verify_key)
        others = AgreementMember.objects.select_for_update().filter(code=member.code, own=False).exclude(pk=fresh.pk)
        for row in [fresh, *others]:
            row.verify_key, row.seal_key, row.keys_checked_on = verify_key, seal_key, timezone.localdate()
            row.save()
            event.touch(row.ref())
        return fresh


def switch_member(*, by: User, member: AgreementMember, active: bool) -> AgreementMember:
    """A municipality pauses, or takes part again. What is going on with it goes on only while it takes part.

    Raises Forbidden, Refused (our own).
    """
    rules.check_can_coordinate(by)
    if member.own:
        raise Refused("Vår egen kommun är alltid med i avtalet.")
    with trail.act(Tag.AGREEMENT_WRITTEN, by=by, refs=[member.ref()]):
        fresh = AgreementMember.objects.select_for_update().get(pk=member.pk)
        if fresh.active != active:
            fresh.active = active
            fresh.version += 1
            fresh.save()
        return fresh


def add_liaison(*, by: User, member: AgreementMember, role: str, words: LiaisonWords) -> Liaison:
    """Whom to call in a municipality. Raises Forbidden, Refused (no role of the list, no name or phone)."""
    rules.check_can_coordinate(by)
    if role not in Liaison.Role.values:
        raise Refused("Välj vilken roll hen har.")
    if not (words.name.strip() and words.phone.strip()):
        raise Refused("Skriv namn och telefon.")
    with trail.act(Tag.LIAISON_WRITTEN, by=by, refs=[member.ref()]) as event:
        liaison = Liaison(member=member, role=role, words=words)
        liaison.save()
        event.touch(liaison.ref())
        return liaison


def end_liaison(*, by: User, liaison: Liaison) -> Liaison:
    """She does not do it any longer. Raises Forbidden, Refused (has ended already)."""
    rules.check_can_coordinate(by)
    with trail.act(Tag.LIAISON_WRITTEN, by=by, refs=[liaison.ref()]):
        fresh = Liaison.objects.select_for_update().get(pk=liaison.pk)
        if fresh.ended_on is not None:
            raise Refused("Kontakten är redan avslutad.")
        fresh.ended_on = timezone.localdate()
        fresh.version += 1
        fresh.save()
        return fresh


def _check_terms(name: str, start: date, end: date, answer_days: int, lease: str, months: int) -> None:
    if not name.strip():
        raise Refused("Skriv vad avtalet heter.")
    if end < start:
        raise Refused("Avtalet kan inte sluta gälla innan det börjar. Ändra någon av dagarna.")
    if not 1 <= answer_days <= MOST_DAYS:
        raise Refused(f"Skriv dagar till svar, mellan 1 och {MOST_DAYS}.")
    if lease not in LeaseKind.values:
        raise Refused("Välj vilket kontrakt avtalet gäller.")
    if not 0 <= months <= MOST_MONTHS:
        raise Refused(f"Skriv månader före övertagande, mellan 0 och {MOST_MONTHS}.")


def _check_theirs(member: AgreementMember, verify_key: str) -> None:
    """Nobody may be taken for somebody else: not for us, nor for a third municipality."""
    others = AgreementMember.objects.filter(verify_key=verify_key).exclude(code=member.code)
    if others.exists() or ExchangeKey.objects.filter(verify_key=verify_key).exists():
        raise Refused("Nycklarna är redan någon annans. Be kommunen om deras egna.")

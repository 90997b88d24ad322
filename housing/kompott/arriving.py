"""What a message from another municipality does here: the same step as there, within the act that takes in the file."""

from datetime import date

from django.utils import timezone

from casework.cases.rules import Refused
from housing.codes import DeclineReason, Urgency
from housing.kompott import steps
from housing.kompott.kinds import Message, profile_of
from housing.kompott.models import AgreementMember, ExchangeState, ExchangeWords, KompottOffer, KompottRequest
from housing.tracks import moving

KNOWN = "Förfrågan med den beteckningen finns redan hos oss."
NO_OFFER = "Ingen förfrågan med den beteckningen har kommit från den kommunen. Läs in filen med förfrågan först."
NO_AGREEMENT = "Avtalet med den kommunen gäller inte i dag, så nya förfrågningar tas inte emot."
NOT_NOW = "Filen handlar om överflyttning av ärendet, men det är inte där vi är. Ring den andra kommunen."


def request_of(found: KompottRequest) -> KompottRequest:
    """A request of ours with its case and track, locked."""
    return steps.locked(found, moving.locked(found.track))


def offer_of(member: AgreementMember, message: Message) -> KompottOffer:
    """The request from them that a message is about: a new row for a new request, else the known one, locked.

    Raises Refused for a new one that is known or has no agreement today, and for an answer to what never came.
    """
    rows = KompottOffer.objects.filter(member__code=member.code, reference=message.reference)
    found = rows.select_for_update(of=("self",)).select_related("member__agreement", "quota").first()
    if message.kind != "request":
        if found is None:
            raise Refused(NO_OFFER)
        return found
    if found is not None:
        raise Refused(KNOWN)
    today, agreement = timezone.localdate(), member.agreement
    if not agreement.valid_from <= today <= agreement.valid_until:
        raise Refused(NO_AGREEMENT)
    urgency = message.facts.get("urgency", Urgency.LATER)
    profile = profile_of(message.facts)
    return KompottOffer(
        member=member, reference=message.reference, urgency=urgency, profile=profile, words=ExchangeWords()
    )


def arrive(row: KompottRequest | KompottOffer, message: Message) -> None:
    """Does to a locked row what the message says. Raises Refused when it does not fit."""
    row.to_tell, row.told_at = "", None
    facts, does = message.facts, message.known.move
    why = str(facts.get("why", DeclineReason.TOO_LATE if message.kind == "expired" else ""))
    day = date.fromisoformat(facts["day"]) if "day" in facts else None
    if "offer" in facts or "lease" in facts:
        row.words = steps.words_with(
            row, offer=facts.get("offer", row.words.open().offer), answer=facts.get("lease", "")
        )
    if message.kind == "transfer_asked":
        _asked(row, day)
    elif message.kind == "transfer_answer":
        does = _answered(row, facts["takes_over"])
    elif message.kind == "request":
        steps.set_going(row, row.member)
    if isinstance(row, KompottOffer):
        steps.theirs(row, does, on=day, declined=why)
    else:
        assert isinstance(row, KompottRequest)
        steps.ours(row, does, on=day, declined=why)
        steps.follow(row, does, on=day, declined=why)


def _asked(row: KompottRequest | KompottOffer, day: date | None) -> None:
    if row.state != ExchangeState.MOVED or row.transfer_asked_on is not None or day is None:
        raise Refused(NOT_NOW)
    if day > timezone.localdate():
        raise Refused("Dagen kan inte ligga framåt i tiden.")
    row.transfer_asked_on = day


def _answered(row: KompottRequest | KompottOffer, takes_over: bool) -> str:
    """The step that an answer makes; none for a no: then the case stays until IVO has decided."""
    if row.state != ExchangeState.MOVED or row.transfer_asked_on is None or row.transfer_answered_on is not None:
        raise Refused(NOT_NOW)
    row.transfer_answered_on = timezone.localdate()
    return "transfer" if takes_over else ""

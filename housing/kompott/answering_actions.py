"""A request that another municipality sent us: answered step by step, each step told in a file."""

from collections.abc import Mapping

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.signin.models import User
from housing.codes import LeaseKind
from housing.homes.models import Home
from housing.kompott import kinds, rules, steps
from housing.kompott.models import ExchangeState, KompottOffer

# Step -> (its transition, the kind of message that tells of it).
MOVES: Mapping[str, tuple[str, str]] = {
    "acknowledge": ("acknowledge", "acknowledged"),
    "decline": ("decline", "declined"),
    "lose": ("turn_down", "offer_lost"),
}


def move_offer(*, by: User, offer: KompottOffer, name: str, declined: str = "") -> KompottOffer:
    """Takes a request that came one of MOVES further. `declined` is a DeclineReason where something comes to nothing.

    Raises Forbidden, Refused (a step that does not fit, one before that has not been told, no reason).
    """
    rules.check_can_coordinate(by)
    does, tells = MOVES[name]
    with trail.act(Tag.KOMPOTT_MOVED, by=by, refs=[offer.ref()]):
        fresh = _locked(offer)
        steps.theirs(fresh, does, declined=declined)
        fresh.words = steps.words_with(fresh, answer=declined)
        _tell(fresh, tells)
        return fresh


def offer_home(*, by: User, offer: KompottOffer, text: str, home: Home | None) -> KompottOffer:
    """Offers a home, told without its address. `home` is one in our register, which nobody else is then offered.

    Raises Forbidden, Refused (a step that does not fit, nothing said or too much, a home that is not free).
    """
    rules.check_can_coordinate(by)
    if not kinds.KINDS["offered"].facts["offer"](text):
        raise Refused(f"Skriv vilken bostad det är, utan adress, med högst {kinds.OFFER_MOST} tecken.")
    with trail.act(Tag.KOMPOTT_MOVED, by=by, refs=[offer.ref()]):
        fresh = _locked(offer)
        steps.hold_home(fresh, home)
        steps.theirs(fresh, "offer")
        fresh.words = steps.words_with(fresh, offer=text)
        _tell(fresh, "offered")
        return fresh


def note_contract(*, by: User, offer: KompottOffer, lease: str) -> KompottOffer:
    """There is a lease of this kind (a LeaseKind).

    Raises Forbidden, Refused (unknown kind, a step that does not fit).
    """
    rules.check_can_coordinate(by)
    if lease not in LeaseKind.values:
        raise Refused("Välj vilket slags kontrakt det är.")
    with trail.act(Tag.KOMPOTT_MOVED, by=by, refs=[offer.ref()]):
        fresh = _locked(offer)
        steps.theirs(fresh, "sign")
        fresh.words = steps.words_with(fresh, answer=lease)
        _tell(fresh, "contract")
        return fresh


def answer_transfer(*, by: User, offer: KompottOffer, takes_over: bool) -> KompottOffer:
    """Answers the home municipality, which has asked us to take over the case (SoL 29:11: at once, and in writing).

    Raises Forbidden, Refused (nothing was asked, or it is answered already).
    """
    rules.check_can_coordinate(by)
    with trail.act(Tag.KOMPOTT_MOVED, by=by, refs=[offer.ref()]):
        fresh = _locked(offer)
        if fresh.state != ExchangeState.MOVED or fresh.transfer_asked_on is None:
            raise Refused("Ingen har begärt att vi tar över ärendet.")
        if fresh.transfer_answered_on is not None:
            raise Refused("Begäran är redan besvarad.")
        fresh.transfer_answered_on = timezone.localdate()
        if takes_over:
            steps.theirs(fresh, "transfer")
        _tell(fresh, "transfer_answer")
        return fresh


def _locked(offer: KompottOffer) -> KompottOffer:
    """The request as it is now; what it was told last has left us. Raises Refused otherwise."""
    rows = KompottOffer.objects.select_related("member__agreement", "quota")
    fresh = rows.select_for_update(of=("self",)).get(pk=offer.pk)
    rules.check_told(fresh)
    return fresh


def _tell(offer: KompottOffer, kind: str) -> None:
    offer.to_tell, offer.told_at = kind, None
    offer.version += 1
    offer.save()

"""The page of a request that another municipality sent, and what each of its forms does."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from casework.signin.models import User
from housing.kompott import answering_actions, kinds, readers
from housing.kompott.forms import OfferForm
from housing.kompott.models import KompottOffer, KompottRequest
from housing.kompott.pages import Step, answers


def offer_page(offer: KompottOffer) -> dict[str, Any]:
    return {
        "row": offer,
        "told": readers.need_in(offer),
        "words": offer.words.open(),
        "steps": answers(offer),
        "to_tell": kinds.label(offer.to_tell),
        "files": readers.files_of(offer),
        **readers.transfer_days(offer),
    }


def form_of(request: HttpRequest, step: Step) -> Any:
    if step.form is OfferForm:
        return OfferForm(request.POST or None, homes=readers.free_homes())
    return step.form(request.POST or None)


def run(user: User, offer: KompottOffer, step: Step, data: dict[str, Any]) -> KompottOffer:
    """A step by which we answer, with what its form says."""
    if step.name == "offer":
        home = readers.home_of(data["home"])
        return answering_actions.offer_home(by=user, offer=offer, text=data["text"], home=home)
    if step.name == "contract":
        return answering_actions.note_contract(by=user, offer=offer, lease=data["lease"])
    if step.name == "answer":
        return answering_actions.answer_transfer(by=user, offer=offer, takes_over=data["takes_over"] == "ja")
    why = data.get("declined", "")
    return answering_actions.move_offer(by=user, offer=offer, name=step.name, declined=why)


def leads_to(row: KompottRequest | KompottOffer) -> str:
    """Where a file that was taken in is seen: never the case that it may be about."""
    return reverse("kompott_offer", args=[row.pk]) if isinstance(row, KompottOffer) else reverse("kompott_inbox")

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from casework import policy
from casework.acting import GET_POST, carry_out, compare, user_of
from casework.cases.pages import case_form
from casework.clients.children.readers import get_child
from casework.clients.protection import actions, masking_actions, pages, readers
from casework.clients.protection.forms import (
    MASK,
    ChangeMarkForm,
    CheckForm,
    DecideForm,
    FinishForm,
    ProposeForm,
    ReplaceForm,
)
from casework.clients.protection.models import IdentityChange, MaskingHit
from casework.clients.readers import mark_of
from casework.policy import Permission
from casework.records import StaleEdit


@require_GET
def protection(request: HttpRequest, number: str) -> HttpResponse:
    return pages.protection_page(request, policy.get_case(request.user, number), CheckForm())


@require_POST
def check(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.CASE_CHANGE)
    form, back = CheckForm(request.POST), _page(number)
    done = carry_out(
        request, form, lambda data: actions.check_protection(by=user_of(request), case=case), lambda _: back
    )
    if done:
        messages.success(request, "Skyddet är kontrollerat i dag.")
    return done or pages.protection_page(request, case, form)


@GET_POST
def change_mark(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.CASE_CHANGE)
    mark, stale = mark_of(case, pk), list[Any]()
    initial = {"review_on": mark.review_on, "decided_by": mark.details.open().decided_by, "version": mark.version}
    form, back = ChangeMarkForm(request.POST or None, initial=initial), _page(number)

    def act(data: dict[str, Any]) -> Any:
        facts = {name: data[name] for name in ("review_on", "decided_by", "version")}
        return actions.change_mark(by=user_of(request), case=case, mark=mark, **facts)

    try:
        done = carry_out(request, form, act, lambda _: back)
    except StaleEdit:
        done, stale = None, compare(form, initial)
    if done:
        messages.success(request, "Ändringen är sparad.")
    return done or case_form(request, case, form, "Ändra skyddet", "Spara ändringen", stale=stale, cancel_url=back)


@GET_POST
def replace_identity(request: HttpRequest, number: str, pk: uuid.UUID | None = None) -> HttpResponse:
    """The person's, or with `pk` a child's."""
    case, stale = policy.get_case(request.user, number, Permission.CASE_CHANGE), list[Any]()
    child = get_child(request.user, number, pk, Permission.CASE_CHANGE) if pk else None
    client = child.client if child else case.client
    now = client.identity.open()
    initial = {"language": now.language, "interpreter": now.interpreter, "version": client.version}
    form, after = ReplaceForm(request.POST or None, initial=initial), reverse("masking", args=[number])

    def act(data: dict[str, Any]) -> IdentityChange:
        facts = {"identity": form.identity(), "version": data["version"], "grounds": data["grounds"]}
        return actions.replace_identity(by=user_of(request), case=case, child=child, **facts)

    try:
        done = carry_out(request, form, act, lambda _: after)
    except StaleEdit:
        done, stale = None, compare(form, initial)
    if done:
        messages.success(request, "Identiteten är bytt. Gå nu igenom texterna, två personer tillsammans.")
    lead = "Den tidigare identiteten försvinner genast och kan inte tas tillbaka."
    more: dict[str, Any] = {"lead": lead, "stale": stale, "danger": True}
    more["cancel_url"] = reverse("child", args=[number, pk]) if pk else _page(number)
    return done or case_form(request, case, form, "Byt identitet", "Byt identiteten", **more)


@require_GET
def masking(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.MASK)
    change = readers.change_of(case)
    if change is not None:
        return pages.masking_page(request, change)
    return case_form(request, case, None, "Maskering", "", template="casework/protection/masking.html")


@require_POST
def masking_hit(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case, user = policy.get_case(request.user, number, Permission.MASK), user_of(request)
    hit = readers.hit_of(case, pk)
    form = _sent(request, hit)

    def act(data: dict[str, Any]) -> MaskingHit:
        if isinstance(form, DecideForm):
            return masking_actions.decide_hit(by=user, hit=hit, exact=data.get("exact", ""))
        return masking_actions.propose_hit(by=user, hit=hit, mask=data["verdict"] == MASK, why=data["why"])

    back = f"{reverse('masking', args=[number])}?page={request.GET.get('page', '')[:4]}"
    done = carry_out(request, form, act, lambda hit: f"{back}#rad-{hit.row}")
    if done:
        messages.success(request, "Beslutet är sparat." if isinstance(form, DecideForm) else "Förslaget är sparat.")
    return done or pages.masking_page(request, hit.change, form, hit.pk)


def _sent(request: HttpRequest, hit: MaskingHit) -> DecideForm | ProposeForm:
    if request.POST.get("do") == "decide":
        changed = hit.mask and readers.changed_since(hit)
        return DecideForm(request.POST, auto_id=f"{hit.pk}_decide_%s", changed=changed)
    return ProposeForm(request.POST, auto_id=f"{hit.pk}_propose_%s")


@GET_POST
def finish(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.MASK)
    change, form = readers.open_change(case), FinishForm(request.POST or None)

    def act(data: dict[str, Any]) -> IdentityChange:
        return masking_actions.finish_change(by=user_of(request), change=change)

    done = carry_out(request, form, act, lambda _: _page(number))
    if done:
        messages.success(request, "Bytet av identitet är klart. Den gamla nyckeln är förstörd.")
    lead = (
        "Allt om personen förseglas på nytt och den gamla nyckeln förstörs. Äldre säkerhetskopior och skäl som står "
        "i ärendets logg går sedan aldrig att läsa igen."
    )
    more: dict[str, Any] = {"lead": lead, "cancel_url": reverse("masking", args=[number]), "danger": True}
    return done or case_form(request, case, form, "Avsluta bytet av identitet", "Avsluta bytet", **more)


def _page(number: str) -> str:
    return reverse("protection", args=[number])

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, Act, carry_out, compare, user_of
from casework.cases.insatser import register_actions, rules, unexecuted
from casework.cases.insatser import register_readers as readers
from casework.cases.insatser.register_forms import ActorForm, ChangeActorForm, ChangeOfferForm, OfferForm
from casework.paper.answer import as_file
from casework.policy import Permission
from casework.records import StaleEdit
from casework.signin.reauth import reauthenticated


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.REGISTER_READ)
    visit.purpose(Tag.REGISTER_READ)
    context = {"cards": readers.cards(), "may_write": rules.can_write_register(user_of(request))}
    return render(request, "casework/insatser/register.html", context)


@GET_POST
def new_actor(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.REGISTER_WRITE)
    form = ActorForm(request.POST or None)

    def act(data: dict[str, Any]) -> Any:
        return register_actions.add_actor(by=user_of(request), **form.facts())

    return _form(request, form, act, "Ny aktör", "Lägg till aktören", "Aktören är tillagd.")


@GET_POST
def change_actor(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.REGISTER_WRITE)
    actor = readers.actor_of(pk)
    form = ChangeActorForm(request.POST or None, initial=readers.begin_actor(actor))

    def act(data: dict[str, Any]) -> Any:
        return register_actions.change_actor(by=user_of(request), actor=actor, **form.facts())

    return _form(request, form, act, "Ändra aktören", "Spara aktören", "Aktören är sparad.")


@GET_POST
def new_offer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.REGISTER_WRITE)
    actor = readers.actor_of(pk)
    form = OfferForm(request.POST or None, initial={"needs_decision": True})

    def act(data: dict[str, Any]) -> Any:
        return register_actions.add_offer(by=user_of(request), actor=actor, **form.facts())

    return _form(request, form, act, f"Ny insats hos {actor}", "Lägg till insatsen", "Insatsen är tillagd.")


@GET_POST
def change_offer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.REGISTER_WRITE)
    offer = readers.offer_of(pk)
    form = ChangeOfferForm(request.POST or None, initial=readers.begin_offer(offer))

    def act(data: dict[str, Any]) -> Any:
        return register_actions.change_offer(by=user_of(request), offer=offer, **form.facts())

    return _form(request, form, act, f"Ändra insatsen hos {offer.actor}", "Spara insatsen", "Insatsen är sparad.")


def _form(request: HttpRequest, form: Any, act: Act, title: str, submit: str, said: str) -> HttpResponse:
    """Runs `act` and leads to the register; else the form again, with both texts when it came late."""
    stale: list[Any] = []
    try:
        done = carry_out(request, form, act, lambda _: reverse("register"))
    except StaleEdit:
        done, stale = None, compare(form, form.initial)
    if done:
        messages.success(request, said)
        return done
    context = {"form": form, "title": title, "submit": submit, "stale": stale}
    return render(request, "casework/insatser/register_form.html", context)


# --- decisions that are not carried out -------------------------------------------------------------------------------


@require_GET
def unexecuted_list(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.UNEXECUTED_LIST)
    visit.purpose(Tag.UNEXECUTED_READ)
    found = unexecuted.report(user_of(request), unexecuted.chosen(request.GET.get("kvartal")))
    context = {
        "quarter": found.quarter,
        "quarters": unexecuted.quarters(),
        "late": unexecuted.lines(found.late),
        "soon": unexecuted.lines(found.soon),
    }
    return render(request, "casework/insatser/unexecuted.html", context)


@require_GET
@reauthenticated()
def unexecuted_csv(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.UNEXECUTED_LIST)
    quarter = unexecuted.chosen(request.GET.get("kvartal"))
    found = unexecuted.report(user_of(request), quarter)
    # Told of also when it is empty: that somebody took it is what matters.
    visit.purpose(Tag.UNEXECUTED_EXPORTED, detail={"quarter": quarter.code, "rows": len(found.late)})
    csv = unexecuted.as_csv(found).encode("utf-8-sig")
    return as_file(csv, f"ej-verkstallt-{quarter.code}.csv", "text/csv; charset=utf-8")

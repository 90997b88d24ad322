"""In the case: places to stay away from, and what the sektionschef decides on after a warning."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from casework import policy
from casework.acting import GET_POST, user_of
from casework.cases.pages import act_form
from casework.cases.readers import header
from casework.policy import Permission
from housing.areas import areas
from housing.homes import hold_actions, place_actions, readers, rules
from housing.homes.forms import DecideForm, EndForm, PlaceForm
from housing.homes.models import ColocationDecision, KnownPlace


@require_GET
def known_places(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    context = {
        "places": readers.places(case),
        "ended": readers.ended_places(case),
        "questions": readers.questions(case),
        "may_write": rules.can_write(user_of(request), case),
        "decides": policy.may(request.user, Permission.DECIDE),
        "somebody": readers.violent(case).exists(),
    }
    return render(request, "housing/homes/places.html", {**header(case), **context})


@GET_POST
def known_place_new(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.HOUSING_WRITE)
    form = PlaceForm(request.POST or None, people=readers.violent(case))

    def act(data: dict[str, Any]) -> KnownPlace:
        return place_actions.note_place(by=user_of(request), case=case, related=data["related"], words=form.words())

    lead = "Platsen jämförs med de bostäder som erbjuds i ärendet. Ingen utanför ärendet får se den."
    more = {"back": reverse("known_places", args=[number]), "said": "Platsen är tillagd.", "lead": lead}
    return act_form(request, case, form, act, "Lägg till en plats att undvika", "Spara platsen", **more)


@GET_POST
def known_place_end(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.HOUSING_WRITE)
    place = readers.place_of(case, pk)
    form = EndForm(request.POST or None)

    def act(data: dict[str, Any]) -> KnownPlace:
        return place_actions.end_place(by=user_of(request), place=place, reason=data["reason"])

    lead = (
        f"{place.related.get_part_display()}: {place.related.get_relation_display().lower()}. Platsen jämförs inte mer."
    )
    more = {"back": reverse("known_places", args=[number]), "said": "Platsen gäller inte längre.", "lead": lead}
    return act_form(request, case, form, act, "Platsen gäller inte längre", "Avsluta platsen", **more)


@GET_POST
def colocation(request: HttpRequest, number: str, pk: uuid.UUID, name: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.DECIDE)
    question, user = readers.question_of(case, pk, name), user_of(request)
    form = DecideForm(request.POST or None)

    def act(data: dict[str, Any]) -> ColocationDecision:
        return hold_actions.decide_about_home(by=user, question=question, **{key: data[key] for key in form.TOLD})

    more = {
        "question": question,
        "area": areas().get(question.home.area, question.home.area),
        "may_decide": rules.can_decide(user, question),
        "reason": question.words.open().reason,
        "template": "housing/homes/colocation.html",
    }
    back, said = reverse("known_places", args=[number]), "Beslutet är sparat."
    return act_form(request, case, form, act, "Varning om en bostad", "Spara beslutet", back=back, said=said, **more)

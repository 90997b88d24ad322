import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, carry_out, form_or_draft, user_of
from casework.cases.pages import case_form
from casework.cases.rules import Refused
from casework.drafts import store
from casework.policy import Permission
from contacts.review import actions, board, readers
from contacts.review.forms import ReviewForm
from contacts.review.models import CaseReview


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.CASE_REVIEW)
    visit.purpose(Tag.REVIEW_BOARD_READ)
    found = board.board(user_of(request))
    kind, who = request.GET.get("visa", ""), request.GET.get("person", "")
    person = next((person for person in found.people if str(person.pk) == who), None)
    kind, who = kind if kind in board.FILTERS else "", str(person.pk) if person else ""
    kept = {"visa": kind, "person": who}
    context = {
        "board": found,
        "page": board.page(found.wanting(kind, who), request.GET.get("page")),
        "tabs": [(name, label, found.counts[name]) for name, label in board.FILTERS.items()],
        "kind": kind,
        "person": person,
        "query": "".join(f"{name}={value}&" for name, value in kept.items() if value),
        "ceilings": readers.ceilings(),
        "first": readers.queue(user_of(request)).first,
    }
    return render(request, "contacts/review/board.html", context)


@GET_POST
def case_review(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.CASE_REVIEW)
    user, slot = user_of(request), f"review:{number}"
    seen, queue, draft = readers.judging(case), readers.queue(user), store.find(user, slot)
    weight = seen["reviews"][0].weight if seen["reviews"] else None
    form = form_or_draft(request, ReviewForm, draft, initial=ReviewForm.defaults(weight))
    after = queue.after(number)

    def act(data: dict[str, Any]) -> CaseReview:
        review = actions.review_case(by=user, case=case, **{name: data[name] for name in data if name != "once"})
        store.drop(user, slot)
        return review

    target = reverse("case_review", args=[after]) if after and "next" in request.POST else reverse("board")
    done = carry_out(request, form, act, lambda _: target)
    if done:
        messages.success(request, f"Genomgången av {number} är sparad.")
        return done
    more = {"seen": seen, "place": queue.place(number), "queue": queue, "after": after, "draft": draft, "slot": slot}
    return case_form(request, case, form, "Genomgång", "", template="contacts/review/case_review.html", **more)


@require_POST
def mark_seen(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    try:
        actions.mark_seen(by=user_of(request), review=readers.review_of(case, pk))
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, "Genomgången är markerad som läst.")
    return redirect("case", number)

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import user_of
from casework.policy import Permission
from housing import doors
from housing.needs import queue as readers


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Where a housing coordinator begins: what she has taken, and everything that waits for a home."""
    policy.check_may(request.user, Permission.HOUSING_QUEUE)
    visit.purpose(Tag.QUEUE_READ)
    user = user_of(request)
    page = readers.listed(user, request.GET.get("page"))
    context = {"page": page, "columns": readers.columns(), "mine": readers.mine(user)}
    return render(request, "housing/needs/queue.html", context)


@require_GET
def need(request: HttpRequest, token: str) -> HttpResponse:
    found = doors.need_by_token(request.user, token)
    visit.purpose(Tag.NEED_READ)
    return render(request, "housing/needs/need.html", readers.page(user_of(request), found))

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import user_of
from casework.policy import Permission
from housing.tenancies import readers


@require_GET
def tenancies_board(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.HOUSING_QUEUE)
    visit.purpose(Tag.TENANCIES_READ)
    page = readers.board(user_of(request), request.GET.get("page"))
    return render(request, "housing/tenancies/board.html", {"page": page})

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import user_of
from casework.policy import Permission
from housing.overview import readers


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.HOUSING_OVERVIEW)
    visit.purpose(Tag.HOUSING_OVERVIEW_READ)
    found = readers.overview(user_of(request), request.GET.get("page"))
    return render(request, "housing/overview/overview.html", found)

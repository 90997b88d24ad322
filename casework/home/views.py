from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from audit import reading, trail
from audit.tags import Tag
from casework import policy
from casework.acting import user_of
from casework.cases import naming
from casework.cases.documents.uploads import FileTooBig
from casework.drafts import held
from casework.policy import LABELS, ROLES, Permission
from casework.signin.models import Role

START = {
    Role.KONTAKTPERSON: "caseload",
    Role.SEKTIONSCHEF: "section",
    Role.LOG_REVIEWER: "log",
    Role.ADMINISTRATOR: "users",
    Role.HOUSING_COORDINATOR: "housing_queue",
}


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if held.is_waiting(user):
        return redirect("held")
    target = START.get(Role(user.role))
    return redirect(target) if target else render(request, "casework/nothing.html")


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what, as the program itself applies it."""
    rows = [(label, [(role, permission in ROLES[role]) for role in Role]) for permission, label in LABELS.items()]
    return render(request, "casework/roles.html", {"roles": list(Role), "rows": rows})


@require_POST
def log_of_case(request: HttpRequest) -> HttpResponse:
    """From the reviewer's box to a case's log. By POST: a name typed there by mistake stands in no address."""
    policy.check_may(request.user, Permission.LOG_READ)
    number = naming.normal_case_number(request.POST.get("number", ""))
    return redirect("case_log", number if naming.is_case_number(number) else "-")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: what cannot be read. A body over the limit says so, and that the text is still in the browser."""
    too_big = isinstance(exception, RequestDataTooBig)
    context = {"file": str(exception) if isinstance(exception, FileTooBig) else ""}
    page = render_to_string("413.html" if too_big else "400.html", context)
    return HttpResponse(page, status=413 if too_big else 400)


@require_GET
def log_page(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.LOG_READ)
    page = reading.log_page(request.GET.get("page"))
    trail.read(Tag.LOG_READ, [], by=user_of(request))
    return render(request, "casework/log.html", {"page": page, "status": reading.status()})

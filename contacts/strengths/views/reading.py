from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import user_of
from casework.cases import readers as cases
from casework.cases.models import Case
from casework.cases.rules import is_open
from casework.policy import Permission
from contacts.strengths import comparing, readers
from contacts.strengths.models import AssessmentState, Column, StrengthsAssessment
from contacts.strengths.talks import TALKS
from contacts.supervision import readers as supervision

WITH_PLACES, WITHOUT_PLACES, EMPTY = "with_places", "without_places", "empty_sheet"


@require_GET
def assessment(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    listed = readers.numbers(case)
    found = readers.sheet_of(listed[0] if listed else None)
    may_write = is_open(case) and Permission.METHOD_WRITE in policy.permissions_for(user_of(request), case)
    context = {
        **cases.header(case),
        "sheet": found,
        "numbers": listed,
        "columns": Column.choices,
        "working": bool(listed) and listed[0].state == AssessmentState.WORKING,
        "may_write": may_write,
        "answer_for": next((each for each in listed if _waits(each)), None) if may_write else None,
        "first": TALKS[0],
        "drafted": readers.drafted(user_of(request), case) if may_write else [],
        "panel": supervision.taken_up(case, may_write=may_write),
    }
    return render(request, "contacts/strengths/assessment.html", context)


@require_GET
def version(request: HttpRequest, number: str, which: int) -> HttpResponse:
    case = policy.get_case(request.user, number)
    chosen = readers.number_of(case, which)
    may_write = is_open(case) and Permission.METHOD_WRITE in policy.permissions_for(user_of(request), case)
    context = {
        **cases.header(case),
        "sheet": readers.sheet_of(chosen),
        "columns": Column.choices,
        "before": which - 1,
        "may_answer": may_write and _waits(chosen),
    }
    return render(request, "contacts/strengths/version.html", context)


@require_GET
def compare(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    listed = readers.numbers(case)
    known = {str(each.number): each for each in listed}
    earlier, later = (known.get(request.GET.get(name, "")) for name in ("fran", "till"))
    earlier, later = earlier or next(iter(listed[1:]), None), later or next(iter(listed), None)
    if earlier and later and earlier.number > later.number:
        earlier, later = later, earlier
    found = comparing.compare(earlier, later) if earlier and later and earlier != later else None
    context = {"numbers": listed, "earlier": earlier, "later": later, "found": found}
    return render(request, "contacts/strengths/compare.html", {**cases.header(case), **context})


@require_GET
def printed(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    with_places = request.GET.get("platser") == "med"
    found = readers.sheet(case)
    visit.purpose(Tag.ASSESSMENT_PRINTED, reason_code=WITH_PLACES if with_places else WITHOUT_PLACES)
    context = {
        "sheet": found if with_places else found.without_places(),
        "locating": found.locating,
        "with_places": with_places,
    }
    return _paper(request, case, "print", context)


@require_GET
def empty_sheet(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    visit.purpose(Tag.ASSESSMENT_PRINTED, reason_code=EMPTY)
    return _paper(request, case, "empty", {"talks": TALKS, "lines": range(5)})


def _paper(request: HttpRequest, case: Case, name: str, context: dict[str, object]) -> HttpResponse:
    context |= {**cases.header(case), "columns": Column.choices}
    return render(request, f"contacts/strengths/{name}.html", context)


def _waits(found: StrengthsAssessment) -> bool:
    """Whether the person's standpoint is still to be noted."""
    return found.state == AssessmentState.SIGNED and found.approved_on is None

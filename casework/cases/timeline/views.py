from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit import reading
from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import user_of
from casework.cases import readers as cases
from casework.cases.timeline import readers, registry, summary


@require_GET
def timeline(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    visit.purpose(Tag.TIMELINE_READ)
    sources = registry.sources()
    kind, stamp = request.GET.get("slag", ""), request.GET.get("sedan", "")
    kind = kind if kind in {source.name for source in sources} else ""
    since = cases.moment(stamp)
    kept = {"slag": kind, "sedan": stamp if since else ""}
    context = {
        **cases.header(case),
        "page": readers.page(case, kind=kind, since=since, number=request.GET.get("page")),
        "sources": sources,
        "kind": kind,
        "since": since,
        "stamp": kept["sedan"],
        "last_visit": reading.last_visit(case.number, str(user_of(request).pk), Tag.TIMELINE_READ),
        "query": "".join(f"{name}={value}&" for name, value in kept.items() if value),
    }
    return render(request, "casework/timeline.html", context)


@require_GET
def case_summary(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    visit.purpose(Tag.SUMMARY_READ)
    user = user_of(request)
    held = policy.permissions_for(user, case)
    context = {**cases.header(case), "parts": summary.for_case(user, case, held)}
    return render(request, "casework/summary.html", context)

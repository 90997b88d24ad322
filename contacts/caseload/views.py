from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import user_of
from casework.policy import Permission
from contacts.caseload import readers as caseload
from contacts.cover import readers as cover
from contacts.rhythm import flags

TABS = (
    ("", "Alla"),
    ("utan-kontaktperson", "Utan kontaktperson"),
    ("utan-ersattare", "Utan ersättare"),
    ("utan-kontakt", "Utan kontakt i tid"),
    ("avslutade", "Avslutade"),
)


@require_GET
def my_cases(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.CASELOAD)
    visit.purpose(Tag.CASELOAD_READ)
    user = user_of(request)
    rows, covers = flags.beside(caseload.mine(user)), cover.covers_of(user)
    for row in rows:
        row.cover = covers.get(row.case.pk)
    context = {"rows": rows, "offers": caseload.offers_to(user)}
    return render(request, "contacts/caseload.html", context)


@require_GET
def section(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.SECTION_CASELOAD)
    visit.purpose(Tag.SECTION_READ)
    user = user_of(request)
    wanted = request.GET.get("visa", "")
    seen = caseload.overview(user)
    page = caseload.section_page(user, seen, wanted, request.GET.get("page"))
    context = {
        "page": page,
        "rows": caseload.section_rows(page.object_list),
        "overview": seen,
        "old_drafts": caseload.old_drafts(seen.loads),
        "tabs": TABS,
        "wanted": wanted,
        "query": urlencode({"visa": wanted}) + "&",
    }
    return render(request, "contacts/section.html", context)

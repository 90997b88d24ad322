from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.cases.forms import SearchForm
from casework.policy import Permission
from casework.search import readers


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """By POST, so that what was searched for stands in no address, history or server log."""
    policy.check_may(request.user, Permission.SEARCH)
    form = SearchForm(request.POST)
    result = None
    if form.is_valid():
        result = readers.search(request.user, form.cleaned_data["q"])
        said = {"q": form.cleaned_data["q"], "hits": len(result.cases)}
        visit.purpose(Tag.SEARCHED, reason_code=result.kind, detail=said)
    return render(request, "casework/search.html", {"form": form, "result": result})

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework import policy
from casework.demo import entrance, guard, people


@require_GET
def cast(request: HttpRequest) -> HttpResponse:
    """Who one can be in the demo."""
    guard.check_demo()
    return render(request, "casework/demo.html", {"cast": people.CAST, "password": entrance.PASSWORD})


@require_GET
def code(request: HttpRequest, username: str) -> HttpResponse:
    """The code that this invented person's app shows now."""
    guard.check_demo()
    user = entrance.member(username)
    if user is None:
        raise policy.NotFound("Det finns ingen sådan person i demon.")
    return JsonResponse({"code": entrance.code_for(user), "password": entrance.PASSWORD})

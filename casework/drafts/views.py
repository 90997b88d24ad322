import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from casework import policy, swedish
from casework.acting import user_of
from casework.drafts import actions, held, slots, store
from casework.policy import Permission


@require_POST
def autosave(request: HttpRequest, slot: str) -> HttpResponse:
    """Keeps what is being typed. Does not count as activity: the session locks as if nothing had happened."""
    known, case = slots.read(slot), None
    if known is not None:
        case = policy.get_case_unseen(request.user, known.number, known.permission)
    elif needed := Permission.INTAKE if slot == "intake" else slots.own(slot):
        policy.check_may(request.user, needed)
    else:
        raise policy.NotFound("Det finns inget sådant utkast.")
    try:
        draft = store.save(user=user_of(request), slot=slot, path=request.path, post=request.POST, case=case)
    except store.TooLong:
        return JsonResponse({"error": "Texten är för lång för att sparas som utkast."}, status=413)
    return JsonResponse({"saved": swedish.clock(timezone.localtime(draft.saved_at))})


@require_POST
def discard(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    draft = store.own(user_of(request), pk)
    if draft is None:
        raise policy.NotFound("Utkastet finns inte.", store.refs_of(pk))
    actions.discard_draft(by=user_of(request), draft=draft)
    messages.success(request, "Utkastet är borttaget.")
    return redirect("home")


@require_GET
def held_form(request: HttpRequest) -> HttpResponse:
    """A form that was sent when the session was locked, ready to be sent again where it belongs, or thrown away."""
    return render(request, "casework/held.html", {"held": held.waiting(user_of(request))})

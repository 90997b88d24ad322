"""The address that a calendar in the phone fetches from: made, revoked, fetched."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.acting import GET_POST, user_of
from casework.cases.rules import Refused
from casework.policy import Permission
from contacts.week import actions
from contacts.week import feed as feeds


@GET_POST
def feed(request: HttpRequest) -> HttpResponse:
    """The address is shown once, on the page that answers. Sent twice, the second address is the one that works."""
    policy.check_may(request.user, Permission.WEEK)
    user, address = user_of(request), ""
    if request.method == "POST":
        _, token = actions.make_feed(by=user)
        address = request.build_absolute_uri(reverse("feed_ics", args=[token]))
    return render(request, "contacts/week/feed.html", {"feed": feeds.own_feed(user), "address": address})


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.WEEK)
    try:
        actions.revoke_feed(by=user_of(request))
        messages.success(request, "Kalenderadressen är återkallad. Telefonen får inget mer.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("feed")


@require_safe
def file(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar file. Who knows the address gets it; each fetch is in the log under the one whose week it is."""
    found = feeds.feed_of(token)
    if found is None:
        raise Http404
    trail.read(Tag.FEED_READ, [found.ref()], by=found.user)
    answer = HttpResponse(feeds.file_of(found, timezone.now()), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="kalender.ics"'
    return answer

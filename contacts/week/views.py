from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import user_of
from casework.policy import Permission
from contacts.week.desk import Desk
from contacts.week.lines import parts
from contacts.week.news import news_for


@require_GET
def week(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.WEEK)
    visit.purpose(Tag.WEEK_READ)
    desk = Desk(user_of(request))
    return render(request, "contacts/week/week.html", {"parts": parts(desk), "news": news_for(desk)})

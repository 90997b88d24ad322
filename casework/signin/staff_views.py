"""The administrator's pages: users, roles and sections, and nothing about any client."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.acting import GET_POST, carry_out, user_of
from casework.cases.rules import Refused
from casework.policy import Permission
from casework.signin import actions, readers, rules
from casework.signin.forms import NewUserForm, SectionForm, UserForm
from casework.signin.models import User
from casework.signin.reauth import reauthenticated


@require_GET
def users(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.USERS)
    trail.read(Tag.USERS_READ, [])
    return render(request, "signin/users.html", {"users": readers.users(), "sections": readers.sections()})


@GET_POST
def new_user(request: HttpRequest) -> HttpResponse:
    """The link is shown once, on the page that answers; it is not kept in clear anywhere."""
    policy.check_may(request.user, Permission.USERS)
    form = NewUserForm(request.POST or None, sections=readers.sections())
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "once"}
        try:
            made, link = actions.create_user(by=user_of(request), **data)
        except Refused as refused:
            form.add_error("username", str(refused))
        else:
            return _link_page(request, made, link)
    return render(
        request, "signin/user_form.html", {"form": form, "title": "Ny användare", "submit": "Lägg upp användaren"}
    )


@GET_POST
def change_user(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.USERS)
    user = _user(pk)
    form = UserForm(request.POST or None, sections=readers.sections(), initial=readers.filled_in(user))

    def act(data: dict[str, Any]) -> User:
        rest = {name: value for name, value in data.items() if name != "once"}
        return actions.change_user(by=user_of(request), user=user, **rest)

    done = carry_out(request, form, act, lambda _: reverse("users"))
    context = {
        "form": form,
        "title": f"Ändra {user.username}",
        "submit": "Spara ändringen",
        "person": user,
        "may_block": rules.can_block(user_of(request), user),
        "may_invite": rules.can_invite(user_of(request), user),
    }
    return done or render(request, "signin/user_form.html", context)


@require_POST
@reauthenticated()
def block(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.USERS)
    try:
        actions.block_user(by=user_of(request), user=_user(pk))
        messages.success(request, "Användaren är spärrad och utloggad.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("users")


@require_POST
def unblock(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.USERS)
    actions.unblock_user(by=user_of(request), user=_user(pk))
    messages.success(request, "Spärren är hävd.")
    return redirect("users")


@require_POST
def clear_lockout(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.USERS)
    try:
        actions.clear_lockout(by=user_of(request), user=_user(pk))
        messages.success(request, "Användaren kan försöka igen.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("users")


@require_POST
@reauthenticated()
def new_link(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.USERS)
    user = _user(pk)
    try:
        return _link_page(request, user, actions.invite_again(by=user_of(request), user=user))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("users")


@GET_POST
def new_section(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.USERS)
    form = SectionForm(request.POST or None)
    done = carry_out(
        request,
        form,
        lambda data: actions.create_section(by=user_of(request), name=data["section_name"], branch=data["branch"]),
        lambda _: reverse("users"),
    )
    context = {"form": form, "title": "Ny sektion", "submit": "Lägg upp sektionen"}
    return done or render(request, "signin/user_form.html", context)


def _user(pk: uuid.UUID) -> User:
    found = readers.user_by_pk(pk)
    if found is None:
        raise policy.NotFound("Användaren finns inte.")
    return found


def _link_page(request: HttpRequest, user: User, link: str) -> HttpResponse:
    return render(request, "signin/link.html", {"person": user, "link": request.build_absolute_uri(link)})

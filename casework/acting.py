"""From a valid form to one act: once only, and with the person's text kept when the act cannot be done."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db import transaction
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_http_methods

from casework.cases.rules import Refused
from casework.drafts import store
from casework.drafts.models import Draft
from casework.drafts.store import AlreadyDone
from casework.signin.models import User

Act = Callable[[dict[str, Any]], Any]
GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def carry_out(
    request: HttpRequest, form: forms.Form, act: Act, then: Callable[[Any], str]
) -> HttpResponseRedirect | None:
    """Runs `act` on the form's data and leads to `then(result)`; None when the form has to be shown again.

    A form whose token is used leads where it led the first time. A Refused act puts its reason on the form.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    user = user_of(request)
    token: UUID = form.cleaned_data["once"]
    try:
        store.check_token(user=user, token=token)
        with transaction.atomic():
            target = then(act(form.cleaned_data))
            store.drop(user, store.HELD)
            store.use_token(user=user, token=token, result=target)
    except AlreadyDone as done:
        return HttpResponseRedirect(done.result)
    except Refused as refused:
        try:
            store.check_token(user=user, token=token)
        except AlreadyDone as done:
            return HttpResponseRedirect(done.result)
        form.add_error(None, str(refused))
        return None
    return HttpResponseRedirect(target)


def restored(form_class: type[forms.Form], kept: QueryDict, **kwargs: Any) -> forms.Form:
    """A form as it was typed and kept as a draft, without a word about what is not filled in yet."""
    data = kept.copy()
    data["once"] = str(uuid4())
    form = form_class(data, **kwargs)
    form._errors = ErrorDict()
    form.cleaned_data = {}
    return form


def form_or_draft(request: HttpRequest, form_class: Any, draft: Draft | None, **kwargs: Any) -> Any:
    """The posted form; else the draft as it was typed; else an empty form."""
    kept = None if request.method == "POST" else store.fields_of(draft)
    if kept is not None:
        return restored(form_class, kept, **kwargs)
    return form_class(request.POST or None, **kwargs)


def compare(form: Any, theirs: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """(label, typed, saved) of every field that differs, for _parts/stale.html. The form then carries the new version."""
    rows = [
        (form.fields[name].label, form.cleaned_data[name], value)
        for name, value in theirs.items()
        if name in form.fields and name != "version" and form.cleaned_data.get(name) != value
    ]
    data: QueryDict = form.data.copy()
    data["version"] = str(theirs["version"])
    form.data = data
    return rows


def user_of(request: HttpRequest) -> User:
    """The signed-in user, for the type checker too: sign-in stands before every view."""
    assert isinstance(request.user, User)
    return request.user

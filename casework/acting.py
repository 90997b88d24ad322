"""From a valid form to one act: once only, and with the person's text kept when the act cannot be done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_http_methods

from audit import trail
from casework import swedish
from casework.cases.rules import Refused
from casework.drafts import held, store
from casework.drafts.models import Draft
from casework.drafts.store import AlreadyDone
from casework.records import StaleEdit
from casework.signin.models import User

Act = Callable[[dict[str, Any]], Any]
GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def carry_out(
    request: HttpRequest,
    form: forms.Form,
    act: Act,
    then: Callable[[Any], str],
    *,
    unless: Callable[[], bool] = lambda: False,
) -> HttpResponseRedirect | None:
    """Runs `act` on the form's data and leads to `then(result)`; None when the form has to be shown again.

    A form whose token is used leads where it led the first time, whatever else has changed since. `unless` is asked
    before the act and puts its own words on the form. A Refused act puts its reason there.
    """
    if request.method != "POST":
        return None
    valid, user = form.is_valid(), user_of(request)
    token: UUID | None = form.cleaned_data.get("once") if form.is_bound else None
    try:
        if token is not None:
            store.check_token(user=user, token=token)
        return HttpResponseRedirect(_once(request, form, act, then)) if valid and not unless() else None
    except AlreadyDone as done:
        return HttpResponseRedirect(done.result)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _once(request: HttpRequest, form: forms.Form, act: Act, then: Callable[[Any], str]) -> str:
    """The act and its token in one transaction. Raises AlreadyDone also when the same form got there in between."""
    user, token = user_of(request), form.cleaned_data["once"]
    try:
        with trail.together():
            target = then(act(form.cleaned_data))
            held.sent(user, request.path)
            store.use_token(user=user, token=token, result=target)
    except (Refused, StaleEdit):
        store.check_token(user=user, token=token)
        raise
    return target


def restored(form_class: type[forms.Form], kept: QueryDict, **kwargs: Any) -> forms.Form:
    """A form as it was typed and kept as a draft, without a word about what is not filled in yet."""
    data = kept.copy()
    data["once"] = str(uuid4())
    form = form_class(data, **kwargs)
    form._errors = ErrorDict()  # type: ignore[attr-defined]  # django-stubs leaves it out
    form.cleaned_data = {}
    return form


def form_or_draft(request: HttpRequest, form_class: Any, draft: Draft | None, **kwargs: Any) -> Any:
    """The posted form; else the draft as it was typed; else an empty form."""
    kept = None if request.method == "POST" else store.fields_of(draft)
    if kept is not None:
        return restored(form_class, kept, **kwargs)
    return form_class(request.POST or None, **kwargs)


def compare(form: Any, theirs: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(label, typed, saved) of every field that differs, for _parts/stale.html. The form takes the new version."""
    fields = {name: field for name, field in form.fields.items() if name in theirs and name != "version"}
    rows = [
        (field.label, _shown(field, form.cleaned_data[name]), _shown(field, theirs[name]))
        for name, field in fields.items()
    ]
    data: QueryDict = form.data.copy()
    data["version"] = str(theirs["version"])
    form.data = data
    return [row for row in rows if row[1] != row[2]]


def _shown(field: forms.Field, value: Any) -> str:
    """A field's value as a person reads it, so that the same thing written in two ways is no difference."""
    if isinstance(field, forms.BooleanField):
        return "Ja" if value else "Nej"
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(str(one) for one in value)
    if isinstance(value, datetime):
        return swedish.stamp(value)
    if isinstance(field, forms.MultipleChoiceField):
        return ", ".join(str(label) for key, label in field.choices if key in value)  # type: ignore[union-attr,misc]
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return str(getattr(value, "twelve", value) or "")


def user_of(request: HttpRequest) -> User:
    """The signed-in user, for the type checker too: sign-in stands before every view."""
    assert isinstance(request.user, User)
    return request.user

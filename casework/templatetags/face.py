"""Template tags and filters of the face: dates in Swedish, icons, error summary, links that may not exist yet."""

import json
from collections.abc import Iterator
from typing import Any

from django import forms, template
from django.core.paginator import Paginator
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from casework import swedish
from casework.cases import tabs
from casework.shell import url_or_none

register = template.Library()

for function in (swedish.day, swedish.iso, swedish.clock, swedish.stamp, swedish.when):
    register.filter(function.__name__, lambda value, function=function: function(value) if value else "")
register.filter("ago_days", swedish.ago_days)
register.filter("number", swedish.number)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; without a label it is hidden from screen readers."""
    href = f"{static('casework/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', href)


@register.simple_tag
def maybe_url(name: str, *args: Any) -> str:
    """The address of a named page, or "" when the page does not exist in this installation."""
    return url_or_none(name, *args) or ""


@register.simple_tag(takes_context=True)
def case_tabs(context: dict[str, Any], number: str) -> list[tabs.Drawn]:
    """The pages of the case that this user's role has."""
    request = context["request"]
    return tabs.for_case(request.user, number, request.path)


@register.filter
def error_links(form: forms.BaseForm) -> Iterator[tuple[str, str]]:
    """(id of the control, message) for every field error, in the order of the fields."""
    for field in form:
        for error in field.errors:
            yield control_id(field), str(error)


@register.filter
def control_id(field: BoundField) -> str:
    """The id of the control that takes focus: for a group of controls the first of them."""
    if field.use_fieldset:
        return f"{field.auto_id}_0"
    return field.id_for_label


@register.filter
def initials(name: str) -> str:
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def page_range(paginator: "Paginator[Any]", number: int) -> Iterator[int | str]:
    """Page numbers around `number`, with an ellipsis for those left out."""
    return iter(paginator.get_elided_page_range(number, on_each_side=1, on_ends=1))


@register.filter
def split_numbers(text: str) -> list[str]:
    """The case numbers of "26-48173-5, 26-48174-3"."""
    return [part for part in text.split(", ") if part]


@register.filter
def as_json(value: Any) -> str:
    """JSON for a data attribute; the template escapes it."""
    return json.dumps(value)

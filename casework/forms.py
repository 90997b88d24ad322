"""Base of all forms: how they are drawn, Swedish messages, hidden fields against double and stale submissions."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise

from casework.inputs import (
    CleanTextField,
    SwedishDateField,
    SwedishDateTimeField,
    SwedishDateTimeInput,
    SwedishTimeField,
)

__all__ = [
    "CleanTextField",
    "Form",
    "Group",
    "IdempotencyMixin",
    "Renderer",
    "SwedishDateField",
    "SwedishDateTimeField",
    "SwedishTimeField",
    "VersionMixin",
]

CHOICES = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.SelectMultiple)


class Renderer(TemplatesSetting):
    """Draws forms with templates/django/forms."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"


@dataclass(frozen=True)
class Group:
    """A part of a form under its own heading. A row is a field name, or several that stand side by side."""

    title: str
    rows: Sequence[str | Sequence[str]]
    text: str = ""


@dataclass(frozen=True)
class DrawnGroup:
    title: str
    text: str
    rows: list[list[BoundField]]


class Form(forms.Form):
    """A form that speaks Swedish. `groups` orders the fields; without it they stand one per row."""

    groups: ClassVar[Sequence[Group]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            speak_swedish(name, field)

    def drawn_groups(self) -> Iterator[DrawnGroup]:
        placed: set[str] = set()
        for group in self.groups:
            names = [[row] if isinstance(row, str) else list(row) for row in group.rows]
            rows = [[self[name] for name in row if name in self.fields] for row in names]
            placed.update(name for row in names for name in row)
            yield DrawnGroup(group.title, group.text, [row for row in rows if row])
        rest = [[field] for field in self.visible_fields() if field.name not in placed]
        if rest:
            yield DrawnGroup("", "", rest)


def speak_swedish(name: str, field: forms.Field) -> None:
    """Puts a message that names the field where Django has only "this field is required"."""
    label = str(field.label or name.replace("_", " ").capitalize())
    if isinstance(field.error_messages.get("required"), Promise):
        field.error_messages["required"] = _required_message(label, field)
    if isinstance(field.error_messages.get("invalid_choice"), Promise):
        field.error_messages["invalid_choice"] = "Välj något av alternativen i listan."
    if isinstance(field, forms.IntegerField) and isinstance(field.error_messages.get("invalid"), Promise):
        field.error_messages["invalid"] = "Skriv ett heltal med siffror."
    if isinstance(field.widget, forms.NumberInput):
        # type=number throws away what it cannot read; as text it stays for the writer to correct.
        field.widget.input_type = "text"
        field.widget.attrs = {"inputmode": "numeric", "size": "6"} | _without_limits(field.widget.attrs)
    # What is typed here is about somebody else: the browser is told not to keep it.
    if isinstance(field.widget, forms.TextInput | forms.NumberInput | forms.Textarea):
        field.widget.attrs.setdefault("autocomplete", "off")
    if isinstance(field.widget, SwedishDateTimeInput):
        for part in field.widget.widgets:
            part.attrs.setdefault("autocomplete", "off")


def _without_limits(attrs: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attrs.items() if name not in {"min", "max", "step"}}


def _required_message(label: str, field: forms.Field) -> str:
    if label.endswith("?"):
        return f"Svara på frågan: {label}"
    lowered = label[:1].lower() + label[1:] if not label[:2].isupper() else label
    if isinstance(field.widget, forms.CheckboxInput):
        return f"Kryssa i rutan: {label}"
    return f"Välj {lowered}." if isinstance(field.widget, CHOICES) else f"Fyll i {lowered}."


class IdempotencyMixin(forms.Form):
    """A token made when the form is shown. The act that saves consumes it, so a repeated request writes nothing."""

    once = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={"required": "Ladda om sidan och försök igen.", "invalid": "Ladda om sidan och försök igen."},
    )


class VersionMixin(forms.Form):
    """The version of the record that the form was filled from; an act refuses to overwrite a newer one."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages={"required": "Ladda om sidan och försök igen.", "invalid": "Ladda om sidan och försök igen."},
    )

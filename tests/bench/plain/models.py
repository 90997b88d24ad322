"""The same tables without seals: each group's values as columns of their own, the personal number indexed as it is.

Made from the product's models, so that they never fall behind. They exist in the bench's database only.
"""

import dataclasses
from copy import deepcopy
from typing import Any

from django.db import connection, models

from casework.access.models import AccessGrant
from casework.cases.models import Case, JournalNote
from casework.clients.models import Client, NameIndex
from casework.crypto.fields import SealedField
from casework.drafts.models import Draft
from contacts.models import Assignment

KEYED = {"number_index"}  # what the plain table has an ordinary index for


def columns_of(group: type[Any], used: set[str]) -> dict[str, Any]:
    """A column for each value of a sealed group; strings are text, the personal number is indexed."""
    made: dict[str, Any] = {}
    blank = group()
    for field in dataclasses.fields(group):
        empty = getattr(blank, field.name)
        name = f"{field.name}_text" if field.name in used else field.name
        if isinstance(empty, bool):
            made[name] = models.BooleanField(default=False)
        elif field.name == "number":
            made[name] = models.CharField(max_length=12, default="", db_index=True)
        elif isinstance(empty, str):
            made[name] = models.TextField(default="")
        else:
            made[name] = models.JSONField(null=True)
    return made


def plain(source: type[models.Model]) -> Any:
    """The plain twin of `source`."""
    inside: dict[str, Any] = {"__module__": __name__, "source": source, "groups": {}}
    clear = [field for field in source._meta.local_concrete_fields if not isinstance(field, SealedField)]
    used = {field.name for field in clear}
    for field in source._meta.local_concrete_fields:
        if isinstance(field, SealedField):
            columns = columns_of(field.group, used)
            inside.update(columns)
            names = [one.name for one in dataclasses.fields(field.group)]
            inside["groups"][field.name] = list(zip(names, columns, strict=True))
        elif isinstance(field, models.ForeignKey):
            target = "self" if field.related_model is source else TWINS.get(field.related_model, field.related_model)
            copy = models.ForeignKey(target, models.DO_NOTHING, null=field.null, related_name="+")
            inside[field.name] = copy
        elif field.name == "state":
            # Without the machine: a plain column with its choices.
            said = {"choices": field.choices, "default": field.default}
            inside["state"] = models.CharField(max_length=20, db_index=True, **said)
        elif field.name not in KEYED:
            inside[field.name] = models.TextField(db_index=True) if field.name == "value" else field.clone()
    inside["Meta"] = type("Meta", (), _meta(source))
    made = type(f"Plain{source.__name__}", (models.Model,), inside)
    TWINS[source] = made
    return made


def _meta(source: type[models.Model]) -> dict[str, Any]:
    options = source._meta
    indexes = [deepcopy(index) for index in options.indexes]
    constraints = [deepcopy(one) for one in options.constraints if not any(name in repr(one) for name in KEYED)]
    for one in [*indexes, *constraints]:
        one.name = f"p_{one.name}"[:30]
    return {"app_label": "bench", "indexes": indexes, "constraints": constraints, "ordering": options.ordering}


TWINS: dict[Any, Any] = {}
PlainClient = plain(Client)
PlainName = plain(NameIndex)
PlainCase = plain(Case)
PlainNote = plain(JournalNote)
PlainGrant = plain(AccessGrant)
PlainAssignment = plain(Assignment)
PlainDraft = plain(Draft)


def make_tables() -> None:
    with connection.schema_editor() as editor:
        for model in TWINS.values():
            editor.create_model(model)


def drop_tables() -> None:
    with connection.schema_editor() as editor:
        for model in reversed(TWINS.values()):
            editor.delete_model(model)


def twin(row: Any) -> Any:
    """The plain row with the same content as a sealed one."""
    model = TWINS[type(row)]
    clear = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not isinstance(field, SealedField) and field.name not in KEYED
    }
    for name, columns in model.groups.items():
        opened = getattr(row, name).open()
        clear.update({column: getattr(opened, value) for value, column in columns})
    return model(**clear)

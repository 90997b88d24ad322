"""One sealed column for each group of a row (not for each value): the cost of sealing is the number of calls."""

import inspect
import uuid
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Self, TypeVar

from django.apps import apps
from django.core import checks
from django.db import models
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

from casework.crypto.envelope import END, MIDDLE, aad_prefix, seal_at, unseal_at
from casework.crypto.errors import CryptoError
from casework.crypto.groups import Codec, sealed_group
from casework.crypto.keyring import SYSTEM_OWNER, DataKey, Purpose, current_key, look_again, prefetch
from casework.crypto.sealed import Pending, Ready, Sealed, on_open

__all__ = ["Sealed", "SealedField", "SealedModel", "on_open", "open_all", "sealed_fields", "sealed_group"]

T = TypeVar("T")
Row = TypeVar("Row", bound="SealedModel")

if TYPE_CHECKING:

    class _Field(models.Field[Any, Any], Generic[T]):
        def __get__(self, instance: Any, owner: Any = None) -> Sealed[T]: ...  # type: ignore[override]
        def __set__(self, instance: models.Model, value: T | Sealed[T]) -> None: ...

else:

    class _Field(models.Field, Generic[T]):
        pass


class SealedModel(models.Model):
    """A row with seals. `seal_owner` is whose key opens them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    @property
    def seal_owner(self) -> uuid.UUID:
        """The client whose key seals this row; part of what the seals are bound to."""
        owner: uuid.UUID = self.client_id  # type: ignore[attr-defined]
        return owner

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Seals with the key that is in use now. With one that was replaced meanwhile, and is to be destroyed, what is
        written would be lost: acts lock the case before they save, so from here on nobody replaces it.
        """
        if isinstance(owner := self.seal_owner, uuid.UUID):
            look_again(owner)
        super().save(*args, **kwargs)

    @classmethod
    def from_db(  # type: ignore[override]
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        """A row out of the database. Sealed bytes come in by this door only, past the attribute that refuses bytes.

        Where nothing listens to a row being made, the rest of it is put in place the same way: Django's walk over the
        fields costs more than opening a seal.
        """
        plain = _plain.get(cls)
        if not (_is_plain(cls) if plain is None else plain) or pre_init.receivers or post_init.receivers:
            both = list(zip(field_names, values, strict=True))
            sealed = {field.attname for field in _fields_of(cls)}
            clear = [pair for pair in both if pair[0] not in sealed]
            row = super().from_db(db, [name for name, _ in clear], [value for _, value in clear])
            row.__dict__.update(pair for pair in both if pair[0] in sealed)
            return row
        row = _new(cls)
        inside = row.__dict__
        state = inside["_state"] = ModelState()
        state.db, state.adding = db, False
        inside.update(zip(field_names, values, strict=True))
        return row


_new, _bytes, _number = object.__new__, int.to_bytes, int.from_bytes
_plain: dict[type, bool] = {}


def _is_plain(model: type[models.Model]) -> bool:
    """Whether making a row of `model` is nothing but setting its attributes."""
    known = {DeferredAttribute, ForeignKeyDeferredAttribute, SealedAttribute}
    found = [type(inspect.getattr_static(model, field.attname)) for field in model._meta.concrete_fields]
    after = model.__mro__[model.__mro__.index(SealedModel) + 1 :]
    overridden = any("from_db" in vars(cls) for cls in after if cls is not models.Model)
    _plain[model] = model.__init__ is models.Model.__init__ and known.issuperset(found) and not overridden
    return _plain[model]


class SealedAttribute:
    """Gives a Sealed; takes a group, or the row's own seal. Never takes bytes, which might be anything."""

    def __init__(self, field: "SealedField[Any]") -> None:
        self.field = field
        self.name = field.attname

    def __get__(self, row: Any, cls: type | None = None) -> Any:
        if row is None:
            return self
        state = row.__dict__.get(self.name)
        if state is None:
            row.refresh_from_db(fields=[self.name])
            state = row.__dict__[self.name]
        return Sealed(row, self.field, state)

    def __set__(self, row: Any, value: Any) -> None:
        if type(value) is self.field.group:
            row.__dict__[self.name] = Pending(value)
        elif isinstance(value, Sealed) and value._field == self.field and value._row.pk == row.pk:
            row.__dict__[self.name] = value._state
        else:
            raise CryptoError(f"{self.field} takes a {self.field.group_name}, not a {type(value).__name__}.")


class SealedField(_Field[T]):
    """A binary column holding one group of values under one seal. Never NULL, never searched, in no form.

    `group` is a class made with sealed_group, `purpose` says whose key seals it (a client's, or one of the system's),
    `pad` is the bucket in bytes that the content is padded to. Migrations know only that the column is sealed.
    """

    descriptor_class = SealedAttribute
    empty_strings_allowed = False

    def __init__(
        self, group: type[T] | None = None, *, purpose: Purpose = Purpose.CLIENT, pad: int = 64, **kwargs: Any
    ) -> None:
        kwargs["editable"] = False
        super().__init__(**kwargs)
        self.group = group
        self.group_name = group.__name__ if group else "group"
        self.codec: Codec[T] = Codec(group) if group else None  # type: ignore[assignment]
        self.purpose, self.pad = purpose, pad
        self.prefix, self.model_label = b"", ""

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        self.model_label = cls._meta.label
        self.prefix = aad_prefix(self.model_label, name)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if self.null or self.group is None or not issubclass(self.model, SealedModel):
            found.append(checks.Error("A sealed field has a group, is never NULL, and is on a SealedModel.", obj=self))
        return found

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_default(self) -> Any:
        return self.codec.blank() if self.group else super().get_default()

    def get_lookup(self, lookup_name: str) -> None:
        return None

    def pre_save(self, model_instance: Any, add: bool) -> "Ready":
        inside = model_instance.__dict__
        state = inside[self.attname]
        if type(state) is Pending:
            state = inside[self.attname] = state.blob or self.seal_group(model_instance, state.value)
        elif add:
            # A row copied by giving it a new id would carry seals that never open.
            unseal_at(state, self.place(model_instance))
        return Ready(state)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if type(value) is not Ready and self.group:
            raise CryptoError(f"{self} is written by saving its row, not by a query.")
        return connection.Database.Binary(value)

    def value_to_string(self, obj: Any) -> NoReturn:
        raise CryptoError(f"{self} is never exported.")

    def place(self, row: Any) -> bytes:
        """What the seal of `row` is bound to. Raises CryptoError while it has no owner or id."""
        try:
            owner, row_id = row.seal_owner.int, row.id.int
        except AttributeError:
            raise CryptoError(f"{self} needs an owner and an id (uuid.UUID) before it is sealed or opened.") from None
        return self.prefix + _bytes(owner, 16, "big") + MIDDLE + _bytes(row_id, 16, "big") + END

    def seal_group(self, row: Any, group: T) -> bytes:
        """`group` sealed for its place in `row`. Raises KeyMissing when the owner has no key."""
        place = self.place(row)
        return seal_at(self.key_for(row), place, self.codec.dump(group), self.pad)

    def key_for(self, row: Any) -> DataKey:
        """The key that seals `row` now: the client's, or the system's for this purpose."""
        return current_key(self.purpose, row.seal_owner if self.purpose is Purpose.CLIENT else SYSTEM_OWNER)

    def seal_pending(self, row: Any, state: Pending[T]) -> bytes:
        """Seals what was assigned, once."""
        if state.blob is None:
            state.blob = self.seal_group(row, state.value)
        return state.blob

    def reseal(self, row: Any, blob: bytes) -> bytes:
        """The content of `blob` sealed anew with the owner's current key, unopened to anyone. Raises DecryptError."""
        place = self.place(row)
        return seal_at(self.key_for(row), place, unseal_at(blob, place), self.pad)

    def open_blob(self, row: Any, blob: bytes) -> T:
        """The group in `blob`. Tells on_open, unless the row is not saved yet. Raises DecryptError."""
        owner, row_id = row.seal_owner, row.id
        place = self.prefix + _bytes(owner.int, 16, "big") + MIDDLE + _bytes(row_id.int, 16, "big") + END
        group = self.codec.load(unseal_at(blob, place))
        if not row._state.adding:
            for listener in on_open:
                listener(self.model_label, row_id, owner, self.name)
        return group


def open_all(rows: Iterable[Row], *groups: str) -> Iterator[Row]:
    """The rows, with the keys of their seals fetched in one query (all groups, or those named). For lists."""
    listed = list(rows)
    names = groups or sorted({field.attname for model in {type(row) for row in listed} for field in _fields_of(model)})
    wanted: set[int] = set()
    for name in names:
        states = [row.__dict__.get(name) for row in listed]
        wanted.update([_number(state[1:5], "big") for state in states if type(state) is bytes])
    prefetch(wanted)
    return iter(listed)


Column = tuple[type[SealedModel], SealedField[Any]]


def sealed_fields(among: Iterable[type[models.Model]] | None = None) -> list[Column]:
    """Every sealed column of the product (or of the models `among`): (model, field)."""
    found = apps.get_models() if among is None else among
    return [(model, field) for model in found for field in _fields_of(model)]  # type: ignore[misc]


def _fields_of(model: type[models.Model]) -> list[SealedField[Any]]:
    return [field for field in model._meta.local_concrete_fields if isinstance(field, SealedField)]

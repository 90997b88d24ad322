"""Keeps the wrapped data keys in their own database, and everything else out of it."""

from typing import Any

from django.db.models import Model

KEYS = "keys"


class KeysRouter:
    """`casework.WrappedKey` lives on the alias "keys" and nothing else does."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        # Asked for every row that is made; the name alone settles nearly all.
        return KEYS if model.__name__ == "WrappedKey" and model._meta.app_label == "casework" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        if db == KEYS:
            return is_key(app_label, model_name)
        return False if is_key(app_label, model_name) else None


def is_key(app_label: str, model_name: str | None) -> bool:
    """Whether this names the model of wrapped data keys."""
    return app_label == "casework" and (model_name or "").lower() == "wrappedkey"

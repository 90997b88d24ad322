"""Models to attack. They have a registry of their own, so that the product never sees them."""

import uuid

from django.apps.registry import Apps
from django.db import models

from casework.crypto.fields import SealedField, SealedModel, sealed_group
from casework.crypto.keyring import SYSTEM_OWNER, Purpose

own = Apps()


@sealed_group
class Person:
    """Values of every kind that a group may hold."""

    given_name: str = ""
    family_name: str = ""
    number: str = ""
    street: str = ""
    town: str = ""
    phone: str = ""
    language: str = ""
    note: str = ""
    interpreter: bool = False
    children: int | None = None


@sealed_group
class Story:
    text: str = ""


@sealed_group
class Form:
    path: str = ""
    fields: dict[str, list[str]] | None = None


class Thing(SealedModel):
    client_id = models.UUIDField(default=uuid.uuid4)
    label = models.CharField(max_length=20, default="")
    person = SealedField(Person)
    story = SealedField(Story, pad=32)

    class Meta:
        app_label = "casework"
        apps = own


class Twin(SealedModel):
    """Another model with the same groups."""

    client_id = models.UUIDField(default=uuid.uuid4)
    person = SealedField(Person)

    class Meta:
        app_label = "casework"
        apps = own


class Typed(SealedModel):
    """Sealed with a key of the system."""

    content = SealedField(Form, purpose=Purpose.DRAFT)

    class Meta:
        app_label = "casework"
        apps = own

    @property
    def seal_owner(self) -> uuid.UUID:
        return SYSTEM_OWNER

"""Models to log. They have a registry of their own, so that the product never sees them."""

import uuid

from django.apps.registry import Apps
from django.db import models
from django.db.migrations.state import AppConfigStub
from django.utils import timezone

from audit.logged import LoggedModel
from audit.trail import Ref

own = Apps()
# An app of its own, so that relations are followed backwards as well.
home = AppConfigStub("attacked")
home.apps = own
home.models = own.all_models["attacked"]
own.app_configs["attacked"] = home


class Thing(LoggedModel):
    """A logged record with columns of every kind that a diff can meet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=50, default="")
    amount = models.IntegerField(default=0)
    day = models.DateField(null=True)
    at = models.DateTimeField(default=timezone.now)
    blob = models.BinaryField(default=b"")
    data = models.JSONField(default=dict)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    moved = models.DateTimeField(auto_now=True)
    secret = models.CharField(max_length=20, default="")

    class Meta:
        app_label = "attacked"
        apps = own

    def __str__(self) -> str:
        return "a thing"


class Case(LoggedModel):
    """A logged record that knows its case."""

    number = models.CharField(max_length=12)

    class Meta:
        app_label = "attacked"
        apps = own

    def __str__(self) -> str:
        return self.number

    def ref(self) -> Ref:
        return Ref("attacked.Case", str(self.pk), self.number)


class Foreign(models.Model):
    """As a model of another package: logged by django-auditlog itself."""

    name = models.CharField(max_length=50)
    last_seen = models.DateTimeField(null=True)
    things = models.ManyToManyField(Thing, related_name="foreign")

    class Meta:
        app_label = "attacked"
        apps = own

    def __str__(self) -> str:
        return "Namn Namnsson"


MODELS = [Thing, Case, Foreign]

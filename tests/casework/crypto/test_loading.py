"""Rows out of the database: the short way, and the long way where someone takes part."""

import pytest
from django.apps.registry import Apps
from django.db import models
from django.db.models import signals

from casework.crypto.fields import SealedField, SealedModel
from tests.casework.crypto.models import Person, Thing

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_where_someone_listens_rows_are_made_the_long_way(thing: Thing) -> None:
    heard = []

    def listen(sender: type, instance: models.Model, **kwargs: object) -> None:
        heard.append(instance)

    signals.post_init.connect(listen)
    try:
        found = Thing.objects.get(pk=thing.pk)
        partial = Thing.objects.defer("person").get(pk=thing.pk)
    finally:
        signals.post_init.disconnect(listen)
    assert heard == [found, partial]
    assert (found.person.open().given_name, found._state.adding, found._state.db) == ("Åsa", False, "default")
    assert partial.get_deferred_fields() == {"person"}
    assert partial.person.open().given_name == "Åsa"


class Notes(models.Model):
    """Someone else who wants to know of rows as they come."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args: object) -> "Notes":
        row = super().from_db(*args)
        row.noted = True
        return row


def test_others_who_take_part_in_loading_are_asked(thing: Thing) -> None:
    own = Apps()

    class Before(Notes, SealedModel):  # noqa: DJ008
        person = SealedField(Person)

        class Meta:
            app_label, apps, db_table = "casework", own, "casework_thing"

    class After(SealedModel, Notes):  # noqa: DJ008
        person = SealedField(Person)

        class Meta:
            app_label, apps, db_table = "casework", own, "casework_thing"

    for model in (Before, After):
        found = model.objects.get(pk=thing.pk)
        assert found.noted
        assert str(found.person) == str(thing.person)


def test_the_short_way_makes_the_same_row(thing: Thing) -> None:
    found = Thing.objects.get(pk=thing.pk)
    assert found == thing
    assert (found._state.adding, found._state.db, found.get_deferred_fields()) == (False, "default", set())
    assert found._state.fields_cache == {}

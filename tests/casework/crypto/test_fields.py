"""Sealed attributes through the life of a row."""

import copy
import pickle
import uuid
from collections.abc import Callable

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.template import Context, Engine

from casework.crypto import fields, keyring
from casework.crypto.errors import CryptoError
from casework.crypto.fields import SealedField, open_all, sealed_fields
from casework.crypto.keyring import Purpose
from casework.crypto.models import WrappedKey
from tests.casework.crypto.conftest import MODELS
from tests.casework.crypto.models import Form, Person, Story, Thing, Twin, Typed

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SECRET = "Åsa Öqvist-Ek"


@pytest.fixture
def findable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copying a row looks its model up by name."""
    monkeypatch.setitem(apps.get_app_config("casework").models, "thing", Thing)


def test_what_was_sealed_opens(thing: Thing) -> None:
    found = Thing.objects.get(pk=thing.pk)
    assert (found.person.open().given_name, found.story.open().text) == ("Åsa", "Hemligt")
    assert found.person.open().children is None


def test_it_opens_before_and_after_saving(owner: uuid.UUID) -> None:
    row = Thing(client_id=owner, person=Person(given_name="Eva"))
    assert row.person.open().given_name == "Eva"
    assert row.story.open() == Story()
    row.save()
    assert row.person.open().given_name == "Eva"
    row.person = Person(given_name="Ida")
    assert row.person.open().given_name == "Ida"
    row.save()
    assert Thing.objects.get(pk=row.pk).person.open().given_name == "Ida"


def test_a_seal_that_was_not_assigned_is_not_made_anew(thing: Thing) -> None:
    row = Thing.objects.get(pk=thing.pk)
    row.person.open()
    row.label = "x"
    row.save()
    assert Thing.objects.get(pk=thing.pk).person.blob == thing.person.blob


def test_the_same_content_sealed_twice_looks_different(thing: Thing) -> None:
    before = thing.person.blob
    thing.person = thing.person.open()
    thing.save()
    assert thing.person.blob != before
    assert thing.person.open() == Person(given_name="Åsa")


def test_empty_and_short_look_alike_and_none_is_missing(owner: uuid.UUID) -> None:
    empty = Thing.objects.create(client_id=owner)
    short = Thing.objects.create(client_id=owner, person=Person(given_name="A"), story=Story(text="kort"))
    assert len(empty.person.blob) == len(short.person.blob) == 33 + 64
    assert len(empty.story.blob) == len(short.story.blob) == 33 + 32
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_thing WHERE person IS NULL OR length(person) < 97")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("show", [str, repr, format, "{!r:>5}".format, "%s".__mod__, lambda x: f"{x}"])
def test_nothing_shows_the_content(thing: Thing, show: Callable[[object], str]) -> None:
    thing.person = Person(given_name=SECRET)
    shown = show(thing.person) + show(thing.person.open()) + show(thing.__dict__["person"]) + show(thing.story)
    assert SECRET not in shown
    assert "Hemligt" not in shown
    assert "sealed" in shown


def test_the_digest_tells_that_a_seal_changed_and_no_more(thing: Thing) -> None:
    before = str(thing.person)
    assert before.startswith("sealed:")
    assert len(before) == len("sealed:") + 12
    thing.person = Person(given_name="Eva")
    assert str(thing.person) == "sealed:unsaved"
    assert thing.person.blob[0] == 1
    assert str(thing.person).startswith("sealed:")
    assert str(thing.person) not in (before, "sealed:unsaved")


def test_what_was_sealed_when_asked_for_is_what_is_saved(thing: Thing) -> None:
    thing.person = Person(given_name="Eva")
    blob, key = thing.person.blob, thing.person.key_id
    thing.save()
    assert (thing.person.blob, thing.person.key_id) == (blob, key)


def test_a_seal_says_nothing_of_being_empty(thing: Thing) -> None:
    assert bool(thing.person)
    assert bool(Thing(client_id=thing.client_id).person)


def test_seals_are_equal_when_their_bytes_are(thing: Thing) -> None:
    again = Thing.objects.get(pk=thing.pk)
    assert thing.person == again.person
    assert thing.person != thing.story
    assert thing.person != thing.person.blob
    with pytest.raises(TypeError):
        hash(thing.person)


@pytest.mark.parametrize("leak", ["person", "story"])
def test_content_is_never_pickled(thing: Thing, leak: str) -> None:
    for secret in (getattr(thing, leak), getattr(thing, leak).open(), fields.Pending(Person())):
        with pytest.raises(TypeError, match="never pickled"):
            pickle.dumps(secret)
    thing.person = Person(given_name=SECRET)
    with pytest.raises(TypeError, match="never pickled"):
        pickle.dumps(thing)


def test_a_pickled_row_holds_sealed_bytes_only(thing: Thing, findable: None) -> None:
    data = pickle.dumps(Thing.objects.get(pk=thing.pk))
    assert "Åsa".encode() not in data
    assert pickle.loads(data).person.open().given_name == "Åsa"  # noqa: S301


def test_a_deep_copy_keeps_what_was_assigned(thing: Thing, findable: None) -> None:
    thing.person = Person(given_name="Eva")
    twin = copy.deepcopy(thing)
    assert twin.person.open().given_name == "Eva"
    assert twin.story.open().text == "Hemligt"
    assert copy.copy(thing.story) == copy.deepcopy(thing.story) == thing.story
    assert copy.copy(twin.person.open()) is twin.person.open()


def test_refresh_takes_back_what_is_stored(thing: Thing) -> None:
    thing.person = Person(given_name="Eva")
    thing.refresh_from_db()
    assert thing.person.open().given_name == "Åsa"


def test_a_deferred_seal_is_fetched_when_asked_for(thing: Thing, django_assert_num_queries: Callable) -> None:
    for found in (Thing.objects.defer("person").get(pk=thing.pk), Thing.objects.only("label").get(pk=thing.pk)):
        assert "person" in found.get_deferred_fields()
        assert found.person.open().given_name == "Åsa"
        assert "person" not in found.get_deferred_fields()


def test_saving_a_row_leaves_a_deferred_seal_alone(thing: Thing) -> None:
    found = Thing.objects.defer("person").get(pk=thing.pk)
    found.label = "ny"
    found.save()
    assert Thing.objects.get(pk=thing.pk).person.blob == thing.person.blob


def test_rows_made_in_bulk_are_sealed(owner: uuid.UUID) -> None:
    made = Thing.objects.bulk_create([Thing(client_id=owner, person=Person(town=str(n))) for n in range(3)])
    assert [row.person.open().town for row in made] == ["0", "1", "2"]
    assert {row.person.open().town for row in Thing.objects.filter(client_id=owner)} == {"0", "1", "2"}


@pytest.mark.parametrize("value", [b"bytes", "text", {"given_name": "x"}, None, Story(text="x"), 1])
def test_only_its_own_group_is_taken(thing: Thing, value: object) -> None:
    with pytest.raises(CryptoError, match="takes a Person"):
        thing.person = value
    with pytest.raises(CryptoError):
        Thing(client_id=thing.client_id, person=value)


def test_only_its_own_seal_is_taken(thing: Thing) -> None:
    other = Thing.objects.create(client_id=thing.client_id)
    for foreign in (other.person, thing.story):
        with pytest.raises(CryptoError):
            thing.person = foreign
    thing.person = Thing.objects.get(pk=thing.pk).person
    assert thing.person.open().given_name == "Åsa"


def test_a_query_does_not_write_seals(thing: Thing) -> None:
    for value in (Person(), thing.person, thing.person.blob, b"", "text"):
        with pytest.raises((CryptoError, TypeError)):
            Thing.objects.update(person=value)
    with pytest.raises((CryptoError, TypeError)):
        Thing.objects.bulk_update([thing], ["person"])


@pytest.mark.parametrize("lookup", ["person", "person__exact", "person__isnull", "person__contains", "person__in"])
def test_seals_are_not_searched(thing: Thing, lookup: str) -> None:
    with pytest.raises(FieldError):
        list(Thing.objects.filter(**{lookup: b"x"}))


def test_seals_are_in_no_form_and_no_export(thing: Thing) -> None:
    assert Thing._meta.get_field("person").editable is False
    with pytest.raises(CryptoError, match="exported"):
        serializers.serialize("json", [thing])


def test_a_template_that_forgets_to_open_is_told(thing: Thing) -> None:
    render = Engine().from_string
    context = Context({"row": thing})
    assert render("{{ row.person.open.given_name }}").render(context) == "Åsa"
    assert render("{{ row.person.key_id }}").render(context) == str(thing.person.key_id)
    with pytest.raises(CryptoError, match="must be opened"):
        render("{{ row.person.given_name }}").render(context)


def test_opening_a_saved_row_is_told(thing: Thing, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple] = []
    monkeypatch.setattr(fields, "on_open", fields.on_open)
    fields.on_open.append(lambda *what: heard.append(what))
    try:
        Thing.objects.get(pk=thing.pk).person.open()
        Thing(client_id=thing.client_id, person=Person()).person.open()
        unsaved = Thing(client_id=thing.client_id, person=Person())
        unsaved.__dict__["person"] = unsaved.person.blob
        unsaved.person.open()
    finally:
        fields.on_open.pop()
    assert heard == [("casework.Thing", thing.pk, thing.client_id, "person")]


def test_a_list_fetches_its_keys_in_one_query(
    new_thing: Callable[..., Thing], django_assert_num_queries: Callable
) -> None:
    made = [new_thing(person=Person(town=str(n))) for n in range(5)]
    with keyring.scope():
        with django_assert_num_queries(1, using="keys"):
            rows = open_all(Thing.objects.filter(pk__in=[row.pk for row in made]), "person")
            assert {row.person.open().town for row in rows} == set("01234")
        with django_assert_num_queries(0, using="keys"):
            assert all(row.story.open() == Story() for row in open_all(made))
    assert [row.pk for row in open_all(made)] == [row.pk for row in made]
    with keyring.scope():
        made[0].person = Person()
        assert list(open_all(Thing.objects.defer("person", "story"))) != []


def test_a_list_of_other_purposes_is_prefetched_too(tables: None, django_assert_num_queries: Callable) -> None:
    keyring.ensure_system_keys()
    Typed.objects.create(content=Form(path="/x", fields={"a": ["b", ""]}))
    with keyring.scope():
        rows = list(open_all(Typed.objects.all()))
        with django_assert_num_queries(0, using="keys"):
            assert rows[0].content.open() == Form(path="/x", fields={"a": ["b", ""]})


def test_the_registry_knows_every_sealed_column() -> None:
    found = {(model.__name__, field.name) for model, field in sealed_fields(MODELS)}
    assert found == {("Thing", "person"), ("Thing", "story"), ("Twin", "person"), ("Typed", "content")}
    assert not {Thing, Twin, Typed} & {model for model, _ in sealed_fields()}


def test_a_migration_knows_only_that_the_column_is_sealed() -> None:
    text, _ = MigrationWriter.serialize(Thing._meta.get_field("person"))
    assert text == "casework.crypto.fields.SealedField()"
    historic = SealedField(default=b"")
    assert historic.get_default() == b""
    assert historic.get_db_prep_value(b"x", connection) is not None
    assert historic.db_type(connection) == ("BLOB" if connection.vendor == "sqlite" else "bytea")


def test_a_wrongly_made_field_is_refused_by_the_checks() -> None:
    class Bad(models.Model):  # noqa: DJ008
        client_id = models.UUIDField()
        person = SealedField(Person)

        class Meta:
            app_label = "casework"
            apps = Apps()

    assert [problem.msg for problem in Bad._meta.get_field("person").check()]
    assert Thing._meta.get_field("person").check() == []
    assert isinstance(Thing.person, fields.SealedAttribute)


def test_each_client_has_a_key_of_her_own(new_thing: Callable[..., Thing]) -> None:
    one, two = new_thing(), new_thing()
    assert one.person.key_id == one.story.key_id != two.person.key_id
    assert set(WrappedKey.objects.filter(purpose=Purpose.CLIENT).values_list("owner", flat=True)) == {
        one.client_id,
        two.client_id,
    }

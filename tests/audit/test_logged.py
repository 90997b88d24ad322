# ruff: noqa: PT012 - what is rolled back is always more than one statement
import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit import diffs, logged, reading, trail
from audit.logged import LoggedModel, Unlogged
from audit.models import AppendOnly, Checkpoint, Event, EventRef
from audit.reading import Change, Line
from audit.tags import Tag
from tests.audit.models import Case, Foreign, Thing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("things", "alma")]


def newest() -> Line:
    return reading.recent(1)[0]


def change() -> Change:
    (only,) = newest().changes
    return only


def count() -> int:
    return reading.size()


# --- saves and deletes ------------------------------------------------------------------------------------------------


def test_a_new_record_is_an_event_without_values() -> None:
    thing = Thing.objects.create(name="Hemliga Hilda")
    assert newest().tag == Tag.RECORD_CREATED
    assert change() == Change("attacked.Thing", str(thing.pk), "created", [], diffs.digest_of(thing))
    assert b"Hilda" not in bytes(Event.objects.get().body)
    assert b"a thing" not in bytes(Event.objects.get().body)


def test_a_change_names_the_fields_that_differ_and_nothing_else_is_written() -> None:
    Thing.objects.create(name="a")
    thing = Thing.objects.get()
    thing.name = "b"
    with CaptureQueriesContext(connection) as queries:
        thing.save()
    update = next(query["sql"] for query in queries if query["sql"].startswith("UPDATE"))
    assert "name" in update
    assert "amount" not in update
    assert change().fields == ["moved", "name"]
    assert change().digest == diffs.digest_of(thing, ["moved", "name"])


def test_a_change_costs_no_extra_look_at_the_row() -> None:
    Thing.objects.create(name="a")
    thing = Thing.objects.get()
    thing.name = "b"
    with trail.act(Tag.CASE_CHANGED), CaptureQueriesContext(connection) as queries:
        thing.save()
    assert [query["sql"].split()[0] for query in queries if "attacked" in query["sql"]] == ["UPDATE"]


def test_what_somebody_else_changed_meanwhile_is_left_as_they_made_it() -> None:
    Thing.objects.create(name="a", amount=1)
    mine, theirs = Thing.objects.get(), Thing.objects.get()
    theirs.amount = 2
    theirs.save()
    mine.name = "b"
    mine.save()
    assert Thing.objects.get().amount == 2
    assert "amount" not in change().fields


def test_saving_what_has_not_changed_writes_nothing() -> None:
    thing = Thing.objects.create(name="a", day=date(2026, 1, 31))
    before = count()
    thing.save()
    thing.day = "2026-01-31"  # type: ignore[assignment]
    thing.save()
    Thing.objects.get().save()
    assert count() == before


def test_a_changed_list_or_dict_is_seen() -> None:
    Thing.objects.create(data={"a": [1]})
    thing = Thing.objects.get()
    thing.data["a"].append(2)
    thing.save()
    assert "data" in change().fields
    thing.data["a"].append(3)
    thing.save()
    assert Thing.objects.get().data == {"a": [1, 2, 3]}


def test_a_value_that_is_none_of_the_fields_kind_counts_as_changed() -> None:
    thing = Thing.objects.create(amount=1)
    thing.amount = models.F("amount") + 1  # type: ignore[assignment]
    thing.save()
    assert "amount" in change().fields
    thing.refresh_from_db()
    assert thing.amount == 2


def test_fields_named_by_the_caller_are_the_ones_in_the_log() -> None:
    thing = Thing.objects.create(name="a", amount=1)
    thing.name, thing.amount = "b", 2
    thing.save(update_fields=["name"])
    assert change().fields == ["name"]
    thing.save()
    assert change().fields == ["amount", "moved"]


def test_a_field_loaded_later_is_known_from_then() -> None:
    Thing.objects.create(name="a", amount=1)
    thing = Thing.objects.only("name").get()
    assert thing.amount == 1
    thing.name = "b"
    thing.save()
    assert change().fields == ["moved", "name"]
    thing.day = date(2026, 1, 1)
    thing.save()
    assert change().fields == ["day", "moved"]


def test_excluded_fields_are_written_without_a_word() -> None:
    thing = Thing.objects.create()
    before = count()
    thing.secret = "x"
    thing.save(update_fields=["secret"])
    assert count() == before


def test_a_row_written_over_without_being_loaded_is_a_change_of_all_fields() -> None:
    Case(pk=Case.objects.create(number="26-1").pk, number="26-2").save()
    assert (change().action, change().fields) == ("changed", ["id", "number"])
    assert Case.objects.get().number == "26-2"


def test_a_row_given_another_id_is_saved_as_a_new_one() -> None:
    one = Case.objects.create(number="26-1")
    one.pk = one.pk + 1
    one.save()
    assert change().action == "created"
    assert Case.objects.count() == 2


def test_deleting_names_the_row_and_those_that_go_with_it() -> None:
    parent = Thing.objects.create()
    child = Thing.objects.create(parent=parent)
    pk = str(parent.pk)
    with trail.act(Tag.CASE_CHANGED):
        parent.delete()
    assert {(one.id, one.action) for one in newest().changes} == {(pk, "deleted"), (str(child.pk), "deleted")}


def test_a_row_whose_act_was_rolled_back_is_saved_whole_next_time() -> None:
    Thing.objects.create(name="a", amount=1)
    thing = Thing.objects.get()
    with pytest.raises(ZeroDivisionError), trail.act(Tag.CASE_CHANGED):
        thing.name = "b"
        thing.save()
        raise ZeroDivisionError
    thing.save()
    assert Thing.objects.get().name == "b"


def test_a_save_fails_with_the_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event RENAME TO somewhere_else")
    with pytest.raises(trail.TrailUnavailable):
        Thing.objects.create()
    assert not Thing.objects.exists()


def test_names_are_those_that_django_auditlog_would_find() -> None:
    """The package's own diff, which reads the row again, as an oracle."""
    from auditlog.diff import model_instance_diff
    from auditlog.registry import auditlog

    auditlog.register(Thing, exclude_fields=["moved"])
    auditlog.unregister(Thing)
    auditlog._registry[Thing] = {
        "include_fields": [f.name for f in Thing._meta.fields],
        "exclude_fields": [],
        "mask_fields": [],
    }
    auditlog._registry[Thing] |= {"mapping_fields": {}, "mask_callable": None}
    chance = random.Random(5)
    draw: dict[str, Any] = {
        "name": lambda: chance.choice(["", "a", "b"]),
        "amount": lambda: chance.randrange(2),
        "day": lambda: chance.choice([None, date(2026, 1, 1)]),
        "at": lambda: timezone.now() - timedelta(days=chance.randrange(3)),
        "data": lambda: chance.choice([{}, {"a": 1}]),
        "secret": lambda: chance.choice(["", "x"]),
    }
    try:
        for _ in range(40):
            thing = Thing.objects.get(pk=Thing.objects.create(**{name: one() for name, one in draw.items()}).pk)
            for name in chance.sample(sorted(draw), 3):
                setattr(thing, name, draw[name]())
            theirs = model_instance_diff(Thing.objects.get(pk=thing.pk), thing) or {}
            assert thing.changed_fields() == set(theirs)
    finally:
        del auditlog._registry[Thing]


# --- past the log -----------------------------------------------------------------------------------------------------


def test_what_would_leave_no_trace_is_refused() -> None:
    thing = Thing.objects.create()
    ways = (
        lambda: Thing.objects.update(name="x"),
        lambda: Thing.objects.filter(name="").delete(),
        lambda: Thing.objects.bulk_create([Thing()]),
        lambda: Thing.objects.bulk_update([thing], ["name"]),
        lambda: thing.children.update(name="x"),
    )
    for way in ways:
        with pytest.raises(Unlogged, match=r"attacked.Thing: .* without a trace"):
            way()
    assert Thing.objects.get().name == ""


def test_bulk_writing_is_one_event_that_names_every_record() -> None:
    with trail.bulk(Tag.IMPORTED):
        cases = Case.objects.bulk_create([Case(number="26-1"), Case(number="26-2")])
        cases[0].number = "26-3"
        Case.objects.bulk_update(cases[:1], ["number"])
        things = Thing.objects.bulk_create([Thing(), Thing()])
        Thing.objects.filter(pk=things[0].pk).update(name="x")
        Thing.objects.filter(pk=things[1].pk).delete()
    assert count() == 1
    assert newest().case == "26-1, 26-2, 26-3"
    assert {ref.id for ref in newest().refs} == {str(row.pk) for row in [*cases, *things]}
    assert [one.action for one in newest().changes] == ["deleted"]
    assert Thing.objects.get().name == "x"
    before = count()
    things[0].save()
    assert count() == before


def test_the_tables_of_the_log_have_no_other_door() -> None:
    trail.record(Tag.SETUP_DONE)
    event = Event.objects.get()
    ways = (
        event.save, event.delete, Event(seq=2).save, Checkpoint(size=1).save, EventRef.objects.create,
        Event.objects.create, Event.objects.all().delete, Event.objects.all().update, Checkpoint.objects.bulk_create,
        Event.objects.bulk_update, Event.objects.get_or_create, EventRef.objects.update_or_create,
    )  # fmt: skip
    for way in ways:
        with pytest.raises(AppendOnly):
            way()


# --- models of other packages -----------------------------------------------------------------------------------------


def test_a_model_of_another_package_is_logged_by_name_of_field() -> None:
    row = Foreign.objects.create(name="Namn Namnsson")
    assert (change().action, change().fields) == ("created", [])
    row.name = "Nytt Namn"
    row.save()
    assert (change().action, change().fields) == ("changed", ["name"])
    row.last_seen = timezone.now()
    before = count()
    row.save()
    assert count() == before
    row.delete()
    assert (change().action, change().fields) == ("deleted", [])
    assert not any(b"Namn" in bytes(event.body) for event in Event.objects.all())


def test_many_to_many_changes_name_the_field() -> None:
    row, thing = Foreign.objects.create(), Thing.objects.create()
    row.things.add(thing)
    assert (change().model, change().fields) == ("attacked.Foreign", ["things"])
    added = change().digest
    row.things.remove(thing)
    assert change().fields == ["things"]
    assert change().digest != added
    before = count()
    row.things.set([])
    row.things.remove()
    assert count() == before


def test_emptying_what_is_empty_leaves_nothing() -> None:
    row = Foreign.objects.create()
    row.things.clear()
    assert count() == 1


def test_a_look_through_django_auditlog_is_a_read() -> None:
    from auditlog.signals import accessed

    row = Foreign.objects.create()
    accessed.send(Foreign, instance=row)
    assert newest().tag == Tag.PAGE_READ
    assert newest().refs == [trail.Ref("attacked.Foreign", str(row.pk))]


def test_a_call_without_changes_leaves_nothing() -> None:
    Event.objects.log_create(Foreign(pk=1), action=1, changes={})
    assert count() == 0


def test_which_models_are_logged_can_be_asked() -> None:
    assert {Thing, Case, Foreign} <= logged.registered()


def test_no_logged_model_of_the_program_is_left_out() -> None:
    assert {model for model in apps.get_models() if issubclass(model, LoggedModel)} <= logged.registered()


# --- digests ----------------------------------------------------------------------------------------------------------


def test_a_digest_is_the_same_for_the_row_as_it_comes_back() -> None:
    made = Thing.objects.create(name="a", day=date(2026, 1, 1), blob=b"\0\1", data={"b": 1})
    assert change().digest == diffs.digest_of(Thing.objects.get(pk=made.pk))


def test_a_digest_differs_with_value_row_and_secret(settings: Any) -> None:
    one, other = Thing(name="a"), Thing(name="a")
    digests = {diffs.digest_of(one, ["name"]), diffs.digest_of(other, ["name"]), diffs.digest_of(one, ["amount"])}
    one.name = "b"
    digests.add(diffs.digest_of(one, ["name"]))
    settings.SECRET_KEY = "another" * 9
    digests.add(diffs.digest_of(one, ["name"]))
    assert len(digests) == 5
    assert diffs.keyed_digest("session", b"x") != diffs.keyed_digest("values", b"x")

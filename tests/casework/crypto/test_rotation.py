"""Changing data keys while others write."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from casework.crypto import keyring, rotation
from casework.crypto.envelope import key_id_of
from casework.crypto.errors import CryptoError
from casework.crypto.fields import SealedField, sealed_fields
from casework.crypto.keyring import Purpose
from casework.crypto.models import WrappedKey
from casework.crypto.progress import Progress
from casework.crypto.rotation import Outcome, rotate_dek
from tests.casework.crypto.conftest import MODELS
from tests.casework.crypto.models import Form, Person, Story, Thing, Typed

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NONE = timedelta(0)


@pytest.fixture
def rows(new_thing: Callable[..., Thing], monkeypatch: pytest.MonkeyPatch) -> list[Thing]:
    monkeypatch.setattr(rotation, "BATCH", 2)
    monkeypatch.setattr(rotation, "also_refers", {Purpose.CLIENT: lambda ids: set()})
    return [new_thing(person=Person(given_name=f"N{n}"), story=Story(text=f"S{n}")) for n in range(5)]


def rotate(purpose: Purpose = Purpose.CLIENT, report: Callable = lambda progress: None, **options: object) -> Outcome:
    return rotate_dek(purpose, report, columns=sealed_fields(MODELS), **options)


def all_open(rows: list[Thing]) -> bool:
    found = [Thing.objects.get(pk=row.pk) for row in rows]
    return all(
        (one.person.open().given_name, one.story.open().text) == (f"N{n}", f"S{n}") for n, one in enumerate(found)
    )


def states() -> dict[str, int]:
    found = list(WrappedKey.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


def test_every_owner_gets_a_new_key_and_the_old_one_goes(rows: list[Thing]) -> None:
    heard: list = []
    keyring.on_key_act.append(lambda act, facts: heard.append(act))
    try:
        outcome = rotate(grace=NONE)
    finally:
        keyring.on_key_act.pop()
    assert outcome == Outcome(new_keys=5, resealed=10, destroyed=5, kept=0)
    assert heard == ["destroy"] * 3 + ["rotate_dek"]
    assert states() == {"active": 5, "destroyed": 5}
    assert all_open(rows)
    assert all(Thing.objects.get(pk=row.pk).person.key_id != row.person.key_id for row in rows)


def test_old_keys_are_kept_while_a_late_writer_may_use_them(rows: list[Thing]) -> None:
    outcome = rotate()
    assert (outcome.destroyed, outcome.kept) == (0, 5)
    assert outcome.wait_until is not None
    blob = rows[0].person.blob
    assert keyring.aead_by_id(key_id_of(blob))
    rows[0].save()  # as it was read before: the old seal comes back
    again = rotate(finish=True, grace=NONE)
    assert (again.new_keys, again.resealed, again.destroyed) == (0, 2, 5)
    assert all_open(rows)


def test_one_owner_can_be_rotated_alone(rows: list[Thing]) -> None:
    outcome = rotate(owner=rows[0].client_id, grace=NONE)
    assert (outcome.new_keys, outcome.resealed, outcome.destroyed) == (1, 2, 1)
    assert states() == {"active": 5, "destroyed": 1}
    assert all_open(rows)


@pytest.mark.parametrize("stop_at", range(1, 12))
def test_it_can_be_stopped_anywhere_and_started_again(rows: list[Thing], stop_at: int) -> None:
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == stop_at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(report=stop, grace=NONE)
    assert all_open(rows)
    rotate(grace=NONE)
    rotate(finish=True, grace=NONE)
    assert all_open(rows)
    assert set(states()) == {"active", "destroyed"}
    assert states()["active"] == 5


def test_a_stopped_rotation_is_finished_and_not_begun_anew(rows: list[Thing]) -> None:
    def stop(progress: Progress) -> None:
        if progress.phase.startswith("Förseglar") and progress.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(report=stop)
    outcome = rotate(grace=NONE)
    assert (outcome.new_keys, outcome.resealed, outcome.destroyed) == (0, 8, 5)


def test_what_someone_writes_meanwhile_is_not_overwritten(rows: list[Thing], monkeypatch: pytest.MonkeyPatch) -> None:
    plain = SealedField.reseal
    target = Thing.objects.get(pk=rows[2].pk)

    def interfere(self: SealedField, row: Thing, blob: bytes) -> bytes:
        if row.pk == target.pk and self.name == "person" and target.person.open().given_name == "N2":
            with keyring.scope(fresh=True):
                target.person = Person(given_name="Ändrad")
                target.save(update_fields=["person"])
        return plain(self, row, blob)

    monkeypatch.setattr(SealedField, "reseal", interfere)
    outcome = rotate(grace=NONE)
    assert outcome.resealed == 9
    assert Thing.objects.get(pk=target.pk).person.open().given_name == "Ändrad"


def test_a_row_that_does_not_open_is_named_and_left(rows: list[Thing]) -> None:
    broken = rows[1].story.blob[:-1] + bytes([rows[1].story.blob[-1] ^ 1])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_thing SET story = %s WHERE id = %s", [broken, rows[1].pk.hex])
    outcome = rotate(grace=NONE)
    assert outcome.broken == [f"casework.Thing {rows[1].pk} story"]
    assert (outcome.resealed, outcome.destroyed, outcome.kept) == (9, 4, 1)


def test_keys_needed_elsewhere_are_kept(rows: list[Thing]) -> None:
    needed = rows[0].person.key_id
    rotation.also_refers[Purpose.CLIENT] = lambda ids: ids & {needed}
    outcome = rotate(grace=NONE)
    assert (outcome.destroyed, outcome.kept) == (4, 1)
    assert keyring.key_by_id(needed).state == "old"
    rotation.also_refers.clear()
    outcome = rotate(grace=NONE)
    assert (outcome.new_keys, outcome.destroyed, outcome.kept) == (5, 0, 6)


def test_the_old_key_of_an_erased_client_goes_at_once(rows: list[Thing]) -> None:
    rotate()
    active = keyring.current_key(Purpose.CLIENT, rows[0].client_id).id
    keyring.destroy_ids([active])
    Thing.objects.filter(pk=rows[0].pk).delete()
    outcome = rotate(finish=True)
    assert (outcome.destroyed, outcome.kept) == (1, 4)


def test_keys_of_the_system_are_rotated_by_purpose_and_kept_when_nobody_knows(
    tables: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "also_refers", {})
    keyring.ensure_system_keys()
    draft = Typed.objects.create(content=Form(path="/x"))
    outcome = rotate(Purpose.DRAFT, grace=NONE)
    assert (outcome.new_keys, outcome.resealed, outcome.destroyed, outcome.kept) == (1, 1, 0, 1)
    assert Typed.objects.get(pk=draft.pk).content.open().path == "/x"
    assert rotate(Purpose.LOG).new_keys == 1
    with pytest.raises(CryptoError, match="Indexnyckeln"):
        rotate(Purpose.INDEX)


# --- the command ------------------------------------------------------------------------------------------------------


def run(*options: str) -> str:
    out = StringIO()
    call_command("rotate_dek", *options, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_says_what_it_did_and_when_to_come_back(rows: list[Thing]) -> None:
    said = run("--owner", str(rows[0].client_id))
    assert "Gör nya nycklar: 1 av 1" in said
    assert "Nya nycklar: 1." in said
    run()
    WrappedKey.objects.filter(purpose="client").delete()
    keyring.ensure_system_keys()
    assert "Kör igen" not in run("--purpose", "staff")


def test_the_command_tells_when_to_come_back(rows: list[Thing], monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils import timezone

    command = "casework.management.commands.rotate_dek.rotate_dek"
    monkeypatch.setattr(command, lambda *args, **options: Outcome(new_keys=1, wait_until=timezone.now()))
    assert "Kör igen med --finish efter" in run("--finish")
    monkeypatch.setattr(command, lambda *args, **options: Outcome(broken=["casework.Thing 1 story"]))
    with pytest.raises(CommandError, match="1 uppgifter"):
        run()


@pytest.mark.parametrize(("problem", "said"), [(KeyboardInterrupt, "kör igen"), (CryptoError("fel"), "fel")])
def test_the_command_can_be_stopped(problem: BaseException, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> None:
        raise problem

    monkeypatch.setattr("casework.management.commands.rotate_dek.rotate_dek", fail)
    with pytest.raises(CommandError, match=said):
        run()

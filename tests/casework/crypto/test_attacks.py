"""Someone who writes the database: whatever is done to a seal or a key, it raises and shows nothing."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection

from casework.crypto import keyring
from casework.crypto.envelope import SealContext, seal, unseal
from casework.crypto.errors import CryptoError, DecryptError, KeyMissing
from casework.crypto.keyring import Purpose
from casework.crypto.models import WrappedKey
from tests.casework.crypto.models import Person, Story, Thing, Twin

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SECRET = "Åsa Öqvist-Ek"


@pytest.fixture
def rows(new_thing: Callable[..., Thing]) -> tuple[Thing, Thing]:
    return (
        new_thing(person=Person(given_name=SECRET), story=Story(text=SECRET)),
        new_thing(person=Person(given_name="Annan"), story=Story(text="Annat")),
    )


def write(model: type, pk: uuid.UUID, column: str, blob: bytes) -> None:
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [blob, pk.hex])


def refuses(row: Thing, column: str = "person") -> None:
    fresh = type(row).objects.get(pk=row.pk)
    with pytest.raises(DecryptError) as caught:
        getattr(fresh, column).open()
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_seal_of_another_client_does_not_open(rows: tuple[Thing, Thing]) -> None:
    write(Thing, rows[1].pk, "person", rows[0].person.blob)
    refuses(rows[1])


def test_a_seal_of_another_row_of_the_same_client_does_not_open(rows: tuple[Thing, Thing]) -> None:
    other = Thing.objects.create(client_id=rows[0].client_id, person=Person(given_name="Annan"))
    write(Thing, other.pk, "person", rows[0].person.blob)
    refuses(other)


def test_a_seal_of_another_group_does_not_open(rows: tuple[Thing, Thing]) -> None:
    write(Thing, rows[0].pk, "person", rows[0].story.blob)
    refuses(rows[0])


def test_a_seal_of_another_model_does_not_open(rows: tuple[Thing, Thing]) -> None:
    twin = Twin.objects.create(id=rows[0].pk, client_id=rows[0].client_id, person=Person())
    write(Twin, twin.pk, "person", rows[0].person.blob)
    refuses(twin)


def test_a_row_given_to_another_client_does_not_open(rows: tuple[Thing, Thing]) -> None:
    Thing.objects.filter(pk=rows[0].pk).update(client_id=rows[1].client_id)
    refuses(rows[0])


def test_every_flipped_bit_is_found(rows: tuple[Thing, Thing]) -> None:
    row, blob = rows[0], rows[0].story.blob
    field = Thing._meta.get_field("story")
    with keyring.scope():
        for place in range(len(blob)):
            for bit in range(8):
                altered = bytearray(blob)
                altered[place] ^= 1 << bit
                with pytest.raises(DecryptError):
                    field.open_blob(row, bytes(altered))
        assert field.open_blob(row, blob).text == SECRET


def test_every_length_is_found(rows: tuple[Thing, Thing]) -> None:
    row, blob = rows[0], rows[0].story.blob
    field = Thing._meta.get_field("story")
    with keyring.scope():
        for length in range(len(blob)):
            with pytest.raises(DecryptError):
                field.open_blob(row, blob[:length])
        for tail in (b"\0", b"\x80", blob, bytes(64)):
            with pytest.raises(DecryptError):
                field.open_blob(row, blob + tail)


@pytest.mark.parametrize("version", [0, 2, 128, 255])
def test_an_unknown_version_does_not_open(rows: tuple[Thing, Thing], version: int) -> None:
    write(Thing, rows[0].pk, "person", bytes([version]) + rows[0].person.blob[1:])
    refuses(rows[0])


def test_the_key_of_another_client_does_not_open(rows: tuple[Thing, Thing]) -> None:
    mine, other = rows[0].person.blob, rows[1].person.blob
    write(Thing, rows[0].pk, "person", mine[:1] + other[1:5] + mine[5:])
    refuses(rows[0])


def test_plaintext_in_the_column_does_not_open(rows: tuple[Thing, Thing]) -> None:
    for text in (b"", b"{}", b'{"given_name":"Eva"}' + bytes(40)):
        write(Thing, rows[0].pk, "person", text)
        refuses(rows[0])


def test_a_key_moved_to_another_owner_does_not_unwrap(rows: tuple[Thing, Thing]) -> None:
    mine = WrappedKey.objects.get(pk=rows[0].person.key_id)
    WrappedKey.objects.filter(pk=rows[1].person.key_id).update(wrapped=mine.wrapped)
    refuses(rows[1])
    with keyring.scope(), pytest.raises(DecryptError):
        keyring.prefetch([rows[1].person.key_id])


@pytest.mark.parametrize("change", [{"owner": uuid.UUID(int=7)}, {"purpose": "staff"}])
def test_a_key_said_to_be_for_something_else_does_not_unwrap(rows: tuple[Thing, Thing], change: dict) -> None:
    WrappedKey.objects.filter(pk=rows[0].person.key_id).update(**change)
    refuses(rows[0])


def test_a_key_under_another_number_does_not_unwrap(rows: tuple[Thing, Thing]) -> None:
    WrappedKey.objects.filter(pk=rows[0].person.key_id).update(id=77)
    with pytest.raises(DecryptError):
        keyring.key_by_id(77)
    refuses(rows[0])


def test_a_destroyed_key_opens_nothing(rows: tuple[Thing, Thing]) -> None:
    with keyring.scope():
        rows[0].person.open()
        assert keyring.destroy_keys(Purpose.CLIENT, rows[0].client_id) == 1
        with pytest.raises(KeyMissing):
            Thing.objects.get(pk=rows[0].pk).person.open()
    with pytest.raises(KeyMissing):
        keyring.current_key(Purpose.CLIENT, rows[0].client_id)
    assert keyring.destroy_keys(Purpose.CLIENT, rows[0].client_id) == 0
    assert Thing.objects.get(pk=rows[1].pk).person.open().given_name == "Annan"


def test_sealed_bytes_without_their_padding_are_not_whole(rows: tuple[Thing, Thing]) -> None:
    key = keyring.current_key(Purpose.CLIENT, rows[0].client_id)
    context = SealContext.of("a.B", "c", rows[0].client_id, rows[0].pk)
    blob = seal(key, context, b"text", pad=32)
    assert unseal(blob, context) == b"text"
    number, place = key.id.to_bytes(4, "big"), context.prefix + context.owner + b"\0\x10" + context.row + b"\0\4"
    bare = b"\1" + number + bytes(12) + key.aead.encrypt(bytes(12), b"text", place + number)
    with pytest.raises(DecryptError, match="inte hel"):
        unseal(bare, context)


def test_a_copied_row_with_a_new_id_is_not_saved(rows: tuple[Thing, Thing]) -> None:
    copy = Thing.objects.get(pk=rows[0].pk)
    copy.pk, copy._state.adding = uuid.uuid4(), True
    with pytest.raises(DecryptError):
        copy.save()


def test_nothing_is_sealed_without_an_owner_or_a_key(rows: tuple[Thing, Thing]) -> None:
    with pytest.raises(KeyMissing):
        Thing.objects.create(client_id=uuid.uuid4(), person=Person())
    with pytest.raises(CryptoError, match="owner and an id"):
        Thing.objects.create(client_id=None, person=Person())

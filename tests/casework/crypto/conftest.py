import uuid
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from casework.crypto import kek, keyring
from casework.crypto.keyring import Purpose
from tests.casework.crypto.models import Person, Story, Thing, Twin, Typed

BOTH = ["default", "keys"]
MODELS = [Thing, Twin, Typed]


@pytest.fixture(autouse=True)
def fresh_kek() -> Iterator[None]:
    """Every test reads the KEK anew."""
    kek.reset_kek()
    yield
    kek.reset_kek()


@pytest.fixture(scope="session")
def attack_tables(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Tables of the models to attack, beside the product's own."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in MODELS:
            editor.create_model(model)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in MODELS:
            editor.delete_model(model)


@pytest.fixture
def tables(attack_tables: None, db: None) -> None:
    """The tables, inside the test's own transaction. Needs the mark django_db(databases=["default", "keys"])."""


@pytest.fixture
def owner(tables: None) -> uuid.UUID:
    """A client with a data key."""
    made = uuid.uuid4()
    keyring.create_key(Purpose.CLIENT, made)
    return made


@pytest.fixture
def thing(owner: uuid.UUID) -> Thing:
    return Thing.objects.create(client_id=owner, person=Person(given_name="Åsa"), story=Story(text="Hemligt"))


@pytest.fixture
def new_thing(tables: None) -> Callable[..., Thing]:
    """Makes a saved Thing with an owner of its own."""

    def make(**values: object) -> Thing:
        client = uuid.uuid4()
        keyring.create_key(Purpose.CLIENT, client)
        return Thing.objects.create(client_id=client, **values)

    return make

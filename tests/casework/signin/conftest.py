from collections.abc import Iterator

import pytest
from django.core.cache import cache

from casework.signin.models import User
from tests.casework.signin import door
from tests.cast import Cast


@pytest.fixture(autouse=True)
def nothing_remembered(db: None) -> Iterator[None]:
    """Used codes and rate limits of an earlier test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def alma(cast: Cast) -> User:
    """A kontaktperson with a password and an app."""
    return door.give_app(cast.alma)


@pytest.fixture
def ada(cast: Cast) -> User:
    return cast.ada

"""What lies in the table of sessions tells nothing and cannot be used."""

import base64
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from casework.crypto import derived
from casework.crypto.errors import DecryptError
from casework.signin.models import SignIn
from casework.signin.sessions import SessionStore, row_of
from tests.cast import Cast
from tests.fixtures import SignIn as SignInAs


@pytest.fixture
def store(db: None) -> SessionStore:
    made = SessionStore()
    made["secret"] = "hemligt å"
    made.save()
    return made


def reopened(store: SessionStore) -> SessionStore:
    return SessionStore(store.session_key)


def test_a_session_is_read_again(store: SessionStore) -> None:
    assert reopened(store)["secret"] == "hemligt å"
    assert store.exists(str(store.session_key))


def test_the_row_holds_neither_key_nor_content(store: SessionStore) -> None:
    row = Session.objects.get()
    assert row.session_key == row_of(store.session_key) != store.session_key
    raw = base64.b64decode(row.session_data)
    assert b"hemligt" not in raw
    assert b"secret" not in raw


def test_the_key_of_a_row_opens_nothing(store: SessionStore) -> None:
    assert "secret" not in SessionStore(Session.objects.get().session_key)
    assert not store.exists(Session.objects.get().session_key)


def test_content_moved_to_another_row_does_not_open(store: SessionStore) -> None:
    other = SessionStore()
    other["who"] = "nobody"
    other.save()
    Session.objects.filter(session_key=row_of(other.session_key)).update(
        session_data=Session.objects.get(session_key=row_of(store.session_key)).session_data
    )
    assert dict(reopened(other).items()) == {}


@pytest.mark.parametrize("data", ["", "AAAA", "å", "not base64!", base64.b64encode(b"x" * 60).decode()])
def test_a_row_that_is_not_ours_is_an_empty_session(store: SessionStore, data: str) -> None:
    Session.objects.update(session_data=data)
    assert dict(reopened(store).items()) == {}


def test_another_secret_opens_nothing(store: SessionStore, settings: Any) -> None:
    settings.SECRET_KEY = "another-" + "y" * 50
    assert dict(reopened(store).items()) == {}


def test_a_deleted_session_is_gone(store: SessionStore) -> None:
    key = store.session_key
    store.delete()
    assert not Session.objects.exists()
    SessionStore(key).delete(key)
    SessionStore().delete()


def test_a_session_that_has_ended_by_its_date_is_gone(store: SessionStore) -> None:
    store.set_expiry(-1)
    store.save()
    assert dict(reopened(store).items()) == {}


def test_a_seal_of_one_place_opens_in_no_other() -> None:
    sealed = derived.seal_with("secret", b"one", b"text")
    assert derived.unseal_with("secret", b"one", sealed) == b"text"
    for secret, place, blob in (("secret", b"two", sealed), ("other", b"one", sealed), ("secret", b"one", sealed[:20])):
        with pytest.raises(DecryptError):
            derived.unseal_with(secret, place, blob)


def test_a_cookie_is_of_no_use_after_signing_out(signed_in: SignInAs, cast: Cast) -> None:
    client = signed_in(cast.alma)
    stolen = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/logga-ut/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert thief.get("/mina-arenden/").headers["Location"].startswith("/logga-in/")
    assert SignIn.objects.get().end_reason == SignIn.End.SIGNED_OUT


def test_a_session_key_that_was_there_before_signing_in_is_not_used_after(signed_in: SignInAs, cast: Cast) -> None:
    fixed = SessionStore()
    fixed.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(fixed.session_key)
    client.force_login(cast.alma)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != fixed.session_key
    assert not SessionStore().exists(str(fixed.session_key))

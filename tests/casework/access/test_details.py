"""How the log's details are sealed: for the client they are about, else with the log's own key."""

import uuid

import pytest

from audit.tags import Tag
from casework.access import details
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.crypto import keyring
from casework.crypto.errors import DecryptError, KeyMissing
from casework.crypto.keyring import Purpose
from tests.cast import Cast
from tests.fixtures import last_event


def test_what_is_sealed_for_a_client_opens_for_her_place_only(case: Case) -> None:
    blob = details.seal(case.client_id, b"Hemligt", b"plats 1")
    assert b"Hemligt" not in blob
    assert details.unseal(case.client_id, blob, b"plats 1") == b"Hemligt"
    for owner, place in ((case.client_id, b"plats 2"), (None, b"plats 1"), (uuid.uuid4(), b"plats 1")):
        with pytest.raises(DecryptError):
            details.unseal(owner, blob, place)


def test_what_is_about_nobody_is_sealed_with_the_logs_key(cast: Cast) -> None:
    blob = details.seal(None, b"Hemligt", b"plats 1")
    assert details.unseal(None, blob, b"plats 1") == b"Hemligt"


def test_without_a_key_nothing_is_sealed(cast: Cast) -> None:
    with pytest.raises(KeyMissing):
        details.seal(uuid.uuid4(), b"Hemligt", b"plats 1")


def test_a_reason_is_gone_from_the_log_when_the_clients_key_is(cast: Cast, case: Case) -> None:
    cases.move_case(by=cast.alma, case=case, name="rest", reason="Hon vill vila")
    assert last_event(Tag.CASE_RESTED).reason == "Hon vill vila"
    keyring.destroy_keys(Purpose.CLIENT, case.client_id)
    assert last_event(Tag.CASE_RESTED).reason == "Texten är raderad"

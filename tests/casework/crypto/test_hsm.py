"""The KEK in a hardware module, tried against a real SoftHSM token."""

import os
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pkcs11
import pytest
from pkcs11 import Attribute, KeyType

from casework.crypto import kek, keyring
from casework.crypto.errors import DecryptError, KekError
from casework.crypto.hsm import Pkcs11Kek
from casework.crypto.keyring import Purpose
from casework.crypto.models import WrappedKey
from casework.crypto.rewrap import rewrap

MODULE, TOKEN, PIN = "/usr/lib/softhsm/libsofthsm2.so", "test", "1234"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A token of its own with two AES-256 keys and a short one, none of which can be taken out."""
    place = tmp_path_factory.mktemp("hsm")
    (place / "tokens").mkdir()
    (place / "conf").write_text(f"directories.tokendir = {place}/tokens\nobjectstore.backend = file\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(place / "conf")
    init = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", "5678"]
    subprocess.run(init, check=True, capture_output=True)
    library = pkcs11.lib(MODULE)
    library.reinitialize()
    hidden = {Attribute.EXTRACTABLE: False, Attribute.SENSITIVE: True}
    with library.get_token(token_label=TOKEN).open(user_pin=PIN, rw=True) as session:
        for label, bits in (("kek-1", 256), ("kek-2", 256), ("short", 128)):
            session.generate_key(KeyType.AES, bits, label=label, store=True, template=hidden)
    yield
    os.environ.pop("SOFTHSM2_CONF")
    if before is not None:
        os.environ["SOFTHSM2_CONF"] = before


@pytest.fixture
def module(token: None, settings: SimpleNamespace) -> SimpleNamespace:
    settings.KEK_PROVIDER = "pkcs11"
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_PIN = MODULE, TOKEN, PIN
    settings.PKCS11_KEY_LABEL, settings.PKCS11_OLD_KEY_LABEL = "kek-1", ""
    return settings


def test_a_key_wrapped_in_the_module_opens_only_whole_and_in_place(module: SimpleNamespace) -> None:
    provider = kek.get_kek()
    assert provider.id == "p11:kek-1"
    blob = provider.wrap(b"k" * 32, b"aad")
    assert provider.unwrap(blob, b"aad") == b"k" * 32
    altered = [bytes([*blob[:at], blob[at] ^ 1, *blob[at + 1 :]]) for at in range(len(blob))]
    for wrong in [*altered, *(blob[:cut] for cut in range(len(blob))), blob + b"\0"]:
        with pytest.raises(DecryptError):
            provider.unwrap(wrong, b"aad")
    with pytest.raises(DecryptError):
        provider.unwrap(blob, b"aae")
    with pytest.raises(DecryptError):
        Pkcs11Kek(MODULE, TOKEN, PIN, "kek-2").unwrap(blob, b"aad")


@pytest.mark.parametrize(
    "where",
    [
        ("/nowhere.so", TOKEN, PIN, "kek-1"),
        (MODULE, "other", PIN, "kek-1"),
        (MODULE, TOKEN, PIN, "nothing"),
        (MODULE, TOKEN, PIN, "short"),
        (MODULE, TOKEN, "", "kek-1"),
        (MODULE, TOKEN, PIN, "x" * 61),
    ],
)
def test_what_cannot_be_reached_is_refused(token: None, where: tuple[str, str, str, str]) -> None:
    with pytest.raises(KekError):
        Pkcs11Kek(*where)


def test_a_wrong_pin_is_refused(module: SimpleNamespace) -> None:
    kek.reset_kek()
    pkcs11.lib(MODULE).reinitialize()
    with pytest.raises(KekError, match="PinIncorrect"):
        Pkcs11Kek(MODULE, TOKEN, "9999", "kek-1")


def test_a_forked_worker_opens_its_own_session(module: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    provider = kek.get_kek()
    blob = provider.wrap(b"k" * 32, b"")
    monkeypatch.setattr(os, "getpid", lambda: 1)
    assert provider.unwrap(blob, b"") == b"k" * 32


@pytest.mark.django_db(databases=["default", "keys"])
def test_data_keys_live_under_the_module_and_move_to_its_next_key(module: SimpleNamespace) -> None:
    key_id = keyring.create_key(Purpose.CLIENT, uuid.UUID(int=1))
    assert WrappedKey.objects.get(pk=key_id).kek_id == "p11:kek-1"
    with keyring.scope():
        keyring.prefetch([key_id])
    keyring.verify_kek()
    module.PKCS11_KEY_LABEL, module.PKCS11_OLD_KEY_LABEL = "kek-2", "kek-1"
    kek.reset_kek()
    assert rewrap(lambda progress: None) == 1
    module.PKCS11_OLD_KEY_LABEL = ""
    kek.reset_kek()
    assert WrappedKey.objects.get(pk=key_id).kek_id == "p11:kek-2"
    assert keyring.key_by_id(key_id).id == key_id


def test_the_token_is_there(module: SimpleNamespace) -> None:
    assert Path(MODULE).exists()
    assert Path(os.environ["SOFTHSM2_CONF"]).exists()

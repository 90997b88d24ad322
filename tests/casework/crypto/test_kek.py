"""Where the KEK comes from, and that nothing starts without the right one."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured

from casework.crypto import check, kek, keyring
from casework.crypto.errors import DecryptError, KekError
from casework.crypto.kek import EnvKek, FileKek, LocalKek, create_kek_file
from casework.crypto.keyring import Purpose
from casework.crypto.models import WrappedKey

A, B = "aa" * 32, "bb" * 32


@pytest.fixture
def home(tmp_path: Path, settings: SimpleNamespace) -> Path:
    """A file provider in a folder of its own."""
    settings.KEK_PROVIDER, settings.KEK_FILE = "file", tmp_path / "kek"
    tmp_path.chmod(0o700)
    create_kek_file(tmp_path / "kek")
    return tmp_path


def test_a_wrapped_key_opens_only_whole_and_with_what_it_is_bound_to() -> None:
    provider = LocalKek(bytes(32))
    blob = provider.wrap(b"k" * 32, b"aad")
    assert provider.unwrap(blob, b"aad") == b"k" * 32
    assert provider.wrap(b"k" * 32, b"aad") != blob
    altered = [bytes([*blob[:at], blob[at] ^ 1, *blob[at + 1 :]]) for at in range(len(blob))]
    for wrong in [*altered, *(blob[:cut] for cut in range(len(blob))), blob + b"\0"]:
        with pytest.raises(DecryptError):
            provider.unwrap(wrong, b"aad")
    with pytest.raises(DecryptError):
        provider.unwrap(blob, b"aae")
    with pytest.raises(DecryptError):
        LocalKek(b"x" * 32).unwrap(blob, b"aad")


def test_the_id_tells_keys_apart_and_not_what_they_are() -> None:
    assert LocalKek(bytes(32)).id != LocalKek(b"x" * 32).id
    assert LocalKek(b"x" * 32).id == LocalKek(b"x" * 32).id
    assert (b"x" * 8).hex() not in LocalKek(b"x" * 32).id


@pytest.mark.parametrize("value", ["", "  ", "zz" * 32, "aa" * 31, "aa" * 33, "a"])
def test_a_malformed_key_in_the_environment_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORK_KEK", value)
    with pytest.raises(KekError) as caught:
        EnvKek()
    assert "zz" not in str(caught.value)


def test_a_made_file_is_private_and_never_written_over(home: Path) -> None:
    assert (home / "kek").stat().st_mode & 0o777 == 0o400
    assert FileKek(home / "kek").id == kek.get_kek().id
    with pytest.raises(KekError, match="finns redan"):
        create_kek_file(home / "kek")


def test_no_key_is_made_in_an_open_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with pytest.raises(KekError, match="chmod 0700"):
        create_kek_file(tmp_path / "kek")
    assert not (tmp_path / "kek").exists()


def test_a_file_that_others_can_read_is_refused(home: Path) -> None:
    (home / "kek").chmod(0o440)
    with pytest.raises(KekError, match="chmod 0400"):
        FileKek(home / "kek")


def test_a_missing_linked_or_strange_file_is_refused(home: Path) -> None:
    (home / "link").symlink_to(home / "kek")
    (home / "folder").mkdir(mode=0o700)
    for name in ("none", "link", "folder"):
        with pytest.raises(KekError):
            FileKek(home / name)


def test_a_replaced_file_is_read_again(home: Path) -> None:
    before = kek.get_kek()
    assert kek.get_kek() is before
    (home / "kek").unlink()
    create_kek_file(home / "kek")
    assert kek.get_kek().id != before.id
    (home / "kek").unlink()
    with pytest.raises(KekError):
        kek.get_kek()


def test_the_old_key_opens_and_the_new_one_wraps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORK_KEK", A)
    monkeypatch.setenv("CASEWORK_KEK_OLD", B)
    old = LocalKek(bytes.fromhex(B))
    assert kek.get_kek().id == LocalKek(bytes.fromhex(A)).id
    assert kek.kek_by_id(old.id).id == old.id
    with pytest.raises(KekError, match="annan huvudnyckel"):
        kek.kek_by_id("nothing")


def test_a_key_that_another_process_put_in_place_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    kek.get_kek()
    monkeypatch.setenv("CASEWORK_KEK", B)
    assert kek.kek_by_id(LocalKek(bytes.fromhex(B)).id) is kek.get_kek()


def test_the_kek_can_move_to_another_provider(
    home: Path, settings: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_file = kek.get_kek().id
    settings.KEK_PROVIDER, settings.KEK_OLD_PROVIDER = "env", "file"
    monkeypatch.setenv("CASEWORK_KEK", A)
    kek.reset_kek()
    assert kek.get_kek().id != in_file
    assert kek.kek_by_id(in_file).id == in_file


def test_an_unknown_provider_is_refused(settings: SimpleNamespace) -> None:
    settings.KEK_PROVIDER = "kms"
    with pytest.raises(KekError, match="file, env eller pkcs11"):
        kek.get_kek()


# --- refusing to start ------------------------------------------------------------------------------------------------

both = pytest.mark.django_db(databases=["default", "keys"])


@both
def test_with_the_right_key_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.ensure_system_keys()
    assert check.check_kek(None) == []
    check.refuse_to_start()


@both
@pytest.mark.parametrize("wrong", [A, "", "x"])
def test_with_a_wrong_or_missing_key_it_does_not(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.ensure_system_keys()
    monkeypatch.setenv("CASEWORK_KEK", wrong)
    kek.reset_kek()
    assert [problem.id for problem in check.check_kek(None)] == ["crypto.E001"]
    with pytest.raises(ImproperlyConfigured):
        check.refuse_to_start()


@both
def test_another_key_under_the_right_name_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.ensure_system_keys()
    monkeypatch.setenv("CASEWORK_KEK", A)
    kek.reset_kek()
    WrappedKey.objects.update(kek_id=kek.get_kek().id)
    with pytest.raises(KekError, match="rätt nyckel"):
        keyring.verify_kek()


@both
def test_destroyed_keys_need_no_kek(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.create_key(Purpose.CLIENT, keyring.SYSTEM_OWNER)
    keyring.destroy_keys(Purpose.CLIENT, keyring.SYSTEM_OWNER)
    monkeypatch.setenv("CASEWORK_KEK", A)
    kek.reset_kek()
    keyring.verify_kek()


@both
def test_a_database_without_tables_holds_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "TABLE", "not_there")
    keyring.verify_kek()


@both
def test_a_database_that_does_not_answer_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(where: str) -> None:
        raise keyring.DatabaseError

    monkeypatch.setattr(keyring, "_rows", fail)
    with pytest.raises(KekError, match="svarar inte"):
        keyring.verify_kek()


def test_while_the_program_loads_only_the_key_itself_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "apps", SimpleNamespace(ready=False))
    check.refuse_to_start()
    monkeypatch.delenv("CASEWORK_KEK")
    kek.reset_kek()
    with pytest.raises(ImproperlyConfigured, match="saknas"):
        check.refuse_to_start()
    assert "CASEWORK_KEK" not in os.environ

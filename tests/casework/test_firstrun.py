import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework import env, firstrun


@pytest.fixture(autouse=True)
def same_umask_after() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEWORK_SECRET_KEY", raising=False)


def test_home_and_secret_are_for_the_owner_only(tmp_path: Path) -> None:
    home = tmp_path / "a" / "home"
    firstrun.prepare(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o400
    assert len(env.secret_file(home / "secret_key")) >= 80
    assert [path.name for path in home.iterdir()] == ["secret_key"]


def test_a_second_start_keeps_the_secret_and_closes_the_folder(tmp_path: Path) -> None:
    firstrun.prepare(tmp_path)
    secret = (tmp_path / "secret_key").read_text()
    tmp_path.chmod(0o755)
    firstrun.prepare(tmp_path)
    assert (tmp_path / "secret_key").read_text() == secret
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_a_secret_in_the_environment_needs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORK_SECRET_KEY", "x" * 60)
    firstrun.prepare(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_start_that_was_cut_off_is_taken_up_again(tmp_path: Path) -> None:
    (tmp_path / "secret_key.new").write_text("half")
    firstrun.prepare(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_is_never_written_over(tmp_path: Path) -> None:
    firstrun.write_secret(tmp_path / "key", "first")
    with pytest.raises(FileExistsError):
        firstrun.write_secret(tmp_path / "key", "second")
    assert (tmp_path / "key").read_text() == "first\n"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]

"""An installation from nothing, in a folder of its own and by a process of its own, as a newcomer runs it."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from casework.management.commands import setup
from casework.signin.models import Role, Section, User

Run = Callable[..., subprocess.CompletedProcess[str]]
ADA = ("--section", "Sektion våld 1", "--username", "ada", "--name", "Ada Falk")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a manage.py command on an installation in tmp_path/home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CASEWORK_", "DJANGO_"))}

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env={**kept, "CASEWORK_HOME": str(tmp_path / "home"), "CASEWORK_HTTPS": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return command


def test_from_nothing_to_a_link_and_again_without_a_change(run: Run, tmp_path: Path) -> None:
    first = run("setup", *ADA)
    assert first.returncode == 0, first.stderr
    assert "http://127.0.0.1:8000/" in first.stdout
    home = tmp_path / "home"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert modes["secret_key"] == modes["kek"] == modes["audit_key"] == 0o400
    assert all(mode & 0o077 == 0 for mode in modes.values())
    before = {name: (home / name).read_bytes() for name in ("secret_key", "kek", "audit_key")}
    again = run("setup", "--noinput")
    assert again.returncode == 0, again.stderr
    assert before == {name: (home / name).read_bytes() for name in before}
    assert "Ny huvudnyckel" not in again.stdout
    (home / "kek").unlink()
    lost = run("setup", "--noinput")
    assert lost.returncode == 1
    assert "Lägg tillbaka" in lost.stderr
    assert not (home / "kek").exists()
    assert run("check").returncode == 1


@pytest.fixture
def installed(keys: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The test's own databases stand for those of an installation; nothing is migrated."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setattr(settings, "AUDIT_SIGNING_KEY_FILE", tmp_path / "audit_key")
    monkeypatch.setattr(setup.firstrun.os, "umask", lambda mask: mask)
    monkeypatch.setattr(setup, "call_command", lambda *_, **__: None)
    return tmp_path


def test_answers_are_asked_for(installed: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    answers = iter(["Sektion 1", "", "ada", "Ada Falk"])
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    monkeypatch.setattr(setup.sys.stdin, "isatty", lambda: True, raising=False)
    call_command("setup", origin="https://stod.example.se/")
    assert "https://stod.example.se/valkommen/" in capsys.readouterr().out
    assert Section.objects.get().name == "Sektion 1"
    assert User.objects.get().role == Role.ADMINISTRATOR


def test_a_lost_link_is_replaced_until_someone_has_come_in(installed: Path, capsys: Any) -> None:
    call_command("setup", username="ada", name="Ada", section="Ett", interactive=False)
    first = capsys.readouterr().out
    call_command("setup", interactive=False)
    second = capsys.readouterr().out
    assert "/valkommen/" in first
    assert "/valkommen/" in second
    assert first != second
    ada = User.objects.get()
    ada.set_password("en lång mening som ingen gissar")
    ada.save()
    call_command("setup", interactive=False)
    assert "/valkommen/" not in capsys.readouterr().out


def test_nobody_named_makes_nobody(installed: Path, capsys: Any) -> None:
    call_command("setup", interactive=False)
    assert "Ingen administratör" in capsys.readouterr().out
    assert not User.objects.exists()


def test_breaking_off_leaves_a_word(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", gone)
    monkeypatch.setattr(setup.sys.stdin, "isatty", lambda: True, raising=False)
    with pytest.raises(CommandError, match="Avbrutet"):
        call_command("setup")


def test_a_lost_audit_key_is_not_replaced_once_the_log_is_signed(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "has_rows", lambda connection, model: True)
    with pytest.raises(CommandError, match="Loggens nyckel"):
        call_command("setup", interactive=False)
    assert not (installed / "audit_key").exists()

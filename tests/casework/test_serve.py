import socket
from pathlib import Path
from typing import Any

import pytest

from casework import serve


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> list[list[str]]:
    """The command lines that would have taken over the process."""
    settings.STATIC_ROOT = tmp_path
    lines: list[list[str]] = []
    monkeypatch.setattr(serve.os, "execv", lambda _, line: lines.append(line))
    monkeypatch.setattr(serve.os, "umask", lambda mask: mask)
    monkeypatch.setattr(serve.connections, "close_all", lambda: None)
    return lines


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_server_listens_to_this_machine_only_and_keeps_no_log_of_addresses() -> None:
    line = serve.command(port=8000)
    assert line[line.index("--bind") + 1] == "127.0.0.1:8000"
    assert "--access-logfile" not in line
    assert "--no-control-socket" in line
    assert int(line[line.index("--workers") + 1]) >= 2
    assert line[line.index("--forwarded-allow-ips") + 1] == "127.0.0.1,::1"


def test_proxies_elsewhere_are_believed_by_name_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORK_PROXIES", "10.0.0.2")
    assert "10.0.0.2" in serve.command(port=8000, workers=3)


def test_a_taken_port_is_told_of_before_anything_else(started: list[list[str]]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SystemExit, match="Port"):
            serve.run(port=other.getsockname()[1])
    assert not started


@pytest.mark.django_db
def test_static_files_are_collected_once(
    started: list[list[str]], keys: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    serve.run(port=port)
    assert len(started) == 1
    assert f"http://127.0.0.1:{port}/" in capsys.readouterr().out
    assert list((tmp_path / "casework").glob("app*.css"))
    assert serve.collect() is False
    (tmp_path / ".sources").write_text("older", encoding="ascii")
    assert serve.collect() is True


@pytest.mark.django_db
def test_a_database_behind_its_code_is_refused(
    started: list[list[str]], keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "pending", lambda alias: alias == "keys")
    with pytest.raises(SystemExit, match="uppdaterad"):
        serve.run(port=free_port())
    assert not started


def test_the_command_line_chooses_port_and_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: dict[str, Any] = {}
    monkeypatch.setattr(serve, "run", lambda **options: chosen.update(options))
    serve.main(["--port", "8123", "--workers", "1"])
    assert chosen == {"port": 8123, "address": "127.0.0.1", "workers": 1}

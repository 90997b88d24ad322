"""A second installation: a program of its own, with its own folder, keys, databases and municipality."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds to install, fill in the invented people and answer, on a busy machine


@contextmanager
def installation(home: Path, municipality: str) -> Iterator[str]:
    """Installs in `home` and starts; gives the address. It is stopped by its own process at the end."""
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CASEWORK_", "DJANGO_"))}
    env = {**kept, "CASEWORK_DEMO": "1", "CASEWORK_HOME": str(home), "CASEWORK_MUNICIPALITY_CODE": municipality}
    command = [sys.executable, str(ROOT / "manage.py"), "demo", "--port", str(port)]
    origin = f"http://127.0.0.1:{port}"
    with (home.parent / "elsewhere.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            _wait(process, port, log.name)
            yield origin
        finally:
            process.terminate()
            process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: "subprocess.Popen[bytes]", port: int, log: str) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        assert process.poll() is None, Path(log).read_text(encoding="utf-8")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(Path(log).read_text(encoding="utf-8"))

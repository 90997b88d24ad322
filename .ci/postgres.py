"""Runs a command beside a PostgreSQL of its own, made for it and thrown away after it.

    python .ci/postgres.py [--durable] -- command ...

The command finds two empty databases, data and keys, in CASEWORK_DATABASE_URL and CASEWORK_KEYS_DATABASE_URL.
--durable keeps every commit on disk before it answers, as in production; without it the server is quicker.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# As in README.md, Production: no value of a client reaches the server's log, not even when a statement fails.
QUIET_LOG = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def binaries() -> Path:
    """The folder of the newest PostgreSQL of the machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        sys.exit("PostgreSQL is missing (Debian: apt-get install postgresql).")
    return (found[-1] if found else Path(str(on_path)).resolve()).parent


def identity() -> dict[str, Any]:
    """Popen arguments: the server refuses to run as root, so it runs as postgres or nobody."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    sys.exit("There is neither a user postgres nor a user nobody to run the server as.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_cluster(home: Path, tools: Path, who: dict[str, Any], password: str) -> None:
    word = home / "password"
    word.write_text(password, encoding="ascii")
    if who:
        os.chown(home, who["user"], who["group"])
        os.chown(word, who["user"], who["group"])
    subprocess.run(
        [str(tools / "initdb"), "-D", str(home / "cluster"), "-U", "casework", "--pwfile", str(word), "--no-sync",
         "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"],
        check=True, stdout=subprocess.DEVNULL, cwd=home, **who,
    )  # fmt: skip
    word.unlink()


def wait_until_ready(server: subprocess.Popen[bytes], tools: Path, port: int, log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            sys.exit(f"PostgreSQL did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")
        answer = subprocess.run(
            [str(tools / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)], check=False, timeout=10
        )
        if answer.returncode == 0:
            return
        time.sleep(0.1)
    sys.exit("PostgreSQL did not answer within 30 seconds.")


@contextlib.contextmanager
def running(home: Path, *, durable: bool) -> Iterator[dict[str, str]]:
    """Starts the server and yields the two addresses; stops that very process, whatever happened between."""
    tools, who, password, port = binaries(), identity(), secrets.token_hex(16), free_port()
    make_cluster(home, tools, who, password)
    options = {
        "listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": "", "max_connections": "60",
        **QUIET_LOG, **({} if durable else FAST),
    }  # fmt: skip
    log = home / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [str(tools / "postgres"), "-D", str(home / "cluster")]
            + [part for name, value in options.items() for part in ("-c", f"{name}={value}")],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True, cwd=home, **who,
        )  # fmt: skip
    try:
        wait_until_ready(server, tools, port, log)
        for name in ("data", "keys"):
            subprocess.run(
                [str(tools / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "casework", name],
                check=True, env={"PGPASSWORD": password, "PATH": os.environ["PATH"]},
            )  # fmt: skip
        base = f"postgresql://casework:{password}@127.0.0.1:{port}"
        yield {"CASEWORK_DATABASE_URL": f"{base}/data", "CASEWORK_KEYS_DATABASE_URL": f"{base}/keys"}
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait(10)


def run(command: list[str], environment: dict[str, str]) -> int:
    """Runs the command; when this program is told to end, the command is told first and gets time to clean up."""
    child = subprocess.Popen(command, env=environment)
    try:
        return child.wait()
    except BaseException:
        child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(20)
        child.kill()
        raise


def main(arguments: list[str]) -> int:
    durable = arguments[:1] == ["--durable"]
    command = arguments[arguments.index("--") + 1 :] if "--" in arguments else []
    if not command:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    home = Path(tempfile.mkdtemp(prefix="casework-postgres-"))
    try:
        with running(home, durable=durable) as addresses:
            return run(command, {**os.environ, **addresses})
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

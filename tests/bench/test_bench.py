"""The bench itself: every figure can be taken. What the figures are is for `make bench`."""

import subprocess
import sys
from pathlib import Path

from tests.bench.measure import Line, interleaved, table

ROOT = Path(__file__).resolve().parents[2]


def test_every_figure_is_taken_on_a_few_rows() -> None:
    command = [sys.executable, "-m", "tests.bench", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode in {0, 1}, done.stderr
    for what in (
        "caseload page of 20, sealed ", "sealed and logged", "read event", "loaded", "inserted", "bytes", "queries",
        "number search", "case page", "list of 100", "step saved", "logged write", "verify",
    ):  # fmt: skip
        assert what in done.stdout, done.stdout + done.stderr


def test_a_ratio_above_its_limit_fails() -> None:
    assert Line("x", 1.2, 1.0, 1.25).ok
    assert not Line("x", 1.3, 1.0, 1.25).ok


def test_an_absolute_limit_bounds_the_figure_itself() -> None:
    assert Line("x", 49.0, None, 50).ok
    assert not Line("x", 51.0, None, 50).ok
    assert not Line("x", 800, None, 900, unit="events/s", least=True).ok


def test_the_table_names_limit_and_verdict() -> None:
    shown = table([Line("page", 12.0, 10.0, 1.15), Line("step", 20.0, None, 25)])
    assert "1.200  <= 1.15" in shown
    assert "FAIL" in shown
    assert "<= 25 ms" in shown


def test_ways_take_turns_and_are_cleaned_up_behind() -> None:
    calls: list[str] = []
    ways = {"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}
    took = interleaved(2, ways, after=lambda name: calls.append(f"after {name}"))
    assert took.keys() == {"a", "b"}
    assert calls[::2] == ["a", "b", "b", "a", "a", "b"]

"""The gate that holds the core to full branch coverage can itself fail."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coverage_gate", ROOT / ".ci" / "coverage_gate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measured(lines: list[int], branches: list[list[int]]) -> dict[str, Any]:
    return {"missing_lines": lines, "missing_branches": branches}


def test_what_is_gated(gate: ModuleType) -> None:
    for path in ("casework/crypto/kek.py", "casework/access/models.py", "casework/policy.py", "audit/trail.py"):
        assert gate.gated(path)
    for path in (
        "contacts/actions.py",
        "casework/cases/journal/actions.py",
        "audit/chain.py",
        "housing/homes/hold_actions.py",
    ):
        assert gate.gated(path)
    for path in ("casework/cases/views.py", "audit/tags.py", "tests/casework/actions.py", "contacts/transactions.py"):
        assert not gate.gated(path)


def test_a_missing_line_a_missing_branch_and_an_unseen_file_are_found(gate: ModuleType) -> None:
    files = {"a.py": measured([3], []), "b.py": measured([], [[4, 6]]), "c.py": measured([], [])}
    found = gate.holes(files, ["a.py", "b.py", "c.py", "d.py"])
    assert found == ["a.py: lines [3], branches -", "b.py: lines -, branches 4->6", "d.py: no test imports it"]


def test_the_gate_answers_with_its_exit_code(
    gate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"files": {}}), encoding="utf-8")
    assert gate.main(str(report)) == 1
    assert "casework/policy.py: no test imports it" in capsys.readouterr().out

"""The files of the repository as the rules see them, and what a rule is."""

import ast
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("audit", "casework", "contacts", "housing")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@lru_cache(maxsize=4096)
def parse(text: str) -> ast.Module:
    return ast.parse(text)


class Tree:
    """Path -> text of every file that is tracked or about to be."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = dict(files)

    def matching(self, *patterns: str) -> Iterator[tuple[str, str]]:
        for path, text in sorted(self.files.items()):
            if any(fnmatch(path, pattern) for pattern in patterns):
                yield path, text

    def python(self, *, tests: bool = False, migrations: bool = False) -> Iterator[tuple[str, ast.Module]]:
        """Parsed modules of our rooms; `tests` and `migrations` add those."""
        for path, text in self.matching("*.py"):
            room = path.split("/")[0]
            if room not in ROOMS and not (tests and room == "tests"):
                continue
            if "/migrations/" in path and not migrations:
                continue
            yield path, parse(text)


@dataclass(frozen=True)
class Rule:
    """What must hold, how a breach is found, and samples that show that the rule can tell."""

    name: str
    find: Callable[[Tree], Iterable[str]]
    bad: tuple[Mapping[str, str], ...]
    good: tuple[Mapping[str, str], ...] = field(default=())


def functions(module: ast.AST) -> Iterator[Function]:
    for node in ast.walk(module):
        if isinstance(node, Function):
            yield node


def lines_of(function: Function) -> int:
    """Lines from `def` to the last; decorators are not counted."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def called(node: ast.Call) -> str:
    """The dotted name that is called, as it is written: `trail.act`, `models.CheckConstraint`."""
    return ast.unparse(node.func)


def tracked() -> Tree:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    files = {}
    for path in listed:
        try:
            files[path] = (ROOT / path).read_text(encoding="utf-8")
        except (FileNotFoundError, IsADirectoryError, UnicodeDecodeError):
            continue  # deleted but not yet committed, or not a text
    return Tree(files)

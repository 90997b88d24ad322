"""Rules about acts: who, in which transaction, with which event, and tried by which test."""

import ast
import re
from collections.abc import Iterator

from tests.house.tree import Function, Rule, Tree, called


def public_acts(module: ast.Module) -> Iterator[Function]:
    return (node for node in module.body if isinstance(node, Function) and not node.name.startswith("_"))


def keyword_only(tree: Tree) -> Iterator[str]:
    for path, module in acts(tree):
        for act in public_acts(module):
            loose = [argument.arg for argument in act.args.posonlyargs + act.args.args]
            if loose or act.args.vararg:
                yield f"{path}:{act.lineno} {act.name} takes {', '.join(loose) or 'anything'} by position"
            if "by" not in {argument.arg for argument in act.args.kwonlyargs}:
                yield f"{path}:{act.lineno} {act.name} does not say by whom"


def acts(tree: Tree) -> Iterator[tuple[str, ast.Module]]:
    return ((path, module) for path, module in tree.python() if path.endswith("actions.py"))


def through_trail(tree: Tree) -> Iterator[str]:
    modules = {path: Module(module) for path, module in tree.python()}
    for path, module in acts(tree):
        for act in public_acts(module):
            if not reaches_trail(path, act.name, modules, set()):
                yield f"{path}:{act.lineno} {act.name} leaves no event: no trail.act in it or in what it calls"


class Module:
    """The functions of a module, and what its names stand for: `devices` -> casework/signin/devices.py."""

    def __init__(self, module: ast.Module) -> None:
        self.functions = {node.name: node for node in module.body if isinstance(node, Function)}
        self.names: dict[str, str] = {}
        for node in ast.walk(module):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    self.names[alias.asname or alias.name] = f"{node.module}.{alias.name}"

    def target(self, call: str) -> tuple[str, str] | None:
        """(path, function) of a call by name, as `devices.end` or `shut`."""
        head, _, rest = call.partition(".")
        if head not in self.names:
            return None
        owner, _, name = (self.names[head] + ("." + rest if rest else "")).rpartition(".")
        return owner.replace(".", "/") + ".py", name


def reaches_trail(path: str, name: str, modules: dict[str, Module], seen: set[tuple[str, str]]) -> bool:
    if (path, name) in seen or path not in modules or name not in modules[path].functions:
        return False
    seen.add((path, name))
    for node in ast.walk(modules[path].functions[name]):
        if not isinstance(node, ast.Call):
            continue
        call = called(node)
        if call in {"trail.act", "trail.record"}:
            return True
        if reaches_trail(*(modules[path].target(call) or (path, call)), modules, seen):
            return True
    return False


def acts_tested(tree: Tree) -> Iterator[str]:
    tested = {
        (path.split("/")[1], name)
        for path, module in tree.python(tests=True)
        if path.startswith("tests/") and "/test_" in path
        for name in imported(module)
    }
    for path, _ in acts(tree):
        name = path.removesuffix(".py").replace("/", ".")
        if (path.split("/")[0], name) not in tested:
            yield f"{path}: no test under tests/{path.split('/')[0]}/ imports it"


def imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


DOCUMENTED = re.compile(r"casework/crypto/\w+\.py|audit/trail\.py|casework/policy\.py|.*actions\.py|.*/disclosure\.py")


def docstrings(tree: Tree) -> Iterator[str]:
    for path, module in tree.python():
        if DOCUMENTED.fullmatch(path):
            for function in public_acts(module):
                if not ast.get_docstring(function):
                    yield f"{path}:{function.lineno} {function.name} does not say what it does"


ACT = "def close(*, by, case):\n    with trail.act(Tag.CLOSED, by=by):\n        case.close()"
RULES = [
    Rule(
        "acts_name_their_arguments_and_their_actor",
        keyword_only,
        bad=(
            {"contacts/actions.py": "def close(case, *, by): ..."},
            {"contacts/actions.py": "def close(*, case): ..."},
            {"casework/cases/journal/actions.py": "def close(*case, by): ..."},
        ),
        good=({"contacts/actions.py": ACT + "\ndef _part(case): ..."},),
    ),
    Rule(
        "acts_leave_an_event",
        through_trail,
        bad=(
            {"contacts/actions.py": "def close(*, by, case):\n    case.close()"},
            {
                "contacts/actions.py": "from casework import devices\ndef close(*, by):\n    devices.end(by)",
                "casework/devices.py": "def end(by): ...\ndef other():\n    trail.record(1)",
            },
            {"contacts/actions.py": "def close(*, by, case):\n    _x(case)\ndef _x(case):\n    close(by=1, case=case)"},
        ),
        good=(
            {"contacts/actions.py": ACT},
            {"contacts/actions.py": "def close(*, by):\n    _x()\ndef _x():\n    trail.act(1)"},
            {
                "contacts/actions.py": "from casework.access.actions import shut\ndef close(*, by):\n    shut(by=by)",
                "casework/access/actions.py": ACT.replace("close(*", "shut(*"),
            },
            {
                "contacts/actions.py": "from casework import devices\ndef close(*, by):\n    devices.end(by)",
                "casework/devices.py": "def end(by):\n    trail.record(1)",
            },
        ),
    ),
    Rule(
        "every_actions_module_has_tests",
        acts_tested,
        bad=({"contacts/actions.py": ACT, "tests/casework/test_x.py": "from contacts import actions"},),
        good=({"contacts/actions.py": ACT, "tests/contacts/test_x.py": "from contacts import actions"},),
    ),
    Rule(
        "public_functions_of_the_core_are_documented",
        docstrings,
        bad=({"casework/crypto/kek.py": "def get_kek(): ..."}, {"contacts/actions.py": ACT}),
        good=({"casework/policy.py": 'def may():\n    """True when."""'},),
    ),
]

"""Who may import whom. Upward composition goes by string or registration only."""

import ast
import sys
from collections.abc import Iterator

from tests.house.tree import ROOMS, Rule, Tree

ALLOWED = {
    "audit": {"audit"},
    "casework": {"audit", "casework"},
    "contacts": {"audit", "casework", "contacts"},
    "housing": {"audit", "casework", "housing"},
}

# Inside casework, from the ground up: a module imports its own layer and those before it. The longest match decides.
LAYERS = (
    ("crypto", ("casework.crypto",)),
    (
        "ground",
        (
            "casework.state", "casework.env", "casework.firstrun", "casework.collation", "casework.swedish",
            "casework.storage", "casework.formats", "casework.paper",
        ),
    ),
    (
        "models",
        (
            # And every other models.py outside crypto; see layer_of.
            "casework.records", "casework.models", "casework.access.visit", "casework.cases.codes",
        ),
    ),
    ("policy", ("casework.policy",)),
    ("acts and views", ("casework",)),
    ("plan", ("casework.plan",)),
    ("demo", ("casework.demo",)),
    (
        "composition",
        (
            "casework.settings", "casework.urls", "casework.apps", "casework.wiring", "casework.wsgi", "casework.asgi",
            "casework.management", "casework.serve",
        ),
    ),
)  # fmt: skip


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def layer_of(module: str) -> int:
    if module.endswith(".models") and not module.startswith("casework.crypto"):
        module = "casework.models"
    found = [
        (len(prefix), at)
        for at, (_, prefixes) in enumerate(LAYERS)
        for prefix in prefixes
        if module == prefix or module.startswith(prefix + ".")
    ]
    return max(found)[1]


def imports(module: ast.Module, known: set[str]) -> Iterator[tuple[int, str]]:
    """(line, module) of everything of ours that is imported, also inside functions; not what only types need."""
    skipped = {
        id(inner)
        for node in ast.walk(module)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(module):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield node.lineno, inner if inner in known else node.module


def rooms(tree: Tree) -> Iterator[str]:
    known = {module_of(path) for path in tree.files if path.endswith(".py")}
    for path, module in tree.python():
        room = path.split("/")[0]
        for line, name in imports(module, known):
            other = name.split(".")[0]
            if other in ROOMS and other not in ALLOWED[room]:
                yield f"{path}:{line} imports {name}"


def layers(tree: Tree) -> Iterator[str]:
    known = {module_of(path) for path in tree.files if path.endswith(".py")}
    for path, module in tree.python():
        if not path.startswith("casework/"):
            continue
        mine = layer_of(module_of(path))
        for line, name in imports(module, known):
            if name.split(".")[0] == "casework" and name != "casework" and layer_of(name) > mine:
                yield f"{path}:{line} ({LAYERS[mine][0]}) imports {name} ({LAYERS[layer_of(name)][0]})"


def crypto_alone(tree: Tree) -> Iterator[str]:
    for path, module in tree.python():
        if path.startswith("casework/crypto/"):
            for line, name in imports(module, set()):
                if name.split(".")[0] in ROOMS and not name.startswith("casework.crypto"):
                    yield f"{path}:{line} imports {name}"


def relative(tree: Tree) -> Iterator[str]:
    for path, module in tree.python(tests=True):
        for node in ast.walk(module):
            if isinstance(node, ast.ImportFrom) and node.level:
                yield f"{path}:{node.lineno} imports relatively; the arrows are read from full names"


def only_state_knows_fsm(tree: Tree) -> Iterator[str]:
    for path, module in tree.python(tests=True, migrations=False):
        if path != "casework/state.py":
            for line, name in imports(module, set()):
                if name.split(".")[0] == "django_fsm":
                    yield f"{path}:{line} imports django_fsm; casework/state.py is the only door to it"


def only_crypto_encrypts(tree: Tree) -> Iterator[str]:
    """`cryptography` is called in the crypto package and for signatures in audit."""
    for path, module in tree.python():
        if path.startswith(("casework/crypto/", "audit/")):
            continue
        for line, name in imports(module, set()):
            if name.split(".")[0] in {"cryptography", "pkcs11"}:
                yield f"{path}:{line} imports {name}; keys and ciphers belong to casework/crypto"


def standard_names(tree: Tree) -> Iterator[str]:
    for path in tree.files:
        parts = path.split("/")
        packages = parts[1:-1] if parts[-1] == "__init__.py" else []
        top = [parts[0].removesuffix(".py")] if len(parts) == 1 and path.endswith(".py") else parts[:1]
        for name in packages + (top if path.endswith(".py") else []):
            if name in sys.stdlib_module_names:
                yield f"{path}: the package {name!r} bears the name of a module of Python itself"


RULES = [
    Rule(
        "rooms_import_downwards",
        rooms,
        bad=(
            {"audit/trail.py": "from casework import policy"},
            {"casework/policy.py": "def f():\n    import contacts.models"},
            {"contacts/views.py": "from housing.models import Track"},
        ),
        good=({"contacts/views.py": "from casework import policy\nfrom audit import trail"},),
    ),
    Rule(
        "layers_of_casework",
        layers,
        bad=(
            {"casework/policy.py": "from casework.cases import views", "casework/cases/views.py": ""},
            {"casework/cases/models.py": "from casework.policy import Permission"},
            {"casework/cases/views.py": "from casework.plan import tables", "casework/plan/tables.py": ""},
            {"casework/state.py": "from casework.records import Record"},
            {"casework/cases/readers.py": "from casework.settings import HOME"},
        ),
        good=(
            {"casework/cases/views.py": "from casework import policy\nfrom casework.cases.models import Case"},
            {"casework/state.py": "if TYPE_CHECKING:\n    from casework.records import Record"},
        ),
    ),
    Rule("crypto_stands_alone", crypto_alone, bad=({"casework/crypto/kek.py": "from casework import env"},)),
    Rule("imports_by_full_name", relative, bad=({"casework/policy.py": "from . import env"},)),
    Rule(
        "only_state_knows_fsm",
        only_state_knows_fsm,
        bad=({"contacts/models.py": "from django_fsm import FSMField"},),
        good=({"casework/state.py": "from django_fsm import FSMField"},),
    ),
    Rule(
        "only_crypto_encrypts",
        only_crypto_encrypts,
        bad=({"contacts/models.py": "from cryptography.fernet import Fernet"},),
        good=({"casework/crypto/kek.py": "import pkcs11"},),
    ),
    Rule(
        "no_package_named_as_the_standard_library",
        standard_names,
        bad=({"casework/statistics/__init__.py": ""}, {"secrets/__init__.py": ""}, {"signal.py": ""}),
        good=({"casework/crypto/__init__.py": "", "casework/management/commands/__init__.py": ""},),
    ),
]

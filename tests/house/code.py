"""Rules about Python: size, queries, models, migrations, honest tests."""

import ast
import re
from collections.abc import Iterator

from tests.house.tree import Rule, Tree, called, functions, lines_of

VIEW_LINES, FUNCTION_LINES, TEST_LINES, FILE_LINES = 25, 50, 40, 350


def is_view_file(path: str) -> bool:
    return path.endswith("views.py") or "/views/" in path


def queries(tree: Tree) -> Iterator[str]:
    for path, module in tree.python():
        if not (is_view_file(path) or path.endswith("forms.py") or "/forms/" in path or "/templatetags/" in path):
            continue
        for node in ast.walk(module):
            if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}:
                yield f"{path}:{node.lineno} queries; fetch through policy or a reader"


def long_views(tree: Tree) -> Iterator[str]:
    for path, module in tree.python():
        if is_view_file(path):
            for function in functions(module):
                if lines_of(function) > VIEW_LINES:
                    yield f"{path}:{function.lineno} {function.name} has {lines_of(function)} lines"


def long_functions(tree: Tree) -> Iterator[str]:
    for path, module in tree.python(tests=True):
        for function in functions(module):
            if lines_of(function) > FUNCTION_LINES:
                yield f"{path}:{function.lineno} {function.name} has {lines_of(function)} lines"


def long_tests(tree: Tree) -> Iterator[str]:
    for path, module in tree.python(tests=True):
        if path.startswith("tests/"):
            for function in functions(module):
                if function.name.startswith("test_") and lines_of(function) > TEST_LINES:
                    yield f"{path}:{function.lineno} {function.name} has {lines_of(function)} lines"


def long_files(tree: Tree) -> Iterator[str]:
    for path, text in tree.matching("*.py"):
        if "/migrations/" not in path and text.count("\n") > FILE_LINES:
            yield f"{path} has {text.count(chr(10))} lines"


def asserts(tree: Tree) -> Iterator[str]:
    """`python -O` removes asserts, so none may decide anything: they only tell the type checker what is so."""
    for path, module in tree.python():
        for node in ast.walk(module):
            if isinstance(node, ast.Assert) and not NARROWING.fullmatch(ast.unparse(node.test)):
                yield f"{path}:{node.lineno} an assert that is more than a hint of type"


NARROWING = re.compile(r"isinstance\(.*\)|\w[\w.]* is not None")


# --- models and migrations --------------------------------------------------------------------------------------------


NAME = re.compile(r"[a-z]+(_[a-z0-9]+)+")


def constraints(tree: Tree) -> Iterator[str]:
    for path, module in tree.python():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and called(node).split(".")[-1] in {"CheckConstraint", "UniqueConstraint"}:
                names = [word.value for word in node.keywords if word.arg == "name"]
                if not names:
                    yield f"{path}:{node.lineno} a constraint without a name"
                elif isinstance(names[0], ast.Constant) and not NAME.fullmatch(str(names[0].value)):
                    yield f"{path}:{node.lineno} a constraint is named for what it holds together"


def constraints_tested(tree: Tree) -> Iterator[str]:
    tests = "\n".join(text for _, text in tree.matching("tests/*.py"))
    for path, module in tree.python():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and called(node).split(".")[-1] in {"CheckConstraint", "state_constraint"}:
                texts = [word.value for word in node.keywords if word.arg == "name"] or node.args[:1]
                for name in texts:
                    if isinstance(name, ast.Constant) and str(name.value) not in tests:
                        yield f"{path}:{node.lineno} no test tries the constraint {name.value}"


MIGRATION = re.compile(r"\d{4}_[a-z][a-z0-9_]+")


def migrations(tree: Tree) -> Iterator[str]:
    for path in tree.files:
        name = path.split("/")[-1].removesuffix(".py")
        if "/migrations/" in path and path.endswith(".py") and name != "__init__":
            vague = "_auto_" in name or name.endswith(("_initial", "_and_more")) or "_initial_" in name
            if vague or not MIGRATION.fullmatch(name):
                yield f"{path} is not named for its intent"


def reexports(tree: Tree) -> Iterator[str]:
    for path, module in tree.python():
        if path == "casework/__init__.py" and module.body:
            yield f"{path} is empty by agreement"
        if path == "casework/models.py":
            for node in module.body[1:] if ast.get_docstring(module) else module.body:
                if not isinstance(node, ast.ImportFrom | ast.Assign):
                    yield f"{path}:{node.lineno} models live with their subjects"


# --- honest tests -----------------------------------------------------------------------------------------------------

SKIPPING = re.compile(r"(^|\.)(skip|skipif|skipIf|skipUnless|xfail|importorskip|SkipTest|skipTest|expectedFailure)$")


def skipped(tree: Tree) -> Iterator[str]:
    for path, module in tree.python(tests=True):
        if path.startswith("tests/"):
            for node in ast.walk(module):
                if isinstance(node, ast.Attribute | ast.Name) and SKIPPING.search(ast.unparse(node)):
                    yield f"{path}:{node.lineno} {ast.unparse(node)}: a test that does not run proves nothing"


# Written apart, so that this file does not break its own rule.
WORDS = [
    word.replace("~", "") for word in ("TO~DO", "FIX~ME", "XX~X", "HA~CK", "NotImplemented~Error", "pragma: no ~cover")
]
UNFINISHED = re.compile(r"\b(" + "|".join(WORDS) + r")\b")


def unfinished(tree: Tree) -> Iterator[str]:
    for path, text in tree.matching("*.py", "*.html", "*.css", "*.js", "*.md", "*.toml", "Makefile", ".ci/*"):
        if "/vendor/" in path or "/axe/" in path:
            continue
        for at, line in enumerate(text.splitlines(), 1):
            if found := UNFINISHED.search(line):
                yield f"{path}:{at} {found[0]}"


def body(lines: int) -> str:
    return "\n".join(["    x = 1"] * lines)


RULES = [
    Rule(
        "views_forms_and_tags_do_not_query",
        queries,
        bad=(
            {"contacts/views.py": "Case.objects.all()"},
            {"casework/cases/forms.py": "Case._default_manager.get()"},
            {"casework/templatetags/face.py": "x = User.objects"},
        ),
        good=({"contacts/readers.py": "Case.objects.all()"},),
    ),
    Rule(
        "views_are_short",
        long_views,
        bad=({"contacts/views.py": "def page(request):\n" + body(VIEW_LINES)},),
        good=({"contacts/views.py": "@GET\ndef page(request):\n" + body(VIEW_LINES - 1)},),
    ),
    Rule(
        "functions_are_short",
        long_functions,
        bad=({"contacts/readers.py": "def page():\n" + body(FUNCTION_LINES)},),
        good=({"contacts/readers.py": "def page():\n" + body(FUNCTION_LINES - 1)},),
    ),
    Rule(
        "tests_are_short",
        long_tests,
        bad=({"tests/test_x.py": "class A:\n    def test_x(self):\n        a = 1\n" + "        b = 2\n" * TEST_LINES},),
        good=({"tests/test_x.py": "def test_x():\n" + body(TEST_LINES - 1)},),
    ),
    Rule("files_are_short", long_files, bad=({"contacts/views.py": "x = 1\n" * (FILE_LINES + 1)},)),
    Rule(
        "asserts_only_hint_at_types",
        asserts,
        bad=({"casework/policy.py": "assert user.is_active"}, {"casework/policy.py": "assert may(user), 'no'"}),
        good=({"casework/policy.py": "assert isinstance(user, User)\nassert case.client is not None"},),
    ),
    Rule(
        "constraints_have_names",
        constraints,
        bad=(
            {"contacts/models.py": "models.CheckConstraint(condition=Q(a=1))"},
            {"contacts/models.py": 'models.CheckConstraint(name="check1", condition=Q(a=1))'},
        ),
        good=({"contacts/models.py": 'CheckConstraint(name="ended_whole", condition=Q(a=1))'},),
    ),
    Rule(
        "check_constraints_are_tried",
        constraints_tested,
        bad=(
            {"contacts/models.py": 'CheckConstraint(name="ended_whole")', "tests/contacts/test_x.py": "ended = 1"},
            {"contacts/models.py": 'state_constraint("state_known", State)'},
        ),
        good=(
            {"contacts/models.py": 'CheckConstraint(name="ended_whole")', "tests/contacts/test_x.py": '"ended_whole"'},
        ),
    ),
    Rule(
        "migrations_are_named_for_their_intent",
        migrations,
        bad=(
            {"audit/migrations/0001_initial.py": ""},
            {"audit/migrations/0002_auto_20260301_1200.py": ""},
            {"audit/migrations/0003_event_x_and_more.py": ""},
            {"audit/migrations/triggers.py": ""},
        ),
        good=({"audit/migrations/0001_log_and_checkpoints.py": "", "audit/migrations/__init__.py": ""},),
    ),
    Rule(
        "models_live_with_their_subjects",
        reexports,
        bad=({"casework/models.py": "class A: ..."}, {"casework/__init__.py": "x = 1"}),
        good=({"casework/models.py": '"""Re-exports."""\nfrom a import b\n__all__ = ["b"]'},),
    ),
    Rule(
        "no_test_is_skipped",
        skipped,
        bad=(
            {"tests/test_x.py": "@mark.skipif(True)\ndef test_x(): ..."},
            {"tests/test_x.py": "def test_x():\n    unit.skip()"},
            {"tests/test_x.py": "@mark.xfail\ndef test_x(): ..."},
        ),
        good=({"tests/test_x.py": "def test_skipped_step_is_shown(): ..."},),
    ),
    Rule(
        "nothing_is_left_unfinished",
        unfinished,
        bad=(
            *({"contacts/views.py": f"x = 1  # {word}: later"} for word in WORDS),
            {"templates/a.html": "{# " + WORDS[1] + " #}"},
        ),
        good=({"contacts/views.py": "x = 1  # todolist"},),
    ),
]

"""Rules about the repository: locks, places, the map in README.md."""

import re
from collections.abc import Iterator

from tests.house.tree import Rule, Tree

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-postgres.txt", "requirements-pkcs11.txt")
LOCK_LINE = re.compile(r"[a-z0-9.-]+==[^ ]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
MACHINE = re.compile(r"(?:^|[^\w.])/(?:work|farm|root|Users|home/\w+|opt/wheels|opt/pypi)(?:/|\b)")
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")


def locks(tree: Tree) -> Iterator[str]:
    for path in LOCKS:
        for at, line in enumerate(tree.files.get(path, "nothing").splitlines(), 1):
            if not LOCK_LINE.fullmatch(line):
                yield f"{path}:{at} is neither a pinned package nor a hash: {line[:60]}"
    yield from (f"{path}: requirements*.txt are the lock" for path in tree.files if path.endswith("uv.lock"))


def pinned(path: str, tree: Tree) -> set[str]:
    return {line.rstrip(" \\") for line in tree.files.get(path, "").splitlines() if "==" in line}


def locks_agree(tree: Tree) -> Iterator[str]:
    for path in LOCKS[1:]:
        for missing in sorted(pinned(LOCKS[0], tree) - pinned(path, tree)):
            yield f"{path} lacks {missing}"


def machine_paths(tree: Tree) -> Iterator[str]:
    for path, text in tree.files.items():
        if "/vendor/" in path or "/axe/" in path or path == "LICENSE":
            continue
        for at, line in enumerate(text.splitlines(), 1):
            if MACHINE.search(line):
                yield f"{path}:{at} names a place of one machine: {line.strip()[:80]}"


def secrets(tree: Tree) -> Iterator[str]:
    for path, text in tree.files.items():
        if SECRET.search(text) or path.split("/")[-1] in {"kek", "secret_key", "audit_key", ".env"}:
            yield f"{path} holds or is named as a secret"
        if path.endswith((".sqlite3", ".sqlite3-wal", ".pem", ".key")) or path.startswith(("var/", "staticfiles/")):
            yield f"{path} is data of an installation"


def map_rows(readme: str) -> Iterator[str]:
    """The paths in backticks of the section "Where is what?"."""
    section = readme.split("## Where is what?", 1)[-1].split("\n## ", 1)[0] if "## Where is what?" in readme else ""
    for row in section.splitlines():
        if row.startswith("|"):
            yield from re.findall(r"`([\w./-]+)`", row)


def readme_map(tree: Tree) -> Iterator[str]:
    named = list(map_rows(tree.files.get("README.md", "")))
    if len(named) < 3:
        yield "README.md has no map under the heading Where is what?"
    for path in named:
        if path not in tree.files and not any(known.startswith(path.rstrip("/") + "/") for known in tree.files):
            yield f"README.md's map names {path}, which does not exist"


def executable_targets(tree: Tree) -> Iterator[str]:
    """Every make target that README.md tells of exists."""
    targets = set(re.findall(r"^([a-z-]+):", tree.files.get("Makefile", ""), re.M))
    for name in sorted(set(re.findall(r"`make ([a-z-]+)", tree.files.get("README.md", "")))):
        if name not in targets:
            yield f"README.md tells of make {name}, which does not exist"


GOOD_LOCK = "django==5.2 \\\n    --hash=sha256:" + "0" * 64 + "\n"
ALL_LOCKS = dict.fromkeys(LOCKS, GOOD_LOCK)
MAP = "## Where is what?\n| a | `a.py` |\n| b | `b.py` |\n| c | `c/` |\n"
RULES = [
    Rule(
        "locks_name_packages_and_hashes_only",
        locks,
        bad=(
            {**ALL_LOCKS, "requirements.txt": "--index-url https://example.org\n" + GOOD_LOCK},
            {**ALL_LOCKS, "requirements-dev.txt": "--find-links wheels\n"},
            {**ALL_LOCKS, "requirements.txt": "django==5.2\n"},
            {**ALL_LOCKS, "requirements.txt": "# from somewhere\n" + GOOD_LOCK},
            {**ALL_LOCKS, "uv.lock": ""},
            {},
        ),
        good=(ALL_LOCKS,),
    ),
    Rule(
        "locks_agree",
        locks_agree,
        bad=({**ALL_LOCKS, "requirements-dev.txt": GOOD_LOCK.replace("5.2", "5.3")},),
        good=(ALL_LOCKS,),
    ),
    Rule(
        "no_place_of_one_machine",
        machine_paths,
        bad=tuple({"casework/settings.py": f'HOME = "/{place}/x"'} for place in ("work", "root", "home/ada", "farm")),
        good=({"casework/settings.py": 'a = "/etc/casework"; b = "x/work/y"; c = "/arbete/"'},),
    ),
    Rule(
        "no_secret_and_no_data",
        secrets,
        bad=(
            {"a.txt": "-----BEGIN " + "PRIVATE KEY-----"},
            {"var/kek": ""},
            {"data.sqlite3": ""},
        ),
        good=({"casework/crypto/kek.py": "PRIVATE = 1"},),
    ),
    Rule(
        "readme_map_leads_somewhere",
        readme_map,
        bad=({"README.md": MAP, "a.py": "", "b.py": ""}, {"README.md": "nothing"}, {}),
        good=({"README.md": MAP, "a.py": "", "b.py": "", "c/d.py": ""},),
    ),
    Rule(
        "readme_tells_of_targets_that_exist",
        executable_targets,
        bad=({"README.md": "`make demos`", "Makefile": "demo: x\n"},),
        good=({"README.md": "`make demo`", "Makefile": "demo: x\n"},),
    ),
]

"""Rules about templates and static files: size, nothing inline, nothing from elsewhere."""

import re
from collections.abc import Iterator

from tests.house.tree import Rule, Tree

PAGE_LINES, PART_LINES = 150, 60
PART = re.compile(r"(^|/)(_[^/]+\.html|_parts/.*|django/forms/.*)$")
TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.S)
INLINE = {
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc\s*=)[^>]*>", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a script address": re.compile(r"javascript\s*:", re.I),
}
ELSEWHERE = re.compile(r"(?:https?:|[\"'(=]\s*)//[a-z0-9]", re.I)
NAMESPACE = re.compile(r"http://www\.w3\.org/[a-z0-9/]+", re.I)


def templates(tree: Tree) -> Iterator[tuple[str, str]]:
    return tree.matching("templates/*.html", "*/templates/*.html")


def long_templates(tree: Tree) -> Iterator[str]:
    for path, text in templates(tree):
        limit = PART_LINES if PART.search(path) else PAGE_LINES
        if len(text.splitlines()) > limit:
            yield f"{path} has {len(text.splitlines())} lines of {limit}"


def inline(tree: Tree) -> Iterator[str]:
    for path, text in templates(tree):
        # A tag between two words must not glue or hide an attribute; a value in quotes is no attribute.
        plain = re.sub(r"\"[^\"<>]*\"|'[^'<>]*'", '""', TEMPLATE_TAG.sub(" ", text))
        for what, pattern in INLINE.items():
            hunted = TEMPLATE_TAG.sub(" ", text) if what == "a script address" else plain
            if pattern.search(hunted):
                yield f"{path}: {what}"


def elsewhere(tree: Tree) -> Iterator[str]:
    """No request leaves the origin. Licences, lists of versions and XML namespaces are names, not requests."""
    for path, text in tree.matching("templates/*", "*/templates/*", "*/static/*"):
        name = path.split("/")[-1]
        if name.startswith("LICENSE") or name in {"VERSIONS.txt", "README.md"}:
            continue
        for at, line in enumerate(text.splitlines(), 1):
            if found := ELSEWHERE.search(NAMESPACE.sub("", line)):
                yield f"{path}:{at} {line[max(0, found.start() - 20) : found.end() + 40].strip()}"


def unescaped(tree: Tree) -> Iterator[str]:
    for path, text in templates(tree):
        if re.search(r"\|\s*safe\b|\{%\s*autoescape\s+off", text):
            yield f"{path} puts out text without escaping it"


def forms_protected(tree: Tree) -> Iterator[str]:
    """A form that writes carries its token; nothing a person types goes into an address."""
    for path, text in templates(tree):
        for form in re.findall(r"<form\b.*?</form>", text, re.S | re.I):
            if re.search(r"method\s*=\s*[\"']?post", form, re.I) and "csrf" not in form and "_parts/form" not in form:
                yield f"{path}: a form that posts has no token"


RULES = [
    Rule(
        "templates_are_short",
        long_templates,
        bad=(
            {"templates/casework/case.html": "<p>\n" * (PAGE_LINES + 1)},
            {"templates/casework/_row.html": "<p>\n" * (PART_LINES + 1)},
            {"templates/_parts/nav.html": "<p>\n" * (PART_LINES + 1)},
        ),
        good=({"templates/casework/case.html": "<p>\n" * PAGE_LINES},),
    ),
    Rule(
        "templates_have_nothing_inline",
        inline,
        bad=(
            {"templates/a.html": "<script>alert(1)</script>"},
            {"templates/a.html": '<script type="module">x</script>'},
            {"templates/a.html": "<style>p{}</style>"},
            {"templates/a.html": '<p class="{{ a }}" style="color:red">'},
            {"templates/a.html": '<button\n onclick="x()">'},
            {"templates/a.html": '<a href="javascript:x()">'},
        ),
        good=({"templates/a.html": '<script type="module" src="{% static "a.js" %}"></script><p title="on a=1">'},),
    ),
    Rule(
        "no_request_leaves_the_origin",
        elsewhere,
        bad=(
            {"templates/a.html": '<img src="https://cdn.example/x.png">'},
            {"templates/a.html": '<img src="//cdn.example/x.png">'},
            {"casework/static/casework/app.css": "@import url(//cdn.example/x.css);"},
            {"casework/static/casework/js/app.js": 'fetch("http://elsewhere.example")'},
        ),
        good=(
            {"casework/static/casework/icons.svg": '<svg xmlns="http://www.w3.org/2000/svg">'},
            {"casework/static/casework/js/app.js": "go(); // a comment"},
            {"casework/static/casework/vendor/x/LICENSE": "https://opensource.org"},
        ),
    ),
    Rule(
        "templates_escape_everything",
        unescaped,
        bad=({"templates/a.html": "{{ a|safe }}"}, {"templates/a.html": "{% autoescape off %}"}),
        good=({"templates/a.html": "{{ a|safely }}"},),
    ),
    Rule(
        "forms_that_post_carry_a_token",
        forms_protected,
        bad=({"templates/a.html": '<form method="post"><input></form>'},),
        good=({"templates/a.html": '<form method="post">{% csrf_token %}</form><form method="get"></form>'},),
    ),
]

"""The frame: navigation by role, what stands in every page, and files that are there."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import path

from casework import shell
from casework.forms import CleanTextField, Form, SwedishDateTimeField
from casework.shell import NavItem, Shell

ROOT = Path(settings.BASE_DIR) if hasattr(settings, "BASE_DIR") else Path(__file__).parents[2]
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
SPRITE = (ROOT / "casework/static/casework/icons.svg").read_text(encoding="utf-8")


def nothing(request: Any) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path(f"{name}/", nothing, name=name) for name in ("cases", "cases/plans", "people", "search", "lock", "sign_out")
]


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(shell, "registry", shell.Registry())
    with override_settings(ROOT_URLCONF=__name__):
        yield


def person(role: str = "kontaktperson", **more: Any) -> SimpleNamespace:
    label = role.capitalize()
    return SimpleNamespace(
        is_authenticated=True, role=role, display_name="Alma Lind", get_role_display=lambda: label, **more
    )


def frame(at: str = "/", user: Any = None) -> Shell:
    request = RequestFactory().get(at)
    if user is not None:
        request.user = user
    return shell.shell(request)["shell"]


def put(
    label: str, url_name: str, key: str = "", order: int = 100, roles: tuple[str, ...] = ("kontaktperson",)
) -> None:
    shell.register(NavItem(label, url_name, "cases", roles, key=key, order=order))


def test_the_navigation_holds_the_pages_of_the_role_in_order() -> None:
    put("Planer", "cases/plans", order=20)
    put("Ärenden", "cases", order=10)
    put("Medarbetare", "people", roles=("administrator",))
    assert [item.label for item in frame(user=person()).items] == ["Ärenden", "Planer"]
    assert [item.label for item in frame(user=person("administrator")).items] == ["Medarbetare"]


def test_a_page_that_does_not_exist_is_left_out() -> None:
    put("Snart", "not-built")
    assert frame(user=person()).items == []
    assert frame(user=person()).start_url == "/"


def test_the_deepest_page_that_fits_is_current() -> None:
    put("Ärenden", "cases")
    put("Planer", "cases/plans")
    current = {item.label for item in frame("/cases/plans/7/", person()).items if item.current}
    assert current == {"Planer"}
    assert not any(item.current for item in frame("/casesandmore/", person()).items)


def test_a_key_leads_to_one_page_only() -> None:
    put("Ärenden", "cases", key="m")
    with pytest.raises(ValueError, match="g m"):
        put("Planer", "cases/plans", key="m")
    put("Medarbetare", "people", key="m", roles=("administrator",))
    put("Mina ärenden", "cases", key="m")
    assert [item.label for item in frame(user=person()).items] == ["Mina ärenden"]


def test_the_search_box_is_for_the_roles_that_may() -> None:
    shell.register_search("kontaktperson")
    assert frame(user=person()).search_url == "/search/"
    assert frame(user=person("planner")).search_url is None


def test_a_visitor_has_a_frame_without_anything() -> None:
    for visitor in (AnonymousUser(), None):
        seen = frame(user=visitor)
        assert (seen.items, seen.name, seen.role, seen.role_label) == ([], "", "", "")
        assert not seen.shortcuts
        assert seen.color_scheme == "auto"


def test_own_choices_are_followed_and_nonsense_is_not() -> None:
    assert frame(user=person(color_scheme="dark", shortcuts=False)).color_scheme == "dark"
    assert not frame(user=person(shortcuts=False)).shortcuts
    assert frame(user=person(color_scheme="pink")).color_scheme == "auto"


@pytest.fixture
def page() -> str:
    put("Ärenden", "cases", key="m")
    shell.register_search("kontaktperson")
    request = RequestFactory().get("/cases/")
    request.user = person()
    return render_to_string("base.html", {}, request)


def test_every_page_has_language_skip_link_lock_and_menu(page: str) -> None:
    assert '<html lang="sv"' in page
    assert 'href="#main">Hoppa till innehållet' in page
    assert 'action="/lock/"' in page
    assert "Lås" in page
    assert 'action="/search/"' in page
    assert 'method="post"' in page
    assert 'aria-current="page" data-go="m"' in page
    assert "Alma Lind" in page
    assert "Logga ut" in page


def test_no_page_has_inline_style_or_script(page: str) -> None:
    for source in [page, *(file.read_text(encoding="utf-8") for file in TEMPLATES)]:
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", source)


def test_no_page_asks_another_site_for_anything(page: str) -> None:
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)


@pytest.mark.parametrize("code", [400, 403, 404, 413, 500, 503])
def test_error_pages_need_no_request(code: int) -> None:
    text = render_to_string(f"{code}.html")
    assert f"Felkod {code}" in text
    assert 'lang="sv"' in text


def test_every_icon_that_is_named_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))
    used = {name for file in TEMPLATES for name in re.findall(r'{% icon "([^"]+)"', file.read_text(encoding="utf-8"))}
    for file in ROOT.glob("[a-z]*/**/*.py"):
        used |= set(re.findall(r'NavItem\("[^"]+", "[^"]+", "([^"]+)"', file.read_text(encoding="utf-8")))
    assert used <= drawn


def test_an_icon_is_silent_unless_it_has_a_label() -> None:
    source = '{% load face %}{% icon "lock" %}|{% icon "lock" "Låst" %}'
    silent, spoken = Template(source).render(Context()).split("|")
    assert 'aria-hidden="true"' in silent
    assert "icons.svg#lock" in silent
    assert 'role="img" aria-label="Låst"' in spoken


def test_a_page_that_may_not_exist_has_no_address() -> None:
    source = "{% load face %}[{% maybe_url 'cases' %}][{% maybe_url 'not-built' %}]"
    assert Template(source).render(Context()) == "[/cases/][]"


@pytest.mark.parametrize(("name", "letters"), [("Alma Lind", "AL"), ("Bo", "B"), ("Eva 2", "E"), ("", "")])
def test_initials(name: str, letters: str) -> None:
    assert Template("{% load face %}{{ name|initials }}").render(Context({"name": name})) == letters


class Two(Form):
    note = CleanTextField(label="Anteckning")
    at = SwedishDateTimeField(label="När")

    def clean(self) -> None:
        raise ValidationError("Nej.")


def test_the_error_summary_links_to_the_first_control_of_each_field() -> None:
    text = render_to_string("_parts/error_summary.html", {"form": Two({})})
    assert 'href="#id_note">Fyll i anteckning.' in text
    assert 'href="#id_at_0">Fyll i när.' in text
    assert "<li>Nej.</li>" in text
    assert "3 saker behöver rättas" in text


def test_pages_are_numbered_with_gaps() -> None:
    shown = render_to_string("_parts/pagination.html", {"page": Paginator(range(1000), 50).page(10), "query": "q=1&"})
    assert "451–500 av 1\xa0000" in shown
    assert "…" in shown
    assert "?q=1&amp;page=11" in shown
    assert "<nav" not in render_to_string("_parts/pagination.html", {"page": Paginator([], 50).page(1)})


def test_every_stylesheet_reference_resolves(tmp_path: Path) -> None:
    whitenoise = {"staticfiles": {"BACKEND": "casework.storage.StaticStorage"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=settings.STORAGES | whitenoise):
        call_command("collectstatic", verbosity=0, interactive=False)
    assert list(tmp_path.glob("casework/app.*.css.gz"))
    (script,) = tmp_path.glob("casework/js/app.????????????.js")
    assert all(
        re.search(r"\.[0-9a-f]{12}\.js", line) for line in script.read_text("utf-8").splitlines() if "import" in line
    )


def test_vendored_files_are_as_recorded() -> None:
    vendor = Path(str(finders.find("casework/vendor")))
    lines = [line.split() for line in (vendor / "VERSIONS.txt").read_text("utf-8").splitlines() if line[0] != "#"]
    assert len(lines) == 5
    for _name, _version, file, digest in lines:
        assert hashlib.sha256((vendor / file).read_bytes()).hexdigest() == digest

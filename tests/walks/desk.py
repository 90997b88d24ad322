"""Answers a tab's requests with sample pages, so that the face can be walked without sign-in, data or a server."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.urls import path
from django.utils import timezone
from playwright.sync_api import Page, Route

from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, SwedishDateTimeField
from casework.middleware import CSP

ORIGIN = "http://127.0.0.1:9"
PAGES = Path(__file__).parent / "pages"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
Answer = Callable[[Route], tuple[int, str]]


def nothing(request: Any) -> HttpResponse:
    return HttpResponse()


NAMES = {
    "list": "list",
    "form": "form",
    "case": "case",
    "search": "search",
    "lock": "lock",
    "sign_out": "out",
    "session_status": "session",
}
urlpatterns = [path(f"{place}/", nothing, name=name) for name, place in NAMES.items()]


class Step(IdempotencyMixin, Form):
    kind = forms.ChoiceField(
        label="Typ av insats",
        choices=[("talk", "Samtal"), ("meet", "Möte"), ("authority", "Kontakt med myndighet")],
        widget=forms.RadioSelect(attrs={"class": "choices--chips"}),
    )
    at = SwedishDateTimeField(label="När", allow_future=False)
    minutes = forms.IntegerField(label="Minuter", min_value=1)
    place = forms.ChoiceField(label="Plats", choices=[("", ""), ("office", "På kontoret")])
    text = CleanTextField(label="Vad hände?", rows=6, max_length=200, help_text="Skriv det som behövs.")
    following = CleanTextField(label="Nästa steg", required=False)
    due = SwedishDateField(label="Senast", required=False)
    done = forms.BooleanField(label="Insatsen genomfördes", help_text="Låt bli om den bara försöktes")
    who = forms.MultipleChoiceField(
        label="Vilka var med?", required=False, choices=[("c", "Klienten")], widget=forms.CheckboxSelectMultiple
    )
    groups = (
        Group("Insatsen", ["kind", ("at", "minutes"), "place", "text", "done", "who"], "Det du gjorde, när och var."),
        Group("Nästa steg", [("following", "due")]),
    )


BAD = {"at_0": "2026-02-30", "at_1": "14.02", "minutes": "tjugo", "text": "å" * 250, "due": "31/2 26"}


class SignIn(Form):
    username = forms.CharField(label="Användarnamn", widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(label="Lösenord", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


def case() -> dict[str, Any]:
    today = timezone.localdate()
    marks = [
        {"text": "Skyddad folkbokföring", "until": today + timedelta(days=300), "color": "danger"},
        {"text": "Sekretessmarkering", "color": "warning"},
    ]
    return {"case_number": "2026-0417", "pseudonym": "Silvergran", "marks": marks, "state": "Pågår"}


def rows(count: int) -> list[dict[str, Any]]:
    last = timezone.now()
    return [
        {
            "number": f"2026-{n:04}",
            "pseudonym": "Åskmoln",
            "next": "Ringa",
            "last": last,
            "due": date(2026, 3, 1),
            "late": n < 3,
        }
        for n in range(1, count + 1)
    ]


def context(name: str) -> dict[str, Any]:
    if name.startswith("list"):
        shown = rows(int(name.removeprefix("list") or 12))
        return {"rows": shown, "page": Paginator(range(1000), 100).page(3)}
    if name == "form":
        return {**case(), "form": Step(initial={"at": timezone.now(), "minutes": 30, "kind": "talk", "done": True})}
    if name == "bad":
        return {**case(), "form": Step(BAD)}
    if name == "plain":
        return {"form": SignIn()}
    values = [("Namn", "Påhittad Person"), ("Gatuadress", "Ingenstansgatan 1")]
    stale = [("Nästa steg", "Ring på tisdag", "Ring på onsdag")]
    alerts = ["Ingen kontaktperson just nu"]
    return {
        **case(),
        "values": values,
        "reasons": [("1", "Ringa upp")],
        "seconds": 60,
        "stale": stale,
        "alerts": alerts,
    }


class Desk:
    """`say[path]` answers a path with (status, text); everything else is a sample page or a static file."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.say: dict[str, Answer] = {}
        self.more: dict[str, Any] = {}
        self.asked: list[str] = []
        self.user = SimpleNamespace(
            is_authenticated=True,
            role="kontaktperson",
            display_name="Alma Lind",
            get_role_display=lambda: "Kontaktperson",
        )
        page.context.route("**/*", self.answer)

    def open(self, name: str) -> None:
        self.page.goto(f"/{name}/")

    def answer(self, route: Route) -> None:
        place = route.request.url.removeprefix(ORIGIN).split("?")[0].split("#")[0]
        self.asked.append(f"{route.request.method} {place}")
        if place in self.say:
            status, text = self.say[place](route)
            route.fulfill(status=status, body=text, content_type="application/json")
        elif place.startswith("/static/"):
            file = Path(str(finders.find(place.removeprefix("/static/"))))
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
        else:
            html = self.render(place.strip("/"))
            headers = {"Content-Security-Policy": CSP, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=html, headers=headers)

    def render(self, name: str) -> str:
        request = RequestFactory().get(f"/{name}/")
        request.user = self.user
        file = PAGES / f"{'list' if name.startswith('list') else 'form' if name == 'bad' else name}.html"
        if not file.exists():
            file = PAGES / "list.html"
            name = "list0"
        template = engines["django"].from_string(file.read_text(encoding="utf-8"))
        return template.render({**context(name), **self.more}, request)


def answer(status: int = 200, **fields: Any) -> Answer:
    return lambda route: (status, json.dumps(fields))

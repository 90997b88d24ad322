"""Single sign-on: what a provider's answer may say, and where it may lead. The provider runs on this machine."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
from django.conf import settings as program
from django.http import HttpResponse
from django.test import Client

from audit.tags import Tag
from casework.signin.models import SignIn, User
from tests.casework.signin import door
from tests.fixtures import last_event, text

# What the provider's own library says of itself.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")
BEGIN, END = "/logga-in/annan/", "/logga-in/annan/annan/"


def point_at(settings: Any, issuer: str, secret: str) -> None:
    [app] = program.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    more = {"client_id": "kontaktstod", "secret": secret, "settings": {**app["settings"], "server_url": issuer}}
    settings.OIDC_ISSUER = issuer
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [{**app, **more}]}}


@pytest.fixture
def provider(settings: Any) -> Iterator[str]:
    """The provider's address; the program is told of it."""
    with oidc_provider_mock.run_server_in_thread() as server:
        issuer = f"http://localhost:{server.server_port}"
        point_at(settings, issuer, "hemligt")
        yield issuer


def knows(provider: str, sub: str, **claims: Any) -> None:
    requests.put(f"{provider}/users/{sub}", json=claims, timeout=5).raise_for_status()


def come_back(client: Client, query: str) -> HttpResponse:
    """First without the session's cookie, as a browser does when another site leads it here; then with it."""
    assert 'http-equiv="refresh"' in text(Client().get(f"{END}?{query}"))
    return client.get(f"{END}?{query}&_redir=")


def enter(provider: str, sub: str, client: Client | None = None, target: str = "", **answer: str) -> HttpResponse:
    """Through the provider, as `sub`; what the program answers when she comes back."""
    client = client or Client()
    there = client.get(BEGIN, {"next": target} if target else {}).headers["Location"]
    assert there.startswith(f"{provider}/oauth2/authorize")
    back = requests.post(there, data={"sub": sub, **answer}, allow_redirects=False, timeout=5).headers["Location"]
    assert urlsplit(back).path == END
    return come_back(client, urlsplit(back).query)


def test_who_is_known_here_goes_on_to_our_own_second_step(provider: str, alma: User) -> None:
    client = Client()
    knows(provider, "s1", preferred_username="ALMA")
    assert enter(provider, "s1", client, "/roller/").headers["Location"] == door.SECOND
    assert not SignIn.objects.exists()
    assert client.post(door.SECOND, {"code": door.code()}).headers["Location"] == "/roller/"
    assert door.is_in(client)
    assert {"socialaccount", "totp"} == set(last_event(Tag.SIGNED_IN).fields)


@pytest.mark.parametrize(
    ("trusted", "claims", "in_at_once"),
    [
        ([], {"amr": ["mfa"]}, False),
        (["amr=mfa"], {"amr": ["pwd", "mfa"]}, True),
        (["amr=mfa"], {"amr": ["pwd"]}, False),
        (["acr=loa3"], {"acr": "loa3"}, True),
        (["acr=loa3"], {"acr": "loa2"}, False),
        (["acr=loa3"], {}, False),
        (["amr=mfa"], {"amr": "mfa"}, False),
    ],
)
def test_the_providers_second_factor_counts_when_the_installation_says_so(
    provider: str, alma: User, settings: Any, trusted: list[str], claims: dict[str, Any], in_at_once: bool
) -> None:
    settings.OIDC_SECOND_FACTOR = trusted
    client = Client()
    knows(provider, "s1", preferred_username="alma", **claims)
    enter(provider, "s1", client)
    assert door.is_in(client) is in_at_once


@pytest.mark.parametrize(
    "claims", [{}, {"preferred_username": "okänd"}, {"preferred_username": ""}, {"email": "alma", "nickname": "alma"}]
)
def test_nobody_is_made_and_nobody_is_found_by_anything_else(provider: str, alma: User, claims: dict[str, Any]) -> None:
    before = User.objects.count()
    knows(provider, "alma", **claims)
    answer = enter(provider, "alma")
    assert answer.status_code == 403
    assert "inget konto här" in text(answer)
    assert User.objects.count() == before
    assert (last_event().tag, last_event().actor_id) == (Tag.SIGN_IN_FAILED, "")


def test_who_says_no_at_the_provider_is_told_so(provider: str, alma: User) -> None:
    answer = enter(provider, "s1", action="deny")
    assert answer.status_code == 403
    assert "släppte inte in dig" in text(answer)


def test_an_answer_that_nobody_asked_for_opens_nothing(provider: str, alma: User) -> None:
    """Somebody else's answer, in a browser that never began."""
    knows(provider, "s1", preferred_username="alma")
    there = Client().get(BEGIN).headers["Location"]
    back = requests.post(there, data={"sub": "s1"}, allow_redirects=False, timeout=5).headers["Location"]
    other = Client()
    assert come_back(other, urlsplit(back).query).status_code == 403
    assert not door.is_in(other)


def test_the_request_is_bound_to_the_browser_and_to_nothing_outside(provider: str, alma: User) -> None:
    asked = parse_qs(urlsplit(Client().get(BEGIN, {"next": "https://evil.example/"}).headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"][0]
    assert asked["redirect_uri"] == [f"http://testserver{END}"]
    client = Client()
    knows(provider, "s1", preferred_username="alma")
    enter(provider, "s1", client, "https://evil.example/")
    assert client.post(door.SECOND, {"code": door.code()}).headers["Location"] == "/"


def test_the_sign_in_page_offers_it_by_its_name(provider: str, settings: Any, alma: User) -> None:
    settings.OIDC_NAME = "Malmö stad"
    page = text(Client().get(door.LOGIN, {"next": "/roller/"}))
    assert "Logga in med Malmö stad" in page
    assert f"{BEGIN}?next=%2Froller%2F" in page


def test_an_answer_for_another_provider_does_not_exist(provider: str, alma: User) -> None:
    assert Client().get("/logga-in/annan/google/").status_code == 404

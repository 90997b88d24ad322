"""Single sign-on against a real provider on this machine: who comes in, who does not, and what is kept."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from pytest_django import Settings

from casework.signin import checks, sso
from casework.signin.models import SignIn, User
from tests.casework.signin import door
from tests.cast import Cast
from tests.fixtures import last_event, text

BEGIN = "/logga-in/annan/"
# In a process of its own: what it warns of is none of our tests' business.
PROVIDER = """
import sys, time
from oidc_provider_mock import User, run_server_in_thread
people = [
    User(sub="1", claims={"preferred_username": "alma", "email": "alma@example.org", "amr": ["pwd"]}),
    User(sub="2", claims={"preferred_username": " ALMA ", "amr": ["pwd", "mfa"], "acr": "urn:loa3"}),
    User(sub="3", claims={"preferred_username": "okänd"}),
    User(sub="4", claims={"nickname": "alma"}),
]
with run_server_in_thread(port=int(sys.argv[1]), user_claims=people):
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([sys.executable, "-c", PROVIDER, str(port)], stderr=subprocess.DEVNULL) as process:
        address = f"http://localhost:{port}"
        for _ in range(150):
            try:
                requests.get(f"{address}/.well-known/openid-configuration", timeout=1)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield address
        process.terminate()


def configure(settings: Settings, issuer: str) -> None:
    app: dict[str, Any] = {
        "provider_id": "annan",
        "name": "kommunens inloggning",
        "client_id": "casework",
        "secret": "hemligt",
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True, "scope": ["openid", "profile"]},
    }
    settings.OIDC_ISSUER = issuer
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


@pytest.fixture
def provider(settings: Settings, issuer: str) -> str:
    configure(settings, issuer)
    return issuer


def back_from(client: Client, sub: str, begin: str = BEGIN, **form: str) -> str:
    """Through the provider as the person `sub`; the path it leads back to."""
    there = client.get(begin).headers["Location"]
    assert "code_challenge=" in there
    answer = requests.post(there, data={"sub": sub, **form}, allow_redirects=False, timeout=5)
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


@pytest.mark.usefixtures("keys")
def test_without_a_provider_there_is_no_such_page() -> None:
    client = Client()
    for url in (BEGIN, "/logga-in/annan/annan/", "/logga-in/annan/annan/?code=x&state=y"):
        assert client.get(url).status_code == 404
    assert "kommunens inloggning" not in text(client.get(door.LOGIN))


def test_a_known_person_comes_in_and_shows_her_own_second_factor(provider: str, alma: User) -> None:
    client = Client()
    assert "kommunens inloggning" in text(client.get(door.LOGIN))
    answer = client.get(back_from(client, "1", BEGIN + "?next=/roller/"))
    assert answer.headers["Location"] == door.SECOND
    assert not door.is_in(client)
    assert client.post(door.SECOND, {"code": door.code()}).headers["Location"] == "/roller/"
    assert door.is_in(client)
    assert set(last_event("session:signin").fields) == {"socialaccount", "totp"}


def test_a_person_without_a_second_factor_enrols_one(provider: str, cast: Cast) -> None:
    client = Client()
    client.get(back_from(client, "1"))
    assert client.get("/roller/").headers["Location"] == "/konto/andra-steget/"


@pytest.mark.parametrize("trusted", ["amr=mfa", "acr=urn:loa3"])
def test_the_providers_second_factor_counts_when_it_is_named(
    provider: str, alma: User, settings: Settings, trusted: str
) -> None:
    settings.OIDC_SECOND_FACTOR = [trusted]
    client = Client()
    assert client.get(back_from(client, "2")).headers["Location"] == "/"
    assert door.is_in(client)
    weaker = Client()
    assert weaker.get(back_from(weaker, "1")).headers["Location"] == door.SECOND


def test_the_providers_second_factor_counts_for_nothing_otherwise(provider: str, alma: User) -> None:
    client = Client()
    assert client.get(back_from(client, "2")).headers["Location"] == door.SECOND


@pytest.mark.parametrize("sub", ["3", "4", "nobody"])
def test_who_has_no_account_is_not_let_in_and_gets_none(provider: str, alma: User, sub: str) -> None:
    before = User.objects.count()
    client = Client()
    answer = client.get(back_from(client, sub))
    assert answer.status_code == 403
    assert "du har inget konto här" in text(answer)
    assert User.objects.count() == before
    assert last_event("session:failed").reason.startswith("Inget konto")
    assert not SignIn.objects.exists()


def test_a_blocked_person_is_not_let_in(provider: str, alma: User) -> None:
    alma.is_active = False
    alma.save()
    client = Client()
    assert client.get(back_from(client, "1")).status_code == 403
    assert last_event("session:failed").actor == "Okänd, som Alma Lind"


def test_another_claim_can_name_the_user(provider: str, alma: User, settings: Settings) -> None:
    settings.OIDC_CLAIM = "nickname"
    client = Client()
    assert client.get(back_from(client, "4")).headers["Location"] == door.SECOND


def test_nothing_of_what_the_provider_tells_is_kept(provider: str, alma: User) -> None:
    client = Client()
    client.get(back_from(client, "1"))
    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()
    assert not EmailAddress.objects.exists()
    assert "example.org" not in str(dict(client.session))


def test_who_says_no_at_the_provider_is_told(provider: str, alma: User) -> None:
    client = Client()
    answer = client.get(back_from(client, "1", action="deny") + "&_redir=")
    assert (answer.status_code, "släppte inte in dig" in text(answer)) == (403, True)


def test_an_answer_without_its_question_is_refused(provider: str, alma: User) -> None:
    """The first time a strict cookie may be missing: the page asks again from our own place, and then it is decided."""
    back = back_from(Client(), "1")
    stranger = Client()
    page = text(stranger.get(back))
    assert 'http-equiv="refresh"' in page
    assert stranger.get(back + "&_redir=").status_code == 403
    assert not SignIn.objects.exists()


def test_an_answer_works_once(provider: str, alma: User) -> None:
    client = Client()
    back = back_from(client, "1")
    client.get(back)
    client.post("/logga-ut/")
    assert client.get(back + "&_redir=").status_code == 403


def test_who_is_in_already_goes_to_the_start_page(provider: str, alma: User) -> None:
    client = door.sign_in(alma)
    assert client.get(BEGIN).headers["Location"] == "/"
    assert client.get("/logga-in/annan/annan/?code=x&state=y").headers["Location"] == "/"
    assert client.get("/logga-in/annan/fel/").status_code == 404


def test_a_provider_that_does_not_answer_is_told_of(settings: Settings, alma: User) -> None:
    configure(settings, "http://localhost:9")
    answer = Client().get(BEGIN)
    assert answer.status_code == 403
    assert "svarar inte" in text(answer)


def test_claims_about_two_people_are_of_no_use() -> None:
    assert sso.claims_of({"id_token": {"sub": "1", "a": 1}, "userinfo": {"sub": "1", "a": 2, "b": 3}}) == {
        "sub": "1",
        "a": 1,
        "b": 3,
    }
    assert sso.claims_of({"id_token": {"sub": "1"}, "userinfo": {"sub": "2"}}) == {}
    assert sso.claims_of({"userinfo": {"sub": "2"}}) == {}


def test_nobody_signs_up() -> None:
    assert sso.Adapter().is_open_for_signup(None, None) is False  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("issuer", "client_id", "faults"),
    [
        ("", "", []),
        ("https://id.example.se", "x", []),
        ("http://localhost:9400", "x", []),
        ("http://id.example.se", "x", ["signin.E001"]),
        ("https://id.example.se", "", ["signin.E002"]),
    ],
)
def test_a_half_described_provider_stops_the_start(
    settings: Settings, issuer: str, client_id: str, faults: list[str]
) -> None:
    configure(settings, issuer)
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["client_id"] = client_id
    assert [fault.id for fault in checks.single_sign_on(None)] == faults

"""Single sign-on, against a provider that runs on this machine."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings as program
from django.http import HttpResponse
from django.test import Client

from audit.tags import Tag
from casework.signin import checks, sso
from casework.signin.models import SignIn, User
from tests.casework.signin import door
from tests.cast import Cast
from tests.fixtures import last_event, text

BEGIN, END = "/logga-in/annan/", "/logga-in/annan/annan/"


def point_at(settings: Any, issuer: str, secret: str = "hemligt") -> None:
    [app] = program.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    more = {"client_id": "kontaktstod", "secret": secret, "settings": {**app["settings"], "server_url": issuer}}
    settings.OIDC_ISSUER = issuer
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [{**app, **more}]}}


@pytest.fixture
def provider(settings: Any) -> Iterator[str]:
    """The provider's address; the program is told of it."""
    with oidc_provider_mock.run_server_in_thread() as server:
        issuer = f"http://localhost:{server.server_port}"
        point_at(settings, issuer)
        yield issuer


def knows(provider: str, sub: str, **claims: Any) -> None:
    requests.put(f"{provider}/users/{sub}", json=claims, timeout=5).raise_for_status()


def come_back(client: Client, query: str) -> HttpResponse:
    """First without the session's cookie, as a browser does when another site leads it here; then with it."""
    bounce = client.get(f"{END}?{query}")
    assert 'http-equiv="refresh"' in text(bounce)
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


def test_nothing_of_what_the_provider_tells_is_stored(provider: str, alma: User) -> None:
    knows(provider, "s1", preferred_username="alma", email="alma@example.org", name="Alma Lind Hemlig")
    enter(provider, "s1")
    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()


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


def test_who_has_no_second_factor_gets_one_first(provider: str, cast: Cast) -> None:
    client = Client()
    knows(provider, "s1", preferred_username="bo")
    enter(provider, "s1", client)
    assert client.get("/roller/").headers["Location"] == "/konto/andra-steget/"
    assert client.get("/konto/app/").status_code == 200


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


def test_another_claim_can_be_chosen(provider: str, alma: User, settings: Any) -> None:
    settings.OIDC_CLAIM = "anstallning"
    knows(provider, "s1", preferred_username="ada", anstallning="alma")
    client = Client()
    enter(provider, "s1", client)
    client.post(door.SECOND, {"code": door.code()})
    assert SignIn.objects.get().user == alma


def test_a_blocked_person_is_out_here_too(provider: str, alma: User) -> None:
    User.objects.filter(pk=alma.pk).update(is_active=False)
    knows(provider, "s1", preferred_username="alma")
    assert enter(provider, "s1").status_code == 403
    assert not SignIn.objects.exists()
    assert last_event().refs[0].id == str(alma.pk)


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


def test_an_answer_works_once(provider: str, alma: User) -> None:
    client = Client()
    knows(provider, "s1", preferred_username="alma")
    there = client.get(BEGIN).headers["Location"]
    back = requests.post(there, data={"sub": "s1"}, allow_redirects=False, timeout=5).headers["Location"]
    assert come_back(client, urlsplit(back).query).headers["Location"] == door.SECOND
    assert come_back(client, urlsplit(back).query).status_code == 403


def test_the_request_is_bound_to_the_browser_and_to_nothing_outside(provider: str, alma: User) -> None:
    asked = parse_qs(urlsplit(Client().get(BEGIN, {"next": "https://evil.example/"}).headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"][0]
    assert asked["redirect_uri"] == [f"http://testserver{END}"]
    client = Client()
    knows(provider, "s1", preferred_username="alma")
    enter(provider, "s1", client, "https://evil.example/")
    assert client.post(door.SECOND, {"code": door.code()}).headers["Location"] == "/"


def test_a_provider_that_does_not_answer_is_told_of(settings: Any, alma: User) -> None:
    point_at(settings, "http://127.0.0.1:9")
    answer = Client().get(BEGIN)
    assert answer.status_code == 403
    assert "svarar inte" in text(answer)


def test_who_is_in_already_goes_to_the_start_page(provider: str, alma: User) -> None:
    client = door.sign_in(alma)
    assert client.get(BEGIN).headers["Location"] == "/"
    assert client.get(f"{END}?code=x&state=y").headers["Location"] == "/"


def test_the_sign_in_page_offers_it_by_its_name(provider: str, settings: Any, alma: User) -> None:
    settings.OIDC_NAME = "Malmö stad"
    page = text(Client().get(door.LOGIN, {"next": "/roller/"}))
    assert "Logga in med Malmö stad" in page
    assert f"{BEGIN}?next=%2Froller%2F" in page


def test_without_a_provider_it_does_not_exist(alma: User) -> None:
    assert program.OIDC_ISSUER == ""
    assert Client().get(BEGIN).status_code == 404
    assert Client().get(END).status_code == 404
    assert BEGIN not in text(Client().get(door.LOGIN))


def test_an_answer_for_another_provider_does_not_exist(provider: str, alma: User) -> None:
    assert Client().get("/logga-in/annan/google/").status_code == 404


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({}, {}),
        ({"userinfo": {"sub": "a", "x": 1}}, {}),
        ({"id_token": {"sub": "a"}, "userinfo": {"sub": "b", "x": 1}}, {}),
        ({"id_token": {"sub": "a"}}, {"sub": "a"}),
        ({"id_token": {"sub": "a", "x": 2}, "userinfo": {"sub": "a", "x": 1, "y": 3}}, {"sub": "a", "x": 2, "y": 3}),
    ],
)
def test_both_parts_of_an_answer_must_be_about_the_same_person(answer: Any, expected: Any) -> None:
    assert sso.claims_of(answer) == expected


@pytest.mark.parametrize(
    ("issuer", "secret", "faults"),
    [
        ("", "", []),
        ("https://id.example.org", "x", []),
        ("http://localhost:1", "x", []),
        ("http://id.example.org", "x", ["signin.E001"]),
        ("https://id.example.org", "", ["signin.E002"]),
    ],
)
def test_a_provider_that_could_be_listened_to_stops_the_start(
    settings: Any, issuer: str, secret: str, faults: list[str]
) -> None:
    point_at(settings, issuer, secret)
    assert [fault.id for fault in checks.single_sign_on(None)] == faults

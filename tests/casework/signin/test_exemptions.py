"""Sign-in stands before every address; these few are the exceptions."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from casework.signin import middleware
from tests.cast import Cast

SHOWN_TO_ANYBODY = {
    "account_login": "the sign-in page itself",
    "mfa_authenticate": "its second step",
    "mfa_login_webauthn": "sign-in by passkey",
    "invite": "choosing a password from a link that works once",
    "sign_out": "beginning again halfway in",
    "sso_login": "on the way to the provider",
    "openid_connect_callback": "and back from it",
    "demo_cast": "exists in the demo only",
    "demo_code": "exists in the demo only",
    "feed_ics": "a calendar that knows an address nobody can guess, and gets nothing but hours",
}
ARGUMENTS: dict[str, Any] = {"str": "x", "slug": "x", "uuid": "00000000-0000-0000-0000-000000000007", "int": 7}


def patterns(resolver: Any) -> Iterator[URLPattern]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from patterns(found)
        else:
            yield found


def closed() -> list[str]:
    """An address of every pattern that is not open."""
    found = []
    for pattern in patterns(get_resolver()):
        if pattern.name not in SHOWN_TO_ANYBODY:
            kinds = {name: type(way).__name__ for name, way in pattern.pattern.converters.items()}
            values = {
                name: ARGUMENTS[kind.removesuffix("Converter").lower().replace("string", "str")]
                for name, kind in kinds.items()
            }
            found.append(reverse(str(pattern.name), kwargs=values))
    return sorted(set(found))


def test_the_exceptions_are_these_and_no_others() -> None:
    assert set(middleware.OPEN) == set(SHOWN_TO_ANYBODY)


def test_there_are_addresses_to_try() -> None:
    assert len(closed()) > 40


@pytest.mark.django_db
def test_every_other_address_leads_a_stranger_to_sign_in(cast: Cast) -> None:
    client = Client()
    for url in closed():
        for answer in (client.get(url), client.post(url, {"a": "b"})):
            assert answer.status_code == 302, url
            assert answer.headers["Location"].startswith("/logga-in/"), url


@pytest.mark.django_db
def test_an_address_that_does_not_exist_tells_a_stranger_nothing_either(cast: Cast) -> None:
    assert Client().get("/finns-inte/").headers["Location"].startswith("/logga-in/")


@pytest.mark.django_db
def test_a_script_of_a_stranger_gets_a_status_and_no_page(cast: Cast) -> None:
    for headers in ({"X-Requested-With": "fetch"}, {"Accept": "application/json"}):
        assert Client().get("/session/", headers=headers).status_code == 401


def test_no_page_of_sign_up_mail_or_admin_exists() -> None:
    names = {str(pattern.name) for pattern in patterns(get_resolver())}
    assert not {name for name in names if "signup" in name or "email" in name or "reset" in name or "admin" in name}

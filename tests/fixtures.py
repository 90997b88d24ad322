"""The cast, signed in or not, and the log as tests ask it."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client

from audit import reading, trail
from audit.reading import Line
from casework.cases.models import Case
from casework.signin import devices
from casework.signin.models import User
from tests import factories
from tests.cast import Cast, make_cast

SignIn = Callable[[User], Client]


@pytest.fixture
def cast(keys: None) -> Iterator[Cast]:
    """Everybody, in their sections. What a test does outside a request is done by the program itself."""
    with trail.bind(trail.current()):
        yield make_cast()


@pytest.fixture
def case(cast: Cast) -> Case:
    """An open case of which Alma is the contact person."""
    made = factories.make_case(cast.cecilia, given_name="Åsa", family_name="Öberg-Lind")
    factories.assign(cast.cecilia, made, cast.alma)
    return made


@pytest.fixture
def signed_in(cast: Cast) -> SignIn:
    """A browser in which a user has signed in with everything that sign-in asks for."""

    def sign_in(user: User) -> Client:
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
        client = Client()
        client.force_login(user)
        prove(client, user)
        return client

    return sign_in


def prove(client: Client, user: User) -> None:
    """Both steps of sign-in were taken just now."""
    session = client.session
    session[devices.FACTOR] = True
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def send(client: Client, url: str, **data: Any) -> HttpResponse:
    """A form as it was shown just now: with a token of its own, unless one is given as `once`."""
    return client.post(url, {"once": str(uuid4()), **data})


def text(response: HttpResponse) -> str:
    return response.content.decode()


def events(*tags: str) -> list[Line]:
    """The events with these tags (all without), oldest first."""
    return [line for line in reversed(reading.recent(10_000)) if not tags or line.tag in tags]


def last_event(*tags: str) -> Line:
    return events(*tags)[-1]


def cases_of(line: Line) -> set[str]:
    """The numbers of the cases an event is about."""
    return {ref.case for ref in line.refs if ref.case}

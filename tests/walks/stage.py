"""The cast on a running program: real password, real second factor, real cases."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page

from audit import signing
from casework.cases.models import Case
from casework.crypto import keyring
from casework.demo import entrance
from tests import factories
from tests.cast import Cast, make_cast


@dataclass
class Stage:
    cast: Cast
    case: Case


def set_up() -> Stage:
    """Everybody can sign in; Alma has one open case, with a step and a next step."""
    signing_key = Path(settings.AUDIT_SIGNING_KEY_FILE)
    if not signing_key.exists():
        signing.create_signing_key(signing_key)
    with keyring.scope():
        keyring.ensure_system_keys()
        cast = make_cast()
        entrance.enrol(cast.everyone())
        case = factories.make_case(cast.cecilia, given_name="Åsa", family_name="Öberg")
        factories.assign(cast.cecilia, case, cast.alma)
        earlier = timezone.now() - timedelta(hours=2)
        factories.make_step(cast.alma, case, text="Första samtalet", when=earlier)
    return Stage(cast, case)


def sign_in(page: Page, username: str) -> None:
    """Through the real doors, as a person does it."""
    from casework.signin.models import User

    page.goto("/logga-in/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", entrance.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/logga-in/kod/**")
    page.fill("[name=code]", entrance.code_for(User.objects.get(username=username)))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/logga-in/" not in url)


def path(page: Page) -> str:
    return urlsplit(page.url).path

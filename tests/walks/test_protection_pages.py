"""A person's protection and a change of her identity, wide and narrow, light and dark, without a fault."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page

from casework.clients import actions as clients
from casework.clients.models import Client, Identity
from casework.clients.protection import actions, masking_actions
from casework.clients.protection.models import MaskingHit
from casework.crypto import keyring
from tests import factories
from tests.walks.stage import Stage, set_up, sign_in
from tests.walks.test_pages import look

TEXT = f"Vi talades vid om Öbergs lägenhet. {'Hon vill ha hjälp med ansökan om bostad. ' * 5} Åsa ringer på fredag."


def protect(stage: Stage) -> None:
    today, facts = timezone.localdate(), {"by": stage.cast.alma, "case": stage.case}
    told: dict[str, Any] = {"decided_by": "Skatteverket", **facts}
    later, before = today + timedelta(days=200), today - timedelta(days=400)
    clients.add_mark(kind="PROTECTED_REGISTRATION", valid_from=today, review_on=later, **told)
    ended = clients.add_mark(kind="SECRECY_MARKING", valid_from=before, **told)
    clients.end_mark(mark=ended, ended_on=today, reason="Personen har fått ett starkare skydd.", **facts)


def replace(stage: Stage) -> None:
    """One hit is decided, one waits for a second person, the others for a first."""
    cast, case = stage.cast, stage.case
    for _ in range(2):
        factories.make_step(cast.alma, case, text=TEXT)
    told = {"version": Client.objects.get(pk=case.client_id).version, "grounds": "Beslut"}
    identity = Identity(given_name="Berit", family_name="Ny")
    change = actions.replace_identity(by=cast.alma, case=case, identity=identity, **told)
    first, second, *_ = MaskingHit.objects.filter(change=change)
    masking_actions.propose_hit(by=cast.cecilia, hit=first, mask=True, why="")
    masking_actions.propose_hit(by=cast.cecilia, hit=second, mask=False, why="Det är en annan person.")
    masking_actions.decide_hit(by=cast.alma, hit=second)


def test_the_pages_of_a_protection(page: Page) -> None:
    stage = set_up()
    with keyring.scope():
        protect(stage)
    sign_in(page, "alma")
    base = f"/arenden/{stage.case.number}/skydd/"
    for place in ("", "byt-identitet/"):
        look(page, f"{base}{place}", f"protection-{place.strip('/')}")
    with keyring.scope():
        replace(stage)
    for place in ("", "maskering/", "maskering/klart/"):
        look(page, f"{base}{place}", f"change-{place.strip('/').replace('/', '-')}")

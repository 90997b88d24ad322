"""A person whose name and number stand in texts of every kind, and a change of her identity."""

from typing import Any

import pytest
from django.utils import timezone

from casework.cases.exposure import actions as exposures
from casework.cases.exposure.models import ExposureWords
from casework.cases.models import Case, JournalNote
from casework.clients.children import actions as children
from casework.clients.children.models import Child
from casework.clients.models import Client, Identity
from casework.clients.protection import actions
from casework.clients.protection.models import IdentityChange, MaskingHit
from tests import factories
from tests.cast import Cast

OLD = {"given_name": "Rosalinde", "family_name": "Kvitsund"}
NEW = Identity(given_name="Berit", family_name="Ny")


@pytest.fixture
def number() -> str:
    return factories.test_number()


@pytest.fixture
def named(cast: Cast, number: str) -> Case:
    """An open case of Alma and Cecilia, of a person with a name that is no other word."""
    case = factories.make_case(cast.cecilia, number=number, **OLD)
    factories.assign(cast.cecilia, case, cast.alma)
    return case


def begin(cast: Cast, case: Case, **more: Any) -> IdentityChange:
    version = Client.objects.get(pk=case.client_id).version
    facts = {"by": cast.alma, "identity": NEW, "version": version, "grounds": "Beslut av domstol"}
    return actions.replace_identity(case=case, **{**facts, **more})


def told(cast: Cast, case: Case, text: str = "Jag ringde Rosalinde i dag.") -> JournalNote:
    return factories.make_step(cast.alma, case, text=text)


def child_of(cast: Cast, case: Case, family_name: str = "Kvitsund") -> Child:
    who = Identity(given_name="Lill", family_name=family_name)
    return children.add_child(by=cast.alma, case=case, identity=who, alias="Äldsta", lives_with=True)


def exposure(cast: Cast, case: Case, what: str) -> Any:
    return exposures.report_exposure(
        by=cast.alma, case=case, found_at=timezone.now(), happened_at=None, source="us", words=ExposureWords(what=what)
    )


def hits(change: IdentityChange, model: str = "") -> list[MaskingHit]:
    found = MaskingHit.objects.filter(change=change).order_by("model", "row", "group", "field", "start")
    return [hit for hit in found if hit.model.endswith(model)]

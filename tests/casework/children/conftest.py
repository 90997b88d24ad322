"""A child whose name, number and places cannot be mistaken for anything else."""

from typing import Any

import pytest
from django.utils import timezone

from casework.cases.models import Case
from casework.clients.children import actions, guardian_actions
from casework.clients.children.models import Child, ChildPlaces, Guardian, GuardianWords
from casework.clients.models import Identity
from tests import factories
from tests.cast import Cast

TODAY = timezone.localdate()


@pytest.fixture
def child(cast: Cast, case: Case) -> Child:
    who = Identity(
        given_name="Qvirina", family_name="Zaxberg", number=factories.test_number(), number_kind="personnummer"
    )
    made = actions.add_child(by=cast.alma, case=case, identity=who, alias="Äldsta barnet", lives_with=True)
    places = ChildPlaces(school="Wyxskolan", care="Wyxvård", leisure="Wyxklubben", agreement="Wyxhämtning")
    return actions.change_places(by=cast.alma, child=made, places=places, version=1)


@pytest.fixture
def guardian(cast: Cast, child: Child) -> Guardian:
    words = GuardianWords(name="Xerxo Plyx", number="191201019801", basis="Plyxdomen", risks="Plyxrisken")
    more: dict[str, Any] = {"basis": "custody_joint", "valid_from": TODAY}
    return guardian_actions.set_guardian(by=cast.alma, child=child, words=words, **more)

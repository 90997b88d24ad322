"""Others in the case, whose names cannot be mistaken for anything else."""

import pytest

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.clients.children import actions as children
from casework.clients.children.models import Child
from casework.clients.models import Identity
from casework.clients.relatives.models import RelatedPerson, RelatedWords
from tests import factories
from tests.cast import Cast


@pytest.fixture
def sven(cast: Cast, case: Case) -> RelatedPerson:
    """Somebody who is no client, and whose name no print may show by mistake."""
    words = RelatedWords(name="Sven Xerxolund", number="191201019801")
    row = RelatedPerson(case=case, client_id=case.client_id, part="perpetrator", relation="partner", words=words)
    row.noted_by = cast.alma
    with trail.act(Tag.IMPORTED):
        row.save()
    return row


@pytest.fixture
def child(cast: Cast, case: Case) -> Child:
    who = Identity(given_name="Qvirina", family_name="Zaxberg", number=factories.test_number())
    return children.add_child(by=cast.alma, case=case, identity=who, alias="Äldsta barnet", lives_with=True)

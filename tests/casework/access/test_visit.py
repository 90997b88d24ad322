"""What a request has looked at, collected by itself."""

import uuid

from audit.tags import Tag
from casework.access import visit
from casework.access.readers import refs_of
from casework.cases.models import Case
from casework.clients.models import Client
from casework.crypto.keyring import SYSTEM_OWNER
from tests import factories
from tests.cast import Cast


def test_outside_a_request_nothing_is_collected(case: Case) -> None:
    visit.saw_all([case])
    visit.purpose(Tag.SEARCHED)
    visit.on_open("casework.Case", case.pk, case.client_id, "narrative")
    assert visit.current() is None


def test_nothing_seen_is_empty_and_a_detail_is_something(case: Case) -> None:
    with visit.begin() as seen:
        assert seen.empty
        visit.purpose(Tag.SEARCHED, reason_code="name", detail={"q": "Åsa"})
        assert not seen.empty
        assert (seen.tag, seen.reason_code) == (Tag.SEARCHED, "name")


def test_opened_groups_are_counted(case: Case) -> None:
    with visit.begin() as seen:
        for _ in range(2):
            Client.objects.get(pk=case.client_id).identity.open()
        assert seen.fields() == ["casework.Client.identity x 2"]
        assert not seen.empty


def test_a_seal_opened_on_its_own_still_names_the_cases_of_its_client(cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    with visit.begin() as seen:
        visit.saw(other)
        assert refs_of(seen) == [other.ref()]
        Client.objects.get(pk=case.client_id).identity.open()
        assert set(refs_of(seen)) == {other.ref(), case.ref()}
        visit.saw(case)
        assert not seen.unknown
        assert set(refs_of(seen)) == {other.ref(), case.ref()}


def test_seals_of_the_system_belong_to_nobody(cast: Cast) -> None:
    with visit.begin() as seen:
        visit.on_open("casework.Draft", uuid.uuid4(), SYSTEM_OWNER, "content")
        assert not seen.unknown
        assert not seen.empty

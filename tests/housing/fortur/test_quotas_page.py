"""The coordinator's page: counts by landlord and year, nothing of a case."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.cases.models import Case
from casework.signin.models import Section
from housing.codes import LeaseKind
from housing.fortur import quota_readers
from housing.landlords.models import Landlord
from housing.quotas.actions import set_quota
from housing.quotas.models import Quota
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, send, text
from tests.housing.fortur import facts
from tests.housing.fortur.test_offers import step, turn_down

URL = "/boende/fortur/"


def test_without_a_quota_the_page_says_what_to_do(signed_in: SignIn, cast: Cast) -> None:
    page = text(signed_in(cast.hanna).get(URL))
    assert "Ingen kvot är satt" in page
    assert "Sätt en kvot" in page


def test_a_quota_is_set_and_set_anew(signed_in: SignIn, cast: Cast) -> None:
    client, owner = signed_in(cast.hanna), facts.landlord(name="Kommunala Bostadsbolaget")
    for homes in (2, 5):
        answer = send(client, URL + "kvot/", landlord=str(owner.pk), year="2026", homes=str(homes))
        assert answer.url == URL
    assert Quota.objects.get().homes == 5
    page = text(client.get(URL))
    assert "Kommunala Bostadsbolaget 2026" in page
    assert "0 av 5" in page


def test_a_private_landlord_has_no_quota(signed_in: SignIn, cast: Cast) -> None:
    private = facts.landlord(kind="private")
    page = text(send(signed_in(cast.hanna), URL + "kvot/", landlord=str(private.pk), year="2026", homes="1"))
    assert "Välj något av alternativen" in page
    assert not Quota.objects.exists()


def test_a_quota_is_never_less_than_what_is_used(signed_in: SignIn, cast: Cast, case: Case) -> None:
    owner = facts.landlord()
    set_quota(by=cast.hanna, landlord=owner, year=facts.today().year, homes=2)
    facts.answered(cast, case, landlord=owner)
    sent = {"landlord": str(owner.pk), "year": str(facts.today().year), "homes": "0"}
    assert "används redan" in text(send(signed_in(cast.hanna), URL + "kvot/", **sent))


def test_the_counts_of_a_year(cast: Cast, case: Case) -> None:
    owner, year = facts.landlord(), facts.today().year
    set_quota(by=cast.hanna, landlord=owner, year=year, homes=1)
    application = facts.answered(cast, case, facts.granted(offers_allowed=3), landlord=owner)
    turn_down(application.track)
    row = quota_readers.listed(cast.hanna, None).object_list[0]
    assert (row.homes, row.taken, row.full, row.granted, row.declined, row.moved) == (1, 1, True, 1, 1, 0)
    step(application.track, "offer", "accept", "sign", "move_in")
    row = quota_readers.listed(cast.hanna, None).object_list[0]
    assert (row.moved, row.living, row.late, row.refused) == (1, 0, 0, 0)


def test_a_decision_without_a_quota_is_counted_too(cast: Cast, case: Case) -> None:
    facts.answered(cast, case, facts.refused())
    row = quota_readers.listed(cast.hanna, None).object_list[0]
    assert (row.homes, row.refused, row.granted, row.full) == (None, 1, 0, False)


def test_the_other_branch_is_not_counted(cast: Cast, case: Case) -> None:
    facts.answered(cast, case)
    cast.hanna.section = Section.objects.create(name="Sektion 3", branch="perpetrators")
    cast.hanna.save()
    assert list(quota_readers.listed(cast.hanna, None).object_list) == []


def test_the_page_shows_nothing_of_a_case(signed_in: SignIn, cast: Cast, case: Case) -> None:
    application = facts.answered(cast, case)
    page = text(signed_in(cast.hanna).get(URL))
    for secret in (
        case.number,
        case.pseudonym,
        "Öberg",
        facts.CERTIFICATE,
        "Uthyrningschefen",
        application.track.need.token,
    ):
        assert secret not in page
    for word in [*LeaseKind.values, "granted", "fortur_refused"]:
        assert word not in page


def test_only_coordinators_come_here(signed_in: SignIn, cast: Cast) -> None:
    for user in (cast.alma, cast.cecilia, cast.ada):
        assert signed_in(user).get(URL).status_code == 403
        assert signed_in(user).get(URL + "kvot/").status_code == 403


@pytest.mark.parametrize("count", [1, 10])
def test_the_page_asks_the_same_number_of_questions(cast: Cast, count: int) -> None:
    for _ in range(count):
        case = factories.make_case(cast.cecilia)
        factories.assign(cast.cecilia, case, cast.alma)
        facts.answered(cast, case, facts.refused())
    assert Landlord.objects.count() == count
    with CaptureQueriesContext(connection) as asked:
        assert len(quota_readers.listed(cast.hanna, None).object_list) == count
    assert len(asked) == 3

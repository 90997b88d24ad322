"""A case full of words that stand nowhere else: none of them reaches a housing coordinator."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.cases.models import Case
from casework.clients import actions as clients
from casework.clients.children import actions as children
from casework.clients.children.models import ChildPlaces
from casework.clients.models import Address, Identity
from housing.needs.models import HousingNeed
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, text
from tests.housing.made import make_kind, make_track
from tests.housing.needs.facts import change, handed

WORDS = {
    "given": "Xantippeqvist", "family": "Zephyrinbergqvist", "street": "Wyxgränden", "town": "Plyxmåla",
    "school": "Qvarkskolan", "child": "Ixodoralind", "alias": "Yxlillasyster", "note": "Brzuxhotetfrån",
}  # fmt: skip
NUMBERS = {"own": factories.test_number(), "child": factories.test_number()}


@pytest.fixture
def need(cast: Cast) -> HousingNeed:
    """Of a household whose every fact is a word of its own."""
    who = {"given_name": WORDS["given"], "family_name": WORDS["family"], "number": NUMBERS["own"]}
    case = factories.make_case(cast.cecilia, **who)
    factories.assign(cast.cecilia, case, cast.alma)
    case = Case.objects.select_related("client", "section").get(pk=case.pk)
    day = timezone.localdate() + timedelta(days=9)
    where = Address(street=WORDS["street"], town=WORDS["town"])
    clients.change_address(by=cast.alma, case=case, address=where, review_on=day, version=case.client.version)
    identity = Identity(given_name=WORDS["child"], number=NUMBERS["child"], number_kind="personnummer")
    child = children.add_child(by=cast.alma, case=case, identity=identity, alias=WORDS["alias"], lives_with=True)
    children.change_places(by=cast.alma, child=child, places=ChildPlaces(school=WORDS["school"]), version=1)
    made = handed(cast, case, note=WORDS["note"])
    make_track(made, make_kind(), "apply", coordinator=cast.hanna)
    return change(cast, made, note=WORDS["note"], rooms=4)


@pytest.mark.parametrize("address", ["/boende/", "/boende/behov/{token}/", "/boende/behov/B-222222/", "/"])
def test_no_word_of_hers_is_on_a_coordinators_page(
    signed_in: SignIn, cast: Cast, need: HousingNeed, address: str
) -> None:
    answer = signed_in(cast.hanna).get(address.format(token=need.token), follow=True)
    page = text(answer) + str(answer.headers)
    case = need.case
    hidden = [*WORDS.values(), *NUMBERS.values(), case.number, case.pseudonym, str(case.pk), str(need.client_id)]
    hidden += [number[2:] for number in NUMBERS.values()] + [
        f"{number[:8]}-{number[8:]}" for number in NUMBERS.values()
    ]
    hidden += [cast.alma.display_name, "Från partner", "/arenden/", str(need.pk)]
    assert [word for word in hidden if word in page] == []


def test_the_words_are_there_for_the_case(signed_in: SignIn, cast: Cast, need: HousingNeed) -> None:
    """A test that finds nothing has to know that there is something to find."""
    page = text(signed_in(cast.alma).get(f"/arenden/{need.case.number}/boende/"))
    assert WORDS["note"] in page
    assert "Från partner" in page
    assert WORDS["given"] not in page

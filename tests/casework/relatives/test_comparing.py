"""Who of the staff is close to somebody in a case: by number or whole name, confirmed by opening, never shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.access import visit
from casework.cases.models import Case
from casework.clients.children import actions as children
from casework.clients.children import guardian_actions as guardians
from casework.clients.children.models import GuardianWords
from casework.clients.models import Identity
from casework.clients.relatives import actions, comparing
from casework.clients.relatives.models import RelatedIndex
from casework.crypto import blindindex
from tests import factories
from tests.casework.relatives.people import NUMBER, OTHER_NUMBER, add, close, declare
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, text


def child_of(cast: Cast, case: Case, **identity: Any) -> Any:
    who = Identity(**{"given_name": "Lill", "family_name": "Granberg", **identity})
    return children.add_child(by=cast.alma, case=case, identity=who, alias="Äldsta", lives_with=True)


def guardian_of(cast: Cast, case: Case, *, number: str = "", is_case_person: bool = False) -> None:
    guardians.set_guardian(
        by=cast.alma, child=child_of(cast, case), basis="custody_joint", valid_from=timezone.localdate(),
        words=GuardianWords(name="Vera Granberg", number=number), is_case_person=is_case_person,
    )  # fmt: skip


def test_a_tie_to_a_related_person_is_found_by_number_or_whole_name(cast: Cast, case: Case) -> None:
    add(cast.alma, case)
    assert not comparing.tied(cast.bo, case)
    declare(cast.bo, name="Någon Annan", number=NUMBER)
    declare(cast.hanna, name="GRANBERG-RUNE")
    declare(cast.cecilia, name="Rune Granbergs")
    declare(cast.eva, name="Anna Granberg", number=OTHER_NUMBER)
    everybody = [cast.alma, cast.bo, cast.hanna, cast.cecilia, cast.eva]
    assert comparing.tied_among(everybody, case) == [cast.bo, cast.hanna]


@pytest.mark.parametrize("name", ["Åsa Öberg-Lind", "öberg lind åsa", "Lill Granberg", "Vera Granberg"])
def test_the_client_a_child_and_a_guardian_are_compared_too(cast: Cast, case: Case, name: str) -> None:
    guardian_of(cast, case)
    declare(cast.bo, name=name)
    assert comparing.tied(cast.bo, case)


def test_a_guardian_is_compared_by_number_and_the_case_person_once(cast: Cast, case: Case) -> None:
    guardian_of(cast, case, number=NUMBER)
    declare(cast.bo, name="", number=NUMBER)
    assert comparing.tied(cast.bo, case)
    other = factories.make_case(cast.cecilia, given_name="Sara", family_name="Ek")
    factories.assign(cast.cecilia, other, cast.alma)
    guardian_of(cast, other, is_case_person=True)
    assert len(comparing._guardians(other)) == 0


def test_a_single_name_is_nobody_in_particular(cast: Cast, case: Case) -> None:
    add(cast.alma, case, name="Rune")
    assert not comparing.Who.of("Rune", "").may_be(comparing.Who.of("Rune", ""))
    assert not comparing.Who.of("", "").may_be(comparing.Who.of("", ""))
    declare(cast.bo, name="Rune", number=NUMBER)
    assert not comparing.tied(cast.bo, case)


def test_only_what_holds_today_is_compared(cast: Cast, case: Case) -> None:
    related, tie = add(cast.alma, case), declare(cast.bo)
    assert comparing.tied(cast.bo, case)
    tie.ended_on = timezone.localdate() + timedelta(days=1)
    tie.save()
    assert comparing.tied(cast.bo, case)
    actions.end_tie(by=cast.hanna, tie=declare(cast.hanna))
    assert not comparing.tied(cast.hanna, case)
    actions.end_related(by=cast.alma, related=related, reason="Borta")
    assert not comparing.tied(cast.bo, case)


def test_one_that_only_shares_the_index_is_not_the_same(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blindindex, "index", lambda kind, text: 1)
    add(cast.alma, case)
    assert set(RelatedIndex.objects.values_list("value", flat=True)) == {1}
    declare(cast.bo, name="Gunda Nyberg", number=OTHER_NUMBER)
    assert not comparing.tied(cast.bo, case)


def test_nobody_is_opened_when_nobody_has_a_tie(cast: Cast, case: Case, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert comparing.tied_among([cast.alma, cast.bo], case) == []


def test_what_is_compared_is_no_part_of_what_was_seen(cast: Cast, case: Case) -> None:
    add(cast.alma, case)
    declare(cast.bo)
    with visit.begin() as seen:
        assert comparing.tied(cast.bo, case)
        comparing.have_case(case, Case.objects.all())
    assert seen.empty


def test_ten_staff_cost_as_many_queries_as_one(cast: Cast, case: Case, django_assert_num_queries: Any) -> None:
    add(cast.alma, case)
    declare(cast.bo, name="Gunda Nyberg")
    with django_assert_num_queries(4) as first:
        comparing.tied_among([cast.bo], case)
    for user in cast.everyone().values():
        if user not in (cast.dag, cast.lo, cast.ada):
            declare(user, name="Gunda Nyberg")
    with django_assert_num_queries(len(first)):
        comparing.tied_among(list(cast.everyone().values()), case)


# --- the act ----------------------------------------------------------------------------------------------------------


def compare(cast: Cast, case: Case) -> Any:
    return actions.compare_ties(by=cast.cecilia, case=case)


def test_the_sektionschef_learns_who_and_never_of_whom(signed_in: SignIn, cast: Cast, case: Case) -> None:
    add(cast.alma, case)
    chief, url = signed_in(cast.cecilia), f"/arenden/{case.number}/personer/jamfor/"
    assert "Inget stämmer." in text(chief.post(url))
    declare(cast.bo, tie="Halvbror")
    declare(cast.alma, tie="Kusin")
    declare(cast.eva, tie="Vän")
    page = text(chief.post(url))
    assert "Jäv kan finnas för: Bo Ek. Prata med hen innan uppdraget ges." in page
    assert "Jäv kan finnas för: Alma Lind. Hen kommer åt ärendet nu." in page
    for hidden in ("Eva Rask", "Halvbror", "Kusin", "Inget stämmer"):
        assert hidden not in page
    event = last_event(Tag.TIES_COMPARED)
    assert (cases_of(event), len(event.refs)) == ({case.number}, 1)
    assert not any("StaffTie" in field for line in events(Tag.PAGE_READ) for field in line.fields)


def test_the_event_holds_counts_only(cast: Cast, case: Case) -> None:
    add(cast.alma, case)
    declare(cast.bo)
    compare(cast, case)
    assert last_event(Tag.TIES_COMPARED).words == {"staff": 3, "tied": 1, "around": 0}


def test_the_sektionschef_herself_and_a_closed_case_are_compared(cast: Cast, case: Case) -> None:
    add(cast.alma, case)
    declare(cast.cecilia)
    declare(cast.bo)
    cast.bo.is_active = False
    cast.bo.save()
    found = compare(cast, close(cast.cecilia, case))
    assert (found.inside, found.asked, found.around) == ([cast.cecilia], [], False)


@pytest.mark.parametrize(
    ("identity", "found"),
    [
        ({"given_name": "Rune", "family_name": "Granberg"}, True),
        ({"given_name": "Ny", "family_name": "Namnsson", "number": NUMBER}, True),
        ({"given_name": "Rune Alf", "family_name": "Granberg"}, False),
        ({"given_name": "Rune", "family_name": ""}, False),
    ],
)
def test_somebody_around_with_a_case_in_the_section_is_told_of_without_it(
    signed_in: SignIn, cast: Cast, case: Case, identity: dict[str, str], found: bool
) -> None:
    add(cast.alma, case)
    other = factories.make_case(cast.cecilia, **identity)
    page = text(signed_in(cast.cecilia).post(f"/arenden/{case.number}/personer/jamfor/"))
    assert ("En person runt omkring kan ha ett ärende i sektionen. Ärendet visas inte här." in page) is found
    for hidden in (other.number, other.pseudonym):
        assert hidden not in page
    assert other.number not in {number for line in events(Tag.TIES_COMPARED) for number in cases_of(line)}
    assert other.number not in {number for line in events(Tag.PAGE_READ) for number in cases_of(line)}


def test_a_case_in_a_section_she_does_not_lead_and_her_own_are_not_told_of(cast: Cast, case: Case) -> None:
    add(cast.alma, case)
    add(cast.alma, case, name="Åsa Öberg-Lind")
    factories.make_case(cast.edvin, given_name="Rune", family_name="Granberg")
    assert not compare(cast, case).around


def test_a_guardian_with_a_case_is_told_of(cast: Cast, case: Case) -> None:
    guardian_of(cast, case)
    assert not compare(cast, case).around
    factories.make_case(cast.cecilia, given_name="Vera", family_name="Granberg")
    assert compare(cast, case).around

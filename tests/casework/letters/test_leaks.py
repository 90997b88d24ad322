"""How leaks have happened (domain 5.3), tried on letters that would be printed."""

from typing import Any

import pytest

from casework.cases.letters import readers
from casework.cases.letters.models import Letter
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.children import actions as children
from casework.clients.children.models import ChildPlaces
from casework.clients.relatives.models import RelatedPerson, RelatedWords
from tests import factories
from tests.casework.letters.facts import child, clear, guardian, housed, known, pages, printed, template, written
from tests.cast import Cast


def related(cast: Cast, case: Case, name: str) -> None:
    facts = {"part": "network", "relation": "relative", "noted_by": cast.alma, "words": RelatedWords(name=name)}
    RelatedPerson(case=case, client_id=case.client_id, **facts).save()


def refused(cast: Cast, letter: Letter, message: str) -> None:
    with pytest.raises(Refused, match=message):
        printed(cast, letter)
    assert Letter.objects.get(pk=letter.pk).printed_at is None


def test_the_new_name_of_a_grown_up_child_is_refused_in_her_mother_s_letter(cast: Cast) -> None:
    """JO 5932-2012: it went out in the mother's calculation, twice."""
    case = known(cast)
    child(cast, case, "Elina Nyström", number=factories.test_number())
    refused(cast, written(cast, case, "Beräkningen gäller dig och Elina."), "”Elina” är namnet på en annan vuxen")
    refused(cast, written(cast, case, "Nyströms inkomst räknas inte."), "Nyströms")
    printed(cast, written(cast, case, "Beräkningen gäller dig."))


def test_the_name_of_a_young_child_is_for_the_writer_to_judge(cast: Cast) -> None:
    case = known(cast)
    child(cast, case, "Elina Nyström")
    letter = written(cast, case, "Vi ses med Elina.")
    with pytest.raises(Refused, match="Läs vad mottagaren"):
        printed(cast, letter, read=False)
    assert "Elina" in pages(printed(cast, letter))[0]


def test_the_name_of_somebody_around_her_is_refused(cast: Cast) -> None:
    case = known(cast)
    related(cast, case, "Ivar Kvist")
    guardian(cast, child(cast, case), "Rut Varg")
    refused(cast, written(cast, case, "Ivar har ringt."), "Ivar")
    refused(cast, written(cast, case, "Rut har ringt."), "Rut")


def test_a_guardian_may_read_her_own_name(cast: Cast) -> None:
    case = known(cast)
    whose = child(cast, case)
    letter = written(cast, case, "Hej Rut!", guardian=guardian(cast, whose, "Rut Varg"))
    guardian(cast, whose, "Ivar Kvist")
    assert "Hej Rut!" in pages(printed(cast, letter))[0]
    refused(cast, written(cast, case, "Ivar har ringt.", guardian=letter.guardian), "Ivar")


def test_the_same_guardian_of_two_children_is_still_the_reader(cast: Cast) -> None:
    case = known(cast)
    first, second = (guardian(cast, child(cast, case, name), "Rut Varg") for name in ("Ida", "Eda"))
    assert printed(cast, written(cast, case, "Hej Rut!", guardian=first))
    assert printed(cast, written(cast, case, "Hej Rut!", guardian=second))


@pytest.mark.parametrize("allowed", [True, False])
def test_a_guardian_who_may_not_know_where_reads_of_no_place(cast: Cast, allowed: bool) -> None:
    case = housed(cast, known(cast))
    of = child(cast, case)
    children.change_places(by=cast.alma, child=of, places=ChildPlaces(school="Ekskolan"), version=of.version)
    whose = guardian(cast, of, may_receive_location=allowed)
    for text, word in (("Hon går på Ekskolan.", "Ekskolan"), ("Vi ses i Lund.", "Lund")):
        letter = written(cast, case, text, guardian=whose)
        if allowed:
            assert word in pages(printed(cast, letter))[0]
        else:
            refused(cast, letter, word)


@pytest.mark.parametrize("text", ["i Lund", "Solgatan 5", "222 22", "211 34 Malmö", "Malmö tingsrätt", "040-12 34 56"])
def test_a_decision_holds_no_place(cast: Cast, text: str) -> None:
    """OSL 26:7, and JK 2015 on the court district: a decision may be public."""
    case = housed(cast, known(cast), court="Malmö tingsrätt")
    decision = template(cast, kind="letter_decision")
    refused(cast, written(cast, case, f"Du får stöd {text}.", template=decision), "Brevet skrivs inte ut så här")
    printed(cast, written(cast, case, "Du får stöd.", template=decision))


def test_a_place_in_another_letter_is_read_before_it_goes(cast: Cast) -> None:
    case = housed(cast, known(cast))
    letter = written(cast, case, "Vi ses i Lund.")
    with pytest.raises(Refused, match="Kryssa sedan"):
        printed(cast, letter, read=False)
    assert printed(cast, letter)


def test_a_court_in_the_head_of_a_letter_is_warned_about(cast: Cast) -> None:
    case = housed(cast, known(cast))
    head = template(cast, sender="Nära Malmö tingsrätt", kind="letter_decision")
    letter = written(cast, case, template=head)
    found = readers.findings(letter, readers.finished(letter))
    assert ["domstol" in finding.text for finding in found] == [True]
    with pytest.raises(Refused, match="Läs vad mottagaren"):
        printed(cast, letter, read=False)


def test_no_letter_is_made_from_another(cast: Cast, case: Case) -> None:
    """JO 2437-2006: an old letter was used as a template, and another child stood in it."""
    first = written(cast, clear(case), "Barnet heter Rosenbuske")
    printed(cast, first)
    second = written(cast, case, "Vi ses.")
    assert "Rosenbuske" not in readers.finished(second).body
    assert "Rosenbuske" not in str(readers.begin(second))
    assert b"Rosenbuske" not in printed(cast, second)


def test_what_is_compared_is_fetched_in_a_fixed_number_of_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    case = housed(cast, known(cast))
    letter = written(cast, case)
    people(cast, case, 1)
    with counted() as one:
        readers.findings(letter, readers.finished(letter))
    people(cast, case, 4)
    with django_assert_num_queries(len(one)):
        readers.findings(letter, readers.finished(letter))


def people(cast: Cast, case: Case, count: int) -> None:
    for at in range(count):
        related(cast, case, f"Ivar Kvist{at}")
        guardian(cast, child(cast, case, f"Eda Kvist{at}"))


def counted() -> Any:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)

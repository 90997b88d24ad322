"""The print: what stands in the file and what never does, and the ways that it may go."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from audit import words
from audit.tags import Tag
from casework.cases.letters import delivery, readers
from casework.cases.letters.models import Letter
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients import actions as clients
from casework.crypto.personnummer import format_number
from casework.records import StaleEdit
from tests.casework.letters import facts
from tests.casework.letters.facts import child, clear, guardian, housed, known, pages, printed, template, written
from tests.casework.letters.test_write_letter import make_actor
from tests.cast import Cast
from tests.fixtures import events, last_event


def ways(letter: Letter) -> dict[str, str]:
    """Channel -> why it is not offered; "" when it is."""
    fresh = readers.letter_of(Case.objects.get(pk=letter.case_id), letter.pk)
    return {way.value: way.refusal for way in readers.ways(fresh, readers.handling(fresh))}


def protect(cast: Cast, case: Case, kind: str, **more: Any) -> None:
    clients.add_mark(by=cast.alma, case=case, kind=kind, valid_from=timezone.localdate(), **more)


def test_what_is_handed_over_bears_no_name_and_no_address(cast: Cast) -> None:
    case = housed(cast, known(cast))
    letter = written(cast, case)
    file = printed(cast, letter)
    (page,) = pages(file)
    for word in ("Malmö stad", "Rubriken", "Vi ses snart.", "Alma Lind", str(timezone.localdate().year), "1 (1)"):
        assert word in page
    number = case.client.identity.open().number
    for word in ("Åsa", "Öberg", "Solgatan", "Lund", case.number, case.pseudonym, number, format_number(number)):
        assert word not in page
    fresh = Letter.objects.get(pk=letter.pk)
    assert (fresh.channel, fresh.printed_by, fresh.version) == ("handed", cast.alma, letter.version)
    assert fresh.printed_at is not None


def test_direct_mail_has_its_address_in_the_window(cast: Cast) -> None:
    case = housed(cast, known(cast))
    (page,) = pages(printed(cast, written(cast, case), "direct"))
    assert "Åsa Öberg-Lind\nSolgatan 5\n222 22 Lund" in page
    assert case.client.identity.open().number[-4:] not in page


def test_forwarded_mail_has_labels_with_the_number_alone(cast: Cast, settings: Any) -> None:
    case = housed(cast, known(cast))
    letter, labels = pages(printed(cast, written(cast, case), "forwarding"))
    number = format_number(case.client.identity.open().number)
    assert "Vi ses snart." in letter
    assert letter.rstrip().endswith("\n1")
    assert number not in letter
    assert number in labels
    assert "Box 2820\n403 20 Göteborg" in labels
    assert "Malmö stad, 205 80 Malmö" in labels
    for word in ("Åsa", "Öberg", "Solgatan", "Lund", "222 22", case.number):
        assert word not in letter + labels


def test_nothing_in_the_file_tells_more_than_its_text(cast: Cast) -> None:
    case = clear(known(cast))
    written(cast, case, "Det tidigare brevets ord")
    first = printed(cast, written(cast, case, "Ett annat brev"))
    second = printed(cast, written(cast, case, "Det nya brevet"))
    assert len(pages(second)) == 1
    for word in (b"tidigare", b"annat", b"Alma", b"Hello", case.number.encode(), b"fpdf", b"Producer", b"Author"):
        assert word not in second
    assert "tidigare" not in pages(second)[0]
    assert "annat" not in pages(second)[0]
    assert facts.metadata(second) == facts.metadata(first) == {"/CreationDate": "D:20000101000000Z"}
    assert PdfReader(facts.stream(second)).xmp_metadata is None


def test_the_event_tells_kind_and_way_and_never_where(cast: Cast) -> None:
    case = housed(cast, known(cast))
    letter = written(cast, case, "Rosenbuske")
    printed(cast, letter, "direct")
    event = last_event(Tag.LETTER_PRINTED)
    assert event.reason_code == "letter_notice:direct"
    assert words.reason(event.reason_code) == "Meddelande: Post till adress som vi säkert vet"
    assert {ref.id for ref in event.refs} == {str(letter.pk), str(case.pk)}
    told = str(event)
    for word in ("Solgatan", "Lund", "222 22", "Åsa", "Rosenbuske"):
        assert word not in told


def test_a_second_copy_goes_the_same_way_with_the_same_day(cast: Cast) -> None:
    case = housed(cast, known(cast))
    letter = written(cast, case)
    first = printed(cast, letter, "direct")
    before = Letter.objects.get(pk=letter.pk)
    with pytest.raises(Refused, match="Välj samma sätt"):
        printed(cast, letter, "handed")
    assert printed(cast, letter, "direct", by=cast.cecilia) == first
    after = Letter.objects.get(pk=letter.pk)
    assert (after.printed_at, after.printed_by) == (before.printed_at, cast.alma)
    assert len(events(Tag.LETTER_PRINTED)) == 2


def test_a_letter_that_changed_after_it_was_read_is_read_again(cast: Cast, case: Case) -> None:
    letter = written(cast, clear(case))
    with pytest.raises(StaleEdit):
        printed(cast, letter, version=letter.version - 1)
    assert not events(Tag.LETTER_PRINTED)


def test_an_unclear_protection_stops_every_way(cast: Cast, case: Case) -> None:
    letter = written(cast, case)
    with pytest.raises(Refused, match="Ingen har kontrollerat"):
        printed(cast, letter)
    protect(cast, case, "SECRECY_MARKING", review_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="skulle ha följts upp"):
        printed(cast, letter)
    assert Letter.objects.get(pk=letter.pk).printed_at is None


def test_a_way_or_a_place_that_is_missing_is_refused(cast: Cast, case: Case) -> None:
    letter = facts.begun(cast, clear(case))
    with pytest.raises(Refused, match="Välj hur brevet"):
        printed(cast, letter, "duva")
    with pytest.raises(Refused, match="inte ifyllt: texten"):
        printed(cast, letter)


def test_signs_that_no_page_has_stop_the_print(cast: Cast) -> None:
    case = housed(cast, known(cast), street="Gatan 🙂 5")
    with pytest.raises(Refused, match="kan inte skrivas ut: 🙂"):
        printed(cast, written(cast, case), "direct")


def test_the_ways_to_a_person(cast: Cast, case: Case) -> None:
    letter = written(cast, clear(case))
    assert "Personnumret är inte känt" in ways(letter)["forwarding"]
    assert "inte sparade" in ways(letter)["direct"]
    assert ways(letter)["handed"] == ""
    kept = written(cast, housed(cast, known(cast)))
    assert set(ways(kept).values()) == {""}
    client = Case.objects.get(pk=kept.case_id).client
    client.address_review_on = timezone.localdate() - timedelta(days=1)
    client.save()
    assert "skulle ha omprövats" in ways(kept)["direct"]


@pytest.mark.parametrize(
    ("kind", "direct", "forwarding"),
    [
        ("SECRECY_MARKING", "inte får skickas direkt", ""),
        ("PROTECTED_REGISTRATION", "inte får skickas direkt", ""),
        ("FICTITIOUS_IDENTITY", "inte sparade", "ska inte gå genom Skatteverket"),
    ],
)
def test_a_protection_narrows_the_ways(cast: Cast, kind: str, direct: str, forwarding: str) -> None:
    case = known(cast)
    protect(cast, case, kind)
    found = ways(written(cast, case))
    assert direct in found["direct"]
    assert forwarding in found["forwarding"]
    assert bool(found["forwarding"]) == bool(forwarding)
    assert found["handed"] == ""


def test_the_ways_to_a_guardian(cast: Cast) -> None:
    case = known(cast)
    whose = child(cast, case)
    without = written(cast, case, guardian=guardian(cast, whose))
    assert "sparas inte" in ways(without)["direct"]
    assert "Personnumret är inte känt" in ways(without)["forwarding"]
    number = "199001019802"
    known_one = written(cast, case, guardian=guardian(cast, whose, "Ivar Varg", number=number))
    assert format_number(number) in pages(printed(cast, known_one, "forwarding"))[1]
    herself = guardian(cast, whose, "Åsa Öberg-Lind", is_case_person=True)
    own = written(cast, case, guardian=herself)
    assert ways(own)["forwarding"] == ""
    protect(cast, case, "FICTITIOUS_IDENTITY")
    assert "ska inte gå genom" in ways(own)["forwarding"]


def test_a_letter_to_a_guardian_follows_the_childs_protection_too(cast: Cast) -> None:
    case = known(cast)
    whose = child(cast, case)
    herself = guardian(cast, whose, "Åsa Öberg-Lind", is_case_person=True)
    own, hers = written(cast, case, guardian=herself), written(cast, case)
    mark = clients.add_mark(
        by=cast.alma, case=case, child=whose, kind="FICTITIOUS_IDENTITY", valid_from=timezone.localdate()
    )
    assert "ska inte gå genom" in ways(own)["forwarding"]
    assert ways(hers)["forwarding"] == ""
    mark.valid_from = mark.review_on = timezone.localdate() - timedelta(days=1)
    mark.save()
    with pytest.raises(Refused, match="Barnets eget skydd skulle ha följts upp"):
        printed(cast, own)
    printed(cast, hers)


def test_a_guardian_whose_right_has_ended_gets_no_letter(cast: Cast) -> None:
    case = known(cast)
    whose = guardian(cast, child(cast, case))
    letter = written(cast, case, guardian=whose)
    facts.ended(cast, whose)
    with pytest.raises(Refused, match="gäller inte i dag"):
        printed(cast, letter)


def test_the_ways_to_an_actor(cast: Cast) -> None:
    case = known(cast)
    letter = written(cast, case, actor=make_actor(contact="Rektorn\n\n Box 7\n200 10 Orten"))
    assert "bara post till personer" in ways(letter)["forwarding"]
    (page,) = pages(printed(cast, letter, "direct"))
    assert "En skola\nRektorn\nBox 7\n200 10 Orten" in page
    empty = make_actor(name="En till", contact=" ")
    assert "ingen adress i registret" in ways(written(cast, case, actor=empty))["direct"]


def test_a_letter_is_printed_within_a_second(cast: Cast) -> None:
    case = housed(cast, known(cast))
    letter = written(cast, case, "Vi ses snart. " * 200)
    printed(cast, letter, "forwarding")
    begun = time.process_time()
    printed(cast, letter, "forwarding")
    assert time.process_time() - begun < 1.0


def test_a_template_of_several_pages(cast: Cast, case: Case) -> None:
    long = template(cast, body="[[texten]]\n" + "En rad.\n" * 90)
    found = pages(printed(cast, written(cast, clear(case), template=long)))
    assert [f"{at} ({len(found)})" in page for at, page in enumerate(found, 1)] == [True] * len(found)
    assert len(found) > 1


def test_every_channel_has_an_answer(cast: Cast, case: Case) -> None:
    letter = written(cast, clear(case))
    assert set(ways(letter)) == set(Letter.Channel.values)
    with pytest.raises(Refused):
        delivery.delivery_of(letter, "duva", readers.handling(letter))

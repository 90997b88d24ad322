from pathlib import Path
from uuid import UUID, uuid4

import pytest

from audit import checkpoints, reading, sealing, trail, words
from audit.models import Event, EventRef
from audit.tags import Tag
from audit.trail import Actor, Ref

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alma")]
CASE, OTHER = Ref("casework.Case", "c1", "26-1"), Ref("casework.Case", "c2", "26-2")


@pytest.fixture
def log() -> None:
    """Ten events: 1-5 about 26-1, 6-9 about 26-2, 10 about both and named twice."""
    for number in range(9):
        trail.read(Tag.CASE_OPENED_BY, [CASE if number < 5 else OTHER])
    trail.read(Tag.SEARCHED, [CASE, OTHER, Ref("casework.Note", "n1", "26-1")])


def seqs(lines: object) -> list[int]:
    return [line.seq for line in lines]  # type: ignore[attr-defined]


def test_a_line_says_who_did_what_when_and_why(alma: Actor) -> None:
    words.register(roles={"kontaktperson": "Kontaktperson"}, codes={"call": "Samtal"})
    with trail.act(Tag.IDENTITY_REVEALED, refs=[CASE], reason_code="call") as event:
        event.add(fields=["identity"])
        trail.changed(("casework.Case", "c1", "changed", ["state"], "d"))
    line = reading.recent()[0]
    assert (line.actor, line.actor_id, line.role_label) == ("Alma Lind", "alma-id", "Kontaktperson")
    assert (line.sentence, line.case, line.reason) == ("visade identiteten", "26-1", "Samtal")
    assert (line.refs, line.fields, line.changes[0].fields) == ([CASE], ["identity"], ["state"])
    assert (line.session, line.address, line.request, line.unit) == ("s" * 16, "192.0.2.7", "r" * 32, "sektion-1")
    assert line.time == Event.objects.get().time


def test_every_tag_has_a_sentence_and_a_subject_and_an_act() -> None:
    assert set(words.SENTENCES) == set(Tag)
    assert all(tag.count(":") == 1 and len(tag) <= 64 for tag in Tag)
    assert words.sentence("old:thing") == "old:thing"
    assert words.role("unknown") == words.reason("unknown") == "unknown"
    words.register()


def test_a_written_reason_goes_before_its_code_and_is_gone_with_its_key(sealer: list[UUID | None]) -> None:
    trail.read(Tag.ADDRESS_REVEALED, [CASE], reason="Ringde 112", reason_code="call", owner=uuid4())
    trail.read(Tag.ADDRESS_REVEALED, [CASE], reason="Ringde 112", owner=UUID(int=0))
    gone, there = reading.recent()
    assert there.reason == "Ringde 112"
    assert gone.reason == reading.GONE


def test_an_owner_whose_key_fails_otherwise_is_an_error(sealer: list[UUID | None]) -> None:
    trail.read(Tag.ADDRESS_REVEALED, [CASE], reason="x")
    line = reading.recent()[0]
    line.body["id"] = "elsewhere"
    with pytest.raises(AssertionError):
        _ = line.reason
    assert sealing.unseal({}) == {}


def test_events_are_listed_newest_first_and_in_parts(log: None) -> None:
    assert seqs(reading.recent(3)) == [10, 9, 8]
    assert seqs(reading.recent(3, before=8)) == [7, 6, 5]
    assert seqs(reading.events_for_case("26-1")) == [10, 5, 4, 3, 2, 1]
    assert seqs(reading.events_for_case("26-1", limit=2, before=10)) == [5, 4]
    assert seqs(reading.events_by("alma-id", limit=1)) == [10]
    assert seqs(reading.events_about("n1")) == [10]
    assert reading.events_for_case("") == []


def test_pages_of_the_whole_log(log: None) -> None:
    page = reading.log_page("2", per_page=4)
    assert seqs(page) == [6, 5, 4, 3]
    assert (page.paginator.count, page.paginator.num_pages) == (10, 3)
    assert seqs(reading.log_page("99", per_page=4)) == [2, 1]
    assert seqs(reading.log_page(None, per_page=100)) == list(range(10, 0, -1))


def test_pages_of_a_case(log: None) -> None:
    page = reading.case_page("26-1", "2", per_page=4)
    assert seqs(page) == [2, 1]
    assert page.paginator.count == 6


def test_pages_of_an_empty_log() -> None:
    assert list(reading.log_page(1)) == []
    assert list(reading.case_page("26-1", 1)) == []
    assert reading.size() == 0


def test_when_somebody_was_last_in_a_case(log: None) -> None:
    assert reading.last_visit("26-1", "alma-id", Tag.CASE_OPENED_BY) == Event.objects.get(seq=5).time
    assert reading.last_visit("26-1", "bo-id", Tag.CASE_OPENED_BY) is None
    assert reading.last_visit("", "alma-id", Tag.CASE_OPENED_BY) is None


def test_the_state_of_the_log(log: None, signed: Path) -> None:
    before = reading.status()
    assert (before.events, before.checkpoint_size, before.checkpoint_at, before.witness) == (10, 0, None, "")
    checkpoints.take()
    (signed / "witness.jsonl").touch()
    trail.record(Tag.LOG_READ)
    after = reading.status()
    assert (after.checkpoint_size, after.since_checkpoint, after.witness) == (10, 1, "witness.jsonl")
    assert after.checkpoint_at is not None
    assert after.unguarded == []


def test_rows_are_named_by_number_and_case(log: None) -> None:
    assert str(Event.objects.get(seq=1)) == "1 case:open"
    assert str(EventRef.objects.filter(event=1).get()) == "1 casework.Case 26-1"


def test_a_code_has_one_name() -> None:
    words.register(codes={"test:one": "Ett"})
    words.register(codes={"test:one": "Ett"})
    with pytest.raises(ValueError, match="test:one: both Ett and Två"):
        words.register(codes={"test:one": "Två"})
    assert words.reason("test:one") == "Ett"

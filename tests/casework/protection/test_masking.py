"""Two persons decide about each hit: what is masked, what is left, and what stands elsewhere afterwards."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework import policy
from casework.cases.documents.models import Document, DocumentDetails
from casework.cases.exposure import actions as exposures
from casework.cases.exposure.models import ExposureIncident, ExposureWords
from casework.cases.models import Case, JournalNote
from casework.cases.rules import Refused
from casework.clients import numbers
from casework.clients.models import Client, Identity
from casework.clients.protection import files, masking_actions
from casework.clients.protection.models import HitState, MaskingHit
from casework.clients.relatives import actions as related
from casework.clients.relatives import indexing
from casework.clients.relatives.models import RelatedIndex, RelatedWords
from casework.records import SignedRow
from casework.signin.models import User
from casework.state import TransitionNotAllowed
from tests.casework.protection.conftest import begin, child_of, exposure, hits, told
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event

REPOSITORY = Path(__file__).resolve().parents[3]


def propose(by: User, hit: MaskingHit, mask: bool = True, why: str = "") -> MaskingHit:
    return masking_actions.propose_hit(by=by, hit=hit, mask=mask, why=why)


def decide(cast: Cast, hit: MaskingHit, mask: bool = True, why: str = "", exact: str = "") -> MaskingHit:
    propose(cast.alma, hit, mask, why)
    return masking_actions.decide_hit(by=cast.cecilia, hit=hit, exact=exact)


def test_a_signed_note_is_masked_by_two(cast: Cast, named: Case) -> None:
    note = told(cast, named)
    (hit,) = hits(begin(cast, named))
    done = decide(cast, hit)
    kept = JournalNote.objects.get(pk=note.pk)
    assert kept.content.open().text == "Jag ringde [maskerat] i dag."
    assert kept.version == 2
    assert (done.state, done.proposed_by, done.decided_by) == ("masked", cast.alma, cast.cecilia)
    assert done.decided_at is not None
    for tag in (Tag.HIT_PROPOSED, Tag.HIT_DECIDED):
        assert cases_of(last_event(tag)) == {named.number}
    with pytest.raises(SignedRow):
        kept.save()


def test_a_hit_is_left_with_a_reason(cast: Cast, named: Case) -> None:
    note = told(cast, named)
    (hit,) = hits(begin(cast, named))
    with pytest.raises(Refused, match="Skriv varför träffen"):
        propose(cast.alma, hit, mask=False, why=" ")
    with pytest.raises(Refused, match="Skriv inte av träffen"):
        propose(cast.alma, hit, mask=False, why="rosalinde är en blomma")
    done = decide(cast, hit, mask=False, why="Det är en blomma")
    assert (done.state, done.words.open().why) == ("left", "Det är en blomma")
    assert JournalNote.objects.get(pk=note.pk).content.open().text == "Jag ringde Rosalinde i dag."
    assert "blomma" not in str([line.body for line in events()])


def test_the_other_hits_of_the_text_follow(cast: Cast, named: Case) -> None:
    note = told(cast, named, "Rosalinde, Kvitsund och Rosalinde.")
    first, second, third = hits(begin(cast, named))
    decide(cast, second)
    decide(cast, third)
    decide(cast, first)
    assert JournalNote.objects.get(pk=note.pk).content.open().text == "[maskerat], [maskerat] och [maskerat]."


def test_nobody_decides_alone(cast: Cast, named: Case) -> None:
    told(cast, named)
    (hit,) = hits(begin(cast, named))
    with pytest.raises(Refused, match="Ingen har föreslagit"):
        masking_actions.decide_hit(by=cast.cecilia, hit=hit)
    propose(cast.alma, hit)
    with pytest.raises(Refused, match="En annan person beslutar"):
        masking_actions.decide_hit(by=cast.alma, hit=hit)
    propose(cast.cecilia, hit, mask=False, why="En blomma")
    with pytest.raises(Refused, match="En annan person beslutar"):
        masking_actions.decide_hit(by=cast.cecilia, hit=hit)
    assert masking_actions.decide_hit(by=cast.alma, hit=hit).state == "left"
    for act in (propose, lambda by, hit: masking_actions.decide_hit(by=by, hit=hit)):
        with pytest.raises(Refused, match="redan avgjord"):
            act(cast.cecilia, hit)


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "dag", "lo", "ada"])
def test_only_those_of_the_case_may(cast: Cast, named: Case, who: str) -> None:
    told(cast, named)
    user, change = getattr(cast, who), begin(cast, named)
    (hit,) = hits(change)
    for act in (
        lambda: propose(user, hit),
        lambda: masking_actions.decide_hit(by=user, hit=hit),
        lambda: masking_actions.finish_change(by=user, change=change),
    ):
        with pytest.raises(policy.Forbidden):
            act()


def rewrite(cast: Cast, incident: ExposureIncident, what: str) -> None:
    exposures.change_exposure(
        by=cast.alma, incident=incident, found_at=incident.found_at, happened_at=None, source="us",
        words=ExposureWords(what=what), version=incident.version,
    )  # fmt: skip


def test_a_text_that_has_changed_is_masked_by_its_exact_words(cast: Cast, named: Case) -> None:
    incident = exposure(cast, named, "Rosalinde Kvitsund")
    first, second = hits(begin(cast, named))
    rewrite(cast, incident, "Brev till Rosalinde Kvitsund, Rosalinde")
    for wrong in ("", " ", "Rosa Linde"):
        with pytest.raises(Refused, match="Texten har ändrats"):
            decide(cast, first, exact=wrong)
    decide(cast, first, exact="Rosalinde")
    kept = ExposureIncident.objects.get()
    assert kept.words.open().what == "Brev till [maskerat] Kvitsund, [maskerat]"
    assert kept.version == 3
    second.refresh_from_db()
    assert second.length == 0
    decide(cast, second, exact="Kvitsund")
    assert ExposureIncident.objects.get().words.open().what == "Brev till [maskerat] [maskerat], [maskerat]"


def test_a_reason_of_a_changed_text_is_taken_as_it_is(cast: Cast, named: Case) -> None:
    incident = exposure(cast, named, "Rosalinde")
    (hit,) = hits(begin(cast, named))
    rewrite(cast, incident, "Ett brev kom bort")
    assert decide(cast, hit, mask=False, why="Namnet är borta").state == "left"


@pytest.mark.parametrize("gone", ["row", "text"])
def test_a_text_that_is_gone_is_left(cast: Cast, named: Case, gone: str) -> None:
    told(cast, named)
    (hit,) = hits(begin(cast, named))
    hit.row, hit.field = (UUID(int=5), hit.field) if gone == "row" else (hit.row, "text.3")
    hit.save()
    with pytest.raises(Refused, match="finns inte längre"):
        decide(cast, hit)
    assert decide(cast, hit, mask=False, why="Borta").state == "left"


def test_a_childs_name_is_masked_with_what_she_is_found_by(cast: Cast, named: Case, number: str) -> None:
    child = child_of(cast, named)
    (hit,) = hits(begin(cast, named))
    decide(cast, hit)
    who = Client.objects.get(pk=child.client_id)
    assert who.identity.open().name == "Lill [maskerat]"
    assert numbers.by_name(Client.objects.all(), "Kvitsund") == []
    assert numbers.by_name(Client.objects.all(), "Lill") == [who]


def test_a_masked_number_is_no_number(cast: Cast, named: Case, number: str) -> None:
    child = child_of(cast, named, "Annat")
    who = Client.objects.get(pk=child.client_id)
    who.identity = Identity(given_name="Lill", number=number, number_kind="personnummer")
    who.save()
    (hit,) = hits(begin(cast, named))
    decide(cast, hit)
    kept = Client.objects.get(pk=child.client_id)
    assert (kept.identity.open().number, kept.identity.open().number_kind, kept.number_index) == ("", "", None)


@pytest.mark.parametrize(("field", "left"), [("name", "[maskerat]"), ("number", "Ove Kvist")])
def test_somebody_around_her_is_compared_by_what_is_left(
    cast: Cast, named: Case, number: str, field: str, left: str
) -> None:
    words = RelatedWords(
        name="Kvitsund" if field == "name" else "Ove Kvist", number=number if field == "number" else ""
    )
    facts = {"by": cast.alma, "case": named, "part": "network", "relation": "relative", "words": words}
    here, gone = related.add_related(**facts), related.add_related(**facts)
    related.end_related(by=cast.alma, related=gone, reason="Flyttat")
    for hit in hits(begin(cast, named)):
        decide(cast, hit)
    rows = set(RelatedIndex.objects.filter(related=here).values_list("what", "value"))
    assert rows == {("name", indexing.word_value(token)) for token in numbers.name_tokens(left)}
    assert not RelatedIndex.objects.filter(related=gone).exists()


def document(cast: Cast, case: Case) -> Document:
    made = Document(case=case, client_id=case.client_id, kind="doc_other", added_by=cast.alma)
    made.details = DocumentDetails(name="Intyg.pdf", about="För Rosalinde")
    made.save()
    return made


def test_a_document_is_looked_at_and_destroyed(cast: Cast, named: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone = document(cast, named), document(cast, named)
    gone.destroyed_at, gone.destroyed_by = timezone.now(), cast.alma
    gone.save()
    change = begin(cast, named)
    (file,) = [hit for hit in hits(change) if hit.is_file]
    assert (file.row, file.start, file.end, len(hits(change))) == (kept.pk, 0, 0, 3)
    monkeypatch.setattr(files, "destroy", [])
    with pytest.raises(Refused, match="kan inte förstöras"):
        decide(cast, file)
    destroyed: list[Any] = []
    files.destroy.append(lambda user, pk: destroyed.append((user, pk)))
    assert decide(cast, file).state == "masked"
    assert destroyed == [(cast.cecilia, kept.pk)]


@pytest.mark.parametrize("state", HitState.values)
def test_only_a_proposed_hit_is_decided(state: str) -> None:
    hit = MaskingHit()
    hit.__dict__["state"] = state
    for move, sources in ((hit.propose, ("found", "proposed")), (hit.cover, ("proposed",)), (hit.leave, ("proposed",))):
        hit.__dict__["state"] = state
        if state in sources:
            move()
        else:
            with pytest.raises(TransitionNotAllowed):
                move()


def test_nothing_else_writes_over_a_signed_text() -> None:
    rooms = ("audit", "casework", "contacts", "housing")
    calls = {
        str(path.relative_to(REPOSITORY))
        for room in rooms
        for path in (REPOSITORY / room).rglob("*.py")
        if re.search(r"\bsave_masked\(\)", path.read_text())
    }
    assert calls == {"casework/clients/protection/masking_actions.py"}

"""A print is begun: on what it rests, what is taken, whose it is, and what is warned of."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework import policy
from casework.cases.journal import actions as journal
from casework.cases.models import Case
from casework.cases.release import rules
from casework.cases.release.models import Release
from casework.cases.rules import Refused
from casework.clients.children import actions as children
from casework.clients.children import concern_actions
from casework.clients.children.models import Child, TalkWords
from casework.clients.relatives.models import RelatedPerson
from tests import factories
from tests.casework.release.making import EVERY, begin, disclose, pieces
from tests.cast import Cast
from tests.fixtures import cases_of, last_event


def test_each_chosen_piece_is_copied_and_sealed_for_its_owner(cast: Cast, case: Case) -> None:
    note = factories.make_step(cast.alma, case, text="Vi gick till banken.")
    journal.correct_note(by=cast.alma, note=note, text="Det var posten.")
    journal.note_opinion(by=cast.alma, note=note, text="Jag gick själv.")
    release = begin(cast.alma, case)
    assert (release.state, release.client_id, release.words.open().note) == (
        "marking", case.client_id, "Hämtas på måndag",
    )  # fmt: skip
    found = [piece.words.open() for piece in pieces(release)]
    assert [words.heading.split(",")[0].split(":")[0] for words in found] == [
        "Om ärendet", "Journal", "Till anteckningen ovan", "Till anteckningen ovan",
    ]  # fmt: skip
    assert "Vi gick till banken." in found[1].original
    assert [words.text for words in found[2:]] == ["Det var posten.", "Jag gick själv."]
    assert {piece.client_id for piece in pieces(release)} == {case.client_id}
    event = last_event(Tag.RELEASE_BEGUN)
    assert cases_of(event) == {case.number}
    assert {"casework.Release", "casework.Disclosure"} <= {ref.model for ref in event.refs}
    assert "banken" not in str(vars(event))


def test_only_what_happened_in_the_time_asked_for(cast: Cast, case: Case) -> None:
    today = timezone.localdate()
    factories.make_step(cast.alma, case, text="I dag.")
    factories.make_step(cast.alma, case, text="Förra veckan.", when=timezone.now() - timedelta(days=7))

    def told(since: date | None, until: date | None) -> str:
        release = begin(cast.alma, case, parts=["notes"], since=since, until=until)
        return " ".join(piece.words.open().text.split("\n")[0] for piece in pieces(release))

    assert told(None, None) == "Förra veckan. I dag."
    assert told(today, today) == "I dag."
    assert told(None, today - timedelta(days=1)) == "Förra veckan."


def test_pieces_with_others_in_them_are_warned_of(cast: Cast, case: Case, sven: RelatedPerson, child: Child) -> None:
    for text in ("Hon mår bra.", "Svens bil stod där.", "Qvirina sov.", "Öberg-Lind kom.", "Numret 191201019801."):
        factories.make_step(cast.alma, case, text=text)
    warned = {piece.words.open().text.split("\n")[0]: piece.warned for piece in pieces(begin(cast.alma, case))}
    assert [warned[text] for text in ("Hon mår bra.", "Svens bil stod där.", "Qvirina sov.", "Öberg-Lind kom.")] == [
        False, True, True, False,
    ]  # fmt: skip
    assert warned["Numret 191201019801."]


def test_an_adults_print_takes_nothing_of_a_child(cast: Cast, case: Case, sven: RelatedPerson, child: Child) -> None:
    said = TalkWords(said="Jag vill bo hos mormor")
    children.note_talk(by=cast.alma, child=child, talked_on=timezone.localdate(), held=True, words=said)
    concern_actions.note_concern(by=cast.alma, child=child, direction="made", at=timezone.now(), about="Vi såg")
    text = "\n".join(str(piece.words.open()) for piece in pieces(begin(cast.alma, case, parts=EVERY)))
    for secret in ("mormor", "Vi såg", "Qvirina", "Zaxberg", "Xerxolund", "191201019801"):
        assert secret not in text
    with pytest.raises(Refused, match="minst en del"):
        begin(cast.alma, case, parts=["child_talks"])


def test_a_childs_print_takes_the_childs_own_and_never_who_reported(cast: Cast, case: Case, child: Child) -> None:
    factories.make_step(cast.alma, case, text="Den vuxnas samtal.")
    said = TalkWords(said="Mamma Åsa ringde", wants="Vara hemma")
    children.note_talk(by=cast.alma, child=child, talked_on=timezone.localdate(), held=True, words=said)
    for direction, about in (("made", "Vi var oroliga"), ("received", "Grannen Ture hörde skrik")):
        concern_actions.note_concern(by=cast.alma, child=child, direction=direction, at=timezone.now(), about=about)
    release = begin(cast.alma, case, child=child, parts=EVERY)
    assert release.client_id == child.client_id
    found = {piece.words.open().text: piece for piece in pieces(release)}
    text = "\n".join(found)
    assert "Den vuxnas samtal." not in text
    assert "Bakgrund" not in text
    assert "Ture" not in text
    assert "OSL 26 kap. 5 §" in text
    assert "Vi var oroliga" in text
    assert {piece.client_id for piece in found.values()} == {child.client_id}
    assert next(piece for told, piece in found.items() if "ringde" in told).warned
    with pytest.raises(Refused, match="minst en del"):
        begin(cast.alma, case, child=child, parts=["notes"])


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"parts": []}, "minst en del"),
        ({"parts": ["recept"]}, "minst en del"),
        ({"parts": ["risks"]}, "inget att skriva ut"),
        ({"since": date(2026, 3, 2), "until": date(2026, 3, 1)}, "efter den sista"),
    ],
)
def test_what_cannot_be_printed_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        begin(cast.alma, case, **more)
    assert not Release.objects.exists()


@pytest.mark.parametrize("state", ["proposed", "refused"])
def test_without_a_decision_to_give_out_nothing_is_begun(cast: Cast, case: Case, state: str) -> None:
    with pytest.raises(Refused, match="Besluta om utlämnandet först"):
        begin(cast.alma, case, disclosure=disclose(cast.alma, case, state=state))


def test_a_disclosure_of_another_case_is_not_there(cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    with pytest.raises(policy.NotFound):
        begin(cast.cecilia, case, disclosure=disclose(cast.cecilia, other))


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "lo", "dag", "hanna", "ada"])
def test_nobody_else_begins(cast: Cast, case: Case, who: str) -> None:
    user = getattr(cast, who)
    assert not rules.can_begin(user, case)
    with pytest.raises(policy.Forbidden):
        begin(user, case, disclosure=disclose(cast.alma, case))

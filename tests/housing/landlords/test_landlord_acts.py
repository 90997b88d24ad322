"""The acts of the register of landlords, and that nothing in it is about somebody who rents."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import firstrun, policy
from casework.cases.rules import Refused
from casework.days import months_after
from casework.records import StaleEdit
from housing.landlords import actions, rules
from housing.landlords.models import (
    ContactWords,
    Cooperation,
    Landlord,
    LandlordWords,
    NoteWords,
    PilotFollowUp,
    Training,
)
from tests.cast import Cast
from tests.fixtures import events, last_event
from tests.housing.made import make_landlord

TODAY = timezone.localdate()
WORDS = LandlordWords(address="Storgatan 1", phone="040-100000", note="Ring på förmiddagen")
OUTSIDE = ["alma", "cecilia", "dag", "lo", "ada", "eva"]


def add(cast: Cast, **more: Any) -> Landlord:
    facts = {"by": cast.hanna, "name": "Nya Hem AB", "kind": "private", "pilot": True, "words": WORDS, **more}
    return actions.add_landlord(**facts)


def alter(cast: Cast, landlord: Landlord, **more: Any) -> Landlord:
    facts = {"by": cast.hanna, "name": "Hemmen", "kind": "public", "pilot": False, "active": False, "words": WORDS}
    return actions.change_landlord(landlord=landlord, **{**facts, "version": landlord.version, **more})


def train(cast: Cast, landlord: Landlord, **more: Any) -> Training:
    facts = {"held_on": TODAY, "held_by": "Fastighetsägarna", "content": "training_basics", "took_part": 4}
    return actions.note_training(**{"by": cast.hanna, "landlord": landlord, **facts, "next_on": None, **more})


def agree(cast: Cast, landlord: Landlord, **more: Any) -> Cooperation:
    facts = {"valid_from": TODAY, "valid_until": TODAY + timedelta(days=365), "homes_a_year": 2, "terms": "Två hem"}
    return actions.write_cooperation(**{"by": cast.hanna, "landlord": landlord, **facts, **more})


def follow(cast: Cast, landlord: Landlord, **more: Any) -> PilotFollowUp:
    facts = {"after": "m3", "held_on": TODAY, "result": "went_well", "goes_on": True, "text": "Snabba svar"}
    return actions.follow_pilot(**{"by": cast.hanna, "landlord": landlord, **facts, **more})


def test_a_landlord_is_written_and_changed(cast: Cast) -> None:
    landlord = add(cast)
    assert (str(landlord), landlord.words.open(), landlord.active) == ("Nya Hem AB", WORDS, True)
    assert last_event(Tag.LANDLORD_WRITTEN).refs[0].id == str(landlord.pk)
    changed = alter(cast, landlord)
    assert (changed.name, changed.kind, changed.active) == ("Hemmen", "public", False)
    with pytest.raises(StaleEdit):
        alter(cast, landlord)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"name": " "}, "vad hyresvärden heter"),
        ({"kind": "slott"}, "Välj slag"),
        ({"words": LandlordWords(note="Hon bodde på kvinnojouren")}, "inget om någon hyresgäst"),
    ],
)
def test_what_is_not_whole_or_about_a_tenant_is_refused(cast: Cast, more: dict[str, Any], message: str) -> None:
    landlord = make_landlord()
    with pytest.raises(Refused, match=message):
        add(cast, **more)
    with pytest.raises(Refused, match=message):
        alter(cast, landlord, **more)


def test_two_landlords_do_not_share_a_name(cast: Cast) -> None:
    add(cast)
    other = make_landlord()
    with pytest.raises(Refused, match="finns redan"):
        add(cast)
    with pytest.raises(Refused, match="finns redan"):
        alter(cast, other, name="Nya Hem AB")
    assert Landlord.objects.get(pk=other.pk).version == other.version


def test_contacts_come_and_go(cast: Cast) -> None:
    landlord = make_landlord()
    contact = actions.add_contact(by=cast.hanna, landlord=landlord, words=ContactWords(name="Ann", role="Uthyrare"))
    assert actions.end_contact(by=cast.hanna, contact=contact).ended_on == TODAY
    with pytest.raises(Refused, match="redan avslutad"):
        actions.end_contact(by=cast.hanna, contact=contact)
    with pytest.raises(Refused, match="vad kontakten heter"):
        actions.add_contact(by=cast.hanna, landlord=landlord, words=ContactWords(name=" "))
    with pytest.raises(Refused, match="hyresgäst"):
        actions.add_contact(by=cast.hanna, landlord=landlord, words=ContactWords(name="Ann", role="Polis"))
    assert "Ann" not in str(vars(last_event(Tag.LANDLORD_WRITTEN)))


def test_a_training_says_whether_a_first_home_should_wait(cast: Cast) -> None:
    private, public = make_landlord(), make_landlord(kind="public")
    assert (rules.lacks_training(private), rules.lacks_training(public)) == (True, False)
    train(cast, private, next_on=TODAY + timedelta(days=300))
    assert not rules.lacks_training(private)
    assert last_event(Tag.TRAINING_NOTED).refs[0].id == str(private.pk)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"held_on": TODAY + timedelta(days=1)}, "framåt i tiden"),
        ({"content": "x"}, "Välj innehåll"),
        ({"took_part": 0}, "hur många"),
        ({"next_on": TODAY}, "efter den som hölls"),
        ({"held_by": "Polisen"}, "hyresgäst"),
    ],
)
def test_a_training_that_cannot_be_is_refused(cast: Cast, more: dict[str, Any], message: str) -> None:
    landlord = make_landlord()
    with pytest.raises(Refused, match=message):
        train(cast, landlord, **more)
    assert not Training.objects.exists()


def test_an_agreement_stands_beside_the_earlier(cast: Cast) -> None:
    landlord = make_landlord()
    assert agree(cast, landlord).words.open() == NoteWords(text="Två hem")
    agree(cast, landlord, valid_from=TODAY + timedelta(days=366), valid_until=TODAY + timedelta(days=700))
    assert landlord.cooperations.count() == 2
    with pytest.raises(Refused, match="innan det börjar"):
        agree(cast, landlord, valid_until=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="hyresgäst"):
        agree(cast, landlord, terms="Bara klienter utan skulder")


def test_a_talk_is_signed_when_it_is_written(cast: Cast) -> None:
    landlord = make_landlord()
    talk = actions.note_talk(by=cast.hanna, landlord=landlord, talked_on=TODAY, text="Två lägenheter i höst")
    assert (talk.by, talk.words.open().text) == (cast.hanna, "Två lägenheter i höst")
    assert "lägenheter" not in str(vars(last_event(Tag.LANDLORD_TALKED)))
    for text, message in (("  ", "Skriv vad"), ("Hon är hotad", "hyresgäst")):
        with pytest.raises(Refused, match=message):
            actions.note_talk(by=cast.hanna, landlord=landlord, talked_on=TODAY, text=text)
    with pytest.raises(Refused, match="framåt"):
        actions.note_talk(by=cast.hanna, landlord=landlord, talked_on=TODAY + timedelta(days=1), text="Hej")


def test_the_co_operation_is_followed_up_once_for_each_time(cast: Cast) -> None:
    landlord = make_landlord(pilot=True)
    with pytest.raises(Refused, match="inget samarbete"):
        follow(cast, landlord)
    agree(cast, landlord, valid_from=TODAY - timedelta(days=100))
    with pytest.raises(Refused, match="inget samarbete"):
        follow(cast, landlord, held_on=TODAY - timedelta(days=101))
    assert follow(cast, landlord).result == "went_well"
    for more, message in (
        ({}, "redan gjord"),
        ({"after": "m4"}, "Välj tid"),
        ({"result": "x"}, "Välj tid"),
        ({"text": "Hon blev slagen"}, "hyresgäst"),
        ({"held_on": TODAY + timedelta(days=1)}, "framåt"),
    ):
        with pytest.raises(Refused, match=message):
            follow(cast, landlord, **more)
    assert len(events(Tag.PILOT_FOLLOWED)) == 1


@pytest.mark.parametrize("who", OUTSIDE)
def test_only_a_housing_coordinator_writes(cast: Cast, who: str) -> None:
    landlord, by = make_landlord(), getattr(cast, who)
    contact = actions.add_contact(by=cast.hanna, landlord=landlord, words=ContactWords(name="Ann"))
    for act in (
        lambda: add(cast, by=by),
        lambda: alter(cast, landlord, by=by),
        lambda: train(cast, landlord, by=by),
        lambda: agree(cast, landlord, by=by),
        lambda: follow(cast, landlord, by=by),
        lambda: actions.add_contact(by=by, landlord=landlord, words=ContactWords(name="A")),
        lambda: actions.end_contact(by=by, contact=contact),
        lambda: actions.note_talk(by=by, landlord=landlord, talked_on=TODAY, text="Hej"),
        lambda: actions.load_start(by=by),
    ):
        with pytest.raises(policy.Forbidden):
            act()


def test_setup_lays_in_those_that_are_missing(cast: Cast) -> None:
    assert {row.kind for row in actions.load_start(by=None)} == {"public", "city"}
    Landlord.objects.get(kind="city").delete()
    kept = Landlord.objects.get(kind="public")
    alter(cast, kept, name=kept.name)
    assert [row.kind for row in actions.load_start(by=cast.hanna)] == ["city"]
    assert not Landlord.objects.get(pk=kept.pk).active
    before = len(events(Tag.LANDLORD_WRITTEN))
    for lay_in in firstrun.on_setup:
        lay_in()
    assert len(events(Tag.LANDLORD_WRITTEN)) == before


@pytest.mark.parametrize(
    "text",
    [
        "Behovet B-7K2M9Q", "Ärende 26-48173-5", "Nummer 19900101-9802", "Får försörjningsstöd", "Är ensamstående",
        "En klient från oss", "Har skyddad identitet", "Rymde från sin exman", "Vårdnadstvist pågår",
    ],
)  # fmt: skip
def test_what_tells_of_a_tenant_is_found(text: str) -> None:
    assert rules.faults(text)


@pytest.mark.parametrize(
    "text",
    ["Fönstren byts i mars", "Hyran höjs 3 procent", "Två rum på 58 kvm, 9 400 kr", "Ring 040-10 00 00 efter kl. 13",
     "Avtalet gäller till 2027-12-31", "Portkoden byts, hissen fungerar"],
)  # fmt: skip
def test_what_is_about_houses_may_stand(text: str) -> None:
    assert rules.faults(text) == []


def test_training_next_forward(cast: Cast) -> None:
    landlord = make_landlord()
    for next_on, held in ((None, True), (TODAY + timedelta(days=1), True), (TODAY, False)):
        row = Training(landlord=landlord, held_on=TODAY, held_by="A", content="training_basics", next_on=next_on)
        with trail.act(Tag.IMPORTED):
            if held:
                row.save()
                continue
            with pytest.raises(IntegrityError, match="training_next_forward"), transaction.atomic():
                row.save()


def test_cooperation_time_forward(cast: Cast) -> None:
    landlord = make_landlord()
    for until, held in ((TODAY, True), (TODAY + timedelta(days=1), True), (TODAY - timedelta(days=1), False)):
        row = Cooperation(landlord=landlord, valid_from=TODAY, valid_until=until, words=NoteWords())
        with trail.act(Tag.IMPORTED):
            if held:
                row.save()
                continue
            with pytest.raises(IntegrityError, match="cooperation_time_forward"), transaction.atomic():
                row.save()


def test_leap_days_are_kept_as_days() -> None:
    assert months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_after(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_after(date(2026, 10, 31), 3) == date(2027, 1, 31)

"""The table itself: what no receiver outside may ever get, whatever anybody changes in it."""

from itertools import pairwise

import pytest

from casework.cases.disclosures import contents
from casework.cases.disclosures import rules as disclosures
from casework.cases.disclosures.models import DisclosureWords
from housing.needs.telling import FIELDS
from housing.stages import table
from housing.stages.models import Stage
from housing.tracks.models import Receiver

OUTSIDE = [receiver for receiver in Receiver if receiver != Receiver.COORDINATOR]
EVERY = [(receiver, stage) for receiver in Receiver for stage in Stage]
LANDLORDS = (Receiver.PUBLIC_LANDLORD, Receiver.PRIVATE_LANDLORD, Receiver.QUEUE)
ALL_OF_NEED = set(FIELDS) - {"threat"}
# The same table once more, stage by stage and whole: a change there has to be made here too, by somebody who thinks.
EXPECTED = {
    ("coordinator", "stage_token"): {"urgency", "waiting_since"},
    ("coordinator", "stage_profile"): ALL_OF_NEED,
    ("coordinator", "stage_matched"): ALL_OF_NEED | {"home"},
    ("coordinator", "stage_consented"): ALL_OF_NEED | {"home", "contact"},
    ("coordinator", "stage_named"): ALL_OF_NEED | {"home", "contact", "name"},
    ("provider", "stage_profile"): {"household", "children", "access", "urgency", "threat"},
    ("provider", "stage_consented"): {"household", "children", "access", "urgency", "threat", "contact"},
    ("provider", "stage_named"): {"household", "children", "access", "urgency", "threat", "contact", "name"},
    ("municipality", "stage_profile"): {
        "household", "children", "rooms", "avoid", "access", "pets", "urgency", "obstacles", "threat", "region",
    },
    ("municipality", "stage_consented"): {
        "household", "children", "rooms", "avoid", "access", "pets", "urgency", "obstacles", "threat", "region",
        "contact",
    },
    ("public_landlord", "stage_consented"): {
        "household", "children", "rooms", "areas", "access", "max_rent", "certificate", "contact",
    },
    ("public_landlord", "stage_named"): {
        "household", "children", "rooms", "areas", "access", "max_rent", "certificate", "contact", "name", "number",
    },
    ("private_landlord", "stage_matched"): {"home"},
    ("private_landlord", "stage_consented"): {"home", "household", "contact"},
    ("private_landlord", "stage_named"): {"home", "household", "contact", "name"},
    ("housing_queue", "stage_named"): {"name", "number"},
}  # fmt: skip


def test_each_stage_of_each_receiver_tells_what_is_written_here() -> None:
    found = {(r.value, stage.value): set(table.allowed(r, stage)) for r in Receiver for stage in table.stages_of(r)}
    assert found == EXPECTED


@pytest.mark.parametrize(("receiver", "stage"), EVERY)
def test_a_higher_stage_never_tells_less(receiver: str, stage: str) -> None:
    told = [table.allowed(receiver, one) for one in Stage]
    assert all(low <= high for low, high in pairwise(told))
    assert table.allowed(receiver, stage) <= set(table.LABELS)


def test_only_those_who_have_to_protect_her_are_told_of_a_threat() -> None:
    told = {receiver for receiver in Receiver if "threat" in table.allowed(receiver, Stage.NAMED)}
    assert told == {Receiver.MUNICIPALITY, Receiver.PROVIDER}


@pytest.mark.parametrize("receiver", LANDLORDS)
def test_no_landlord_is_told_what_stands_in_her_way_or_what_she_avoids(receiver: str) -> None:
    assert not table.allowed(receiver, Stage.NAMED) & {"threat", "avoid", "obstacles", "region", "urgency"}


def test_a_number_goes_only_where_a_lease_or_a_queue_of_the_municipality_needs_it() -> None:
    told = {receiver for receiver in Receiver if "number" in table.allowed(receiver, Stage.NAMED)}
    assert told == {Receiver.PUBLIC_LANDLORD, Receiver.QUEUE}


def test_who_she_is_stands_at_the_last_stage_alone() -> None:
    for receiver, stage in EVERY:
        assert stage == Stage.NAMED or not table.allowed(receiver, stage) & table.IDENTITY


def test_no_field_tells_what_a_child_is_called_or_where_she_is() -> None:
    told = set().union(*(table.allowed(receiver, Stage.NAMED) for receiver in Receiver))
    assert not told & {"household_names", "child_name", "address", "phone", "channels", "protection", "note"}
    assert told <= set(FIELDS) | {"home", "contact", "certificate", "name", "number"}


@pytest.mark.parametrize("receiver", OUTSIDE)
def test_whoever_outside_is_told_the_name_is_told_it_by_two(receiver: str) -> None:
    for stage in table.stages_of(receiver):
        grave = disclosures.is_grave(DisclosureWords(facts=table.facts(receiver, stage)))
        keys = table.allowed(receiver, stage)
        assert grave == bool(keys & {"name", "number", "home", "region"})


@pytest.mark.parametrize("receiver", OUTSIDE)
def test_every_field_of_a_stage_is_a_fact_of_its_disclosure(receiver: str) -> None:
    for stage in table.stages_of(receiver):
        keys, facts = table.allowed(receiver, stage), table.facts(receiver, stage)
        assert set(facts) <= set(contents.offered(None))
        beside = {fact for key, fact in table.FACT_OF.items() if key in keys}
        assert set(facts) - {table.need_fact(receiver)} == beside
        # A need is told whole or not at all, so that its fact never tells more than the stage does.
        assert keys & table.need_fields(receiver) in (set(), table.need_fields(receiver))


def test_addresses_name_every_receiver_and_stage_in_swedish() -> None:
    assert set(table.RECEIVERS.values()) == set(Receiver)
    assert set(table.STAGES.values()) == set(Stage)
    assert table.labels(frozenset({"name", "home", "rooms"})) == ["Rum, minst", "Bostaden", "Namn"]

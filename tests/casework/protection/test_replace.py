"""A new identity takes the old one's place at once, and every place where the old may stand is noted."""

from typing import Any

import pytest

from audit.models import Event
from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients import numbers
from casework.clients.children.models import Child
from casework.clients.models import Client, Identity
from casework.clients.protection.models import IdentityChange, MaskingHit
from casework.drafts import store
from casework.drafts.models import Draft
from casework.records import StaleEdit
from tests.casework.protection.conftest import NEW, begin, child_of, exposure, hits, told
from tests.cast import Cast
from tests.fixtures import cases_of, last_event
from tests.world import post_data


def test_the_old_identity_is_gone_and_found_by_nothing(cast: Cast, named: Case, number: str) -> None:
    change = begin(cast, named)
    client, everyone = Client.objects.get(pk=named.client_id), Client.objects.all()
    assert client.identity.open() == NEW
    assert (client.number_index, client.version) == (None, 2)
    assert numbers.by_name(everyone, "Rosalinde") == numbers.by_number(everyone, number) == []
    assert numbers.by_name(everyone, "Berit Ny") == [client]
    assert (change.state, change.begun_by, change.words.open().grounds) == ("open", cast.alma, "Beslut av domstol")
    assert cases_of(last_event(Tag.IDENTITY_CHANGE_BEGUN)) == {named.number}
    assert str(change) == str(change.pk)


def test_every_place_in_a_text_is_noted_by_where_it_is(cast: Cast, named: Case, number: str) -> None:
    note = told(cast, named, f"Rosalinde och Kvitsunds bror, {number[:8]}-{number[8:]}")
    change = begin(cast, named)
    found = hits(change, "JournalNote")
    assert [(hit.row, hit.group, hit.field, hit.start, hit.end) for hit in found] == [
        (note.pk, "content", "text", 0, 9),
        (note.pk, "content", "text", 14, 23),
        (note.pk, "content", "text", 30, 43),
    ]
    assert {(hit.length, hit.state, hit.client_id, hit.case_number()) for hit in found} == {
        (43, "found", named.client_id, named.number)
    }
    assert str(found[0]) == str(found[0].pk)


def test_her_childrens_texts_are_looked_through(cast: Cast, named: Case) -> None:
    child = child_of(cast, named)
    found = hits(begin(cast, named), "Client")
    assert [(hit.row, hit.client_id, hit.field) for hit in found] == [(child.client_id, child.client_id, "family_name")]


def test_another_persons_texts_are_left_alone(cast: Cast, named: Case, case: Case) -> None:
    told(cast, case, "Rosalinde var med.")
    child_of(cast, case)
    assert hits(begin(cast, named)) == []
    assert Child.objects.get().client.identity.open().family_name == "Kvitsund"


def test_no_text_of_hers_stands_in_the_log_or_in_a_hit(cast: Cast, named: Case, number: str) -> None:
    told(cast, named)
    begin(cast, named, grounds="Ovanligtord")
    bodies = b"".join(bytes(body) for body in Event.objects.values_list("body", flat=True))
    rows = repr(list(MaskingHit.objects.values()) + list(IdentityChange.objects.values()))
    for word in ("Rosalinde", "Kvitsund", "Berit", "Ovanligtord", number):
        assert word.encode() not in bodies
        assert word not in rows


def test_drafts_about_the_case_are_masked_at_once(cast: Cast, named: Case, case: Case) -> None:
    typed = {"path": "/", "post": post_data(text="Rosalinde kommer", place="home")}
    store.save(user=cast.alma, slot=f"step:{named.number}", case=named, **typed)
    store.save(user=cast.bo, slot=f"step:{case.number}", case=case, **typed)
    held = {"slot": store.HELD, "post": post_data(text="Kvitsund")}
    store.save(user=cast.alma, path=f"/arenden/{named.number}/steg/", **held)
    store.save(user=cast.bo, path=f"/arenden/{case.number}/steg/", **held)
    Draft.objects.create(user=cast.cecilia, slot=f"risk:{named.number}", case=named)
    begin(cast, named)
    texts = {
        draft.slot + draft.user.username: (draft.content.open().fields or {}).get("text")
        for draft in Draft.objects.all()
    }
    assert texts == {
        f"step:{named.number}alma": ["[maskerat] kommer"],
        f"step:{case.number}bo": ["Rosalinde kommer"],
        "heldalma": ["[maskerat]"],
        "heldbo": ["Kvitsund"],
        f"risk:{named.number}cecilia": None,
    }


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"grounds": " "}, "Skriv varför"),
        ({"grounds": "Hon hette rosalinde förut"}, "Skriv inte den tidigare identiteten"),
        ({"identity": Identity(given_name="Kvitsund", family_name="Rosalinde")}, None),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    cast: Cast, named: Case, number: str, more: dict[str, Any], message: str | None
) -> None:
    if message is None:
        more = {"identity": Identity(given_name="Kvitsund", family_name="Rosalinde", number=number)}
        message = "desamma som förut"
    with pytest.raises(Refused, match=message):
        begin(cast, named, **more)
    assert not IdentityChange.objects.exists()
    assert Client.objects.get(pk=named.client_id).identity.open().given_name == "Rosalinde"


def test_one_change_at_a_time_and_no_stale_one(cast: Cast, named: Case) -> None:
    with pytest.raises(StaleEdit):
        begin(cast, named, version=7)
    begin(cast, named)
    with pytest.raises(Refused, match="byter redan"):
        begin(cast, named, identity=Identity(given_name="Tredje"))


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "dag", "lo", "ada"])
def test_only_those_of_the_case_may(cast: Cast, named: Case, who: str) -> None:
    with pytest.raises(policy.Forbidden):
        begin(cast, named, by=getattr(cast, who))


def test_a_pseudonymous_person_gets_an_identity_only_by_correction(cast: Cast, named: Case) -> None:
    begin(cast, named, identity=Identity())
    client = Client.objects.get(pk=named.client_id)
    assert client.pseudonymous
    assert not client.name_index.exists()


def test_a_mutable_text_is_found_too(cast: Cast, named: Case) -> None:
    exposure(cast, named, "Brevet till Kvitsund")
    assert [hit.field for hit in hits(begin(cast, named), "ExposureIncident")] == ["what"]

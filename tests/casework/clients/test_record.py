"""The client's record: registered with a key of her own, changed by version, found by number and name."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients import actions, numbers, revealing
from casework.clients.models import Address, Channels, Client, Identity, ProtectionMark
from casework.crypto import keyring
from casework.crypto.keyring import Purpose
from casework.policy import Forbidden
from casework.records import StaleEdit
from tests import factories
from tests.cast import Cast
from tests.fixtures import last_event

TODAY = timezone.localdate()


def test_a_client_has_a_key_of_her_own_and_her_name_stands_nowhere_in_clear(cast: Cast) -> None:
    number = factories.test_number()
    client = factories.make_client(cast.cecilia, given_name="Åsa", family_name="Öberg", number=number)
    assert keyring.current_key(Purpose.CLIENT, client.pk).id == client.identity.key_id
    kept = Client.objects.get()
    assert kept.identity.open().name == "Åsa Öberg"
    assert kept.number_index == numbers.number_value(number)
    assert kept.name_index.count() == 3
    event = last_event(Tag.CLIENT_REGISTERED)
    assert event.refs[0] == client.ref()
    assert "Öberg" not in str(event.body)


def test_a_pseudonymous_client_has_no_identity(cast: Cast) -> None:
    client = factories.make_client(cast.cecilia, given_name="", family_name="")
    assert client.pseudonymous
    assert (client.number_index, client.name_index.count()) == (None, 0)
    with pytest.raises(ValueError, match="no identity"):
        actions.register_client(
            by=cast.cecilia,
            identity=Identity(number="191212121212"),
            address=Address(),
            channels=Channels(),
            pseudonymous=True,
        )
    with pytest.raises(Forbidden):
        factories.make_client(cast.alma)


def test_a_changed_identity_is_found_by_its_new_name_only(cast: Cast, case: Case) -> None:
    number = factories.test_number()
    changed = actions.change_identity(
        by=cast.alma,
        case=case,
        identity=Identity(given_name="Siv", family_name="Ny", number=number),
        version=case.client.version,
    )
    everyone = Client.objects.all()
    assert numbers.by_name(everyone, "siv NY") == numbers.by_number(everyone, number) == [changed]
    assert numbers.by_name(everyone, "Åsa") == []


def test_an_emptied_identity_is_pseudonymous(cast: Cast, case: Case) -> None:
    changed = actions.change_identity(by=cast.alma, case=case, identity=Identity(), version=case.client.version)
    assert changed.pseudonymous
    assert (changed.number_index, changed.name_index.count()) == (None, 0)


def test_a_kept_address_has_a_day_of_review_and_an_emptied_one_has_none(cast: Cast, case: Case) -> None:
    facts: dict[str, Any] = {"by": cast.alma, "case": case}
    with pytest.raises(ValueError, match="day of review"):
        actions.change_address(address=Address(town="Lund"), review_on=None, version=1, **facts)
    kept = actions.change_address(address=Address(town="Lund"), review_on=TODAY, version=1, **facts)
    assert (kept.address.open().town, kept.address_review_on) == ("Lund", TODAY)
    gone = actions.change_address(address=Address(), review_on=TODAY, version=2, **facts)
    assert (gone.address.open().known, gone.address_review_on) == (False, None)


def test_channels_are_changed_by_version_and_by_who_may(cast: Cast, case: Case) -> None:
    facts: dict[str, Any] = {"case": case, "channels": Channels(safe_way="Brev"), "version": 1}
    assert actions.change_channels(by=cast.alma, **facts).channels.open().safe_way == "Brev"
    with pytest.raises(StaleEdit):
        actions.change_channels(by=cast.alma, **facts)
    with pytest.raises(Forbidden):
        actions.change_channels(by=cast.bo, **facts)


def test_a_protection_is_added_sealed_and_ended_with_grounds(cast: Cast, case: Case) -> None:
    told = {"kind": "SECRECY_MARKING", "valid_from": TODAY, "decided_by": "Skatteverket"}
    mark = actions.add_mark(by=cast.alma, case=case, **told)
    assert mark.details.open().decided_by == "Skatteverket"
    assert str(mark) == str(mark.pk)
    facts: dict[str, Any] = {"by": cast.alma, "case": case, "mark": mark, "ended_on": TODAY}
    with pytest.raises(Refused, match="varför"):
        actions.end_mark(reason=" ", **facts)
    assert actions.end_mark(reason="Beslutet upphörde", **facts).ended_on == TODAY
    assert last_event(Tag.MARK_ENDED).reason == "Beslutet upphörde"
    with pytest.raises(Refused, match="redan avslutat"):
        actions.end_mark(reason="Igen", **facts)


def test_a_protection_does_not_end_before_it_began(cast: Cast, case: Case) -> None:
    mark = actions.add_mark(by=cast.alma, case=case, kind="SECRECY_MARKING", valid_from=TODAY)
    with pytest.raises(Refused, match="började gälla"):
        actions.end_mark(by=cast.alma, case=case, mark=mark, ended_on=TODAY - timedelta(days=1), reason="Fel")


def test_candidates_that_only_share_an_index_are_dropped(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbers.blindindex, "index", lambda kind, value: 1)
    a, b = (factories.make_client(cast.cecilia, given_name=n, number=factories.test_number()) for n in ("Ada", "Berit"))
    everyone = Client.objects.all()
    assert numbers.by_number(everyone, b.identity.open().number) == [b]
    assert numbers.by_name(everyone, "Ada") == [a]


@pytest.mark.parametrize("name", ["", " - ", "Åsa Berg", "Öber"])
def test_a_name_is_found_by_whole_words(cast: Cast, case: Case, name: str) -> None:
    everyone = Client.objects.all()
    assert numbers.by_name(everyone, name) == []
    for found in ("åsa", "ÖBERG-LIND", "Åsa Öberg", "Lind Åsa", "Öberg Lind"):
        assert numbers.by_name(everyone, found) == [case.client]


def test_groups_are_shown_as_a_person_reads_them(cast: Cast, case: Case) -> None:
    client = case.client
    assert revealing.GROUPS["adress"].values(client) == [("Adress", "Ingen adress är sparad här.")]
    client.address = Address(street="Gatan 1", postal_code="211 11", town="Malmö", note="Kod 1")
    client.address_review_on = date(2026, 12, 1)
    assert revealing.GROUPS["adress"].values(client) == [
        ("Adress", "Gatan 1, 211 11 Malmö"),
        ("Hitta dit", "Kod 1"),
        ("Omprövas", date(2026, 12, 1)),
    ]
    client.identity = Identity(given_name="Åsa", number="191212121212", language="Dari", interpreter=True)
    values = dict(revealing.GROUPS["identitet"].values(client))
    assert values == {"Namn": "Åsa", "Nummer": "19121212-1212", "Språk": "Dari, behöver tolk"}


@pytest.mark.parametrize(
    ("pseudonymous", "index", "holds"), [(True, None, True), (False, 5, True), (False, None, True), (True, 5, False)]
)
def test_client_pseudonymous_unindexed(
    cast: Cast, case: Case, pseudonymous: bool, index: int | None, holds: bool
) -> None:
    def change() -> int:
        with transaction.atomic(), trail.bulk(Tag.IMPORTED):
            return Client.objects.update(pseudonymous=pseudonymous, number_index=index)

    if holds:
        assert change() == 1
        return
    with pytest.raises(IntegrityError, match="client_pseudonymous_unindexed"):
        change()


@pytest.mark.parametrize(("ended", "holds"), [(None, True), (0, True), (5, True), (-1, False)])
def test_mark_ended_after_start(cast: Cast, case: Case, ended: int | None, holds: bool) -> None:
    actions.add_mark(by=cast.alma, case=case, kind="SECRECY_MARKING", valid_from=TODAY)
    ended_on = None if ended is None else TODAY + timedelta(days=ended)

    def change() -> int:
        with transaction.atomic(), trail.bulk(Tag.IMPORTED):
            return ProtectionMark.objects.update(ended_on=ended_on)

    if holds:
        assert change() == 1
        return
    with pytest.raises(IntegrityError, match="mark_ended_after_start"):
        change()

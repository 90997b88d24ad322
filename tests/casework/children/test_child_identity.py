"""A child's name and number are filled in or righted; a new identity takes the place of the old everywhere."""

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from casework.clients import actions as clients
from casework.clients.children import actions
from casework.clients.children.models import Child, TalkWords
from casework.clients.models import Client, Identity, NameIndex, ProtectionMark
from casework.clients.protection import actions as protection
from casework.clients.protection import masking_actions as masking
from casework.clients.protection.handling import CHANGE_OPEN, handling_of
from casework.clients.protection.models import IdentityChange, MaskingHit
from casework.policy import Forbidden, NotFound
from casework.records import StaleEdit
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, send, text


def url(child: Child, part: str) -> str:
    return f"/arenden/{child.case.number}/barn/{child.pk}/{part}/"


def fresh(child: Child) -> Client:
    return Client.objects.get(pk=child.client_id)


def test_a_number_is_filled_in_later(signed_in: SignIn, cast: Cast, case: Case) -> None:
    nameless = actions.add_child(
        by=cast.alma, case=case, identity=Identity(), alias="Mellersta barnet", lives_with=True
    )
    assert not nameless.born_on_known
    number = factories.test_number()
    data = {"given_name": "Ida", "number": number, "version": "1"}
    assert send(signed_in(cast.alma), url(nameless, "identitet"), **data).status_code == 302
    assert Child.objects.get(pk=nameless.pk).born_on_known
    assert fresh(nameless).identity.open().number == number
    assert cases_of(last_event(Tag.IDENTITY_CHANGED)) == {case.number}


def test_another_name_is_asked_about(signed_in: SignIn, cast: Cast, child: Child) -> None:
    client, data = signed_in(cast.alma), {"given_name": "Ida", "family_name": "Zaxberg", "version": "1"}
    assert "Har personen fått ett nytt namn" in text(send(client, url(child, "identitet"), **data))
    assert send(client, url(child, "identitet"), spelling="on", **data).status_code == 302
    assert fresh(child).identity.open().name == "Ida Zaxberg"


def test_only_who_writes_in_the_file_changes_it_and_by_version(cast: Cast, child: Child) -> None:
    with pytest.raises(Forbidden):
        actions.change_identity(by=cast.bo, child=child, identity=Identity(), version=1)
    with pytest.raises(StaleEdit):
        actions.change_identity(by=cast.alma, child=child, identity=Identity(), version=7)


def test_a_child_s_new_identity_is_masked_in_the_whole_household(
    signed_in: SignIn, cast: Cast, case: Case, child: Child
) -> None:
    factories.make_step(cast.alma, case, text="Vi hämtade Qvirina efter mötet.")
    actions.note_talk(
        by=cast.alma, child=child, talked_on=case.taken_in_on, held=True, words=TalkWords(said="Jag heter Qvirina.")
    )
    old_index = set(NameIndex.objects.filter(client=child.client_id).values_list("value", flat=True))
    data = {"given_name": "Ida", "family_name": "Ny", "version": "1", "grounds": "Beslut av Polismyndigheten"}
    answer = send(signed_in(cast.alma), url(child, "byt-identitet"), **data)
    assert answer.url == f"/arenden/{case.number}/skydd/maskering/"
    assert CHANGE_OPEN in handling_of(case.client).unclear
    change = IdentityChange.objects.select_related("case").get()
    assert change.client_id == child.client_id
    assert {hit.model for hit in MaskingHit.objects.all()} >= {"casework.JournalNote", "casework.ChildTalk"}
    for hit in MaskingHit.objects.select_related("change__case"):
        masking.propose_hit(by=cast.alma, hit=hit, mask=True, why="")
        masking.decide_hit(by=cast.cecilia, hit=MaskingHit.objects.select_related("change__case").get(pk=hit.pk))
    masking.finish_change(by=cast.cecilia, change=change)
    assert not NameIndex.objects.filter(client=child.client_id, value__in=old_index).exists()
    assert fresh(child).identity.open().name == "Ida Ny"
    page = text(signed_in(cast.alma).get(f"/arenden/{case.number}/"))
    assert "Vi hämtade [maskerat] efter mötet." in page
    assert "Qvirina" not in page


def test_one_change_at_a_time_in_a_household(cast: Cast, case: Case, child: Child, signed_in: SignIn) -> None:
    identity = Identity(given_name="Ida", family_name="Ny")
    protection.replace_identity(by=cast.alma, case=case, identity=identity, version=1, grounds="Beslut", child=child)
    data = {"given_name": "Berit", "family_name": "Ny", "version": str(Client.objects.get(pk=case.client_id).version)}
    page = text(send(signed_in(cast.alma), f"/arenden/{case.number}/skydd/byt-identitet/", grounds="Nytt", **data))
    assert "Någon i ärendet byter redan identitet" in page


def test_a_child_has_a_protection_of_her_own(signed_in: SignIn, cast: Cast, case: Case, child: Child) -> None:
    client, data = signed_in(cast.alma), {"kind": "SECRECY_MARKING", "valid_from": str(case.taken_in_on)}
    assert "Inget eget skydd är antecknat." in text(client.get(url(child, "")[:-1]))
    assert send(client, url(child, "skydd"), review_on="", decided_by="", **data).url == url(child, "")[:-1]
    mark = ProtectionMark.objects.get()
    assert (mark.client_id, mark.details.open().kind) == (child.client_id, "SECRECY_MARKING")
    page = text(client.get(url(child, "")[:-1]))
    assert "Sekretessmarkering" in page
    assert f"/arenden/{case.number}/skydd/{mark.pk}/avsluta/" in page
    assert "Sekretessmarkering" not in text(client.get(f"/arenden/{case.number}/skydd/"))
    protection.change_mark(by=cast.alma, case=case, mark=mark, review_on=None, decided_by="Skatteverket", version=1)
    clients.end_mark(by=cast.alma, case=case, mark=mark, ended_on=timezone.localdate(), reason="Upphörde")
    assert "Inget eget skydd är antecknat." in text(client.get(url(child, "")[:-1]))


def test_a_child_s_protection_is_not_reached_through_another_case(signed_in: SignIn, cast: Cast, child: Child) -> None:
    mark = clients.add_mark(
        by=cast.alma, case=child.case, kind="SECRECY_MARKING", valid_from=child.case.taken_in_on, child=child
    )
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.alma)
    assert signed_in(cast.alma).get(f"/arenden/{other.number}/skydd/{mark.pk}/avsluta/").status_code == 404
    with pytest.raises(NotFound):
        clients.add_mark(by=cast.alma, case=other, kind="SECRECY_MARKING", valid_from=other.taken_in_on, child=child)

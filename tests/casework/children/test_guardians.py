"""Guardians one by one, and the contact that was decided or agreed on."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.children import actions, guardian_actions, readers, rules
from casework.clients.children.models import Child, Guardian, GuardianWords, Visitation, VisitationWords
from casework.clients.models import Identity
from casework.records import StaleEdit
from tests.cast import Cast
from tests.fixtures import cases_of, last_event

TODAY = timezone.localdate()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def visit(cast: Cast, child: Child, **more: Any) -> Visitation:
    facts = {"by": cast.alma, "basis": "court", "valid_from": TODAY, "review_on": None}
    words = VisitationWords(terms="Varannan vecka")
    return guardian_actions.set_visitation(child=child, words=words, **{**facts, **more})


def test_a_guardian_may_nothing_until_it_is_said(cast: Cast, guardian: Guardian) -> None:
    assert not guardian.may_receive_location
    assert not guardian.may_consent
    assert guardian.seal_owner == guardian.child.client_id
    rights = {"may_receive_location": True, "may_consent": True}
    changed = guardian_actions.change_guardian(by=cast.alma, guardian=guardian, version=1, **rights)
    assert rules.may_tell_location(changed)
    assert rules.may_consent(changed)
    assert cases_of(last_event(Tag.GUARDIAN_CHANGED)) == {guardian.case.number}
    with pytest.raises(StaleEdit):
        guardian_actions.change_guardian(by=cast.alma, guardian=guardian, version=1, **rights)


def test_a_guardian_s_rights_end_with_her_time(cast: Cast, guardian: Guardian) -> None:
    for day, message in ((TOMORROW, "har inte kommit än"), (YESTERDAY, "före den dagen")):
        with pytest.raises(Refused, match=message):
            guardian_actions.end_guardian(by=cast.alma, guardian=guardian, ended_on=day)
    ended = guardian_actions.end_guardian(by=cast.alma, guardian=guardian, ended_on=TODAY)
    with pytest.raises(Refused, match="upphörde"):
        rules.check_may_consent(ended)
    rights = {"may_receive_location": True, "may_consent": True}
    with pytest.raises(Refused, match="redan avslutat"):
        guardian_actions.change_guardian(by=cast.alma, guardian=guardian, version=2, **rights)


def test_a_guardian_does_not_begin_ahead(cast: Cast, child: Child) -> None:
    with pytest.raises(Refused, match="har inte kommit än"):
        guardian_actions.set_guardian(
            by=cast.alma, child=child, basis="god_man", valid_from=TOMORROW, words=GuardianWords()
        )


def test_contact_is_noted_and_ended(cast: Cast, child: Child) -> None:
    row = visit(cast, child, review_on=TOMORROW)
    assert row.seal_owner == child.client_id
    with pytest.raises(Refused, match="Uppföljningen"):
        visit(cast, child, review_on=YESTERDAY)
    guardian_actions.end_visitation(by=cast.alma, visitation=row, ended_on=TODAY)
    with pytest.raises(Refused, match="redan avslutat"):
        guardian_actions.end_visitation(by=cast.alma, visitation=row, ended_on=TODAY)


def test_a_row_of_a_sibling_is_not_found(cast: Cast, case: Case, child: Child, guardian: Guardian) -> None:
    sibling = actions.add_child(by=cast.alma, case=case, identity=Identity(), alias="Yngsta", lives_with=True)
    assert readers.guardian_of(child, guardian.pk).pk == guardian.pk
    with pytest.raises(policy.NotFound):
        readers.guardian_of(sibling, guardian.pk)
    with pytest.raises(policy.NotFound):
        readers.visitation_of(sibling, visit(cast, child).pk)


@pytest.mark.parametrize("who", ["bo", "eva", "lo"])
def test_nobody_else_writes(cast: Cast, child: Child, guardian: Guardian, who: str) -> None:
    user = getattr(cast, who)
    with pytest.raises(policy.Forbidden):
        guardian_actions.end_guardian(by=user, guardian=guardian, ended_on=TODAY)
    with pytest.raises(policy.Forbidden):
        visit(cast, child, by=user)


@pytest.mark.parametrize(
    ("model", "constraint"), [(Guardian, "guardian_time_forward"), (Visitation, "visitation_time_forward")]
)
def test_time_goes_forward(cast: Cast, child: Child, guardian: Guardian, model: Any, constraint: str) -> None:
    visit(cast, child)
    assert model.objects.filter(ended_on=None).exists()
    for ended, fine in ((TODAY, True), (TOMORROW, True), (YESTERDAY, False)):
        with transaction.atomic(), connection.cursor() as cursor:
            if fine:
                cursor.execute(f"UPDATE {model._meta.db_table} SET ended_on = %s", [ended])
            else:
                with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
                    cursor.execute(f"UPDATE {model._meta.db_table} SET ended_on = %s", [ended])

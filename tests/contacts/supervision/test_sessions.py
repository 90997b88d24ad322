"""Planning a group supervision and taking it through its states."""

from contextlib import nullcontext
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.tags import Tag
from casework.cases.rules import Refused
from casework.policy import Forbidden
from casework.records import StaleEdit
from casework.signin.models import User
from contacts.supervision import actions, readers, rules
from contacts.supervision.models import GroupSession
from tests.cast import Cast
from tests.contacts.supervision.group import bring, in_days, make_group
from tests.factories import assign, make_case
from tests.fixtures import last_event


def test_a_session_is_planned_with_the_group(cast: Cast) -> None:
    group = make_group(cast.cecilia, cast.alma, cast.bo, state="planned", days=7)
    assert (group.state, group.led_by, group.section) == ("planned", cast.cecilia, cast.section)
    assert set(group.participants.all()) == {cast.alma, cast.bo}
    assert last_event(Tag.SUPERVISION_PLANNED).actor_id == str(cast.cecilia.pk)
    assert str(group) == str(group.pk)


def test_only_who_leads_the_section_plans(cast: Cast) -> None:
    assert rules.can_plan(cast.cecilia, cast.section)
    for user in (cast.alma, cast.edvin, cast.dag):
        assert not rules.can_plan(user, cast.section)
        with pytest.raises(Forbidden):
            actions.plan_session(by=user, section=cast.section, planned_at=in_days(1), participants=[cast.alma])


def test_a_group_is_of_the_sections_kontaktpersoner_on_a_day_to_come(cast: Cast) -> None:
    plan = {"by": cast.cecilia, "section": cast.section}
    with pytest.raises(Refused, match="minst en"):
        actions.plan_session(**plan, planned_at=in_days(1), participants=[])
    for stranger in (cast.eva, cast.cecilia, cast.hanna):
        with pytest.raises(Refused, match="aktiva kontaktpersoner"):
            actions.plan_session(**plan, planned_at=in_days(1), participants=[cast.alma, stranger])
    with pytest.raises(Refused, match="inte har passerat"):
        actions.plan_session(**plan, planned_at=in_days(-1), participants=[cast.alma])
    assert not GroupSession.objects.exists()


def test_time_and_group_are_changed_until_it_is_over(cast: Cast) -> None:
    group, later = make_group(cast.cecilia, cast.alma, state="planned"), in_days(3)
    changed = actions.change_session(
        by=cast.cecilia, session=group, planned_at=later, participants=[cast.bo], version=group.version
    )
    assert (changed.planned_at, list(changed.participants.all())) == (later, [cast.bo])
    with pytest.raises(StaleEdit):
        actions.change_session(
            by=cast.cecilia, session=group, planned_at=later, participants=[cast.bo], version=group.version
        )
    again = {"by": cast.cecilia, "session": changed, "participants": [cast.bo], "version": changed.version}
    with pytest.raises(Refused, match="inte har passerat"):
        actions.change_session(**again, planned_at=in_days(-2))
    with pytest.raises(Forbidden):
        actions.change_session(**{**again, "by": cast.alma}, planned_at=later)
    actions.move_session(by=cast.cecilia, session=changed, name="cancel")
    with pytest.raises(Refused, match="Inställd"):
        actions.change_session(**again, planned_at=later)
    assert not rules.can_change(cast.cecilia, GroupSession.objects.get())


def test_somebody_who_has_left_the_section_may_stay_and_who_brings_a_case_must(cast: Cast) -> None:
    case = make_case(cast.cecilia)
    assign(cast.cecilia, case, cast.alma)
    group = make_group(cast.cecilia, cast.alma, cast.bo)
    bring(cast.alma, group, case)
    User.objects.filter(pk=cast.bo.pk).update(section=cast.other)
    staff = readers.staff_for(group)
    assert set(staff) == {cast.alma, cast.bo}
    keep = {"by": cast.cecilia, "session": group, "planned_at": group.planned_at}
    changed = actions.change_session(**keep, participants=list(staff), version=group.version)
    assert set(changed.participants.all()) == {cast.alma, cast.bo}
    with pytest.raises(Refused, match="Alma Lind tar upp ett ärende"):
        actions.change_session(**keep, participants=[cast.bo], version=changed.version)
    actions.change_session(**keep, participants=[cast.alma], version=changed.version)


def test_a_session_begins_ends_and_is_not_begun_again(cast: Cast) -> None:
    group = make_group(cast.cecilia, cast.alma)
    assert last_event(Tag.SUPERVISION_MOVED).reason_code == "supervision:begin"
    with pytest.raises(Refused, match="Pågår"):
        actions.move_session(by=cast.cecilia, session=group, name="cancel")
    held = actions.move_session(by=cast.cecilia, session=group, name="finish")
    assert (held.state, held.ended_at is not None, held.version) == ("held", True, 3)
    for name in rules.MOVES:
        with pytest.raises(Refused, match="Genomförd"):
            actions.move_session(by=cast.cecilia, session=group, name=name)
    with pytest.raises(Forbidden):
        actions.move_session(by=cast.alma, session=group, name="finish")
    assert make_group(cast.cecilia, cast.alma, state="cancelled").ended_at is not None


def test_the_same_time_next_week(cast: Cast) -> None:
    group = make_group(cast.cecilia, cast.alma, cast.bo, state="held")
    User.objects.filter(pk=cast.bo.pk).update(is_active=False)
    following = actions.plan_again(by=cast.cecilia, session=group)
    days = (timezone.localdate(following.planned_at) - timezone.localdate(group.planned_at)).days
    assert (days, following.state, list(following.participants.all())) == (7, "planned", [cast.alma])
    clock = timezone.localtime(following.planned_at).time(), timezone.localtime(group.planned_at).time()
    assert clock[0] == clock[1]
    with pytest.raises(Refused, match="redan en handledning"):
        actions.plan_again(by=cast.cecilia, session=group)
    actions.move_session(by=cast.cecilia, session=following, name="cancel")
    assert actions.plan_again(by=cast.cecilia, session=group).state == "planned"
    with pytest.raises(Refused, match="Avsluta"):
        actions.plan_again(by=cast.cecilia, session=following)
    with pytest.raises(Forbidden):
        actions.plan_again(by=cast.alma, session=group)


@pytest.mark.parametrize(("ago", "ahead"), [(0, 7), (1, 6), (7, 7), (8, 6), (20, 1), (21, 7)])
def test_an_old_session_is_repeated_in_the_next_week_that_comes(cast: Cast, ago: int, ahead: int) -> None:
    group = make_group(cast.cecilia, cast.alma, state="held")
    group.planned_at = timezone.localtime() - timedelta(days=ago)
    group.save()
    following = actions.plan_again(by=cast.cecilia, session=group)
    assert (timezone.localdate(following.planned_at) - timezone.localdate()).days == ahead


NOW = timezone.now()


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({}, ""),
        ({"state": "going_on"}, ""),
        ({"state": "held", "ended_at": NOW}, ""),
        ({"state": "cancelled", "ended_at": NOW}, ""),
        ({"state": "held"}, "session_ended_whole"),
        ({"state": "cancelled"}, "session_ended_whole"),
        ({"ended_at": NOW}, "session_ended_whole"),
        ({"state": "going_on", "ended_at": NOW}, "session_ended_whole"),
        ({"state": "paused"}, "session_state_known|session_ended_whole"),
    ],
)
def test_the_database_keeps_a_session_whole(cast: Cast, values: dict[str, Any], broken: str) -> None:
    group = GroupSession(section=cast.section, led_by=cast.cecilia, planned_at=NOW, **values)
    with pytest.raises(IntegrityError, match=broken) if broken else nullcontext(), transaction.atomic():
        group.save()


def test_a_section_that_does_not_exist_is_nobodys(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        readers.led_section(cast.cecilia, uuid4())

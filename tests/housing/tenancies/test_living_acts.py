"""The acts while somebody lives in a home: waiver, steps, visits, alarms, and whether she still lives there."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.records import StaleEdit
from housing.tenancies import living_actions, readers
from housing.tenancies.models import (
    AlarmWords,
    TakeoverStep,
    Tenancy,
    TenancyAlarm,
    TenancyCheck,
    TenancyVisit,
)  # fmt: skip
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event
from tests.housing.tenancies.facts import (
    TODAY,
    ago,
    alarm,
    close,
    end,
    living,
    sign,
    step_all,
    taken_over,
    visit,
    waive,
)  # fmt: skip

AHEAD = TODAY + timedelta(days=1)


def settle(cast: Cast, row: TenancyAlarm, **more: Any) -> TenancyAlarm:
    return living_actions.settle_alarm(alarm=row, **{"by": cast.alma, "on": TODAY, "outcome": "Betald", **more})


def check(cast: Cast, tenancy: Tenancy, after: str = "check_6", **more: Any) -> TenancyCheck:
    return living_actions.check_living(tenancy=tenancy, after=after, **{"by": cast.alma, "lives_there": True, **more})


def step(cast: Cast, tenancy: Tenancy, **more: Any) -> TakeoverStep:
    facts = {"by": cast.alma, "step": "rent_paid", "on": TODAY}
    return living_actions.do_step(tenancy=tenancy, **{**facts, **more})


def test_a_waiver_is_noted_by_the_sektionschef_and_written_over(cast: Cast, case: Case) -> None:
    tenancy = sign(cast, case)
    waive(cast, tenancy, approval="", has_spouse=True)
    tenancy.refresh_from_db()
    assert (tenancy.waiver_on, tenancy.waiver_approval, tenancy.has_spouse) == (ago(5), "", True)
    assert tenancy.words.open().waiver == "Egen handling i akten"
    facts = {"approval": "hyresnamnden", "approved_on": ago(1), "has_spouse": True, "spouse_on": ago(2)}
    waive(cast, tenancy, **facts, until=AHEAD)
    tenancy.refresh_from_db()
    assert (tenancy.waiver_approved_on, tenancy.spouse_accepted_on, tenancy.waiver_until) == (ago(1), ago(2), AHEAD)
    assert cases_of(last_event(Tag.TENANCY_WRITTEN)) == {case.number}
    waive(cast, tenancy, spouse_on=ago(2))
    tenancy.refresh_from_db()
    assert (tenancy.has_spouse, tenancy.spouse_accepted_on) == (False, None)


def test_a_waiver_that_came_late_is_stale(cast: Cast, case: Case) -> None:
    tenancy = sign(cast, case)
    waive(cast, tenancy)
    with pytest.raises(StaleEdit):
        waive(cast, tenancy, version=1)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"document": " "}, "upprättad för sig"),
        ({"approval": "grannen"}, "godkännande i listan"),
        ({"approval": "hyresnamnden"}, "vilken dag hyresnämnden"),
        ({"approved_on": ago(1)}, "vilken dag hyresnämnden"),
        ({"on": AHEAD}, "framåt i tiden"),
        ({"approval": "hyresnamnden", "approved_on": AHEAD}, "framåt i tiden"),
        ({"has_spouse": True, "spouse_on": AHEAD}, "framåt i tiden"),
        ({"approval": "hyresnamnden", "approved_on": ago(6)}, "kan inte godkänna före"),
        ({"until": ago(6)}, "kan inte sluta före"),
    ],
)
def test_a_waiver_that_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    tenancy = sign(cast, case)
    with pytest.raises(Refused, match=message):
        waive(cast, tenancy, **more)
    tenancy.refresh_from_db()
    assert tenancy.waiver_on is None


def test_nobody_waives_what_is_her_own_and_the_kontaktperson_waives_nothing(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case)
    with pytest.raises(policy.Forbidden):
        waive(cast, tenancy, by=cast.alma)
    own = sign(cast, case, lease="transition", tenant="tenant_person")
    for found in (own, sign(cast, case, lease="first_hand", tenant="tenant_person")):
        with pytest.raises(Refused, match="själv på kontraktet"):
            waive(cast, found)
    end(cast, tenancy)
    with pytest.raises(Refused, match="ändras inte mer"):
        waive(cast, Tenancy.objects.select_related("case").get(pk=tenancy.pk))


def test_a_step_is_noted_once(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case)
    row = step(cast, tenancy)
    assert (row.step, row.done_on, row.by, row.case_number()) == ("rent_paid", TODAY, cast.alma, case.number)
    assert str(row) == str(row.pk)
    assert cases_of(last_event(Tag.TENANCY_STEP_DONE)) == {case.number}
    for more, message in (({}, "redan antecknat"), ({"step": "x"}, "i listan"), ({"on": AHEAD}, "framåt i tiden")):
        with pytest.raises(Refused, match=message):
            step(cast, tenancy, **more)
    with pytest.raises(IntegrityError), transaction.atomic(), trail.act(Tag.IMPORTED):
        TakeoverStep(tenancy=tenancy, client_id=case.client_id, step="rent_paid", by=cast.alma).save()


def test_no_step_is_left_after_the_takeover(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="redan ett eget"):
        step(cast, taken_over(cast, case))


def test_a_visit_says_when_the_next_is(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case)
    row = visit(cast, tenancy)
    tenancy.refresh_from_db()
    assert (row.visited_on, tenancy.next_visit_on) == (TODAY, TODAY + timedelta(days=30))
    assert (row.words.open().text, row.case_number(), str(row)) == ("Allt är bra", case.number, str(row.pk))
    assert cases_of(last_event(Tag.TENANCY_VISITED)) == {case.number}
    visit(cast, tenancy, next_on=None)
    tenancy.refresh_from_db()
    assert tenancy.next_visit_on is None


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"text": " "}, "Skriv vad ni såg"),
        ({"on": AHEAD}, "framåt i tiden"),
        ({"on": ago(11)}, "Kontraktet började"),
        ({"next_on": TODAY}, "en senare dag"),
    ],
)
def test_a_visit_that_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    tenancy = living(cast, case)
    with pytest.raises(Refused, match=message):
        visit(cast, tenancy, **more)
    assert not TenancyVisit.objects.exists()


def test_an_alarm_is_open_until_somebody_settles_it(cast: Cast, case: Case) -> None:
    row = alarm(cast, living(cast, case))
    assert (row.kind, row.settled_on, row.noted_by) == ("alarm_rent", None, cast.alma)
    assert (row.case_number(), str(row)) == (case.number, str(row.pk))
    done = settle(cast, row)
    done.refresh_from_db()
    assert (done.settled_on, done.settled_by, done.version) == (TODAY, cast.alma, 2)
    assert done.words.open() == AlarmWords(text="Hyran för mars", outcome="Betald")
    assert [cases_of(line) for line in events(Tag.TENANCY_ALARM)] == [{case.number}] * 2
    with pytest.raises(Refused, match="redan löst"):
        settle(cast, row)


def test_an_alarm_is_settled_after_the_end_too(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case)
    row = alarm(cast, tenancy)
    end(cast, tenancy)
    assert settle(cast, row).settled_on == TODAY
    with pytest.raises(Refused, match="ändras inte mer"):
        alarm(cast, Tenancy.objects.select_related("case").get(pk=tenancy.pk))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"kind": "alarm_noise"}, "i listan"),
        ({"text": " "}, "Skriv vad som har hänt"),
        ({"came_on": AHEAD}, "framåt i tiden"),
    ],
)
def test_an_alarm_that_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    tenancy = living(cast, case)
    with pytest.raises(Refused, match=message):
        alarm(cast, tenancy, **more)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"outcome": " "}, "Skriv hur det löstes"),
        ({"on": AHEAD}, "framåt i tiden"),
        ({"on": ago(3)}, "Larmet kom"),
    ],
)
def test_an_alarm_is_not_settled_like_this(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    row = alarm(cast, living(cast, case))
    with pytest.raises(Refused, match=message):
        settle(cast, row, **more)
    assert TenancyAlarm.objects.get().settled_on is None


def test_whether_she_still_lives_there_is_asked_once_each(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case, starts_on=ago(370))
    row = check(cast, tenancy)
    assert (row.after, row.asked_on, row.lives_there, row.by) == ("check_6", TODAY, True, cast.alma)
    assert (row.case_number(), str(row)) == (case.number, str(row.pk))
    assert not check(cast, tenancy, "check_12", lives_there=False).lives_there
    assert cases_of(last_event(Tag.TENANCY_CHECKED)) == {case.number}
    with pytest.raises(Refused, match="redan antecknat"):
        check(cast, tenancy)
    with pytest.raises(IntegrityError), transaction.atomic(), trail.act(Tag.IMPORTED):
        TenancyCheck(tenancy=tenancy, client_id=case.client_id, after="check_6", by=cast.alma, lives_there=True).save()


def test_nobody_asks_before_it_is_time(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case, starts_on=ago(200))
    for after, message in (("check_9", "Välj 6 eller 12"), ("check_12", "inte gått 12 månader")):
        with pytest.raises(Refused, match=message):
            check(cast, tenancy, after)
    with pytest.raises(Refused, match="inte gått 6 månader"):
        check(cast, sign(cast, case, starts_on=ago(400)))


def test_only_those_who_work_in_the_case_note_anything(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case, starts_on=ago(370))
    row = alarm(cast, tenancy)
    for stranger in (cast.bo, cast.eva, cast.edvin, cast.hanna, cast.lo):
        for act in (step, visit, alarm, check, waive):
            with pytest.raises(policy.Forbidden):
                act(cast, tenancy, by=stranger)
        with pytest.raises(policy.Forbidden):
            settle(cast, row, by=stranger)


def test_nothing_is_noted_in_a_closed_case(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    row = alarm(cast, living(cast, case, starts_on=ago(370)))
    monkeypatch.setattr(cases, "on_closing", [])
    close(cast, case)
    found = readers.get_tenancy(cast.cecilia, case.number, row.tenancy_id)
    for act in (step, visit, alarm, check, waive):
        with pytest.raises(Refused, match="Ärendet är avslutat"):
            act(cast, found, by=cast.cecilia)
    with pytest.raises(Refused, match="Ärendet är avslutat"):
        settle(cast, readers.get_alarm(found, row.pk), by=cast.cecilia)


def test_what_is_told_does_not_stand_in_clear(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case)
    settle(cast, alarm(cast, tenancy, text="Rosenbuske"), outcome="Rosenbuske")
    visit(cast, tenancy, text="Rosenbuske")
    waive(cast, Tenancy.objects.select_related("case").get(pk=tenancy.pk), document="Rosenbuske")
    for table in ("tenancy", "tenancyalarm", "tenancyvisit"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM housing_{table}")
            row = cursor.fetchone()
        clear = b"|".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row)
        assert b"Rosenbuske" not in clear
    assert "Rosenbuske" not in "".join(str(line) for line in events())


@pytest.mark.parametrize(
    ("more", "saved"),
    [({"settled_on": TODAY}, False), ({"settled_by": True}, False), ({"settled_on": TODAY, "settled_by": True}, True),
     ({}, True)],
)  # fmt: skip
def test_a_settled_alarm_says_when_and_by_whom(cast: Cast, case: Case, more: dict[str, Any], saved: bool) -> None:
    tenancy = living(cast, case)
    facts = {"tenancy": tenancy, "client_id": case.client_id, "kind": "alarm_rent", "noted_by": cast.alma}
    by = {"settled_by": cast.alma} if more.get("settled_by") else {}
    row = TenancyAlarm(**facts, **{**more, **by}, words=AlarmWords())
    if saved:
        with trail.act(Tag.IMPORTED):
            row.save()
        return
    with pytest.raises(IntegrityError, match="alarm_settled_whole"), transaction.atomic(), trail.act(Tag.IMPORTED):
        row.save()


def test_every_step_is_noted_before_the_takeover(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case)
    assert len(readers.steps_left(tenancy)) == 7
    step_all(cast, tenancy)
    assert readers.steps_left(tenancy) == []

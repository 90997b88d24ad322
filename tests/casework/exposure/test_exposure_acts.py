"""The acts: something has come out, what is done about it, and the end."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases import actions as cases
from casework.cases.exposure import actions, rules
from casework.cases.exposure.models import ExposureIncident, ExposureMeasure, ExposureWords, MeasureWords
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.crypto.fields import sealed_fields
from casework.records import StaleEdit
from casework.state import TransitionNotAllowed
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event

WORDS = ExposureWords(what="Kommunen", how="Ett brev", who_can_know="Mottagaren")


def ago(**time: float) -> datetime:
    return timezone.now() - timedelta(**time)


def report(cast: Cast, case: Case, **more: Any) -> ExposureIncident:
    facts = {"by": cast.alma, "found_at": ago(hours=1), "happened_at": ago(days=2), "source": "us", "words": WORDS}
    return actions.report_exposure(case=case, **{**facts, **more})


def change(cast: Cast, incident: ExposureIncident, **more: Any) -> ExposureIncident:
    facts = {"by": cast.alma, "found_at": incident.found_at, "happened_at": None, "source": "authority"}
    told = {"words": ExposureWords(what="Skolan", lessons="Läs två gånger"), "version": incident.version}
    return actions.change_exposure(incident=incident, **{**facts, **told, **more})


def measure(cast: Cast, incident: ExposureIncident, step: str = "warned", **more: Any) -> ExposureMeasure:
    facts = {"by": cast.alma, "done_at": timezone.now(), "not_needed": False, "note": "Ringde"}
    return actions.note_measure(incident=incident, step=step, **{**facts, **more})


def whole(cast: Cast, incident: ExposureIncident) -> ExposureIncident:
    for step in rules.Step.values:
        measure(cast, incident, step)
    return change(cast, incident)


def end_case(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setattr(cases, "on_closing", [])
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    return cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")


def test_an_exposure_is_reported(cast: Cast, case: Case) -> None:
    made = report(cast, case)
    made.refresh_from_db()
    assert (made.state, made.source, made.reported_by, made.closed_at) == ("open", "us", cast.alma, None)
    assert made.words.open() == WORDS
    assert str(made) == str(made.pk)
    assert cases_of(last_event(Tag.EXPOSURE_REPORTED)) == {case.number}


def test_what_came_out_does_not_stand_in_clear(cast: Cast, case: Case) -> None:
    incident = report(cast, case, words=ExposureWords(what="Rosenbuske"))
    measure(cast, incident, note="Rosenbuske")
    for model in (ExposureIncident, ExposureMeasure):
        assert (model, "words") in [(owner, field.name) for owner, field in sealed_fields()]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            row = b"|".join(
                bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in cursor.fetchone()
            )
        assert b"Rosenbuske" not in row


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"source": "grannen"}, "i listan"),
        ({"words": ExposureWords(what=" ")}, "Skriv vad som har röjts"),
        ({"found_at": timezone.now() + timedelta(hours=2)}, "i framtiden"),
        ({"happened_at": timezone.now() + timedelta(hours=1)}, "efter att den upptäcktes"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        report(cast, case, **more)
    incident = report(cast, case)
    with pytest.raises(Refused, match=message):
        change(cast, incident, **more)
    assert not events(Tag.EXPOSURE_CHANGED)


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "dag", "lo", "ada"])
def test_only_those_of_the_case_write(cast: Cast, case: Case, who: str) -> None:
    user, incident = getattr(cast, who), report(cast, case)
    assert not rules.can_report(user, case)
    assert not rules.can_write(user, incident)
    assert not rules.can_close(user, incident)
    for act in (report, change, measure):
        with pytest.raises(policy.Forbidden):
            act(cast, case if act is report else incident, by=user)  # type: ignore[operator]
    with pytest.raises(policy.Forbidden):
        actions.close_exposure(by=user, incident=incident)


def test_a_closed_case_still_takes_one(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = end_case(cast, case, monkeypatch)
    assert rules.can_report(cast.cecilia, ended)
    incident = report(cast, ended, by=cast.cecilia)
    assert measure(cast, incident, by=cast.cecilia).step == "warned"
    assert change(cast, incident, by=cast.cecilia).version == 2


def test_a_change_writes_over_and_says_who_was_late(cast: Cast, case: Case) -> None:
    incident = report(cast, case)
    stale = ExposureIncident.objects.get(pk=incident.pk)
    made = change(cast, incident)
    made.refresh_from_db()
    assert (made.source, made.happened_at, made.version) == ("authority", None, 2)
    assert made.words.open().lessons == "Läs två gånger"
    with pytest.raises(StaleEdit):
        change(cast, stale)


def test_it_is_not_found_after_something_was_done(cast: Cast, case: Case) -> None:
    incident = report(cast, case)
    measure(cast, incident, done_at=ago(minutes=30))
    with pytest.raises(Refused, match="innan röjningen upptäcktes"):
        change(cast, incident, found_at=ago(minutes=5))


def test_a_step_is_noted_once(cast: Cast, case: Case) -> None:
    incident = report(cast, case)
    made = measure(cast, incident)
    assert (made.done_by, made.not_needed, made.words.open().note) == (cast.alma, False, "Ringde")
    assert str(made) == str(made.pk)
    assert cases_of(last_event(Tag.EXPOSURE_MEASURED)) == {case.number}
    with pytest.raises(Refused, match="redan antecknat"):
        measure(cast, incident)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"step": "tidningen"}, "i listan"),
        ({"not_needed": True, "note": " "}, "varför"),
        ({"done_at": timezone.now() - timedelta(days=1)}, "innan röjningen upptäcktes"),
        ({"done_at": timezone.now() + timedelta(hours=1)}, "i framtiden"),
    ],
)
def test_a_measure_that_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    incident = report(cast, case)
    with pytest.raises(Refused, match=message):
        measure(cast, incident, **more)
    assert not ExposureMeasure.objects.exists()
    assert measure(cast, incident, not_needed=True, note="Samma källa").not_needed


def test_it_is_closed_when_everything_is_noted(cast: Cast, case: Case) -> None:
    incident = report(cast, case)
    with pytest.raises(Refused, match=r"Personen är varnad.*Spridda kopior är följda; Lärdomar"):
        actions.close_exposure(by=cast.cecilia, incident=incident)
    for step in rules.Step.values:
        measure(cast, incident, step)
    with pytest.raises(Refused, match=": Lärdomar"):
        actions.close_exposure(by=cast.cecilia, incident=incident)
    changed = change(cast, incident)
    with pytest.raises(policy.Forbidden):
        actions.close_exposure(by=cast.alma, incident=changed)
    done = actions.close_exposure(by=cast.cecilia, incident=changed)
    assert (done.state, done.closed_at is not None) == ("closed", True)
    assert cases_of(last_event(Tag.EXPOSURE_CLOSED)) == {case.number}


def test_what_is_closed_does_not_change(cast: Cast, case: Case) -> None:
    before = whole(cast, report(cast, case))
    done = actions.close_exposure(by=cast.cecilia, incident=before)
    assert not rules.can_write(cast.alma, done)
    assert not rules.can_close(cast.cecilia, done)
    for stage in (before, done):
        for act in (change, measure):
            with pytest.raises(Refused, match="avslutad"):
                act(cast, stage)  # type: ignore[operator]
        with pytest.raises(Refused, match="avslutad"):
            actions.close_exposure(by=cast.cecilia, incident=stage)
    with pytest.raises(TransitionNotAllowed):
        done.close()


def force(incident: ExposureIncident, **values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(f"{name} = %s" for name in values)
        cursor.execute(f"UPDATE {incident._meta.db_table} SET {names}", list(values.values()))


def test_exposure_state_known(cast: Cast, case: Case) -> None:
    incident = report(cast, case)
    with pytest.raises(IntegrityError, match=r"exposure_(state_known|closed_whole)"):
        force(incident, state="gone")
    constraint = next(c for c in ExposureIncident._meta.constraints if c.name == "exposure_state_known")
    assert "closed" in str(constraint)


@pytest.mark.parametrize(("state", "at"), [("closed", None), ("open", "2026-03-01 10:00:00")])
def test_exposure_closed_whole(cast: Cast, case: Case, state: str, at: str | None) -> None:
    incident = report(cast, case)
    with pytest.raises(IntegrityError, match="exposure_closed_whole"):
        force(incident, state=state, closed_at=at)
    force(incident, state="closed", closed_at="2026-03-01 10:00:00")
    force(incident, state="open", closed_at=None)


def test_measure_once(cast: Cast, case: Case) -> None:
    incident = report(cast, case)
    measure(cast, incident)
    measure(cast, incident, "police")
    facts = {"incident": incident, "client_id": incident.client_id, "done_by": cast.alma}
    with pytest.raises(IntegrityError), transaction.atomic(), trail.act(Tag.IMPORTED):
        ExposureMeasure(step="police", words=MeasureWords(), **facts).save()
    assert any(c.name == "measure_once" for c in ExposureMeasure._meta.constraints)

"""Something that protects a person has come out: it is reported, followed step by step, and closed when all is done."""

from datetime import datetime

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.exposure import rules
from casework.cases.exposure.models import ExposureIncident, ExposureMeasure, ExposureWords, MeasureWords
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.signin.models import User


def report_exposure(
    *, by: User, case: Case, found_at: datetime, happened_at: datetime | None, source: str, words: ExposureWords
) -> ExposureIncident:
    """Notes that something has come out; from `found_at` the clocks run. `source` is a value of Source.

    A closed case takes it too: what came out may be found long afterwards. Raises Forbidden, Refused (unknown source,
    nothing said of what came out, found ahead of now, happened after it was found).
    """
    rules.check_can_report(by, case)
    _check_facts(found_at, happened_at, source, words)
    with trail.act(Tag.EXPOSURE_REPORTED, by=by, refs=[case.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        incident = ExposureIncident(
            case=fresh,
            client_id=fresh.client_id,
            found_at=found_at,
            happened_at=happened_at,
            source=source,
            reported_by=by,
            words=words,
        )
        incident.save()
        event.touch(incident.ref())
        return incident


def change_exposure(
    *,
    by: User,
    incident: ExposureIncident,
    found_at: datetime,
    happened_at: datetime | None,
    source: str,
    words: ExposureWords,
    version: int,
) -> ExposureIncident:
    """Writes over what is known of an exposure, lessons too. A closed case is no hindrance, a closed exposure is.

    Raises Forbidden, Refused (as report_exposure; closed; found after something was done about it), StaleEdit.
    """
    rules.check_can_write(by, incident)
    _check_facts(found_at, happened_at, source, words)
    with trail.act(Tag.EXPOSURE_CHANGED, by=by, refs=[incident.case.ref(), incident.ref()]):
        fresh = _locked(incident)
        fresh.check_version(version)
        for done_at in fresh.measures.values_list("done_at", flat=True):
            rules.check_done_at(done_at, found_at, timezone.now())
        fresh.found_at, fresh.happened_at, fresh.source, fresh.words = found_at, happened_at, source, words
        fresh.save()
        return fresh


def note_measure(
    *, by: User, incident: ExposureIncident, step: str, done_at: datetime, not_needed: bool, note: str
) -> ExposureMeasure:
    """Notes that a step (a value of Step) is done, or judged not to be needed and why. Once for each step.

    Raises Forbidden, Refused (closed, unknown step, noted already, not needed without a reason, done before the
    exposure was found or ahead of now).
    """
    rules.check_can_write(by, incident)
    if step not in rules.Step.values:
        raise Refused("Välj ett av stegen i listan.")
    if not_needed and not note.strip():
        raise Refused("Skriv varför steget inte behövs.")
    with trail.act(Tag.EXPOSURE_MEASURED, by=by, refs=[incident.case.ref(), incident.ref()]) as event:
        fresh = _locked(incident)
        rules.check_done_at(done_at, fresh.found_at, timezone.now())
        if fresh.measures.filter(step=step).exists():
            raise Refused("Steget är redan antecknat. Ladda om sidan för att se det.")
        measure = ExposureMeasure(
            incident=fresh,
            client_id=fresh.client_id,
            step=step,
            done_at=done_at,
            done_by=by,
            not_needed=not_needed,
            words=MeasureWords(note=note),
        )
        measure.save()
        event.touch(measure.ref())
        return measure


def close_exposure(*, by: User, incident: ExposureIncident) -> ExposureIncident:
    """The sektionschef closes an exposure when every step is noted and the lessons are written; then it is fixed.

    Raises Forbidden, Refused (closed already, or what is missing, by name).
    """
    rules.check_can_close(by, incident)
    with trail.act(Tag.EXPOSURE_CLOSED, by=by, refs=[incident.case.ref(), incident.ref()]):
        fresh = _locked(incident)
        left = rules.missing(fresh.measures.values_list("step", flat=True), fresh.words.open().lessons)
        if left:
            raise Refused(f"Det här saknas innan röjningen kan avslutas: {'; '.join(left)}.")
        fresh.close()
        fresh.save()
        return fresh


def _locked(incident: ExposureIncident) -> ExposureIncident:
    """The exposure as it is now, after its case is locked. Raises Refused when it has been closed."""
    Case.objects.select_for_update().get(pk=incident.case_id)
    fresh = ExposureIncident.objects.select_for_update().select_related("case").get(pk=incident.pk)
    rules.check_going_on(fresh)
    return fresh


def _check_facts(found_at: datetime, happened_at: datetime | None, source: str, words: ExposureWords) -> None:
    if source not in ExposureIncident.Source.values:
        raise Refused("Välj var uppgifterna kom ut i listan.")
    if not words.what.strip():
        raise Refused("Skriv vad som har röjts.")
    rules.check_times(found_at, happened_at, timezone.now())

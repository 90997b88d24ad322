"""The page of one exposure: what came out, the steps with their clocks, and a form at each that is left."""

from django.http import HttpRequest, HttpResponse

from casework.acting import user_of
from casework.cases.exposure import readers, rules
from casework.cases.exposure.forms import MeasureForm
from casework.cases.exposure.models import ExposureIncident
from casework.cases.pages import case_form


def known(step: str) -> str:
    """A step's name as part of ids on the page; "" for what is no step."""
    return step if step in rules.Step.values else ""


def exposure_page(request: HttpRequest, incident: ExposureIncident, sent: MeasureForm) -> HttpResponse:
    """`sent` is the form that came back with something to put right; unbound when none was sent."""
    user, case = user_of(request), incident.case
    lines, words = readers.check_list(incident), incident.words.open()
    writes = rules.can_write(user, incident)
    at = known(sent.data.get("step", "")) if sent.is_bound else ""
    for line in lines:
        if writes and line.measure is None:
            line.form = sent if line.step == at else MeasureForm.at(line.step)
    more = {
        "incident": incident,
        "words": words,
        "lines": lines,
        "could_know": readers.could_know(incident),
        "may_write": writes,
        "may_close": rules.can_close(user, incident),
        "missing": rules.missing([line.step for line in lines if line.measure], words.lessons),
        "placed": any(line.form is sent for line in lines),
    }
    return case_form(request, case, sent, "Röjning", "", template="casework/exposure/exposure.html", **more)

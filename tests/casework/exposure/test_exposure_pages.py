"""The pages: the list of the sektionschef, the report, the check list with its forms, the change and the end."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases.exposure import actions, moments, readers, rules
from casework.cases.exposure.models import ExposureIncident, ExposureMeasure
from casework.cases.models import Case
from casework.cases.risk import readers as risk
from casework.cases.timeline import readers as timeline
from casework.clients import actions as clients
from casework.clients.models import Address
from tests import factories
from tests.casework.exposure.test_exposure_acts import ago, change, measure, report, whole
from tests.casework.risk.facts import assess
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, send, text


def url_of(case: Case, incident: ExposureIncident | None = None, more: str = "") -> str:
    return f"/arenden/{case.number}/rojning/" + (f"{incident.pk}/{more}" if incident else "")


def moment(name: str, **time: float) -> dict[str, str]:
    at = timezone.localtime() - timedelta(**time)
    return {f"{name}_0": at.strftime("%Y-%m-%d"), f"{name}_1": at.strftime("%H.%M")}


def data(**more: Any) -> dict[str, Any]:
    words = {"what": "Kommunens namn", "how": "Ett brev", "who_can_know": "Mottagaren"}
    return {**words, **moment("found_at", hours=1), "source": "us", **more}


def test_a_report_is_written_once_and_leads_to_the_check_list(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, form = signed_in(cast.alma), data(once=str(uuid4()))
    assert "Något har röjts" in text(client.get(f"/arenden/{case.number}/"))
    for _ in range(2):
        answer = send(client, url_of(case), **form)
    incident = ExposureIncident.objects.get()
    assert answer.url == url_of(case, incident)
    page = text(client.get(answer.url))
    for word in ("Röjningen är anmäld.", "Kommunens namn", "Ett brev", "Mottagaren", "Vet inte", "art. 33", "Senast"):
        assert word in page
    assert page.count("Anteckna steget") == len(rules.Step)
    assert "En röjning pågår." in text(client.get(f"/arenden/{case.number}/"))
    assert "Upptäckt" in text(client.get(url_of(case)))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"what": ""}, "Skriv vad som har röjts."),
        ({"source": ""}, "Svara på frågan: Var kom det ut?"),
        (moment("found_at", days=-2), "Tidpunkten får inte ligga i framtiden."),
        (moment("happened_at", minutes=2), "Det kan inte ha hänt efter att det upptäcktes."),
        ({"how": "x" * 8001}, "Korta den"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, Any], message: str
) -> None:
    assert message in text(send(signed_in(cast.alma), url_of(case), **data(**more)))
    assert not ExposureIncident.objects.exists()


def test_a_draft_of_a_report_is_kept(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert client.post(f"/utkast/exposure:{case.number}/", data(what="Halvskrivet")).status_code == 200
    page = text(client.get(url_of(case)))
    assert "Halvskrivet" in page
    assert "Släng utkastet" in page
    send(client, url_of(case), **data())
    assert "Halvskrivet" not in text(client.get(url_of(case)))


def test_a_step_is_noted_once_at_its_place(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, incident = signed_in(cast.alma), report(cast, case)
    form = {"step": "police", "note": "Talade med <jour>", **moment("done_at"), "once": str(uuid4())}
    for _ in range(2):
        assert send(client, url_of(case, incident), **form).url == f"{url_of(case, incident)}#steg-police"
    assert ExposureMeasure.objects.count() == 1
    page = text(client.get(url_of(case, incident)))
    assert "Talade med &lt;jour&gt;" in page
    assert page.count("Anteckna steget") == len(rules.Step) - 1
    again = text(send(client, url_of(case, incident), **{**form, "once": str(uuid4())}))
    assert "Steget är redan antecknat." in again


@pytest.mark.parametrize(
    ("more", "message", "opened"),
    [
        ({"not_needed": "on", "note": ""}, "Skriv varför steget inte behövs.", 1),
        (moment("done_at", days=3), "innan röjningen upptäcktes", 1),
        ({"done_at_1": ""}, "Fyll i både datum och klockslag.", 1),
        ({"step": "tidningen"}, "Välj något av alternativen i listan.", 0),
    ],
)
def test_a_step_that_is_wrong_comes_back_open(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, Any], message: str, opened: int
) -> None:
    incident = report(cast, case)
    form = {"step": "risk", "note": "Gjord", **moment("done_at"), **more}
    page = text(send(signed_in(cast.alma), url_of(case, incident), **form))
    assert message in page
    assert page.count('<details class="no-print" open>') == opened
    assert not ExposureMeasure.objects.exists()


def test_late_clocks_are_said(signed_in: SignIn, cast: Cast, case: Case) -> None:
    incident = report(cast, case, found_at=ago(days=4), happened_at=None)
    measure(cast, incident, "gdpr33")
    measure(cast, incident, "lex_sarah", not_needed=True, note="Bedömt")
    page = text(signed_in(cast.alma).get(url_of(case, incident)))
    for word in ("Skulle ha varit gjort", "Gjort för sent, senast", "Behövs inte, bedömt", "Bedömt"):
        assert word in page


def test_an_edit_that_comes_late_shows_both(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, incident = signed_in(cast.alma), report(cast, case, found_at=ago(hours=1))
    address = url_of(case, incident, "andra/")
    assert "Mottagaren" in text(client.get(address))
    change(cast, incident, found_at=ago(hours=1))
    page = text(send(client, address, **data(what="Mitt", lessons="", version="1")))
    for word in ("Någon annan hann ändra", "Mitt", "Skolan", "Läs två gånger", 'name="version" value="2"'):
        assert word in page
    form = data(what="Båda", lessons="Läs", version="2", once=str(uuid4()))
    for _ in range(2):
        assert send(client, address, **form).url == url_of(case, incident)
    fresh = ExposureIncident.objects.get()
    assert (fresh.version, fresh.words.open().what) == (3, "Båda")


def test_the_sektionschef_closes_and_then_it_is_fixed(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, incident = signed_in(cast.cecilia), report(cast, case)
    assert "Det här saknas:" in text(client.get(url_of(case, incident)))
    refused = text(send(client, url_of(case, incident, "avsluta/")))
    assert "Det här saknas innan röjningen kan avslutas" in refused
    whole(cast, incident)
    assert url_of(case, incident, "avsluta/") in text(client.get(url_of(case, incident)))
    assert send(client, url_of(case, incident, "avsluta/")).url == url_of(case, incident)
    page = text(client.get(url_of(case, incident)))
    assert "Röjningen är avslutad." in page
    assert "Ändra röjningen" not in page
    assert "En röjning pågår." not in page
    late = send(client, url_of(case, incident), step="risk", note="", **moment("done_at"))
    assert "ändras inte mer" in text(late)
    assert send(signed_in(cast.alma), url_of(case, incident, "avsluta/")).status_code == 403


def test_the_list_is_of_the_sections_own_and_says_nothing_of_what(signed_in: SignIn, cast: Cast, case: Case) -> None:
    foreign = factories.make_case(cast.edvin)
    for left in (0, 1, len(rules.Step)):
        incident = report(cast, case, found_at=ago(days=4), happened_at=None)
        for step in rules.Step.values[left:]:
            measure(cast, incident, step, not_needed=True)
    report(cast, foreign, by=cast.edvin)
    page = text(signed_in(cast.cecilia).get("/rojningar/"))
    assert "Kommunen" not in page
    for word in (case.number, case.pseudonym, "1 tid har passerat", "8 tider har passerat", "Inget är försenat"):
        assert word in page
    assert foreign.number not in page
    assert cases_of(last_event(Tag.EXPOSURES_READ)) == {case.number}
    assert "Inga röjningar" not in page
    assert signed_in(cast.alma).get("/rojningar/").status_code == 403


def test_an_empty_list_says_where_to_report(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.cecilia)
    assert "Inga röjningar" in text(client.get("/rojningar/"))
    assert 'href="/rojningar/"' in text(client.get("/rojningar/"))


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("edvin", 404), ("lo", 403), ("dag", 404)])
def test_nobody_else_sees_it(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    client, incident = signed_in(getattr(cast, who)), report(cast, case)
    for address in (url_of(case), url_of(case, incident), url_of(case, incident, "andra/")):
        assert client.get(address).status_code == status
        assert send(client, address, **data()).status_code == status


def test_one_of_another_case_is_not_there(signed_in: SignIn, cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    incident = report(cast, other, by=cast.cecilia)
    assert signed_in(cast.cecilia).get(url_of(case, incident)).status_code == 404


def test_what_could_be_known_is_told_by_counts(cast: Cast, case: Case) -> None:
    before = report(cast, case, found_at=ago(days=2), happened_at=None)
    lines = readers.could_know(before)
    assert lines[:2] == ["Namn eller personnummer: ja", "Adress sparad: nej"]
    assert "Journal: inga anteckningar" in lines
    factories.make_step(cast.alma, case)
    day = timezone.localdate() + timedelta(days=9)
    address, version = Address(street="Gatan 1"), case.client.version
    clients.change_address(by=cast.alma, case=case, address=address, review_on=day, version=version)
    now = readers.incident_of(Case.objects.get(pk=case.pk), report(cast, case, found_at=timezone.now()).pk)
    lines = readers.could_know(now)
    factories.make_step(cast.alma, case)
    later = report(cast, case, found_at=timezone.now())
    assert f"Journal: 2 anteckningar sedan {timezone.localdate()}" in readers.could_know(later)
    assert "Adress sparad: ja" in lines
    assert f"Journal: 1 anteckning sedan {timezone.localdate()}" in lines
    assert lines[-1] == "Barn: inga"


def test_the_timeline_tells_that_and_never_what(cast: Cast, case: Case) -> None:
    incident = whole(cast, report(cast, case))
    actions.close_exposure(by=cast.cecilia, incident=incident)
    days = timeline.page(case, kind="exposure").days  # type: ignore[attr-defined]
    titles = [shown.entry.title for day in days for shown in day.shown]
    assert {"En röjning upptäcktes", "Röjningen avslutades", "Röjning: Polisen"} <= set(titles)
    assert len(titles) == 2 + len(rules.Step)
    assert not list(moments.moments(case, timezone.now()))
    assert len(list(moments.moments(case, ago(days=1)))) == len(titles)
    assert moments.show([("found", uuid4())]) == {}


def test_an_exposure_calls_for_a_new_risk_assessment(signed_in: SignIn, cast: Cast, case: Case) -> None:
    assess(cast, case)
    assert risk.reassess(case) == []
    assert send(signed_in(cast.alma), url_of(case), **data()).status_code == 302
    assert [reason for reason, _ in risk.reassess(case)] == ["Något har röjts"]

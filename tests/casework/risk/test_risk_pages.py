"""The pages of risk: what holds now, what was thought before, and the form."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from casework.cases.models import Case
from casework.cases.risk.models import RiskAssessment
from casework.drafts.models import Draft
from tests import factories
from tests.casework.risk.facts import TODAY, ago, assess, closed, data
from tests.cast import Cast
from tests.fixtures import SignIn, send, text


def url_of(case: Case, rest: str = "") -> str:
    return f"/arenden/{case.number}/risk/{rest}"


def test_a_case_without_an_assessment_says_so(signed_in: SignIn, cast: Cast, case: Case) -> None:
    body = text(signed_in(cast.alma).get(url_of(case)))
    assert "Ingen riskbedömning än" in body
    assert "Gör den första riskbedömningen" in body


def test_an_assessment_is_signed_once_and_shown(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, form = signed_in(cast.alma), data()
    for _ in range(2):
        assert send(client, url_of(case, "ny/"), **form).url == url_of(case)
    made = RiskAssessment.objects.get()
    assert (made.instrument, made.own_level, made.assessor_level, made.gap) == ("patriark", "low", "high", True)
    body = text(client.get(url_of(case)))
    for word in ("Riskbedömningen är signerad.", "PATRIARK", "Låg", "Hög", "De har gett upp", "De letar"):
        assert word in body
    for word in ("De ser olika på risken", "Vi talade om kusinen", "Byta väg", "#down", "#up", "Alma Lind"):
        assert word in body
    assert "Gammal:" not in body


def test_what_she_has_not_said_is_no_difference(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert send(client, url_of(case, "ny/"), **data(own_level="unsaid", gap="")).status_code == 302
    assert RiskAssessment.objects.get().own_level == ""
    body = text(client.get(url_of(case)))
    assert "Hon har inte sagt hur stor risken är." in body
    assert "De ser olika" not in body


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"gap": ""}, "Skriv vad ni har talat om."),
        ({"result": ""}, "Skriv instrumentets resultat"),
        ({"instrument": ""}, "Välj instrument."),
        ({"assessor_view": ""}, "Skriv hur du ser på risken."),
        ({"own_level": ""}, "Svara på frågan: Hur stor är risken, enligt henne själv?"),
        ({"own_level": "huge"}, "Välj något av alternativen"),
        ({"assessor_level": ""}, "Svara på frågan: Hur stor är risken, enligt dig?"),
        ({"assessed_on": str(TODAY + timedelta(days=1))}, "får inte ligga i framtiden"),
        ({"assessed_on": "i går"}, "Skriv datumet så här"),
        ({"review_on": ""}, "Fyll i vilken dag bedömningen görs om senast."),
        ({"review_on": str(TODAY)}, "Välj en dag efter bedömningen."),
        ({"review_on": str(TODAY + timedelta(days=200))}, "Bedömningen görs om inom 6 månader."),
        ({"measures": "x" * 4001}, "Korta den"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, Any], message: str
) -> None:
    body = text(send(signed_in(cast.alma), url_of(case, "ny/"), **data(**more)))
    assert message in body
    assert "De har gett upp" in body
    assert not RiskAssessment.objects.exists()


def test_the_form_begins_with_why_it_is_done_now(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert 'value="first"' in checked(text(client.get(url_of(case, "ny/"))))
    assess(cast, case, instrument="sam")
    body = text(client.get(url_of(case, "ny/")))
    assert 'value="planned"' in checked(body)
    assert 'value="sam" selected' in body
    factories.make_step(cast.alma, case, place="community", place_type="shop", exposure="recognised")
    body = text(client.get(url_of(case, "ny/")))
    assert 'value="exposed"' in checked(body)
    for page in (body, text(client.get(url_of(case)))):
        assert "Någon kan ha känt igen henne under ett stödsteg" in page


def checked(body: str) -> str:
    """The one box that is chosen."""
    (found,) = [part for part in body.split("<input") if " checked" in part.split(">")[0]]
    return found


def test_a_draft_is_kept_and_gone_when_signed(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    kept = client.post(f"/utkast/risk:{case.number}/", data(own_view="Halvt skrivet", once=str(uuid4())))
    assert kept.status_code == 200
    body = text(client.get(url_of(case, "ny/")))
    assert "Halvt skrivet" in body
    assert "Släng utkastet" in body
    send(client, url_of(case, "ny/"), **data())
    assert not Draft.objects.exists()


def test_an_old_assessment_says_so_and_those_before_it_are_read(signed_in: SignIn, cast: Cast, case: Case) -> None:
    first = assess(cast, case, assessed_on=ago(90), review_on=ago(50), own_level="", result="Det första")
    assess(cast, case, assessed_on=ago(50), review_on=ago(1))
    client = signed_in(cast.cecilia)
    body = text(client.get(url_of(case)))
    for word in (
        f"Gammal: skulle ha gjorts om {ago(1)}",
        "Tidigare bedömningar",
        "Inte sagt",
        url_of(case, f"{first.pk}/"),
    ):
        assert word in body
    assert "Det första" not in body
    assert "Det första" in text(client.get(url_of(case, f"{first.pk}/")))
    assert client.get(url_of(case, f"{uuid4()}/")).status_code == 404


def test_a_closed_case_is_read_and_not_written_in(signed_in: SignIn, cast: Cast, case: Case) -> None:
    assess(cast, case, assessed_on=ago(50), review_on=ago(1))
    closed(cast, case)
    client = signed_in(cast.cecilia)
    body = text(client.get(url_of(case)))
    for hidden in ("Gammal:", "Gör en ny riskbedömning", "skulle ha gjorts om"):
        assert hidden not in body
    assert "Ärendet är avslutat" in text(client.get(url_of(case, "ny/")))
    assert "Ärendet är avslutat" in text(send(client, url_of(case, "ny/"), **data()))
    assert RiskAssessment.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("lo", 403), ("dag", 404), ("hanna", 404)])
def test_nobody_else_sees_it(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    made, client = assess(cast, case), signed_in(getattr(cast, who))
    for rest in ("", "ny/", f"{made.pk}/"):
        assert client.get(url_of(case, rest)).status_code == status
    assert send(client, url_of(case, "ny/"), **data()).status_code == status

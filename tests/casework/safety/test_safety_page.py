"""The page of the safety plan and its box on the case page."""

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pypdf import PdfReader

from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.cases.safety import actions, readers
from casework.cases.safety.models import PARTS, SafetyPlan
from casework.clients import actions as clients
from casework.clients.models import Identity
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text

TODAY = timezone.localdate()


def url_of(case: Case) -> str:
    return f"/arenden/{case.number}/sakerhet/"


def data(**more: Any) -> dict[str, Any]:
    return {"avoid": ["shop"], "advice": "Håll mig i armen", "review_on": str(TODAY), "version": "0", **more}


def make(cast: Cast, case: Case, **more: Any) -> SafetyPlan:
    facts = {"avoid": ["shop", "cafe"], "advice": "Gå in först\nVänta", "review_on": TODAY, "version": 0}
    return actions.set_safety(by=cast.alma, case=case, **{**facts, **more})


def test_a_plan_is_written_once_and_shown_on_the_case(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, form = signed_in(cast.alma), data(once=str(uuid4()))
    page = text(client.get(f"/arenden/{case.number}/"))
    assert "Ingen plan än." in page
    for _ in range(2):
        assert send(client, url_of(case), **form).url == f"/arenden/{case.number}/"
    assert SafetyPlan.objects.get().version == 1
    page = text(client.get(f"/arenden/{case.number}/"))
    for word in ("Säkerhetsplanen är sparad.", "<strong>1</strong> slags plats att undvika", "”Håll mig i armen”"):
        assert word in page
    assert f"Ses över {TODAY}" in page


def test_the_form_begins_with_what_is_agreed_on(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert f'value="{TODAY + timedelta(days=90)}"' in text(client.get(url_of(case)))
    make(cast, case)
    body = text(client.get(url_of(case)))
    assert body.count(" checked") == 2
    assert "Gå in först" in body
    assert f"Senast skriven av {cast.alma.display_name}" in body


def test_an_edit_that_comes_late_shows_both(signed_in: SignIn, cast: Cast, case: Case) -> None:
    make(cast, case)
    client = signed_in(cast.alma)
    body = text(send(client, url_of(case), **data()))
    for word in ("Någon annan hann ändra", "Håll mig i armen", "Gå in först", "Butik eller köpcentrum, Kafé"):
        assert word in body
    assert 'name="version" value="1"' in body
    assert send(client, url_of(case), **data(version="1")).status_code == 302
    assert readers.avoided(case) == ["shop"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"avoid": ["torget"]}, "Välj"),
        ({"review_on": ""}, "Fyll i vilken dag ni ser över planen."),
        ({"review_on": str(TODAY - timedelta(days=1))}, "Datumet får inte ha passerat."),
        ({"advice": "x" * 4001}, "Korta den"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, Any], message: str
) -> None:
    body = text(send(signed_in(cast.alma), url_of(case), **data(**more)))
    assert message in body
    assert not SafetyPlan.objects.exists()


def test_a_sektionschef_reads_and_does_not_write(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.cecilia)
    assert "Ingen säkerhetsplan än" in text(client.get(url_of(case)))
    assert 'id="safety"' not in text(client.get(f"/arenden/{case.number}/"))
    make(cast, case)
    plan = SafetyPlan.objects.get()
    plan.review_on = TODAY - timedelta(days=1)
    plan.save()
    body = text(client.get(url_of(case)))
    assert "Butik eller köpcentrum" in body
    assert "skulle ha setts över" in body
    assert 'name="advice"' not in body
    assert send(client, url_of(case), **data(version="1")).status_code == 403
    assert "Skulle ha setts över" in text(client.get(f"/arenden/{case.number}/"))


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("lo", 403), ("dag", 404)])
def test_nobody_else_sees_it(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(url_of(case)).status_code == status
    assert send(client, url_of(case), **data()).status_code == status


OWN = "Vattna blommorna på söndag.\nTa den blå väskan."


def test_the_plan_holds_more_than_places_and_keeps_a_draft(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, parts = signed_in(cast.alma), {name: f"Om {name}" for name, _, _ in PARTS}
    assert client.post(f"/utkast/safety:{case.number}/", data(signs="Halvskrivet")).status_code == 200
    assert "Halvskrivet" in text(client.get(url_of(case)))
    assert send(client, url_of(case), **data(**parts)).status_code == 302
    page = text(client.get(url_of(case)))
    assert "Halvskrivet" not in page
    read = text(signed_in(cast.cecilia).get(url_of(case)))
    for said in parts.values():
        assert said in page
        assert said in read


def test_her_own_copy_is_her_words_and_nothing_else(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, url = signed_in(cast.alma), f"{url_of(case)}eget/"
    assert "Inget är skrivet åt henne än" in text(client.get(url))
    assert "Skriv först hennes eget exemplar" in text(send(client, url))
    assert send(client, url_of(case), **data(own_copy=OWN)).status_code == 302
    assert "Skriv ut hennes eget exemplar" in text(client.get(url_of(case)))
    assert "Vattna blommorna" in text(client.get(url))
    answer = send(client, url)
    assert answer["Content-Disposition"] == 'attachment; filename="anteckningar.pdf"'
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert [page.extract_text() for page in pages] == [f"{OWN}\n1 (1)"]
    event = last_event(Tag.SAFETY_COPIED)
    assert cases_of(event) == {case.number}


@pytest.mark.parametrize(
    "told",
    [
        "Ring kvinnojouren", "Säg att det är hot", "Gå till Storgatan 4", "211 20 Malmö", "Ring 040-12 34 56",
        "Fråga efter Qvirina", "李",
    ],
)  # fmt: skip
def test_a_copy_that_tells_something_is_not_saved(signed_in: SignIn, cast: Cast, case: Case, told: str) -> None:
    clients.change_identity(
        by=cast.alma, case=case, identity=Identity(given_name="Qvirina"), version=case.client.version
    )
    page = text(send(signed_in(cast.alma), url_of(case), **data(own_copy=told)))
    assert "Hennes eget exemplar" in page
    assert told in page
    assert not SafetyPlan.objects.exists()
    with pytest.raises(Refused, match="får inte avslöja"):
        make(cast, case, own_copy=told)


def test_a_copy_that_has_come_to_tell_something_is_not_printed(signed_in: SignIn, cast: Cast, case: Case) -> None:
    make(cast, case, own_copy="Fråga efter Qvirina")
    clients.change_identity(
        by=cast.alma, case=case, identity=Identity(given_name="Qvirina"), version=case.client.version
    )
    page = text(send(signed_in(cast.alma), f"{url_of(case)}eget/"))
    assert "”Qvirina” är personens eget namn" in page
    assert not events(Tag.SAFETY_COPIED)

"""The pages: the register, the proposal with its draft, the page of one, and the decisions."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.cases.consents import actions as consents
from casework.cases.disclosures import actions, moments
from casework.cases.disclosures.models import Disclosure
from casework.cases.models import Case
from casework.cases.timeline import readers as timeline
from tests import factories
from tests.casework.consents.conftest import MakeChild, MakeGuardian
from tests.casework.disclosures.conftest import TODAY, make_actor, note, propose, protect
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, send, text


def url_of(case: Case, disclosure: Disclosure | None = None, more: str = "") -> str:
    return f"/arenden/{case.number}/utlamnanden/" + (f"{disclosure.pk}/" if disclosure else "") + more


def data(**more: Any) -> dict[str, Any]:
    said = {"recipient": "Kuratorn Plyx", "purpose": "Planera stödet", "weighing": "Ingen lider men"}
    return {**said, "asked_on": str(TODAY), "provision": "osl_26_1", "facts": ["case", "language"], **more}


def test_a_proposal_is_written_once_and_opens_nothing(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, form = signed_in(cast.alma), data(once=str(uuid4()), reservation="Inte till <andra>")
    assert "Föreslå ett utlämnande" in text(client.get(url_of(case)))
    for _ in range(2):
        answer = send(client, url_of(case, more="nytt/"), **form)
    disclosure = Disclosure.objects.get()
    assert answer.url == url_of(case, disclosure)
    page = text(client.get(answer.url))
    for word in (
        "Inget är utlämnat än.",
        "Kuratorn Plyx",
        "Språk och tolk",
        "Ingen lider men",
        "&lt;andra&gt;",
        "Alma",
    ):
        assert word in page
    for word in ("Öberg", "Lämna ut uppgifterna", "Skriv ut kopian"):
        assert word not in page
    event = last_event("page:read")
    assert cases_of(event) == {case.number}
    assert not any("Client" in field for field in event.fields)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"recipient": ""}, "Svara på frågan: Vem får uppgifterna?"),
        ({"provision": "osl_10_27"}, "Generalklausulen (OSL 10 kap. 27 §) gäller inte"),
        ({"provision": "osl_12_2"}, "Välj vilket samtycke"),
        ({"facts": []}, "Välj minst en uppgift"),
        ({"facts": ["child_school"]}, "Välj något av alternativen"),
        ({"weighing": ""}, "Skriv hur du har vägt"),
        ({"provision": "osl_10_28", "facts": ["name"], "weighing": ""}, "Skriv hur du har vägt"),
        ({"asked_on": "2099-01-01"}, "framtiden"),
        ({"purpose": "x" * 8001}, "Korta den"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, Any], message: str
) -> None:
    assert message in text(send(signed_in(cast.alma), url_of(case, more="nytt/"), **data(**more)))
    assert not Disclosure.objects.exists()


def test_everything_there_is_to_choose_is_kept(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, consent = signed_in(cast.alma), note(cast.alma, case)
    actor = make_actor(branch="other_branch")
    make_actor(name="Vilande", active=False)
    page = text(client.get(url_of(case, more="nytt/")))
    assert "Kuratorn, till och med" in page
    assert "Wyxjouren: Annan verksamhetsgren" in page
    assert "Vilande" not in page
    assert "vårdnadshavare" not in page.split("<main")[1].split("</main")[0]
    form = data(provision="osl_12_2", consent=str(consent.pk), actor=str(actor.pk), other="Mer", other_grave="on")
    page = text(client.get(send(client, url_of(case, more="nytt/"), **form).url))
    made = Disclosure.objects.get()
    assert (made.consent, made.actor, made.grave) == (consent, actor, True)
    for word in ("OSL 8 kap. 2 §", "Samtycket att jämföra med", "Att hon har stöd", "Gäller i dag", "Visar vem eller"):
        assert word in page


def test_a_childs_proposal_offers_the_childs_own_facts(
    signed_in: SignIn, cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    client, child = signed_in(cast.alma), child_of(8)
    hidden = guardian_of(child)
    address = url_of(case, more=f"nytt/?barn={child.pk}")
    assert f"?barn={child.pk}" in text(client.get(url_of(case)))
    page = text(client.get(address))
    for word in ("Gäller: Äldsta.", "Barnets namn", "Ensam vårdnad", "får inte veta var barnet är"):
        assert word in page
    for word in ("Hyresvärd", "Qvirina", "Plyx"):
        assert word not in page
    refused = text(send(client, address, **data(facts=["child_school"], guardian=str(hidden.pk))))
    assert "Nämn inga platser" in refused
    answer = send(client, address, **data(facts=["child_alias"], guardian=str(hidden.pk)))
    made = Disclosure.objects.get()
    assert (made.child, made.guardian) == (child, hidden)
    assert "Ensam vårdnad" in text(client.get(answer.url))
    assert "Äldsta" in text(client.get(url_of(case)))
    for wrong in ("x", str(uuid4())):
        assert client.get(url_of(case, more=f"nytt/?barn={wrong}")).status_code == 404


def test_a_draft_is_kept_for_the_person_and_for_each_child(
    signed_in: SignIn, cast: Cast, case: Case, child_of: MakeChild
) -> None:
    client, child = signed_in(cast.alma), child_of(8)
    slots = {f"disclosure:{case.number}": "", f"disclosure:{case.number}:{child.pk.hex[:20]}": f"?barn={child.pk}"}
    for at, slot in enumerate(slots):
        assert client.post(f"/utkast/{slot}/", data(purpose=f"Halvskrivet {at}")).status_code == 200
    for at, (slot, query) in enumerate(slots.items()):
        page = text(client.get(url_of(case, more=f"nytt/{query}")))
        assert f"Halvskrivet {at}" in page
        assert slot in page
    send(client, url_of(case, more="nytt/"), **data())
    assert "Halvskrivet" not in text(client.get(url_of(case, more="nytt/")))


def test_the_sektionschef_gives_and_the_copy_can_be_printed(signed_in: SignIn, cast: Cast, case: Case) -> None:
    protect(cast.alma, case)
    proposal = propose(cast.alma, case, facts=["name"])
    assert "Sektionschefen beslutar" in text(signed_in(cast.alma).get(url_of(case, proposal)))
    client, address = signed_in(cast.cecilia), url_of(case, proposal, "lamna-ut/")
    assert address in text(client.get(url_of(case, proposal)))
    page = text(client.get(address))
    for word in ("Kuratorn Plyx", "Visar vem hon är", "Behovet väger över"):
        assert word in page
    form = {"once": str(uuid4())}
    for _ in range(2):
        assert send(client, address, **form).url == url_of(case, proposal)
    page = text(client.get(url_of(case, proposal)))
    assert "Skriv ut kopian" in page
    assert "beslutat av Cecilia Holm" in page
    assert "redan beslutat" in text(send(client, address))
    assert send(signed_in(cast.alma), address).status_code == 403


def test_the_page_says_what_is_in_the_way(signed_in: SignIn, cast: Cast, case: Case) -> None:
    consent = note(cast.alma, case)
    proposal = propose(cast.alma, case, provision="osl_12_2", consent=consent, facts=["name"])
    client = signed_in(cast.cecilia)
    assert "kontrollerat" in text(client.get(url_of(case, proposal, "lamna-ut/")))
    assert "kontrollerat" in text(send(client, url_of(case, proposal, "lamna-ut/")))
    consents.withdraw_consent(by=cast.alma, consent=consent, why="")
    for more in ("", "lamna-ut/"):
        page = text(client.get(url_of(case, proposal, more)))
        assert "Samtycket gäller inte längre." in page
        assert "Gäller inte längre" in page
    assert "Samtycket gäller inte längre." in text(send(client, url_of(case, proposal, "lamna-ut/")))
    assert Disclosure.objects.get().state == "proposed"


def test_with_a_consent_the_kontaktperson_gives(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, proposal = (
        signed_in(cast.alma),
        propose(cast.alma, case, provision="osl_12_2", consent=note(cast.alma, case)),
    )
    assert url_of(case, proposal, "lamna-ut/") in text(client.get(url_of(case, proposal)))
    send(client, url_of(case, proposal, "lamna-ut/"))
    assert Disclosure.objects.get().state == "given"


def test_a_refusal_says_why_and_how_it_is_appealed(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, proposal = signed_in(cast.cecilia), propose(cast.alma, case)
    address = url_of(case, proposal, "avsla/")
    assert "överklaga" in text(client.get(address))
    assert "Svara på frågan: Varför lämnas" in text(send(client, address, grounds=""))
    form = {"grounds": "Inte nödvändigt", "once": str(uuid4())}
    for _ in range(2):
        assert send(client, address, **form).url == url_of(case, proposal)
    page = text(client.get(url_of(case, proposal)))
    for word in ("Avslagen", "Inte nödvändigt", "överklagandehänvisning"):
        assert word in page
    assert send(signed_in(cast.alma), address, **form).status_code == 403


def test_the_register_tells_state_ground_and_decider_but_not_to_whom(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert "Inget är utlämnat" in text(client.get(url_of(case)))
    rows = [propose(cast.alma, case) for _ in range(3)]
    actions.give_disclosure(by=cast.cecilia, disclosure=rows[0])
    actions.refuse_disclosure(by=cast.cecilia, disclosure=rows[1], grounds="Nej")
    page = text(client.get(url_of(case)))
    for word in (
        "Utlämnad",
        "Avslagen",
        "Förslag",
        "Cecilia Holm",
        "Föreslaget av Alma Lind",
        "26 kap. 1 §",
        "/samtycken/",
    ):
        assert word in page
    assert "Plyx" not in page
    assert page.index("Föreslaget av") < page.index("Avslagen") < page.index("Utlämnad<")


def test_the_register_asks_no_more_for_many(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    counts = []
    for more in (1, 9):
        for _ in range(more):
            actions.give_disclosure(by=cast.cecilia, disclosure=propose(cast.alma, case))
        client.get(url_of(case))
        with CaptureQueriesContext(connection) as queries:
            client.get(url_of(case))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("edvin", 404), ("lo", 403), ("dag", 404)])
def test_nobody_else_sees_it(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    client, proposal = signed_in(getattr(cast, who)), propose(cast.alma, case)
    addresses = [url_of(case), url_of(case, more="nytt/")]
    addresses += [url_of(case, proposal, more) for more in ("", "lamna-ut/", "avsla/")]
    for address in addresses:
        assert client.get(address).status_code == status
    for address in addresses[1:2] + addresses[3:]:
        assert send(client, address, **data(grounds="Nej")).status_code == status


def test_one_of_another_case_is_not_there(signed_in: SignIn, cast: Cast, case: Case) -> None:
    proposal = propose(cast.cecilia, factories.make_case(cast.cecilia))
    for more in ("", "lamna-ut/", "avsla/"):
        assert signed_in(cast.cecilia).get(url_of(case, proposal, more)).status_code == 404
    assert signed_in(cast.cecilia).post(url_of(case, proposal, "kopia/")).status_code == 404


def test_the_timeline_tells_that_and_never_to_whom(cast: Cast, case: Case) -> None:
    rows = [propose(cast.alma, case) for _ in range(3)]
    given = actions.give_disclosure(by=cast.cecilia, disclosure=rows[0])
    actions.refuse_disclosure(by=cast.cecilia, disclosure=rows[1], grounds="Nej")
    days = timeline.page(case, kind="disclosure").days  # type: ignore[attr-defined]
    entries = [shown.entry for day in days for shown in day.shown]
    assert {entry.title for entry in entries} == {"Uppgifter utlämnade", "Utlämnande avslaget"}
    assert {entry.who for entry in entries} == {"Cecilia Holm"}
    assert not any(entry.text for entry in entries)
    assert not list(moments.moments(case, Disclosure.objects.exclude(decided_at=None).latest("decided_at").decided_at))
    assert len(list(moments.moments(case, given.created_at))) == 2
    assert moments.show([uuid4()]) == {}

"""Taking a person in: one form, one transaction, and nobody taken in twice unseen."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from casework.clients.models import Client, ProtectionMark
from casework.drafts.models import Draft
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text

URL = "/arenden/nytt/"
ELSEWHERE = "Personen kan redan ha ett ärende i en annan sektion."


def test_a_person_is_taken_in_and_the_way_leads_to_assigning(signed_in: SignIn, cast: Cast) -> None:
    data = factories.intake_data(
        cast.section,
        number="19121212-1212",
        marks=["SECRECY_MARKING", "PROTECTED_REGISTRATION"],
        marked_from=str(timezone.localdate()),
        background="Bakgrunden",
        legal_basis="11:5",
    )
    response = send(signed_in(cast.cecilia), URL, **data)
    case = Case.objects.get()
    assert response.url == f"/arenden/{case.number}/kontaktperson/"
    assert case.client.identity.open().number == "191212121212"
    assert case.client.channels.open().safe_way == "Ring, säg kodordet"
    assert case.narrative.open().background == "Bakgrunden"
    assert ProtectionMark.objects.count() == 2
    assert case.ref() in last_event(Tag.INTAKE_DONE).refs


def test_the_form_asks_for_no_address_and_no_duplicate_at_first(signed_in: SignIn, cast: Cast) -> None:
    body = text(signed_in(cast.cecilia).get(URL))
    assert "Gatuadress" not in body
    assert "Jag har stämt av" not in body


def test_a_person_without_identity_is_taken_in(signed_in: SignIn, cast: Cast) -> None:
    data = factories.intake_data(cast.section, given_name="", family_name="", pseudonymous="on")
    assert send(signed_in(cast.cecilia), URL, **data).status_code == 302
    client = Client.objects.get()
    assert client.pseudonymous
    assert client.identity.open().name == ""


def test_an_identity_that_may_not_be_written_is_refused_at_its_fields(signed_in: SignIn, cast: Cast) -> None:
    data = factories.intake_data(cast.section, pseudonymous="on")
    body = text(send(signed_in(cast.cecilia), URL, **data))
    assert body.count("Lämna tomt: identiteten får inte antecknas") >= 2
    assert 'value="Berta"' in body


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"given_name": "", "family_name": ""}, "Fyll i namn eller nummer"),
        ({"number": "19121212-1213"}, "19121212-1213"),
        ({"marks": ["SECRECY_MARKING"]}, "Fyll i från vilken dag skyddet gäller."),
        ({"first_contact_on": "2020-01-01"}, "Första kontakten kan inte ligga före"),
        ({"taken_in_on": str(timezone.localdate() + timedelta(days=1))}, "Datumet får inte ligga i framtiden."),
        ({"section": "00000000-0000-0000-0000-000000000000"}, "Välj något av alternativen i listan."),
        ({"referral_source": ""}, "Välj kom från."),
        ({"safe_way": ""}, "Fyll i säkert sätt att nå personen."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_written(
    signed_in: SignIn, cast: Cast, more: dict[str, object], message: str
) -> None:
    body = text(send(signed_in(cast.cecilia), URL, **factories.intake_data(cast.section, **more)))
    assert message in body
    assert "ds-error-summary" in body
    assert not Client.objects.exists()


def test_a_section_that_she_does_not_lead_is_not_a_choice(signed_in: SignIn, cast: Cast) -> None:
    body = text(send(signed_in(cast.cecilia), URL, **factories.intake_data(cast.other)))
    assert "Välj något av alternativen i listan." in body


@pytest.mark.parametrize("who", ["alma", "dag", "hanna", "lo", "ada"])
def test_only_a_sektionschef_takes_in(signed_in: SignIn, cast: Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(URL).status_code == 403
    assert send(client, URL, **factories.intake_data(cast.section)).status_code == 403
    assert not Client.objects.exists()


def test_a_case_she_may_see_is_named_instead_of_made_again(signed_in: SignIn, cast: Cast) -> None:
    number = factories.test_number()
    case = factories.make_case(cast.cecilia, number=number)
    data = factories.intake_data(cast.section, number=number, duplicate_ok="on")
    body = text(send(signed_in(cast.cecilia), URL, **data))
    assert f"Personen har redan ärende {case.number}." in body
    assert Case.objects.count() == 1


def test_a_case_in_another_section_is_not_shown_and_is_logged_in_it(signed_in: SignIn, cast: Cast) -> None:
    number = factories.test_number()
    foreign = factories.make_case(cast.edvin, number=number)
    client, token = signed_in(cast.cecilia), str(uuid4())
    data = factories.intake_data(cast.section, number=number, once=token)
    body = text(send(client, URL, **data))
    assert ELSEWHERE in body
    assert "Jag har stämt av med den andra sektionen" in body
    for hidden in (foreign.number, foreign.pseudonym, cast.other.name):
        assert hidden not in body
    assert cases_of(last_event(Tag.DUPLICATE_CHECKED)) == {foreign.number}
    assert send(client, URL, **data, duplicate_ok="on").status_code == 302
    assert Case.objects.count() == 2


def test_the_same_form_sent_twice_makes_one_case(signed_in: SignIn, cast: Cast) -> None:
    client = signed_in(cast.cecilia)
    data = factories.intake_data(cast.section, number=factories.test_number(), once=str(uuid4()))
    first, again = (send(client, URL, **data) for _ in range(2))
    assert first.url == again.url
    assert Case.objects.count() == 1
    assert len(events(Tag.INTAKE_DONE)) == 1


def test_a_draft_is_kept_shown_and_gone_when_the_person_is_taken_in(signed_in: SignIn, cast: Cast) -> None:
    client = signed_in(cast.cecilia)
    assert client.post("/utkast/intake/", {"given_name": "Beata", "wishes": "En bostad"}).status_code == 200
    body = text(client.get(URL))
    assert 'value="Beata"' in body
    assert "En bostad" in body
    assert "ds-error-summary" not in body
    assert send(client, URL, **factories.intake_data(cast.section)).status_code == 302
    assert not Draft.objects.exists()


def test_a_draft_stays_when_the_intake_is_refused(signed_in: SignIn, cast: Cast) -> None:
    client = signed_in(cast.cecilia)
    client.post("/utkast/intake/", {"given_name": "Beata"})
    send(client, URL, **factories.intake_data(cast.section, safe_way=""))
    assert Draft.objects.count() == 1


def test_nothing_is_half_written_when_a_part_fails(
    signed_in: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**kwargs: object) -> None:
        raise ValueError

    monkeypatch.setattr("casework.clients.actions.add_mark", refuse)
    data = factories.intake_data(cast.section, marks=["SECRECY_MARKING"], marked_from=str(timezone.localdate()))
    assert send(signed_in(cast.cecilia), URL, **data).status_code == 500
    assert not Client.objects.exists()
    assert not Case.objects.exists()
    assert not events(Tag.INTAKE_DONE, Tag.CLIENT_REGISTERED)

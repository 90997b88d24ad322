"""Revealing and changing what is sealed apart: identity, address, ways to reach her, protections."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from casework.clients import actions
from casework.clients.models import Address, Channels, Client, Identity, ProtectionMark
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text

TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("group", "tag", "shown"),
    [
        ("kontakt", Tag.CHANNELS_REVEALED, "säg kodordet"),
        ("identitet", Tag.IDENTITY_REVEALED, "Åsa Öberg-Lind"),
        ("adress", Tag.ADDRESS_REVEALED, "Ingen adress är sparad här."),
    ],
)
def test_a_group_is_revealed_for_a_reason_that_the_log_keeps(
    signed_in: SignIn, cast: Cast, case: Case, group: str, tag: Tag, shown: str
) -> None:
    url = f"/arenden/{case.number}/visa/{group}/"
    client = signed_in(cast.alma)
    body = text(client.post(url, {"reason": "meeting"}))
    assert shown in body
    assert "Döljs om 60 sekunder." in body
    event = last_event(tag)
    assert (event.reason, cases_of(event)) == ("Vi ska träffas", {case.number})
    assert any("casework.Client." in name for name in event.fields)


def test_a_script_gets_only_the_part(signed_in: SignIn, cast: Cast, case: Case) -> None:
    url = f"/arenden/{case.number}/visa/identitet/"
    body = text(signed_in(cast.alma).post(url, {"reason": "contact"}, headers={"X-Requested-With": "fetch"}))
    assert body.lstrip().startswith("<section")
    assert "Åsa Öberg-Lind" in body


@pytest.mark.parametrize("reason", ["", "nyfiken"])
def test_without_a_reason_nothing_is_revealed(signed_in: SignIn, cast: Cast, case: Case, reason: str) -> None:
    body = text(signed_in(cast.alma).post(f"/arenden/{case.number}/visa/identitet/", {"reason": reason}))
    assert "Välj varför du behöver se uppgiften." in body
    assert "Öberg" not in body
    assert not events(Tag.IDENTITY_REVEALED)


def test_a_reveal_is_for_those_with_the_case_and_never_by_get(signed_in: SignIn, cast: Cast, case: Case) -> None:
    url = f"/arenden/{case.number}/visa/identitet/"
    for user, status in ((cast.eva, 404), (cast.lo, 403), (cast.cecilia, 200)):
        assert signed_in(user).post(url, {"reason": "check"}).status_code == status
    assert signed_in(cast.alma).get(url).status_code == 405
    assert signed_in(cast.alma).post(f"/arenden/{case.number}/visa/allt/", {"reason": "check"}).status_code == 404


def test_an_identity_is_changed_and_the_look_at_it_logged(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, url = signed_in(cast.alma), f"/arenden/{case.number}/identitet/"
    assert 'value="Öberg-Lind"' in text(client.get(url))
    assert last_event(Tag.IDENTITY_REVEALED).reason == "Jag kontrollerar att uppgiften stämmer"
    data = {"given_name": "Åsa", "family_name": "Ny", "number": "", "language": "", "version": 1, "spelling": "on"}
    assert send(client, url, **data).url == f"/arenden/{case.number}/"
    assert Client.objects.get().identity.open().family_name == "Ny"
    assert "Ändringen är sparad." in text(client.get(f"/arenden/{case.number}/"))


def test_a_stale_identity_shows_both_in_words_a_person_reads(signed_in: SignIn, cast: Cast, case: Case) -> None:
    theirs, mine = factories.test_number(), factories.test_number()
    identity = Identity(given_name="Åsa", family_name="Hennes", number=theirs, interpreter=True)
    actions.change_identity(by=cast.cecilia, case=case, identity=identity, version=1)
    client, url = signed_in(cast.alma), f"/arenden/{case.number}/identitet/"
    data = {"given_name": "Åsa", "family_name": "Mitt", "number": mine, "version": 1, "spelling": "on"}
    body = text(send(client, url, **data))
    for shown in ("Hennes", "Mitt", theirs, mine, '<p class="prose">Nej</p>', '<p class="prose">Ja</p>'):
        assert shown in body
    for wrong in ("&lt;personnummer&gt;", "None", "True", "Förnamn</h3>"):
        assert wrong not in body
    assert send(client, url, **{**data, "number": "", "version": 2}).status_code == 302
    assert Client.objects.get().identity.open().family_name == "Mitt"


def test_a_stale_number_is_the_same_however_it_is_written(signed_in: SignIn, cast: Cast, case: Case) -> None:
    number = factories.test_number()
    actions.change_identity(by=cast.cecilia, case=case, identity=Identity(number=number), version=1)
    data = {"given_name": "Mitt", "number": f"{number[:8]}-{number[8:]}", "version": 1}
    body = text(send(signed_in(cast.alma), f"/arenden/{case.number}/identitet/", **data))
    assert "Personnummer</h3>" not in body


def test_channels_are_changed_and_a_stale_one_refused(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, url = signed_in(cast.alma), f"/arenden/{case.number}/kontakt/"
    actions.change_channels(by=cast.cecilia, case=case, channels=Channels(safe_way="Brev"), version=1)
    data = {"safe_way": "Sms", "phone": "070", "version": 1}
    assert "Brev" in text(send(client, url, **data))
    assert send(client, url, **{**data, "version": 2}).status_code == 302
    assert Client.objects.get().channels.open().safe_way == "Sms"


@pytest.mark.parametrize(
    ("review", "message"),
    [("", "En adress sparas inte för alltid."), (str(TODAY - timedelta(days=1)), "Datumet får inte ha passerat.")],
)
def test_an_address_needs_a_day_ahead_for_its_review(
    signed_in: SignIn, cast: Cast, case: Case, review: str, message: str
) -> None:
    data = {"town": "Lund", "review_on": review, "version": 1}
    body = text(send(signed_in(cast.alma), f"/arenden/{case.number}/adress/", **data))
    assert message in body
    assert 'value="Lund"' in body


def test_an_address_is_saved_shown_stale_and_emptied(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, url = signed_in(cast.alma), f"/arenden/{case.number}/adress/"
    data = {"town": "Lund", "review_on": str(TODAY), "version": 1}
    assert send(client, url, **data).status_code == 302
    assert Client.objects.get().address.open() == Address(town="Lund")
    body = text(send(client, url, version=1))
    assert f'<p class="prose">{TODAY}</p>' in body
    assert "None" not in body
    assert send(client, url, version=2).status_code == 302
    assert Client.objects.get().address_review_on is None


def test_a_protection_is_noted_and_ended(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, base = signed_in(cast.alma), f"/arenden/{case.number}/skydd/"
    data = {"kind": "SECRECY_MARKING", "valid_from": str(TODAY), "review_on": str(TODAY - timedelta(days=1))}
    assert "Uppföljningen ska ligga efter" in text(send(client, f"{base}nytt/", **data))
    assert send(client, f"{base}nytt/", **{**data, "review_on": ""}).status_code == 302
    mark = ProtectionMark.objects.get()
    url, token = f"{base}{mark.pk}/avsluta/", str(uuid4())
    early = text(send(client, url, ended_on=str(TODAY - timedelta(days=1)), reason="Fel"))
    assert "Det kan inte ha upphört före den dagen." in early
    for _ in range(2):
        response = send(client, url, ended_on=str(TODAY), reason="Upphävt", once=token)
        assert response.url == f"/arenden/{case.number}/"
    assert len(events(Tag.MARK_ENDED)) == 1
    assert "Sekretessmarkering" not in text(client.get(f"/arenden/{case.number}/"))


def test_a_protection_of_another_client_is_not_found(signed_in: SignIn, cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    mark = actions.add_mark(by=cast.cecilia, case=other, kind="SECRECY_MARKING", valid_from=TODAY)
    assert signed_in(cast.alma).get(f"/arenden/{case.number}/skydd/{mark.pk}/avsluta/").status_code == 404

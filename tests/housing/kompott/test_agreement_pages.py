"""The coordinator's pages of agreements and municipalities."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.crypto import parcel
from housing.kompott import agreement_actions
from housing.kompott.models import Agreement, AgreementMember, Liaison, LiaisonWords
from tests.cast import Cast
from tests.fixtures import SignIn, send, text
from tests.housing.kompott import sides
from tests.housing.kompott.sides import Other

TODAY = timezone.localdate()
BASE = "/boende/kompott/"
TERMS = {
    "name": "Kompott Skåne", "valid_from": str(TODAY), "valid_until": str(TODAY + timedelta(days=300)),
    "answer_days": "14", "lease": "first_hand", "sublet_months": "12", "cost_split": "Hemkommunen", "distance": "",
    "note": "",
}  # fmt: skip


@pytest.fixture
def hanna(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.hanna)


def test_an_agreement_is_written_and_changed(hanna: Client) -> None:
    assert "Inga avtal" in text(hanna.get(BASE))
    url = send(hanna, f"{BASE}avtal/ny/", **TERMS)["Location"]
    page = text(hanna.get(url))
    assert "Hemkommunen" in page
    assert "Malmö" in page
    send(hanna, f"{url}andra/", **TERMS | {"version": "1", "answer_days": "20"})
    assert Agreement.objects.get().answer_days == 20
    stale = text(send(hanna, f"{url}andra/", **TERMS | {"version": "1", "answer_days": "30"}))
    assert "30" in stale
    assert "20" in stale
    assert "Gäller" in text(hanna.get(BASE))


@pytest.mark.parametrize(
    ("start", "end", "said"), [(-20, -10, "Har gått ut"), (10, 20, "Börjar senare"), (-1, 1, "Gäller")]
)
def test_the_list_says_how_an_agreement_stands(cast: Cast, hanna: Client, start: int, end: int, said: str) -> None:
    days = {"valid_from": TODAY + timedelta(days=start), "valid_until": TODAY + timedelta(days=end)}
    sides.make_agreement(cast.hanna, **days)
    assert said in text(hanna.get(BASE))


def test_an_agreement_that_ends_before_it_begins_is_told_at_its_field(hanna: Client) -> None:
    wrong = {**TERMS, "valid_until": str(TODAY - timedelta(days=1))}
    assert "innan det börjar" in text(send(hanna, f"{BASE}avtal/ny/", **wrong))


def test_a_municipality_joins_and_its_keys_are_checked(cast: Cast, hanna: Client) -> None:
    agreement = sides.make_agreement(cast.hanna)
    url = send(hanna, f"{BASE}avtal/{agreement.pk}/kommun/", code="1281")["Location"]
    assert "Inga nycklar än" in text(hanna.get(url))
    assert "Inte kontrollerade" in text(hanna.get(f"{BASE}avtal/{agreement.pk}/"))
    pair = parcel.make_pair()
    facts = {"verify_key": pair.verify_key, "seal_key": pair.seal_key, "version": "1"}
    assert "stämmer inte" in text(send(hanna, f"{url}nycklar/", heard="1", **facts))
    code = parcel.fingerprint(pair.verify_key, pair.seal_key)
    send(hanna, f"{url}nycklar/", heard=code, **facts)
    assert code in text(hanna.get(url))


def test_quota_liaison_and_pause_by_their_pages(hanna: Client, other: Other) -> None:
    url = f"{BASE}kommun/{other.member.pk}/"
    send(hanna, f"{url}kvot/", year="2027", homes="7")
    send(hanna, f"{url}kontakt/", role="kompott_manager", name="Karin Ny", phone="046-12", note="")
    page = text(hanna.get(url))
    assert "2027" in page
    assert "Karin Ny" in page
    assert "Samverkansperson" in page
    send(hanna, f"{url}kontakt/{Liaison.objects.get().pk}/avsluta/")
    assert "Slutade" in text(hanna.get(url))
    send(hanna, f"{url}delta/")
    assert "Pausad" in text(hanna.get(url))
    send(hanna, f"{url}delta/")
    assert AgreementMember.objects.get(pk=other.member.pk).active


def test_a_liaison_of_another_municipality_is_not_found(cast: Cast, hanna: Client, other: Other) -> None:
    words = LiaisonWords(name="Karin Ny", phone="046-12")
    liaison = agreement_actions.add_liaison(by=cast.hanna, member=other.member, role="kompott_liaison", words=words)
    own = sides.own_member(other.member.agreement)
    assert hanna.get(f"{BASE}kommun/{own.pk}/kontakt/{liaison.pk}/avsluta/").status_code == 404


def test_our_own_row_has_no_keys_and_no_pause(hanna: Client, other: Other) -> None:
    page = text(hanna.get(f"{BASE}kommun/{sides.own_member(other.member.agreement).pk}/"))
    assert "Vår egen kommun" in page
    assert "Pausa" not in page
    assert "Nycklar" not in page


def test_the_list_asks_as_many_questions_for_many_as_for_one(cast: Cast, hanna: Client, other: Other) -> None:
    sides.come(other, cast.hanna)
    for url in (BASE, f"{BASE}avtal/{other.member.agreement_id}/"):
        hanna.get(url)
    with CaptureQueriesContext(connection) as few:
        hanna.get(BASE)
        hanna.get(f"{BASE}avtal/{other.member.agreement_id}/")
    for code in ("1261", "1262", "1263", "1264", "1265"):
        agreement_actions.add_member(by=cast.hanna, agreement=other.member.agreement, code=code)
        sides.make_agreement(cast.hanna, name=f"Avtal {code}")
    with CaptureQueriesContext(connection) as many:
        assert "1 väntar på svar" in text(hanna.get(BASE))
        hanna.get(f"{BASE}avtal/{other.member.agreement_id}/")
    assert len(few) == len(many)

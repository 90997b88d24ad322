"""The second step: codes, recovery codes, enrolment, and how their secrets lie."""

import json
import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client

from casework.crypto import keyring
from casework.crypto.errors import DecryptError
from casework.crypto.keyring import Purpose
from casework.signin import adapters
from casework.signin.models import SignIn, User
from tests.casework.signin import door
from tests.cast import Cast
from tests.fixtures import events, last_event, text

FALSE_KEY = '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}'


def enrol(client: Client) -> str:
    """Connects an app in this browser; gives its secret."""
    page = text(client.get("/konto/app/"))
    secret = re.findall(r'<code class="secret">(\w+)</code>', page)[0]
    door_code = door.format_hotp_value(door.hotp_value(secret, int(door.time.time()) // 30))
    assert client.post("/konto/app/", {"code": door_code}).headers["Location"] == "/konto/reservkoder/"
    return secret


def test_wrong_codes_count_in_axes_and_shut_the_account(alma: User) -> None:
    client = Client()
    door.first_step(client, "alma")
    for _ in range(4):
        assert "stämde inte" in text(client.post(door.SECOND, {"code": door.wrong_code()}))
    assert client.post(door.SECOND, {"code": door.wrong_code()}).status_code == 429
    assert client.post(door.SECOND, {"code": door.code()}).status_code == 429
    assert door.first_step(Client(), "alma").status_code == 429
    assert not SignIn.objects.exists()
    assert last_event("factor:failed").actor == "Okänd, som Alma Lind"
    assert len(events("session:lockout")) == 1


def test_passwords_and_codes_count_together(alma: User) -> None:
    client = Client()
    door.first_step(client, "alma", "fel lösenord som är långt")
    door.first_step(client, "alma", "fel lösenord som är långt")
    door.first_step(client, "alma")
    client.post(door.SECOND, {"code": door.wrong_code()})
    client.post(door.SECOND, {"code": door.wrong_code()})
    assert client.post(door.SECOND, {"code": door.wrong_code()}).status_code == 429


def test_a_code_works_once_also_after_its_own_half_minute(alma: User, monkeypatch: pytest.MonkeyPatch) -> None:
    used = door.code()
    door.sign_in(alma)
    later = door.time.time() + 31
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: later)
    client = Client()
    door.first_step(client, "alma")
    assert "stämde inte" in text(client.post(door.SECOND, {"code": used}))


def test_a_code_of_the_half_minute_before_is_accepted(alma: User) -> None:
    client = Client()
    door.first_step(client, "alma")
    assert client.post(door.SECOND, {"code": door.code(-1)}).status_code == 302


def test_a_new_user_can_do_nothing_but_enrol_or_leave(cast: Cast) -> None:
    user = door.give_password(cast.bo)
    client = Client()
    assert door.first_step(client, "bo").headers["Location"] == "/"
    for url in ("/", "/roller/", "/mina-arenden/", "/konto/", "/konto/reservkoder/", "/konto/losenord/"):
        assert client.get(url).headers["Location"] == "/konto/andra-steget/", url
    assert "Ordna ett andra steg" in text(client.get("/konto/andra-steget/"))
    enrol(client)
    assert door.is_in(client)
    assert last_event("factor:enrol").actor == user.display_name


def test_the_recovery_codes_are_shown_once_and_each_works_once(cast: Cast) -> None:
    door.give_password(cast.bo)
    client = Client()
    door.first_step(client, "bo")
    enrol(client)
    shown = re.findall(r"<code>(\d+)</code>", text(client.get("/konto/reservkoder/")))
    assert len(shown) == 10
    assert not re.findall(r"<code>", text(client.get("/konto/reservkoder/")))
    other = Client()
    door.first_step(other, "bo")
    assert other.post(door.SECOND, {"code": shown[0]}).status_code == 302
    assert last_event("factor:recovery_used").actor == "Bo Ek"
    third = Client()
    door.first_step(third, "bo")
    assert "stämde inte" in text(third.post(door.SECOND, {"code": shown[0]}))


def test_only_a_password_from_before_the_enrolment_gets_nobody_in_after_it(cast: Cast) -> None:
    """Somebody else has the password and waits at the enrolment page while the person enrols."""
    door.give_password(cast.bo)
    thief, bo = Client(), Client()
    door.first_step(thief, "bo")
    door.first_step(bo, "bo")
    enrol(bo)
    assert thief.get("/konto/nyckel/").headers["Location"].startswith(door.LOGIN)
    assert not door.is_in(thief)
    assert door.is_in(bo)
    assert SignIn.objects.exclude(ended_at=None).get().end_reason == "no_factor"


def test_secrets_lie_sealed(alma: User) -> None:
    client = door.sign_in(alma)
    client.post("/konto/reservkoder/nya/")
    for row in Authenticator.objects.all():
        kept = row.data.get("secret") or row.data["seed"]
        assert door.SECRET not in json.dumps(row.data)
        with pytest.raises(DecryptError):
            adapters.envelope.unseal(b"\x02" + kept.encode(), adapters.PLACE)
        assert get_adapter().decrypt(kept)
    assert adapters.key_ids_in_use({keyring.current_key(Purpose.STAFF).id, 7}) == {
        keyring.current_key(Purpose.STAFF).id
    }


@pytest.mark.parametrize("planted", [door.SECRET, "", "inte base64 alls!", "AAAA"])
def test_a_secret_in_clear_is_not_accepted(keys: None, planted: str) -> None:
    with pytest.raises(DecryptError):
        get_adapter().decrypt(planted)


def test_a_planted_secret_opens_nothing(alma: User) -> None:
    Authenticator.objects.update(data={"secret": door.SECRET})
    client = Client()
    door.first_step(client, "alma")
    assert client.post(door.SECOND, {"code": door.code()}).status_code == 503
    assert not door.is_in(client)


def test_the_last_factor_stays(alma: User) -> None:
    client = door.sign_in(alma)
    assert "Lägg till ett annat andra steg" in text(client.post("/konto/app/ta-bort/"))
    assert Authenticator.objects.filter(type="totp").exists()
    key = Authenticator.objects.create(user=alma, type="webauthn", data={"name": "Mobilen"})
    assert client.post("/konto/app/ta-bort/").headers["Location"] == "/konto/"
    assert last_event("factor:remove").fields == ["totp"]
    assert "Lägg till ett annat andra steg" in text(client.post(f"/konto/nyckel/{key.pk}/ta-bort/"))
    assert Authenticator.objects.filter(type="webauthn").exists()


def test_one_of_two_factors_can_be_removed(alma: User) -> None:
    client = door.sign_in(alma)
    key = Authenticator.objects.create(user=alma, type="webauthn", data={"name": "Mobilen"})
    assert "Ta bort nyckeln" in text(client.get(f"/konto/nyckel/{key.pk}/ta-bort/"))
    assert client.post(f"/konto/nyckel/{key.pk}/ta-bort/").headers["Location"] == "/konto/"
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_another_persons_key_is_not_there(alma: User, cast: Cast) -> None:
    client = door.sign_in(alma)
    key = Authenticator.objects.create(user=cast.bo, type="webauthn", data={"name": "Bos"})
    assert client.post(f"/konto/nyckel/{key.pk}/ta-bort/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_new_recovery_codes_are_an_event(alma: User) -> None:
    client = door.sign_in(alma)
    assert "Gör nya reservkoder" in text(client.get("/konto/reservkoder/nya/"))
    client.post("/konto/reservkoder/nya/")
    assert last_event("factor:recovery").actor == "Alma Lind"


def test_a_false_passkey_at_sign_in_counts_for_nobody_and_is_logged(alma: User) -> None:
    client = Client()
    begin = client.get("/logga-in/nyckel/", headers={"Accept": "application/json"}).json()
    assert begin["request_options"]["publicKey"]["userVerification"] == "required"
    answer = client.post("/logga-in/nyckel/", {"credential": FALSE_KEY}, follow=True)
    assert "stämde inte" in text(answer)
    assert last_event("session:failed").reason == "Nyckeln stämde inte"
    assert client.get("/logga-in/nyckel/").headers["Location"] == door.LOGIN


def test_a_false_passkey_in_the_second_step_counts(alma: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: [])
    Authenticator.objects.create(user=alma, type="webauthn", data={"name": "Mobilen"})
    client = Client()
    door.first_step(client, "alma")
    assert "data-passkey" in text(client.get(door.SECOND))
    for _ in range(4):
        assert "Nyckeln stämde inte" in text(client.post(door.SECOND, {"credential": FALSE_KEY}))
    assert client.post(door.SECOND, {"credential": FALSE_KEY}).status_code == 429


@pytest.mark.parametrize(
    "answer",
    [
        "{}",
        "[1]",
        '"text"',
        "null",
        "not json",
        '{"id": "AAAA"}',
        FALSE_KEY,
        FALSE_KEY.replace(
            '"response": {}', '"response": {"clientDataJSON": "AAAA", "authenticatorData": "AAAA", "signature": "AAAA"}'
        ),
        FALSE_KEY.replace('"response": {}', '"response": {"clientDataJSON": "AAAA", "attestationObject": "AAAA"}'),
        FALSE_KEY.replace('"response": {}', '"response": {"clientDataJSON": 7, "userHandle": "w6U"}'),
        FALSE_KEY.replace("AAAA", "å"),
    ],
)
def test_what_is_no_answer_of_a_key_is_a_wrong_one_and_no_fault(alma: User, answer: str) -> None:
    stranger, inside = Client(), door.sign_in(alma)
    assert stranger.post("/logga-in/nyckel/", {"credential": answer}).headers["Location"] == door.LOGIN
    assert inside.post("/konto/bekrafta/", {"credential": answer}).status_code == 200
    inside.get("/konto/nyckel/")
    assert inside.post("/konto/nyckel/", {"name": "x", "credential": answer}).status_code == 200
    assert not Authenticator.objects.filter(type="webauthn").exists()

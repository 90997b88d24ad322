"""The first step: username and password, behind axes."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.utils import timezone

from casework import settings as product
from casework import swedish
from casework.signin import lockout
from casework.signin.models import SignIn, User
from tests.casework.signin import door
from tests.cast import Cast
from tests.fixtures import SignIn as SignedIn
from tests.fixtures import events, last_event, text


def fail(client: Client, username: str, times: int) -> None:
    for _ in range(times):
        door.first_step(client, username, "fel lösenord som är långt")


def test_both_steps_lead_in_and_are_one_event(alma: User) -> None:
    client = door.sign_in(alma)
    assert door.is_in(client)
    line = last_event("session:signin")
    assert line.actor == "Alma Lind"
    assert set(line.fields) == {"password", "totp"}
    assert SignIn.objects.get(user=alma).device == "Chrome på Windows"


def test_the_first_step_alone_shows_nothing(alma: User) -> None:
    client = Client()
    assert door.first_step(client, "alma").headers["Location"] == door.SECOND
    assert not door.is_in(client)
    assert not SignIn.objects.exists()


def test_after_sign_in_one_comes_to_the_page_one_asked_for(alma: User) -> None:
    client = Client()
    wanted = client.get("/arenden/26-48173-5/").headers["Location"]
    page = text(client.get(wanted))
    assert 'name="next" value="/arenden/26-48173-5/"' in page
    door.first_step(client, "alma", next="/arenden/26-48173-5/")
    assert client.post(door.SECOND, {"code": door.code()}).headers["Location"] == "/arenden/26-48173-5/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x", "x"])
def test_nobody_is_led_out_of_the_program(alma: User, target: str) -> None:
    client = Client()
    door.first_step(client, "alma", next=target)
    assert client.post(door.SECOND, {"code": door.code()}).headers["Location"] == "/"


def test_a_wrong_password_is_said_in_swedish_and_logged_without_what_was_typed(alma: User) -> None:
    page = text(door.first_step(Client(), "alma", "fel lösenord som är långt"))
    assert "Fel användarnamn eller lösenord." in page
    line = last_event("session:failed")
    assert (line.actor, [ref.id for ref in line.refs]) == ("Okänd, som Alma Lind", [str(alma.pk)])
    assert "fel lösenord" not in str(line)


def test_an_unknown_username_gets_the_same_answer_and_is_not_kept(alma: User) -> None:
    known = text(door.first_step(Client(), "alma", "fel lösenord som är långt"))
    unknown = text(door.first_step(Client(), "mitt lösenord i fel fält", "fel lösenord som är långt"))
    assert ("Fel användarnamn eller lösenord." in known) is ("Fel användarnamn eller lösenord." in unknown) is True
    line = last_event("session:failed")
    assert (line.actor, list(line.refs)) == ("Okänd", [])
    assert "fält" not in str(line)


def test_five_failures_shut_the_account_and_the_page_says_until_when(alma: User) -> None:
    client = Client()
    fail(client, "alma", 4)
    answer = door.first_step(client, "alma", "fel lösenord som är långt")
    until = swedish.clock(timezone.now() + timedelta(minutes=15))
    assert answer.status_code == 429
    assert f"Kontot är stängt till {until}" in text(answer)
    assert door.first_step(Client(), "alma").status_code == 429
    assert len(events("session:lockout")) == 1


def test_a_username_that_nobody_has_is_shut_in_the_same_way(alma: User) -> None:
    client = Client()
    fail(client, "ingen", 5)
    assert door.first_step(client, "ingen").status_code == 429


def test_the_same_account_however_it_is_written(alma: User) -> None:
    for name in ("alma", " ALMA", "Alma ", "aLMA", "ALMA"):
        fail(Client(), name, 1)
    assert door.first_step(Client(), "alma").status_code == 429
    assert AccessAttempt.objects.get().username == lockout.row_of("alma")


def test_tries_during_the_lock_do_not_make_it_longer(alma: User) -> None:
    fail(Client(), "alma", 5)
    before = lockout.until(lockout.row_of("alma"))
    fail(Client(), "alma", 3)
    assert before is not None
    assert lockout.until(lockout.row_of("alma")) == before
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert door.first_step(Client(), "alma").headers["Location"] == door.SECOND


def test_a_sign_in_forgets_the_failures_before_it(alma: User) -> None:
    fail(Client(), "alma", 4)
    door.sign_in(alma)
    assert not AccessAttempt.objects.exists()


def test_axes_keeps_a_name_a_count_and_a_time_and_nothing_else(alma: User) -> None:
    for agent, address in (("Chrome", "10.0.0.1"), ("Firefox", "10.0.0.2")):
        headers = {"User-Agent": agent, "Accept": "text/html"}
        Client(REMOTE_ADDR=address).post("/logga-in/?a=b", {"login": "alma", "password": "hemligt"}, headers=headers)
    row = AccessAttempt.objects.get()
    kept = (row.ip_address, row.user_agent, row.http_accept, row.path_info, row.get_data, row.post_data)
    assert kept == ("::", "", "", "", "", "")
    assert row.failures_since_start == 2


def test_the_name_of_the_field_that_axes_knows_is_djangos(alma: User) -> None:
    assert str(settings.AXES_USERNAME_FORM_FIELD) == "username"
    assert lockout.username(None, {"username": " ALMA "}) == lockout.row_of("alma") != "alma"
    assert lockout.username(None, None) == lockout.row_of("")


def test_allauths_own_limits_are_loosened_and_not_off(alma: User, settings: object) -> None:
    client = Client()
    answers = [client.post(door.LOGIN, {"login": f"u{at}", "password": "x" * 20}).status_code for at in range(61)]
    assert answers[0] == answers[59] == 200
    page = client.post(door.LOGIN, {"login": "u99", "password": "x" * 20})
    assert "För många försök" in text(page)


def test_a_flood_is_answered_in_swedish(alma: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ACCOUNT_RATE_LIMITS", {"login": "1/m/ip"})
    client = Client()
    door.first_step(client, "alma", "x")
    answer = door.first_step(client, "alma", "x")
    assert answer.status_code == 429
    assert "För många försök" in text(answer)


def test_a_blocked_person_with_the_right_password_is_told_and_not_let_in(alma: User) -> None:
    alma.is_active = False
    alma.save()
    answer = door.first_step(Client(), "alma")
    assert answer.status_code == 403
    assert "Kontot är spärrat" in text(answer)


def test_a_block_between_the_steps_holds(alma: User) -> None:
    client = Client()
    door.first_step(client, "alma")
    User.objects.get(pk=alma.pk)
    alma.is_active = False
    alma.save()
    answer = client.post(door.SECOND, {"code": door.code()})
    assert answer.status_code == 403
    assert not SignIn.objects.exists()
    assert not door.is_in(client)


def test_a_user_with_an_unused_link_has_no_password_that_fits(cast: Cast) -> None:
    for password in ("", "!", cast.bo.password):
        assert not door.first_step(Client(), "bo", password).headers.get("Location")


def test_someone_halfway_in_can_begin_again(alma: User) -> None:
    client = Client()
    door.first_step(client, "alma")
    assert client.get(door.LOGIN).headers["Location"] == door.SECOND
    assert client.post("/logga-ut/").headers["Location"] == door.LOGIN
    assert client.get(door.LOGIN).status_code == 200


def test_sign_out_ends_the_session_clears_the_browser_and_is_logged(alma: User) -> None:
    client = door.sign_in(alma)
    answer = client.post("/logga-ut/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not door.is_in(client)
    assert SignIn.objects.get().end_reason == "signed_out"
    assert last_event("session:signout").actor == "Alma Lind"


def test_a_session_key_that_was_signed_out_does_not_come_back(alma: User) -> None:
    client = door.sign_in(alma)
    stolen = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/logga-ut/")
    client.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert not door.is_in(client)


def test_passwords_are_kept_with_argon2id() -> None:
    assert product.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert Argon2PasswordHasher().encode(door.PASSWORD, "salt" * 4).startswith("argon2$argon2id$")


def test_swedish_whatever_the_browser_asks_for(signed_in: SignedIn, alma: User) -> None:
    page = text(Client().get(door.LOGIN, headers={"Accept-Language": "en"}))
    assert 'lang="sv"' in page
    assert "Logga in" in page
    assert "django.middleware.locale.LocaleMiddleware" not in settings.MIDDLEWARE

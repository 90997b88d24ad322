"""Seldom, and tried all the same: two at the same moment, somebody else's session, a browser that changes hands."""

import pytest
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import password_validators_help_texts
from django.test import Client, RequestFactory

from audit.tags import Tag
from casework.cases.rules import Refused
from casework.signin import actions, devices
from casework.signin.models import Invite, SignIn, User
from tests.casework.signin import door
from tests.cast import Cast
from tests.fixtures import SignIn as SignedIn
from tests.fixtures import events, last_event, send, text

CHOSEN = "gul hink under nionde trappan"


def test_nobody_ends_the_sign_in_of_somebody_else(alma: User, cast: Cast) -> None:
    door.sign_in(alma)
    with pytest.raises(Refused):
        actions.end_sign_in(by=cast.bo, signin=SignIn.objects.get())


def test_a_sign_in_ends_once(alma: User) -> None:
    door.sign_in(alma)
    signin = SignIn.objects.get()
    actions.end_sign_in(by=alma, signin=signin)
    first = signin.ended_at
    actions.end_sign_in(by=alma, signin=signin)
    assert SignIn.objects.get().ended_at == first


def test_a_browser_of_a_blocked_person_serves_the_next_one(alma: User, cast: Cast) -> None:
    """The session still names the blocked person, so it is thrown away and begun anew while the next one signs in."""
    client = door.sign_in(door.give_app(cast.bo))
    actions.block_user(by=cast.ada, user=cast.bo)
    assert not door.is_in(client)
    assert door.is_in(door.sign_in(alma, client))
    assert door.is_in(client)


def test_a_session_without_a_key_belongs_to_no_sign_in(alma: User, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.session = Client().session
    request.user = alma
    assert devices.find(request) is None


def test_a_link_that_was_used_in_another_window_meanwhile(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _, link = actions.create_user(
        by=cast.ada, username="nina", display_name="Nina", role="planner", section=None, led_sections=[]
    )
    found = Invite.objects.select_related("user").get()
    actions.accept_invite(by=found.user, invite=found, password=CHOSEN)
    monkeypatch.setattr("casework.signin.readers.invite_of", lambda token: found)
    answer = Client().post(link, {"password1": CHOSEN, "password2": CHOSEN})
    assert answer.status_code == 410
    assert "gäller inte längre" in text(answer)


def test_an_administrator_who_is_shut_out_elsewhere_does_not_open_her_own_account(
    signed_in: SignedIn, cast: Cast
) -> None:
    client = signed_in(cast.ada)
    for _ in range(settings.AXES_FAILURE_LIMIT):
        door.first_step(Client(), "ada", "fel")
    page = text(client.post(f"/anvandare/{cast.ada.pk}/hav/", follow=True))
    assert "Be en annan administratör" in page
    assert door.first_step(Client(), "ada", "fel").status_code == 429
    assert not events(Tag.SIGN_IN_UNLOCKED)


def test_an_administrator_sees_no_button_that_would_hit_herself(signed_in: SignedIn, cast: Cast) -> None:
    door.give_password(cast.ada)
    client = signed_in(cast.ada)
    assert "Tillträde" not in text(client.get(f"/anvandare/{cast.ada.pk}/"))
    assert "Tillträde" in text(client.get(f"/anvandare/{cast.bo.pk}/"))


def test_a_user_is_changed_once_however_often_the_form_is_sent(signed_in: SignedIn, cast: Cast) -> None:
    client, url = signed_in(cast.ada), f"/anvandare/{cast.bo.pk}/"
    form = {"display_name": "Bo Ny", "role": "kontaktperson", "section": str(cast.other.pk)}
    for _ in range(2):
        assert (
            send(client, url, once="00000000-0000-4000-8000-000000000001", **form).headers["Location"] == "/anvandare/"
        )
    assert len(events(Tag.USER_CHANGED)) == 1
    cast.bo.refresh_from_db()
    assert (cast.bo.display_name, cast.bo.section) == ("Bo Ny", cast.other)
    assert last_event(Tag.USER_CHANGED).actor_id == str(cast.ada.pk)


def test_the_last_administrator_is_told_why_she_stays(signed_in: SignedIn, cast: Cast) -> None:
    page = send(signed_in(cast.ada), f"/anvandare/{cast.ada.pk}/", display_name="Ada", role="planner")
    assert "Du kan inte ändra din egen roll" in text(page)


def test_a_failure_outside_a_request_is_no_attempt(alma: User) -> None:
    AxesProxyHandler.user_login_failed(None, {"username": "alma"})
    assert not AxesProxyHandler.get_failures(RequestFactory().get("/"), {"username": "alma"})


def test_axes_asks_for_the_account_that_is_checked_and_not_for_a_field_somebody_adds(alma: User) -> None:
    """With its own name of the field axes would look for "login" in the form, which unlocking does not have."""
    for _ in range(settings.AXES_FAILURE_LIMIT):
        door.first_step(Client(), "alma", "fel")
    request = RequestFactory().post("/", {"login": "bo", "username": "bo"})
    assert authenticate(request, username="alma", password=door.PASSWORD) is None


def test_help_about_passwords_is_swedish() -> None:
    assert any("Fyra ord" in line for line in password_validators_help_texts())


def test_nobody_signs_up_and_names_are_found_however_written(alma: User, rf: RequestFactory) -> None:
    from casework.signin.adapters import AccountAdapter

    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False
    assert User.objects.get_by_natural_key(" ALMA ") == alma
    assert User.objects.get_by_natural_key("alma").ref() == alma.ref()

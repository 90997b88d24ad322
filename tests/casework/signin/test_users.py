"""What an administrator does with users, sections and links, and what she cannot do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.tags import Tag
from casework import policy
from casework.cases.rules import Refused
from casework.signin import actions, lockout, rules
from casework.signin.models import Invite, Role, Section, SignIn, User, digest_of
from tests.casework.signin import door
from tests.cast import Cast
from tests.fixtures import last_event

CHOSEN = "gul hink under nionde trappan"


def create(by: User, **facts: Any) -> tuple[User, str]:
    given = {"username": "nina", "display_name": "Nina", "role": Role.PLANNER, "section": None, "led_sections": []}
    return actions.create_user(by=by, **{**given, **facts})


def change(by: User, user: User, **facts: Any) -> User:
    given = {"display_name": user.display_name, "role": user.role, "section": user.section, "led_sections": []}
    return actions.change_user(by=by, user=user, **{**given, **facts})


def invite_behind(link: str) -> Invite:
    return Invite.objects.get(digest=digest_of(link.strip("/").split("/")[-1]))


def test_a_new_user_has_a_link_and_no_way_in_yet(cast: Cast) -> None:
    user, link = create(cast.ada, username=" NINA ")
    assert user.username == "nina"
    assert not user.has_usable_password()
    assert invite_behind(link).usable
    assert (last_event().tag, last_event().actor_id) == (Tag.USER_CREATED, str(cast.ada.pk))


def test_a_username_belongs_to_one(cast: Cast) -> None:
    with pytest.raises(Refused, match="upptaget"):
        create(cast.ada, username="ALMA")


def test_only_a_sektionschef_leads_sections(cast: Cast) -> None:
    planner, _ = create(cast.ada, led_sections=[cast.section])
    assert not planner.led_sections.exists()
    chief = change(cast.ada, planner, role=Role.SEKTIONSCHEF, led_sections=[cast.section])
    assert list(chief.led_sections.all()) == [cast.section]
    assert not change(cast.ada, chief, role=Role.PLANNER, led_sections=[cast.section]).led_sections.exists()


def test_a_change_of_role_is_called_that_in_the_log(cast: Cast) -> None:
    change(cast.ada, cast.bo, display_name="Bo Ny")
    assert last_event().tag == Tag.USER_CHANGED
    change(cast.ada, cast.bo, role=Role.PLANNER)
    assert last_event().tag == Tag.USER_ROLE_CHANGED


ACTS: dict[str, Callable[[User, Cast], Any]] = {
    "create": lambda by, cast: create(by),
    "change": lambda by, cast: change(by, cast.bo),
    "block": lambda by, cast: actions.block_user(by=by, user=cast.bo),
    "unblock": lambda by, cast: actions.unblock_user(by=by, user=cast.bo),
    "invite": lambda by, cast: actions.invite_again(by=by, user=cast.bo),
    "clear": lambda by, cast: actions.clear_lockout(by=by, user=cast.bo),
    "section": lambda by, cast: actions.create_section(by=by, name="Ny"),
}


@pytest.mark.parametrize("name", ACTS)
def test_users_are_for_administrators(cast: Cast, name: str) -> None:
    for by in (cast.alma, cast.cecilia, cast.lo, cast.dag):
        with pytest.raises(policy.Forbidden):
            ACTS[name](by, cast)
    cast.ada.is_active = False
    with pytest.raises(policy.Forbidden):
        ACTS[name](cast.ada, cast)


def test_an_administrator_does_none_of_it_to_herself(cast: Cast) -> None:
    door.give_password(cast.ada)
    for act in (
        lambda: change(cast.ada, cast.ada, role=Role.KONTAKTPERSON),
        lambda: actions.block_user(by=cast.ada, user=cast.ada),
        lambda: actions.invite_again(by=cast.ada, user=cast.ada),
        lambda: actions.clear_lockout(by=cast.ada, user=cast.ada),
    ):
        with pytest.raises(Refused, match="en annan administratör"):
            act()
    assert not rules.can_block(cast.ada, cast.ada)
    assert not rules.can_invite(cast.ada, cast.ada)
    assert not rules.can_clear(cast.ada, cast.ada)
    assert change(cast.ada, cast.ada, display_name="Ada Ny").display_name == "Ada Ny"


def test_two_administrators_cannot_shut_each_other_out(cast: Cast) -> None:
    """The second still holds the picture of herself from before."""
    other, _ = create(cast.ada, username="astrid", role=Role.ADMINISTRATOR)
    actions.block_user(by=cast.ada, user=other)
    other.is_active = True
    for act in (
        lambda: actions.block_user(by=other, user=cast.ada),
        lambda: change(other, cast.ada, role=Role.PLANNER),
    ):
        with pytest.raises(Refused, match="en administratör kvar"):
            act()
    assert User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).get() == cast.ada


def test_one_of_two_administrators_may_go(cast: Cast) -> None:
    other, _ = create(cast.ada, username="astrid", role=Role.ADMINISTRATOR)
    assert change(cast.ada, other, role=Role.PLANNER).role == Role.PLANNER


def test_a_block_ends_every_session_and_is_lifted_again(cast: Cast) -> None:
    browser = door.sign_in(door.give_app(cast.bo))
    actions.block_user(by=cast.ada, user=cast.bo)
    assert not door.is_in(browser)
    assert SignIn.objects.get(user=cast.bo).end_reason == SignIn.End.BLOCKED
    assert door.first_step(browser, "bo").status_code == 403
    actions.unblock_user(by=cast.ada, user=cast.bo)
    assert not door.is_in(browser)
    assert door.first_step(browser, "bo").headers["Location"] == door.SECOND


def test_a_new_link_takes_away_what_was_there_before(cast: Cast) -> None:
    browser = door.sign_in(door.give_app(cast.bo))
    first, second = (actions.invite_again(by=cast.ada, user=cast.bo) for _ in range(2))
    cast.bo.refresh_from_db()
    assert not cast.bo.has_usable_password()
    assert not Authenticator.objects.filter(user=cast.bo).exists()
    assert not door.is_in(browser)
    assert not Invite.objects.filter(digest=digest_of(first.strip("/").split("/")[-1])).exists()
    assert invite_behind(second).usable
    assert last_event(Tag.MFA_RESET).actor_id == str(cast.ada.pk)


def test_a_blocked_user_gets_no_link(cast: Cast) -> None:
    actions.block_user(by=cast.ada, user=cast.bo)
    with pytest.raises(Refused, match="spärrad"):
        actions.invite_again(by=cast.ada, user=cast.bo)


def test_a_link_works_once_and_for_its_own_person(cast: Cast) -> None:
    user, link = create(cast.ada)
    invite = invite_behind(link)
    with pytest.raises(Refused, match="gäller inte"):
        actions.accept_invite(by=cast.bo, invite=invite, password=CHOSEN)
    assert actions.accept_invite(by=user, invite=invite, password=CHOSEN).check_password(CHOSEN)
    with pytest.raises(Refused, match="gäller inte"):
        actions.accept_invite(by=user, invite=invite, password="ett annat lösenord som är långt")
    assert last_event().tag == Tag.USER_LINK_USED


def test_an_old_link_and_the_link_of_a_blocked_user_are_of_no_use(cast: Cast) -> None:
    user, link = create(cast.ada)
    invite = invite_behind(link)
    Invite.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused):
        actions.accept_invite(by=user, invite=invite, password=CHOSEN)
    Invite.objects.update(expires_at=timezone.now() + timedelta(hours=1))
    actions.block_user(by=cast.ada, user=user)
    with pytest.raises(Refused):
        actions.accept_invite(by=user, invite=invite, password=CHOSEN)


def test_a_shut_account_is_opened_by_an_administrator(cast: Cast) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        door.first_step(door.Client(), "bo", "fel")
    assert set(lockout.locked_out()) == {lockout.row_of("bo")}
    assert actions.clear_lockout(by=cast.ada, user=cast.bo) == 1
    assert not AccessAttempt.objects.exists()


def test_a_section_has_a_name_of_its_own(cast: Cast) -> None:
    assert actions.create_section(by=cast.ada, name="Sektion 3").ref().model == "casework.Section"
    with pytest.raises(Refused, match="redan"):
        actions.create_section(by=cast.ada, name="SEKTION 3")


def test_the_first_administrator_is_made_once(cast: Cast) -> None:
    facts = {"username": "anna", "display_name": "Anna", "section": "Sektion 9"}
    with pytest.raises(Refused, match="redan"):
        actions.create_first_administrator(**facts)
    User.objects.filter(role=Role.ADMINISTRATOR).update(is_active=False)
    with pytest.raises(Refused, match="upptaget"):
        actions.create_first_administrator(**{**facts, "username": "alma"})
    assert actions.create_first_administrator(**facts).startswith("/valkommen/")
    assert Section.objects.filter(name="Sektion 9").exists()
    User.objects.filter(role=Role.ADMINISTRATOR).update(is_active=False)
    actions.create_first_administrator(username="berit", display_name="Berit", section="")
    assert Section.objects.count() == 3


def test_a_role_that_does_not_exist_is_refused_by_the_database(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="user_role_known"), transaction.atomic():
        User.objects.filter(pk=cast.bo.pk).update(role="chef")


@pytest.mark.parametrize(
    ("ended", "reason", "whole"), [(True, "idle", True), (False, "", True), (True, "", False), (False, "idle", False)]
)
def test_a_sign_in_has_ended_with_a_reason_or_not_at_all(cast: Cast, ended: bool, reason: str, whole: bool) -> None:
    facts = {"user": cast.bo, "digest": "x", "device": "Chrome", "end_reason": reason}
    signin = SignIn(**facts, ended_at=timezone.now() if ended else None)
    if whole:
        signin.save()
        return
    with pytest.raises(IntegrityError, match="signin_ended_whole"), transaction.atomic():
        signin.save()

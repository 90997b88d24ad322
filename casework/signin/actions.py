"""Users, roles, sections and the links that let someone in. No client data anywhere near."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases.rules import Refused
from casework.signin import devices, lockout
from casework.signin.models import Invite, Role, Section, SignIn, User, normal_username


def create_user(
    *, by: User, username: str, display_name: str, role: str, section: Section | None, led_sections: Iterable[Section]
) -> tuple[User, str]:
    """Makes a user who cannot sign in yet, and the path of a link that lets her choose a password once.

    Raises Forbidden, Refused when the username is taken.
    """
    policy.check_may(by, policy.Permission.USERS)
    if User.objects.filter(username=normal_username(username)).exists():
        raise Refused("Användarnamnet är upptaget. Välj ett annat.")
    with trail.act(Tag.USER_CREATED, by=by, reason_code=role) as event:
        user = User(username=username, display_name=display_name, role=role, section=section)
        user.set_unusable_password()
        user.save()
        user.led_sections.set(led_sections)
        event.touch(user.ref())
        return user, _invite(user)


def change_user(
    *, by: User, user: User, display_name: str, role: str, section: Section | None, led_sections: Iterable[Section]
) -> User:
    """Changes name, role or sections; in force at her next request. Raises Forbidden, Refused for one's own role."""
    policy.check_may(by, policy.Permission.USERS)
    if user.pk == by.pk and role != user.role:
        raise Refused("Du kan inte ändra din egen roll. Be en annan administratör.")
    with trail.act(Tag.USER_CHANGED, by=by, refs=[user.ref()], reason_code=role):
        user.display_name, user.role, user.section = display_name, role, section
        user.save()
        user.led_sections.set(led_sections)
        return user


def block_user(*, by: User, user: User) -> User:
    """Shuts a user out: she is out at her next request. Raises Forbidden, Refused for oneself."""
    policy.check_may(by, policy.Permission.USERS)
    if user.pk == by.pk:
        raise Refused("Du kan inte spärra dig själv. Be en annan administratör.")
    with trail.act(Tag.USER_BLOCKED, by=by, refs=[user.ref()]):
        user.is_active = False
        user.save()
        devices.end_all(user, SignIn.End.BLOCKED, by)
        return user


def unblock_user(*, by: User, user: User) -> User:
    """Lets a blocked user in again with what she had. Raises Forbidden."""
    policy.check_may(by, policy.Permission.USERS)
    with trail.act(Tag.USER_UNBLOCKED, by=by, refs=[user.ref()]):
        user.is_active = True
        user.save()
        return user


def invite_again(*, by: User, user: User) -> str:
    """Takes away password and second factors, ends all sign-ins, and gives the path of a new link. Raises Forbidden."""
    policy.check_may(by, policy.Permission.USERS)
    with trail.act(Tag.USER_INVITED, by=by, refs=[user.ref()]):
        user.set_unusable_password()
        user.save()
        Authenticator.objects.filter(user=user).delete()
        Invite.objects.filter(user=user, used_at__isnull=True).delete()
        devices.end_all(user, SignIn.End.BLOCKED, by)
        return _invite(user)


def clear_lockout(*, by: User, user: User) -> int:
    """Lets someone who typed wrong too often try again at once. Raises Forbidden."""
    policy.check_may(by, policy.Permission.USERS)
    with trail.act(Tag.SIGN_IN_UNLOCKED, by=by, refs=[user.ref()]):
        return lockout.clear(user)


def create_section(*, by: User, name: str) -> Section:
    """Raises Forbidden, Refused when the name is taken."""
    policy.check_may(by, policy.Permission.USERS)
    if Section.objects.filter(name__iexact=name).exists():
        raise Refused("Det finns redan en sektion med det namnet.")
    with trail.act(Tag.SECTION_CREATED, by=by) as event:
        section = Section.objects.create(name=name)
        event.touch(section.ref())
        return section


def accept_invite(*, by: User, invite: Invite, password: str) -> User:
    """Sets the password chosen from a link, which is then used up. Raises Refused for a link that is not usable."""
    with transaction.atomic(), trail.act(Tag.USER_LINK_USED, by=by, refs=[by.ref()]):
        fresh = Invite.objects.select_for_update().select_related("user").get(pk=invite.pk)
        if not fresh.usable or fresh.user_id != by.pk:
            raise Refused("Länken gäller inte längre. Be administratören om en ny.")
        fresh.used_at = timezone.now()
        fresh.save()
        user = fresh.user
        user.set_password(password)
        user.save()
        lockout.clear(user)
        return user


def create_first_administrator(*, by: None = None, username: str, display_name: str, section: str) -> str:
    """Makes the first section and the first administrator of an empty installation; the path of her link.

    Raises Refused when there is an administrator already.
    """
    if User.objects.filter(role=Role.ADMINISTRATOR).exists():
        raise Refused("Det finns redan en administratör.")
    with trail.act(Tag.SETUP_DONE, by=by) as event:
        if section:
            Section.objects.get_or_create(name=section)
        user = User(username=username, display_name=display_name, role=Role.ADMINISTRATOR)
        user.set_unusable_password()
        user.save()
        event.touch(user.ref())
        return _invite(user)


def change_settings(*, by: User, shortcuts: bool | None = None, color_scheme: str | None = None) -> User:
    """One's own shortcuts and looks. Raises ValueError for an unknown scheme."""
    if color_scheme is not None and color_scheme not in User.ColorScheme.values:
        raise ValueError(color_scheme)
    with trail.act(Tag.USER_CHANGED, by=by, refs=[by.ref()]):
        by.shortcuts = by.shortcuts if shortcuts is None else shortcuts
        by.color_scheme = color_scheme or by.color_scheme
        by.save()
        return by


def end_sign_in(*, by: User, signin: SignIn) -> None:
    """Ends one of one's own sign-ins. Raises Refused for somebody else's."""
    if signin.user_id != by.pk:
        raise Refused("Inloggningen är inte din.")
    devices.end(signin, SignIn.End.BY_USER, by)


def end_other_sign_ins(*, by: User, keep: SignIn) -> int:
    """Ends all of one's own sign-ins but this one; returns how many."""
    return devices.end_all(by, SignIn.End.BY_USER, by, keep=keep)


def _invite(user: User) -> str:
    invite, token = Invite.new(user)
    invite.save()
    return reverse("invite", args=[token])

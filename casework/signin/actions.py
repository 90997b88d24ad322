"""Users, roles, sections and the links that let someone in. No client data anywhere near."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.access import branches
from casework.cases.rules import Refused
from casework.policy import Permission
from casework.signin import devices, lockout, rules
from casework.signin.models import Invite, Role, Section, SignIn, User, normal_username


def create_user(
    *,
    by: User,
    username: str,
    display_name: str,
    role: str,
    section: Section | None,
    led_sections: Iterable[Section],
    mail: str = "",
) -> tuple[User, str]:
    """Makes a user who cannot sign in yet, and the path of a link that lets her choose a password once.

    Raises Forbidden, Refused when the username is taken, or when the sections lie in two branches (OSL 8:2).
    """
    policy.check_may(by, Permission.USERS)
    _check_free(username)
    led = _led(role, led_sections)
    branches.check_one([section, *led])
    with trail.act(Tag.USER_CREATED, by=by, reason_code=role) as event:
        user = User(username=username, display_name=display_name, role=role, section=section, mail=mail)
        user.set_unusable_password()
        user.save()
        user.led_sections.set(led)
        event.touch(user.ref())
        return user, _invite(user)


def change_user(
    *,
    by: User,
    user: User,
    display_name: str,
    role: str,
    section: Section | None,
    led_sections: Iterable[Section],
    mail: str | None = None,
) -> User:
    """Changes name, role or sections; in force at her next request. Only a sektionschef leads sections.

    `mail` None leaves the address as it is.

    Raises Forbidden, Refused for one's own role, for the last administrator's, for sections in two branches, and for a
    move to another branch than that of the cases she has (OSL 8:2).
    """
    rules.check_can_give_role(by, user, role)
    led = _led(role, led_sections)
    branches.check_one([section, *led])
    tag = Tag.USER_CHANGED if role == user.role else Tag.USER_ROLE_CHANGED
    with trail.act(tag, by=by, refs=[user.ref()], reason_code=role):
        if role != Role.ADMINISTRATOR:
            rules.check_an_administrator_remains(user)
        branches.check_can_move(user, [section, *led])
        user.display_name, user.role, user.section = display_name, role, section
        user.mail = user.mail if mail is None else mail
        user.save()
        user.led_sections.set(led)
        return user


def block_user(*, by: User, user: User) -> User:
    """Shuts a user out: she is out at her next request, wherever she is.

    Raises Forbidden, Refused for oneself and for the last administrator.
    """
    rules.check_can_block(by, user)
    with trail.act(Tag.USER_BLOCKED, by=by, refs=[user.ref()]):
        rules.check_an_administrator_remains(user)
        user.is_active = False
        user.save()
        devices.close_all(user, SignIn.End.BLOCKED)
        return user


def unblock_user(*, by: User, user: User) -> User:
    """Lets a blocked user in again with what she had. Raises Forbidden."""
    policy.check_may(by, Permission.USERS)
    with trail.act(Tag.USER_UNBLOCKED, by=by, refs=[user.ref()]):
        user.is_active = True
        user.save()
        return user


def invite_again(*, by: User, user: User) -> str:
    """Takes away password and second factors, ends all sign-ins, and gives the path of a new link.

    Raises Forbidden, Refused for a blocked user.
    """
    rules.check_can_invite(by, user)
    with trail.act(Tag.USER_INVITED, by=by, refs=[user.ref()]):
        trail.record(Tag.MFA_RESET, by=by, refs=[user.ref()])
        user.set_unusable_password()
        user.save()
        Authenticator.objects.filter(user=user).delete()
        devices.close_all(user, SignIn.End.NEW_LINK)
        return _invite(user)


def clear_lockout(*, by: User, user: User) -> int:
    """Lets someone who typed wrong too often try again at once; returns how many rows. Raises Forbidden, Refused."""
    rules.check_can_clear(by, user)
    with trail.act(Tag.SIGN_IN_UNLOCKED, by=by, refs=[user.ref()]):
        return lockout.clear(user)


def create_section(*, by: User, name: str, branch: str = Section.Branch.SUPPORT) -> Section:
    """A new section in a branch of the work (a value of Branch). Raises Forbidden, Refused when the name is taken."""
    policy.check_may(by, Permission.USERS)
    if Section.objects.filter(name__iexact=name).exists():
        raise Refused("Det finns redan en sektion med det namnet.")
    with trail.act(Tag.SECTION_CREATED, by=by) as event:
        section = Section.objects.create(name=name, branch=branch)
        event.touch(section.ref())
        return section


def create_first_administrator(*, by: None = None, username: str, display_name: str, section: str) -> str:
    """Makes the first section (unless "") and the first administrator of an installation; the path of her link.

    Raises Refused when there is an administrator who can come in, or when the username is taken.
    """
    if User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exists():
        raise Refused("Det finns redan en administratör.")
    _check_free(username)
    with trail.act(Tag.SETUP_DONE, by=by) as event:
        if section:
            Section.objects.get_or_create(name=section)
        user = User(username=username, display_name=display_name, role=Role.ADMINISTRATOR)
        user.set_unusable_password()
        user.save()
        event.touch(user.ref())
        return _invite(user)


def accept_invite(*, by: User, invite: Invite, password: str) -> User:
    """Sets the password chosen from a link, which is then used up. Raises Refused for a link that is not usable."""
    with trail.act(Tag.USER_LINK_USED, by=by, refs=[by.ref()]):
        fresh = Invite.objects.select_for_update(of=("self",)).select_related("user").get(pk=invite.pk)
        if not fresh.usable or fresh.user_id != by.pk:
            raise Refused("Länken gäller inte längre. Be administratören om en ny.")
        fresh.used_at = timezone.now()
        fresh.save()
        user = fresh.user
        user.set_password(password)
        user.save()
        lockout.clear(user)
        return user


def change_password(*, by: User, password: str, keep: SignIn) -> User:
    """A new password, chosen and checked by the form; all of her sign-ins but this one end."""
    with trail.act(Tag.PASSWORD_CHANGED, by=by, refs=[by.ref()]):
        by.set_password(password)
        by.save()
        devices.close_all(by, SignIn.End.BY_USER, keep=keep)
        return by


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
    with trail.act(Tag.SESSION_ENDED, by=by, refs=[by.ref()]):
        if signin.ended_at is None:
            devices.close(signin, SignIn.End.BY_USER)


def end_other_sign_ins(*, by: User, keep: SignIn) -> int:
    """Ends all of one's own sign-ins but this one; returns how many."""
    with trail.act(Tag.SESSION_ENDED, by=by, refs=[by.ref()]):
        return devices.close_all(by, SignIn.End.BY_USER, keep=keep)


def _led(role: str, sections: Iterable[Section]) -> list[Section]:
    """Only a sektionschef leads sections."""
    return list(sections) if role == Role.SEKTIONSCHEF else []


def _check_free(username: str) -> None:
    if User.objects.filter(username=normal_username(username)).exists():
        raise Refused("Användarnamnet är upptaget. Välj ett annat.")


def _invite(user: User) -> str:
    """The path of a new link; older ones stop working."""
    Invite.objects.filter(user=user, used_at__isnull=True).delete()
    invite, token = Invite.new(user)
    invite.save()
    return reverse("invite", args=[token])

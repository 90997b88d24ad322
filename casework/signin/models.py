import hashlib
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from audit.trail import Actor, Ref

LINK_HOURS = 72


class Section(models.Model):
    """A section of the social services, such as "Sektion våld 1"."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Branch(models.TextChoices):
        """Independent branches have secrecy between each other (OSL 8:2)."""

        SUPPORT = "support", "Stöd till våldsutsatta"
        PERPETRATORS = "perpetrators", "Arbete med den som använder våld"

    name = models.CharField("namn", max_length=80, unique=True)
    branch = models.CharField("verksamhetsgren", max_length=16, choices=Branch.choices, default=Branch.SUPPORT)
    active = models.BooleanField("används", default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "sektion"
        verbose_name_plural = "sektioner"
        constraints = [
            models.CheckConstraint(name="section_branch_known", condition=Q(branch__in=["support", "perpetrators"]))
        ]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref("casework.Section", str(self.pk))


class Role(models.TextChoices):
    KONTAKTPERSON = "kontaktperson", "Kontaktperson"
    SEKTIONSCHEF = "sektionschef", "Sektionschef"
    HOUSING_COORDINATOR = "housing_coordinator", "Boendesamordnare"
    PLANNER = "planner", "Planerare"
    LOG_REVIEWER = "log_reviewer", "Logggranskare"
    ADMINISTRATOR = "administrator", "Administratör"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=normal_username(username or ""))


def normal_username(text: str) -> str:
    return text.strip().casefold()


class User(AbstractBaseUser):
    """A member of staff. `display_name` is a name or a work alias; no field asks for more, staff may live protected.
    `mail` is asked for only where mail is switched on: an address at work, to which nothing is said but "look".
    """

    class ColorScheme(models.TextChoices):
        AUTO = "auto", "Som datorn"
        LIGHT = "light", "Ljust"
        DARK = "dark", "Mörkt"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField("användarnamn", max_length=60, unique=True)
    display_name = models.CharField("namn eller arbetsalias", max_length=80)
    role = models.CharField("roll", max_length=24, choices=Role.choices)
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="staff")
    led_sections = models.ManyToManyField(Section, blank=True, related_name="leaders")
    mail = models.EmailField("e-postadress på arbetet", blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    ties_checked_on = models.DateField("egna anknytningar genomgångna", null=True, blank=True)
    last_login = None  # every sign-in is in the log and in SignIn; a column would be a change of the user each time
    shortcuts = models.BooleanField("kortkommandon", default=True)
    color_scheme = models.CharField("utseende", max_length=8, choices=ColorScheme.choices, default=ColorScheme.AUTO)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name", "role"]

    class Meta:
        ordering = ["display_name"]
        verbose_name = "användare"
        verbose_name_plural = "användare"
        constraints = [models.CheckConstraint(name="user_role_known", condition=Q(role__in=Role.values))]

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username = normal_username(self.username)
        super().save(*args, **kwargs)

    def trail_actor(self) -> Actor:
        return Actor(id=str(self.pk), label=self.display_name, role=self.role, unit=str(self.section_id or ""))

    def ref(self) -> Ref:
        return Ref("casework.User", str(self.pk))


class Invite(models.Model):
    """A link that lets someone choose a password once. Only the token's digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="invites")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def new(cls, user: User) -> tuple["Invite", str]:
        """An unsaved invite and its token, which is shown once and never again."""
        token = secrets.token_urlsafe(32)
        until = timezone.now() + timedelta(hours=LINK_HOURS)
        return cls(user=user, digest=digest_of(token), expires_at=until), token

    @property
    def usable(self) -> bool:
        return self.used_at is None and self.expires_at > timezone.now() and self.user.is_active


class SignIn(models.Model):
    """One sign-in of one device, found by the digest of its session key; the key itself is not kept here."""

    class End(models.TextChoices):
        SIGNED_OUT = "signed_out", "Loggade ut"
        IDLE = "idle", "För länge utan att något hände"
        TOO_OLD = "too_old", "Inloggad för länge"
        BY_USER = "by_user", "Avslutad från en annan enhet"
        BLOCKED = "blocked", "Spärrad"
        NEW_LINK = "new_link", "Fick en ny engångslänk"
        NO_FACTOR = "no_factor", "Saknade det andra steget"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    digest = models.CharField(max_length=64, unique=True)
    device = models.CharField(max_length=60)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    locked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, choices=End.choices, blank=True)

    class Meta:
        ordering = ["-seen_at"]
        indexes = [models.Index(fields=["user", "ended_at"], name="signin_user_open")]
        constraints = [
            models.CheckConstraint(
                name="signin_ended_whole",
                condition=Q(ended_at__isnull=True, end_reason="") | Q(ended_at__isnull=False) & ~Q(end_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def idle_seconds(self, now: datetime) -> float:
        return (now - self.seen_at).total_seconds()


def digest_of(secret: str) -> str:
    """SHA-256 of a long random secret, 64 hex characters."""
    return hashlib.sha256(secret.encode()).hexdigest()

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from audit.trail import Actor, Ref


class Section(models.Model):
    """A section of the social services, such as "Sektion våld 1"."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("namn", max_length=80, unique=True)
    active = models.BooleanField("används", default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "sektion"
        verbose_name_plural = "sektioner"

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    KONTAKTPERSON = "kontaktperson", "Kontaktperson"
    SEKTIONSCHEF = "sektionschef", "Sektionschef"
    HOUSING_COORDINATOR = "housing_coordinator", "Boendesamordnare"
    PLANNER = "planner", "Planerare"
    LOG_REVIEWER = "log_reviewer", "Logggranskare"
    ADMINISTRATOR = "administrator", "Administratör"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").strip().casefold())


class User(AbstractBaseUser):
    """A member of staff. `display_name` is a name or a work alias: no field asks for more (staff may live protected)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField("användarnamn", max_length=60, unique=True)
    display_name = models.CharField("namn eller arbetsalias", max_length=80)
    role = models.CharField("roll", max_length=24, choices=Role.choices)
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="staff")
    led_sections = models.ManyToManyField(Section, blank=True, related_name="leaders")
    is_active = models.BooleanField("aktiv", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name", "role"]

    class Meta:
        ordering = ["display_name"]
        verbose_name = "användare"
        verbose_name_plural = "användare"

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username = self.username.strip().casefold()
        super().save(*args, **kwargs)

    def trail_actor(self) -> Actor:
        return Actor(id=str(self.pk), label=self.display_name, role=self.role, unit=str(self.section_id or ""))

    def ref(self) -> Ref:
        return Ref("casework.User", str(self.pk))

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from audit.logged import LoggedModel
from audit.trail import Ref


class GuidePage(LoggedModel):
    """One wording of one page of the authority guide. A new wording replaces it; earlier ones stay readable.

    The guide is about authorities and everyday matters, never about a client; so it lies in clear.
    """

    class Area(models.TextChoices):
        AUTHORITY = "authority", "Myndigheter"
        EVERYDAY = "everyday", "Vardag"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField("adress", max_length=40)
    title = models.CharField("rubrik", max_length=80)
    area = models.CharField("avdelning", max_length=10, choices=Area.choices)
    actors = models.TextField("aktörer", blank=True, help_text="En per rad, som de skrivs i ett stödsteg.")
    leaks = models.TextField("vad kan läcka", blank=True)
    ask_for = models.TextField("vad du ber om", blank=True)
    papers = models.TextField("vilka papper hjälper", blank=True)
    answers = models.TextField("vem svarar för skyddade personer", blank=True)
    source = models.TextField("källa", blank=True)
    checked_on = models.DateField("kontrollerad", null=True, blank=True)
    verified = models.BooleanField("bekräftad", default=False)
    written_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField("skriven", default=timezone.now)
    replaced_at = models.DateTimeField("ersatt", null=True, blank=True)

    class Meta:
        ordering = ["title"]
        verbose_name = "sida i myndighetsguiden"
        verbose_name_plural = "sidor i myndighetsguiden"
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=Q(replaced_at__isnull=True), name="guide_one_current"),
            models.CheckConstraint(
                name="guide_verified_whole",
                condition=Q(verified=False) | Q(checked_on__isnull=False) & ~Q(source=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def ref(self) -> Ref:
        return Ref(self._meta.label, str(self.pk))

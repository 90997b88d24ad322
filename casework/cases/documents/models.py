from django.db import models
from django.db.models import Q

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record


@sealed_group
class DocumentFacts:
    """`name` as it was when it came; `digest` of the cleaned content, so that a cut or changed order is seen."""

    name: str = ""
    about: str = ""
    digest: str = ""


@sealed_group
class ChunkContent:
    """Base64 of at most 256 KiB."""

    data: str = ""


class Document(Record):
    """A file in a case, cleaned before it is kept, encrypted in chunks. Its name is sealed too."""

    class Kind(models.TextChoices):
        PDF = "application/pdf", "PDF"
        PNG = "image/png", "Bild"
        JPEG = "image/jpeg", "Foto"
        TEXT = "text/plain", "Text"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="documents")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    added_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    kind = models.CharField("slag", max_length=20, choices=Kind.choices)
    size = models.PositiveBigIntegerField("byte")
    chunks = models.PositiveIntegerField("delar")
    removed_at = models.DateTimeField("borttaget", null=True, blank=True)
    facts = SealedField(DocumentFacts, pad=64)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "dokument"
        verbose_name_plural = "dokument"
        constraints = [
            models.CheckConstraint(name="document_has_content", condition=Q(size__gt=0, chunks__gt=0)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DocumentChunk(Record):
    """One part. Its row's id is derived from the document and its place, and bound into the seal: no part can move."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="parts")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    place = models.PositiveIntegerField("plats")
    content = SealedField(ChunkContent, pad=64)

    class Meta:
        ordering = ["place"]
        verbose_name = "del av dokument"
        verbose_name_plural = "delar av dokument"
        constraints = [models.UniqueConstraint(fields=["document", "place"], name="chunk_place_once")]

    def __str__(self) -> str:
        return str(self.pk)

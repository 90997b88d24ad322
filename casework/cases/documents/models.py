"""Documents of a case, cleaned and encrypted in chunks. The sealed list of chunks finds a cut, a swap and a reorder."""

from dataclasses import field

from django.db import models
from django.db.models import Q

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record


@sealed_group
class DocumentDetails:
    """`chunks` are the ids of the chunks in order, `digest` is SHA-256 of the whole, `cleaned` what was taken out."""

    name: str = ""
    about: str = ""
    media_type: str = ""
    size: int = 0
    digest: str = ""
    chunks: list[str] = field(default_factory=list)
    cleaned: list[str] = field(default_factory=list)


@sealed_group
class ChunkContent:
    """A part of a document, in base64."""

    part: str = ""


class Document(Record):
    """A file that came in or was made. `client` is whose key seals it: the person's, or the child's.

    `stored_bytes` is in clear so that a case's room is counted without opening a seal; its chunks tell as much.
    """

    class Kind(models.TextChoices):
        DECISION = "doc_decision", "Beslut eller dom"
        CERTIFICATE = "doc_certificate", "Intyg"
        LETTER = "doc_letter", "Brev"
        AGREEMENT = "doc_agreement", "Avtal eller kontrakt"
        PICTURE = "doc_picture", "Bild"
        OTHER = "doc_other", "Annat"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="documents")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    child = models.ForeignKey("casework.Child", models.PROTECT, null=True, blank=True, related_name="documents")
    kind = models.CharField("slag", max_length=16, choices=Kind.choices)
    added_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    stored_bytes = models.PositiveIntegerField("plats", default=0)
    destroyed_at = models.DateTimeField("förstört", null=True, blank=True)
    destroyed_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    details = SealedField(DocumentDetails, pad=64)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "dokument"
        verbose_name_plural = "dokument"
        constraints = [
            models.CheckConstraint(
                name="document_destroyed_whole",
                condition=Q(destroyed_at__isnull=True, destroyed_by__isnull=True)
                | Q(destroyed_at__isnull=False, destroyed_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DocumentChunk(Record):
    """A part of a document, sealed by itself: memory stays flat however large the file is."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="chunks")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    content = SealedField(ChunkContent, pad=64)

    class Meta:
        verbose_name = "del av dokument"
        verbose_name_plural = "delar av dokument"

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.document.case.number

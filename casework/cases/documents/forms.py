from typing import Any

from django import forms
from django.conf import settings

from casework.cases.documents.cleaning import Cleaned
from casework.cases.documents.models import Document
from casework.forms import CleanTextField, Form, IdempotencyMixin

ABOUT, REASON = 200, 2_000
KINDS = "PDF, JPEG, PNG, WebP eller vanlig text"
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp,.txt"


class UploadForm(IdempotencyMixin, Form):
    """One file. `cleaned` is what is left of it once it has been looked through."""

    cleaned: Cleaned

    file = forms.FileField(
        label="Fil",
        allow_empty_file=True,  # told of by what looks it through, in the same words for everybody
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Välj en fil.", "missing": "Välj en fil.", "invalid": "Välj en fil."},
    )
    about = CleanTextField(
        label="Vad är det?",
        max_length=ABOUT,
        help_text="Står i listan. Skriv inte namn, nummer eller adresser.",
        error_messages={"required": "Skriv kort vad dokumentet är."},
    )
    kind = forms.ChoiceField(label="Slag", choices=[("", "Välj"), *Document.Kind.choices])
    child = forms.ChoiceField(
        label="Vem handlar det om?", required=False, help_text="Ett barns dokument hör till barnets egen akt."
    )
    field_order = ["file", "about", "kind", "child"]

    def __init__(self, *args: Any, children: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.DOCUMENT_MAX_BYTES // 2**20
        self.fields["file"].help_text = f"{KINDS}, högst {most} MB. Det som inte syns i filen tas bort."
        choice = self.fields["child"]
        choice.choices = [("", "Personen i ärendet"), *children]  # type: ignore[attr-defined]
        if not children:
            del self.fields["child"]


class DestroyForm(IdempotencyMixin, Form):
    reason = CleanTextField(
        label="Varför?", rows=3, max_length=REASON, error_messages={"required": "Skriv varför det ska förstöras."}
    )

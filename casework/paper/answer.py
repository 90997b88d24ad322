"""A file leaves as something to keep, never shown in the browser, with a name that says nothing."""

from django.http import HttpResponse


def as_file(content: bytes, name: str, content_type: str = "application/pdf") -> HttpResponse:
    """The answer with the file. `name` is the same for everybody: file names stay behind on the reader's machine."""
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )

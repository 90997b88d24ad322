"""A file on its way in lies in memory only, and only where a page asks for one; too large a request is not read."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.urls import Resolver404, resolve

from casework.cases.documents.refusals import too_large

FIELD = "file"
pages = {"documents"}  # the names of the addresses that take a file; rooms above add theirs at start
REST = 64 * 1024  # what a form holds beside its file


class FileTooBig(RequestDataTooBig):
    """The request is larger than any document may be. Its text is for the person who sent it."""


class InMemoryHandler(FileUploadHandler):
    """Takes the one file of a form that asks for it, and lets every other run out unread."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.asked = self.taken = False
        self.kept: BytesIO | None = None

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Raises FileTooBig before anything is read."""
        if content_length > settings.DOCUMENT_MAX_BYTES + REST:
            raise FileTooBig(str(too_large()))
        self.asked = page_of(self.request) in pages

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO() if self.asked and not self.taken and self.field_name == FIELD else None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.kept is not None:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        if self.kept is None:
            return None
        kept, self.kept, self.taken = self.kept, None, True
        kept.seek(0)
        return InMemoryUploadedFile(kept, FIELD, self.file_name, self.content_type, file_size, self.charset)


def page_of(request: Any) -> str:
    try:
        return resolve(request.path_info).url_name or ""
    except (AttributeError, Resolver404):
        return ""

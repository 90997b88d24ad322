"""On its way in a file lies in memory only, too large a one is not read, and another program may look at it first."""

import os
import socket
import struct
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile, TemporaryUploadedFile
from django.core.handlers.wsgi import WSGIRequest

from audit.tags import Tag
from casework.cases.documents import actions, scanning
from casework.cases.documents.models import Document
from casework.cases.documents.refusals import Unclean
from casework.cases.documents.uploads import FileTooBig
from casework.cases.models import Case
from tests.cast import Cast
from tests.fixtures import SignIn, last_event, send, text

MB = 2**20
HEAD = b'--x\r\nContent-Disposition: form-data; name="%s"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
END = b"\r\n--x--\r\n"


class Endless:
    """A body of any length that is made while it is read."""

    def __init__(self, size: int, field: bytes = b"file") -> None:
        self.parts, self.left, self.given = BytesIO(HEAD % field), size, 0

    def read(self, size: int = -1) -> bytes:
        part = self.parts.read(size)
        if not part and self.left:
            part = bytes(min(size if size > 0 else 65536, self.left))
            self.left -= len(part)
            if not self.left:
                self.parts = BytesIO(END)
        self.given += len(part)
        return part

    readline = read


def request(body: Any, size: int, path: str = "/arenden/26-1/dokument/") -> WSGIRequest:
    kind = "multipart/form-data; boundary=x"
    facts = {"REQUEST_METHOD": "POST", "PATH_INFO": path, "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(size)}
    return WSGIRequest({**facts, "wsgi.input": body})


@contextmanager
def memory() -> Iterator[list[int]]:
    """The most that was held at once, in bytes."""
    most: list[int] = []
    tracemalloc.start()
    try:
        yield most
    finally:
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()


def test_two_hundred_megabytes_are_refused_before_they_are_read() -> None:
    body = Endless(200 * MB)
    with memory() as most, pytest.raises(FileTooBig, match="större än 20 MB"):
        _ = request(body, 200 * MB).FILES
    assert body.given == 0
    assert most[0] < 5 * MB


@pytest.mark.parametrize(
    ("size", "field", "path", "kept"),
    [
        (20, b"file", "/arenden/26-1/dokument/", True),
        (20, b"other", "/arenden/26-1/dokument/", False),
        (20, b"file", "/arenden/26-1/om/", False),
        (20, b"file", "/finns/inte/", False),
    ],
)
def test_only_the_form_for_documents_gets_a_file(size: int, field: bytes, path: str, kept: bool) -> None:
    body, head = Endless(size * MB, field), HEAD % field
    with memory() as most:
        found = request(body, len(head) + size * MB + len(END), path).FILES
    assert bool(found) == kept
    assert most[0] < (60 if kept else 5) * MB
    if kept:
        assert isinstance(found["file"], InMemoryUploadedFile)
        assert found["file"].size == size * MB


def test_of_two_files_the_first_is_taken() -> None:
    data = HEAD % b"file" + b"Ett\r\n" + HEAD % b"file" + b"Tva" + END
    found = request(BytesIO(data), len(data)).FILES
    assert [file.read() for file in found.getlist("file")] == [b"Ett"]


def test_no_file_touches_the_disk(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(TemporaryUploadedFile, "__init__", lambda *args, **kwargs: pytest.fail("a file on the disk"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    file = SimpleUploadedFile("brev.txt", b"Hej " * MB, "text/plain")
    facts = {"file": file, "about": "Brev", "kind": "doc_letter"}
    assert send(signed_in(cast.alma), f"/arenden/{case.number}/dokument/", **facts).status_code == 302
    assert Document.objects.get().stored_bytes == 4 * MB
    assert not list(tmp_path.iterdir())


def test_too_large_a_request_is_answered_in_words(signed_in: SignIn, cast: Cast, case: Case, settings: Any) -> None:
    settings.DOCUMENT_MAX_BYTES = MB
    file = SimpleUploadedFile("brev.txt", bytes(2 * MB), "text/plain")
    answer = send(signed_in(cast.alma), f"/arenden/{case.number}/dokument/", file=file, about="Brev", kind="doc_letter")
    assert answer.status_code == 413
    assert "Filen är större än 1 MB." in text(answer)


# --- the antivirus program --------------------------------------------------------------------------------------------


@contextmanager
def clamd(path: Path, answer: bytes) -> Iterator[list[bytes]]:
    """Listens as clamd does, to one file, and gives `answer`."""
    heard: list[bytes] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.bind(str(path))
        line.listen(1)

        def listen() -> None:
            caller, _ = line.accept()
            with caller, caller.makefile("rb") as said:
                heard.append(said.read(10))
                while size := struct.unpack("!I", said.read(4))[0]:
                    heard.append(said.read(size))
                if answer:
                    caller.sendall(answer)

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield heard
        finally:
            thread.join(5)


@pytest.fixture
def place(settings: Any) -> Iterator[Path]:
    """A socket's name may be a hundred letters at most: shorter than a test's own folder may be."""
    at = Path(f"/tmp/clamd-{os.getpid()}")  # noqa: S108
    settings.CLAMD_SOCKET = str(at)
    yield at
    at.unlink(missing_ok=True)


def test_a_file_is_sent_whole_and_passes(place: Path) -> None:
    with clamd(place, b"stream: OK\0") as heard:
        scanning.scan(b"a" * 100_000)
    assert (heard[0], b"".join(heard[1:])) == (b"zINSTREAM\0", b"a" * 100_000)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", "doc_infected"),
        (b"INSTREAM size limit exceeded. ERROR\0", "doc_unscanned"),
        (b"stream: OK, but\0", "doc_unscanned"),
        (b"x" * 5_000, "doc_unscanned"),
        (b"", "doc_unscanned"),
    ],
)
def test_a_file_that_does_not_pass_is_refused(cast: Cast, case: Case, place: Path, answer: bytes, code: str) -> None:
    with clamd(place, answer), pytest.raises(Unclean) as refused:
        actions.check_file(by=cast.alma, case=case, name="brev.txt", data=b"Hej")
    assert refused.value.code == code
    assert last_event(Tag.DOCUMENT_REFUSED).reason_code == code


def test_without_an_answer_nothing_is_taken_in(place: Path) -> None:
    with pytest.raises(Unclean, match="kunde inte kontrolleras"):
        scanning.scan(b"Hej")

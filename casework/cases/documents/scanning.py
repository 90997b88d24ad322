"""An antivirus program beside us, where one is named: the file goes over its socket, never by way of the disk."""

import socket
import struct

from django.conf import settings

from casework.cases.documents.refusals import Unclean

PART, SECONDS, ANSWER = 64 * 1024, 20, 4096


def scan(data: bytes) -> None:
    """Raises Unclean for a file with a virus, and for one that could not be looked at. Nothing without CLAMD_SOCKET."""
    if not settings.CLAMD_SOCKET:
        return
    try:
        answer = _ask(data)
    except OSError:
        answer = b""
    if answer.endswith(b"FOUND"):
        raise Unclean("doc_infected", "Filen innehåller skadlig kod och togs inte emot. Säg till den som skickade den.")
    if answer != b"stream: OK":
        words = "Filen kunde inte kontrolleras mot skadlig kod. Försök igen om en stund, eller säg till driften."
        raise Unclean("doc_unscanned", words)


def _ask(data: bytes) -> bytes:
    """What clamd says of the bytes (its INSTREAM: parts with their length before, an empty one last)."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(SECONDS)
        line.connect(settings.CLAMD_SOCKET)
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), PART):
            part = data[start : start + PART]
            line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < ANSWER:
            part = line.recv(ANSWER)
            if not part:
                break
            answer += part
        return answer.rstrip(b"\0")

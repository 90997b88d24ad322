"""Pictures as they lie in a PDF: their own pixels are kept as they are, what is written beside them goes."""

import re

EOI, SOS, COMMENT, ADOBE = 0xD9, 0xDA, 0xFE, 0xEE
PLAIN = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
NEXT_MARKER = re.compile(rb"\xff(?![\x00\x01\xd0-\xd7\xff])")  # none of those that stand among the points
FILL = re.compile(rb"\xff+")
SEGMENTS = 5_000
CAMERA = re.compile(rb"\xff[\xe1\xed]..(?=Exif\x00|http:|Photoshop)|\xff\xfe..", re.DOTALL)
KEPT_BOXES = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


def strip_jpeg(data: bytes) -> tuple[bytes, bool]:
    """The JPEG without position, camera, comments, thumbnail, and what follows its end; True when there was such.

    Adobe's own mark stays: the colours are read by it. One that ends among its points is ended there. Raises ValueError
    when it is not whole before that.
    """
    if data[:2] != b"\xff\xd8":
        raise ValueError("no beginning")
    kept, at, lost = [b"\xff\xd8"], 2, False
    for _ in range(SEGMENTS):
        mark, at = _marker(data, at)
        if mark == EOI:
            return b"".join([*kept, b"\xff\xd9"]), lost or bool(data[at:].strip(b"\0\r\n"))
        if mark in PLAIN:
            continue
        size = int.from_bytes(data[at : at + 2], "big")
        segment = data[at - 2 : at + size]
        if size < 2 or at + size > len(data):
            raise ValueError("cut off")
        at += size
        if mark == SOS:
            found = NEXT_MARKER.search(data, at)
            end = found.start() if found else len(data)
            kept += [segment, data[at:end].rstrip(b"\xff")]
            at = end
            if at >= len(data) - 1:
                return b"".join([*kept, b"\xff\xd9"]), lost
        elif mark == 0xE0 and segment[4:8] == b"JFIF":
            kept.append(JFIF)
        elif mark == COMMENT or (0xE0 <= mark <= 0xEF and mark != ADOBE):
            lost = True
        else:
            kept.append(segment)
    raise ValueError("cut up")


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The next marker and where what belongs to it begins."""
    found = FILL.match(data, at)
    if found is None:
        raise ValueError("no marker")
    if found.end() >= len(data):
        raise ValueError("cut off")
    return data[found.end()], found.end() + 1


def strip_jpeg2000(data: bytes) -> tuple[bytes, bool]:
    """The JPEG 2000 with only the boxes that draw it. Raises ValueError when it is not whole."""
    if data[:4] == b"\xff\x4f\xff\x51":
        return data, False
    kept, at, lost = [], 0, False
    while at < len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        size = size or len(data) - at
        if size < 8 or at + size > len(data):
            raise ValueError("cut off")
        if kind in KEPT_BOXES:
            kept.append(data[at : at + size])
        else:
            lost = True
        at += size
    return b"".join(kept), lost


def blank_inline(data: bytes) -> bytes:
    """Instructions that draw a page, with what cameras write overwritten where a picture lies among them."""
    first = data.find(b"\xff\xd8\xff")
    if first < 0:
        return data
    made, at = bytearray(data), first
    while found := CAMERA.search(made, at):
        at = found.start() + 4
        size = int.from_bytes(made[at - 2 : at], "big")
        end = min(at + max(size - 2, 0), len(made))
        made[at:end] = bytes(end - at)
    return bytes(made)

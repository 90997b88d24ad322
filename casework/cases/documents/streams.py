"""Pictures as they lie in a PDF: their own pixels are kept as they are, what is written beside them goes."""

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
PLAIN = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
KEPT_BOXES = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


def strip_jpeg(data: bytes) -> tuple[bytes, bool]:
    """The JPEG without position, camera, comments, thumbnail, and what follows its end; True when there was such.

    Adobe's own mark stays: the colours are read by it. Raises ValueError when it is not whole.
    """
    if data[:2] != b"\xff\xd8":
        raise ValueError("no beginning")
    kept, at, lost = [b"\xff\xd8"], 2, False
    while True:
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
            end = _scan_end(data, at)
            kept += [segment, data[at:end]]
            at = end
        elif mark == 0xE0 and segment[4:8] == b"JFIF":
            kept.append(JFIF)
        elif (0xE0 <= mark <= 0xEF and mark != 0xEE) or mark == 0xFE:
            lost = True
        else:
            kept.append(segment)


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The next marker and where what belongs to it begins."""
    if data[at : at + 1] != b"\xff":
        raise ValueError("no marker")
    while data[at : at + 1] == b"\xff":
        at += 1
    if at >= len(data):
        raise ValueError("cut off")
    return data[at], at + 1


def _scan_end(data: bytes, at: int) -> int:
    """Where the pixels end: at the first marker that is none of their own."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise ValueError("cut off")
        if data[at + 1] not in (0x00, 0xFF) and data[at + 1] not in PLAIN:
            return at
        at += 1 if data[at + 1] == 0xFF else 2


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
    for mark in (b"\xff\xe1", b"\xff\xed", b"\xff\xfe"):
        at = data.find(mark)
        while at >= 0:
            size = int.from_bytes(data[at + 2 : at + 4], "big")
            known = mark == b"\xff\xfe" or data[at + 4 : at + 9] in (b"Exif\0", b"http:", b"Photo")
            if size >= 2 and known and data.rfind(b"\xff\xd8\xff", 0, at + 1) >= 0:
                data = data[: at + 4] + bytes(size - 2) + data[at + 2 + size :]
            at = data.find(mark, at + 2)
    return data

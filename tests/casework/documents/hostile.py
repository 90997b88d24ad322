"""Sixty files that nobody should be sent: what each is called, what it holds, and how it ends.

An ending is the code that it is refused with, or "clean": then it is taken in, and nothing of FORBIDDEN is left in it.
"""

import gzip
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tests.casework.documents.files import SECRET, exif, jpeg_with_place, pdf, picture, plain_pdf

SCRIPT = f"app.alert('{SECRET}')"
# What no cleaned file has in it, however it is read.
FORBIDDEN = (
    SECRET.encode(), b"/JavaScript", b"/JS", b"/OpenAction", b"/AA", b"/Launch", b"/EmbeddedFile", b"/URI", b"/XFA",
    b"/AcroForm", b"/Metadata", b"/PieceInfo", b"/SubmitForm", b"/GoToR", b"/Annots", b"/RichMedia", b"Exif",
    b"<script", b"PK\3\4", b"PK\5\6", b"MZ",
)  # fmt: skip
Case = tuple[str, str, Callable[[], bytes], str]


def action(kind: str, **more: Any) -> DictionaryObject:
    facts = {NameObject(f"/{name}"): value for name, value in more.items()}
    return DictionaryObject({NameObject("/S"): NameObject(kind), **facts})


SCRIPTED = action("/JavaScript", JS=TextStringObject(SCRIPT))
NAMES = DictionaryObject({NameObject("/JavaScript"): ArrayObject([TextStringObject("gor"), SCRIPTED])})


def zipped() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", SECRET)
    return out.getvalue()


def in_root(name: str, value: Any) -> Callable[[], bytes]:
    return lambda: pdf(lambda made: made.root_object.update({NameObject(name): value}))


def on_page(name: str, value: Any) -> Callable[[], bytes]:
    return lambda: pdf(lambda made: made.pages[0].update({NameObject(name): value}))


def noted(kind: str, **more: Any) -> Callable[[], bytes]:
    """A page with a note on it that does something."""
    rect = ArrayObject([NumberObject(part) for part in (10, 10, 90, 90)])
    facts = {NameObject(f"/{name}"): value for name, value in more.items()}
    note = DictionaryObject({NameObject("/Subtype"): NameObject(kind), NameObject("/Rect"): rect, **facts})
    return on_page("/Annots", ArrayObject([note]))


def attached() -> bytes:
    return pdf(lambda made: made.add_attachment("skript.exe", b"MZ" + SECRET.encode()))


def linked() -> bytes:
    return pdf(lambda made: made.add_annotation(0, Link(rect=(1, 1, 9, 9), url=f"https://example.org/{SECRET}")))


def locked(password: str) -> bytes:
    return pdf(lambda made: made.encrypt(password, "agare", algorithm="RC4-128"))


def stream(data: bytes, **more: Any) -> Any:
    made = DecodedStreamObject()
    made.set_data(data)
    made.update({NameObject(f"/{name}"): value for name, value in more.items()})
    return made


def with_stream(name: str, data: bytes, **more: Any) -> Callable[[], bytes]:
    """A PDF of which a page refers to a stream of its maker's own choice."""

    def change(made: PdfWriter) -> None:
        made.pages[0][NameObject(name)] = made._add_object(stream(data, **more))

    return lambda: pdf(change)


def bomb(size: int, page: bytes = b"/Contents 4 0 R", kind: bytes = b"") -> Callable[[], bytes]:
    """A few kilobytes that unpack to `size`: what draws a page, or a picture on it."""
    packed = zlib.compressobj(9)
    data = b"".join([*(packed.compress(bytes(1 << 20)) for _ in range(size >> 20)), packed.flush()])
    return lambda: by_hand(
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]%s>>endobj\n"
        b"4 0 obj<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n" % (page, kind, len(data), data)
    )


def by_hand(objects: bytes, kids: bytes = b"3 0 R") -> bytes:
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    tree = b"2 0 obj<</Type/Pages/Kids[%s]/Count 1>>endobj\n" % kids
    return head + tree + objects + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def deep() -> bytes:
    """Resources that lie within each other without an end."""

    def change(made: PdfWriter) -> None:
        inner = DictionaryObject()
        for _ in range(200):
            inner = DictionaryObject({NameObject("/Font"): made._add_object(inner)})
        made.pages[0][NameObject("/Resources")] = inner

    return pdf(change)


def many_pages() -> bytes:
    writer = PdfWriter()
    for _ in range(501):
        writer.add_blank_page(9, 9)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))


def huge_png(wide: int, high: int) -> bytes:
    """A picture that says it has so many points, in a few bytes."""
    head = png_chunk(b"IHDR", struct.pack("!IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + png_chunk(b"IDAT", zlib.compress(bytes(9))) + png_chunk(b"IEND", b"")


def written_png() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET)
    words.add_itxt("XML:com.adobe.xmp", SECRET)
    return picture("PNG", pnginfo=words, exif=exif())


def bombed_png() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "x" * 9_000_000, zip=True)
    return picture("PNG", pnginfo=words)


def moving(kind: str) -> bytes:
    out = BytesIO()
    frames = [Image.effect_noise((20, 20), 20 + 9 * at).convert("RGB") for at in range(3)]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def files() -> Iterator[Case]:
    yield from programs()
    yield from names()
    yield from pictures()
    yield from pdfs()


def programs() -> Iterator[Case]:
    """What is no document at all."""
    page = b"<!DOCTYPE html><script>alert(1)</script>"
    drawn = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    yield "a web page", "sida.html", lambda: page, "doc_type"
    yield "a web page called text", "sida.txt", lambda: page, "doc_type"
    yield "a web page called picture", "sida.jpg", lambda: page, "doc_mixed"
    yield "a drawing", "bild.svg", lambda: drawn, "doc_type"
    yield "a drawing called text", "bild.txt", lambda: b"\xef\xbb\xbf \n" + drawn, "doc_type"
    yield "a drawing called PNG", "bild.png", lambda: drawn, "doc_mixed"
    yield "a Word file", "brev.docx", zipped, "doc_type"
    yield "a Word file with macros", "brev.docm", zipped, "doc_type"
    yield "a Word file called PDF", "brev.pdf", zipped, "doc_mixed"
    yield "an old Word file", "brev.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc_type"
    yield "a packed file", "allt.zip", zipped, "doc_type"
    yield "a packed file called text", "allt.txt", zipped, "doc_mixed"
    yield "a packed text", "allt.txt", lambda: gzip.compress(b"x" * 9_000), "doc_mixed"
    yield "a program", "spel.exe", lambda: b"MZ\x90\0", "doc_type"
    yield "a program called PDF", "spel.pdf", lambda: b"MZ\x90\0", "doc_mixed"
    yield "a program called picture", "spel.png", lambda: b"\x7fELF\2\1\1", "doc_mixed"
    yield "a script", "gor.sh", lambda: b"#!/bin/sh\nrm -rf /", "doc_type"
    yield "a script called text", "gor.txt", lambda: b"#!/bin/sh\nrm -rf /", "doc_type"
    yield "a server's script called text", "gor.txt", lambda: b"<?php system('id');", "doc_type"
    yield "text with control characters", "brev.txt", lambda: b"Hej\x1b[2J", "doc_broken"
    yield "text with a bell", "brev.txt", lambda: b"Hej\x07", "doc_broken"
    yield "text in another alphabet's bytes", "brev.txt", lambda: "Hallå där".encode("latin-1"), "doc_broken"
    yield "text in UTF-16", "brev.txt", lambda: "Hej".encode("utf-16"), "doc_mixed"
    yield "an empty file", "brev.pdf", lambda: b"", "doc_empty"
    yield "too large a file", "brev.txt", lambda: b"x" * (20 * 2**20 + 1), "doc_large"


def names() -> Iterator[Case]:
    """What the file says that it is called; the content is harmless."""
    text = b"Hej"
    yield "a name that ends as a program", "brev.pdf.exe", plain_pdf, "doc_type"
    yield "a name that turns around", "brev\u202efdp.exe", plain_pdf, "doc_type"
    yield "a name without an end", "brev", lambda: text, "doc_name"
    yield "a name of a point", ".txt", lambda: text, "clean"
    yield "a name that climbs", "../../etc/passwd.txt", lambda: text, "clean"
    yield "a name of Windows", "C:\\Windows\\system32\\brev.txt", lambda: text, "clean"
    yield "a name with NUL", "brev.exe\0.txt", lambda: text, "clean"
    yield "a name of two ends", "brev.exe.txt", lambda: text, "clean"
    yield "a name too long", "x" * 5_000 + ".txt", lambda: text, "clean"
    yield "a name of two lines", "brev\r\nSet-Cookie: a=b.txt", lambda: text, "clean"


def pictures() -> Iterator[Case]:
    yield "a photo with its place", "bild.jpg", jpeg_with_place, "clean"
    yield "a PNG with words", "bild.png", written_png, "clean"
    yield "a WebP with its place", "bild.webp", lambda: picture("WEBP", exif=exif()), "clean"
    yield "a picture with a packed file after it", "bild.jpg", lambda: picture() + zipped(), "clean"
    yield "a PNG with a program after it", "bild.png", lambda: picture("PNG") + b"MZ" + SECRET.encode(), "clean"
    yield "a picture with a script in it", "bild.jpg", lambda: picture(comment=b"<script>alert(1)</script>"), "clean"
    yield "a moving PNG", "bild.png", lambda: moving("PNG"), "clean"
    yield "a moving WebP", "bild.webp", lambda: moving("WEBP"), "clean"
    yield "a GIF called PNG", "bild.png", lambda: moving("GIF"), "doc_mixed"
    yield "a PNG called JPEG", "bild.jpg", lambda: picture("PNG"), "doc_mixed"
    yield "a picture of too many points", "bild.png", lambda: huge_png(60_000, 60_000), "doc_bomb"
    yield "a picture of many points in no bytes", "bild.png", lambda: huge_png(9_000, 6_000), "doc_bomb"
    yield "a PNG with packed words", "bild.png", bombed_png, "doc_broken"
    yield "half a picture", "bild.jpg", lambda: picture(size=(200, 200))[:900], "doc_broken"
    yield "only the head of a PNG", "bild.png", lambda: b"\x89PNG\r\n\x1a\n", "doc_broken"


def pdfs() -> Iterator[Case]:
    name = TextStringObject(SECRET)
    yield "a script at opening", "a.pdf", in_root("/OpenAction", SCRIPTED), "clean"
    yield "a script among names", "a.pdf", in_root("/Names", NAMES), "clean"
    yield (
        "a script when it is printed",
        "a.pdf",
        in_root("/AA", DictionaryObject({NameObject("/WP"): SCRIPTED})),
        "clean",
    )
    yield "a script on a page", "a.pdf", on_page("/AA", DictionaryObject({NameObject("/O"): SCRIPTED})), "clean"
    yield "a program to start", "a.pdf", noted("/Link", A=action("/Launch", F=name)), "clean"
    yield "a form to send", "a.pdf", noted("/Widget", A=action("/SubmitForm", F=name), T=name), "clean"
    yield "another file to open", "a.pdf", noted("/Link", A=action("/GoToR", F=name)), "clean"
    yield "a film", "a.pdf", noted("/RichMedia", NM=name), "clean"
    yield "a file within", "a.pdf", attached, "clean"
    yield "an address elsewhere", "a.pdf", linked, "clean"
    yield "a form of another kind", "a.pdf", in_root("/AcroForm", DictionaryObject({NameObject("/XFA"): name})), "clean"
    yield "facts of its maker", "a.pdf", plain_pdf, "clean"
    yield "facts of a page", "a.pdf", with_stream("/Metadata", SECRET.encode()), "clean"
    yield "a program's own facts", "a.pdf", with_stream("/PieceInfo", SECRET.encode()), "clean"
    yield "a photo with its place in it", "a.pdf", lambda: plain_pdf(photo=jpeg_with_place()), "clean"
    yield "a packed file after it", "a.pdf", lambda: plain_pdf() + zipped(), "clean"
    yield "a program before it", "a.pdf", lambda: b"MZ" + b" " * 99 + plain_pdf(), "clean"
    yield "a locked one", "a.pdf", lambda: locked("hemligt"), "doc_locked"
    yield "one locked for its maker", "a.pdf", lambda: locked(""), "doc_locked"
    yield "a bomb", "a.pdf", bomb(200 * 2**20), "doc_bomb"
    drawn = b"/Resources<</XObject<</I 4 0 R>>>>"
    yield "a bomb as a picture", "a.pdf", bomb(200 * 2**20, drawn, b"/Subtype/Image"), "doc_bomb"
    yield "resources without an end", "a.pdf", deep, "doc_bomb"
    yield "pages in a ring", "a.pdf", lambda: by_hand(b"", b"2 0 R"), "doc_broken"
    yield "too many pages", "a.pdf", many_pages, "doc_bomb"
    yield "half a PDF", "a.pdf", lambda: plain_pdf()[:200], "doc_broken"
    yield "only the head of a PDF", "a.pdf", lambda: b"%PDF-1.7\n", "doc_broken"


def readable(data: bytes) -> bytes:
    """A file with everything that is packed in it laid open too."""
    if not data.startswith(b"%PDF"):
        return data
    reader = PdfReader(BytesIO(data))
    opened = [data]
    for number in range(1, len(reader.xref[0]) + 1):
        found = reader.get_object(number)
        opened += [repr(found).encode(), *([found.get_data()] if hasattr(found, "get_data") else [])]
    return b"\n".join(opened)

"""Files as people send them, and as nobody should: made in code, none lies in the repository."""

from io import BytesIO
from typing import Any

from fpdf import FPDF
from PIL import Image
from pypdf import PdfReader, PdfWriter

SECRET = "Rosenbuske"
PLACE = {1: "N", 2: (59.0, 20.0, 10.0), 3: "E", 4: (18.0, 4.0, 0.0)}


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: Any) -> bytes:
    out = BytesIO()
    drawn = Image.effect_noise(size, 40).convert(mode)
    if mode == "RGBA":
        drawn.putalpha(99)
    drawn.save(out, kind, **more)
    return out.getvalue()


def exif() -> Image.Exif:
    """Where, with what and which way up a picture was taken."""
    found = Image.Exif()
    found[0x010F], found[0x0112] = SECRET, 6
    found.get_ifd(0x8825).update(PLACE)
    return found


def jpeg_with_place(**more: Any) -> bytes:
    return picture("JPEG", exif=exif(), comment=SECRET.encode(), icc_profile=SECRET.encode() * 9, **more)


def plain_pdf(pages: int = 1, text: str = "Beslut om stöd", photo: bytes = b"") -> bytes:
    made = FPDF()
    made.set_title(SECRET)
    made.set_author(SECRET)
    for _ in range(pages):
        made.add_page()
        made.set_font("helvetica")
        made.cell(text=text)
        if photo:
            made.image(BytesIO(photo))
    return bytes(made.output())


def pdf(change: Any, data: bytes = b"") -> bytes:
    """A PDF as its maker left it: `change` is given a writer."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data or plain_pdf())))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)

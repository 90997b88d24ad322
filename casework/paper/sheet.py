"""A4 pages as PDF. The text is drawn as it is: no markup is read, nothing is fetched, nothing else is told."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

FONTS = Path(__file__).parent / "fonts"
MARGIN, WIDTH, LINE = 25.0, 160.0, 5.5
NEXT: dict[str, Any] = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT, "align": "L"}
# The day in a file tells when it was made to whoever gets it; the log has the true one.
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


class Sheet(FPDF):
    """A document drawn from top to bottom. `header_text` and `footer_text` stand on every page, with its number.

    A letter to somebody outside has neither, only "1 (2)". Lengths are in millimetres. Raises Unprintable for a
    character that the font lacks: a name printed with a hole in it would be another name.
    """

    def __init__(self, *, header_text: str = "", footer_text: str = "") -> None:
        super().__init__(format="A4", unit="mm")
        self.header_text, self.footer_text = header_text, footer_text
        for style, name in (("", "Regular"), ("B", "SemiBold")):
            _add_font(self, style, name)
        self.set_margins(MARGIN, 20, MARGIN)
        self.set_auto_page_break(True, margin=25)
        self.set_creation_date(NO_DAY)
        self.set_producer("")
        self.set_lang("sv-SE")
        for text in (header_text, footer_text):
            check_printable(text)
        self.add_page()

    def header(self) -> None:
        if self.header_text:
            self.set_font("inter", "B", 9)
            self.multi_cell(WIDTH, 5, self.header_text, border="B", **NEXT)
            self.ln(4)

    def footer(self) -> None:
        self.set_y(-18)
        self.set_font("inter", "", 8)
        page = f"sida {self.page_no()} av {{nb}}" if self.footer_text else f"{self.page_no()} ({{nb}})"
        text = f"{self.footer_text} · {page}" if self.footer_text else page
        self.multi_cell(WIDTH, 4, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L" if self.footer_text else "R")

    def title_line(self, text: str) -> None:
        """The heading of the whole document."""
        self._write(text, style="B", size=16, height=8, after=3)

    def heading(self, text: str) -> None:
        self.ln(3)
        self._write(text, style="B", size=12, height=6, after=1)

    def paragraph(self, text: str) -> None:
        """Running text, with its own line breaks."""
        self._write(text, size=10.5, after=3)

    def small(self, text: str) -> None:
        self._write(text, size=8.5, height=4.5, after=2)

    def facts(self, rows: Iterable[tuple[str, str]]) -> None:
        """Label and value, one under the other, so that a long word has the whole width."""
        for label, value in rows:
            self._write(label, size=8.5, height=4.5)
            self._write(value or "–", size=10.5, after=2)

    def block(self, lines: Iterable[str], *, x: float, y: float, width: float = 85.0, size: float = 11) -> None:
        """Lines at a fixed place of the page: an address in an envelope's window, a label."""
        self.set_xy(x, y)
        for line in lines:
            check_printable(line)
            self.set_x(x)
            self.set_font("inter", "", size)
            self.multi_cell(width, LINE, line, **{**NEXT, "new_x": XPos.LEFT})

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """A thin frame: where a label is cut out."""
        self.set_line_width(0.2)
        self.rect(x, y, width, height)

    def finish(self) -> bytes:
        """The whole document."""
        return bytes(self.output())

    def _write(self, text: str, *, style: str = "", size: float = 10.5, height: float = LINE, after: float = 0) -> None:
        check_printable(text)
        self.set_font("inter", style, size)
        self.multi_cell(WIDTH, height, text, **NEXT)
        if after:
            self.ln(after)


class Unprintable(ValueError):
    """A character that the font lacks; `str()` says which, in Swedish."""


def check_printable(text: str) -> None:
    """Raises Unprintable."""
    lacking = sorted({letter for letter in text if letter not in "\n\r\t" and ord(letter) not in _known()})
    if lacking:
        raise Unprintable(f"De här tecknen kan inte skrivas ut: {' '.join(lacking)}. Byt ut dem i texten.")


def _add_font(sheet: FPDF, style: str, name: str) -> TTFFont:
    """Adds a font with its file in memory: the package would leave the file open."""
    sheet.add_font("inter", style, FONTS / f"Inter-{name}.ttf")
    font: Any = sheet.fonts[f"inter{style}"]
    reader = font.ttfont.reader
    with reader.file as opened:
        opened.seek(0)
        reader.file = BytesIO(opened.read())
    assert isinstance(font, TTFFont)
    return font


@lru_cache(maxsize=1)
def _known() -> frozenset[int]:
    return frozenset(_add_font(FPDF(), "", "Regular").cmap)

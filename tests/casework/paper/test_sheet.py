"""Pages as PDF: what stands on them, on every one, and what does not come along."""

import io

import pytest
from pypdf import PdfReader

from casework.paper.sheet import Sheet, Unprintable, check_printable


def read(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def test_head_foot_and_number_stand_on_every_page() -> None:
    sheet = Sheet(header_text="26-00001-1 · Skyddade personuppgifter", footer_text="Utskrivet av Alma 2026-03-01 14.02")
    sheet.paragraph("Hon vill bo kvar.\n" * 150)
    pages = read(sheet.finish())
    assert len(pages) > 2
    for at, page in enumerate(pages, start=1):
        assert "26-00001-1 · Skyddade personuppgifter" in page
        assert f"Utskrivet av Alma 2026-03-01 14.02 · sida {at} av {len(pages)}" in page


def test_a_letter_has_its_text_and_a_number_and_nothing_else() -> None:
    sheet = Sheet()
    sheet.title_line("Kallelse")
    sheet.paragraph("Välkommen.")
    assert read(sheet.finish()) == ["Kallelse\nVälkommen.\n1 (1)"]


def test_names_are_drawn_with_all_their_letters() -> None:
    sheet = Sheet()
    names = "Åsa Đorđević, Łucja Ćwikła, Ağca Şahin, Ελένη, Наталія, Nguyễn"
    sheet.facts([("Namn", names), ("Ort", "")])
    page = read(sheet.finish())[0]
    assert names in page
    assert "Ort\n–" in page


def test_markup_is_text() -> None:
    sheet = Sheet()
    sheet.paragraph("<b>fet</b> **fet** <img src=http://x/> {nb}")
    assert "<b>fet</b> **fet** <img src=http://x/>" in read(sheet.finish())[0]


@pytest.mark.parametrize("text", ["李", "אדם", "ok \x07"])
def test_a_letter_that_the_font_lacks_is_refused_and_named(text: str) -> None:
    with pytest.raises(Unprintable, match="kan inte skrivas ut"):
        check_printable(text)
    for draw in ("paragraph", "heading", "small", "title_line"):
        with pytest.raises(Unprintable):
            getattr(Sheet(), draw)(text)
    with pytest.raises(Unprintable):
        Sheet(header_text=text)
    with pytest.raises(Unprintable):
        Sheet().block([text], x=20, y=20)


def test_a_file_tells_nothing_of_when_or_by_what_it_was_made() -> None:
    data = Sheet().finish()
    told = PdfReader(io.BytesIO(data)).metadata or {}
    assert {key: value for key, value in told.items() if value} == {"/CreationDate": "D:20000101000000Z"}
    assert b"fpdf" not in data.lower()


def test_a_long_word_is_broken_and_nothing_is_lost() -> None:
    word = "Samordningsnummerhandläggarutbildningsbevis" * 6
    sheet = Sheet()
    sheet.facts([("Ord", word)])
    assert "".join(read(sheet.finish())[0].split("\n")[1:-1]) == word

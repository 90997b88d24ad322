"""What is left of a file: what it shows, and nothing else. Hostile files are refused or made harmless."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject

from casework.cases.documents import cleaning
from casework.cases.documents.pdf import _placed as placed
from casework.cases.documents.refusals import CODES, Unclean
from casework.cases.documents.streams import blank_inline, strip_jpeg, strip_jpeg2000
from tests.casework.documents import hostile
from tests.casework.documents.files import SECRET, exif, jpeg_with_place, pdf, picture, plain_pdf, text_of

FILES = list(hostile.files())


def test_there_are_sixty_hostile_files_and_each_way_of_refusing_is_tried() -> None:
    endings = {ending for *_, ending in FILES}
    assert len(FILES) >= 60
    assert len({what for what, *_ in FILES}) == len(FILES)
    assert CODES.keys() - endings == {"doc_infected", "doc_unscanned"}


@pytest.mark.parametrize(("what", "name", "made", "ending"), FILES, ids=[what for what, *_ in FILES])
def test_a_hostile_file_is_refused_or_made_harmless(what: str, name: str, made: Any, ending: str) -> None:
    data = made()
    if ending != "clean":
        with pytest.raises(Unclean) as refused:
            cleaning.clean(name, data)
        assert refused.value.code == ending, str(refused.value)
        assert len(str(refused.value)) > 20
        assert SECRET not in str(refused.value)
        return
    found = cleaning.clean(name, data)
    opened = hostile.readable(found.data)
    assert [word for word in hostile.FORBIDDEN if word in opened] == []
    assert (found.name.count("."), len(found.name) <= cleaning.NAME) == (1, True)
    assert found.name.isprintable()
    assert not set(found.name) & set("/\\:\0") - {":"}
    again = cleaning.clean(found.name, found.data)
    assert (again.media_type, again.removed) == (found.media_type, [])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Beslut.pdf", "Beslut.pdf"),
        ("Beslut 2026.03.01.PDF", "Beslut 2026 03 01.pdf"),
        ("mapp/under/Beslut.pdf", "Beslut.pdf"),
        ("  .Beslut .pdf ", "Beslut.pdf"),
        ("..pdf", "dokument.pdf"),
        ("Å\u030adal\u200b.pdf", "Å\u030adal.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_reads_as_it_is(name: str, shown: str) -> None:
    assert ".".join(cleaning.split_name(name)) == shown


# --- what is shown stays ----------------------------------------------------------------------------------------------


def test_text_stays_word_for_word() -> None:
    words = "Hej!\r\n\tÅsa tycker 😀 så här.\n"
    found = cleaning.clean("brev.text", words.encode("utf-8-sig"))
    assert (found.data.decode(), found.media_type, found.name) == (words, "text/plain", "brev.txt")


def test_a_photo_is_turned_the_right_way_up() -> None:
    found = cleaning.clean("bild.jpeg", jpeg_with_place(size=(60, 40)))
    with Image.open(BytesIO(found.data)) as shown:
        assert shown.size == (40, 60)
        assert not shown.getexif()
        assert not shown.info.keys() & {"exif", "icc_profile", "comment"}
    assert found.removed == ["Uppgifter som låg i bilden: plats, tid, kamera, förhandsbild eller kommentarer"]


@pytest.mark.parametrize(
    ("name", "kind", "mode", "after"),
    [
        ("a.jpg", "JPEG", "CMYK", "RGB"),
        ("a.jpg", "JPEG", "L", "L"),
        ("a.png", "PNG", "RGBA", "RGBA"),
        ("a.png", "PNG", "P", "RGB"),
        ("a.png", "PNG", "1", "RGB"),
        ("a.png", "PNG", "I;16", "RGB"),
        ("a.webp", "WEBP", "RGBA", "RGBA"),
    ],
)
def test_a_picture_of_every_kind_is_drawn_anew(name: str, kind: str, mode: str, after: str) -> None:
    found = cleaning.clean(name, picture(kind, mode=mode))
    with Image.open(BytesIO(found.data)) as shown:
        assert (shown.format, shown.mode, shown.size) == (kind, after, (60, 40))
    assert found.removed == []


def test_what_shines_through_still_does() -> None:
    found = cleaning.clean("a.png", picture("PNG", mode="P", transparency=3))
    with Image.open(BytesIO(found.data)) as shown:
        assert shown.mode == "RGBA"


def test_a_pdf_keeps_its_pages_and_their_words() -> None:
    found = cleaning.clean("a.pdf", plain_pdf(pages=3, photo=picture()))
    assert text_of(found.data).count("Beslut om stöd") == 3
    reader = PdfReader(BytesIO(found.data))
    assert reader.metadata is None
    assert reader.pages[0].images[0].image.size == (60, 40)
    assert reader.pages[2].mediabox == PdfReader(BytesIO(plain_pdf())).pages[0].mediabox
    assert "Uppgifter om vem som gjorde filen, när och med vilket program" in found.removed


def test_a_cleaned_file_that_grew_too_large_is_refused(settings: Any) -> None:
    data = picture(size=(300, 300), quality=20)
    settings.DOCUMENT_MAX_BYTES = len(data) + 100
    with pytest.raises(Unclean, match="större än"):
        cleaning.clean("a.jpg", data)


def test_a_signed_pdf_says_that_its_signature_is_gone() -> None:
    form = DictionaryObject({NameObject("/SigFlags"): NumberObject(3)})
    data = pdf(lambda made: made.root_object.update({NameObject("/AcroForm"): form}))
    assert "Elektronisk underskrift: den gäller inte i den här filen" in cleaning.clean("a.pdf", data).removed


# --- pictures within a PDF --------------------------------------------------------------------------------------------


def test_a_jpeg_keeps_its_points_and_loses_the_rest() -> None:
    data = jpeg_with_place(progressive=True, size=(64, 64)) + b"PK\3\4" + SECRET.encode()
    made, lost = strip_jpeg(data)
    assert lost
    assert SECRET.encode() not in made
    with Image.open(BytesIO(data)) as before, Image.open(BytesIO(made)) as after:
        assert before.tobytes() == after.tobytes()
    assert strip_jpeg(made) == (made, False)


def test_a_jpeg_that_ends_among_its_points_is_ended_there() -> None:
    whole = picture()
    for cut in (whole[:-2], whole[:-1], whole[:-40]):
        made, lost = strip_jpeg(cut)
        assert (made[:-42], made[-2:], lost) == (strip_jpeg(whole)[0][: len(made) - 42], b"\xff\xd9", False)


def test_a_jpeg_of_nothing_but_remarks_is_given_up() -> None:
    with pytest.raises(ValueError, match="cut up"):
        strip_jpeg(b"\xff\xd8" + b"\xff\xfe\0\2" * 6_000)


@pytest.mark.parametrize("at", [1, 2, 3, 5, 30])
def test_a_jpeg_that_is_not_whole_is_refused(at: int) -> None:
    with pytest.raises(ValueError, match=r"cut off|no marker|no beginning"):
        strip_jpeg(picture()[:at])


def box(kind: bytes, data: bytes) -> bytes:
    return (len(data) + 8).to_bytes(4, "big") + kind + data


def test_a_jpeg_2000_keeps_only_what_draws_it() -> None:
    kept = box(b"jP  ", b"\r\n\x87\n") + box(b"jp2h", b"x" * 9)
    whole = kept + box(b"xml ", SECRET.encode()) + b"\0\0\0\1jp2c" + (25).to_bytes(8, "big") + b"x" * 9
    made, lost = strip_jpeg2000(whole)
    assert lost
    assert made == kept + whole[-25:]
    assert strip_jpeg2000(b"\xff\x4f\xff\x51abc") == (b"\xff\x4f\xff\x51abc", False)
    with pytest.raises(ValueError, match="cut off"):
        strip_jpeg2000(box(b"jp2c", b"abc")[:-1])


def test_a_photo_among_a_pages_orders_loses_its_place() -> None:
    orders = b"q BI /W 60 /H 40 /F /DCT ID " + picture(exif=exif()) + b" EI Q"
    made = blank_inline(orders)
    assert SECRET.encode() not in made
    assert len(made) == len(orders)
    assert blank_inline(b"\xff\xe1 (no photo)") == b"\xff\xe1 (no photo)"


# --- what is filled in ------------------------------------------------------------------------------------------------


def form_field(**more: Any) -> Any:
    """A page with a field that is filled in, drawn as `N` says."""

    def change(made: PdfWriter) -> None:
        font = DictionaryObject({NameObject(f"/{key}"): NameObject(f"/{name}") for key, name in FONT})
        named = DictionaryObject({NameObject("/H"): font})
        looks = hostile.stream(
            b"BT /H 12 Tf 2 2 Td (Ifyllt) Tj ET",
            Subtype=NameObject("/Form"),
            BBox=numbers(0, 0, 50, 20),
            Resources=DictionaryObject({NameObject("/Font"): named}),
        )
        drawn = made._add_object(looks)
        facts = {"Subtype": NameObject("/Widget"), "Rect": numbers(100, 200, 200, 240)}
        facts["AP"] = DictionaryObject({NameObject("/N"): drawn})
        facts |= {name: value(drawn) if callable(value) else value for name, value in more.items()}
        note = DictionaryObject({NameObject(f"/{name}"): value for name, value in facts.items()})
        made.pages[0][NameObject("/Annots")] = ArrayObject([made._add_object(note)])

    return pdf(change)


FONT = (("Type", "Font"), ("Subtype", "Type1"), ("BaseFont", "Helvetica"))


def numbers(*parts: float) -> ArrayObject:
    return ArrayObject([FloatObject(part) for part in parts])


def by_state(drawn: Any) -> DictionaryObject:
    states = DictionaryObject({NameObject("/Ja"): drawn})
    return DictionaryObject({NameObject("/N"): states})


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ({}, True),
        ({"AP": by_state, "AS": NameObject("/Ja")}, True),
        ({"AP": by_state, "AS": NameObject("/Off")}, False),
        ({"AP": by_state}, False),
        ({"F": NumberObject(2)}, False),
        ({"Subtype": NameObject("/Link")}, False),
        ({"Rect": NumberObject(3)}, False),
        ({"AP": NumberObject(3)}, False),
    ],
)
def test_what_is_filled_in_is_drawn_on_the_page(more: dict[str, Any], kept: bool) -> None:
    found = cleaning.clean("a.pdf", form_field(**more))
    page = PdfReader(BytesIO(found.data)).pages[0]
    assert ("Ifyllt" in page.extract_text()) == kept
    assert "Beslut om stöd" in page.extract_text()
    assert (b"2.00000 0.00000 0.00000 2.00000 100.00000 200.00000 cm" in page.get_contents().get_data()) == kept


@pytest.mark.parametrize(
    ("box", "turn", "rect", "matrix"),
    [
        (numbers(0, 0, 10, 10), None, [5, 5, 25, 15], [2, 0, 0, 1, 5, 5]),
        (numbers(10, 0, 20, 10), None, [25, 15, 5, 5], [2, 0, 0, 1, -15, 5]),
        (numbers(0, 0, 10, 20), numbers(0, 1, -1, 0, 0, 0), [0, 0, 20, 10], [1, 0, 0, 1, 20, 0]),
        (numbers(0, 0, 0, 10), None, [5, 5, 25, 15], []),
        (numbers(0, 0, 10), None, [5, 5, 25, 15], []),
    ],
)
def test_a_form_is_laid_on_its_place(box: Any, turn: Any, rect: list[float], matrix: list[float]) -> None:
    facts = {NameObject("/BBox"): box} | ({NameObject("/Matrix"): turn} if turn is not None else {})
    assert placed(DictionaryObject(facts), rect) == matrix

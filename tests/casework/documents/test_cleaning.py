"""What is left of a file: what it shows, and nothing else. Hostile files are refused or made harmless."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from casework.cases.documents import cleaning
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
    from pypdf.generic import DictionaryObject, NameObject, NumberObject

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


@pytest.mark.parametrize("at", [1, 2, 3, 5, 30, -2])
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

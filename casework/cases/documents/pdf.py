"""PDF: its pages as they look, in a file of our own. Source: ISO 32000-2, 7.7 and 12.5.5."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from casework.cases.documents.pdfcopy import ONE_STREAM, Copy
from casework.cases.documents.refusals import Unclean, broken, too_much

PAGES = 500
LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": ONE_STREAM,
    "zlib_maximum_output_length": ONE_STREAM,
    "lzw_maximum_output_length": ONE_STREAM,
    "run_length_maximum_output_length": ONE_STREAM,
    "brotli_maximum_output_length": ONE_STREAM,
    "page_tree_maximum_entries": 10_000,
    "jbig2dec_binary": None,  # else another program would be started, with the picture on the disk
}
BOXES = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group")
A4 = ArrayObject([NumberObject(0), NumberObject(0), NumberObject(595), NumberObject(842)])
HIDDEN, NO_VIEW = 2, 32
# Drawn on the page by a program when somebody clicks, or only a way to somewhere.
UNDRAWN = frozenset("/Link /Popup /FileAttachment /Screen /Movie /Sound /RichMedia /3D /TrapNet".split())
PICTURES = "Uppgifter i bilderna: plats, tid, kamera eller kommentarer"


def clean_pdf(data: bytes) -> tuple[bytes, list[str]]:
    """The pages as they look, and what was left behind. Raises Unclean for one that is locked, broken or too much."""
    try:
        with apply_configuration(**LIMITS):
            return _copied(PdfReader(BytesIO(data)))
    except Unclean:
        raise
    except (LimitReachedError, MemoryError, RecursionError):
        raise too_much("Filen är för stor eller för invecklad för att läsas.") from None
    # Whatever a reader says of bytes that somebody made: the answer is the same.
    except Exception:
        raise broken("PDF-filen") from None


def _copied(reader: PdfReader) -> tuple[bytes, list[str]]:
    if reader.is_encrypted:
        words = "PDF-filen är låst. Öppna den, skriv ut den som en ny PDF och försök igen."
        raise Unclean("doc_locked", words)
    pages = reader.pages
    if len(pages) > PAGES:
        raise too_much(f"Filen har fler än {PAGES} sidor.")
    if not len(pages):
        raise broken("PDF-filen")
    copy = Copy()
    root, tree = copy.add(None), copy.add(None)
    removed = _of_the_whole(reader)
    kids = []
    for page in pages:
        kids.append(copy.add(_page(copy, page, tree)))
        removed.update(_of_page(page))
    facts: dict[str, PdfObject] = {
        "/Type": NameObject("/Pages"),
        "/Kids": ArrayObject(kids),
        "/Count": NumberObject(len(kids)),
    }
    copy.put(tree, _made(facts))
    copy.put(root, _made({"/Type": NameObject("/Catalog"), "/Pages": tree}))
    made = copy.written(root)
    if copy.stripped:
        removed[PICTURES] = True
    return made, list(removed)


def _made(facts: dict[str, PdfObject]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): value for key, value in facts.items()})


# --- one page ---------------------------------------------------------------------------------------------------------


def _page(copy: Copy, page: DictionaryObject, tree: IndirectObject) -> DictionaryObject:
    facts: dict[str, PdfObject] = {"/Type": NameObject("/Page"), "/Parent": tree, "/MediaBox": A4}
    facts.update({key: copy.value(page.raw_get(key)) for key in BOXES if key in page})
    resources = _dict(page.get("/Resources"))
    drawn = copy.dictionary(resources)
    pictures = copy.dictionary(_dict(resources.get("/XObject")), named=True)
    contents = [copy.value(part) for part in _parts(page)]
    orders = [b"Q"]
    for at, (form, matrix) in enumerate(_appearances(page)):
        name = f"/Ritad{at}"
        pictures[NameObject(name)] = copy.value(form)
        orders.append(b"q %s cm %s Do Q" % (" ".join(f"{part:.5f}" for part in matrix).encode(), name.encode()))
    if len(orders) > 1:
        contents = [copy.drawing(b"q"), *contents, copy.drawing(b"\n".join(orders))]
    drawn[NameObject("/XObject")] = pictures
    return _made({**facts, "/Resources": drawn, "/Contents": ArrayObject(contents)})


def _dict(item: Any) -> DictionaryObject:
    found = item.get_object() if item is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _parts(page: DictionaryObject) -> list[Any]:
    """The streams that draw a page, as they are referred to."""
    raw = page.raw_get("/Contents") if "/Contents" in page else None
    found = raw.get_object() if raw is not None else None
    listed = list(list.__iter__(found)) if isinstance(found, ArrayObject) else [raw]
    return [part for part in listed if part is not None and isinstance(part.get_object(), StreamObject)]


def _annotations(page: DictionaryObject) -> Iterator[DictionaryObject]:
    found = page.get("/Annots")
    listed = found.get_object() if found is not None else None
    for part in listed if isinstance(listed, ArrayObject) else ():
        yield _dict(part)


def _appearances(page: DictionaryObject) -> Iterator[tuple[Any, list[float]]]:
    """What is filled in, stamped or marked on a page as it looks: (how it is drawn, where)."""
    for note in _annotations(page):
        flags = note.get("/F", 0)
        seen = not (isinstance(flags, int) and flags & (HIDDEN | NO_VIEW))
        looks = _dict(note.get("/AP"))
        if not seen or note.get("/Subtype") in UNDRAWN or "/N" not in looks:
            continue
        raw = looks.raw_get("/N")
        if not isinstance(raw.get_object(), StreamObject):
            states = _dict(raw)
            state = note.get("/AS")
            raw = states.raw_get(state) if state in states else None
        if raw is not None and isinstance(raw.get_object(), StreamObject):
            matrix = _placed(raw.get_object(), _numbers(note.get("/Rect"), 4))
            if matrix:
                yield raw, matrix


def _placed(form: DictionaryObject, rect: list[float]) -> list[float]:
    """The matrix that lays a form's box on its place (ISO 32000-2, 12.5.5); [] for one without any extent."""
    box, turn = _numbers(form.get("/BBox"), 4), _numbers(form.get("/Matrix"), 6) or [1, 0, 0, 1, 0, 0]
    if not box or not rect:
        return []
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across = [turn[0] * x + turn[2] * y + turn[4] for x, y in corners]
    along = [turn[1] * x + turn[3] * y + turn[5] for x, y in corners]
    wide, high = max(across) - min(across), max(along) - min(along)
    if not wide or not high:
        return []
    right, up = abs(rect[2] - rect[0]) / wide, abs(rect[3] - rect[1]) / high
    left, low = min(rect[0], rect[2]) - min(across) * right, min(rect[1], rect[3]) - min(along) * up
    return [right, 0, 0, up, left, low]


def _numbers(item: Any, count: int) -> list[float]:
    found = item.get_object() if item is not None else None
    if not isinstance(found, ArrayObject) or len(found) != count:
        return []
    parts = [part.get_object() for part in list.__iter__(found)]
    return (
        [float(part) for part in parts] if all(isinstance(part, NumberObject | FloatObject) for part in parts) else []
    )


# --- what is left behind ----------------------------------------------------------------------------------------------


def _of_the_whole(reader: PdfReader) -> dict[str, bool]:
    root = _dict(reader.trailer.get("/Root"))
    names, form = _dict(root.get("/Names")), _dict(root.get("/AcroForm"))
    found = {
        "Uppgifter om vem som gjorde filen, när och med vilket program": "/Info" in reader.trailer
        or "/Metadata" in root,
        "Skript och sådant som händer av sig självt": "/JavaScript" in names or "/OpenAction" in root or "/AA" in root,
        "Bifogade filer": "/EmbeddedFiles" in names or "/AF" in root,
        "Fält att fylla i: det som är ifyllt är kvar som det ser ut": bool(form),
        "Elektronisk underskrift: den gäller inte i den här filen": "/SigFlags" in form,
        "Lager: det som låg dolt i ett lager kan synas": "/OCProperties" in root,
    }
    return {what: True for what, there in found.items() if there}


def _of_page(page: DictionaryObject) -> dict[str, bool]:
    kinds = {str(note.get("/Subtype")) for note in _annotations(page)}
    found = {
        "Länkar": "/Link" in kinds,
        "Bifogade filer": "/FileAttachment" in kinds,
        "Skript och sådant som händer av sig självt": "/AA" in page
        or bool(kinds & {"/Screen", "/RichMedia", "/Movie"}),
    }
    return {what: True for what, there in found.items() if there}

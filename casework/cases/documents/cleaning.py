"""From a file that somebody sent to one that only shows something: by its content, never by what it says of itself."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings

from casework.cases.documents.pdf import clean_pdf
from casework.cases.documents.pictures import clean_picture
from casework.cases.documents.refusals import Unclean, broken, too_large

NAME = 120
# Marks of text that is meant to be run or drawn by something.
MARKUP = ("<!doctype", "<html", "<svg", "<?xml", "<?php", "<script", "<body", "#!", "%pdf", "{\\rtf", "@echo")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "txt": "text/plain",
}
SAME = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "text": "txt"}
CALLED = {"pdf": "en PDF", "jpg": "en JPEG-bild", "png": "en PNG-bild", "webp": "en WebP-bild", "txt": "vanlig text"}
OTHERWISE = "Spara som PDF, JPEG, PNG eller vanlig text och försök igen."
OFFICE = "Dokument från Word, Excel och liknande program tas inte emot. Spara som PDF och försök igen."
ADVICE = {
    **dict.fromkeys("doc docx docm dot dotm xls xlsx xlsm ppt pptx pptm odt ods odp rtf pages".split(), OFFICE),
    **dict.fromkeys("htm html xhtml svg xml mht".split(), "Webbsidor tas inte emot. Spara som PDF och försök igen."),
    **dict.fromkeys(
        "zip rar 7z gz tar iso".split(), "Packade filer tas inte emot. Packa upp och skicka en fil i taget."
    ),
    **dict.fromkeys("heic heif tif tiff gif bmp".split(), "Bildtypen tas inte emot. Spara som JPEG och försök igen."),
    **dict.fromkeys("eml msg".split(), "E-post tas inte emot. Skriv ut brevet som PDF och försök igen."),
    **dict.fromkeys(
        "exe dll com scr msi bat cmd ps1 vbs js jar sh py lnk hta apk".split(), "Program och skript tas inte emot."
    ),
}


@dataclass(frozen=True, repr=False)
class Cleaned:
    """A file that has been drawn anew. `name` is only for showing; `removed` says in Swedish what was taken out."""

    name: str
    media_type: str
    extension: str
    data: bytes
    removed: list[str] = field(default_factory=list)


def clean(name: str, data: bytes) -> Cleaned:
    """Raises Unclean, with what to do, for a file that is of no known kind, not whole, or dangerous."""
    if not data:
        raise Unclean("doc_empty", "Filen är tom. Välj en annan fil.")
    if len(data) > settings.DOCUMENT_MAX_BYTES:
        raise too_large()
    stem, said = split_name(name)
    extension = SAME.get(said, said)
    if extension not in TYPES:
        raise Unclean("doc_type", ADVICE.get(extension, f"Filtypen tas inte emot. {OTHERWISE}"))
    found = kind_of(data)
    if found != extension:
        raise _mixed(extension, found)
    made, removed = CLEANERS[extension](data)
    if len(made) > settings.DOCUMENT_MAX_BYTES:
        raise too_large()
    return Cleaned(f"{stem}.{extension}", TYPES[extension], extension, made, removed)


def split_name(name: str) -> tuple[str, str]:
    """What may be shown of a file's name, and its extension in lower case.

    Folders, invisible and turning marks and inner dots go: what is left has one extension and reads as it is.
    """
    last = unicodedata.normalize("NFKC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip().rstrip(" .")
    stem, dot, extension = seen.rpartition(".")
    if not dot:
        raise Unclean("doc_name", f"Filens namn ska sluta på sin filtyp, till exempel .pdf. {OTHERWISE}")
    stem = " ".join(stem.replace(".", " ").split()) or "dokument"
    return stem[: NAME - len(extension) - 1].rstrip(), extension.lower().strip()


def kind_of(data: bytes) -> str:
    """What the bytes are, by their beginning; "" for none of the kinds that are taken in."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    # Readers take a PDF whose head stands some way in; what stands before it is left out when it is written anew.
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return "" if b"\0" in data[:1024] else "txt"


def _mixed(said: str, found: str) -> Unclean:
    if not found or found == "txt":
        return Unclean("doc_mixed", f"Filen heter .{said} men är inte {CALLED[said]}. {OTHERWISE}")
    return Unclean("doc_mixed", f"Filen heter .{said} men är {CALLED[found]}. Spara om den och försök igen.")


def clean_text(data: bytes) -> tuple[bytes, list[str]]:
    """Text in UTF-8, without what is invisible. Raises Unclean for control characters and for what is a program."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = "Texten är inte sparad som UTF-8. Välj UTF-8 när du sparar den och försök igen."
        raise Unclean("doc_broken", words) from None
    if CONTROL.search(text):
        raise broken("Texten innehåller tecken som inte är text och")
    if text.lstrip().lower().startswith(MARKUP):
        raise Unclean("doc_type", f"Innehållet är inte vanlig text utan en webbsida eller ett skript. {OTHERWISE}")
    return text.encode(), []


CLEANERS: dict[str, Callable[[bytes], tuple[bytes, list[str]]]] = {
    "pdf": clean_pdf,
    "jpg": lambda data: clean_picture(data, "JPEG"),
    "png": lambda data: clean_picture(data, "PNG"),
    "webp": lambda data: clean_picture(data, "WEBP"),
    "txt": clean_text,
}

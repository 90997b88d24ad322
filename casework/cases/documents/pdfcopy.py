"""Copies what draws a page out of one PDF into another that is written from nothing.

Nothing is taken over because it was there: a catalogue, pages and what their drawing refers to, each copied one by
one. What could act, point elsewhere or tell who made the file is left behind wherever it stands.
"""

import zlib
from io import BytesIO
from typing import Any

from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from casework.cases.documents.refusals import Unclean, too_much
from casework.cases.documents.streams import blank_inline, strip_jpeg, strip_jpeg2000

OBJECTS, DEPTH, DECODED, ONE_STREAM = 50_000, 60, 150_000_000, 75_000_000
# Dictionaries whose keys are names that the file's maker chose.
NAMED = frozenset("/Font /XObject /ColorSpace /Pattern /Shading /ExtGState /CharProcs /Colorants".split())
LEFT = frozenset(
    "/A /AA /AF /AcroForm /Alternates /Annots /B /DPart /Dest /Dests /EF /EmbeddedFile /EmbeddedFiles /F /FDecodeParms"
    " /FFilter /GoToE /GoToR /ID /ImportData /JS /JavaScript /LastModified /Launch /Measure /Metadata /Names /OC /OPI"
    " /OpenAction /Parent /PieceInfo /Properties /PtData /Ref /RichMedia /SeparationInfo /StructParent /StructParents"
    " /SubmitForm /Thumb /Trans /URI /VP /XFA".split()
)
FLATE, FILTER, PARMS = NameObject("/FlateDecode"), NameObject("/Filter"), NameObject("/DecodeParms")
PICTURES = frozenset("/DCTDecode /JPXDecode /CCITTFaxDecode /JBIG2Decode".split())
OWN_PARMS = frozenset({"/CCITTFaxDecode", "/JBIG2Decode"})


class Copy:
    """A PDF in the making. Raises Unclean when it grows past what a document is."""

    def __init__(self) -> None:
        self.objects: list[PdfObject | tuple[DictionaryObject, bytes] | None] = []
        self.known: dict[tuple[int, int, bool], IndirectObject] = {}
        self.decoded = 0
        self.stripped = False

    # --- making -------------------------------------------------------------------------------------------------------

    def add(self, item: PdfObject | tuple[DictionaryObject, bytes] | None) -> IndirectObject:
        """A place for `item`; None for one that is put there later."""
        if len(self.objects) >= OBJECTS:
            raise too_much("Filen har för många delar.")
        self.objects.append(item)
        return IndirectObject(len(self.objects), 0, None)

    def put(self, at: IndirectObject, item: PdfObject | tuple[DictionaryObject, bytes]) -> None:
        self.objects[at.idnum - 1] = item

    def drawing(self, data: bytes) -> IndirectObject:
        """Instructions of our own."""
        return self.add((DictionaryObject(), data))

    def written(self, root: IndirectObject) -> bytes:
        out, places = BytesIO(), []
        out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        for number, item in enumerate(self.objects, 1):
            places.append(out.tell())
            out.write(b"%d 0 obj\n" % number)
            _write(item, out)
            out.write(b"\nendobj\n")
        start = out.tell()
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
        out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
        out.write(b"trailer\n<< /Size %d /Root %d 0 R >>\n" % (len(places) + 1, root.idnum))
        out.write(b"startxref\n%d\n%%%%EOF\n" % start)
        return out.getvalue()

    # --- copying ------------------------------------------------------------------------------------------------------

    def value(self, item: Any, *, named: bool = False, depth: int = 0) -> PdfObject:
        """A copy of any object. `named`: the keys of this dictionary are names, not orders."""
        if depth > DEPTH:
            raise too_much("Filen är sammansatt på ett sätt som inte går att följa.")
        if isinstance(item, IndirectObject):
            return self.reference(item, named, depth)
        if isinstance(item, StreamObject):
            return self.add(self.stream(item, depth))
        if isinstance(item, DictionaryObject):
            return self.dictionary(item, named=named, depth=depth)
        if isinstance(item, ArrayObject):
            return ArrayObject([self.value(part, depth=depth + 1) for part in list.__iter__(item)])
        return _simple(item)

    def reference(self, item: IndirectObject, named: bool, depth: int) -> PdfObject:
        key = (item.idnum, item.generation, named)
        if key in self.known:
            return self.known[key]
        target = item.get_object()
        if isinstance(target, StreamObject):
            place = self.known[key] = self.add(None)
            self.put(place, self.stream(target, depth))
            return place
        if isinstance(target, DictionaryObject | ArrayObject):
            place = self.known[key] = self.add(None)
            self.put(place, self.value(target, named=named, depth=depth + 1))
            return place
        return _simple(target)

    def dictionary(self, item: DictionaryObject, *, named: bool = False, depth: int = 0) -> DictionaryObject:
        made = DictionaryObject()
        for key, value in dict.items(item):
            if named or (key not in LEFT and not key.startswith("/PTEX.")):
                made[NameObject(key)] = self.value(value, named=not named and key in NAMED, depth=depth + 1)
        return made

    def stream(self, item: StreamObject, depth: int) -> tuple[DictionaryObject, bytes]:
        """A stream with its data read through and packed again; of a picture only its pixels."""
        filters, parms = _list(item.get(FILTER)), _list(item.get(PARMS))
        clear = {key: value for key, value in dict.items(item) if key not in {FILTER, PARMS, "/Length", "/DL"}}
        made = self.dictionary(DictionaryObject(clear), depth=depth + 1)
        last = str(filters[-1]) if filters else ""
        if last in PICTURES:
            data = self.picture(last, _inside(item, filters, parms))
            made[FILTER] = NameObject(last)
            if last in OWN_PARMS and len(parms) == len(filters):
                made[PARMS] = self.value(parms[-1], depth=depth + 1)
        elif [str(one) for one in filters] == [FLATE] and _is_plain(item) and (whole := self.packed(_raw(item))):
            data, made[FILTER] = whole, FLATE
            if parms:
                made[PARMS] = self.value(parms[0], depth=depth + 1)
        else:
            data = item.get_data()
            self.count(len(data))
            data, made[FILTER] = zlib.compress(data if _is_plain(item) else blank_inline(data)), FLATE
        return made, data

    def picture(self, kind: str, data: bytes) -> bytes:
        self.count(len(data))
        if kind == "/DCTDecode":
            data, lost = strip_jpeg(data)
        elif kind == "/JPXDecode":
            data, lost = strip_jpeg2000(data)
        else:
            return data
        self.stripped = self.stripped or lost
        return data

    def packed(self, data: bytes) -> bytes:
        """The packed bytes up to their end, after a look at how much they hold; b"" when they are not whole."""
        unpack, rest, size = zlib.decompressobj(), data, 0
        try:
            while not unpack.eof:
                part = unpack.decompress(rest, 1 << 20)
                rest, size = unpack.unconsumed_tail, size + len(part)
                if size > ONE_STREAM:
                    raise _bomb()
                if not part and not rest:
                    return b""
        except zlib.error:
            return b""
        self.count(size)
        return data[: len(data) - len(unpack.unused_data)]

    def count(self, size: int) -> None:
        self.decoded += size
        if self.decoded > DECODED:
            raise _bomb()


def _write(item: Any, out: BytesIO) -> None:
    if not isinstance(item, tuple):
        (item or NullObject()).write_to_stream(out)
        return
    facts, data = item
    facts[NameObject("/Length")] = NumberObject(len(data))
    facts.write_to_stream(out)
    out.write(b"\nstream\n" + data + b"\nendstream")


def _bomb() -> Unclean:
    return too_much("Filen packar upp till för mycket data.")


def _simple(item: Any) -> PdfObject:
    """A name, number or text, made anew. Text is kept byte for byte: a palette may lie in one."""
    if isinstance(item, NameObject):
        return NameObject(str(item))
    if isinstance(item, TextStringObject | ByteStringObject):
        return ByteStringObject(item.original_bytes)
    if isinstance(item, BooleanObject | NumberObject | FloatObject):
        return item
    return NullObject()


def _list(item: Any) -> list[Any]:
    found = item.get_object() if isinstance(item, IndirectObject) else item
    if found is None or isinstance(found, NullObject):
        return []
    return [part.get_object() for part in list.__iter__(found)] if isinstance(found, ArrayObject) else [found]


def _is_plain(item: StreamObject) -> bool:
    """Pixels and fonts: nothing is drawn by their content, so no picture can lie in them."""
    return item.get("/Subtype") == "/Image" or any(f"/Length{part}" in item for part in (1, 2, 3))


def _raw(item: StreamObject) -> bytes:
    return item._data


def _inside(item: StreamObject, filters: list[Any], parms: list[Any]) -> bytes:
    """The bytes of a picture, out of whatever else they are packed in. A picture's own packing is left alone."""
    if len(filters) == 1:
        return _raw(item)
    outer = EncodedStreamObject()
    outer._data = _raw(item)
    outer[FILTER] = ArrayObject(filters[:-1])
    if len(parms) == len(filters):
        outer[PARMS] = ArrayObject(parms[:-1])
    return decode_stream_data(outer)

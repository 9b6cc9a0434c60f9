"""PDF: facts about the document, comments, attachments, hidden layers, and its pictures."""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import BinaryIO, Final

from handbook.documents.allowance import MOST_BYTES, Allowance
from handbook.documents.pdf_objects import (
    OBJECT_COST,
    PICTURE_FILTERS,
    PdfObject,
    PdfStream,
    objects_and_streams,
)
from handbook.documents.pdf_strings import string_at
from handbook.documents.pictures import buried_disclosures, picture, picture_disclosures
from handbook.documents.properties import by_author, custom_property
from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.disclosures import Category, Disclosure, text_disclosures, with_damage
from handbook.photos.metadata import xmp

SIGNATURE: Final = b"%PDF-"
_ENCRYPTED: Final = re.compile(rb"/Encrypt\s{0,9}(?:\d{1,10}\s{1,9}\d{1,5}\s{1,9}R\b|<<)")
_FACTS: Final = re.compile(rb"/(?:Author|Producer|CreationDate)\s{0,9}[(<\d]")
_ENTRY: Final = re.compile(rb"/([A-Za-z][\w.-]{0,60})\s{0,9}(?=\(|<(?!<)|\d{1,10}\s{1,9}\d{1,5}\s{1,9}R\b)")
_REFERENCE: Final = re.compile(rb"(\d{1,10})\s")
_COMMENT: Final = re.compile(
    rb"/Subtype\s{0,9}/(?:Text|FreeText|Highlight|Underline|StrikeOut|Squiggly|Caret|Ink|Stamp|Line|Square|Circle"
    rb"|Polygon|PolyLine|FileAttachment|Sound|Redact)\b"
)
_AUTHOR: Final = re.compile(rb"/T\s{0,9}(?=[(<])")
_ATTACHED: Final = re.compile(rb"/EF\s{0,9}(?:<<|\d)")
_ATTACHED_NAME: Final = re.compile(rb"/(?:UF|F)\s{0,9}(?=[(<])")
_MAP: Final = re.compile(rb"/GPTS\s{0,9}\[\s{0,9}[-+.\d]|/LGIDict\b")
_HIDDEN_LAYER: Final = re.compile(rb"/OFF\s{0,9}\[\s{0,9}\d")
_PRIVATE: Final = re.compile(rb"/PieceInfo\s{0,9}(?:<<|\d)")
_PACKET: Final = (b"<x:xmpmeta", b"</x:xmpmeta>")
_ANY: Final = re.compile(rb"/(?:Subtype|EF|GPTS|LGIDict|OFF|PieceInfo|Author|Producer|CreationDate)\b")
_DATE: Final = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?", re.ASCII)
_LINEARIZED: Final = b"/Linearized"
_CATEGORIES: Final = {
    "Author": Category.OWNER,
    "Company": Category.OWNER,
    "Manager": Category.OWNER,
    "Creator": Category.SOFTWARE,
    "Producer": Category.SOFTWARE,
    "PTEX.Fullbanner": Category.SOFTWARE,
    "CreationDate": Category.TIME,
    "ModDate": Category.TIME,
    "SourceModified": Category.TIME,
    "Title": Category.TEXT,
    "Subject": Category.TEXT,
    "Keywords": Category.TEXT,
}

# Reads a file that is attached, whatever it is.
AttachmentReader = Callable[[bytes], Iterator[Disclosure]]


def disclosures(stream: BinaryIO, allowance: Allowance, attachment: AttachmentReader) -> Iterator[Disclosure]:
    """Yield what a PDF gives away.

    Raises:
        MalformedData: if it is encrypted, cut short, or too large.

    """
    data = stream.read(MOST_BYTES + 1)
    allowance.spend_bytes(len(data))
    if _ENCRYPTED.search(data):
        raise MalformedData("it is encrypted, if only against changes")
    if b"startxref" not in data:
        raise MalformedData("it is cut short")
    yield from _Walk(allowance, attachment).disclosures(data)
    if data.count(b"startxref") > (2 if _LINEARIZED in data[:2048] else 1):
        yield Disclosure(Category.HIDDEN, "an earlier version of it")


class _Walk:
    """Reads each object once, and then the facts that are an object of their own."""

    def __init__(self, allowance: Allowance, attachment: AttachmentReader) -> None:
        self._allowance = allowance
        self._attachment = attachment
        self._texts: dict[int, bytes] = {}
        self._referenced: list[tuple[str, int]] = []

    def disclosures(self, data: bytes) -> Iterator[Disclosure]:
        for part in objects_and_streams(data, self._allowance):
            if isinstance(part, PdfObject):
                yield from self._object(part)
            else:
                yield from with_damage(self._stream(part))
        for name, number in self._referenced:
            yield from _fact(name, string_at(self._texts.get(number, b""), 0))

    def _object(self, part: PdfObject) -> Iterator[Disclosure]:
        text = part.text.lstrip()
        if text.startswith((b"(", b"<")) and not text.startswith(b"<<"):
            self._texts[part.number] = text
        if _ANY.search(text):
            yield from self._facts(text) if _FACTS.search(text) else ()
            yield from _object_disclosures(text)

    def _facts(self, text: bytes) -> Iterator[Disclosure]:
        for entry in _ENTRY.finditer(text):
            self._allowance.spend_element(OBJECT_COST)
            name = entry[1].decode("latin-1")
            if reference := _REFERENCE.match(text, entry.end()):
                self._referenced.append((name, int(reference[1])))
            else:
                yield from _fact(name, string_at(text, entry.end()))

    def _stream(self, stream: PdfStream) -> Iterator[Disclosure]:
        if stream.is_type(b"ObjStm"):
            for part in stream.objects(self._allowance):
                yield from self._object(part)
        elif stream.is_type(b"EmbeddedFile"):
            yield from self._attachment(stream.decoded(self._allowance))
        elif stream.is_type(b"Metadata"):
            yield from self._packet(stream.decoded(self._allowance))
        elif any(name in PICTURE_FILTERS for name in stream.filters):
            yield from self._picture(stream.decoded(self._allowance))
        elif not stream.is_type(b"Image", b"XRef", b"Type1C", b"CIDFontType0C", b"OpenType"):
            yield from self._content(stream)

    def _packet(self, data: bytes) -> Iterator[Disclosure]:
        reader = BoundedReader(io.BytesIO(data), 0, len(data), self._allowance.pictures)
        for disclosure in xmp.disclosures(reader):
            # Programs that route a document note its state, as a number, under the name of the place.
            if disclosure.category is not Category.PLACE or not disclosure.value.isdecimal():
                yield disclosure

    def _picture(self, data: bytes) -> Iterator[Disclosure]:
        scanned = picture(data, self._allowance)
        if scanned:
            yield from picture_disclosures(scanned)
        else:
            start, end = data.find(_PACKET[0]), data.rfind(_PACKET[1])
            yield from self._packet(data[start : end + len(_PACKET[1])]) if 0 <= start < end else ()

    def _content(self, stream: PdfStream) -> Iterator[Disclosure]:
        """Yield what pictures give away that are drawn in a line of text; what is damaged shows nothing."""
        try:
            content = stream.decoded(self._allowance)
        except MalformedData as damage:
            if "more data" in str(damage):
                raise
            return
        yield from buried_disclosures(content, self._allowance)


def _fact(name: str, value: str) -> Iterator[Disclosure]:
    date = _DATE.match(value)
    value = "{}-{}-{} {}:{}".format(*date.groups("00")) if date else value
    if name in _CATEGORIES:
        yield from text_disclosures(_CATEGORIES[name], value)
    else:
        yield from custom_property(name, value)


def _object_disclosures(text: bytes) -> Iterator[Disclosure]:
    for pattern, read in _READERS.items():
        if pattern.search(text):
            yield from read(text)


def _comment(text: bytes) -> Iterator[Disclosure]:
    author = _AUTHOR.search(text)
    name = string_at(text, author.end()).strip() if author else ""
    if b"/Rect" in text:
        yield from by_author(Category.COMMENT, name)


def _attached(text: bytes) -> Iterator[Disclosure]:
    match = _ATTACHED_NAME.search(text)
    name = string_at(text, match.end()) if match else "without a name"
    yield from text_disclosures(Category.HIDDEN, f"an attached file: {name}")


def _constant(disclosure: Disclosure, _text: bytes) -> Iterator[Disclosure]:
    yield disclosure


_READERS: Final[Mapping[re.Pattern[bytes], Callable[[bytes], Iterator[Disclosure]]]] = {
    _COMMENT: _comment,
    _ATTACHED: _attached,
    _MAP: partial(_constant, Disclosure(Category.POSITION, "map coordinates")),
    _HIDDEN_LAYER: partial(_constant, Disclosure(Category.HIDDEN, "a hidden layer")),
    _PRIVATE: partial(_constant, Disclosure(Category.HIDDEN, "notes of the program that made it")),
}

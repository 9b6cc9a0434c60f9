"""What a document discloses, whichever program wrote it."""

import base64
import binascii
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from handbook.documents import archive, office, open_document, pdf, rtf, xml_parts
from handbook.documents.allowance import Allowance
from handbook.documents.archive import Archive, Part
from handbook.documents.pictures import buried_disclosures, picture, picture_disclosures
from handbook.documents.xml_parts import Element
from handbook.photos.bounded_reader import MalformedData
from handbook.photos.containers import format_of
from handbook.photos.containers.format import SIGNATURE_LENGTH
from handbook.photos.disclosures import Category, Disclosure, ranked, with_damage
from handbook.photos.scan import ScannedFile, scan

REMEDY: Final = "open it in the program that made it, and save it again without a password"
_BEGINNING: Final = max(1024, SIGNATURE_LENGTH)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OBJECT: Final = "it embeds an object of another program, which may hold a whole file; paste it as a picture"
_BLANK: Final = b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"
_MACROS: Final = "vbaProject.bin"
_STRICT: Final = (".xml", ".rels")
# Tables of cells: long, and what they hold is what readers see.
_CELLS: Final = re.compile(rb"<(?:\w{1,20}:)?(?:worksheet|sst)\b[^>]{0,1500}spreadsheetml")
_PICTURE: Final = re.compile(r"\.(?:jpe?g|png|webp|heic|avif|tiff?|mp4|mov|m4v)$", re.IGNORECASE)
_INSPECT: Final = "File > Info > Check for Issues > Inspect Document"
_ACCEPT: Final = "accept or reject all changes (Review > Accept)"
# The programs remove facts about a document, and leave those about the pictures in it.
_PHOTOS: Final = (
    "take out each photo that says where it was taken, clean it with `handbook photo clean`, and insert the"
    " copy; "
)
_LIBREOFFICE: Final = (
    "in LibreOffice, accept or reject all changes (Edit > Track Changes), delete the comments, choose"
    " File > Properties > Reset Properties, and save it"
)


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: its name for people, and how its program removes what it gives away."""

    name: str
    cleaning: str


_WORD: Final = DocumentKind(
    "Word document", f"in Word, {_ACCEPT}, choose {_INSPECT}, remove all, and save it"
)
_EXCEL: Final = DocumentKind("Excel workbook", f"in Excel, choose {_INSPECT}, remove all, and save it")
_POWERPOINT: Final = DocumentKind(
    "PowerPoint presentation", f"in PowerPoint, choose {_INSPECT}, remove all, and save it"
)
_PDF: Final = DocumentKind(
    "PDF",
    "remove it from the document that the PDF was made of, and make the PDF again, or use Remove Hidden"
    " Information in a PDF editor",
)
_RTF: Final = DocumentKind("RTF document", _WORD.cleaning)
_ZIP: Final = DocumentKind("ZIP", "unpack it, and check the files in it")
_OLD: Final = DocumentKind("Office document", f"save it as docx, xlsx, or pptx, and choose {_INSPECT}")
_FOLDERS: Final = {"word": _WORD, "xl": _EXCEL, "ppt": _POWERPOINT}
_MEDIA_TYPES: Final = {
    b"application/vnd.oasis.opendocument.text": DocumentKind("OpenDocument text", _LIBREOFFICE),
    b"application/vnd.oasis.opendocument.spreadsheet": DocumentKind("OpenDocument spreadsheet", _LIBREOFFICE),
    b"application/vnd.oasis.opendocument.presentation": DocumentKind(
        "OpenDocument presentation", _LIBREOFFICE
    ),
}
_OPEN_DOCUMENT: Final = DocumentKind("OpenDocument file", _LIBREOFFICE)
_BINARY_DATA: Final = ("office", "binary-data")


def scan_document(stream: BinaryIO) -> ScannedFile | None:
    """Read the document in a seekable stream; return None if it is not a document in a known format."""
    return _scan(stream, Allowance())


def scan_any(stream: BinaryIO) -> ScannedFile | None:
    """Read the document, photo, or video in a seekable stream; return None if it is none of these."""
    return scan_document(stream) or scan(stream)


def _scan(stream: BinaryIO, allowance: Allowance) -> ScannedFile | None:
    stream.seek(0)
    beginning = stream.read(_BEGINNING)
    stream.seek(0)
    if beginning.startswith(archive.SIGNATURES):
        return _scanned_zip(stream, allowance)
    if beginning.startswith(_OLE):
        return _scanned(_OLD, iter(()), "it has a password, or is in the format of Office before 2007")
    if beginning.startswith(rtf.SIGNATURE):
        return _scanned(_RTF, rtf.disclosures(stream, allowance, _Nested(allowance).part_disclosures))
    if pdf.SIGNATURE in beginning and format_of(beginning) is None:
        return _scanned(_PDF, pdf.disclosures(stream, allowance, _Nested(allowance).disclosures))
    return None


def _scanned_zip(stream: BinaryIO, allowance: Allowance) -> ScannedFile:
    try:
        parts = Archive.of_stream(stream)
        kind = _kind(parts, allowance)
    except MalformedData as damage:
        return _scanned(_ZIP, iter(()), str(damage))
    obstacle = "it is not an office document" if kind is _ZIP else None
    return _scanned(kind, _part_disclosures(parts, allowance), obstacle)


def _kind(parts: Archive, allowance: Allowance) -> DocumentKind:
    folders = {name.replace("\\", "/").partition("/")[0].lower() for name in parts.names}
    kind = next((kind for folder, kind in _FOLDERS.items() if folder in folders), None)
    if kind and "[content_types].xml" in {name.lower() for name in parts.names}:
        return kind
    for part in parts.parts(allowance):
        if part.name == "mimetype":
            return _MEDIA_TYPES.get(part.beginning().strip(), _OPEN_DOCUMENT)
    return _OPEN_DOCUMENT if "content.xml" in parts.names else _ZIP


def _scanned(
    kind: DocumentKind, disclosures: Iterator[Disclosure], unreadable: str | None = None
) -> ScannedFile:
    """Collect the disclosures; a document is unreadable if all of its parts are."""
    collected: list[Disclosure] = []
    try:
        collected.extend(disclosures)
    except MalformedData as damage:
        unreadable = unreadable or str(damage)
    if collected and all(item.category is Category.DAMAGED for item in collected):
        unreadable = unreadable or collected[0].value
    photos = _PHOTOS if any(item.is_location for item in collected) else ""
    obstacle = f"only the program that made it can clean it: {photos}{kind.cleaning}"
    return ScannedFile(kind.name, ranked(collected), (), unreadable, obstacle, REMEDY)


def _part_disclosures(parts: Archive, allowance: Allowance) -> Iterator[Disclosure]:
    for part in parts.parts(allowance):
        yield from with_damage(_one_part(part, allowance))


def _one_part(part: Part, allowance: Allowance) -> Iterator[Disclosure]:
    beginning = part.beginning()
    if not beginning.strip(_BLANK) or _CELLS.search(beginning):
        return
    data = part.content(allowance)
    if beginning.lstrip(_BLANK).startswith((b"<", b"\0<")):
        yield from _xml(part.name, data, allowance)
    else:
        yield from _Nested(allowance).part_disclosures(part.name, data)


def _xml(name: str, data: bytes, allowance: Allowance) -> Iterator[Disclosure]:
    """Yield what XML gives away; only in parts that must be XML, what is not is damage."""
    readers = {**office.READERS, **open_document.READERS, _BINARY_DATA: _BinaryData(allowance).disclosures}
    try:
        yield from xml_parts.disclosures(data, readers, allowance, frozenset([_BINARY_DATA]))
    except MalformedData:
        if name.lower().endswith(_STRICT):
            raise
    if b"<svg" in data[:_BEGINNING] and (scanned := picture(data, allowance)):
        yield from picture_disclosures(scanned)


@dataclass(frozen=True, slots=True)
class _BinaryData:
    """Reads pictures that are written in XML as base64."""

    allowance: Allowance

    def disclosures(self, element: Element) -> Iterator[Disclosure]:
        try:
            data = base64.b64decode(element.text)
        except (binascii.Error, ValueError):
            raise MalformedData("a part of it is damaged") from None
        self.allowance.spend_bytes(len(data))
        yield from _Nested(self.allowance).part_disclosures("", data)


@dataclass(frozen=True, slots=True)
class _Nested:
    """Reads files in a document: pictures, other documents, and what only one program can read."""

    allowance: Allowance

    def disclosures(self, data: bytes) -> Iterator[Disclosure]:
        """Yield what an attached file gives away."""
        yield from self.part_disclosures("", data)

    def part_disclosures(self, name: str, data: bytes) -> Iterator[Disclosure]:
        """Yield what a part gives away that is not XML.

        Raises:
            MalformedData: if it is a picture or a document that cannot be read.

        """
        self.allowance.enter()
        scanned = _scan(io.BytesIO(data), self.allowance)
        self.allowance.leave()
        if name == "objdata" and _OLE in data:
            data = data[data.index(_OLE) :]
        if data.startswith(_OLE) and name.endswith(_MACROS):
            yield Disclosure(Category.HIDDEN, "macros")
        elif data.startswith(_OLE):
            yield from buried_disclosures(data, self.allowance)
            yield Disclosure(Category.DAMAGED, f"{_OBJECT}{f' ({name})' if name else ''}")
        elif scanned:
            yield from scanned.disclosures
            if scanned.unreadable:
                yield Disclosure(Category.DAMAGED, scanned.unreadable)
        elif scanned := self._picture(name, data):
            yield from picture_disclosures(scanned)
        elif _PICTURE.search(name):
            raise MalformedData(f"the picture {name} in it is of another kind")
        else:
            yield from buried_disclosures(data, self.allowance)

    def _picture(self, name: str, data: bytes) -> ScannedFile | None:
        """Return what a picture gives away; data of a program may only begin like one."""
        if format_of(data[:_BEGINNING]) is None:
            return None
        scanned = picture(data, self.allowance)
        is_named = not name or bool(_PICTURE.search(name))
        return scanned if scanned and (is_named or not scanned.unreadable) else None

"""Opens a Word document that anybody may have made: within limits, and without anything that it refers to."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from handbook.errors import HandbookError

MAIN: Final = "word/document.xml"
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONS: Final = "_rels/.rels"
_TYPES: Final = "[Content_Types].xml"
_TO_MAIN_PART: Final = "/relationships/officeDocument"
_MOST_BYTES: Final = 16 * 2**20
_MOST_ELEMENTS: Final = 300_000
_MOST_PARTS: Final = 5_000
_OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = 0x1
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
    OSError,
)
_HOW: Final = "open it in Word, and save it as .docx"


@dataclass(frozen=True, slots=True)
class WordFile:
    """The parts of a document by name, without pictures and what else is not XML."""

    parts: Mapping[str, bytes]

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of a part, or None if there is none.

        Raises:
            HandbookError: if it is not XML, or has a document type, which could name files.

        """
        data = self.parts.get(name)
        return None if data is None else _parsed(data, name)


def open_word(data: bytes, name: str) -> WordFile:
    """Read a document.

    Raises:
        HandbookError: if it is not a Word document, damaged, locked, or far larger than a policy.

    """
    if data.startswith(_OLD_OR_LOCKED):
        raise HandbookError(f"{name} is in the old format .doc, or has a password; {_HOW} without a password")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except _DAMAGED:
        raise HandbookError(f"{name} is not a whole Word document; {_HOW}") from None
    _refuse_large(entries, name)
    try:
        parts = {entry.filename: archive.read(entry) for entry in entries if _is_read(entry.filename)}
    except _DAMAGED:
        raise HandbookError(f"{name} is damaged; {_HOW}") from None
    parts = _with_main_part(parts)
    if MAIN not in parts:
        raise HandbookError(f"{name} is not a Word document, because it has no {MAIN}; {_HOW}")
    document = WordFile(parts)
    elements = 0
    for part in parts:
        root = document.xml(part)
        elements += sum(1 for _ in root.iter()) if root is not None else 0
    if elements > _MOST_ELEMENTS:
        raise _far_too_large(name)
    return document


def _with_main_part(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Give the main part its usual name; Word on the web calls it `word/document2.xml`."""
    root = _parsed(parts[_RELATIONS], _RELATIONS) if MAIN not in parts and _RELATIONS in parts else ()
    targets = (item.get("Target", "") for item in root if item.get("Type", "").endswith(_TO_MAIN_PART))
    folder, _, named = next(targets, "").lstrip("/").rpartition("/")
    if f"{folder}/{named}" not in parts or folder != "word":
        return parts
    usual = MAIN.rpartition("/")[2]
    names = {f"word/{named}": MAIN, f"word/_rels/{named}.rels": f"word/_rels/{usual}.rels"}
    renamed = {names.get(name, name): data for name, data in parts.items()}
    for name in (_RELATIONS, _TYPES):
        renamed[name] = renamed.get(name, b"").replace(f"word/{named}".encode(), MAIN.encode())
    return renamed


def _is_read(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _refuse_large(entries: list[zipfile.ZipInfo], name: str) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise HandbookError(f"{name} has a password; {_HOW} without one")
    if len(entries) > _MOST_PARTS or sum(e.file_size for e in entries if _is_read(e.filename)) > _MOST_BYTES:
        raise _far_too_large(name)


def _far_too_large(name: str) -> HandbookError:
    return HandbookError(f"{name} is far larger than a policy; split it, or take out what is not text")


def _parsed(data: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise HandbookError(f"{name} in the document is damaged ({error.msg}); {_HOW}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise HandbookError(f"{name} in the document has a document type, which no Word document needs")
    return root

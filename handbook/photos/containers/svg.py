"""SVG: drawings, whose notes are cut and whose embedded pictures are cleaned."""

import base64
import binascii
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from handbook.photos.bounded_reader import BoundedReader, MalformedData, Span
from handbook.photos.containers.format import Format
from handbook.photos.disclosures import Category, Disclosure, text_disclosures, with_damage, written_locations
from handbook.photos.edits import Edit, EmbeddedFile
from handbook.photos.metadata import content_credentials, unknown_data
from handbook.photos.metadata.property_names import category_of
from handbook.photos.metadata.xmp import PropertyCollector, property_disclosures

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_METADATA: Final = f"{_SVG} metadata"
_DESCRIPTIONS: Final = (f"{_SVG} title", f"{_SVG} desc")
# A packet of XMP begins and ends with it, and a style sheet is a part of the drawing.
_INSTRUCTIONS: Final = ("xpacket", "xml-stylesheet")
_DATA: Final = "data-"
_PARTS_PER_NAME: Final = 8
# Drawing programs note there how they drew; names such as `position` are about the drawing.
_NOTES: Final = re.compile(
    r"inkscape|sodipodi|ns\.adobe\.com/(?:AdobeIllustrator|Extensibility|Graphs)|sketchapp|figma"
)
_BASE64: Final = re.compile(
    rb"data:(?P<type>[\w.+/-]{0,80})(?:;[\w.+=-]{1,80}){0,4};\s?base64,"
    rb"(?P<data>(?:[A-Za-z0-9+/=_\s%-]|&#\w{1,6};)*+)",
    re.IGNORECASE,
)
_PERCENT: Final = re.compile(
    rb"data:image/[\w.+-]{1,80}(?:;(?!base64)[\w.+=-]{1,80}){0,4},(?P<data>[^\"'()<>\s]*+)",
    re.IGNORECASE,
)
_NOT_BASE64: Final = re.compile(rb"&#\w{1,6};|\s")
_MAX_BYTES: Final = 16 * 2**20
_DESCRIBED: Final = "its title or description says where it is; remove these words with a text editor"
_CREDENTIALS: Final = re.compile(rb"<c2pa:manifest[^<>]*>(?P<data>[^<>]*)<")
_PLAIN: Final = "a drawing program left notes in it; save it as plain SVG and clean that copy"


def _edits(reader: BoundedReader) -> Iterator[Edit]:
    if reader.size > _MAX_BYTES:
        raise MalformedData("it is too large for a drawing")
    data = reader.read_all()
    notes = _Notes(reader, data)
    try:
        notes.parse()
    except expat.ExpatError as error:
        raise MalformedData(f"line {error.lineno} is not XML") from None
    finally:
        yield from notes.edits()
    yield from _embedded_files(reader, data, notes.cut)


def _embedded_files(reader: BoundedReader, data: bytes, cut: list[Span]) -> Iterator[Edit]:
    for match in _BASE64.finditer(data):
        is_cut = any(start <= match.start() < end for start, end in cut)
        content = reader.derived(_decoded(match["data"]))
        start, end = (match.start(), match.start()) if is_cut else match.span("data")
        is_picture = match["type"].lower().startswith(b"image/")
        yield Edit(start, end, embedded=EmbeddedFile(content, base64.b64encode, is_picture=is_picture))
    for match in _PERCENT.finditer(data):
        content = reader.derived(unquote_to_bytes(match["data"]))
        yield Edit(match.start(), match.start(), embedded=EmbeddedFile(content, None, is_picture=True))


def _decoded(data: bytes) -> bytes:
    plain = unquote_to_bytes(_NOT_BASE64.sub(b"", data)).translate(bytes.maketrans(b"-_", b"+/"))
    try:
        return base64.b64decode(plain.rstrip(b"=") + b"=" * (-len(plain.rstrip(b"=")) % 4))
    except binascii.Error:
        raise MalformedData("a picture in it is damaged") from None


class _Notes:
    """What a drawing has besides what is drawn: metadata, comments, and notes of the program."""

    def __init__(self, reader: BoundedReader, data: bytes) -> None:
        self.cut: list[Span] = []
        self._reader = reader
        self._spend_parts = reader.budget.spend_parts
        self._data = data
        self._texts: list[str] = []
        self._metadata = PropertyCollector(reader.budget.spend_parts, is_shown=_is_shown)
        self._others = PropertyCollector(reader.budget.spend_parts, is_shown=_is_shown)
        self._disclosures: dict[Disclosure, None] = {}
        self._described: dict[Disclosure, None] = {}
        self._description: list[str] | None = None
        self._metadata_start: int | None = None
        self._metadata_depth = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")

    def parse(self) -> None:
        """Follow the parser through the drawing.

        Raises:
            MalformedData: if it defines entities, which could hide anything, or has too many parts.

        """
        self._parser.buffer_text = True
        self._parser.EntityDeclHandler = _refuse_entity
        self._parser.CommentHandler = self._comment
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.Parse(self._data, True)

    def edits(self) -> Iterator[Edit]:
        """Yield what is cut, and an obstacle for the notes that are not."""
        metadata = tuple(property_disclosures(self._metadata.properties))
        for start, end in self.cut:
            yield Edit(start, end)
        yield Edit(0, 0, (*metadata, *with_damage(self._text_disclosures())))
        if self._described:
            yield Edit(0, 0, tuple(self._described), obstacle=_DESCRIBED)
        others = (*self._disclosures, *property_disclosures(self._others.properties))
        if others:
            yield Edit(0, 0, others, obstacle=_PLAIN)

    def _text_disclosures(self) -> Iterator[Disclosure]:
        """Yield what comments say, and metadata that is not in elements of its own or is encoded."""
        for text in self._texts:
            yield from text_disclosures(Category.TEXT, text)
            yield from unknown_data.locations(self._reader.derived(text.encode()))
        for manifest in _CREDENTIALS.finditer(self._data):
            yield from content_credentials.disclosures(self._reader.derived(_decoded(manifest["data"])))

    @property
    def _collector(self) -> PropertyCollector:
        return self._others if self._metadata_start is None else self._metadata

    def _comment(self, text: str) -> None:
        self._cut_text(text, b"-->")

    def _instruction(self, target: str, text: str) -> None:
        if target not in _INSTRUCTIONS:
            self._cut_text(text, b"?>")

    def _cut_text(self, text: str, end: bytes) -> None:
        """Note a text beside the drawing, and cut it unless it is cut with the metadata."""
        self._texts.append(text)
        start = self._parser.CurrentByteIndex
        if self._metadata_start is None:
            self.cut.append((start, self._data.index(end, start) + len(end)))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _METADATA and self._metadata_start is None:
            self._metadata_start = self._parser.CurrentByteIndex
            self._metadata_depth = 0
        self._metadata_depth += 1
        if name in _DESCRIPTIONS:
            self._description = []
        is_note = _is_note(name.rpartition(" ")[0])
        kept = {}
        for key, value in attributes.items():
            if is_note or _is_note(key.rpartition(" ")[0]):
                self._note(value)
            else:
                kept[key] = value
                self._look_at_data(key, value)
        self._collector.start(name, kept)

    def _note(self, value: str) -> None:
        note = Disclosure(Category.HIDDEN, "notes of a drawing program")
        self._disclosures |= dict.fromkeys((note, *written_locations(value)))

    def _look_at_data(self, key: str, value: str) -> None:
        if not key.startswith(_DATA):
            return
        self._spend_parts(_PARTS_PER_NAME)
        if category_of(key.removeprefix(_DATA)) in _LOCATIONS:
            place = text_disclosures(Category.POSSIBLE_POSITION, f"{key}: {value}")
            self._disclosures |= dict.fromkeys(place)

    def _end(self, name: str) -> None:
        self._collector.end(name)
        self._metadata_depth -= 1
        if name in _DESCRIPTIONS and self._description is not None:
            self._described |= dict.fromkeys(written_locations("".join(self._description)))
            self._description = None
        if name == _METADATA and self._metadata_start is not None:
            end = self._parser.CurrentByteIndex
            if self._data.startswith(b"</", end):
                self.cut.append((self._metadata_start, self._data.index(b">", end) + 1))
            self._metadata_start = None

    def _characters(self, text: str) -> None:
        self._collector.characters(text)
        if self._description is not None:
            self._description.append(text)
        elif self._metadata_start is not None and self._metadata_depth == 1 and text.strip():
            self._texts.append(text)


_LOCATIONS: Final = (Category.POSITION, Category.PLACE)


@lru_cache(maxsize=256)
def _is_note(namespace: str) -> bool:
    return bool(_NOTES.search(namespace))


def _is_shown(namespace: str) -> bool:
    return namespace in (_SVG, _XLINK) or _is_note(namespace)


def _refuse_entity(*_declaration: object) -> None:
    raise MalformedData("it defines entities; save it as plain SVG")


_PROLOGUE: Final = rb"(?>\s|<\?[^>]*>|<!--(?:(?!-->).)*-->|<!DOCTYPE\s+svg[^>\[]*(?:\[[^\]]*\])?\s*>)*+"
FORMATS: Final = (
    Format(
        "SVG", re.compile(rb"(?:\xef\xbb\xbf)?" + _PROLOGUE + rb"<(?:[\w-]+:)?svg[\s>]", re.DOTALL), _edits
    ),
)

"""Matroska and WebM: elements inside elements. Nothing in them moves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.containers.format import Format
from handbook.photos.disclosures import Category, Disclosure, decode_text, text_disclosures, with_damage
from handbook.photos.edits import Edit
from handbook.photos.metadata import unknown_data
from handbook.photos.metadata.property_names import category_of

# Source: RFC 8794 and RFC 9559. An element that is none of these is not needed to show the film.
_EBML: Final = 0x1A45DFA3
_SEGMENT: Final = 0x18538067
_CLUSTER: Final = 0x1F43B675
_INFO: Final = 0x1549A966
_TRACKS: Final = 0x1654AE6B
_TRACK: Final = 0xAE
_TRACK_TYPE: Final = 0x83
_TRACK_NAME: Final = 0x536E
_CODEC: Final = 0x86
_TAGS: Final = 0x1254C367
_TAG: Final = 0x7373
_SIMPLE_TAG: Final = 0x67C8
_TAG_NAME: Final = 0x45A3
_TAG_VALUES: Final = (0x4487, 0x4485)
_ATTACHMENTS: Final = 0x1941A469
_ATTACHED_FILE: Final = 0x61A7
_FILE_TEXTS: Final = (0x467E, 0x466E)
_FILE_DATA: Final = 0x465C
_CHECKSUM: Final = 0xBF
_VOID: Final = 0xEC
_SEEK_HEAD: Final = 0x114D9B74
_CUES: Final = 0x1C53BB6B
_CHAPTERS: Final = 0x1043A770
_IN_SEGMENT: Final = frozenset(
    [_CLUSTER, _INFO, _TRACKS, _TAGS, _ATTACHMENTS, _VOID, _CHECKSUM, _SEEK_HEAD, _CUES, _CHAPTERS]
)
_SHOWN: Final = (_CLUSTER, _SEEK_HEAD, _CUES, _CHAPTERS, _CHECKSUM)
_INFO_TEXTS: Final = {
    0x7BA9: Category.TEXT,
    0x7384: Category.TEXT,
    0x3C83AB: Category.TEXT,
    0x3E83BB: Category.TEXT,
}
_DATE: Final = 0x4461
# Which programs wrote the film. A film has to have these, so that only their text is blanked.
_PROGRAMS: Final = (0x4D80, 0x5741)
_METADATA_TRACK: Final = 0x21
_UNKNOWN: Final = None
_MAX_TEXT: Final = 4_000
_MAX_BEGINNING: Final = 2**20
_MAX_TAGS: Final = 16
_BETWEEN_PICTURES: Final = (
    "it may be recorded between the pictures of the film; export the video again, for example with a video"
    " editor, and clean the export"
)


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its number, and its content from `body` to `end`."""

    number: int
    start: int
    body: int
    end: int


def _edits(reader: BoundedReader) -> Iterator[Edit]:
    has_segment = False
    for element in _elements(reader, 0, reader.size):
        if element.number == _SEGMENT:
            has_segment = True
            yield from _segment_edits(reader, element)
        elif element.number not in (_EBML, _VOID):
            yield Edit(element.start, reader.size, may_contain_file=True)
            break
    if not has_segment:
        raise MalformedData("it contains no film")


def _elements(reader: BoundedReader, start: int, end: int) -> Iterator[Element]:
    """Yield the elements between two offsets.

    The length of a segment and of a cluster may be unknown; then it reaches to the next of its level.

    Raises:
        MalformedData: if an element does not fit.

    """
    offset = start
    while offset < end:
        header = reader.peek(offset, 12)
        number, width = _number(header, keep_mark=True)
        length, more = _number(header[width:], keep_mark=False)
        body = offset + width + more
        if number is None or not more:
            raise MalformedData("it ends too early")
        element_end = end if length is _UNKNOWN else body + length
        if length is _UNKNOWN and number == _CLUSTER:
            element_end = _end_of_cluster(reader, body, end)
        if element_end > end:
            raise MalformedData("it ends too early")
        yield Element(number, offset, body, element_end)
        offset = element_end


def _end_of_cluster(reader: BoundedReader, start: int, end: int) -> int:
    offset = start
    while offset < end:
        header = reader.peek(offset, 12)
        number, width = _number(header, keep_mark=True)
        if number in _IN_SEGMENT - {_VOID, _CHECKSUM}:
            break
        length, more = _number(header[width:], keep_mark=False)
        if length is _UNKNOWN:
            raise MalformedData("it ends too early")
        offset += width + more + length
    return offset


def _number(data: bytes, *, keep_mark: bool) -> tuple[int | None, int]:
    """Return a number and how many bytes it takes; None if it is unknown, and 0 if it is cut off."""
    width = 9 - data[0].bit_length() if data else 0
    if not 0 < width <= 8 or len(data) < width:
        return None, 0
    number = int.from_bytes(data[:width])
    if keep_mark:
        return number, width
    number &= (1 << 7 * width) - 1
    return (None if number == (1 << 7 * width) - 1 else number), width


def _segment_edits(reader: BoundedReader, segment: Element) -> Iterator[Edit]:
    has_begun = False
    for element in _elements(reader, segment.body, segment.end):
        if element.number == _INFO:
            yield from _part_edits(reader, element, tuple(_info_edits(reader, element)))
        elif element.number == _TRACKS:
            yield from _part_edits(reader, element, tuple(_track_edits(reader, element)))
        elif element.number == _CLUSTER and not has_begun:
            has_begun = True
            yield from _beginning_edit(reader, element)
        elif element.number == _VOID:
            yield Edit(element.body, element.end, replacement=None, may_contain_file=True)
        elif element.number not in _SHOWN:
            yield from _emptied(element, tuple(with_damage(_disclosures(reader, element))))


def _beginning_edit(reader: BoundedReader, cluster: Element) -> Iterator[Edit]:
    beginning = reader.window(cluster.body, min(cluster.end - cluster.body, _MAX_BEGINNING))
    disclosures = tuple(with_damage(unknown_data.locations(beginning)))
    yield Edit(0, 0, disclosures, obstacle=_BETWEEN_PICTURES if disclosures else None)


def _part_edits(reader: BoundedReader, part: Element, edits: tuple[Edit, ...]) -> Iterator[Edit]:
    """Yield edits inside of a part, and one that removes its checksum, which they would falsify."""
    yield from edits
    for element in _elements(reader, part.body, part.end):
        if element.number == _CHECKSUM and any(edit.end > edit.start for edit in edits):
            yield from _emptied(element, ())


def _info_edits(reader: BoundedReader, info: Element) -> Iterator[Edit]:
    for element in _elements(reader, info.body, info.end):
        if element.number in _PROGRAMS:
            disclosures = tuple(text_disclosures(Category.SOFTWARE, _text(reader, element)))
            if disclosures:
                yield Edit(element.body, element.end, disclosures, replacement=None)
        elif element.number in _INFO_TEXTS:
            category = _INFO_TEXTS[element.number]
            yield from _emptied(element, tuple(text_disclosures(category, _text(reader, element))))
        elif element.number == _DATE:
            yield from _emptied(element, (Disclosure(Category.TIME),))


def _track_edits(reader: BoundedReader, tracks: Element) -> Iterator[Edit]:
    for track in _elements(reader, tracks.body, tracks.end):
        if track.number != _TRACK:
            continue
        parts = {element.number: element for element in _elements(reader, track.body, track.end)}
        if _TRACK_NAME in parts:
            name = parts[_TRACK_NAME]
            yield from _emptied(name, tuple(text_disclosures(Category.TEXT, _text(reader, name))))
        kind = parts.get(_TRACK_TYPE)
        if kind and kind.end > kind.body and reader.number(kind.end - 1, 1) == _METADATA_TRACK:
            codec = _text(reader, parts[_CODEC]) if _CODEC in parts else "unknown"
            measurements = Disclosure(Category.POSSIBLE_POSITION, f"a track of measurements, {codec}")
            yield Edit(0, 0, (measurements,), obstacle=_BETWEEN_PICTURES)


def _text(reader: BoundedReader, element: Element) -> str:
    return decode_text(reader.read(element.body, min(element.end - element.body, _MAX_TEXT)))


def _disclosures(reader: BoundedReader, element: Element) -> Iterator[Disclosure]:
    if element.number == _TAGS:
        for tag in _elements(reader, element.body, element.end):
            if tag.number == _TAG:
                yield from _tag_disclosures(reader, tag)
    elif element.number == _ATTACHMENTS:
        for file in _elements(reader, element.body, element.end):
            if file.number == _ATTACHED_FILE:
                yield from _file_disclosures(reader, file)
    else:
        content = reader.window(element.body, element.end - element.body)
        yield from unknown_data.disclosures(content, f"element {element.number:X}")


def _tag_disclosures(reader: BoundedReader, tag: Element, depth: int = 0) -> Iterator[Disclosure]:
    name = ""
    for element in _elements(reader, tag.body, tag.end):
        if element.number == _SIMPLE_TAG and depth < _MAX_TAGS:
            yield from _tag_disclosures(reader, element, depth + 1)
        elif element.number == _TAG_NAME:
            name = _text(reader, element)
        elif element.number in _TAG_VALUES:
            category = category_of(name.lower()) or Category.TEXT
            yield from text_disclosures(category, _text(reader, element))
            content = reader.window(element.body, element.end - element.body)
            yield from unknown_data.locations(content)


def _file_disclosures(reader: BoundedReader, file: Element) -> Iterator[Disclosure]:
    yield Disclosure(Category.HIDDEN, "an attached file")
    for element in _elements(reader, file.body, file.end):
        if element.number in _FILE_TEXTS:
            yield from text_disclosures(Category.TEXT, _text(reader, element))
        elif element.number == _FILE_DATA:
            yield from unknown_data.locations(reader.window(element.body, element.end - element.body))


def _emptied(element: Element, disclosures: tuple[Disclosure, ...]) -> Iterator[Edit]:
    """Turn an element into an empty one of the same size, so that nothing else moves."""
    length = element.end - element.start
    header = bytes([_VOID, 0x80 | length - 2]) if length < 0x81 else b"\xec\1" + (length - 9).to_bytes(7)
    yield Edit(element.start, element.start + len(header), disclosures, header)
    yield Edit(element.start + len(header), element.end, replacement=None)


FORMATS: Final = (
    Format("WebM", re.compile(rb"\x1a\x45\xdf\xa3[\0-\xff]{1,64}webm", re.DOTALL), _edits),
    Format("Matroska", re.compile(rb"\x1a\x45\xdf\xa3"), _edits),
)

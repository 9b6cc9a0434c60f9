"""What a clean copy no longer has: the parts whose bytes differ, and what viewers made of them."""

import io
import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.disclosures import Disclosure
from handbook.photos.edits import Edit
from handbook.photos.structures.tiff_directories import Tiff

_BLOCK: Final = 2**20
_BEGINNING: Final = 2**18
_NAMES: Final = {
    "EXIF": re.compile(rb"Exif\0|.{4}eXIf|EXIF|.{0,10}(?:II\*\0|MM\0\*)", re.DOTALL),
    "XMP": re.compile(rb".{0,200}(?:ns\.adobe\.com/x[am]p|<x:xmpmeta|com\.adobe\.xmp)|XMP ", re.DOTALL),
    "notes of Photoshop": re.compile(rb".{0,4}Photoshop 3\.0\0", re.DOTALL),
    "a list of further pictures": re.compile(rb".{4}MPF\0", re.DOTALL),
    "content credentials": re.compile(rb".{0,16}(?:jumb|c2pa|caBX)", re.DOTALL),
    "a text": re.compile(rb".{4}[tzi](?:EX|TX)t|\xff\xfe", re.DOTALL),
}
_OTHER: Final = "bytes that show nothing"
# Sources: Ultra HDR image format, ISO 21496-1, and what Apple, Google and Samsung write.
_GAIN_MAP: Final = "the gain map, which makes it brighter on HDR screens"
_LOSSES: Final = {
    _GAIN_MAP: re.compile(rb"hdr-gain-map|HDRGainMap|hdrgainmap|iso:ts:21496|Semantic=.GainMap"),
    "the short film of a motion photo": re.compile(rb"MotionPhoto|MicroVideo"),
    "the map of depths, which blurs the background": re.compile(rb"GDepth:|/depthmap/|Semantic=.Depth"),
    "the note that it is a panorama, so that it is shown flat": re.compile(rb"GPano:ProjectionType"),
}
_PICTURE: Final = "another file, JPEG"
_FILES: Final = {
    "another file, MP4": "the short film of a motion photo",
    "another file, MOV": "the short film of a motion photo",
    _PICTURE: "another picture after the first",
}
_MULTI_PICTURE: Final = b"MPF\0"
_MULTI_PICTURE_ENTRIES: Final = 0xB002
_MULTI_PICTURE_ENTRY: Final = 16
_KIND: Final = 0xFFFFFF
# Source: CIPA DC-007, the individual image attributes. A preview shows what the picture shows.
_VIEWS: Final = {
    0x020001: "the other parts of a panorama",
    0x020002: "the second view, which makes it three-dimensional",
    0x020003: "the view from another angle",
}


@dataclass(frozen=True, slots=True)
class Removal:
    """What differs between a file and its clean copy, which `is_same` to the byte if nothing does.

    `parts` names what was taken out, and `losses` what viewers can no longer show.
    """

    parts: tuple[str, ...]
    losses: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether no byte differs."""
        return not self.parts


def removal(stream: BinaryIO, edits: Sequence[Edit], disclosures: Iterable[Disclosure]) -> Removal:
    """Return what edits of a stream remove."""
    parts: dict[str, None] = {}
    losses: dict[str, None] = {}
    has_list = False
    for edit in edits:
        if _changes(stream, edit):
            beginning = _read(stream, edit.start, min(edit.end, edit.start + _BEGINNING))
            parts |= dict.fromkeys(_part_names(beginning, edit))
            losses |= dict.fromkeys(_losses(beginning))
            has_list = has_list or _has_list(beginning)
    if parts:
        losses |= dict.fromkeys(_lost_files(disclosures, has_list or _GAIN_MAP in losses))
    named = tuple(name for name in parts if name != _OTHER)
    return Removal(named or tuple(parts), tuple(losses))


def _changes(stream: BinaryIO, edit: Edit) -> bool:
    """Tell whether a span differs from what replaces it."""
    if edit.replacement is None:
        blocks = range(edit.start, edit.end, _BLOCK)
        return any(any(_read(stream, start, min(edit.end, start + _BLOCK))) for start in blocks)
    is_as_long = edit.end - edit.start == len(edit.replacement)
    return not is_as_long or _read(stream, edit.start, edit.end) != edit.replacement


def _read(stream: BinaryIO, start: int, end: int) -> bytes:
    stream.seek(start)
    return stream.read(end - start)


def _part_names(beginning: bytes, edit: Edit) -> Iterator[str]:
    name = next((name for name, pattern in _NAMES.items() if pattern.match(beginning)), _OTHER)
    yield f"a part of {name}" if edit.replacement and name != _OTHER else name


def _losses(beginning: bytes) -> Iterator[str]:
    yield from (loss for loss, pattern in _LOSSES.items() if pattern.search(beginning))
    if _has_list(beginning):
        yield from _views(beginning)


def _has_list(beginning: bytes) -> bool:
    return _MULTI_PICTURE in beginning[:8]


def _lost_files(disclosures: Iterable[Disclosure], is_explained: bool) -> Iterator[str]:
    """Yield which files are lost; a picture that a list or a gain map explains is not named again."""
    for disclosure in disclosures:
        if disclosure.value in _FILES and not (is_explained and disclosure.value == _PICTURE):
            yield _FILES[disclosure.value]


def _views(segment: bytes) -> Iterator[str]:
    """Yield which other views a list of pictures names; none if it only names previews, or is damaged."""
    start = segment.index(_MULTI_PICTURE) + len(_MULTI_PICTURE)
    try:
        tiff = Tiff(BoundedReader.of_stream(io.BytesIO(segment[start:])))
        entry = next(tiff.directories()).entry(_MULTI_PICTURE_ENTRIES)
        table = tiff.content(entry).read_all() if entry else b""
    except (MalformedData, StopIteration):
        return
    layout = f"{tiff.byte_order}I12x"
    whole = table[: len(table) // _MULTI_PICTURE_ENTRY * _MULTI_PICTURE_ENTRY]
    for (attributes,) in list(struct.iter_unpack(layout, whole))[1:]:
        if (kind := attributes & _KIND) in _VIEWS:
            yield _VIEWS[kind]

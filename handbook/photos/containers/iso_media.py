"""ISO base media files: HEIC and AVIF pictures, MP4 and MOV videos. Nothing in them moves."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.containers.format import Format
from handbook.photos.disclosures import Category, Disclosure, decode_text, text_disclosures, with_damage
from handbook.photos.edits import Edit
from handbook.photos.metadata import quicktime, xmp
from handbook.photos.metadata.heif import item_edits
from handbook.photos.metadata.timed_metadata import track_edits
from handbook.photos.structures.iso_boxes import HEADER, Box, boxes, children, content
from handbook.photos.structures.iso_items import has_items

_XMP_UUID: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_SPHERE_UUID: Final = bytes.fromhex("ffcc8263f8554a938814587a02521fdd")
_FILE: Final = b"file"
# Sources: ISO/IEC 14496-12, 23008-12; QuickTime File Format. A box that is none of these shows nothing.
_SHOWN: Final = {
    container: frozenset(types.split())
    for container, types in {
        _FILE: b"ftyp styp mdat mfra free skip wide pdin sidx ssix imda pnot PICT",
        b"moov": b"mvhd iods mvex pssh free skip wide rmra clip ctab prfl",
        b"trak": b"tkhd edts tref trgr load clip matt imap tapt txas free skip wide",
        b"mdia": b"mdhd hdlr minf elng free skip wide",
        b"moof": b"mfhd pssh free skip wide",
        b"traf": b"tfhd tfdt trun saiz saio sbgp sgpd senc subs free skip wide",
    }.items()
}
_CONTAINERS: Final = {
    b"moov": _FILE,
    b"trak": b"moov",
    b"mdia": b"trak",
    b"moof": _FILE,
    b"traf": b"moof",
}
_TIMES: Final = (b"mvhd", b"tkhd", b"mdhd")
_EPOCH: Final = datetime.datetime(1904, 1, 1, tzinfo=datetime.UTC)
_CANON_RAW: Final = b"crx "
_RAW: Final = "it is a raw photo, which needs its metadata; export it as JPEG and clean the export"


def _edits(reader: BoundedReader) -> Iterator[Edit]:
    shows_anything = False
    for box in boxes(reader, 0, reader.size):
        has_pictures = box.type == b"meta" and has_items(reader, box)
        shows_anything = shows_anything or has_pictures or _CONTAINERS.get(box.type) == _FILE
        if box.type == b"ftyp" and reader.read(box.body, min(4, box.length)) == _CANON_RAW:
            yield Edit(0, 0, obstacle=_RAW)
        yield from item_edits(reader, box) if has_pictures else _box_edits(reader, box, _FILE)
    if not shows_anything:
        raise MalformedData("it contains no picture and no video")


def _box_edits(reader: BoundedReader, box: Box, container: bytes) -> Iterator[Edit]:
    if _CONTAINERS.get(box.type) == container:
        yield from _container_edits(reader, box)
    elif box.type in _TIMES and box.type in _SHOWN[container]:
        yield _time_edit(reader, box)
    elif box.type == b"cmov":
        raise MalformedData("its index is compressed in an obsolete way")
    elif box.type in (b"free", b"skip") and container != _FILE:
        # Programs that discard a box by renaming it leave its content.
        yield Edit(box.body, box.end, replacement=None)
    elif box.type not in _SHOWN[container] and not _is_sphere(reader, box):
        disclosures = tuple(with_damage(_box_disclosures(reader, box)))
        yield from _emptied(box, disclosures, may_contain_file=container == _FILE and box.type != b"uuid")


def _container_edits(reader: BoundedReader, box: Box) -> Iterator[Edit]:
    if box.type == b"trak":
        yield from track_edits(reader, box)
    for part in children(reader, box):
        yield from _box_edits(reader, part, box.type)


def _is_sphere(reader: BoundedReader, box: Box) -> bool:
    """Tell whether the box says that a video shows all directions; without it, it is shown flat."""
    return box.type == b"uuid" and box.length >= 16 and reader.read(box.body, 16) == _SPHERE_UUID


def _emptied(box: Box, disclosures: tuple[Disclosure, ...], *, may_contain_file: bool) -> Iterator[Edit]:
    """Turn a box into an empty one of the same size, so that nothing else moves."""
    yield Edit(box.start + 4, box.start + HEADER, disclosures, b"free")
    yield Edit(box.body, box.end, replacement=None, may_contain_file=may_contain_file)


def _time_edit(reader: BoundedReader, box: Box) -> Edit:
    """Blank when a video was made and changed. Source: ISO/IEC 14496-12, MovieHeaderBox."""
    width = 8 if reader.number(box.body, 1) == 1 else 4
    start = box.body + 4
    seconds = reader.number(start, width)
    disclosures = (Disclosure(Category.TIME, _format_time(seconds)),) if seconds else ()
    return Edit(start, start + 2 * width, disclosures, replacement=None)


def _format_time(seconds: int) -> str:
    try:
        return f"{_EPOCH + datetime.timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S}"
    except OverflowError:
        return ""


def _box_disclosures(reader: BoundedReader, box: Box) -> Iterator[Disclosure]:
    if box.type in _READERS:
        yield from _READERS[box.type](reader, box)
    else:
        yield from text_disclosures(Category.HIDDEN, decode_text(box.type))


def _user_data(reader: BoundedReader, box: Box) -> Iterator[Disclosure]:
    yield from quicktime.disclosures(reader.window(box.start, box.end - box.start))


def _uuid(reader: BoundedReader, box: Box) -> Iterator[Disclosure]:
    if reader.read(box.body, min(16, box.length)) == _XMP_UUID:
        yield from xmp.disclosures(content(reader, box, 16))
    else:
        yield Disclosure(Category.HIDDEN, "uuid")


_READERS: Final[Mapping[bytes, Callable[[BoundedReader, Box], Iterator[Disclosure]]]] = {
    b"udta": _user_data,
    b"meta": _user_data,
    b"uuid": _uuid,
}


def _brand(brands: bytes) -> re.Pattern[bytes]:
    return re.compile(rb".{4}ftyp(?:%s)" % brands, re.DOTALL)


FORMATS: Final = (
    Format("AVIF", _brand(b"avi[fs]"), _edits),
    Format("HEIC", _brand(b"heic|heix|heim|heis|hevc|hevx|mif1|mif2|msf1|miaf"), _edits),
    Format("MOV", re.compile(rb".{4}(?:ftypqt  |moov|mdat|wide|pnot)", re.DOTALL), _edits),
    Format("MP4", _brand(b""), _edits),
)

"""ISO base media files: HEIC and AVIF pictures, MP4 and MOV videos. Nothing in them moves."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.containers.format import Format
from handbook.photos.disclosures import Category, Disclosure, decode_text, with_damage
from handbook.photos.edits import Edit
from handbook.photos.metadata import dash_cameras, quicktime, unknown_data, xmp
from handbook.photos.metadata.heif import item_edits
from handbook.photos.metadata.timed_metadata import track_edits
from handbook.photos.structures.iso_boxes import HEADER, Box, boxes, children, content
from handbook.photos.structures.iso_items import has_items

_XMP_UUID: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_SPHERE_UUID: Final = bytes.fromhex("ffcc8263f8554a938814587a02521fdd")
_FILE: Final = b"file"
_PADDING: Final = (b"free", b"skip", b"wide")
_MEDIA: Final = b"mdat"
_MAX_BEGINNING: Final = 2**20
_INSTA360: Final = b"8db42d694ccc418790edff439fe026bf"
_INSTA360_FOOTER: Final = 78
_DASH_CAMERA: Final = b"GPS "
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
_BETWEEN_PICTURES: Final = (
    "it may be recorded between the pictures of the film; export the video again, for example with a video"
    " editor, and clean the export"
)
_IN_PADDING: Final = "its padding is not empty; save it as JPEG and clean that copy"
_RAW: Final = "it is a raw photo, which needs its metadata; export it as JPEG and clean the export"


def _edits(reader: BoundedReader) -> Iterator[Edit]:
    end = reader.size - _insta360_length(reader)
    if end < reader.size:
        yield Edit(end, reader.size, (Disclosure(Category.POSSIBLE_POSITION, "Insta360"),))
    lists_pictures = shows_anything = False
    for box in boxes(reader, 0, end):
        has_pictures = box.type == b"meta" and has_items(reader, box)
        lists_pictures = lists_pictures or has_pictures
        shows_anything = shows_anything or has_pictures or _CONTAINERS.get(box.type) == _FILE
        if box.type == b"ftyp" and reader.read(box.body, min(4, box.length)) == _CANON_RAW:
            yield Edit(0, 0, obstacle=_RAW)
        yield from item_edits(reader, box) if has_pictures else _box_edits(reader, box, _FILE)
    if not shows_anything:
        raise MalformedData("it contains no picture and no video")
    has_begun = lists_pictures
    for box in boxes(reader, 0, end):
        if box.type in _PADDING:
            yield from _padding_edits(reader, box, lists_pictures=lists_pictures)
        elif box.type == _MEDIA and not has_begun:
            has_begun = True
            yield from _beginning_edit(reader, box)


def _insta360_length(reader: BoundedReader) -> int:
    """Return the length of the trailer of a 360° camera; 0 if there is none. Source: ExifTool."""
    footer = reader.peek(max(0, reader.size - _INSTA360_FOOTER), _INSTA360_FOOTER)
    if not footer.endswith(_INSTA360):
        return 0
    length = int.from_bytes(footer[38:42], "little")
    return length if _INSTA360_FOOTER <= length <= reader.size else _INSTA360_FOOTER


def _padding_edits(reader: BoundedReader, box: Box, *, lists_pictures: bool) -> Iterator[Edit]:
    """Yield what padding hides, such as discarded metadata, and the positions of dash cameras.

    The pictures of HEIC and AVIF may be anywhere, even there.
    """
    if lists_pictures:
        disclosures = tuple(with_damage(unknown_data.locations(content(reader, box))))
        yield Edit(0, 0, disclosures, obstacle=_IN_PADDING if disclosures else None)
    else:
        disclosures = tuple(with_damage(_padding_disclosures(content(reader, box))))
        yield Edit(box.body, box.end, disclosures, replacement=None, may_contain_file=True)


def _beginning_edit(reader: BoundedReader, box: Box) -> Iterator[Edit]:
    """Yield what is between the first pictures of a film."""
    beginning = reader.window(box.body, min(box.length, _MAX_BEGINNING))
    disclosures = tuple(with_damage(unknown_data.locations(beginning)))
    yield Edit(0, 0, disclosures, obstacle=_BETWEEN_PICTURES if disclosures else None)


def _padding_disclosures(padding: BoundedReader) -> Iterator[Disclosure]:
    if padding.peek(0, 4) == _DASH_CAMERA:
        yield from dash_cameras.disclosures(padding)


def _box_edits(reader: BoundedReader, box: Box, container: bytes) -> Iterator[Edit]:
    if _CONTAINERS.get(box.type) == container:
        yield from _container_edits(reader, box)
    elif box.type in _TIMES and box.type in _SHOWN[container]:
        yield _time_edit(reader, box)
    elif box.type == b"cmov":
        raise MalformedData("its index is compressed in an obsolete way")
    elif box.type in _PADDING and container != _FILE:
        # Programs that discard a box by renaming it leave its content.
        disclosures = tuple(with_damage(unknown_data.locations(content(reader, box))))
        yield Edit(box.body, box.end, disclosures, replacement=None)
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
    """Return the edit that erases when a video was made. Source: ISO/IEC 14496-12, MovieHeaderBox."""
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
        yield from unknown_data.disclosures(content(reader, box), decode_text(box.type))


def _user_data(reader: BoundedReader, box: Box) -> Iterator[Disclosure]:
    yield from quicktime.disclosures(reader.window(box.start, box.end - box.start))


def _uuid(reader: BoundedReader, box: Box) -> Iterator[Disclosure]:
    if reader.read(box.body, min(16, box.length)) == _XMP_UUID:
        yield from xmp.disclosures(content(reader, box, 16))
    else:
        yield from unknown_data.disclosures(content(reader, box), "uuid")


def _dash_camera(reader: BoundedReader, box: Box) -> Iterator[Disclosure]:
    yield from dash_cameras.indexed_disclosures(reader, content(reader, box))


_READERS: Final[Mapping[bytes, Callable[[BoundedReader, Box], Iterator[Disclosure]]]] = {
    b"udta": _user_data,
    b"meta": _user_data,
    b"uuid": _uuid,
    b"gps ": _dash_camera,
    b"GPS ": _dash_camera,
}


def _brand(brands: bytes) -> re.Pattern[bytes]:
    return re.compile(rb".{4}ftyp(?:%s)" % brands, re.DOTALL)


FORMATS: Final = (
    Format("AVIF", _brand(b"avi[fs]"), _edits),
    Format("HEIC", _brand(b"heic|heix|heim|heis|hevc|hevx|mif1|mif2|msf1|miaf"), _edits),
    # A text, too, may have the letters of a box at its fifth place, but does not begin with 0.
    Format(
        "MOV",
        re.compile(
            rb".{4}(?:ftypqt  |moov|mdat)|\0.{3}(?:wide|pnot|free|skip|junk|uuid|udta|PICT)", re.DOTALL
        ),
        _edits,
    ),
    Format("MP4", _brand(b""), _edits),
)

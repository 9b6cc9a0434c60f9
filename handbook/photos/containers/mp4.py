"""MP4 and MOV videos, and the frame of boxes that HEIC and AVIF pictures share with them."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from handbook.photos.bounded_reader import Malformed, Source
from handbook.photos.containers.heif import has_items, item_pieces
from handbook.photos.containers.iso_boxes import Box, boxes, emptied, parts
from handbook.photos.disclosures import Fact, Kind, decoded, told, until_damaged
from handbook.photos.edits import Piece
from handbook.photos.metadata.quicktime import user_data_facts
from handbook.photos.metadata.xmp import xmp_facts

_XMP: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_SPHERE: Final = bytes.fromhex("ffcc8263f8554a938814587a02521fdd")
# Sources: ISO/IEC 14496-12, 23008-12; QuickTime File Format. A box that is none of these shows nothing.
_KEPT: Final = {
    b"file": b"ftyp styp mdat mfra free skip wide pdin sidx ssix imda pnot PICT",
    b"moov": b"mvhd iods mvex pssh free skip wide rmra clip ctab prfl",
    b"trak": b"tkhd edts tref trgr load clip matt imap tapt txas free skip wide",
    b"mdia": b"mdhd hdlr minf elng free skip wide",
    b"moof": b"mfhd pssh free skip wide",
    b"traf": b"tfhd tfdt trun saiz saio sbgp sgpd senc subs free skip wide",
}  # fmt: skip
_DRAWN: Final = {container: frozenset(kinds.split()) for container, kinds in _KEPT.items()}
_CONTAINERS: Final = {
    b"moov": b"file",
    b"trak": b"moov",
    b"mdia": b"trak",
    b"moof": b"file",
    b"traf": b"moof",
}
_TIMES: Final = (b"mvhd", b"tkhd", b"mdhd")
_EPOCH: Final = datetime.datetime(1904, 1, 1, tzinfo=datetime.UTC)
_MEASURED: Final = frozenset([b"gpmd", b"camm", b"rtmd", b"djmd", b"mebx"])
_RAW: Final = "it is a raw photo, which needs these notes; export it as JPEG, and clean that"


def movie_pieces(source: Source) -> Iterator[Piece]:
    """Yield every box that is not needed to show the picture or the video, and the times in the others.

    Raises:
        Malformed: when a box is cut off, or what is in it cannot be read.

    """
    shows = False
    for box in boxes(source, 0, source.size):
        has_picture = box.kind == b"meta" and has_items(source, box)
        shows = shows or has_picture or _CONTAINERS.get(box.kind) == b"file"
        if box.kind == b"ftyp" and source.read(box.body, min(4, box.length)) == b"crx ":
            yield Piece(0, 0, obstacle=_RAW)
        yield from item_pieces(source, box) if has_picture else _pieces(source, box, b"file")
    if not shows:
        raise Malformed("there is no picture and no video in it")


def _pieces(source: Source, box: Box, container: bytes) -> Iterator[Piece]:
    if _CONTAINERS.get(box.kind) == container:
        yield from _inside(source, box)
    elif box.kind in _TIMES and box.kind in _DRAWN[container]:
        yield from _times(source, box)
    elif box.kind == b"cmov":
        raise Malformed("its index is compressed, which no program does any more")
    elif box.kind in (b"free", b"skip") and container != b"file":
        yield Piece(box.body, box.end, new=None)  # Programs that only rename a box leave its content there.
    elif box.kind not in _DRAWN[container] and not _is_sphere(source, box):
        facts = tuple(until_damaged(_facts(source, box)))
        yield from emptied(box, facts, holds_files=container == b"file" and box.kind != b"uuid")


def _inside(source: Source, box: Box) -> Iterator[Piece]:
    if box.kind == b"trak":
        yield from _track_pieces(source, box)
    for part in parts(source, box):
        yield from _pieces(source, part, box.kind)


def _is_sphere(source: Source, box: Box) -> bool:
    """Tell whether the box says that a video shows all directions; without it, it is shown flat."""
    return box.kind == b"uuid" and box.length >= 16 and source.read(box.body, 16) == _SPHERE


def _times(source: Source, box: Box) -> Iterator[Piece]:
    """Yield when a video was made and changed, which is blanked. Source: ISO/IEC 14496-12, MovieHeaderBox."""
    width = 8 if source.number(box.body, 1) == 1 else 4
    start = box.body + 4
    seconds = source.number(start, width)
    facts = (Fact(Kind.TIME, _moment(seconds)),) if seconds else ()
    yield Piece(start, start + 2 * width, facts, None)


def _moment(seconds: int) -> str:
    try:
        return f"{_EPOCH + datetime.timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S}"
    except OverflowError:
        return ""


def _facts(source: Source, box: Box) -> Iterator[Fact]:
    if box.kind in _READERS:
        yield from _READERS[box.kind](source, box)
    else:
        yield from told(Kind.HIDDEN, decoded(box.kind))


def _uuid_facts(source: Source, box: Box) -> Iterator[Fact]:
    if source.read(box.body, min(16, box.length)) == _XMP:
        yield from xmp_facts(source.read(box.body + 16, box.length - 16), source.budget.step)
    else:
        yield Fact(Kind.HIDDEN, "uuid")


_READERS: Final[Mapping[bytes, Callable[[Source, Box], Iterator[Fact]]]] = {
    b"udta": user_data_facts,
    b"meta": user_data_facts,
    b"uuid": _uuid_facts,
}


def _track_pieces(source: Source, track: Box) -> Iterator[Piece]:
    """Yield a piece that cannot be taken out for a track of measurements that runs with the picture.

    Telephones write some about the camera, which name each thing they measure; those may stay.
    """
    kind, sample = _described(source, track)
    name = sample[4:8]
    if kind != b"meta" and name not in _MEASURED:
        return
    if name == b"mebx" and b"location" not in sample:
        return
    facts = (Fact(Kind.POSITION, "at every moment, in a track of measurements"),) if name in _MEASURED else ()
    yield Piece(
        track.start,
        track.start,
        facts or tuple(told(Kind.HIDDEN, decoded(name) or "measurements")),
        obstacle=f"a track of measurements ({decoded(name)}) runs with the picture;"
        " export the video again without it, for example with a video editor, and clean that",
    )


def _described(source: Source, track: Box) -> tuple[bytes, bytes]:
    """Return the kind of a track and how its samples are described; empty where it does not say."""
    media = _part(source, track, b"mdia")
    handler = _part(source, media, b"hdlr")
    table = _part(source, _part(source, media, b"minf"), b"stbl")
    samples = _part(source, table, b"stsd")
    kind = source.read(handler.body + 8, 4) if handler and handler.length >= 12 else b""
    return kind, source.read(samples.body + 8, min(samples.length - 8, 2**16)) if samples else b""


def _part(source: Source, box: Box | None, kind: bytes) -> Box | None:
    return next((part for part in parts(source, box) if part.kind == kind), None) if box else None

"""EXIF: what the camera noted, as it stands in JPEG, PNG, WebP, HEIC and TIFF."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from handbook.photos.bounded_reader import Malformed, Source
from handbook.photos.disclosures import Fact, Kind, told, until_damaged
from handbook.photos.metadata.gps import altitude, degrees, position
from handbook.photos.metadata.iptc import iptc_facts, resources
from handbook.photos.metadata.tiff_directories import Directory, Entry, Tiff
from handbook.photos.metadata.xmp import xmp_facts

PREFIX: Final = b"Exif\0\0"
_ORIENTATION: Final = 274
_DATE: Final = re.compile(r"(\d{4}):(\d\d):(\d\d)(?=\s|$)", re.ASCII)
# Sources: EXIF 3.0, TIFF 6.0, GeoTIFF 1.1; the tags 40091 to 40095 are those of Windows.
_TEXTS: Final = {
    269: Kind.TEXT, 270: Kind.TEXT, 271: Kind.CAMERA, 272: Kind.CAMERA, 285: Kind.TEXT, 305: Kind.SOFTWARE,
    306: Kind.TIME, 315: Kind.OWNER, 316: Kind.OWNER, 33432: Kind.OWNER, 36867: Kind.TIME, 36868: Kind.TIME,
    40091: Kind.TEXT, 40092: Kind.TEXT, 40093: Kind.OWNER, 40094: Kind.TEXT, 40095: Kind.TEXT,
    42016: Kind.SERIAL, 42032: Kind.OWNER, 42033: Kind.SERIAL, 42035: Kind.CAMERA, 42036: Kind.CAMERA,
    42037: Kind.SERIAL, 42038: Kind.TEXT, 42039: Kind.OWNER, 42040: Kind.OWNER, 42041: Kind.SOFTWARE,
    42042: Kind.SOFTWARE, 42043: Kind.SOFTWARE, 42044: Kind.SOFTWARE, 50735: Kind.SERIAL, 51105: Kind.CAMERA,
}  # fmt: skip
_GEOTIFF: Final = (33550, 33922, 34264, 34735, 34736, 34737)


def exif_facts(source: Source, *, has_pages: bool = False) -> Iterator[Fact]:
    """Yield what a TIFF structure gives away, and what XMP and IPTC inside it do.

    What follows the first directory is a page where it `has_pages`, and else a small copy of the picture.

    Raises:
        Malformed: when a part of it cannot be read.

    """
    tiff = Tiff(source)
    for directory in tiff.directories():
        if directory.name == "next" and not has_pages:
            yield Fact(Kind.THUMBNAIL)
        if directory.name == "gps":
            yield from until_damaged(_gps_facts(tiff, directory))
        else:
            for entry in directory.entries:
                yield from _entry_facts(tiff, entry)


def orientation(source: Source) -> int:
    """Return how the picture is turned, 1 to 8; 1, which is upright, where it is not told."""
    try:
        tiff = Tiff(source)
        main = next(tiff.directories(), None)
        turned = tiff.first(main.entry(_ORIENTATION)) if main else None
    except Malformed:
        return 1
    return turned if turned and 1 <= turned <= 8 else 1


def minimal(turned: int) -> bytes:
    """Return EXIF that says how the picture is turned and nothing else; empty where it is upright."""
    if turned == 1:
        return b""
    return b"MM\0*\0\0\0\x08\0\x01" + b"\x01\x12\0\x03\0\0\0\x01" + bytes([0, turned, 0, 0]) + bytes(4)


def _entry_facts(tiff: Tiff, entry: Entry) -> Iterator[Fact]:
    if entry.tag in _TEXTS:
        yield from _text_facts(tiff, entry)
    elif entry.tag in _GEOTIFF:
        yield Fact(Kind.POSITION, "coordinates of a map")
    elif entry.tag in _BLOCKS:
        yield from until_damaged(_BLOCKS[entry.tag](tiff, entry))


def _text_facts(tiff: Tiff, entry: Entry) -> Iterator[Fact]:
    """Yield what a text says; one that lies outside the file says nothing to anybody."""
    try:
        text = tiff.text(entry)
    except Malformed:
        return
    kind = _TEXTS[entry.tag]
    if kind is Kind.TIME:
        text = _DATE.sub(r"\1-\2-\3", text)
    if text.strip(" :0-") or kind is not Kind.TIME:
        yield from told(kind, text)


def _xmp(tiff: Tiff, entry: Entry) -> Iterator[Fact]:
    return xmp_facts(tiff.data(entry), tiff.source.budget.step)


def _iptc(tiff: Tiff, entry: Entry) -> Iterator[Fact]:
    yield from iptc_facts(tiff.source.window(entry.at, entry.length))


def _photoshop(tiff: Tiff, entry: Entry) -> Iterator[Fact]:
    yield from photoshop_facts(tiff.source.window(entry.at, entry.length))


def _maker_note(_tiff: Tiff, _entry: Entry) -> Iterator[Fact]:
    yield Fact(Kind.HIDDEN, "notes of the camera's maker")


def _comment(tiff: Tiff, entry: Entry) -> Iterator[Fact]:
    yield from told(Kind.TEXT, _marked_text(tiff, entry))


_BLOCKS: Final[Mapping[int, Callable[[Tiff, Entry], Iterator[Fact]]]] = {
    700: _xmp,
    33723: _iptc,
    34377: _photoshop,
    37500: _maker_note,
    37510: _comment,
}


def photoshop_facts(source: Source) -> Iterator[Fact]:
    """Yield what the resources of Photoshop give away.

    Raises:
        Malformed: when they cannot be read.

    """
    for number, resource in resources(source):
        if number in _RESOURCES:
            yield from until_damaged(_RESOURCES[number](resource))


def _thumbnail(_source: Source) -> Iterator[Fact]:
    yield Fact(Kind.THUMBNAIL)


def _packet(source: Source) -> Iterator[Fact]:
    return xmp_facts(source.read(0, source.size), source.budget.step)


# Source: Adobe Photoshop File Formats Specification, image resource IDs.
_RESOURCES: Final[Mapping[int, Callable[[Source], Iterator[Fact]]]] = {
    0x0404: iptc_facts,
    0x0409: _thumbnail,
    0x040C: _thumbnail,
    0x0422: exif_facts,
    0x0423: exif_facts,
    0x0424: _packet,
}


def _gps_facts(tiff: Tiff, directory: Directory) -> Iterator[Fact]:
    """Yield where the picture was taken, and where the camera looked to."""
    yield from _coordinates(tiff, directory, 1)
    yield from _coordinates(tiff, directory, 19)
    height = directory.entry(6)
    if height and (parts := tiff.fractions(height)):
        yield Fact(Kind.POSITION, altitude(float(-parts[0] if _is_below(tiff, directory) else parts[0])))
    for tag, kind in ((28, Kind.PLACE), (29, Kind.TIME)):
        entry = directory.entry(tag)
        if entry:
            text = tiff.text(entry) if kind is Kind.TIME else _marked_text(tiff, entry)
            yield from told(kind, _DATE.sub(r"\1-\2-\3", text))


def _coordinates(tiff: Tiff, directory: Directory, first: int) -> Iterator[Fact]:
    """Yield a position from four tags: reference and degrees of its latitude, then of its longitude."""
    entries = [directory.entry(tag) for tag in range(first, first + 4)]
    one, other = (_degrees(tiff, *entries[start : start + 2]) for start in (0, 2))
    if one is not None and other is not None:
        yield Fact(Kind.POSITION, position(one, other))
    elif one is not None or other is not None:
        yield Fact(Kind.POSITION, "in part")


def _degrees(tiff: Tiff, reference: Entry | None, entry: Entry | None) -> float | None:
    if entry is None:
        return None
    return degrees(tiff.fractions(entry), tiff.text(reference) if reference else "")


def _is_below(tiff: Tiff, directory: Directory) -> bool:
    return tiff.first(directory.entry(5)) == 1


def _marked_text(tiff: Tiff, entry: Entry) -> str:
    """Return a text behind the eight bytes that name its encoding."""
    data = tiff.source.read(entry.at, min(entry.length, 1_000))
    wide = "utf-16-le" if tiff.order == "<" else "utf-16-be"
    return data[8:].decode(wide if data.startswith(b"UNICODE") else "utf-8", "replace").strip("\0 ")


def after_prefix(source: Source) -> Source:
    """Return EXIF without the six bytes that some programs write before it.

    Raises:
        Malformed: when there is too little of it.

    """
    skip = len(PREFIX) if source.read(0, min(source.size, len(PREFIX))) == PREFIX else 0
    return source.window(skip, source.size - skip)

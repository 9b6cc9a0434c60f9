"""EXIF: what the camera noted, in JPEG, PNG, WebP, HEIC and TIFF; and the resources of Photoshop.

EXIF and Photoshop resources are read in one module because each can contain the other.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.disclosures import Category, Disclosure, text_disclosures, with_damage
from handbook.photos.metadata import MetadataReader, content_credentials, gps, iptc, traces, xmp
from handbook.photos.orientation import UPRIGHT
from handbook.photos.structures.tiff_directories import Entry, Tiff, with_iso_date

PREFIX: Final = b"Exif\0\0"
_ORIENTATION: Final = 274
# Sources: EXIF 3.0, TIFF 6.0, TIFF/EP, DNG 1.7, GeoTIFF 1.1; the tags 40091 to 40095 are those of Windows.
_TEXTS: Final = {
    tag: category
    for category, tags in {
        Category.TEXT: (
            *(269, 270, 285, 32781, 37394, 37395, 40091, 40092, 40094, 40095),
            *(40964, 42038, 50827, 51081),
        ),
        Category.CAMERA: (271, 272, 42035, 42036, 50708, 50709, 51105),
        Category.SOFTWARE: (11, 305, 42041, 42042, 42043, 42044),
        Category.TIME: (306, 36867, 36868, 36880, 36881, 36882, 50971),
        Category.OWNER: (315, 316, 33432, 40093, 42032, 42039, 42040),
        Category.SERIAL: (42016, 42033, 42037, 50735),
    }.items()
    for tag in tags
}
# How the picture is stored and shown, and how the camera was set.
_TECHNICAL: Final = frozenset(
    (1, 2, 18246, 18249, 33421, 33422, 33423, 33434, 33437, 34665, 34675, 34853, 50341, 59932, 59933)
)
_TECHNICAL_RANGES: Final = (
    range(254, 533),
    range(4096, 4099),
    range(34016, 34034),
    range(34850, 34870),
    range(36864, 36868),
    range(37121, 37123),
    range(37377, 37397),
    range(37520, 37523),
    range(37888, 37894),
    range(40960, 40966),
    range(41483, 41997),
    range(42080, 42083),
    range(42113, 42114),
    range(42240, 42241),
    range(50706, 51183),
    range(52525, 52545),
)
_GEOTIFF: Final = (33550, 33922, 34264, 34735, 34736, 34737)


def disclosures(reader: BoundedReader, *, has_pages: bool = False) -> Iterator[Disclosure]:
    """Yield what a TIFF structure gives away, with the XMP, IPTC and Photoshop resources inside it.

    The directory after the first is a further page if the file `has_pages`, otherwise a thumbnail.

    Raises:
        MalformedData: if a part of it cannot be read.

    """
    tiff = Tiff(_without_prefix(reader))
    for directory in tiff.directories():
        if directory.name == "next" and not has_pages:
            yield Disclosure(Category.THUMBNAIL)
        if directory.name == "gps":
            yield from with_damage(gps.directory_disclosures(tiff, directory))
        else:
            for entry in directory.entries:
                yield from _entry_disclosures(tiff, entry)


def orientation_only(reader: BoundedReader) -> bytes:
    """Return EXIF that says how the picture is turned and nothing else; empty if it is upright."""
    return with_orientation(orientation(reader) or UPRIGHT)


def with_orientation(orientation: int) -> bytes:
    """Return EXIF that says only how the picture is turned; empty if it is upright."""
    if orientation == UPRIGHT:
        return b""
    entry = b"\x01\x12\0\x03\0\0\0\x01" + bytes([0, orientation, 0, 0])
    return b"MM\0*\0\0\0\x08\0\x01" + entry + bytes(4)


def orientation(reader: BoundedReader) -> int | None:
    """Return how the picture is turned, from 1 to 8; None if EXIF does not say so."""
    try:
        tiff = Tiff(_without_prefix(reader))
        main = next(tiff.directories(), None)
        entry = main.entry(_ORIENTATION) if main else None
        number = tiff.first_number(entry)
    except MalformedData:
        return None
    return (number if number and 1 <= number <= 8 else UPRIGHT) if entry else None


def _without_prefix(reader: BoundedReader) -> BoundedReader:
    """Skip the six bytes that some programs write before EXIF outside JPEG, too."""
    skip = len(PREFIX) if reader.read(0, min(reader.size, len(PREFIX))) == PREFIX else 0
    return reader.window(skip, reader.size - skip)


def _entry_disclosures(tiff: Tiff, entry: Entry) -> Iterator[Disclosure]:
    if entry.tag in _TEXTS:
        yield from _text(tiff, entry)
    elif entry.tag in _GEOTIFF:
        yield Disclosure(Category.POSITION, "map coordinates")
    elif entry.tag in _BLOCKS:
        yield from with_damage(_BLOCKS[entry.tag](tiff, entry))
    elif entry.tag not in _TECHNICAL and not any(entry.tag in tags for tags in _TECHNICAL_RANGES):
        yield from _unknown(tiff, entry)


def _text(tiff: Tiff, entry: Entry) -> Iterator[Disclosure]:
    """Yield what a text says; a text whose bytes are outside the file says nothing."""
    try:
        text = tiff.text(entry)
    except MalformedData:
        return
    category = _TEXTS[entry.tag]
    if category is not Category.TIME:
        yield from text_disclosures(category, text)
    elif text.strip(" :0-"):
        yield from text_disclosures(category, with_iso_date(text))


def _xmp(tiff: Tiff, entry: Entry) -> Iterator[Disclosure]:
    yield from xmp.disclosures(tiff.content(entry))


def _iptc(tiff: Tiff, entry: Entry) -> Iterator[Disclosure]:
    yield from iptc.disclosures(tiff.content(entry))


def _photoshop(tiff: Tiff, entry: Entry) -> Iterator[Disclosure]:
    yield from photoshop_disclosures(tiff.content(entry))


def _maker_note(tiff: Tiff, entry: Entry) -> Iterator[Disclosure]:
    yield Disclosure(Category.HIDDEN, "the camera maker's notes")
    yield from traces.disclosures(tiff.content(entry))


def _content_credentials(tiff: Tiff, entry: Entry) -> Iterator[Disclosure]:
    yield from content_credentials.disclosures(tiff.content(entry))


def _unknown(tiff: Tiff, entry: Entry) -> Iterator[Disclosure]:
    yield Disclosure(Category.HIDDEN, f"tag {entry.tag}")
    yield from traces.disclosures(tiff.content(entry))


def _thumbnail_offset(_tiff: Tiff, _entry: Entry) -> Iterator[Disclosure]:
    yield Disclosure(Category.THUMBNAIL)


def _user_comment(tiff: Tiff, entry: Entry) -> Iterator[Disclosure]:
    yield from text_disclosures(Category.TEXT, tiff.encoded_text(entry))


_BLOCKS: Final[Mapping[int, Callable[[Tiff, Entry], Iterator[Disclosure]]]] = {
    513: _thumbnail_offset,
    700: _xmp,
    33723: _iptc,
    34377: _photoshop,
    37500: _maker_note,
    37510: _user_comment,
    42112: _xmp,  # Properties of maps, as XML.
    52545: _content_credentials,
}


def photoshop_disclosures(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield what the resources of Photoshop give away.

    Raises:
        MalformedData: if a resource is cut off.

    """
    for number, resource in iptc.photoshop_resources(reader):
        if number in _RESOURCES:
            yield from with_damage(_RESOURCES[number](resource))
        else:
            yield from traces.disclosures(resource)


def _thumbnail(_reader: BoundedReader) -> Iterator[Disclosure]:
    yield Disclosure(Category.THUMBNAIL)


# Source: Adobe Photoshop File Formats Specification, image resource IDs.
_RESOURCES: Final[Mapping[int, MetadataReader]] = {
    0x0404: iptc.disclosures,
    0x0409: _thumbnail,
    0x040C: _thumbnail,
    0x0422: disclosures,
    0x0423: disclosures,
    0x0424: xmp.disclosures,
}

"""Data that is not needed to show the picture and whose kind the container does not know."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.disclosures import Category, Disclosure, text_disclosures
from handbook.photos.metadata import content_credentials, dash_cameras, exif, gopro, iptc, traces, xmp

_EXIF: Final = re.compile(rb"(?:II\*\0|MM\0\*)(?=.{4})", re.DOTALL)
_EXIF_DISTANCE: Final = 64
_EXIF_ANYWHERE: Final = re.compile(rb"Exif\0.(?=II\*\0|MM\0\*)", re.DOTALL)
_XMP: Final = re.compile(rb"<(x:x[ma]pmeta|rdf:RDF)\b")
_MAX_PACKETS: Final = 16
_AFCP: Final = re.compile(rb"AXS[!*]")
_IPTC: Final = re.compile(rb"\x1c[\x01\x02].\0", re.DOTALL)
# The datasets of IPTC that name a place: by chance, hardly any data has two letters after one.
_PLACE: Final = re.compile(
    rb"\x1c\x02[\x1a\x1b\x5a\x5c\x5f\x64\x65]\0[\x01-\x80](?=(?:[A-Za-z]|[\xc3-\xe9][\x80-\xbf]){2})"
)
_PHOTOSHOP: Final = re.compile(rb"8BIM\x04[\x04\x22-\x24]")
# A part that is called so is made to hold positions.
_POSITIONS: Final = re.compile(r"gps|^geo|\bloc\b|iso6709", re.IGNORECASE)
_JUMBF: Final = re.compile(rb"....jumb....jumd", re.DOTALL)
_DEVICE: Final = re.compile(rb"DEVC[\0\x01].{3}|GPS[59]l.{3}", re.DOTALL)


def disclosures(reader: BoundedReader, name: str) -> Iterator[Disclosure]:
    """Yield the name of the data, which may say what it is made for, and each location that is found in it.

    Raises:
        MalformedData: if the budget is spent.

    """
    yield from text_disclosures(Category.HIDDEN, name)
    if _POSITIONS.search(name):
        yield from text_disclosures(Category.POSSIBLE_POSITION, name)
    yield from locations(reader)


def locations(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield what is found in the data about locations, and what may be one.

    Raises:
        MalformedData: if the budget is spent.

    """
    of_blocks = [
        disclosure for data in traces.ends(reader) for disclosure in _blocks(reader.derived(data), data)
    ]
    yield from of_blocks or traces.disclosures(reader)


def _blocks(reader: BoundedReader, data: bytes) -> Iterator[Disclosure]:
    """Yield what blocks of known kinds say that begin somewhere in the data."""
    for packet in _packets(data):
        yield from _of_locations(xmp.disclosures(reader.derived(packet)))
    match = _EXIF.search(data, 0, _EXIF_DISTANCE) or _EXIF_ANYWHERE.search(data)
    if match:
        start = match.start() if match.re is _EXIF else match.end()
        yield from _of_locations(exif.disclosures(reader.window(start, reader.size - start)))
    for signature, read in _READERS.items():
        block = signature.search(data)
        if block:
            yield from _of_locations(read(reader.window(block.start(), reader.size - block.start())))


def _packets(data: bytes) -> Iterator[bytes]:
    """Yield the first packets of XMP; one that does not end reaches to the end of the data."""
    end = 0
    for _ in range(_MAX_PACKETS):
        start = _XMP.search(data, end)
        if not start:
            return
        mark = b"</" + start[1]
        close = data.find(mark, start.end())
        end = data.find(b">", close) + 1 if close >= 0 else 0
        if not end:
            yield data[start.start() :]
            return
        yield data[start.start() : end]


def _of_locations(of_block: Iterator[Disclosure]) -> Iterator[Disclosure]:
    """Yield the locations in a block; if it cannot be read to its end, there may be more."""
    try:
        yield from (disclosure for disclosure in of_block if disclosure.is_location)
    except MalformedData:
        yield Disclosure(Category.POSSIBLE_POSITION, "a part that cannot be read")


def _afcp(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield what a trailer of AFCP says, whose IPTC may precede or follow its first mark."""
    data = reader.peek(0, reader.size)
    block = _IPTC.search(data)
    if block:
        yield from iptc.disclosures(reader.window(block.start(), reader.size - block.start()))
    else:
        yield Disclosure(Category.POSSIBLE_POSITION, "AFCP")


_READERS: Final[Mapping[re.Pattern[bytes], Callable[[BoundedReader], Iterator[Disclosure]]]] = {
    re.compile(rb"freeGPS "): dash_cameras.disclosures,
    _AFCP: _afcp,
    _PHOTOSHOP: exif.photoshop_disclosures,
    _PLACE: iptc.disclosures,
    _JUMBF: content_credentials.disclosures,
    _DEVICE: gopro.disclosures,
}

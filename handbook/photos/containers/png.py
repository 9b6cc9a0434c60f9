"""PNG: chunks; those that draw the picture are kept to the byte."""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.containers.format import Format
from handbook.photos.disclosures import Category, Disclosure, decode_text, text_disclosures, with_damage
from handbook.photos.edits import Edit
from handbook.photos.metadata import MetadataReader, content_credentials, exif, iptc, unknown_data, xmp
from handbook.photos.metadata.property_names import category_of
from handbook.photos.orientation import orientation_in_xmp

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
# Sources: PNG, third edition; APNG. A chunk that is none of these draws nothing.
_SHOWN: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV mDCv cLLI cLLi bKGD hIST pHYs sPLT"
    b" acTL fcTL fdAT CgBI".split()
)
_EXIF: Final = b"eXIf"
_END: Final = b"IEND"
_CREDENTIALS: Final = b"caBX"
_XMP: Final = "XML:com.adobe.xmp"
_RAW_PROFILE: Final = "raw profile type "
_COLOR_PROFILES: Final = ("icc", "icm")
_HEADER: Final = 8
_CHECKSUM: Final = 4


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: its type, which is four letters, and its content from `body` up to the checksum."""

    type: bytes
    start: int
    body: int
    end: int

    @property
    def length(self) -> int:
        """Return the size of the content in bytes."""
        return self.end - _CHECKSUM - self.body


class Turn(NamedTuple):
    """How the picture is turned, and after which other chunks it counts."""

    rank: int
    orientation: int


def _edits(reader: BoundedReader) -> Iterator[Edit]:
    chunks = list(_chunks(reader))
    turning = {chunk: turn for chunk in chunks if (turn := _turn(reader, chunk))}
    deciding = min(turning, key=lambda chunk: turning[chunk], default=None)
    for chunk in chunks:
        if chunk.type not in _SHOWN:
            kept = exif.with_orientation(turning[chunk].orientation) if chunk is deciding else b""
            yield _edit(reader, chunk, _exif_chunk(kept))
    if not chunks or chunks[-1].type != _END:
        raise MalformedData("it ends too early")
    if chunks[-1].end < reader.size:
        yield Edit(chunks[-1].end, reader.size, may_contain_file=True)


def _chunks(reader: BoundedReader) -> Iterator[Chunk]:
    """Yield the chunks up to the last, or up to the first that is cut off."""
    offset = len(_SIGNATURE)
    while offset + _HEADER + _CHECKSUM <= reader.size:
        header = reader.read(offset, _HEADER)
        body = offset + _HEADER
        chunk = Chunk(header[4:], offset, body, body + int.from_bytes(header[:4]) + _CHECKSUM)
        if chunk.end > reader.size:
            return
        yield chunk
        if chunk.type == _END:
            return
        offset = chunk.end


def _edit(reader: BoundedReader, chunk: Chunk, kept: bytes) -> Edit:
    return Edit(chunk.start, chunk.end, tuple(with_damage(_disclosures(reader, chunk))), kept)


def _turn(reader: BoundedReader, chunk: Chunk) -> Turn | None:
    """Return how the chunk says that the picture is turned; None if it does not say so."""
    try:
        if chunk.type == _EXIF:
            return _turn_of(0, exif.orientation(reader.window(chunk.body, chunk.length)))
        if chunk.type in _TEXTS:
            keyword, text = _TEXTS[chunk.type](reader, reader.read(chunk.body, chunk.length))
            return _turn_in_text(reader, keyword, text)
    except MalformedData:
        return None
    return None


def _turn_in_text(reader: BoundedReader, keyword: str, text: bytes) -> Turn | None:
    """Return what XMP says, or EXIF or XMP that ImageMagick wrote as text."""
    if keyword == _XMP:
        return _turn_of(2, orientation_in_xmp(text))
    name = keyword.lower().removeprefix(_RAW_PROFILE)
    if name == keyword.lower() or name not in ("exif", "app1", "xmp"):
        return None
    profile = _raw_profile(text)
    in_exif = exif.orientation(reader.derived(profile))
    return _turn_of(1, in_exif) or _turn_of(2, orientation_in_xmp(profile))


def _turn_of(rank: int, orientation: int | None) -> Turn | None:
    return Turn(rank, orientation) if orientation else None


def _exif_chunk(data: bytes) -> bytes:
    if not data:
        return b""
    return len(data).to_bytes(4) + _EXIF + data + zlib.crc32(_EXIF + data).to_bytes(_CHECKSUM)


def _disclosures(reader: BoundedReader, chunk: Chunk) -> Iterator[Disclosure]:
    if chunk.type == _EXIF:
        yield from exif.disclosures(reader.window(chunk.body, chunk.length))
        return
    data = reader.read(chunk.body, chunk.length)
    if chunk.type in _TEXTS:
        yield from _text_disclosures(reader, *_TEXTS[chunk.type](reader, data))
    elif chunk.type == b"tIME" and len(data) == 7:
        year, rest = int.from_bytes(data[:2]), data[2:]
        yield Disclosure(Category.TIME, "{}-{:02}-{:02} {:02}:{:02}:{:02}".format(year, *rest))
    elif chunk.type == _CREDENTIALS:
        yield from content_credentials.disclosures(reader.derived(data))
    else:
        yield from unknown_data.disclosures(reader.derived(data), decode_text(chunk.type))


def _text_disclosures(reader: BoundedReader, keyword: str, text: bytes) -> Iterator[Disclosure]:
    category = category_of(keyword)
    if keyword == _XMP:
        yield from xmp.disclosures(reader.derived(text))
    elif keyword.lower().startswith(_RAW_PROFILE):
        profile = reader.derived(_raw_profile(text))
        yield from _profile_disclosures(profile, keyword[len(_RAW_PROFILE) :].lower())
    elif category is Category.THUMBNAIL:
        yield Disclosure(category)
    else:
        yield from text_disclosures(category or Category.TEXT, decode_text(text))
        yield from unknown_data.locations(reader.derived(text))


def _profile_disclosures(profile: BoundedReader, name: str) -> Iterator[Disclosure]:
    """Yield what a profile that ImageMagick wrote as text gives away."""
    if name in _PROFILES:
        yield from _PROFILES[name](profile)
    elif name not in _COLOR_PROFILES:
        yield from unknown_data.disclosures(profile, name)


def _raw_profile(text: bytes) -> bytes:
    """Return the bytes of a profile that is written as a name, a length, and lines of hexadecimal digits."""
    lines = text.strip().split(b"\n", 2)
    try:
        return bytes.fromhex(lines[2].decode("ascii"))
    except (IndexError, ValueError):
        raise MalformedData("a profile in it is damaged") from None


def _iptc(profile: BoundedReader) -> Iterator[Disclosure]:
    """Yield what IPTC gives away, which may be in the resources of Photoshop."""
    is_photoshop = profile.size >= 4 and profile.read(0, 4) == b"8BIM"
    return exif.photoshop_disclosures(profile) if is_photoshop else iptc.disclosures(profile)


def _app1(profile: BoundedReader) -> Iterator[Disclosure]:
    """Yield what a segment of JPEG gives away, which is XMP after its address, or EXIF."""
    data = profile.read_all()
    if data.startswith(b"http"):
        return xmp.disclosures(profile.derived(data.partition(b"\0")[2]))
    return exif.disclosures(profile)


_PROFILES: Final[Mapping[str, MetadataReader]] = {
    "exif": exif.disclosures,
    "app1": _app1,
    "xmp": xmp.disclosures,
    "iptc": _iptc,
    "8bim": _iptc,
    "photoshop": _iptc,
}


def _uncompressed(_reader: BoundedReader, data: bytes) -> tuple[str, bytes]:
    return _keyword_and_rest(data)


def _compressed(reader: BoundedReader, data: bytes) -> tuple[str, bytes]:
    keyword, text = _keyword_and_rest(data)
    return keyword, reader.inflate(text[1:]) if keyword else text


def _international(reader: BoundedReader, data: bytes) -> tuple[str, bytes]:
    keyword, rest = _keyword_and_rest(data)
    if not keyword:
        return keyword, rest
    text = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    return keyword, reader.inflate(text) if rest[:1] == b"\1" else text


def _keyword_and_rest(data: bytes) -> tuple[str, bytes]:
    """Split a text after its keyword; without the byte that ends a keyword, all of it is text."""
    keyword, end, rest = data.partition(b"\0")
    return (decode_text(keyword), rest) if end else ("", data)


_TEXTS: Final[Mapping[bytes, Callable[[BoundedReader, bytes], tuple[str, bytes]]]] = {
    b"tEXt": _uncompressed,
    b"zTXt": _compressed,
    b"iTXt": _international,
}

FORMATS: Final = (Format("PNG", re.compile(re.escape(_SIGNATURE)), _edits),)

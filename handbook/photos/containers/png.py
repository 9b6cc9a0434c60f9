"""PNG: chunks; those that draw the picture are kept to the byte."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from handbook.photos.bounded_reader import Malformed, Source
from handbook.photos.disclosures import Fact, Kind, decoded, told, until_damaged
from handbook.photos.edits import Piece
from handbook.photos.metadata.exif import after_prefix, exif_facts, minimal, orientation, photoshop_facts
from handbook.photos.metadata.iptc import iptc_facts
from handbook.photos.metadata.property_names import kind_of
from handbook.photos.metadata.xmp import xmp_facts

MAGIC: Final = b"\x89PNG\r\n\x1a\n"
# Sources: PNG, third edition; APNG. A chunk that is none of these draws nothing.
_KEPT: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV mDCv cLLI cLLi bKGD hIST pHYs sPLT"
    b" acTL fcTL fdAT CgBI".split()
)
_EXIF: Final = b"eXIf"
_XMP: Final = "XML:com.adobe.xmp"
_PROFILE: Final = "Raw profile type "
_CRC: Final = 4


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk; its content is from `body` to `end` less the checksum."""

    kind: bytes
    start: int
    body: int
    end: int

    @property
    def length(self) -> int:
        """Return how many bytes its content has."""
        return self.end - _CRC - self.body


def png_pieces(source: Source) -> Iterator[Piece]:
    """Yield every chunk that is not needed to show the picture, and what stands behind the last.

    Raises:
        Malformed: when it is cut off.

    """
    chunks = list(_chunks(source))
    has_exif = any(chunk.kind == _EXIF for chunk in chunks)
    for chunk in chunks:
        if chunk.kind not in _KEPT:
            yield _piece(source, chunk, has_exif)
    if not chunks or chunks[-1].kind != b"IEND":
        raise Malformed("it ends too early")
    if chunks[-1].end < source.size:
        yield Piece(chunks[-1].end, source.size, holds_files=True)


def _chunks(source: Source) -> Iterator[Chunk]:
    """Yield the chunks up to the last, or up to where the file breaks off."""
    at = len(MAGIC)
    while at + 12 <= source.size:
        head = source.read(at, 8)
        chunk = Chunk(head[4:], at, at + 8, at + 12 + int.from_bytes(head[:4]))
        if chunk.end > source.size:
            return
        yield chunk
        if chunk.kind == b"IEND":
            return
        at = chunk.end


def _piece(source: Source, chunk: Chunk, has_exif: bool) -> Piece:
    """Make the chunk a piece; where EXIF says that the picture is turned, that much stays."""
    if chunk.kind == _EXIF:
        exif = source.window(chunk.body, chunk.length)
        return Piece(chunk.start, chunk.end, tuple(until_damaged(_exif(exif))), _turned(exif))
    facts = tuple(until_damaged(_facts(source, chunk)))
    return Piece(chunk.start, chunk.end, facts, b"" if has_exif else _turned_in_text(source, chunk))


def _exif(source: Source) -> Iterator[Fact]:
    yield from exif_facts(after_prefix(source))


def _turned(exif: Source) -> bytes:
    kept = minimal(orientation(after_prefix(exif)))
    return _chunk(_EXIF, kept) if kept else b""


def _turned_in_text(source: Source, chunk: Chunk) -> bytes:
    """Return the chunk that says how the picture is turned, where a text of ImageMagick does."""
    if chunk.kind not in _TEXTS:
        return b""
    try:
        keyword, text = _TEXTS[chunk.kind](source, source.read(chunk.body, chunk.length))
        is_exif = keyword.lower() in (f"{_PROFILE}exif".lower(), f"{_PROFILE}app1".lower())
        return _turned(source.inside(_unwrapped(text))) if is_exif else b""
    except Malformed:
        return b""


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def _facts(source: Source, chunk: Chunk) -> Iterator[Fact]:
    data = source.read(chunk.body, chunk.length)
    if chunk.kind in _TEXTS:
        yield from _text_facts(source, *_TEXTS[chunk.kind](source, data))
    elif chunk.kind == b"tIME" and len(data) == 7:
        year, rest = int.from_bytes(data[:2]), data[2:]
        yield Fact(Kind.TIME, "{}-{:02}-{:02} {:02}:{:02}:{:02}".format(year, *rest))
    else:
        yield from told(Kind.HIDDEN, decoded(chunk.kind))


def _text_facts(source: Source, keyword: str, text: bytes) -> Iterator[Fact]:
    if keyword == _XMP:
        yield from xmp_facts(text, source.budget.step)
    elif keyword.lower().startswith(_PROFILE.lower()):
        yield from _profile_facts(source.inside(_unwrapped(text)), keyword[len(_PROFILE) :].lower())
    else:
        value = "" if kind_of(keyword) is Kind.THUMBNAIL else decoded(text)
        yield from told(kind_of(keyword) or Kind.TEXT, value)


def _profile_facts(profile: Source, name: str) -> Iterator[Fact]:
    """Yield what a profile, which ImageMagick writes as text, gives away."""
    if name in _PROFILES:
        yield from _PROFILES[name](profile)
    elif name not in ("icc", "icm"):
        yield from told(Kind.HIDDEN, name)


def _unwrapped(text: bytes) -> bytes:
    """Return the bytes of a profile: a name, a length, and lines of hexadecimal digits."""
    parts = text.strip().split(b"\n", 2)
    try:
        return bytes.fromhex(parts[2].decode("ascii"))
    except (IndexError, ValueError):
        raise Malformed("a profile in it is damaged") from None


def _iptc(source: Source) -> Iterator[Fact]:
    is_photoshop = source.size >= 4 and source.read(0, 4) == b"8BIM"
    return photoshop_facts(source) if is_photoshop else iptc_facts(source)


def _packet(source: Source) -> Iterator[Fact]:
    return xmp_facts(source.read(0, source.size), source.budget.step)


def _app1(source: Source) -> Iterator[Fact]:
    """Yield what a segment of JPEG in a PNG gives away, which is EXIF or XMP."""
    data = source.read(0, source.size)
    return xmp_facts(data.partition(b"\0")[2], source.budget.step) if data[:4] == b"http" else _exif(source)


_PROFILES: Final[Mapping[str, Callable[[Source], Iterator[Fact]]]] = {
    "exif": _exif,
    "app1": _app1,
    "xmp": _packet,
    "iptc": _iptc,
    "8bim": _iptc,
    "photoshop": _iptc,
}


def _plain(_source: Source, data: bytes) -> tuple[str, bytes]:
    keyword, _, text = data.partition(b"\0")
    return decoded(keyword), text


def _compressed(source: Source, data: bytes) -> tuple[str, bytes]:
    keyword, _, text = data.partition(b"\0")
    return decoded(keyword), source.inflated(text[1:])


def _international(source: Source, data: bytes) -> tuple[str, bytes]:
    keyword, _, rest = data.partition(b"\0")
    text = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    return decoded(keyword), source.inflated(text) if rest[:1] == b"\1" else text


_TEXTS: Final[Mapping[bytes, Callable[[Source, bytes], tuple[str, bytes]]]] = {
    b"tEXt": _plain,
    b"zTXt": _compressed,
    b"iTXt": _international,
}

"""WebP: chunks in a RIFF file; those that draw the picture are kept to the byte."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handbook.photos.bounded_reader import Malformed, Source
from handbook.photos.disclosures import Fact, Kind, decoded, told, until_damaged
from handbook.photos.edits import Piece
from handbook.photos.metadata.exif import after_prefix, exif_facts, minimal, orientation
from handbook.photos.metadata.xmp import xmp_facts

_KEPT: Final = frozenset([b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
_HEADER: Final = 12
_HAS_EXIF: Final = 0x08
_HAS_XMP: Final = 0x04


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk; its content has `length` bytes from `start` + 8, and is padded to an even number."""

    kind: bytes
    start: int
    length: int

    @property
    def end(self) -> int:
        """Return where the next one begins."""
        return self.start + 8 + self.length + self.length % 2


def webp_pieces(source: Source) -> Iterator[Piece]:
    """Yield every chunk that is not needed to show the picture, and the places that tell of them.

    Raises:
        Malformed: when it is cut off.

    """
    end = 8 + int.from_bytes(source.read(4, 4), "little")
    chunks = list(_chunks(source, min(end, source.size)))
    left_out = [_piece(source, chunk) for chunk in chunks if chunk.kind not in _KEPT]
    yield from left_out
    if not chunks or chunks[-1].end != end:
        raise Malformed("it ends too early")
    if end < source.size:
        yield Piece(end, source.size, holds_files=True)
    saved = sum(piece.end - piece.start - len(piece.new or b"") for piece in left_out)
    yield Piece(4, 8, new=(end - 8 - saved).to_bytes(4, "little"))
    yield from _flags(source, chunks[0], any(piece.new for piece in left_out))


def _chunks(source: Source, end: int) -> Iterator[Chunk]:
    """Yield the chunks up to the last, or up to where the file breaks off."""
    at = _HEADER
    while at + 8 <= end:
        head = source.read(at, 8)
        chunk = Chunk(head[:4], at, int.from_bytes(head[4:], "little"))
        if chunk.end > end:
            return
        yield chunk
        at = chunk.end


def _flags(source: Source, first: Chunk, is_turned: bool) -> Iterator[Piece]:
    """Yield the byte that says which chunks there are."""
    if first.kind == b"VP8X" and first.length:
        flags = source.number(first.start + 8, 1) & ~(_HAS_EXIF | _HAS_XMP)
        flags |= _HAS_EXIF if is_turned else 0
        yield Piece(first.start + 8, first.start + 9, new=bytes([flags]))


def _piece(source: Source, chunk: Chunk) -> Piece:
    body = source.window(chunk.start + 8, chunk.length)
    facts = tuple(until_damaged(_facts(body, chunk.kind)))
    return Piece(chunk.start, chunk.end, facts, _turned(body) if chunk.kind == b"EXIF" else b"")


def _facts(body: Source, kind: bytes) -> Iterator[Fact]:
    if kind == b"EXIF":
        yield from exif_facts(after_prefix(body))
    elif kind == b"XMP ":
        yield from xmp_facts(body.read(0, body.size), body.budget.step)
    else:
        yield from told(Kind.HIDDEN, decoded(kind))


def _turned(body: Source) -> bytes:
    kept = minimal(orientation(after_prefix(body)))
    return b"EXIF" + len(kept).to_bytes(4, "little") + kept if kept else b""

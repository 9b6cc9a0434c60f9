"""WebP: chunks in a RIFF file; those that draw the picture are kept to the byte."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.containers.format import Format
from handbook.photos.disclosures import Disclosure, decode_text, with_damage
from handbook.photos.edits import Edit
from handbook.photos.metadata import content_credentials, exif, unknown_data, xmp
from handbook.photos.orientation import UPRIGHT, orientation_in_xmp
from handbook.photos.structures.riff_chunks import Chunk, chunks

_SHOWN: Final = frozenset([b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
_EXIF: Final = b"EXIF"
_XMP: Final = b"XMP "
_CREDENTIALS: Final = b"C2PA"
_FILE_HEADER: Final = 12
_HAS_EXIF: Final = 0x08
_HAS_XMP: Final = 0x04


def _edits(reader: BoundedReader) -> Iterator[Edit]:
    end = 8 + int.from_bytes(reader.read(4, 4), "little")
    listed = list(chunks(reader, _FILE_HEADER, min(end, reader.size)))
    kept = _exif_chunk(exif.with_orientation(_orientation(reader, listed)))
    chunk_edits = [_chunk_edit(reader, chunk) for chunk in listed if chunk.type not in _SHOWN]
    # One chunk of EXIF is left, in place of the first that could say how the picture is turned.
    first = next((place for place, edit in enumerate(chunk_edits) if edit.start in _turning(listed)), None)
    if first is not None:
        chunk_edits[first] = replace(chunk_edits[first], replacement=kept)
    yield from chunk_edits
    if not listed or listed[-1].end != end:
        raise MalformedData("it ends too early")
    if end < reader.size:
        yield Edit(end, reader.size, may_contain_file=True)
    saved = sum(edit.end - edit.start - len(edit.replacement or b"") for edit in chunk_edits)
    yield Edit(4, 8, replacement=(end - 8 - saved).to_bytes(4, "little"))
    yield from _flags_edit(reader, listed[0], any(edit.replacement for edit in chunk_edits))


def _flags_edit(reader: BoundedReader, first: Chunk, has_exif: bool) -> Iterator[Edit]:
    """Correct the byte that says which chunks the file has."""
    if first.type == b"VP8X" and first.length:
        flags = reader.number(first.body, 1) & ~(_HAS_EXIF | _HAS_XMP)
        flags |= _HAS_EXIF if has_exif else 0
        yield Edit(first.body, first.body + 1, replacement=bytes([flags]))


def _chunk_edit(reader: BoundedReader, chunk: Chunk) -> Edit:
    content = reader.window(chunk.body, chunk.length)
    return Edit(chunk.start, chunk.end, tuple(with_damage(_disclosures(content, chunk.type))))


def _turning(listed: Sequence[Chunk]) -> frozenset[int]:
    """Return where the chunks begin that can say how the picture is turned."""
    return frozenset(chunk.start for chunk in listed if chunk.type in (_EXIF, _XMP))


def _orientation(reader: BoundedReader, listed: Sequence[Chunk]) -> int:
    """Return how the picture is turned: as EXIF says, and if it does not, as XMP does."""
    for chunk_type, read in _ORIENTATIONS.items():
        for chunk in listed:
            if chunk.type == chunk_type and (turn := read(reader.window(chunk.body, chunk.length))):
                return turn
    return UPRIGHT


def _in_xmp(content: BoundedReader) -> int | None:
    return orientation_in_xmp(content.read_all())


_ORIENTATIONS: Final[Mapping[bytes, Callable[[BoundedReader], int | None]]] = {
    _EXIF: exif.orientation,
    _XMP: _in_xmp,
}


def _disclosures(content: BoundedReader, chunk_type: bytes) -> Iterator[Disclosure]:
    if chunk_type == _EXIF:
        yield from exif.disclosures(content)
    elif chunk_type == _XMP:
        yield from xmp.disclosures(content)
    elif chunk_type == _CREDENTIALS:
        yield from content_credentials.disclosures(content)
    else:
        yield from unknown_data.disclosures(content, decode_text(chunk_type))


def _exif_chunk(data: bytes) -> bytes:
    return _EXIF + len(data).to_bytes(4, "little") + data if data else b""


FORMATS: Final = (Format("WebP", re.compile(rb"RIFF.{4}WEBP", re.DOTALL), _edits),)

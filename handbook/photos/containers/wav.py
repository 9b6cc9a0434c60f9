"""WAV: chunks in a RIFF file; those that are heard are kept to the byte."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.containers.format import Format
from handbook.photos.disclosures import Category, Disclosure, decode_text, text_disclosures, with_damage
from handbook.photos.edits import Edit
from handbook.photos.metadata import unknown_data, xmp
from handbook.photos.structures.riff_chunks import Chunk, chunks
from handbook.photos.tags import id3

_FILE_HEADER: Final = 12
_HEARD: Final = frozenset([b"fmt ", b"data", b"fact", b"cue ", b"plst", b"smpl", b"inst", b"PEAK"])
_PADDING: Final = frozenset([b"JUNK", b"junk", b"PAD ", b"FLLR", b"fllr"])
# Source: RIFF MCI, the list INFO, and what recorders add.
_INFO: Final = {
    b"IART": Category.OWNER,
    b"ICOP": Category.OWNER,
    b"IENG": Category.OWNER,
    b"ITCH": Category.OWNER,
    b"ICRD": Category.TIME,
    b"IDIT": Category.TIME,
    b"ISFT": Category.SOFTWARE,
    b"ILOC": Category.PLACE,
    b"IARL": Category.PLACE,
    b"ICNT": Category.PLACE,
}
# A list of labels and notes, each of which begins with the number of its cue.
_CUES: Final = b"adtl"
_CUE_NUMBER: Final = 4
# Where the fields of a broadcast extension are. Source: EBU Tech 3285. Its UMID may have a position.
_BROADCAST: Final = (
    (Category.TEXT, 0, 256),
    (Category.OWNER, 256, 288),
    (Category.SERIAL, 288, 320),
    (Category.TIME, 320, 330),
    (Category.TIME, 330, 338),
    (Category.TEXT, 602, 4_000),
)
_UMID_POSITION: Final = slice(348 + 40, 348 + 52)


def _edits(reader: BoundedReader) -> Iterator[Edit]:
    end = 8 + int.from_bytes(reader.read(4, 4), "little")
    listed = list(chunks(reader, _FILE_HEADER, min(end, reader.size)))
    if not _is_end(listed, end) and end < reader.size:
        # A few programs get the size of the file wrong, and its chunks right.
        end = reader.size
        listed = list(chunks(reader, _FILE_HEADER, end))
    if not _is_end(listed, end):
        raise MalformedData("it ends too early")
    cut = [chunk for chunk in listed if chunk.type not in _HEARD]
    for chunk in cut:
        content = reader.window(chunk.body, chunk.length)
        yield Edit(chunk.start, min(chunk.end, reader.size), tuple(with_damage(_disclosures(content, chunk))))
    if end < reader.size:
        yield Edit(end, reader.size, may_contain_file=True)
    saved = sum(min(chunk.end, reader.size) - chunk.start for chunk in cut)
    yield Edit(4, 8, replacement=(end - 8 - saved).to_bytes(4, "little"))


def _is_end(listed: Sequence[Chunk], end: int) -> bool:
    return bool(listed) and listed[-1].end in (end, end - 1, end + 1)


def _disclosures(content: BoundedReader, chunk: Chunk) -> Iterator[Disclosure]:
    is_empty = chunk.type in _PADDING and not any(content.peek(0, content.size))
    if chunk.type in _READERS:
        yield from _READERS[chunk.type](content)
    elif not is_empty:
        yield from unknown_data.disclosures(content, decode_text(chunk.type))


def _list(content: BoundedReader) -> Iterator[Disclosure]:
    is_about_cues = content.peek(0, len(_CUES)) == _CUES
    for chunk in chunks(content, 4, content.size):
        value = content.window(chunk.body, chunk.length)
        text = decode_text(value.peek(_CUE_NUMBER if is_about_cues else 0, 4_000))
        yield from text_disclosures(_INFO.get(chunk.type, Category.TEXT), text)
        yield from unknown_data.locations(value)


def _broadcast(content: BoundedReader) -> Iterator[Disclosure]:
    data = content.read_all()
    for category, start, end in _BROADCAST:
        yield from text_disclosures(category, decode_text(data[start:end]))
    if any(data[_UMID_POSITION]):
        yield Disclosure(Category.POSSIBLE_POSITION, "UMID")


_READERS: Final[Mapping[bytes, Callable[[BoundedReader], Iterator[Disclosure]]]] = {
    b"LIST": _list,
    b"bext": _broadcast,
    b"iXML": xmp.disclosures,
    b"_PMX": xmp.disclosures,
    b"id3 ": id3.disclosures,
    b"ID3 ": id3.disclosures,
}

FORMATS: Final = (Format("WAV", re.compile(rb"RIFF.{4}WAVE", re.DOTALL), _edits),)

"""MP3, AAC and FLAC: tags before and after the sound, which is kept to the byte."""

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.containers.format import Format
from handbook.photos.disclosures import Category, Disclosure, with_damage
from handbook.photos.edits import Edit
from handbook.photos.metadata import unknown_data
from handbook.photos.tags import end_tags, id3, vorbis_comments

_FLAC: Final = b"fLaC"
# The frames of MPEG layers II and III, and of AAC. Layer I would also fit the first bytes of UTF-16.
_MP3_FRAME: Final = rb"\xff[\xe2-\xe5\xf2-\xf5\xfa-\xfd]"
_AAC_FRAME: Final = rb"\xff[\xf0\xf1\xf8\xf9]"
_AAC_FILE: Final = b"ADIF"
_SOUND: Final = re.compile(b"|".join((_MP3_FRAME, _AAC_FRAME, _AAC_FILE)))
_LAST: Final = 0x80
_PARTS_PER_TAG: Final = 5_000
_PADDING: Final = 1
_MAX_PADDING: Final = 2**16
# How the sound is stored, where to begin, and how a disc is divided.
_HEARD: Final = (0, 3, 5)
_BESIDE_THE_SOUND: Final = (
    "it is between the parts of the sound; export it again, with an editor of sound, and clean the export"
)
_NAMES: Final = {2: "a note of a program"}


def _edits(reader: BoundedReader) -> Iterator[Edit]:
    offset = 0
    while length := id3.tag_length(reader.peek(offset, id3.HEADER)):
        reader.budget.spend_parts(_PARTS_PER_TAG)
        tag = reader.window(offset, length)
        yield Edit(offset, offset + length, tuple(with_damage(id3.disclosures(tag))))
        offset += length
    if offset and (padding := _padding(reader.peek(offset, _MAX_PADDING))):
        yield Edit(offset, offset + padding)
        offset += padding
    if reader.peek(offset, len(_FLAC)) == _FLAC:
        offset = yield from _flac_edits(reader, offset + len(_FLAC))
    elif not _SOUND.match(reader.peek(offset, len(_AAC_FILE))):
        raise MalformedData("no sound follows its tags")
    tags = list(end_tags.edits(reader))
    yield from tags
    end = min((tag.start for tag in tags), default=reader.size)
    yield _sound_edit(reader.window(offset, max(0, end - offset)))


def _padding(data: bytes) -> int:
    """Return how many zeros precede the sound, which a few programs write after a tag."""
    return len(data) - len(data.lstrip(b"\0"))


def _sound_edit(sound: BoundedReader) -> Edit:
    """Return what is between the parts of the sound, or after them."""
    disclosures = tuple(with_damage(unknown_data.locations(sound)))
    return Edit(0, 0, disclosures, obstacle=_BESIDE_THE_SOUND if disclosures else None)


def _flac_edits(reader: BoundedReader, offset: int) -> Generator[Edit, None, int]:
    """Yield edits that turn each block that is not heard into padding; return where the sound begins."""
    is_last = False
    while not is_last:
        header = reader.read(offset, 4)
        is_last, kind = bool(header[0] & _LAST), header[0] & ~_LAST
        content = reader.window(offset + 4, int.from_bytes(header[1:]))
        end = offset + 4 + content.size
        if kind not in _HEARD:
            disclosures = tuple(with_damage(_block_disclosures(content, kind)))
            yield Edit(offset, offset + 1, disclosures, bytes([header[0] & _LAST | _PADDING]))
            yield Edit(offset + 4, end, replacement=None)
        offset = end
    return offset


def _block_disclosures(content: BoundedReader, kind: int) -> Iterator[Disclosure]:
    if kind in _READERS:
        yield from _READERS[kind](content)
    elif kind != _PADDING or any(content.peek(0, content.size)):
        yield from unknown_data.disclosures(content, _NAMES.get(kind, "bytes that are not heard"))


def _picture(content: BoundedReader) -> Iterator[Disclosure]:
    yield Disclosure(Category.THUMBNAIL)
    yield from unknown_data.locations(content)


_READERS: Final[Mapping[int, Callable[[BoundedReader], Iterator[Disclosure]]]] = {
    4: vorbis_comments.disclosures,
    6: _picture,
}

FORMATS: Final = (
    Format("FLAC", re.compile(re.escape(_FLAC)), _edits),
    Format("MP3", re.compile(rb"ID3[\2-\4]|" + _MP3_FRAME), _edits),
    Format("AAC", re.compile(_AAC_FRAME + b"|" + _AAC_FILE), _edits),
)

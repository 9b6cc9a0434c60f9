"""Ogg: sound and films in pages, each with a checksum; their comments are read and stay."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.containers.format import Format
from handbook.photos.disclosures import Category, Disclosure, text_disclosures, with_damage
from handbook.photos.edits import Edit
from handbook.photos.metadata import unknown_data
from handbook.photos.tags import vorbis_comments

_MARK: Final = b"OggS"
_HEADER: Final = 27
_FIRST: Final = 0x02
_PACKETS_WITH_COMMENTS: Final = 3
_MAX_PACKET: Final = 8 * 2**20
# How the packet with comments begins. That of FLAC says first of which kind and how long it is.
_COMMENTS: Final = re.compile(rb"\x03vorbis|OpusTags|\x81theora|\x84[\0-\xff]{3}|\x04[\0-\xff]{3}", re.DOTALL)
_SPEEX: Final = b"Speex   "
_KNOWN: Final = (b"\x01vorbis", b"OpusHead", b"\x80theora", b"\x7fFLAC", _SPEEX, b"fishead\0", b"fisbone\0")
_STAYS: Final = (
    "its notes cannot be taken out of this kind of file; export it again without them, with an editor of"
    " sound or films"
)


class _Stream:
    """What is read of one stream: its packets up to those with comments."""

    def __init__(self) -> None:
        self.packets: list[bytes] = []
        self._parts: list[bytes] = []
        self._size = 0

    @property
    def is_read(self) -> bool:
        """Tell whether no packet with comments follows."""
        return len(self.packets) >= _PACKETS_WITH_COMMENTS

    def add(self, part: bytes, *, is_end: bool) -> None:
        """Add a part of a packet."""
        self._size += len(part)
        if self._size > _MAX_PACKET:
            raise MalformedData("its comments are too large")
        self._parts.append(part)
        if is_end:
            self.packets.append(b"".join(self._parts))
            self._parts.clear()
            self._size = 0


def _edits(reader: BoundedReader) -> Iterator[Edit]:
    disclosures: list[Disclosure] = []
    try:
        for stream in _streams(reader):
            disclosures += with_damage(_disclosures(reader, stream))
    finally:
        yield Edit(0, 0, tuple(disclosures), obstacle=_STAYS if disclosures else None)


def _streams(reader: BoundedReader) -> Iterator[_Stream]:
    """Yield each stream when it is known what it says; another one may begin where the last one ends."""
    streams: dict[bytes, _Stream] = {}
    offset = 0
    while offset < reader.size:
        header = reader.read(offset, _HEADER)
        if not header.startswith(_MARK):
            raise MalformedData("a page is missing")
        lengths = reader.read(offset + _HEADER, header[26])
        body = offset + _HEADER + len(lengths)
        if header[5] & _FIRST:
            streams[header[14:18]] = _Stream()
        stream = streams.get(header[14:18])
        if stream and _completes(reader, body, lengths, stream):
            yield stream
        offset = body + sum(lengths)
        if offset > reader.size:
            raise MalformedData("it ends too early")
    yield from (stream for stream in streams.values() if not stream.is_read)


def _completes(reader: BoundedReader, body: int, lengths: bytes, stream: _Stream) -> bool:
    """Add a page to a stream that is not read, and tell whether nothing more is needed of it."""
    if stream.is_read:
        return False
    data = reader.read(body, sum(lengths))
    at = 0
    for length in lengths:
        if not stream.is_read:
            stream.add(data[at : at + length], is_end=length < 255)
        at += length
    return stream.is_read


def _disclosures(reader: BoundedReader, stream: _Stream) -> Iterator[Disclosure]:
    first = stream.packets[0] if stream.packets else b""
    if not first.startswith(_KNOWN):
        yield from text_disclosures(Category.HIDDEN, "a stream of an unknown kind")
        yield from unknown_data.locations(reader.derived(b"".join(stream.packets)))
    for number, packet in enumerate(stream.packets[1:]):
        match = _COMMENTS.match(packet)
        if first.startswith(_SPEEX) and number == 0:
            yield from vorbis_comments.disclosures(reader.derived(packet))
        elif match:
            yield from vorbis_comments.disclosures(reader.derived(packet[match.end() :]))


FORMATS: Final = (Format("Ogg", re.compile(re.escape(_MARK)), _edits),)

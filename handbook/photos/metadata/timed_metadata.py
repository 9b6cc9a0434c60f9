"""Timed metadata: tracks of measurements, such as positions, that a camera records while it films."""

from collections.abc import Iterator
from typing import Final

from handbook.photos.bounded_reader import BoundedReader
from handbook.photos.disclosures import Category, Disclosure, decode_text, ranked, with_damage
from handbook.photos.edits import Edit
from handbook.photos.metadata import MetadataReader, gopro, traces
from handbook.photos.structures.iso_boxes import Box, child

_APPLE: Final = b"mebx"
# The formats of GoPro, Google, Sony, DJI, Canon and Apple.
_MEASUREMENTS: Final = frozenset([b"gpmd", b"camm", b"rtmd", b"djmd", b"dbgi", b"CTMD", _APPLE])
# What is seen and heard, and what says how. Source: the list of the MP4 Registration Authority.
_SHOWN: Final = frozenset(
    b"vide soun text sbtl subt subp clcp hint auxv pict tmcd sdsm odsm crsm MPEG musi twen sprt qd3d".split()
)
# What says where in a motion photo its picture is.
_HARMLESS: Final = (b"application/motionphoto-image-meta", b"application/microvideo-image-meta")
_SUBTITLES: Final = frozenset(b"text sbtl subt subp clcp".split())
_GOPRO: Final = b"gpmd"
_MAX_DESCRIPTION: Final = 2**16
_MOST_SAMPLES: Final = 64
_MAX_SAMPLE: Final = 2**14
_IN_SUBTITLES: Final = (
    "its subtitles say where it was filmed; export the video without them, for example with a video editor,"
    " and clean the export"
)


def track_edits(reader: BoundedReader, track: Box) -> Iterator[Edit]:
    """Yield an obstacle for a track of measurements, which cannot be taken out of its file.

    Drones write positions into subtitles, some of which are read.
    Phones also record measurements of the camera, and name each of them; a track without a location may stay.
    """
    handler, description = _handler(reader, track), _sample_description(reader, track)
    sample_format = description[4:8]
    if handler in _SUBTITLES:
        positions = _samples_disclosures(reader, track, traces.disclosures)
        yield Edit(0, 0, positions, obstacle=_IN_SUBTITLES if positions else None)
    is_shown = handler in (*_SHOWN, b"") and sample_format not in _MEASUREMENTS
    if is_shown or any(media_type in description for media_type in _HARMLESS):
        return
    if sample_format == _APPLE and b"location" not in description:
        return
    name = decode_text(sample_format)
    yield Edit(
        track.start,
        track.start,
        tuple(_disclosures(reader, track, sample_format, name or decode_text(handler))),
        obstacle=f"a track of measurements ({name}) accompanies the picture;"
        " export the video without it, for example with a video editor, and clean the export",
    )


def _disclosures(reader: BoundedReader, track: Box, sample_format: bytes, name: str) -> Iterator[Disclosure]:
    if sample_format == _APPLE:
        yield Disclosure(Category.POSITION, "at every moment, in a track of measurements")
        return
    if sample_format == _GOPRO:
        yield from _samples_disclosures(reader, track, gopro.disclosures)
    yield Disclosure(Category.POSSIBLE_POSITION, f"a track of measurements, {name}")


def _samples_disclosures(reader: BoundedReader, track: Box, read: MetadataReader) -> tuple[Disclosure, ...]:
    """Return the locations in samples from the beginning to the end of a track."""
    offsets = _chunk_offsets(reader, track)
    some = offsets[:: 1 + len(offsets) // _MOST_SAMPLES]
    size = reader.size
    samples = [reader.window(start, min(_MAX_SAMPLE, size - start)) for start in some if start < size]
    disclosures = (disclosure for sample in samples for disclosure in with_damage(read(sample)))
    return ranked(disclosure for disclosure in disclosures if disclosure.is_location)[:1]


def _chunk_offsets(reader: BoundedReader, track: Box) -> list[int]:
    """Return where the samples of a track are. Source: ISO/IEC 14496-12, ChunkOffsetBox."""
    table = _sample_table(reader, track)
    for box_type, width in ((b"stco", 4), (b"co64", 8)):
        box = child(reader, table, box_type)
        if box and box.length > 8:
            data = reader.read(box.body + 8, box.length - 8)
            reader.budget.spend_parts(len(data) // width)
            return [int.from_bytes(data[at : at + width]) for at in range(0, len(data), width)]
    return []


def _handler(reader: BoundedReader, track: Box) -> bytes:
    """Return what kind of track it is; empty if it does not say."""
    handler = child(reader, child(reader, track, b"mdia"), b"hdlr")
    return reader.read(handler.body + 8, 4) if handler and handler.length >= 12 else b""


def _sample_table(reader: BoundedReader, track: Box) -> Box | None:
    table: Box | None = track
    for box_type in (b"mdia", b"minf", b"stbl"):
        table = child(reader, table, box_type)
    return table


def _sample_description(reader: BoundedReader, track: Box) -> bytes:
    """Return the first entry of the sample description; empty if there is none."""
    table = child(reader, _sample_table(reader, track), b"stsd")
    return reader.read(table.body + 8, min(table.length - 8, _MAX_DESCRIPTION)) if table else b""

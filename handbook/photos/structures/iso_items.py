"""The items that a `meta` box lists: in HEIC and AVIF the pictures, their parts, and metadata."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from handbook.photos.bounded_reader import BoundedReader, MalformedData, Span
from handbook.photos.structures.iso_boxes import Box, children, children_of_meta

Extents: TypeAlias = tuple[Span, ...]
_FIRST_WITH_TYPES: Final = 2
_IN_FILE: Final = 0
_IN_ITEM_DATA: Final = 1


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its type, which is four letters, its media type if it has one, and where its bytes are.

    `type` is empty if the item has no description, or one of a version that gave no types.
    `extents` is empty if the file does not say where the item is, or says that it is inside another item.
    """

    type: bytes
    media_type: bytes
    extents: Extents


def has_items(reader: BoundedReader, meta: Box) -> bool:
    """Tell whether a `meta` box lists items; in a video it lists keys instead."""
    return {b"iinf", b"iloc"} <= {box.type for box in children_of_meta(reader, meta)}


def items(reader: BoundedReader, meta: Box) -> Iterator[Item]:
    """Yield the items of a `meta` box that lists some.

    Raises:
        MalformedData: if the items cannot be found.

    """
    parts = {box.type: box for box in children_of_meta(reader, meta)}
    locations = dict(_locations(reader, parts[b"iloc"], parts.get(b"idat")))
    descriptions = list(_descriptions(reader, parts[b"iinf"]))
    for number, item_type, media_type in descriptions:
        yield Item(item_type, media_type, locations.get(number, ()))
    for number in locations.keys() - {number for number, *_ in descriptions}:
        yield Item(b"", b"", locations[number])


def _descriptions(reader: BoundedReader, info: Box) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield number, type and media type of items. Source: ISO/IEC 14496-12, ItemInfoBox."""
    for entry in children(reader, info, 6 if reader.number(info.body, 1) == 0 else 8):
        version = reader.number(entry.body, 1)
        if entry.type != b"infe" or version < _FIRST_WITH_TYPES:
            continue
        width = 2 if version == 2 else 4
        offset = entry.body + 4 + width + 2
        texts = reader.read(offset + 4, min(entry.end - offset - 4, 1_000)).split(b"\0")
        yield reader.number(entry.body + 4, width), reader.read(offset, 4), b"".join(texts[1:2])


def _locations(reader: BoundedReader, box: Box, data: Box | None) -> Iterator[tuple[int, Extents]]:
    """Yield number and extents of items. Source: ISO/IEC 14496-12, ItemLocationBox."""
    version = reader.number(box.body, 1)
    fields = _Fields(reader, box.body + 4)
    sizes, more_sizes = fields.take(1), fields.take(1)
    width = 4 if version == 2 else 2
    for _ in range(fields.take(width)):
        number = fields.take(width)
        method = fields.take(2) & 15 if version else _IN_FILE
        fields.take(2)
        base = fields.take(more_sizes >> 4)
        extents = []
        for _ in range(fields.take(2)):
            reader.budget.spend_parts()  # Its fields may take no room in the file.
            fields.take(more_sizes & 15 if version else 0)
            start, length = base + fields.take(sizes >> 4), fields.take(sizes & 15)
            extents.append((start, length))
        yield number, _absolute(reader, method, extents, data)


def _absolute(reader: BoundedReader, method: int, extents: Sequence[Span], data: Box | None) -> Extents:
    """Turn starts and lengths into starts and ends in the file; a length of 0 leads to its end."""
    if method == _IN_FILE:
        origin = 0
    elif method == _IN_ITEM_DATA and data:
        origin = data.body
    else:
        return ()
    absolute = tuple(
        (origin + start, origin + start + length if length else reader.size) for start, length in extents
    )
    if any(end > reader.size for _, end in absolute):
        raise MalformedData("it ends too early")
    return absolute


class _Fields:
    """Numbers of different widths, one after the other."""

    def __init__(self, reader: BoundedReader, offset: int) -> None:
        self._reader = reader
        self._offset = offset

    def take(self, width: int) -> int:
        """Return the next number; 0 if its width is 0."""
        self._offset += width
        return self._reader.number(self._offset - width, width) if width else 0

"""Content credentials (C2PA): signed statements about a picture, in the boxes of JUMBF."""

from collections.abc import Iterator
from typing import Final

from handbook.photos.bounded_reader import BoundedReader
from handbook.photos.disclosures import Category, Disclosure
from handbook.photos.metadata import traces
from handbook.photos.structures.iso_boxes import Box, boxes, children, content

# Source: ISO/IEC 19566-5 and the C2PA specification. Each can be read as text, or is a picture.
_READABLE: Final = frozenset(b"jumd json cbor bfdb bidb c2sh uuid free xml  jp2c".split()) | {b"xml "}
_SUPERBOX: Final = b"jumb"
NAME: Final = "content credentials (C2PA)"


def disclosures(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield the locations that content credentials state; that there may be one if a part is of another kind.

    Raises:
        MalformedData: if a box is cut off.

    """
    yield Disclosure(Category.HIDDEN, NAME)
    for box in _leaves(reader, boxes(reader, 0, reader.size)):
        if box.type in _READABLE:
            yield from traces.disclosures(content(reader, box))
        else:
            yield Disclosure(Category.POSSIBLE_POSITION, NAME)


def _leaves(reader: BoundedReader, of_boxes: Iterator[Box], depth: int = 0) -> Iterator[Box]:
    for box in of_boxes:
        if box.type == _SUPERBOX and depth < _MAX_DEPTH:
            yield from _leaves(reader, children(reader, box), depth + 1)
        else:
            yield box


_MAX_DEPTH: Final = 16

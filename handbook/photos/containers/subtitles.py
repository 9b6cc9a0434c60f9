"""Subtitles: everybody sees what they say, but drones write there where they were at every moment."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.photos.bounded_reader import BoundedReader
from handbook.photos.containers.format import Format
from handbook.photos.disclosures import Disclosure
from handbook.photos.edits import Edit
from handbook.photos.metadata import traces

_BLOCK: Final = 2**19
_LINE: Final = 2**10
_REMOVE: Final = "its lines say where it was filmed; remove these lines with a text editor"
_BEGINNING: Final = (
    rb"(?:\xef\xbb\xbf)?(?:WEBVTT(?:\s|$)|\s*\d{1,9}[ \t]*\r?\n\d\d:\d\d:\d\d[,.]\d{1,3}[ \t]*-->)"
)


def _edits(reader: BoundedReader) -> Iterator[Edit]:
    disclosures = tuple(_disclosures(reader))
    yield Edit(0, 0, disclosures, obstacle=_REMOVE if disclosures else None)


def _disclosures(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield the first positions; a drone often does not know where it is when it begins to film."""
    for start in range(0, reader.size, _BLOCK):
        block = reader.window(start, min(_BLOCK + _LINE, reader.size - start))
        found = tuple(traces.disclosures(block))
        yield from found
        if found:
            return


FORMATS: Final = (Format("subtitles", re.compile(_BEGINNING), _edits),)

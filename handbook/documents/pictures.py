"""Pictures in documents, as a part of their own or somewhere in a part that only one program can read."""

import io
import re
from collections.abc import Iterator
from typing import Final

from handbook.documents.allowance import Allowance
from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.disclosures import Category, Disclosure
from handbook.photos.scan import ScannedFile, scan_reader

_KEPT: Final = (
    Category.TIME,
    Category.SERIAL,
    Category.OWNER,
    Category.PEOPLE,
    Category.CAMERA,
    Category.DAMAGED,
)
_CANDIDATE: Final = re.compile(rb"\xff\xd8\xff[\xc0-\xfe]|\x89PNG\r\n\x1a\n|RIFF....WEBP|ftyp", re.DOTALL)
_FTYP: Final = b"ftyp"
_FTYP_OFFSET: Final = 4
_MAX_CANDIDATES: Final = 64


def picture(data: bytes, allowance: Allowance) -> ScannedFile | None:
    """Return what a picture gives away; None if it is not a picture."""
    return scan_reader(_reader(data, allowance))


def picture_disclosures(scanned: ScannedFile) -> Iterator[Disclosure]:
    """Yield what a picture gives away that counts in a document, and why it may be more."""
    yield from (disclosure for disclosure in scanned.disclosures if _counts(disclosure))
    if scanned.unreadable:
        yield Disclosure(Category.DAMAGED, f"a picture: {scanned.unreadable}")


def buried_disclosures(data: bytes, allowance: Allowance) -> Iterator[Disclosure]:
    """Yield what pictures give away that are somewhere in the data, unless they only look like one."""
    reader = _reader(data, allowance)
    offset = 0
    for _ in range(_MAX_CANDIDATES):
        match = _CANDIDATE.search(data, offset)
        if match is None:
            return
        offset = match.end()
        start = max(0, match.start() - (_FTYP_OFFSET if match[0] == _FTYP else 0))
        try:
            scanned = scan_reader(reader.window(start, len(data) - start))
        except MalformedData:
            return
        if scanned and (scanned.locations or not scanned.unreadable):
            yield from (disclosure for disclosure in scanned.disclosures if _counts(disclosure))


def _counts(disclosure: Disclosure) -> bool:
    return disclosure.is_location or disclosure.category in _KEPT


def _reader(data: bytes, allowance: Allowance) -> BoundedReader:
    return BoundedReader(io.BytesIO(data), 0, len(data), allowance.pictures)

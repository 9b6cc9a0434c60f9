"""What a photo or a video discloses, and the edits that a clean copy of it needs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.containers import format_of
from handbook.photos.containers.format import SIGNATURE_LENGTH, Format
from handbook.photos.disclosures import Category, Disclosure, ranked
from handbook.photos.edits import Edit, EmbeddedFile, apply_edits, overlap
from handbook.photos.metadata import unknown_data

REMEDY: Final = "save it again in a photo or video editor"
_SHARED_BYTES: Final = "its parts share bytes; save it as JPEG and clean that copy"
_BLOCK: Final = 2**20
_MAX_CANDIDATES: Final = 16
_EMBEDDED_FILE: Final = re.compile(rb"\xff\xd8\xff[\xc0-\xfe]|....ftyp", re.DOTALL)
_EMBEDDED_SIGNATURE: Final = 8
_PARTS_PER_EDIT: Final = 8
_NOT_A_PICTURE: Final = "a picture in it is of an unknown kind"


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """What one file discloses, and what a clean copy changes.

    `edits` change at least one byte each and are in the order of their start.
    `unreadable` says why a part of the file could not be read; what was found before it is kept.
    `obstacle` says why no clean copy can be made, and `remedy` what to do if a part could not be read.
    """

    format: str
    disclosures: tuple[Disclosure, ...]
    edits: tuple[Edit, ...]
    unreadable: str | None
    obstacle: str | None
    remedy: str = REMEDY

    @property
    def locations(self) -> tuple[Disclosure, ...]:
        """Return where the file says that it was taken."""
        return tuple(disclosure for disclosure in self.disclosures if disclosure.is_location)

    @property
    def damage(self) -> str | None:
        """Return why the file may disclose more than was found; None if all of it was read."""
        damaged = (item.value for item in self.disclosures if item.category is Category.DAMAGED)
        return self.unreadable or next(damaged, None)


def scan(stream: BinaryIO) -> ScannedFile | None:
    """Read the file in a seekable stream; return None if it is not a photo or video in a known format."""
    return _scan(BoundedReader.of_stream(stream))


def scan_reader(reader: BoundedReader) -> ScannedFile | None:
    """Read a part of a file as `scan` reads a whole one, within the budget of the reader."""
    return _scan(reader)


def _scan(reader: BoundedReader) -> ScannedFile | None:
    file_format = format_of(reader.peek(0, SIGNATURE_LENGTH))
    if file_format is None:
        return None
    edits: list[Edit] = []
    unreadable = None
    try:
        edits.extend(_with_embedded_files(reader, file_format))
    except MalformedData as damage:
        unreadable = str(damage)
    edits.sort(key=lambda edit: (edit.start, edit.end))
    changing = tuple(edit for edit in edits if edit.end > edit.start or edit.replacement)
    obstacle = _SHARED_BYTES if overlap(changing) else None
    return ScannedFile(
        file_format.name,
        ranked(disclosure for edit in edits for disclosure in edit.disclosures),
        changing,
        unreadable,
        next((edit.obstacle for edit in edits if edit.obstacle), obstacle),
    )


def _with_embedded_files(reader: BoundedReader, file_format: Format) -> Iterator[Edit]:
    for edit in file_format.edits(reader):
        reader.budget.spend_parts(_PARTS_PER_EDIT)
        if edit.embedded:
            yield _embedded_edit(edit, edit.embedded)
            continue
        yield edit
        if edit.may_contain_file:
            yield Edit(edit.start, edit.start, tuple(_embedded_disclosures(reader, edit.start, edit.end)))


def _embedded_edit(edit: Edit, embedded: EmbeddedFile) -> Edit:
    """Return the edit that replaces an encoded file by its clean copy, with what the file discloses."""
    scanned = _scan(embedded.content)
    if scanned is None:
        damage = (Disclosure(Category.DAMAGED, _NOT_A_PICTURE),) if embedded.is_picture else ()
        return Edit(edit.start, edit.start, damage)
    if scanned.unreadable:
        damage = (Disclosure(Category.DAMAGED, f"a picture in it: {scanned.unreadable}"),)
        return Edit(edit.start, edit.start, (*scanned.disclosures, *damage))
    if not scanned.disclosures:
        return Edit(edit.start, edit.start)
    if scanned.obstacle or overlap(scanned.edits) or not embedded.encode:
        obstacle = scanned.obstacle or "a picture in it cannot be cleaned; clean it before you embed it"
        return Edit(edit.start, edit.start, scanned.disclosures, obstacle=obstacle)
    copy = b"".join(apply_edits(embedded.content.stream, scanned.edits))
    return Edit(edit.start, edit.end, scanned.disclosures, embedded.encode(copy))


def _embedded_disclosures(reader: BoundedReader, start: int, end: int) -> Iterator[Disclosure]:
    """Yield what a part gives away that may contain a photo or a video, after something else."""
    offset = start
    for _ in range(_MAX_CANDIDATES):
        offset = _next_candidate(reader, offset, end)
        embedded = _scan(reader.window(offset, end - offset)) if offset < end else None
        if embedded and (embedded.locations or not embedded.unreadable):
            yield Disclosure(Category.HIDDEN, f"another file, {embedded.format}")
            yield from embedded.disclosures
            if embedded.locations:
                return
            break
        offset += 1
    else:
        if not _is_blank(reader, start, end):
            yield Disclosure(Category.HIDDEN, "bytes that show nothing")
    yield from unknown_data.locations(reader.window(start, end - start))


def _next_candidate(reader: BoundedReader, offset: int, end: int) -> int:
    """Return where the next photo or video may begin; `end` if none does."""
    while offset < end:
        block = reader.peek(offset, min(_BLOCK, end - offset))
        match = _EMBEDDED_FILE.search(block)
        if match:
            return offset + match.start()
        # The signature may lie across two blocks.
        offset += len(block) if len(block) < _BLOCK else _BLOCK - _EMBEDDED_SIGNATURE
    return end


def _is_blank(reader: BoundedReader, start: int, end: int) -> bool:
    blocks = (reader.peek(offset, min(_BLOCK, end - offset)) for offset in range(start, end, _BLOCK))
    return not any(block.strip(b"\0") for block in blocks)

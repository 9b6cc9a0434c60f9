"""GIF: blocks; those that draw the picture are kept to the byte."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.containers.format import Format
from handbook.photos.disclosures import Category, Disclosure, decode_text, text_disclosures, with_damage
from handbook.photos.edits import Edit
from handbook.photos.metadata import unknown_data, xmp

_HEADER: Final = 13
_EXTENSION: Final = 0x21
_IMAGE: Final = 0x2C
_END: Final = 0x3B
_JUNK: Final = -1
_CONTROL: Final = 0xF9
_APPLICATION: Final = 0xFF
_TEXTS: Final = (0x01, 0xFE)
_APPLICATION_NAME: Final = 11
# How often an animation is repeated, and the color profile.
_SHOWN: Final = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
_XMP: Final = b"XMP DataXMP"
# XMP is not split into parts. These bytes after it lead any reader to its end. Source: XMP, part 3.
_XMP_TRAILER: Final = b"\x01" + bytes(range(0xFF, -1, -1)) + b"\0"
_BLOCK: Final = 2**16


@dataclass(frozen=True, slots=True)
class Block:
    """One block: the byte that says its kind, that of an extension, and its parts, from `body` to `end`."""

    kind: int
    label: int
    start: int
    body: int
    end: int


def _edits(reader: BoundedReader) -> Iterator[Edit]:
    shows_anything = False
    for block in _blocks(reader):
        shows_anything = shows_anything or block.kind in (_IMAGE, _END)
        if block.kind in (_END, _JUNK):
            if block.end < reader.size:
                yield Edit(block.end, reader.size, may_contain_file=True)
        elif block.kind == _EXTENSION and not _is_shown(reader, block):
            yield Edit(block.start, block.end, tuple(with_damage(_disclosures(reader, block))))
    if not shows_anything:
        raise MalformedData("it shows no picture")


def _blocks(reader: BoundedReader) -> Iterator[Block]:
    """Yield the blocks up to the one that ends the picture; a few programs leave that one out.

    Like browsers, it takes bytes that are not a block for the end of the picture.
    """
    offset = _HEADER + _color_table(reader.number(10, 1))
    while offset < reader.size:
        kind = reader.number(offset, 1)
        if kind == 0:  # Some programs write one end of parts too many.
            offset += 1
            continue
        block = _block(reader, kind, offset)
        yield block
        if kind == _END or block.kind == _JUNK:
            return
        offset = block.end


def _block(reader: BoundedReader, kind: int, start: int) -> Block:
    if kind == _END:
        return Block(kind, 0, start, start, start + 1)
    if kind == _EXTENSION:
        return Block(kind, reader.number(start + 1, 1), start, start + 2, _end_of_parts(reader, start + 2))
    if kind == _IMAGE:
        body = start + 11 + _color_table(reader.number(start + 9, 1))
        return Block(kind, 0, start, body, _end_of_parts(reader, body))
    return Block(_JUNK, 0, start, start, start)


def _color_table(flags: int) -> int:
    """Return the size of the table of colors that may follow."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_parts(reader: BoundedReader, offset: int) -> int:
    """Return where a row of parts ends; each begins with its length, and one of length 0 ends it."""
    while block := reader.peek(offset, _BLOCK):
        at = 0
        while at < len(block):
            length = block[at]
            at += 1 + length
            if not length:
                return offset + at
        offset += at
    raise MalformedData("it ends too early")


def _is_shown(reader: BoundedReader, block: Block) -> bool:
    return block.label == _CONTROL or _application(reader, block) in _SHOWN


def _application(reader: BoundedReader, block: Block) -> bytes:
    return reader.peek(block.body + 1, _APPLICATION_NAME) if block.label == _APPLICATION else b""


def _disclosures(reader: BoundedReader, block: Block) -> Iterator[Disclosure]:
    data = reader.read(block.body, block.end - block.body)
    name = _application(reader, block)
    if block.label in _TEXTS:
        yield from text_disclosures(Category.TEXT, decode_text(_joined(data)))
        yield from unknown_data.locations(reader.derived(_joined(data)))
    elif name == _XMP:
        packet = data[1 + _APPLICATION_NAME :]
        is_whole = packet.endswith(_XMP_TRAILER)
        yield from xmp.disclosures(
            reader.derived(packet.removesuffix(_XMP_TRAILER) if is_whole else _joined(packet))
        )
    else:
        content = _joined(data)[len(name) :]
        yield from unknown_data.disclosures(reader.derived(content), decode_text(name) or "an extension")


def _joined(data: bytes) -> bytes:
    """Return the content of a row of parts without their lengths."""
    parts, at = [], 0
    while at < len(data) and data[at]:
        parts.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return b"".join(parts)


FORMATS: Final = (Format("GIF", re.compile(rb"GIF8[79]a"), _edits),)

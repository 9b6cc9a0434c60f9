"""ID3: what MP3 files, and chunks in WAV, say in frames."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.disclosures import Category, Disclosure, decode_text, text_disclosures
from handbook.photos.metadata import unknown_data
from handbook.photos.metadata.property_names import category_of

HEADER: Final = 10
MARK: Final = b"ID3"
_FOOTER: Final = 0x10
_EXTENDED: Final = 0x40
_UNSYNCHRONIZED: Final = 0x80
_FRAME_UNSYNCHRONIZED: Final = 0x02
_MAX_TEXT: Final = 4_000
_ENCODINGS: Final = ("latin-1", "utf-16", "utf-16-be", "utf-8")
# Source: ID3v2.4, native frames. A text frame that is none of these says what is heard.
_TEXTS: Final = {
    frame: category
    for category, frames in {
        Category.OWNER: "TCOM TCOP TEXT TOLY TOPE TOWN TPE1 TPE2 TPE3 TPE4 TPRO TPUB TCM TCR TXT TOA TP1 TP2",
        Category.TIME: "TDAT TDEN TDOR TDRC TDRL TDTG TIME TORY TYER TYE TDA TIM",
        Category.SOFTWARE: "TENC TSSE TEN TSS",
    }.items()
    for frame in frames.split()
}


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: its name, and its content."""

    name: str
    content: bytes


def tag_length(beginning: bytes) -> int:
    """Return the length of the tag that begins with these ten bytes; 0 if none does."""
    if len(beginning) < HEADER or not beginning.startswith(MARK):
        return 0
    return HEADER + _syncsafe(beginning[6:10]) + (HEADER if beginning[5] & _FOOTER else 0)


def disclosures(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield what the frames of a tag give away.

    Raises:
        MalformedData: if a frame is cut off.

    """
    header = reader.read(0, HEADER)
    version, flags = header[3], header[5]
    data = reader.read(HEADER, min(_syncsafe(header[6:10]), reader.size - HEADER))
    if flags & _UNSYNCHRONIZED and version < 4:
        data = data.replace(b"\xff\0", b"\xff")
    start = _extended_header(data, version) if flags & _EXTENDED else 0
    for frame in _frames(reader, data[start:], version):
        yield from _frame_disclosures(reader, frame)


def _extended_header(data: bytes, version: int) -> int:
    return _syncsafe(data[:4]) if version >= 4 else 4 + int.from_bytes(data[:4])


def _syncsafe(data: bytes) -> int:
    """Return the number in bytes of which the highest bit is left out."""
    number = 0
    for byte in data:
        number = number << 7 | byte & 0x7F
    return number


def _frames(reader: BoundedReader, data: bytes, version: int) -> Iterator[Frame]:
    width, header = (3, 6) if version < 3 else (4, 10)
    at = 0
    while at + header <= len(data) and data[at]:
        reader.budget.spend_parts()
        size = data[at + width : at + 2 * width]
        length = _syncsafe(size) if version >= 4 else int.from_bytes(size)
        content = data[at + header : at + header + length]
        if len(content) < length:
            raise MalformedData("its ID3 ends too early")
        if version >= 4 and data[at + 9] & _FRAME_UNSYNCHRONIZED:
            content = content.replace(b"\xff\0", b"\xff")
        yield Frame(decode_text(data[at : at + width]), content)
        at += header + length


def _frame_disclosures(reader: BoundedReader, frame: Frame) -> Iterator[Disclosure]:
    if frame.name in _READERS:
        yield from _READERS[frame.name](frame.content)
    elif frame.name.startswith("T"):
        yield from text_disclosures(_TEXTS.get(frame.name, Category.TEXT), _text(frame.content))
    elif frame.name.startswith("W"):
        yield from text_disclosures(Category.TEXT, decode_text(frame.content[:_MAX_TEXT]))
    elif frame.name in _PICTURES:
        yield Disclosure(Category.THUMBNAIL)
        yield from unknown_data.locations(reader.derived(frame.content))
    else:
        yield from unknown_data.disclosures(reader.derived(frame.content), frame.name)


_PICTURES: Final = ("APIC", "PIC")


def _text(content: bytes, skip: int = 0) -> str:
    """Return a text after the byte that names its encoding, and after what else precedes it."""
    encoding = _ENCODINGS[content[0]] if content and content[0] < len(_ENCODINGS) else "latin-1"
    text = content[1 + skip : 1 + skip + _MAX_TEXT]
    return text[: len(text) // 2 * 2 if encoding.startswith("utf-16") else None].decode(encoding, "replace")


def _named_text(content: bytes) -> Iterator[Disclosure]:
    name, _, text = _text(content).partition("\0")
    yield from text_disclosures(category_of(name) or Category.TEXT, text.lstrip("\ufeff\ufffe") or name)


def _comment(content: bytes) -> Iterator[Disclosure]:
    """Yield what a comment, or the words of a song, says, after the language that it is in."""
    yield from text_disclosures(Category.TEXT, _text(content, skip=3).replace("\0", " "))


_READERS: Final[Mapping[str, Callable[[bytes], Iterator[Disclosure]]]] = {
    "TXXX": _named_text,
    "TXX": _named_text,
    "WXXX": _named_text,
    "WXX": _named_text,
    "COMM": _comment,
    "COM": _comment,
    "USLT": _comment,
    "ULT": _comment,
}

"""The objects and streams of a PDF, found one after the other in its bytes.

The tables that say where objects are do not count: a damaged one misleads nobody, none can lead in a circle,
and an object of an earlier version, which viewers no longer show, is found as well.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from handbook.documents.allowance import Allowance
from handbook.photos.bounded_reader import MalformedData

_STREAM: Final = re.compile(rb">>\s{0,9}stream(?:\r\n|\n|\r)")
_OBJECT: Final = re.compile(rb"(?<![0-9])(\d{1,10})\s{1,9}\d{1,5}\s{1,9}obj\b")
_LENGTH: Final = re.compile(rb"/Length\s{1,9}(\d{1,12})\b(?!\s{1,9}\d{1,9}\s{1,9}R\b)")
_END: Final = re.compile(rb"\s{0,9}endstream")
_FILTERS: Final = re.compile(rb"/Filter\s{0,9}(\[[^\]]{0,200}\]|/[A-Za-z0-9]{1,20})")
_FILTER_ELSEWHERE: Final = re.compile(rb"/Filter\s{1,9}\d{1,10}\s{1,9}\d{1,5}\s{1,9}R\b")
_ZLIB: Final = (b"\x48", b"\x58", b"\x68", b"\x78")
_NAME: Final = re.compile(rb"/([A-Za-z0-9]{1,20})")
_FIRST: Final = re.compile(rb"/First\s{1,9}(\d{1,9})")
OBJECT_COST: Final = 3
PICTURE_FILTERS: Final = (b"DCTDecode", b"DCT", b"JPXDecode")
_PIXELS: Final = (b"CCITTFaxDecode", b"CCF", b"JBIG2Decode", *PICTURE_FILTERS)


@dataclass(frozen=True, slots=True)
class PdfObject:
    """One object: its number, and its text without a stream."""

    number: int
    text: bytes


@dataclass(frozen=True, slots=True)
class PdfStream:
    """The dictionary of a stream, and its bytes as they are in the file."""

    dictionary: bytes
    data: bytes

    @property
    def filters(self) -> list[bytes]:
        """Return how it is encoded, the outermost first."""
        if match := _FILTERS.search(self.dictionary):
            return _NAME.findall(match[1])
        is_named_elsewhere = _FILTER_ELSEWHERE.search(self.dictionary) and self.data.startswith(_ZLIB)
        return [b"FlateDecode"] if is_named_elsewhere else []

    def is_type(self, *names: bytes) -> bool:
        """Tell whether its type or subtype is one of the names."""
        return bool(re.search(rb"/(?:Type|Subtype)\s{0,9}/(?:%s)\b" % b"|".join(names), self.dictionary))

    def decoded(self, allowance: Allowance) -> bytes:
        """Return its content; of a picture, the file of the picture.

        Raises:
            MalformedData: if it is damaged, too large, or encoded in a way that is not supported.

        """
        data = self.data
        for name in self.filters:
            if name in _PIXELS:
                return data
            if name not in _DECODERS:
                raise MalformedData("a part of it is encoded in an unusual way")
            try:
                data = _DECODERS[name](data, allowance.part_bytes + 1)
            except (zlib.error, binascii.Error, ValueError):
                raise MalformedData("a part of it is damaged") from None
            allowance.spend_bytes(len(data))
        return data

    def objects(self, allowance: Allowance) -> Iterator[PdfObject]:
        """Yield the objects in a stream of objects; raise as `decoded` does."""
        content = self.decoded(allowance)
        match = _FIRST.search(self.dictionary)
        first = int(match[1]) if match else 0
        numbers = [int(number) for number in content[:first].split() if number.isdigit() and len(number) < 12]
        starts = [first + offset for offset in numbers[1::2]]
        for number, start, end in zip(numbers[::2], starts, [*starts[1:], len(content)], strict=False):
            allowance.spend_element(OBJECT_COST)
            yield PdfObject(number, content[start:end])


def objects_and_streams(data: bytes, allowance: Allowance) -> Iterator[PdfObject | PdfStream]:
    """Yield each object and each stream of a file, in its order."""
    offset = 0
    while match := _STREAM.search(data, offset):
        between = data[offset : match.start() + 2]
        objects = list(_objects(between, allowance))
        yield from objects
        end = _end_of_stream(data, match.end(), objects[-1].text if objects else b"")
        yield PdfStream(objects[-1].text if objects else between[-2000:], data[match.end() : end])
        offset = end
    yield from _objects(data[offset:], allowance)


def _objects(text: bytes, allowance: Allowance) -> Iterator[PdfObject]:
    last = None
    for match in _OBJECT.finditer(text):
        allowance.spend_element(OBJECT_COST)
        if last:
            yield PdfObject(int(last[1]), text[last.end() : match.start()])
        last = match
    if last:
        yield PdfObject(int(last[1]), text[last.end() :])


def _end_of_stream(data: bytes, start: int, dictionary: bytes) -> int:
    length = _LENGTH.search(dictionary)
    if length and _END.match(data, start + int(length[1])):
        return start + int(length[1])
    end = data.find(b"endstream", start)
    return end if end >= 0 else len(data)


def _inflated(data: bytes, most: int) -> bytes:
    decompressor = zlib.decompressobj()
    return decompressor.decompress(data, most)


def _from_hexadecimal(data: bytes, _most: int) -> bytes:
    digits = b"".join(data.partition(b">")[0].split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _from_base85(data: bytes, _most: int) -> bytes:
    return base64.a85decode(b"<~" + data.strip().removeprefix(b"<~").removesuffix(b"~>") + b"~>", adobe=True)


_DECODERS: Final[Mapping[bytes, Callable[[bytes, int], bytes]]] = {
    b"FlateDecode": _inflated,
    b"Fl": _inflated,
    b"ASCIIHexDecode": _from_hexadecimal,
    b"AHx": _from_hexadecimal,
    b"ASCII85Decode": _from_base85,
    b"A85": _from_base85,
}

"""XMP: properties as XML, in every format."""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Final, TypeAlias
from xml.parsers import expat

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.disclosures import Category, Disclosure, text_disclosures
from handbook.photos.metadata.gps import degrees_from_xmp, format_position
from handbook.photos.metadata.property_names import category_of

Property: TypeAlias = tuple[str, str]

EMPTY_PACKET: Final = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_ENVELOPE: Final = "adobe:ns:meta/"
_BLANK: Final = b"\0 \t\r\n\xef\xbb\xbf"
_UTF16: Final = (b"<\0", b"\0<", b"\xff\xfe", b"\xfe\xff")
_MAX_LETTERS: Final = 500


def disclosures(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield what an XMP packet gives away; what precedes a flaw is yielded as well.

    Raises:
        MalformedData: if the packet is not well-formed XML, or declares a document type.

    """
    packet = reader.read_all()
    if not packet.strip(_BLANK):
        return
    parser = _PropertyParser(reader.budget.spend_parts)
    try:
        parser.parse(packet)
    except expat.ExpatError as error:
        yield from _property_disclosures(parser.properties)
        raise MalformedData(f"its XMP is damaged ({expat.errors.messages[error.code]})") from None
    yield from _property_disclosures(parser.properties)


def _property_disclosures(properties: Sequence[Property]) -> Iterator[Disclosure]:
    yield from _positions(properties)
    for name, value in properties:
        category = category_of(name)
        if category is Category.THUMBNAIL:
            yield Disclosure(category)
        elif category and name not in ("GPSLatitude", "GPSLongitude"):
            yield from text_disclosures(category, value)


def _positions(properties: Sequence[Property]) -> Iterator[Disclosure]:
    latitudes = [value for name, value in properties if name == "GPSLatitude"]
    longitudes = [value for name, value in properties if name == "GPSLongitude"]
    for north, east in zip_longest(latitudes, longitudes, fillvalue=""):
        latitude, longitude = degrees_from_xmp(north), degrees_from_xmp(east)
        if latitude is not None and longitude is not None:
            yield Disclosure(Category.POSITION, format_position(latitude, longitude))
        else:
            yield from text_disclosures(Category.POSITION, f"{north} {east}")


class _PropertyParser:
    """Collects the properties of a packet, nested ones too.

    It refuses a document type, and with it every entity that could expand or refer to another file.
    """

    def __init__(self, count_part: Callable[[], None]) -> None:
        self.properties: list[Property] = []
        self._count_part = count_part
        self._names: list[str] = []
        self._text: list[str] = []

    def parse(self, packet: bytes) -> None:
        """Parse the packet; the properties before a flaw are kept."""
        parser = expat.ParserCreate(None if packet.startswith(_UTF16) else "utf-8", " ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(packet.rstrip(b"\0"), True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count_part()
        self._keep_text()
        namespace, _, local = name.rpartition(" ")
        is_wrapper = namespace in (_RDF, _ENVELOPE)
        self._names.append((self._names[-1] if self._names else "") if is_wrapper else local)
        for key, value in attributes.items():
            self._count_part()
            namespace, _, local = key.rpartition(" ")
            if namespace not in (_RDF, _XML, _ENVELOPE):
                self.properties.append((local, value[:_MAX_LETTERS]))

    def _end(self, _name: str) -> None:
        self._keep_text()
        self._names.pop()

    def _characters(self, text: str) -> None:
        self._text.append(text[:_MAX_LETTERS])

    def _keep_text(self) -> None:
        text = "".join(self._text[:_MAX_LETTERS]).strip()
        self._text.clear()
        if text and self._names:
            self.properties.append((self._names[-1], text[:_MAX_LETTERS]))


def _refuse_document_type(*_declaration: object) -> None:
    raise MalformedData("its XMP declares a document type, which XMP never does")

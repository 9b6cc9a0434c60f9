"""XMP: properties as XML, in every format."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Final
from xml.parsers import expat

from handbook.photos.bounded_reader import BoundedReader, MalformedData
from handbook.photos.disclosures import Category, Disclosure, text_disclosures, written_locations
from handbook.photos.metadata.gps import degrees_from_xmp, format_position, has_fix_from, is_position
from handbook.photos.metadata.property_names import category_of, is_technical
from handbook.photos.written_positions import written_position

EMPTY_PACKET: Final = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RESOURCE: Final = f"{_RDF} resource"
_ABOUT: Final = f"{_RDF} about"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_ENVELOPE: Final = "adobe:ns:meta/"
_WRAPPERS: Final = (_RDF, _XML, _ENVELOPE)
# The instructions that begin and end a packet, and how early programs of Adobe escaped it.
_INSTRUCTIONS: Final = frozenset(("xpacket", "adobe-xap-filters"))
_BLANK: Final = b"\0 \t\r\n\xef\xbb\xbf"
_MARKS: Final = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Which of the first four bytes are 0, as the first letters of XML are ASCII.
_ENCODINGS: Final[Mapping[tuple[bool, ...], str]] = {
    (False, True, True, True): "utf-32-le",
    (True, True, True, False): "utf-32-be",
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
}
_MAX_LETTERS: Final = 500
_LATITUDES: Final = frozenset(("gpslatitude", "latitude", "lat", "decimallatitude", "gpslat"))
_LONGITUDES: Final = frozenset(
    ("gpslongitude", "longitude", "long", "lon", "lng", "decimallongitude", "gpslon", "gpslongtitude")
)
_ZERO: Final = re.compile(r"[+-]?0*(?:\.0*)?(?:/\d+)?\s*m?", re.ASCII)
# Vocabularies about places: W3C Geo, GeoRSS, GML, GeoNames, cells of phone networks, and others that say so.
_GEOGRAPHIC: Final = re.compile(r"wgs84|georss|opengis|geonames|/geo[/#]|/cell/|geolocation", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its name without a prefix, its value, and what it discloses; None if nothing."""

    name: str
    value: str
    category: Category | None

    @property
    def is_latitude(self) -> bool:
        """Tell whether it is the first half of a position."""
        return self.name.lower() in _LATITUDES

    @property
    def is_longitude(self) -> bool:
        """Tell whether it is the second half of a position."""
        return self.name.lower() in _LONGITUDES

    @property
    def is_coordinate(self) -> bool:
        """Tell whether it is one of the two."""
        return self.is_latitude or self.is_longitude


@dataclass(frozen=True, slots=True)
class _Element:
    """An element that is open; those of RDF have the name of the property around them."""

    name: str
    category: Category | None


# What is written between the properties, where no program writes anything.
_BESIDE_PROPERTIES: Final = _Element("a text beside the properties", Category.HIDDEN)


def disclosures(reader: BoundedReader) -> Iterator[Disclosure]:
    """Yield what an XMP packet gives away; what precedes a flaw is yielded as well.

    Raises:
        MalformedData: if the packet is not well-formed XML, or declares a document type.

    """
    packet = reader.read_all()
    if not packet.strip(_BLANK):
        return
    collector = PropertyCollector(reader.budget.spend_parts, _nothing_is_shown)
    try:
        _parse(packet, collector)
    except expat.ExpatError as error:
        yield from property_disclosures(collector.properties)
        raise MalformedData(f"its XMP is damaged ({expat.errors.messages[error.code]})") from None
    yield from property_disclosures(collector.properties)


def property_disclosures(properties: Sequence[Property]) -> Iterator[Disclosure]:
    """Yield what properties give away, which together may be a position."""
    yield from _positions(properties)
    has_fix = _has_fix(properties)
    for item in properties:
        if item.category is Category.THUMBNAIL:
            yield Disclosure(item.category)
        elif item.category is Category.POSITION:
            yield from () if item.is_coordinate else _position(item.value, has_fix)
        elif item.category is Category.HIDDEN:
            yield from text_disclosures(Category.HIDDEN, item.name)
            yield from written_locations(item.value)
        elif item.category:
            yield from text_disclosures(item.category, item.value)


def _position(value: str, has_fix: bool) -> Iterator[Disclosure]:
    if has_fix or not _ZERO.fullmatch(value):
        yield from text_disclosures(Category.POSITION, value)


def _positions(properties: Sequence[Property]) -> Iterator[Disclosure]:
    latitudes = [item.value for item in properties if item.is_latitude]
    longitudes = [item.value for item in properties if item.is_longitude]
    has_fix = _has_fix(properties)
    for north, east in zip_longest(latitudes, longitudes, fillvalue=""):
        latitude, longitude = degrees_from_xmp(north), degrees_from_xmp(east)
        if latitude is None or longitude is None:
            yield from text_disclosures(Category.POSITION, f"{north} {east}")
        elif is_position(latitude, longitude, has_fix=has_fix):
            yield Disclosure(Category.POSITION, format_position(latitude, longitude))


def _has_fix(properties: Sequence[Property]) -> bool:
    values = {item.name: item.value for item in properties}
    return has_fix_from(values.get("GPSStatus", ""), values.get("GPSMeasureMode", ""))


def _as_utf8(packet: bytes) -> bytes:
    """Return a packet in UTF-8, which may be in UTF-16 or UTF-32, with or without a mark of its order."""
    encoding = next((name for mark, name in _MARKS if packet.startswith(mark)), None)
    zeros = tuple(not byte for byte in packet[:4])
    encoding = encoding or _ENCODINGS.get(zeros)
    return packet.decode(encoding, "replace").encode().lstrip(_BLANK) if encoding else packet.lstrip(_BLANK)


class PropertyCollector:
    """Collects the properties of XML that a parser reads, nested ones too.

    Elements of a namespace that `is_shown`, such as those of a drawing, are not properties.
    """

    def __init__(self, count_part: Callable[[], None], is_shown: Callable[[str], bool]) -> None:
        """Begin without properties; `count_part` is called for each element and attribute."""
        self.properties: list[Property] = []
        self._count_part = count_part
        self._is_shown = is_shown
        self._elements: list[_Element] = []
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep what the attributes disclose, and remember of which property the text inside will be."""
        self._count_part()
        self._keep_text()
        element = self._element(*_split(name))
        is_shown = self._is_shown(_split(name)[0])
        if not is_shown and _names_its_property(attributes):
            property_name = attributes.pop("name")
            element = _Element(property_name, _category("", property_name, element.category))
            attributes = {_RESOURCE if key == "value" else key: value for key, value in attributes.items()}
        self._elements.append(element)
        for key, value in attributes.items():
            self._count_part()
            namespace, local = _split(key)
            if key == _RESOURCE:
                self._keep(element.name, value, element.category)
            elif key == _ABOUT or (namespace in _WRAPPERS and written_position(value)):
                self._keep(local, value, Category.HIDDEN)
            elif not (namespace in _WRAPPERS or (is_shown and not namespace) or self._is_shown(namespace)):
                self._keep(local, value, _category(namespace, local, element.category))

    def end(self, _name: str) -> None:
        """Keep the text inside as a value of the element that ends."""
        self._keep_text()
        if self._elements:
            self._elements.pop()

    def characters(self, text: str) -> None:
        """Add text to the element that is open."""
        self._text.append(text[:_MAX_LETTERS])

    def comment(self, text: str) -> None:
        """Keep what somebody wrote beside the properties."""
        self._count_part()
        self._keep("comment", text, Category.TEXT)

    def instruction(self, target: str, text: str) -> None:
        """Keep what is meant for one program."""
        self._count_part()
        if target not in _INSTRUCTIONS:
            self._keep(target, text, Category.HIDDEN)

    def _element(self, namespace: str, local: str) -> _Element:
        around = self._elements[-1] if self._elements else _Element("", None)
        if self._is_shown(namespace):
            return _Element("", None)
        if namespace in _WRAPPERS:
            return around if around.name else _BESIDE_PROPERTIES
        return _Element(local, _category(namespace, local, around.category))

    def _keep(self, name: str, value: str, category: Category | None) -> None:
        if name and value.strip():
            self.properties.append(Property(name, value[:_MAX_LETTERS], category))

    def _keep_text(self) -> None:
        text = "".join(self._text[:_MAX_LETTERS]).strip()
        self._text.clear()
        if self._elements:
            self._keep(self._elements[-1].name, text, self._elements[-1].category)


def _names_its_property(attributes: Mapping[str, str]) -> bool:
    """Tell whether an element is as in `<Item name="Latitude" value="51:30:02">`, which cameras write."""
    name = attributes.get("name")
    return name is not None and ("value" in attributes or category_of(name) is not None)


def _split(name: str) -> tuple[str, str]:
    """Split a name into its namespace and the name in it."""
    namespace, _, local = name.rpartition(" ")
    return namespace, local


def _parse(packet: bytes, collector: PropertyCollector) -> None:
    """Parse a packet; the properties before a flaw are kept.

    A document type is refused, and with it every entity that could expand or refer to another file.
    """
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.characters
    parser.CommentHandler = collector.comment
    parser.ProcessingInstructionHandler = collector.instruction
    parser.Parse(_as_utf8(packet).rstrip(b"\0"), True)


def _nothing_is_shown(_namespace: str) -> bool:
    return False


@lru_cache(maxsize=4096)
def _category(namespace: str, name: str, around: Category | None) -> Category | None:
    """Return what a property discloses, by its name, its vocabulary, or the property that it is a part of."""
    if category := category_of(name):
        return category
    if is_technical(name):
        return None
    if _GEOGRAPHIC.search(namespace):
        return Category.POSITION
    return around if around in (Category.POSITION, Category.PLACE) else Category.HIDDEN


def _refuse_document_type(*_declaration: object) -> None:
    raise MalformedData("its XMP declares a document type, which XMP never does")

"""XMP: properties as XML, inside every format."""

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Final
from xml.parsers import expat

from handbook.photos.bounded_reader import Malformed
from handbook.photos.disclosures import Fact, Kind, told
from handbook.photos.metadata.gps import degrees_in_xmp, position
from handbook.photos.metadata.property_names import kind_of

EMPTY: Final = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_ENVELOPE: Final = "adobe:ns:meta/"
_LONGEST: Final = 500
_UTF16: Final = (b"<\0", b"\0<", b"\xff\xfe", b"\xfe\xff")


def xmp_facts(data: bytes, step: Callable[[], None]) -> Iterator[Fact]:
    """Yield what an XMP packet gives away; `step` is called for each of its parts, and may stop the reading.

    Raises:
        Malformed: when it is not the XML that XMP is.

    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return
    properties = _Properties(step)
    try:
        properties.read(data)
    except expat.ExpatError as error:
        yield from _facts(properties.found)
        raise Malformed(f"its XMP is damaged ({expat.errors.messages[error.code]})") from None
    yield from _facts(properties.found)


def _facts(found: list[tuple[str, str]]) -> Iterator[Fact]:
    yield from _positions(found)
    for name, value in found:
        kind = kind_of(name)
        if kind is Kind.THUMBNAIL:
            yield Fact(kind)
        elif kind and name not in ("GPSLatitude", "GPSLongitude"):
            yield from told(kind, value)


def _positions(found: list[tuple[str, str]]) -> Iterator[Fact]:
    latitudes = [value for name, value in found if name == "GPSLatitude"]
    longitudes = [value for name, value in found if name == "GPSLongitude"]
    for latitude, longitude in zip_longest(latitudes, longitudes, fillvalue=""):
        one, other = degrees_in_xmp(latitude), degrees_in_xmp(longitude)
        if one is not None and other is not None:
            yield Fact(Kind.POSITION, position(one, other))
        else:
            yield from told(Kind.POSITION, f"{latitude} {longitude}")


class _Properties:
    """Collects the properties of a packet as name and value, nested ones too.

    A document type is refused, and with it every entity that could grow or lead to another file.
    """

    def __init__(self, step: Callable[[], None]) -> None:
        self.found: list[tuple[str, str]] = []
        self._step = step
        self._names: list[str] = []
        self._text: list[str] = []

    def read(self, data: bytes) -> None:
        """Read the packet; what was found before a flaw stays."""
        parser = expat.ParserCreate(None if data.startswith(_UTF16) else "utf-8", " ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(data.rstrip(b"\0"), True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._step()
        self._keep()
        namespace, _, local = name.rpartition(" ")
        nameless = namespace in (_RDF, _ENVELOPE)
        self._names.append((self._names[-1] if self._names else "") if nameless else local)
        for key, value in attributes.items():
            self._step()
            namespace, _, local = key.rpartition(" ")
            if namespace not in (_RDF, _XML, _ENVELOPE):
                self.found.append((local, value[:_LONGEST]))

    def _end(self, _name: str) -> None:
        self._keep()
        self._names.pop()

    def _characters(self, text: str) -> None:
        self._text.append(text[:_LONGEST])

    def _keep(self) -> None:
        text = "".join(self._text[:_LONGEST]).strip()
        self._text.clear()
        if text and self._names:
            self.found.append((self._names[-1], text[:_LONGEST]))


def _refuse(*_declaration: object) -> None:
    raise Malformed("its XMP declares a document type, which XMP never does")

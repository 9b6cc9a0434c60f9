"""XML in documents: elements that a reader waits for, without entities and within limits."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeAlias
from xml.parsers import expat

from handbook.documents.allowance import Allowance
from handbook.documents.properties import custom_property
from handbook.photos.bounded_reader import MalformedData
from handbook.photos.disclosures import Category, Disclosure, text_disclosures

_BLOCK: Final = 2**20
_MAX_TAG: Final = 4 * 2**20
_MAX_LETTERS: Final = 500
_MAX_DEPTH: Final = 256
_MAX_DISCLOSURES: Final = 10_000
_SWITCH: Final = " val"
_OFF: Final = ("0", "false", "off", "none")
# Each family, and a word that its namespaces have in every edition of the standard.
_FAMILIES: Final = {
    "drawingml": "draw",
    "wordprocessingml": "word",
    "office/word/": "word",
    "spreadsheetml": "sheet",
    "presentationml": "slide",
    "powerpoint": "slide",
    "core-properties": "core",
    "extended-properties": "app",
    "custom-properties": "custom",
    "/relationships": "relation",
    "purl.org/dc/elements": "dc",
    "purl.org/dc/terms": "terms",
    "xmlns:office": "office",
    "xmlns:meta": "meta",
    "xmlns:text": "text",
    "xmlns:table": "table",
    "xmlns:style": "style",
    "xmlns:manifest": "manifest",
    "openoffice.org/2000/office": "office",
    "openoffice.org/2000/meta": "meta",
    "openoffice.org/2000/text": "text",
    "openoffice.org/2000/table": "table",
    "openoffice.org/2001/versions-list": "versions",
}

Key: TypeAlias = tuple[str, str]


@dataclass(slots=True)
class Element:
    """An element that has ended, with its text, the names inside it, and the names around it.

    A switch inside that is turned off, such as `<w:vanish w:val="0"/>`, is not among the names.
    """

    key: Key
    attributes: Mapping[str, str]
    around: tuple[str, ...]
    inside: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return its name without the namespace."""
        return self.key[1]

    @property
    def text(self) -> str:
        """Return its own text, without that of elements that are read by themselves."""
        return "".join(self.texts).strip()


Reader: TypeAlias = Callable[[Element], Iterator[Disclosure]]


def text_of_element(category: Category, element: Element) -> Iterator[Disclosure]:
    """Yield the text of an element."""
    yield from text_disclosures(category, element.text)


def fixed_disclosure(category: Category, value: str, _element: Element) -> Iterator[Disclosure]:
    """Yield the same disclosure for every element of a kind, whatever is in it."""
    yield Disclosure(category, value)


def property_of_element(element: Element) -> Iterator[Disclosure]:
    """Yield what a property that somebody added under a name gives away."""
    yield from custom_property(element.attributes.get("name", ""), element.text)


def disclosures(
    data: bytes, readers: Mapping[Key, Reader], allowance: Allowance, whole: frozenset[Key] = frozenset()
) -> tuple[Disclosure, ...]:
    """Return what the elements give away that `readers` names; of those in `whole`, the whole text is kept.

    Raises:
        MalformedData: if it is not XML, defines entities, or is too large.

    """
    parser = expat.ParserCreate(None, " ")
    walk = _Walk(readers, allowance, whole)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_definitions
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.characters
    try:
        _parse(parser, data)
    except (expat.ExpatError, ValueError, LookupError):
        raise MalformedData("a part of it is not well-formed XML") from None
    return tuple(walk.disclosures)


def _parse(parser: expat.XMLParserType, data: bytes) -> None:
    """Parse in blocks, so that a tag with millions of attributes is refused before it is in memory."""
    for start in range(0, len(data), _BLOCK):
        parser.Parse(data[start : start + _BLOCK], False)
        if start - max(0, parser.CurrentByteIndex) > _MAX_TAG:
            raise MalformedData("it has too many parts")
    parser.Parse(b"", True)


def _refuse_definitions(_name: str, _system: str | None, _public: str | None, has_definitions: int) -> None:
    if has_definitions:
        raise MalformedData("a part of it defines entities, which documents never do")


@lru_cache(maxsize=4096)
def _key(name: str) -> Key:
    space, _, local = name.rpartition(" ")
    return next((family for word, family in _FAMILIES.items() if word in space), ""), local


def _is_off(attributes: Mapping[str, str]) -> bool:
    return any(value in _OFF and name.endswith(_SWITCH) for name, value in attributes.items())


class _Walk:
    """Follows the parser, and remembers only the elements that somebody reads."""

    def __init__(self, readers: Mapping[Key, Reader], allowance: Allowance, whole: frozenset[Key]) -> None:
        self.disclosures: dict[Disclosure, None] = {}
        self._readers = readers
        self._allowance = allowance
        self._whole = whole
        self._names: list[str] = []
        self._open: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._allowance.spend_element()
        if len(self._names) == _MAX_DEPTH:
            raise MalformedData("its parts are nested too deeply")
        key = _key(name[-_MAX_LETTERS:])
        if self._open and not (attributes and _is_off(attributes)):
            self._open[-1].inside.add(key[1])
        if key in self._readers:
            plain = {attribute.rpartition(" ")[2]: value for attribute, value in attributes.items()}
            self._open.append(Element(key, plain, tuple(self._names)))
        self._names.append(key[1])

    def end(self, _name: str) -> None:
        self._names.pop()
        depth = len(self._names)
        if self._open and len(self._open[-1].around) == depth:
            element = self._open.pop()
            if len(self.disclosures) < _MAX_DISCLOSURES:
                self.disclosures.update(dict.fromkeys(self._readers[element.key](element)))

    def characters(self, text: str) -> None:
        if self._open:
            element = self._open[-1]
            if element.key in self._whole or len(element.texts) < _MAX_LETTERS:
                element.texts.append(text if element.key in self._whole else text[:_MAX_LETTERS])

"""The numbers that Word counts and no converter keeps: `3.1`, `(a)`, `iv.`; each becomes text.

Source: ECMA-376, part 1, 17.9: numbering definitions, their levels, and their instances.
"""

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from handbook.importing.word_file import W, WordFile

_NUMBERING: Final = "word/numbering.xml"
_STYLES: Final = "word/styles.xml"
_MOST_LEVELS: Final = 9
_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_BULLET: Final = "bullet"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = "%1."


@dataclass
class Numbering:
    """The definitions of a document, and how far each was counted."""

    levels: Mapping[str, Mapping[int, _Level]]
    definition_of: Mapping[str, str]
    of_style: Mapping[str, tuple[str, int]]
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def label(self, paragraph: etree._Element) -> str | None:
        """Count a paragraph, and return its number as readers see it; None for one without, or a bullet."""
        numbered = self._numbered(paragraph)
        if numbered is None:
            return None
        definition, level = numbered
        levels = self.levels.get(definition, {})
        own = levels.get(level, _Level())
        counts = self._counted(definition, levels, level)
        if own.form == _BULLET:
            return None
        text = own.text
        for number in range(level + 1):
            form = levels.get(number, _Level()).form
            text = text.replace(f"%{number + 1}", _written(counts[number], form))
        return text.strip() or None

    def _numbered(self, paragraph: etree._Element) -> tuple[str, int] | None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None
        style = _value(properties, "pStyle")
        number, level = self.of_style.get(style or "", (None, 0))
        own = properties.find(f"{W}numPr")
        if own is not None:
            number = _value(own, "numId") or number
            level = _whole(_value(own, "ilvl"), level)
        definition = self.definition_of.get(number or "")
        return None if definition is None else (definition, min(max(level, 0), _MOST_LEVELS - 1))

    def _counted(self, definition: str, levels: Mapping[int, _Level], level: int) -> list[int]:
        counts = self._counts.setdefault(definition, [])
        while len(counts) <= level:
            start = levels.get(len(counts), _Level()).start
            counts.append(start - 1 if len(counts) == level else start)
        del counts[level + 1 :]
        counts[level] += 1
        return counts


def read_numbering(document: WordFile) -> Numbering:
    """Read how a document numbers its paragraphs."""
    root = document.xml(_NUMBERING)
    if root is None:
        return Numbering({}, {}, {})
    levels = {
        _attribute(definition, "abstractNumId"): dict(_levels(definition))
        for definition in root.iterfind(f"{W}abstractNum")
    }
    definition_of = {
        _attribute(number, "numId"): _value(number, "abstractNumId") or ""
        for number in root.iterfind(f"{W}num")
    }
    return Numbering(levels, definition_of, dict(_of_styles(document)))


def _levels(definition: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in definition.iterfind(f"{W}lvl"):
        start, form = _whole(_value(level, "start"), 1), _value(level, "numFmt") or "decimal"
        yield _whole(_attribute(level, "ilvl"), 0), _Level(start, form, _value(level, "lvlText") or "")


def _of_styles(document: WordFile) -> Iterator[tuple[str, tuple[str, int]]]:
    root = document.xml(_STYLES)
    for style in root.iterfind(f"{W}style") if root is not None else ():
        numbered = style.find(f"{W}pPr/{W}numPr")
        number = _value(numbered, "numId") if numbered is not None else None
        if numbered is not None and number:
            yield _attribute(style, "styleId"), (number, _whole(_value(numbered, "ilvl"), 0))


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _attribute(element: etree._Element, name: str) -> str:
    return element.get(f"{W}{name}") or ""


def _whole(text: str | None, other: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else other


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = string.ascii_lowercase[(number - 1) % 26] * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman.upper() if form == "upperRoman" else roman
    if form == "decimalZero":
        return f"{number:02}"
    return "" if form == "none" else str(number)


def _roman(number: int) -> str:
    parts = []
    for value, letters in _ROMAN:
        parts.append(letters * (number // value))
        number %= value
    return "".join(parts)


def write_labels(body: etree._Element, numbering: Numbering) -> int:
    """Write each number into its paragraph, which is then no item of a list; return how many there were."""
    count = 0
    for paragraph in body.iter(f"{W}p"):
        label = numbering.label(paragraph)
        if label:
            _prefix(paragraph, f"{label} ")
            count += 1
    return count


def parts_without_numbers(document: WordFile, numbering: Numbering) -> dict[str, bytes]:
    """Return the definitions and the styles of a document without the numbers that were written out."""
    changed = {}
    for name in (_NUMBERING, _STYLES):
        root = document.xml(name)
        if root is not None:
            for element in list(_counted_in(root, numbering)):
                parent = element.getparent()
                if parent is not None:
                    parent.remove(element)
            changed[name] = as_part(root)
    return changed


def _counted_in(root: etree._Element, numbering: Numbering) -> Iterator[etree._Element]:
    """Yield what gives the paragraphs of a style a number."""
    for level in root.iterfind(f"{W}abstractNum/{W}lvl"):
        if _value(level, "numFmt") != _BULLET:
            yield from level.iterfind(f"{W}pStyle")
    for style in root.iterfind(f"{W}style"):
        number, level_of_style = numbering.of_style.get(_attribute(style, "styleId"), ("", 0))
        levels = numbering.levels.get(numbering.definition_of.get(number, ""), {})
        if levels.get(level_of_style, _Level()).form != _BULLET:
            yield from style.iterfind(f"{W}pPr/{W}numPr")


def as_part(root: etree._Element) -> bytes:
    """Serialize a part as Word writes it: UTF-8 with an XML declaration."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _prefix(paragraph: etree._Element, text: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    assert properties is not None  # noqa: S101 - a number comes from there
    for own in properties.findall(f"{W}numPr"):
        properties.remove(own)
    numbered = etree.SubElement(properties, f"{W}numPr")
    etree.SubElement(numbered, f"{W}numId").set(f"{W}val", "0")
    run = etree.Element(f"{W}r")
    words = etree.SubElement(run, f"{W}t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    paragraph.insert(paragraph.index(properties) + 1, run)

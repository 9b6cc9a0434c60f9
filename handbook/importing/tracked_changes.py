"""Tracked changes of a document: the text as it would be with all of them, or as it was without any."""

from enum import Enum
from typing import Final

from lxml import etree

from handbook.importing.word_file import W

_NEW: Final = tuple(f"{W}{name}" for name in ("ins", "moveTo"))
_OLD: Final = tuple(f"{W}{name}" for name in ("del", "moveFrom"))


class Tracked(Enum):
    """What counts: the text with the changes, or the one before them."""

    ACCEPTED = "accepted"
    ORIGINAL = "original"


def count_changes(body: etree._Element) -> int:
    """Return how many tracked changes of text a document has."""
    return sum(1 for _ in body.iter(*_NEW, *_OLD))


def settle(body: etree._Element, tracked: Tracked) -> None:
    """Leave only the text that counts."""
    dropped, kept = (_OLD, _NEW) if tracked is Tracked.ACCEPTED else (_NEW, _OLD)
    for element in list(body.iter(*dropped)):
        _remove(element)
    for element in list(body.iter(*kept)):
        _unwrap(element)
    for text in list(body.iter(f"{W}delText")):
        text.tag = f"{W}t"


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for offset, child in enumerate(list(element)):
        parent.insert(at + offset, child)
    parent.remove(element)

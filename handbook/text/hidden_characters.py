"""Finds characters that no reader sees and nobody means: controls, and marks that turn letters around."""

import re
from collections.abc import Iterator
from typing import Final

from handbook.text.prose import without_code

_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS: Final = "\x0b\x0c\x85\u2028\u2029"
# The same marks in HTML. Other controls become something else in HTML.
_ENTITY: Final = re.compile(
    r"&#(?:x0*(?P<hex>20(?:2[a-e]|6[6-9]))|0*(?P<number>823[4-8]|829[4-7]));?", re.IGNORECASE
)


def hidden_characters(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of the first hidden character on each line, and what is wrong with it."""
    end = -1
    for match in _HIDDEN.finditer(text):
        if match.start() > end:
            yield match.start(), explain_hidden(match[0])
            end = text.find("\n", match.end()) % (len(text) + 1)


def turning_entities(text: str) -> Iterator[tuple[int, str]]:
    """Yield the same for marks that are written in HTML, outside of code."""
    for match in _ENTITY.finditer(without_code(text)) if "&#" in text else ():
        code = int(match["hex"], 16) if match["hex"] else int(match["number"])
        yield match.start(), explain_hidden(chr(code))


def first_hidden(text: str) -> str | None:
    """Return what is wrong with the first hidden character of a text, or None."""
    match = None if text.isprintable() else _HIDDEN.search(text)
    return explain_hidden(match[0]) if match else None


def explain_hidden(character: str) -> str:
    """Return what a hidden character does, and what to do."""
    name = f"the invisible character U+{ord(character):04X}"
    if _TURNING.match(character):
        return f"{name} shows the letters after it in another order than they are written; delete it"
    if character in _LINE_ENDS:
        return f"{name} ends a line in some programs only; put a line end or a space in its place"
    return f"{name} is not text; delete it, or type what belongs there"

"""Finds words whose letters were read in another encoding than they were written in, as by a spreadsheet.

UTF-8 that is read as Windows-1252 has `Ã©` in place of `é`, and `â€™` in place of an apostrophe. A letter
that could not be read at all is U+FFFD.
"""

import re
from collections.abc import Iterator
from typing import Final

_LOST: Final = "\ufffd"
# What the second byte of a letter becomes. Some are marks that may follow a capital letter on purpose.
_MARKS: Final = "\xa0»«“”‘’–—…"
_BYTES: Final = "\x80-\x9f\xa1-\xaa\xac-\xba\xbc-\xbf‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ€"
_GARBLED: Final = (
    rf"[ÂÃ][{_BYTES}]|(?<=[a-z])[ÂÃ][{_MARKS}]|â(?:€[{_BYTES}{_MARKS}]|‚¬|„¢)"
    rf"|Å“(?=[a-z])|ï(?:¿½|»¿)|ðŸ|{_LOST}"
)
_WORD: Final = re.compile(rf"[^\s`]{{0,30}}?(?:{_GARBLED})[^\s`]{{0,30}}")


def garbled_letters(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of the first garbled word on each line, and what to write."""
    end = -1
    for match in _WORD.finditer(text):
        if match.start() > end:
            yield match.start(), _advice(match[0])
            end = text.find("\n", match.end()) % (len(text) + 1)


def _advice(word: str) -> str:
    if _LOST in word:
        return "a letter was lost here when the text was saved; type it again"
    meant = _repaired(word)
    advice = f"write `{meant}`" if meant and meant.isprintable() else "type the word again"
    return f"letters of this word were read in a wrong encoding; {advice}"


def _repaired(word: str) -> str | None:
    try:
        return b"".join(map(_byte, word)).decode("utf-8")
    except UnicodeError:
        return None


def _byte(character: str) -> bytes:
    """Return what a character was before it was read as Windows-1252, which has no letter for five bytes."""
    return character.encode("latin-1" if "\x80" <= character <= "\x9f" else "cp1252")

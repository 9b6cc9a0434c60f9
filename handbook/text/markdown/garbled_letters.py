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
# Each garbled letter begins with one of these, and few texts have any.
_FIRST: Final = re.compile("[ÂÃâÅïð\ufffd]")
_GARBLED: Final = re.compile(
    rf"[ÂÃ][{_BYTES}]|(?<=[a-z])[ÂÃ][{_MARKS}]|â(?:€[{_BYTES}{_MARKS}]|‚¬|„¢)"
    rf"|Å“(?=[a-z])|ï(?:¿½|»¿)|ðŸ|{_LOST}"
)
_BEFORE: Final = re.compile(r"[^\s`]{0,30}\Z")
_AFTER: Final = re.compile(r"[^\s`]{0,30}")


def garbled_letters(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of the first garbled word on each line, and what to write."""
    end = -1
    for match in _GARBLED.finditer(text) if _FIRST.search(text) else ():
        if match.start() > end:
            start, end = _word_at(text, *match.span())
            yield start, _advice(text[start:end])
            end = text.find("\n", end)
            if end < 0:
                return


def _word_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the word around a part of it begins and ends, at most 30 letters away."""
    before, after = _BEFORE.search(text, max(0, start - 30), start), _AFTER.match(text, end)
    return before.start() if before else start, after.end() if after else end


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

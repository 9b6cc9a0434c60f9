"""Finds letters of other alphabets that only look like Latin letters, in words that are otherwise Latin.

No search finds `Facebook` with a Cyrillic `a`, and a screen reader reads it wrongly. Real Greek or Russian,
units, and formulas have letters that look like no Latin ones, or only at the end of a word.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice
from typing import Final

from handbook.text.phrase_search import PhraseFinder

# Each letter, and the Latin letter after it that it looks like.
_PAIRS: Final = (
    # Cyrillic
    "аaвbеeкkмmнhоoрpсcтtуyхxѕsіiјjһhԁdԛqԝwѵvүyАAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJԚQԜWѴVҮYӀI"
    # Greek
    "αaιiκkνvοoρpτtυuχxΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX"
    # Armenian
    "օoսuոnհhցgզqյjԼLՕOՍUՏS"
    # Cherokee
    "ᎠDᎡRᎢTᎪAᎫJᎬEᎳWᎷMᎻHᏀGᏃZᏚSᏙVᏞLᏟCᏢPᏦKᏴB"
    # Coptic
    "ⲟoⲣpⲥcⲞOⲤCⲎHⲔKⲘMⲚNⲢPⲦTⲬX"
    # Lisu
    "ꓐBꓑPꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴU"
)
# Latin letters and symbols of letters: they count only where they spell a known name.
_LATIN_PAIRS: Final = "ıiɑaɡgᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢz"
_FOREIGN: Final = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_SYMBOLS: Final = {
    chr(first + number): chr(65 + number) for first in (0x1F150, 0x1F170) for number in range(26)
}
_LATIN: Final = dict(zip(_LATIN_PAIRS[::2], _LATIN_PAIRS[1::2], strict=True)) | _SYMBOLS
_TABLE: Final = str.maketrans(_FOREIGN | _LATIN)
_ALIKE: Final = re.compile(f"[{''.join(_FOREIGN | _LATIN)}]")
# A letter may be written as an entity, or as an escape in an expression.
_WRITTEN: Final = re.compile(r"[&\\](?:(?<=&)(?:#|[A-Za-z]{2})|(?<=\\)[xuU0-7])")
# Greek letters of units, formulas and names of substances.
_OF_FORMULAS: Final = frozenset("αικνρτυχ")
_LEAST_LATIN: Final = 3
# Letters of these alphabets that look like no Latin ones.
_UNLIKE: Final = re.compile(
    f"(?![{''.join(_FOREIGN)}])[\u0370-\u052f\u0531-\u0587\u13a0-\u13ff\u1f00-\u1fff\u2c80-\u2cff\ua4d0-\ua4f7]"
)
_WORD: Final = re.compile(r"[^\W\d_]++")


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A word with letters that only look alike, with its offset, and what it looks like."""

    start: int
    text: str
    looks_like: str

    @property
    def letters(self) -> str:
        """Name the letters that only look alike, as Unicode does."""
        letters = dict.fromkeys(letter for letter in self.text if ord(letter) in _TABLE)
        return ", ".join(unicodedata.name(letter).capitalize() for letter in letters)


def may_look_alike(text: str) -> bool:
    """Tell quickly whether a text can have letters that only look alike, as they are or as entities."""
    return bool(_WRITTEN.search(text)) or (not text.isascii() and bool(_ALIKE.search(text)))


def look_alikes(text: str, finders: Iterable[PhraseFinder[str]], language: str) -> Iterator[LookAlike]:
    """Yield the words of a text with letters that only look alike, and known names that they spell."""
    plain = text.translate(_TABLE)
    if plain == text:
        return
    lines = _Lines(text)
    end = 0
    spans = {*_names(lines, plain, finders, language), *_mixed_words(lines)}
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield LookAlike(start, " ".join(text[start:stop].split()), " ".join(plain[start:stop].split()))
            end = stop


class _Lines:
    """Tells which words of a text are among words of another alphabet."""

    def __init__(self, text: str) -> None:
        self.text = text
        lines = text.split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        self._foreign = [bool(_UNLIKE.search(line)) for line in lines]
        self._has_foreign_line = any(self._foreign)
        self._has_one_word = [len(list(islice(_WORD.finditer(line), 2))) == 1 for line in lines]

    def is_foreign(self, start: int) -> bool:
        """Tell whether the line of a word is in another alphabet, or the text if the word is alone there."""
        number = bisect_right(self._starts, start) - 1
        return self._foreign[number] or (self._has_foreign_line and self._has_one_word[number])


def _names(
    lines: _Lines, plain: str, finders: Iterable[PhraseFinder[str]], language: str
) -> Iterator[tuple[int, int]]:
    for finder in finders:
        for match in finder.find(plain, language):
            stop = match.start + len(match.text)
            written = lines.text[match.start : stop]
            if written != match.text and (any(map(_is_latin, written)) or not lines.is_foreign(match.start)):
                yield match.start, stop


def _mixed_words(lines: _Lines) -> Iterator[tuple[int, int]]:
    for word in _WORD.finditer(lines.text):
        if not word.group().isascii() and _is_mixed(word.group(), word.start(), lines):
            yield word.span()


def _is_mixed(word: str, start: int, lines: _Lines) -> bool:
    """Tell whether a word is Latin but for letters that look alike; a foreign ending may be so."""
    alike = [place for place, letter in enumerate(word) if letter in _FOREIGN]
    latin = [place for place, letter in enumerate(word) if _is_latin(letter)]
    if not alike or not latin or len(alike) + len(latin) < len(word):
        return False
    if all(word[place] in _OF_FORMULAS for place in alike):
        return len(latin) >= _LEAST_LATIN and any(latin[0] < place < latin[-1] for place in alike)
    return alike[0] < latin[-1] or not lines.is_foreign(start)


@lru_cache(maxsize=4096)
def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")

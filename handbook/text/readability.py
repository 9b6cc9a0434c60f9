"""How hard an English text is to read: its Flesch-Kincaid grade, the years at school that it requires.

Source: J. P. Kincaid and others, Derivation of New Readability Formulas for Navy Enlisted Personnel,
Research Branch Report 8-75, 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from handbook.text.prose import prose, without_destinations

HARDEST: Final = 9.0
_ADDRESS: Final = re.compile(r"https?://\S+|\S+@\S+\.\w+")
_TAG: Final = re.compile(r"</?(?P<name>[a-z][a-z0-9]*)\b[^>]*>", re.IGNORECASE)
_WITHIN_A_SENTENCE: Final = frozenset("a abbr b code em i kbd mark small span strong sub sup time u".split())  # noqa: SIM905
_ATTRIBUTES: Final = re.compile(r"\{:?[ ]*[.#][^{}\n]*\}")
_RULE_OF_TABLE: Final = re.compile(r"^[ ]*\|?[ :|-]*-[ :|-]*$", re.MULTILINE)
# A heading, an item of a list, a note, a cell and a paragraph each end a sentence, even without a full stop.
_LINE_ALONE: Final = re.compile(r"^[ ]*(?:#{1,6}[ ]|!!!|\?\?\?)[^\n]*$", re.MULTILINE)
_BLOCK: Final = re.compile(r"\n[ \t]*\n|\n(?=[ ]*(?:[-*+]|\d+[.)])[ ])|\|")
_SENTENCE: Final = re.compile(r"[.!?]+[\"'”’)\]*_]*(?=\s+[^a-z\s]|\s*$)")
_MARKER: Final = re.compile(r"^\s*(?:[-*+#>]+|\d+[.)]|!!!|\?\?\?\+?)\s+(?:[a-z]+\s+(?=\"))?", re.MULTILINE)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS: Final = re.compile(r"[aeiouyàâäéèêëîïôöùûü]+")
# Two vowels that are spoken apart, and an ending without a vowel letter of its own.
_ONE_MORE: Final = tuple(
    map(
        re.compile,
        (
            r"(?<![cst])i[ao](?!u)(?!ns?\b)",
            r"(?<!t)ie(?=nc)",
            r"yon|yee",
            r"(?<=[aeouy])ing",
            r"(?<![gq])ua(?!r)",
            r"eo(?!u|ple)",
            r"sms?$",
            r"(?<=[iy])(?:er|est|ity)$",
        ),
    )
)
# An e that is silent, at the end or before an ending.
_ONE_FEWER: Final = tuple(
    map(
        re.compile,
        (
            r"(?<=[^aeiouy])(?<!^.)(?<![^aeiouyrl]l)e$",
            r"(?<=[^aeiouytd])ed$",
            r"(?<=[^aeiouysxzcg])(?<![sc]h)(?<![^aeiouyrl]l)es$",
            r"^(?:some(?!r)|every)(?=[a-z]{3})",
            r"(?<=[^aeiouy])e(?=(?:ty|line|lines|book|ly|ment|ments|ful|less|ness)$)",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class ReadingEase:
    """The counts of a text; `longest` is the number of words in its longest sentence."""

    words: int
    sentences: int
    syllables: int
    longest: int

    @property
    def grade(self) -> float | None:
        """The Flesch-Kincaid grade, or None for a text without words."""
        if not self.words:
            return None
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def reading_ease(
    markdown: str, *, whole_sentences: bool = False, count: Callable[[str], int] | None = None
) -> ReadingEase:
    """Count the words, sentences, and syllables of Markdown whose macros are rendered.

    Code, comments, addresses and numbers are left out. Cells of tables, items of lists and headings are
    sentences of their own, and short ones; with `whole_sentences`, only those that end with a full stop, a
    question mark or an exclamation mark count. `count` counts the syllables of a word in lower case, by
    default as in English.
    """
    counted = [
        _WORD.findall(sentence)
        for sentence in sentences(markdown)
        if not whole_sentences or _SENTENCE.search(sentence)
    ]
    lengths = [len(words) for words in counted if words]
    spoken = sum((count or syllables)(word.lower()) for words in counted for word in words)
    return ReadingEase(sum(lengths), len(lengths), spoken, max(lengths, default=0))


def sentences(markdown: str) -> list[str]:
    """Return the sentences that a reader reads, without most marks of Markdown; some may have no words."""
    text = _TAG.sub(_space_or_break, without_destinations(prose(markdown)))
    text = _ADDRESS.sub(" ", _ATTRIBUTES.sub("", _RULE_OF_TABLE.sub("", text)))
    apart = _LINE_ALONE.sub(r"\n\n\g<0>\n\n", text)
    blocks = (_MARKER.sub("", block) for block in _BLOCK.split(apart))
    parts = (part for block in blocks for part in _SENTENCE.sub(r"\g<0>\0", block).split("\0"))
    return [" ".join(part.split()) for part in parts if part.strip()]


def _space_or_break(tag: re.Match[str]) -> str:
    return "" if tag["name"].lower() in _WITHIN_A_SENTENCE else "\n\n"


@cache
def syllables(word: str) -> int:
    """Return the number of syllables of an English word in lower case, judging by its letters.

    Of 100 words of this handbook, 98 are counted as in the CMU Pronouncing Dictionary.
    """
    return sum(_syllables(part) for part in re.split(r"['’-]", word)) or 1


def _syllables(part: str) -> int:
    count = len(_VOWELS.findall(part))
    count += sum(len(pattern.findall(part)) for pattern in _ONE_MORE)
    count -= sum(len(pattern.findall(part)) for pattern in _ONE_FEWER)
    return max(count, 1) if count or len(part) > 1 else 0

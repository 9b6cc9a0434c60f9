"""What keeps a change from being editorial: it touches what a rule says, or more than a few words."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import chain, takewhile
from pathlib import Path
from typing import Final

import yaml

from handbook.text.counting import counted
from handbook.text.markdown.reading_text import reading_text
from handbook.text.prose import layout
from handbook.text.redline import Mark, Piece, redline

# A misspelled word, or a broken sentence; whoever changes more has rewritten something.
MOST_WORDS: Final = 8
_SHARE_OF_PAGE: Final = 20
_WORDS: Final = Path(__file__).with_name("words_of_meaning.yml")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TWICE: Final = re.compile(r"\b(\w+)(?:\s+\1)+\b", re.IGNORECASE)
_MOST_NAMED: Final = 3
_MARKUP: Final = re.compile(r"[<>{}]|https?:|\]\(|~~")
# What decides where a text stands, whether readers see it at once, or whether they see it at all: a cell too
# many is left out of a table, and a paragraph can be the title of a link that nothing refers to.
_FRAME: Final = re.compile(r"^[ \t>]*+(?:#|!!!|\?\?\?|\[[^\]\n]++\]:)|(?<!\\)\|")
_PLACE_ENDS: Final = re.compile(r"\n+|\|")
# A misspelled word shares at least this much with the one that was meant: `wrok` and `work`.
_LEAST_ALIKE: Final = 0.75
# In a shorter word, another letter makes another word: `hire` and `fire`.
_SHORTEST_COMPARED: Final = 6
# What makes a word of its contrary, as in `unpaid` and `external`. However short, it is not a misspelling.
_BEGINNINGS: Final = frozenset(
    (
        *("", "un", "in", "im", "il", "ir", "dis", "non", "dé", "mal", "ex", "en", "de", "on", "off", "out"),
        *("over", "under", "inter", "intra", "extra", "pre", "post", "mis", "re", "anti"),
    )
)
# One beginning, which is often misspelled, as in `imformation`.
_SAME_BEGINNING: Final = frozenset(("in", "im", "il", "ir"))
# `employer` and `employee`, and the same in French.
_ENDINGS: Final = ({"r", "e"}, {"or", "ee"}, {"eur", "é"}, {"eur", "ée"})
# Shorter words, such as articles, come and go everywhere.
_SHORTEST_MOVED: Final = 4
_PERSONS: Final = ("i", "we", "you", "they")
_NAMES: Final = {
    "permission": "a word of permission",
    "duty": "a word of duty",
    "negation": "a negation",
    "number": "a number",
    "date": "a date or a time",
}


def editorial_limits_hit(before: str, after: str, language: str, *, is_binding: bool = False) -> list[str]:
    """Return why a change of a text in a language is more than editorial, if it is; nothing otherwise.

    Of a binding text, a page of policy or law, only the spelling of words and those of grammar may change: no
    list has every word that can turn a rule around, such as `take the lower level` for `the higher one`.
    """
    pieces = redline(before, after)
    removed, added = (
        " ".join(piece.text for piece in pieces if piece.mark is mark)
        for mark in (Mark.DELETED, Mark.INSERTED)
    )
    touched = dict.fromkeys([*_touched(removed, added), *_touched(_read(before), _read(after))])
    changed = f"{removed} {added} {' '.join(touched)}"
    reasons = [
        *_changes(changed),
        *_frames(before, after),
        *_moves(pieces, language),
        *_meanings(touched, language),
        *_persons(_read(before), _read(after), language),
        *_sizes(removed, added, before),
    ]
    return reasons or [*(_replacements(_read(before), _read(after), language) if is_binding else ())]


def _read(markdown: str) -> str:
    """Return what a reader reads, whose words are whole: `n**o**t` is a negation."""
    return reading_text(markdown, arguments=True).text


def _touched(before: str, after: str) -> list[str]:
    return [*chain.from_iterable(_gone_and_new(before, after))]


def _gone_and_new(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = (Counter(map(_folded, _WORD.findall(text))) for text in (before, after))
    return [*(old - new)], [*(new - old)]


def _persons(before: str, after: str, language: str) -> Iterator[str]:
    """Say that someone else is meant, as in `you decide` for `we decide`; a missing word may be added."""
    former, now = (_persons_meant(_TWICE.sub(r"\1", text), language) for text in (before, after))
    rest = iter(now)
    if not all(person in rest for person in former):
        yield "it changes who is meant"


def _persons_meant(text: str, language: str) -> list[str]:
    persons = {word: person for person in _PERSONS for word in _words_of(person, language)}
    return [persons[word] for word in map(_folded, _WORD.findall(text)) if word in persons]


def _replacements(before: str, after: str, language: str) -> Iterator[str]:
    """Say which words came or went that are neither misspelled ones nor words of grammar."""
    before, after = (_TWICE.sub(r"\1", text) for text in (before, after))
    gone, new = _gone_and_new(before, after)
    if sorted("".join(gone)) == sorted("".join(new)):  # `on line` and `online`
        return
    harmless, used = _words_of("grammar", language), set(map(_folded, _WORD.findall(after)))
    corrected = [(wrong, right) for wrong in gone for right in new if _is_corrected(wrong, right, used)]
    known = harmless.union(*corrected)
    if others := [word for word in (*gone, *new) if word not in known]:
        yield f"it changes more than spelling ({', '.join(others[:_MOST_NAMED])})"


def _is_corrected(wrong: str, right: str, used: Collection[str]) -> bool:
    """Tell whether one word is the other, misspelled. A word that the text uses elsewhere is not."""
    shorter, longer = sorted((wrong, right), key=len)
    return (wrong not in used or longer.startswith(shorter)) and _are_alike(shorter, longer)


def _are_alike(shorter: str, longer: str) -> bool:
    if _are_contrary(shorter, longer):
        return False
    if len(shorter) < _SHORTEST_COMPARED:
        return _is_slip(shorter, longer)
    return SequenceMatcher(None, shorter, longer, autojunk=False).ratio() >= _LEAST_ALIKE


def _is_slip(shorter: str, longer: str) -> bool:
    """Tell whether one letter of a word is missing, or two neighbors have changed places."""
    start = _shared(shorter, longer)
    if len(shorter) < len(longer):
        return shorter[start:] == longer[start + 1 :]
    swapped = shorter[start : start + 2][::-1] + shorter[start + 2 :]
    return swapped == longer[start:]


def _are_contrary(word: str, other: str) -> bool:
    """Tell whether two words differ by a part that turns one into the other's contrary or counterpart."""
    after = _shared(word[::-1], other[::-1])
    begins = {word[: len(word) - after], other[: len(other) - after]}
    if begins <= _BEGINNINGS and not begins <= _SAME_BEGINNING:
        return True
    word, other = word.removesuffix("s"), other.removesuffix("s")
    before = _shared(word, other)
    return {word[before:], other[before:]} in _ENDINGS


def _shared(word: str, other: str) -> int:
    """Return how many letters two words share at their beginnings."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))


def _changes(changed: str) -> Iterator[str]:
    if any(map(str.isnumeric, changed)):
        yield "it changes a number"
    if _MARKUP.search(changed):
        yield "it changes HTML, an expression, or a link"


def _frames(before: str, after: str) -> Iterator[str]:
    if _frame(before) != _frame(after):
        yield "it changes a heading, a box, a table, or a link"


def _frame(markdown: str) -> list[list[str]]:
    """Return the marks of each line that has any; of a heading, not which level it has."""
    lines = map(_FRAME.findall, layout(markdown).split("\n"))
    return [[mark.strip(" \t>") for mark in marks] for marks in lines if marks]


def _moves(pieces: Sequence[Piece], language: str) -> Iterator[str]:
    """Yield that words moved to another line or cell, where what is said about them may be the opposite."""
    left, came = _places(pieces, Mark.DELETED), _places(pieces, Mark.INSERTED)
    moved = [word for word in left.keys() & came.keys() if left[word] != came[word]]
    telling = [word for word in moved if len(word) >= _SHORTEST_MOVED or any(_meanings([word], language))]
    if telling:
        yield f"it moves words to another line or cell ({min(telling)})"


def _places(pieces: Iterable[Piece], mark: Mark) -> Mapping[str, set[int]]:
    """Return the numbers of the lines and cells in which a change deleted, or inserted, each word."""
    places, place = defaultdict(set), 0
    for piece in pieces:
        if piece.mark in (Mark.KEPT, mark):
            for number, part in enumerate(_PLACE_ENDS.split(piece.text), place):
                for word in _WORD.findall(part) if piece.mark is mark else ():
                    places[_folded(word)].add(number)
                place = number
    return places


def _meanings(touched: Iterable[str], language: str) -> Iterator[str]:
    for kind, name in _NAMES.items():
        words = _words_of(kind, language)
        yield from (f"it changes {name} ({word})" for word in touched if word in words)


def _words_of(kind: str, language: str) -> frozenset[str]:
    """Return the words of a kind in a language, or in all languages if it is not known."""
    known = _words_of_meaning()
    if language in known:
        return known[language][kind]
    return frozenset().union(*(kinds[kind] for kinds in known.values()))


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")


def _sizes(removed: str, added: str, before: str) -> Iterator[str]:
    count = max(len(_WORD.findall(text)) for text in (removed, added))
    most = max(1, min(MOST_WORDS, len(_WORD.findall(before)) // _SHARE_OF_PAGE))
    if count > most:
        yield f"it changes {counted(count, 'word')}, and at most {most} of this page count as editorial"


@cache
def _words_of_meaning() -> Mapping[str, Mapping[str, frozenset[str]]]:
    by_language = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return {
        language: {kind: frozenset(map(str, words)) for kind, words in kinds.items()}
        for language, kinds in by_language.items()
    }

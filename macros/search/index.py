"""The index of a language as one JSON file: pages, their sections, and how well each word fits each section.

The weight of a word in a section is that of BM25 over fields (Robertson and Zaragoza, "The Probabilistic
Relevance Framework", 2009), so that a reader's browser only adds numbers.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from macros.search.sections import Section
from macros.search.words import stop_words, words_of

# How much a word counts in what staff ask, in a heading, in the title of the page, and in the text.
_WEIGHTS: Final = {"asked": 5.0, "heading": 4.0, "title": 2.5, "text": 1.0}
_SATURATION: Final = 1.5
_LENGTH: Final = 0.6
# A weight is sent as a whole number.
_PRECISION: Final = 10
_SENTENCE: Final = 160


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page as the search knows it. `is_quiet` pages answer only who asks for them by name.

    `language` is that of the page, which is not translated if it is another than that of the index.
    `asked_as` are words of staff, by the anchor of a section; those of the whole page are at an empty one.
    """

    address: str
    title: str
    line: str
    language: str
    is_quiet: bool
    sections: Sequence[Section]
    asked_as: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def top(self) -> Section | None:
        """Return the section that stands for the whole page: the first that is not a line at a glance."""
        return next((section for section in self.sections if not section.sign), None)


@dataclass(frozen=True, slots=True)
class SearchContact:
    """Whom to ask if nothing is found, and the words of the subject.

    `language` is that of the role's name if it is not that of the index.
    """

    role: str
    language: str | None
    email: str
    phone: str
    words: Sequence[str]


def index_of(
    pages: Sequence[SearchPage],
    contacts: Sequence[SearchContact],
    language: str,
    spellings: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Return the index of the pages of a language; `search_answers.js` says what each part of it is.

    `spellings` are other spellings of words, which find the same.
    """
    rows = [(number, page, section) for number, page in enumerate(pages) for section in page.sections]
    families, postings = _postings([(page, section) for _, page, section in rows], language)
    families |= {
        other: families[word]
        for other, word in spellings.items()
        if word in families and other not in families
    }
    names = sorted(set(families.values()))
    number_of = {stem: number for number, stem in enumerate(names)}
    words = sorted(families)
    index = {
        "pages": [
            [page.address, page.title, page.line, int(page.is_quiet), *_other(page.language, language)]
            for page in pages
        ],
        "sections": [
            [number, section.anchor, section.heading, _sentence(section), section.sign, *_own(section, page)]
            for number, page, section in rows
        ],
        "words": words,
        "families": [number_of[families[word]] for word in words],
        "postings": [_flat(postings[stem]) for stem in names],
        "stop": sorted(stop_words(language)),
        "contacts": [
            [
                *(contact.role, contact.email, contact.phone, sorted(_stems(contact.words, language))),
                *([contact.language] if contact.language else []),
            ]
            for contact in contacts
        ],
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()


def _other(language: str, than: str) -> list[str]:
    """Return a language if it is another, so that most rows of the index are one item shorter."""
    return [] if language == than else [language]


def _own(section: Section, page: SearchPage) -> list[str]:
    """Return the languages of the heading and of the text of a section, if one is not that of its page."""
    languages = [section.heading_language or page.language, section.text_language or page.language]
    return [] if languages == [page.language, page.language] else languages


def _stems(texts: Iterable[str], language: str) -> set[str]:
    return {word for text in texts for word, _ in words_of(text, language)}


def _postings(
    rows: Sequence[tuple[SearchPage, Section]], language: str
) -> tuple[dict[str, str], dict[str, list[tuple[int, int]]]]:
    """Return the stem of each word, and for each stem the sections that have it with their weights."""
    families: dict[str, str] = {}
    counts = [_counted(page, section, language, families) for page, section in rows]
    lengths = {name: _average(counts, name) for name in _WEIGHTS}
    frequencies: dict[str, dict[int, float]] = defaultdict(dict)
    for number, fields in enumerate(counts):
        for stem, frequency in _frequencies(fields, lengths).items():
            frequencies[stem][number] = frequency
    return families, {stem: list(_weighed(found, len(rows))) for stem, found in frequencies.items()}


def _counted(
    page: SearchPage, section: Section, language: str, families: dict[str, str]
) -> dict[str, Counter[str]]:
    is_top = section is page.top
    asked = [*page.asked_as.get(section.anchor, ()), *(page.asked_as.get("", ()) if is_top else ())]
    texts = {
        "asked": "\n".join(asked if section.anchor or is_top else ()),
        "heading": section.heading,
        "title": page.title,
        "text": "" if page.is_quiet else f"{section.text}\n{page.line if is_top else ''}",
    }
    counts = {}
    for name, text in texts.items():
        pairs = list(words_of(text, language))
        for word, stem in pairs:
            families.setdefault(word, stem)
        counts[name] = Counter(families[word] for word, _ in pairs)
    return counts


def _average(counts: Sequence[Mapping[str, Counter[str]]], name: str) -> float:
    sizes = [fields[name].total() for fields in counts]
    return max(sum(sizes) / max(sum(map(bool, sizes)), 1), 1)


def _frequencies(fields: Mapping[str, Counter[str]], lengths: Mapping[str, float]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for name, counts in fields.items():
        relative = 1 - _LENGTH + _LENGTH * counts.total() / lengths[name]
        for stem, count in counts.items():
            found[stem] += _WEIGHTS[name] * count / relative
    return found


def _weighed(found: Mapping[int, float], total: int) -> Iterator[tuple[int, int]]:
    rarity = math.log(1 + (total - len(found) + 0.5) / (len(found) + 0.5))
    for number, frequency in sorted(found.items()):
        yield number, max(1, round(_PRECISION * rarity * frequency / (_SATURATION + frequency)))


def _flat(pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Return pairs of section and weight as one list, each section as the distance from the one before."""
    flat, last = [], 0
    for number, weight in pairs:
        flat += [number - last, weight]
        last = number
    return flat


def _sentence(section: Section) -> str:
    """Return how the text of a section begins, up to the end of a sentence or of a word."""
    text = section.text
    if len(text) <= _SENTENCE:
        return text
    start = text[:_SENTENCE]
    end = max(start.rfind(mark) for mark in (". ", "? ", "! "))
    return start[: end + 1] if end > _SENTENCE // 3 else f"{start.rpartition(' ')[0]} …"

"""The index of a language: how well each word fits each section, and a small file of texts for each page.

A reader's browser loads the first when the field is used, and of the second only what it shows. The weight of
a word in a section is that of BM25 over fields (Robertson and Zaragoza, "The Probabilistic Relevance
Framework", 2009): how rare the word is, which the browser counts in the index, times how much of the section
it fills, which is sent as one of a few levels.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Final

from macros.search.sections import Section
from macros.search.words import counted_words, stop_words, words_of

# How much a word counts in what staff ask, in a heading, in the title of the page, and in the text.
_WEIGHTS: Final = {"asked": 5.0, "heading": 4.0, "title": 2.5, "text": 1.0}
_SATURATION: Final = 1.5
_LENGTH: Final = 0.6
# How many levels there are; `search_answers.js` knows it too. More than eight find no better.
_LEVELS: Final = 8
_SENTENCE: Final = 160
# How many digits of a checksum name a file.
_NAME: Final = 10


class Precedence(Enum):
    """Whom a page answers first.

    A `SPECIAL` page is about one platform: a page that is about all of them comes before it, unless somebody
    names the platform. A `QUIET` page is about the handbook itself, and is found by its headings alone. A
    page of `CARDS` lists questions with their answers: one of them answers, and all say little more.
    """

    GENERAL = 0
    QUIET = 1
    SPECIAL = 2
    CARDS = 3


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page as the search knows it.

    `language` is that of the page, which is not translated if it is another than that of the index.
    `asked_as` are words of staff, by the anchor of a section; those of the whole page are at an empty one.
    """

    address: str
    title: str
    line: str
    language: str
    place: Precedence
    sections: Sequence[Section]
    asked_as: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def top(self) -> Section | None:
        """Return the section that represents the whole page: the first that is not a line at a glance."""
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
    labels: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, bytes]:
    """Return the files of the search in a language by what follows its name; `search_answers.js` reads them.

    The texts of a page are in a file that is named by what it holds, so that an index never meets the texts
    of another build. `spellings` are other spellings of words, which find the same, and `labels` are the
    words around the results, which no page has to carry.
    """
    texts = [_encoded(_texts(page)) for page in pages]
    names = [f"{hashlib.sha256(text).hexdigest()[:_NAME]}.json" for text in texts]
    index = _encoded({**_index(pages, names, contacts, language, spellings), "labels": dict(labels)})
    return {".json": index, **{f"/{name}": text for name, text in zip(names, texts, strict=True)}}


def _index(
    pages: Sequence[SearchPage],
    names: Sequence[str],
    contacts: Sequence[SearchContact],
    language: str,
    spellings: Mapping[str, str],
) -> dict[str, object]:
    rows = [(page, section) for page in pages for section in page.sections]
    families, postings = _postings(rows, language)
    families |= {
        other: families[word]
        for other, word in spellings.items()
        if word in families and other not in families
    }
    words = sorted(families)
    stems = list(dict.fromkeys(families[word] for word in words))
    return {
        "pages": [
            [
                *(page.address, page.title, name, len(page.sections), page.place.value),
                *_other(page.language, language),
            ]
            for page, name in zip(pages, names, strict=True)
        ],
        "words": words,
        "families": list(_distances([families[word] for word in words])),
        "postings": [_flat(postings[stem]) for stem in stems],
        "stop": sorted(stop_words(language)),
        "contacts": [
            [
                *(contact.role, contact.email, contact.phone, sorted(_stems(contact.words, language))),
                *([contact.language] if contact.language else []),
            ]
            for contact in contacts
        ],
    }


def _texts(page: SearchPage) -> list[object]:
    sections = [
        [section.anchor, section.heading, _sentence(section), section.sign, *_own(section, page)]
        for section in page.sections
    ]
    return [page.line, sections]


def _encoded(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


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
    return families, {stem: list(_leveled(weights)) for stem, weights in frequencies.items()}


def _counted(
    page: SearchPage, section: Section, language: str, families: dict[str, str]
) -> dict[str, Counter[str]]:
    is_top = section is page.top
    asked = [*page.asked_as.get(section.anchor, ()), *(page.asked_as.get("", ()) if is_top else ())]
    texts = {
        "asked": "\n".join(asked if section.anchor or is_top else ()),
        "heading": section.heading,
        "title": page.title,
        "text": "" if page.place is Precedence.QUIET else f"{section.text}\n{page.line if is_top else ''}",
    }
    counts: dict[str, Counter[str]] = {name: Counter() for name in texts}
    for name, text in texts.items():
        for word, stem, count in counted_words(text, language):
            counts[name][families.setdefault(word, stem)] += count
    return counts


def _average(counts: Sequence[Mapping[str, Counter[str]]], name: str) -> float:
    sizes = [fields[name].total() for fields in counts]
    return max(sum(sizes) / max(sum(map(bool, sizes)), 1), 1)


def _frequencies(fields: Mapping[str, Counter[str]], lengths: Mapping[str, float]) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    for name, counts in fields.items():
        relative = 1 - _LENGTH + _LENGTH * counts.total() / lengths[name]
        for stem, count in counts.items():
            weights[stem] += _WEIGHTS[name] * count / relative
    return weights


def _leveled(weights: Mapping[int, float]) -> Iterator[tuple[int, int]]:
    """Yield each section with the level of its frequency, from 0 to one less than there are levels."""
    for number, frequency in sorted(weights.items()):
        yield number, int(_LEVELS * frequency / (_SATURATION + frequency))


def _distances(stems: Sequence[str]) -> Iterator[int]:
    """Yield for each stem, in the order of the words, how many stems ago it was new; 0 if it is new here."""
    first: dict[str, int] = {}
    for stem in stems:
        yield len(first) - first[stem] if stem in first else 0
        first.setdefault(stem, len(first))


def _flat(pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Return each section as the distance from the one before, and its level, in one number."""
    flat, last = [], 0
    for number, level in pairs:
        flat.append((number - last) * _LEVELS + level)
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

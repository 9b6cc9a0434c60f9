"""What guidance of a place has found over-broad in policies: typed data from the files in `data/`.

`subjects.yml` has the subjects with their codes, a file a language (`en.yml`) has what tells people what to
do, and a file a place (`us.yml`) has triggers, cures, and what they rest on.

A pattern is a regular expression over a sentence in any case. A space in it is any white space, `{company}`
is one of the expressions listed under `words` of its language, and it begins and ends at the edges of words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Final, Literal

import yaml
from pydantic import Field

from handbook.content.sectors import Jurisdiction
from handbook.rules.wording.needed_words import Needs, can_match, folded, needed_words, rarest
from handbook.yaml.record import Record

_FOLDER: Final = Path(__file__).with_name("data")
_WORD: Final = re.compile(r"\{([a-z_]+)\}")
# Words that belong together are at most this far apart. If a sentence never ends, a search from
# each word that may begin a match to its end takes time that grows with the square of its length.
_REST_OF_SENTENCE: Final = "[^.]*"
_WITHIN_REACH: Final = "[^.]{0,600}"
_Level = Literal["error", "warning", "info"]


class Subject(Record):
    """A subject of wording, with the code of its rule, a line that it rejects, and one that it accepts."""

    code: Annotated[str, Field(pattern=r"^WRD\d{3}$")]
    title: str
    reason: str
    bad: str
    good: str


class Language(Record):
    """What the sentences of a language have in common.

    Only a sentence that matches `directives`, or whose lead does, or that begins with one of `imperatives`
    tells people what to do; `permissions` say what they may do. `examples` are titles of columns, sections,
    and notes that show wording which is not meant. `leads` have what a macro writes above a list, by keyword.
    """

    words: dict[str, str]
    directives: list[str]
    imperatives: str
    permissions: list[str]
    examples: list[str]
    leads: dict[str, str]


class Source(Record):
    """A decision or a memorandum: what it says in a few words, its date, and where it can be read."""

    says: str
    decided: date
    title: str
    address: str


class Standard(Source):
    """What a judgment rests on, and what has changed since."""

    later: Source | None = None


class Trigger(Record):
    """Wording that guidance has faulted.

    `words` is the pattern. With `directive: false`, the sentence need not tell anybody what to do. `unless`
    are patterns of the sentence with which it is not meant, and `below` is a pattern that must be in what
    introduces the list, so that "Discuss pay" is faulted only below "Do not:". `half` is which half of the
    judged clauses its author had read: a trigger is measured on the other half.
    """

    words: str
    level: _Level
    directive: bool = True
    below: str | None = None
    half: Literal[1, 2] | None = None
    unless: Sequence[str] = ()


class Cure(Record):
    """What makes wording narrower, and what is left of it.

    `words` is a pattern of the sentence, of its paragraph with the lists that belong to it, or of the page.
    """

    words: str
    within: Literal["sentence", "around", "page"] = "around"
    leaves: Literal["nothing", "info"] = "nothing"
    only_for: Sequence[_Level] = ("error", "warning", "info")


class Clause(Record):
    """What a place says about a subject: triggers, cures, why it was faulted, and what to write instead."""

    why: str
    write: str
    standard: str
    triggers: list[Trigger]
    cures: Sequence[Cure] = ()


class Place(Record):
    """The guidance of a place in a language. `employers` says to whom it applies."""

    jurisdiction: Jurisdiction
    language: str
    employers: Literal["private", "public", "all"]
    standards: dict[str, Standard]
    subjects: dict[str, Clause]

    @cached_property
    def triggers(self) -> Sequence["PlacedTrigger"]:
        """All triggers, in the order of the subjects."""
        return [
            PlacedTrigger(order, subject, self, clause, trigger, tuple(sorted(needs, key=len)))
            for order, (name, subject) in enumerate(subjects().items())
            if (clause := self.subjects.get(name))
            for trigger in clause.triggers
            for needs in [needed_words(expression(trigger.words, self.language))]
        ]

    @cached_property
    def by_word(self) -> Mapping[bytes, Sequence[int]]:
        """The numbers of the triggers for each word, in UTF-8, of which a sentence needs one for them."""
        numbers: defaultdict[bytes, list[int]] = defaultdict(list)
        for number, placed in enumerate(self.triggers):
            for word in rarest(placed.needs):
                numbers[word.encode()].append(number)
        return numbers


@dataclass(frozen=True, slots=True)
class PlacedTrigger:
    """A trigger of a place, in the order of its subject, and the words without which it need not be tried.

    The shortest list of words comes first, since it tells soonest that there is nothing to try.
    """

    order: int
    subject: Subject
    place: Place
    clause: Clause
    trigger: Trigger
    needs: Needs


@cache
def subjects() -> Mapping[str, Subject]:
    """Return what the guidance is about, by the names that clauses use."""
    return {name: Subject.model_validate(value) for name, value in _read("subjects")["subjects"].items()}


@cache
def language_of(name: str) -> Language | None:
    """Return what is known of a language, or None if nothing is."""
    file = _FOLDER / "languages" / f"{name}.yml"
    return Language.model_validate(_read(f"languages/{name}")) if file.is_file() else None


@cache
def places() -> Sequence[Place]:
    """Return the guidance of every place, in the order of the files."""
    names = sorted(file.stem for file in (_FOLDER / "places").glob("*.yml"))
    return [Place.model_validate(_read(f"places/{name}")) for name in names]


def places_for(jurisdictions: Iterable[Jurisdiction], *, is_public: bool) -> Sequence[Place]:
    """Return the guidance for an organization in every language; `is_public` says it is a public body."""
    wanted = set(jurisdictions)
    employers = {"all", "public" if is_public else "private"}
    return [place for place in places() if place.jurisdiction in wanted and place.employers in employers]


def data_files() -> Sequence[Path]:
    """Return every file that the guidance is read from, so that a change of one can be noticed."""
    return sorted(_FOLDER.rglob("*.yml"))


def _read(name: str) -> dict[str, dict[str, object]]:
    text = _FOLDER.joinpath(f"{name}.yml").read_text(encoding="utf-8")
    return yaml.load(text, yaml.CSafeLoader)  # type: ignore[no-any-return]


@cache
def pattern(words: str, language: str) -> re.Pattern[str]:
    """Compile a pattern of the guidance; it ignores case."""
    return re.compile(expression(words, language), re.IGNORECASE)


@cache
def expression(words: str, language: str) -> str:
    """Return a pattern of a language as a regular expression."""
    known = language_of(language)
    expanded = _expanded(words, known.words if known else {}).replace(_REST_OF_SENTENCE, _WITHIN_REACH)
    return rf"(?<!\w)(?:{expanded})(?!\w)"


def _expanded(words: str, listed: Mapping[str, str]) -> str:
    """Return a pattern with its lists written out; a list may name another."""

    def replace(match: re.Match[str]) -> str:
        return f"(?:{_expanded(listed[match[1]], listed)})"

    return _WORD.sub(replace, words).replace(" ", r"\s+")


def found(patterns: Sequence[str], language: str, text: str) -> int:
    """Return where the last match of some patterns in a text ends, or -1 if there is none."""
    letters = folded(text)
    able = (words for words in patterns if can_match(needed_words(expression(words, language)), letters))
    matches = (match for words in able for match in pattern(words, language).finditer(text))
    return max((match.end() for match in matches), default=-1)

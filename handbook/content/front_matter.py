"""Reads the block between the two `---` lines at the head of a page, as MkDocs reads it.

MkDocs shows front matter that it cannot read as text of the page, and takes the last of two equal keys.
Here both are problems, with their lines.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, get_args

from handbook.content.audiences import AUDIENCES
from handbook.content.sectors import Jurisdiction, Sector
from handbook.findings import Problem
from handbook.text.hidden_characters import first_hidden
from handbook.text.suggestions import did_you_mean, nearest
from handbook.yaml.located import ImpossibleDate, LocatedMapping, is_plain_date, read_mapping

MAX_BYTES: Final = 32 * 1024
SECTORS: Final[tuple[str, ...]] = get_args(Sector)
JURISDICTIONS: Final[tuple[str, ...]] = get_args(Jurisdiction)
HIDEABLE: Final = ("navigation", "toc", "footer")

# The same expression as in mkdocs.utils.meta, so that both find the same block.
_BLOCK: Final = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_NOT_PLAIN: Final = re.compile(r"[<>]|\{[{%#]")
_OPENING: Final = re.compile(r"^-{3}[ \t]*\n")
_CLOSING_WITHOUT_LINE_END: Final = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of the front matter, the location of each key, and the problems with both.

    `form_problems` make the block or the file unreadable (FMT001); `content_problems` are unknown keys,
    duplicate keys and values of the wrong type (FMT002). `garbled` holds known keys that are misspelled or
    whose value cannot be used, so that no rule reports them as missing, too. `end` counts the characters
    of the text through the closing `---`.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    source: LocatedMapping = field(default_factory=LocatedMapping)
    form_problems: tuple[Problem, ...] = ()
    content_problems: tuple[Problem, ...] = ()
    garbled: frozenset[str] = frozenset()
    readable: bool = True
    end: int = 0

    def text(self, key: str) -> str | None:
        """Return the text at `key`, or None."""
        value = self.values.get(key)
        return value if isinstance(value, str) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts at `key`, or an empty one."""
        value = self.values.get(key)
        return tuple(str(item) for item in value) if isinstance(value, list) else ()

    def day(self, key: str) -> datetime.date | None:
        """Return the date at `key`, or None if it is missing or not a plain date."""
        value = self.values.get(key)
        return value if isinstance(value, datetime.date) and is_plain_date(value) else None


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter of a page's text, whose lines end with LF."""
    block = _BLOCK.match(text)
    if not block:
        return _unreadable(_without_block(text))
    if len(block[1]) > MAX_BYTES:
        size = f"{len(block[1]) // 1000} kB"
        return _unreadable(Problem(1, f"the front matter has {size}; keep it under {MAX_BYTES // 1024} kB"))
    source = read_mapping(block[1], first_line=2)
    if source.problem:
        return _unreadable(source.problem)
    return _judge(source, block.end())


def _unreadable(problem: Problem) -> FrontMatter:
    return FrontMatter(form_problems=(problem,), readable=False)


def _without_block(text: str) -> Problem:
    if not text.strip():
        return Problem(1, "the file is empty; write front matter and text, or delete the file")
    if _OPENING.match(text):
        if _CLOSING_WITHOUT_LINE_END.match(text):
            last = text.count("\n") + 1
            return Problem(last, "the page ends with its front matter; write its text below the `---`")
        return Problem(1, "the front matter never ends; close it with a line `---`")
    if stray := re.match(r"\s*-{3}[ \t]*\n", text):
        line = stray.group().count("\n")
        return Problem(
            line, "the front matter must begin on the first line, with `---` and nothing before it"
        )
    return Problem(1, "no front matter; begin the page with `---`, its keys, and `---`")


def _judge(source: LocatedMapping, end: int) -> FrontMatter:
    """Compare the front matter with the keys and types that a page may have."""
    problems = [
        Problem.at(location, f"'{key}' is set a second time; keep one of the two")
        for location, key in source.duplicates
    ]
    values: dict[str, object] = {}
    garbled: set[str] = set()
    for key, value in source.data.items():
        judge = KEYS.get(key)
        if judge is None:
            message = f"unknown key '{key}'; {did_you_mean(key, KEYS)}"
            problems.append(Problem.at(source.location_of((key,)), message))
            garbled.update(filter(None, [nearest(key, KEYS)]))
            continue
        try:
            judge(key, value)
        except ValueError as error:
            problems.append(Problem.at(source.value_location_of((key,)), str(error)))
            garbled.add(key)
        else:
            values[key] = value
    garbled -= values.keys()
    return FrontMatter(values, source, content_problems=tuple(problems), garbled=frozenset(garbled), end=end)


def _text(key: str, value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} must be a text; write for example `{key}: {EXAMPLES[key]}`")
    if "\n" in value.strip():
        raise ValueError(f"{key} must be one line")
    if hidden := first_hidden(value):
        raise ValueError(f"{key}: {hidden}")


def _shown_text(key: str, value: object) -> None:
    """Refuse HTML and variables in a text that the theme prints, because neither would work there."""
    _text(key, value)
    if markup := _NOT_PLAIN.search(str(value)):
        raise ValueError(f"{key} must be plain text; remove `{markup.group()}`")


def _date(key: str, value: object) -> None:
    if not is_plain_date(value):
        raise ValueError(f"{key} {explain_date(value)}; write for example `{key}: {EXAMPLES[key]}`")


def _one_value(key: str, value: object) -> None:
    """Refuse a value that may hold an impossible date: MkDocs reads nothing of a block that holds one."""
    if isinstance(value, ImpossibleDate | list | dict):
        raise ValueError(f"{key} cannot be read; write for example `{key}: {EXAMPLES[key]}`")


def _anything(key: str, value: object) -> None:
    """Accept any value, because rules of their own judge the key."""


def _one_of(choices: tuple[str, ...]) -> Callable[[str, object], None]:
    def judge(key: str, value: object) -> None:
        _list(key, value)
        for item in value if isinstance(value, list) else ():
            if item not in choices:
                raise ValueError(f"{key} has '{item}'; {did_you_mean(str(item), choices)}")

    return judge


def _list(key: str, value: object) -> None:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{key} must be a list; write for example `{key}: {EXAMPLES[key]}`")


def _applies_to(key: str, value: object) -> None:
    if not isinstance(value, dict) or not value:
        raise ValueError(
            f"{key} must name sectors or jurisdictions; write for example `{key}: {EXAMPLES[key]}`"
        )
    choices = {"sectors": SECTORS, "jurisdictions": JURISDICTIONS}
    for name, items in value.items():
        if name not in choices:
            raise ValueError(f"{key} has '{name}'; {did_you_mean(name, choices)}")
        if not isinstance(items, list) or not items:
            raise ValueError(f"{key} must hold lists; write for example `{key}: {EXAMPLES[key]}`")
        for item in items:
            if item not in choices[name]:
                raise ValueError(f"{key} has '{item}'; {did_you_mean(str(item), choices[name])}")


def explain_date(value: object) -> str:
    """Return why a value is not a plain date, to be read after the name of its key."""
    if isinstance(value, ImpossibleDate):
        return f"is {value.text}, a day that no calendar has"
    if isinstance(value, datetime.datetime):
        return "has a time of day; write the day alone"
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return "is in quotes; remove the quotes"
    return "is not a date"


# The known keys, and the function that judges the value of each. REV001, REV002 and REV004 judge the review
# keys.
KEYS: Final[Mapping[str, Callable[[str, object], None]]] = {
    "title": _shown_text,
    "description": _shown_text,
    "owner": _text,
    "last_reviewed": _anything,
    "review_every": _one_value,
    "audience": _one_of(AUDIENCES),
    "legal_review": _date,
    "sources": _list,
    "applies_to": _applies_to,
    "hide": _one_of(HIDEABLE),
}

EXAMPLES: Final = {
    "title": "Facebook guidelines",
    "description": "What account holders do, from opening a page to closing it.",
    "owner": "communications-lead",
    "review_every": "3 months",
    "audience": "[work]",
    "legal_review": "2026-10-09",
    "sources": "[meta-terms]",
    "applies_to": "{sectors: [healthcare]}",
    "hide": "[toc]",
}

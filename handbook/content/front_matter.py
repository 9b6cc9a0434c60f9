"""Reads the block between the two `---` lines at the head of a page, as MkDocs reads it.

MkDocs shows front matter that it cannot read as text of the page, and takes the last of two equal keys.
Here both are problems, with their lines.
"""

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, get_args

from handbook.content.asked_as import EXAMPLE as ASKED_AS
from handbook.content.asked_as import read_asked_as
from handbook.content.audiences import AUDIENCES
from handbook.content.sectors import Jurisdiction, Sector
from handbook.content.translation.marks import MARKS_FORM
from handbook.findings import Problem
from handbook.text.characters import plain_characters
from handbook.text.hidden_characters import first_hidden
from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean, nearest
from handbook.yaml.located import KeyPath, LocatedMapping, read_mapping
from handbook.yaml.quotes import can_be_read, in_quotes
from handbook.yaml.values import ImpossibleDate, is_plain_date
from handbook.yaml.written_dates import explain_date
from handbook.yaml.written_texts import not_a_text

MAX_BYTES: Final = 32 * 1024
# What a page says in place of a day if it came with the handbook and nobody here has reviewed it yet.
NEVER: Final = "never"
SECTORS: Final[tuple[str, ...]] = get_args(Sector)
JURISDICTIONS: Final[tuple[str, ...]] = get_args(Jurisdiction)
HIDEABLE: Final = ("navigation", "toc", "footer")

# The same expression as in mkdocs.utils.meta, so that both find the same block.
_BLOCK: Final = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_NOT_PLAIN: Final = re.compile(r"[<>]|\{[{%#]")
_MACRO: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_MARKS: Final = re.compile(MARKS_FORM)
_OPENING: Final = re.compile(r"^-{3}[ \t]*\n")
# Lines that somebody, or a word processor, wrote for `---`.
_NEARLY_A_FENCE: Final = re.compile(r"[-–—−‐_*=~+]{2,}|[–—−]|-(?: -)+")
_BLOCK_BELOW: Final = re.compile(r"^(-{3})[ \t]*\n(?:[a-z_]+:.*\n)+-{3}[ \t]*$", re.MULTILINE)
_KEY: Final = re.compile(r"[A-Za-z_]+\s*[:：](?:\s|$)")
_CLOSING_WITHOUT_LINE_END: Final = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of the front matter, the location of each key, and the problems with both.

    `form_problems` make the block or the file unreadable (FMT001); `content_problems` are unknown keys,
    duplicate keys and values of the wrong type (FMT002). `garbled` holds known keys that are misspelled or
    whose value cannot be used, so that no rule reports them as missing, too. `never` holds the keys of days
    that say so, and that `values` therefore lacks. `end` counts the characters of the text through the
    closing `---`.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    source: LocatedMapping = field(default_factory=LocatedMapping)
    form_problems: tuple[Problem, ...] = ()
    content_problems: tuple[Problem, ...] = ()
    garbled: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
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

    def written(self, key: str) -> str:
        """Return the value at `key` as the file has it; nothing if it has several lines."""
        return self.source.written((key,))


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter of a page's text, whose lines end with LF."""
    block = _BLOCK.match(text)
    if not block:
        return _unreadable(_without_block(text))
    if len(block[1]) > MAX_BYTES:
        size = f"{len(block[1]) // 1000} kB"
        return _unreadable(Problem(1, f"the front matter has {size}; keep it under {MAX_BYTES // 1024} kB"))
    source = read_mapping(block[1], first_line=2)
    if problem := _explained(source, block[1]):
        return _unreadable(problem)
    return _judge(source, block.end())


def _unreadable(problem: Problem) -> FrontMatter:
    return FrontMatter(form_problems=(problem,), readable=False)


def _without_block(text: str) -> Problem:
    if not text.strip():
        return Problem(1, "the file is empty; write front matter and text, or delete the file")
    if _OPENING.match(text):
        return _never_ends(text)
    if stray := re.match(r"\s*-{3}[ \t]*\n", text):
        line = stray.group().count("\n")
        return Problem(
            line, "the front matter must begin on the first line, with `---` and nothing before it"
        )
    first = text.partition("\n")[0].strip(" \t")
    if _is_nearly_a_fence(first):
        return Problem(1, f"the first line is `{one_line(first)}`; write `---`, three hyphens, instead")
    if below := _BLOCK_BELOW.search(text):
        line = text.count("\n", 0, below.start(1)) + 1
        return Problem(line, "the front matter must begin on the first line; move what is above it below it")
    if _KEY.match(first):
        return Problem(1, "no front matter; add a line `---` above the keys, and one below them")
    return Problem(1, "no front matter; begin the page with `---`, its keys, and `---`")


def _never_ends(text: str) -> Problem:
    """Say where the front matter was meant to end."""
    if _CLOSING_WITHOUT_LINE_END.match(text):
        last = text.count("\n") + 1
        return Problem(last, "the page ends with its front matter; write its text below the `---`")
    lines = text.split("\n")
    if lines[1].rstrip(" \t") == "---":
        return Problem(2, "the front matter is empty; write its keys between the two lines `---`")
    for number, line in enumerate(lines[1:], 2):
        if _is_nearly_a_fence(line):
            reason = f"because this line is `{one_line(line.rstrip(' '))}`"
            return Problem(number, f"the front matter never ends, {reason}; write `---`")
    return Problem(1, f"the front matter never ends; add a line `---` below line {_last_key(lines)}")


def _is_nearly_a_fence(line: str) -> bool:
    """Tell whether a line looks like `---`, whatever else is in it that nobody sees."""
    return bool(_NEARLY_A_FENCE.fullmatch("".join(filter(str.isprintable, line)).strip()))


def _last_key(lines: Sequence[str]) -> int:
    """Return the number of the last line that belongs to the keys at the head of a page."""
    last = 1
    for number, line in enumerate(lines[1:], 2):
        if _KEY.match(line) or (line.strip() and last == number - 1 and line[0] in " -"):
            last = number
        elif line.strip():
            break
    return last


def _explained(source: LocatedMapping, block: str) -> Problem | None:
    """Return why the block cannot be read; if it reached into the text of the page, where it should end."""
    problem = source.problem
    last = _last_key(["", *block.split("\n")])
    if problem and problem.line > last + 1 and not block.split("\n")[last - 1].strip():
        return Problem(last, "the front matter does not end here; add a line `---` below this one")
    return problem


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key, its value, and where to look up how the value is written."""

    key: str
    value: object
    source: LocatedMapping

    @property
    def written(self) -> str:
        return self.source.written((self.key,))

    def written_at(self, path: KeyPath) -> str:
        """Return a part of the value as it is written, such as `no`; nothing if it has several lines."""
        return self.source.written((self.key, *path))

    @property
    def comment(self) -> str:
        """What follows the value as a comment; most files have none, and need not be read again."""
        return self.source.comment_after((self.key,)) if "#" in self.source.text else ""

    @property
    def example(self) -> str:
        return f"write for example `{self.key}: {EXAMPLES[self.key]}`"

    def as_list(self, words: Sequence[str]) -> str:
        return f"write `{self.key}: [{', '.join(words)}]`"


def _judge(source: LocatedMapping, end: int) -> FrontMatter:
    """Compare the front matter with the keys and types that a page may have."""
    problems = [Problem.at(location, message) for location, message in source.second_keys()]
    values: dict[str, object] = {}
    garbled: set[str] = set()
    never = frozenset(key for key in _MAY_BE_NEVER if source.data.get(key) == NEVER)
    for key, value in source.data.items():
        if key in never:
            continue
        judge = KEYS.get(key)
        if judge is None:
            problems.append(Problem.at(source.location_of((key,)), _unknown(key, source.data)))
            garbled.update(filter(None, [nearest(key, KEYS)]))
            continue
        try:
            judge(_Entry(key, value, source))
        except ValueError as error:
            path = error.path if isinstance(error, _WrongPart) else ()
            problems.append(Problem.at(source.value_location_of((key, *path)), str(error)))
            garbled.add(key)
        else:
            values[key] = value
    garbled -= values.keys()
    return FrontMatter(
        values,
        source,
        content_problems=tuple(problems),
        garbled=frozenset(garbled),
        never=never,
        end=end,
    )


class _WrongPart(ValueError):
    """What is wrong with one part of a value."""

    def __init__(self, path: KeyPath, message: str) -> None:
        super().__init__(message)
        self.path = path


def _unknown(key: str, keys: Collection[str]) -> str:
    """Say what to do about an unknown key, one of the `keys` of a page."""
    plain = re.sub(r"\W", "", key)
    if plain in KEYS and not key.isprintable():
        return f"an invisible character is in the key; type `{plain}` again"
    meant = nearest(key, KEYS)
    if meant in keys:
        return f"unknown key '{key}', and '{meant}' is set on another line; delete one of the two"
    return f"unknown key '{key}'; {'' if meant else 'delete it, or '}{did_you_mean(key, KEYS)}"


def _text(entry: _Entry) -> None:
    if not isinstance(entry.value, str) or not plain_characters(entry.value).strip():
        raise ValueError(f"{entry.key} {_not_a_text(entry)}")
    if "\n" in entry.value.strip():
        line = " ".join(entry.value.split())
        written = line if can_be_read(f"x: {line}") else in_quotes(line)
        raise ValueError(f"{entry.key} must be one line; write `{entry.key}: {written}`")
    if hidden := first_hidden(entry.value):
        raise ValueError(f"{entry.key}: {hidden}")


def _role(entry: _Entry) -> None:
    if isinstance(entry.value, list) and len(entry.value) == 1:
        raise ValueError(f"{entry.key} is one role, without brackets; write `{entry.key}: {entry.value[0]}`")
    if entry.written and not isinstance(entry.value, str):
        raise ValueError(f"{entry.key} must be the name of a role; {entry.example}")
    _text(entry)


def _not_a_text(entry: _Entry) -> str:
    """Say why a value is not a text, and how it becomes one."""
    if entry.value is None and not entry.written and entry.comment:
        written = in_quotes(entry.comment)
        return f"is empty, because `#` begins a comment; put it in quotes: `{entry.key}: {written}`"
    if isinstance(entry.value, str | None) and not plain_characters(entry.written).strip("|>\"' "):
        return f"is empty; {entry.example}"
    return not_a_text(f"{entry.key}: ", entry.value, entry.written) or f"must be a text; {entry.example}"


def _shown_text(entry: _Entry) -> None:
    """Refuse HTML and variables in a text that the theme prints, because neither would work there."""
    _text(entry)
    if re.match(r"#\w", entry.comment):
        written = in_quotes(f"{entry.value} {entry.comment}")
        raise ValueError(
            f"{entry.key} ends before `{entry.comment}`, because a space and `#` begin a comment;"
            f" put it in quotes: `{entry.key}: {written}`"
        )
    if macro := _MACRO.search(str(entry.value)):
        raise ValueError(f"{entry.key} must be plain text; take out the macro `{macro.group()}`")
    if markup := _NOT_PLAIN.search(str(entry.value)):
        raise ValueError(f"{entry.key} must be plain text; remove `{markup.group()}`")


def _date(entry: _Entry) -> None:
    if not is_plain_date(entry.value):
        raise ValueError(day_problem(entry.key, entry.value, entry.written))


def day_problem(key: str, value: object, written: str) -> str:
    """Say what is wrong with the day of a key, as it is read and as it is written; some may be `never`."""
    if key in _MAY_BE_NEVER and str(value).casefold() == NEVER:
        return f"{key} is '{value}'; write `{key}: {NEVER}`"
    return f"{key} {explain_date(value, written)}"


def _one_value(entry: _Entry) -> None:
    """Refuse a value that may hold an impossible date: MkDocs reads nothing of a block that holds one."""
    if isinstance(entry.value, ImpossibleDate | list | dict):
        raise ValueError(f"{entry.key} cannot be read; {entry.example}")


def _anything(entry: _Entry) -> None:
    """Accept any value, because rules of their own judge the key."""


def _one_of(choices: tuple[str, ...]) -> Callable[[_Entry], None]:
    def judge(entry: _Entry) -> None:
        meant = _list_meant(entry.value, choices)
        if meant is not None and meant != entry.value:
            raise ValueError(f"{entry.key} must be a list of words; {entry.as_list(meant)}")
        if isinstance(entry.value, str) and len(entry.value.split()) == 1:
            closest = nearest(entry.value, choices)
            advice = (
                entry.as_list([closest])
                if closest
                else f"{entry.example}; choose from {', '.join(sorted(choices))}"
            )
            raise ValueError(f"{entry.key} must be a list of words; {advice}")
        for index, item in enumerate(entry.value if isinstance(entry.value, list) else ()):
            if item not in choices:
                written = entry.written_at((index,)) or str(item)
                raise ValueError(f"{entry.key} has '{written}'; {did_you_mean(written, choices)}")
        _list(entry)

    return judge


def _list(entry: _Entry) -> None:
    value = entry.value
    if isinstance(value, list) and value:
        if not all(isinstance(item, str) for item in value):
            raise ValueError(f"{entry.key} must be a list of texts; {_with_texts(entry, value)}")
        return
    meant = _list_meant(value, ())
    raise ValueError(f"{entry.key} must be a list; {entry.as_list(meant) if meant else entry.example}")


def _with_texts(entry: _Entry, items: Sequence[object]) -> str:
    """Say how to write a list if some of its items are not texts."""
    written = [item.strip() for item in entry.written.strip("[]").split(",")]
    if len(written) != len(items):
        return entry.example
    pairs = zip(written, items, strict=True)
    return entry.as_list([text if isinstance(item, str) else in_quotes(text) for text, item in pairs])


def _list_meant(value: object, choices: tuple[str, ...]) -> list[str] | None:
    """Return the words of a list that is written as a text, or as keys without values; None for others.

    With `choices`, spaces separate words, too, if each word is one of them.
    """
    keys = list(value) if isinstance(value, dict) and not any(value.values()) else value
    items = keys if isinstance(keys, list) else [keys]
    texts = [text for text in items if isinstance(text, str)]
    if not texts or len(texts) < len(items):
        return None
    if choices:
        words = re.findall(r"[\w-]*\w", re.sub(r"\b(?:and|et)\b", " ", " ".join(texts)))
        return words if words and set(words) <= set(choices) else None
    words = [word.strip("-•* ()") for text in texts for word in re.split(r"[,;/]|\s[-•*]\s?", text)]
    return words if all(re.fullmatch(r"[\w-]+", word) for word in words) else None


def _marks(entry: _Entry) -> None:
    if not isinstance(entry.value, str) or not _MARKS.fullmatch(entry.value):
        raise ValueError(f"{entry.key} is not what `handbook translate done` writes; run it again")


def _applies_to(entry: _Entry) -> None:
    key, value = entry.key, entry.value
    if not isinstance(value, dict) or not value:
        raise ValueError(f"{key} must name sectors or jurisdictions; {entry.example}")
    choices = {"sectors": SECTORS, "jurisdictions": JURISDICTIONS}
    for name, items in value.items():
        if name not in choices:
            raise ValueError(f"{key} has '{name}'; {did_you_mean(name, choices)}")
        if not isinstance(items, list) or not items:
            raise ValueError(f"{key} must hold lists; {entry.example}")
        for index, item in enumerate(items):
            if item not in choices[name]:
                written = entry.written_at((name, index)) or str(item)
                raise ValueError(f"{key} has '{written}'; {did_you_mean(written, choices[name])}")


def _asked_as(entry: _Entry) -> None:
    for path, item in _items(entry.value if isinstance(entry.value, list) else ()):
        written = entry.written_at(path)
        if isinstance(item, dict) and not entry.written:
            anchor = next(anchor for anchor, words in item.items() if not isinstance(words, list))
            raise _WrongPart((*path, anchor), _not_a_list_of_words(anchor, item[anchor], written))
        is_text = isinstance(item, str) or written[:1] in "[{"
        if reason := None if is_text else not_a_text("", item, written):
            raise _WrongPart(path, f"an item of {entry.key} {reason}")
    try:
        read_asked_as(entry.value)
    except ValueError as error:
        raise ValueError(f"{entry.key} {error}") from None


def _not_a_list_of_words(anchor: str, words: object, written: str) -> str:
    """Say how the words of a section are listed; `written` is the section with its words."""
    listed = [word.strip() for word in re.split("[,;]", str(words or "").strip("()"))]
    meant = (
        listed if isinstance(words, str) and can_be_read(f"[{', '.join(listed)}]") else ["night", "weekend"]
    )
    text = f", or, for a text, {in_quotes(written)}" if isinstance(words, str) and written else ""
    return f"asked_as has no list of words for '{anchor}'; write `{anchor}: [{', '.join(meant)}]`{text}"


def _items(listed: Sequence[object], path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """Yield the items of a list, and those of the lists of its sections, with their paths."""
    for index, item in enumerate(listed):
        if isinstance(item, dict) and all(isinstance(words, list) for words in item.values()):
            for anchor, words in item.items():
                yield from _items(words, (*path, index, anchor))
        else:
            yield (*path, index), item


# The known keys, and the function that judges the value of each. REV001, REV002 and REV004 judge the review
# keys.
KEYS: Final[Mapping[str, Callable[[_Entry], None]]] = {
    "title": _shown_text,
    "description": _shown_text,
    "owner": _role,
    "owner_since": _date,
    "last_reviewed": _anything,
    "review_every": _one_value,
    "audience": _one_of(AUDIENCES),
    "legal_review": _date,
    "sources": _list,
    "applies_to": _applies_to,
    "hide": _one_of(HIDEABLE),
    "asked_as": _asked_as,
    "languages": _list,
    "translates": _marks,
}

_MAY_BE_NEVER: Final = ("last_reviewed", "legal_review")

EXAMPLES: Final = {
    "title": "Facebook guidelines",
    "description": "What account holders do, from opening a page to closing it.",
    "owner": "communications-lead",
    "owner_since": "2026-11-27",
    "review_every": "3 months",
    "audience": "[work]",
    "legal_review": "2026-10-09",
    "sources": "[meta-terms]",
    "applies_to": "{sectors: [healthcare]}",
    "hide": "[toc]",
    "asked_as": ASKED_AS,
    "languages": "[en]",
    "translates": "3f2a9c1b-77d0a1c2",
}

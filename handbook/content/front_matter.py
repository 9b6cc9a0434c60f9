"""Reads the block between the two `---` lines at the head of a page, as MkDocs reads it.

MkDocs shows front matter that it cannot read as text of the page, and takes the last of two equal keys.
Here both are problems, with their lines.
"""

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from handbook.content.page_keys.all_keys import KEYS
from handbook.content.page_keys.entry import KeyEntry, WrongPart
from handbook.content.page_keys.single_values import MAY_BE_NEVER, NEVER
from handbook.findings import Problem
from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean, nearest
from handbook.yaml.located import LocatedMapping, read_mapping
from handbook.yaml.values import is_plain_date

MAX_BYTES: Final = 32 * 1024
# The same expression as in mkdocs.utils.meta, so that both find the same block.
_BLOCK: Final = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
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


def _judge(source: LocatedMapping, end: int) -> FrontMatter:
    """Compare the front matter with the keys and types that a page may have."""
    problems = [Problem.at(location, message) for location, message in source.second_keys()]
    values: dict[str, object] = {}
    garbled: set[str] = set()
    never = frozenset(key for key in MAY_BE_NEVER if source.data.get(key) == NEVER)
    for key, value in source.data.items():
        if key in never:
            continue
        judge = KEYS.get(key)
        if judge is None:
            problems.append(Problem.at(source.location_of((key,)), _unknown(key, source.data)))
            garbled.update(filter(None, [nearest(key, KEYS)]))
            continue
        try:
            judge(KeyEntry(key, value, source))
        except ValueError as error:
            path = error.path if isinstance(error, WrongPart) else ()
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


def _unknown(key: str, keys: Collection[str]) -> str:
    """Say what to do about an unknown key, one of the `keys` of a page."""
    plain = re.sub(r"\W", "", key)
    if plain in KEYS and not key.isprintable():
        return f"an invisible character is in the key; type `{plain}` again"
    meant = nearest(key, KEYS)
    if meant in keys:
        return f"unknown key '{key}', and '{meant}' is set on another line; delete one of the two"
    return f"unknown key '{key}'; {'' if meant else 'delete it, or '}{did_you_mean(key, KEYS)}"

"""Cuts a text into the constructs that begin with `{{`, `{%` or `{#`, whether or not they can be read."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# An expression or statement ends before another one begins, so that the first of two is named if it is open.
# Python 3.11.2 forgets a group after a possessive repetition of a lookahead, so none is possessive here.
_CONSTRUCT: Final = re.compile(
    r"(?P<raw>\{%[-+]?\s*+raw\s*+[-+]?%\}.*?(?:(?P<endraw>\{%[-+]?\s*+endraw\s*+[-+]?%\})|\Z))"
    r"|(?P<expression>\{\{(?:(?!\}\}|\{[{%]).)*(?P<end>\}\}\}*)?)"
    r"|(?P<statement>\{%[-+]?\s*+(?P<name>(?:\w+(?:-\w+)*)?)(?:(?!%\}|\{[{%]).)*(?P<closed>%\})?)"
    r"|(?P<comment>\{\#.*?(?:(?P<over>\#\})|\Z))",
    re.DOTALL,
)
# Other languages have `of` in place of `in`; that is the only mistake then.
_LOOP_NAMES: Final = re.compile(r"\{%[-+]?\s*+for\s+([\w\s,]{1,200}?)\s+(?:in|of)\b")


@dataclass(frozen=True, slots=True)
class Construct:
    """What begins at `start` with `{{`, `{%` or `{#`; `name` is the first word of a statement."""

    start: int
    text: str
    is_closed: bool
    name: str = ""

    @property
    def mark(self) -> str:
        """Return the two characters that it begins with."""
        return self.text[:2]


def constructs(text: str) -> Iterator[Construct]:
    """Yield every construct of a text but raw blocks, which are text if they end."""
    for match in _CONSTRUCT.finditer(text):
        if match["raw"] is None:
            is_closed = bool(match["end"] or match["closed"] or match["over"])
            yield Construct(match.start(), match.group(), is_closed, match["name"] or "")
        elif match["endraw"] is None:
            yield Construct(match.start(), match.group(), False, "raw")


def unbalanced(text: str) -> tuple[Construct, str] | None:
    """Return the statement that nothing ends, or that ends nothing, and what to do about it."""
    begun: list[Construct] = []
    for statement in (construct for construct in constructs(text) if construct.name):
        if statement.name in ("if", "for"):
            begun.append(statement)
        elif statement.name in ("endif", "endfor"):
            if not begun or begun[-1].name != statement.name.removeprefix("end"):
                return statement, f"`{statement.name}` ends nothing here; remove it"
            begun.pop()
        elif statement.name in ("else", "elif", "endraw") and not begun:
            return statement, f"`{statement.name}` belongs to nothing here; remove it"
    return (begun[-1], f"`{begun[-1].name}` never ends; add `{{% end{begun[-1].name} %}}`") if begun else None


def construct_at(text: str, line: int, column: int) -> str:
    """Return the construct at a location, both counted from 1; nothing if there is none."""
    parts, line_starts = _located(text)
    offset = line_starts[line - 1] + column - 1
    index = bisect_right(parts, offset, key=lambda part: part.start) - 1
    is_inside = index >= 0 and offset < parts[index].start + len(parts[index].text)
    return parts[index].text if is_inside else ""


@lru_cache(maxsize=2)
def _located(text: str) -> tuple[Sequence[Construct], Sequence[int]]:
    """Return the constructs of a text, and where its lines begin, once for all its mistakes."""
    line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return tuple(constructs(text)), line_starts


def loop_names(text: str) -> frozenset[str]:
    """Return the names that loops of a text give to their items."""
    names = (name for match in _LOOP_NAMES.finditer(text) for name in re.findall(r"\w+", match[1]))
    return frozenset({*names, "loop"})

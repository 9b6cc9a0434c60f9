"""Finds how far a line of YAML was meant to be indented: as far as lets the parser read on."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import yaml

# So many lines above and below a line are read with it.
_NEAR: Final = 20
# What nobody writes would take too long.
_LONGEST: Final = 20_000
_MOST_CHOICES: Final = 100


@dataclass(frozen=True, slots=True)
class Indent:
    """The index of a line, and the spaces before its text."""

    line: int
    width: int


def indent_of(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip())


def meant_indent(lines: Sequence[str], index: int) -> Indent | None:
    """Return the indent with which the parser reads on past the line `index`, at which it gives up, or None.

    The wrong one may be that of a line above. Of several that are as good, that of the same key elsewhere is
    better, and then the one that is nearest to what is written.
    """
    choices = [
        choice
        for line in _suspects(lines, index)
        for choice in _choices(lines, line)
        if choice.width != indent_of(lines[line])
    ]

    def merit(choice: Indent) -> tuple[bool, int]:
        distance = abs(choice.width - indent_of(lines[choice.line]))
        return choice.width == _usual_width(lines, choice.line), -distance

    return _best(lines, index, choices, merit)


def indent_in_place_of_tab(lines: Sequence[str], index: int, likely: int) -> int:
    """Return how many spaces begin the line `index`, which begins with a tab; `likely` if none is better."""
    above = next((indent_of(line) for line in reversed(lines[:index]) if line.strip()), 0)

    usual = _usual_width(lines, index)

    def merit(choice: Indent) -> tuple[bool, int]:
        return choice.width == (likely if usual is None else usual), -abs(choice.width - above)

    best = _best(lines, index, [Indent(index, likely), *_choices(lines, index)], merit)
    return best.width if best else likely


def _best(
    lines: Sequence[str], index: int, choices: Sequence[Indent], merit: Callable[[Indent], tuple[bool, int]]
) -> Indent | None:
    """Return the choice with which the parser gets furthest past a line; of several, that of most merit."""
    if sum(map(len, lines[max(0, index - 2 * _NEAR) : index + _NEAR])) > _LONGEST:
        return None
    ends = {choice: _end_of_reading(lines, index, choice) for choice in choices[:_MOST_CHOICES]}
    helpful = [choice for choice in ends if ends[choice] > index]
    return max(helpful, key=lambda choice: (ends[choice], merit(choice)), default=None)


def _usual_width(lines: Sequence[str], index: int) -> int | None:
    """Return how far most other lines with the key of a line are indented, or None if there are none."""
    key = lines[index].lstrip().partition(":")[0]
    widths = Counter(
        indent_of(line)
        for number, line in enumerate(lines)
        if number != index and line.lstrip().startswith(f"{key}:")
    )
    return max(widths, key=lambda width: widths[width], default=None)


def _suspects(lines: Sequence[str], index: int) -> Iterator[int]:
    """Yield a line and those above it, up to the first that begins further left."""
    yield index
    for above in range(index - 1, max(-1, index - _NEAR), -1):
        if lines[above].strip():
            yield above
            if indent_of(lines[above]) < indent_of(lines[index]):
                return


def _choices(lines: Sequence[str], index: int) -> list[Indent]:
    """Return how far a line may be indented: as far as those near it, whether or not they are items."""
    near = [line for line in lines[max(0, index - _NEAR) : index + _NEAR] if line.strip()]
    widths = {0} | {indent_of(line) for line in near if "\t" not in line[: indent_of(line)]}
    return [Indent(index, width) for width in sorted(widths)]


def _end_of_reading(lines: Sequence[str], index: int, indent: Indent) -> int:
    """Return the line near another at which the parser gives up with an indent; the end if it does not."""
    changed = f"{' ' * indent.width}{lines[indent.line].lstrip()}"
    last = min(len(lines), index + _NEAR)
    text = [*lines[: indent.line], changed, *lines[indent.line + 1 : last]]
    first = max(0, index - 2 * _NEAR)
    left = min((indent_of(line) for line in text[first:index] if line.strip()), default=0)
    start = next(
        (
            number
            for number in range(first, index)
            if text[number].strip() and indent_of(text[number]) == left
        ),
        first,
    )
    try:
        for _ in yaml.parse("\n".join(text[start:]), Loader=yaml.CSafeLoader):
            pass
    except yaml.MarkedYAMLError as error:
        return start + (error.problem_mark.line if error.problem_mark else 0)
    except yaml.YAMLError:
        return start
    return last

"""How much the expressions of one page may do, counted in steps and bytes.

A slow computer refuses the same pages as a fast one. The check and the build count with the same `Meter`.
"""

import re
from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass, field
from typing import Any, Final

from jinja2.exceptions import SecurityError
from jinja2.runtime import Context

from handbook.text.markdown.cost import read_again

# Words, numbers, quoted texts, and signs; an expression that a page repeats counts as one.
MOST_WORDS: Final = 6_000
MOST_CALLS: Final = 1_000
# A character that is printed or read is a step, and so is one in the body of a loop each time around.
MOST_STEPS: Final = 1_000_000
# Pages cannot write this name, because it has a space in it.
METER: Final = "the meter"
# Markdown takes these two characters out of every page. Here, they surround what a macro shows.
_MARKS: Final = {2: None, 3: None}
_MACRO_RESULT: Final = re.compile("\x02[^\x03]*\x03")


class BudgetError(SecurityError):
    """The expressions of a page do more than those of any page need to."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What some expressions used: steps, and the macros that were called with the length of their results."""

    steps: int = 0
    calls: tuple[tuple[object, int], ...] = ()


@dataclass(slots=True)
class Meter:
    """Counts what the expressions of one page do, and refuses what is too much.

    What a macro shows the first time costs nothing, because a register may be long. `without_page` lets a
    macro that describes its page show nothing, and `lacked_page` then tells that one was called.
    """

    without_page: bool = False
    lacked_page: bool = False
    steps: int = 0
    calls: list[tuple[object, int]] = field(default_factory=list)
    _shown_again: int = 0
    _free: set[object] = field(default_factory=set)
    _results: dict[int, object] = field(default_factory=dict)

    def charge(self, steps: int) -> None:
        """Count steps.

        Raises:
            BudgetError: if the page took too many.

        """
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise BudgetError("the loops and texts here make too much; shorten them, or split the page")

    def called(self, macro: object, result: Any) -> Any:
        """Count a call of a macro, and return its result."""
        size = len(result) if isinstance(result, str) else 0
        self._count_call(macro, size)
        if isinstance(result, str):
            self._results[id(result)] = result
        return result

    def _count_call(self, macro: object, size: int) -> None:
        self.calls.append((macro, size))
        if len(self.calls) > MOST_CALLS:
            raise BudgetError(f"this page calls macros more than {MOST_CALLS:,} times; split the page")
        if macro in self._free:
            self._shown_again += size
            self.charge(size)
        self._free.add(macro)

    def looped(self, items: Any, weight: int) -> Any:
        """Count the rounds of a loop whose body has some weight, and return what it loops over."""
        items = items if isinstance(items, Sized) else list(items)
        self.charge(len(items) * weight)
        return items

    def printed(self, value: object) -> str:
        """Return what is printed of a value, between marks if it is what a macro shows."""
        text = unmarked(str(value))
        if id(value) in self._results:
            return f"\x02{text}\x03"
        self.charge(len(text))
        return text

    @property
    def usage(self) -> Usage:
        """Return what was used; what a macro showed again is left to `add`, which counts it once more."""
        return Usage(self.steps - self._shown_again, tuple(self.calls))

    def add(self, usage: Usage) -> None:
        """Count what other expressions of the page used.

        Raises:
            BudgetError: if that is too much, all in all.

        """
        self.charge(usage.steps)
        for macro, size in usage.calls:
            self._count_call(macro, size)


def meter_of(context: Context) -> Meter:
    """Return the meter with which a text is rendered."""
    meter = context.get(METER)
    return meter if isinstance(meter, Meter) else Meter()


def metered(names: Mapping[str, object], meter: Meter) -> dict[str, object]:
    """Return the names that a text may use, with the meter that counts what it does."""
    return {**names, METER: meter}


def unmarked(text: str) -> str:
    """Return a text without the marks around what macros show."""
    return text.translate(_MARKS) if "\x02" in text or "\x03" in text else text


def costly_results(text: str, shown: str) -> Iterator[str]:
    """Yield why what the expressions of a text show, beside what macros show, cannot be rendered as Markdown.

    What is costly without them is left to HTM001.
    """
    own = _MACRO_RESULT.sub("x", shown)
    costs = list(read_again(own)) if own != text else []
    if costs and not any(read_again(text)):
        for _, sentence in costs:
            yield f"what the expressions show cannot be rendered in bounded time: {sentence}"

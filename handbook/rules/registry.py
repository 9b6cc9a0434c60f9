"""The registry of rules. A code is permanent and never reused."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from handbook.findings import Problem, Severity

Judge: TypeAlias = Callable[..., Iterator[Problem]]

# The page that lists the rules, below the address of the handbook; a test holds that it is there.
PAGE: Final = "contributing/rules/"
_EXAMPLE: Final = re.compile(r"^Bad:  (?P<bad>.+)\nGood: (?P<good>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is called, how grave it is, and the function that judges.

    The function takes `(page, handbook)`, or `(handbook)` alone where the rule is about the whole.
    """

    code: str
    title: str
    severity: Severity
    judge: Judge
    reads_broken_pages: bool

    @property
    def is_about_pages(self) -> bool:
        """Tell whether the rule judges page by page."""
        return len(inspect.signature(self.judge).parameters) > 1

    @property
    def manual(self) -> str:
        """Return the rationale with its bad and good example."""
        return inspect.cleandoc(self.judge.__doc__ or "")

    @property
    def reason(self) -> str:
        """Return the rationale alone."""
        return self.manual[: self._example().start()].strip()

    @property
    def bad(self) -> str:
        """Return what the rule refuses, in one line."""
        return self._example()["bad"]

    @property
    def good(self) -> str:
        """Return what to write instead, in one line."""
        return self._example()["good"]

    @property
    def anchor(self) -> str:
        """Return what leads to the rule on the page of rules."""
        return self.code.lower()

    @property
    def section(self) -> str:
        """Return where the site explains the rule, below the address of the handbook."""
        return f"{PAGE}#{self.anchor}"

    def _example(self) -> re.Match[str]:
        found = _EXAMPLE.search(self.manual)
        if found is None:
            raise ValueError(f"the docstring of rule {self.code} has no example")
        return found


RULES: Final[dict[str, Rule]] = {}


def rule(
    code: str, title: str, *, severity: Severity, reads_broken_pages: bool = False
) -> Callable[[Judge], Judge]:
    """Register the function as the rule `code`.

    A page whose front matter cannot be read is shown only to rules that `reads_broken_pages`.
    """

    def register(judge: Judge) -> Judge:
        if code in RULES:
            raise ValueError(f"rule {code} is registered twice")
        RULES[code] = Rule(code, title, severity, judge, reads_broken_pages)
        return judge

    return register

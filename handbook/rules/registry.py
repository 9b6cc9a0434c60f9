"""The registry of rules. A code is permanent and never reused."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from handbook.findings import Problem, Severity

Judge: TypeAlias = Callable[..., Iterator[Problem]]


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
        return self.judge.__doc__ or ""


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

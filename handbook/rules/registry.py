"""The registry of rules. A code is permanent and never reused."""

import inspect
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, TypeAlias

from handbook.findings import Finding, Problem, Severity

Judge: TypeAlias = Callable[..., Iterator[Problem]]

# The page that lists the rules, relative to the address of the handbook; a test makes sure that it exists.
PAGE: Final = "contributing/rules/"
_EXAMPLE: Final = re.compile(r"^Bad:  (?P<bad>.+)\nGood: (?P<good>.+)$", re.MULTILINE)
_PARAMETERS: Final = (
    "page",
    "misnamed",
    "handbook",
    "is_whole",
    "repository",
    "change",
    "baseline",
    "results",
)


@dataclass(frozen=True, slots=True)
class Results:
    """The codes of the rules that have run, and their findings, including those that a waiver excuses."""

    codes: Collection[str]
    findings: Collection[Finding]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, title and severity, and the function that judges.

    The names of the function's parameters say what the rule needs, and thereby when it runs: with `page`
    once for each page, and otherwise once for the whole. `misnamed` are the files that their names keep off
    the site. `is_whole` tells whether every page is judged. `repository` is None unless the run verifies who
    signed the reviews, and `change` and `baseline` are None unless it judges a change. A rule that takes
    `results` runs after all others. A rule about pages may have a second function, `beyond_pages`, that
    judges by the same code what is in no page.
    """

    code: str
    title: str
    severity: Severity
    judge: Judge
    reads_broken_pages: bool = False
    beyond_pages: Judge | None = None

    @property
    def parts(self) -> tuple["Rule", ...]:
        """Return the rule, and, if it has a second function, once more with that one."""
        if self.beyond_pages is None:
            return (self,)
        return self, replace(self, judge=self.beyond_pages, beyond_pages=None)

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the names of the function's parameters, in order."""
        return _parameters_of(self.judge)

    @property
    def is_about_pages(self) -> bool:
        """Tell whether the rule judges page by page."""
        return "page" in self.needs

    @property
    def is_about_names(self) -> bool:
        """Tell whether the rule judges the names of files, even if only some files are checked."""
        return "misnamed" in self.needs

    @property
    def runs_last(self) -> bool:
        """Tell whether the rule judges the results of the others."""
        return "results" in self.needs

    @property
    def manual(self) -> str:
        """Return the rationale with the bad and the good example."""
        return inspect.cleandoc(self.judge.__doc__ or "")

    @property
    def reason(self) -> str:
        """Return the rationale without the examples."""
        return self.manual[: self._example().start()].strip()

    @property
    def bad(self) -> str:
        """Return one line that the rule rejects."""
        return self._example()["bad"]

    @property
    def good(self) -> str:
        """Return one line that the rule accepts instead."""
        return self._example()["good"]

    @property
    def anchor(self) -> str:
        """Return the anchor of the rule on the page of rules."""
        return self.code.lower()

    @property
    def section(self) -> str:
        """Return the address of the rule on the site, relative to that of the handbook."""
        return f"{PAGE}#{self.anchor}"

    def _example(self) -> re.Match[str]:
        example = _EXAMPLE.search(self.manual)
        if example is None:
            raise ValueError(f"the docstring of rule {self.code} has no example")
        return example


@cache
def _parameters_of(judge: Judge) -> tuple[str, ...]:
    return tuple(inspect.signature(judge).parameters)


RULES: Final[dict[str, Rule]] = {}


def rule(
    code: str,
    title: str,
    *,
    severity: Severity,
    reads_broken_pages: bool = False,
    beyond_pages: Judge | None = None,
) -> Callable[[Judge], Judge]:
    """Register the function as the rule `code`.

    Only a rule with `reads_broken_pages` judges a page whose front matter cannot be read. `beyond_pages`
    judges what is in no page.

    Raises:
        ValueError: if the code is taken, or the function has a parameter that no rule is given.

    """

    def register(judge: Judge) -> Judge:
        if code in RULES:
            raise ValueError(f"rule {code} is registered twice")
        made = Rule(code, title, severity, judge, reads_broken_pages, beyond_pages)
        if unknown := {name for part in made.parts for name in part.needs} - set(_PARAMETERS):
            raise ValueError(f"rule {code} takes {', '.join(sorted(unknown))}, which no rule is given")
        RULES[code] = made
        return judge

    return register

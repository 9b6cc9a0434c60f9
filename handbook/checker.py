"""Runs rules over a handbook."""

from collections.abc import Collection, Iterable, Iterator

from handbook.errors import HandbookError
from handbook.findings import Finding
from handbook.model import Handbook
from handbook.nearest import did_you_mean
from handbook.pages import Page
from handbook.rules import RULES, Rule


def choose_rules(select: Collection[str] = (), ignore: Collection[str] = ()) -> list[Rule]:
    """Return the rules whose code begins with one of `select` (all without it) and none of `ignore`.

    Raises:
        HandbookError: when a name fits no rule.

    """
    for name in (*select, *ignore):
        if not name or not any(code.startswith(name.upper()) for code in RULES):
            raise HandbookError(f"there is no rule '{name}'; {did_you_mean(name, RULES)}")
    chosen = tuple(name.upper() for name in select) or ("",)
    ignored = tuple(name.upper() for name in ignore)
    return [rule for code, rule in RULES.items() if code.startswith(chosen) and not code.startswith(ignored)]


def check(handbook: Handbook, pages: Iterable[Page], rules: Collection[Rule]) -> list[Finding]:
    """Judge `pages` of the handbook by `rules`; return what was found, sorted."""
    return sorted(finding for page in pages for finding in judge(page, handbook, rules))


def judge(page: Page, handbook: Handbook, rules: Iterable[Rule]) -> Iterator[Finding]:
    """Judge one page."""
    for rule in rules:
        if not page.front_matter.readable and not rule.reads_broken_pages:
            continue
        for problem in rule.judge(page, handbook):
            severity = problem.severity or rule.severity
            yield Finding(page.path, problem.line, problem.column, rule.code, severity.value, problem.message)

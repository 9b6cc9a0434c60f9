"""Runs rules over a handbook."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, Self

from handbook.baseline import Baseline
from handbook.content.change import ChangedFiles
from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.findings import Finding, Problem, Severity
from handbook.git.repository import Repository
from handbook.model import Handbook
from handbook.registers.waivers import Waiver
from handbook.rules import RULES, Rule
from handbook.rules.registry import Results
from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean


class Gate(Protocol):
    """Decides which problems a change is responsible for; all others become notices."""

    def is_answerable(self, path: str, code: str, problem: Problem) -> bool:
        """Tell whether the change is responsible for a problem."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The sorted findings of a check, and those that a waiver excused, each with the waiver."""

    findings: Sequence[Finding]
    excused: Sequence[tuple[Finding, Waiver]] = ()

    @property
    def waived(self) -> int:
        """The number of findings that waivers excused."""
        return len({finding for finding, _ in self.excused})

    def naming_excused(self, before: Self, touched: Collection[str]) -> Self:
        """Return this result of a change with notices of what older waivers let it do.

        What they excused `before` it is left out, except in files that it touches.
        """
        known = {finding for finding, _ in before.excused}
        new = [pair for pair in self.excused if pair[0].path in touched or pair[0] not in known]
        notices = [_as_notice(*pair) for pair in new if pair[0].severity != Severity.INFO.value]
        return replace(self, findings=sorted([*self.findings, *notices]))


def choose_rules(select: Collection[str] = (), ignore: Collection[str] = ()) -> list[Rule]:
    """Return the rules whose codes begin with one of `select` (all, if it is empty) and none of `ignore`.

    Raises:
        HandbookError: if no code begins with a name.

    """
    for name in (*select, *ignore):
        if not name or not any(code.startswith(name.upper()) for code in RULES):
            raise HandbookError(f"there is no rule '{name}'; {did_you_mean(name, RULES)}")
    chosen = tuple(name.upper() for name in select) or ("",)
    ignored = tuple(name.upper() for name in ignore)
    return [rule for code, rule in RULES.items() if code.startswith(chosen) and not code.startswith(ignored)]


def check(
    handbook: Handbook,
    rules: Collection[Rule],
    pages: Sequence[Page] | None = None,
    gate: Gate | None = None,
    repository: Repository | None = None,
    change: ChangedFiles | None = None,
    baseline: Baseline | None = None,
) -> CheckResult:
    """Judge a handbook by `rules`, or only some of its pages.

    `repository` is for rules that verify who signed the reviews. `change` and `baseline` are for those that
    judge a change; of its waivers, only those count that were there before it.
    """
    judged = handbook.pages if pages is None else pages
    parts = [part for rule in rules for part in rule.parts]
    by_page = [part for part in parts if part.is_about_pages]
    whole = [part for part in parts if not part.is_about_pages and (pages is None or part.is_about_names)]
    needed: dict[str, object] = {
        "handbook": handbook,
        "misnamed": handbook.misnamed,
        "is_whole": pages is None,
        "repository": repository,
        "change": change,
        "baseline": baseline,
    }
    findings = [finding for page in judged for finding in _judge_page(page, needed, by_page, gate)]
    findings += _judge_whole([part for part in whole if not part.runs_last], needed, gate)
    needed["results"] = Results({rule.code for rule in rules}, tuple(findings))
    findings += _judge_whole([part for part in whole if part.runs_last], needed, gate)
    trusted = baseline.handbook if baseline else handbook
    waivers = trusted.registers.waivers.in_force(handbook.today) if baseline or not change else []
    excused = [(finding, waiver) for finding in findings for waiver in waivers if waiver.excuses(finding)]
    hidden = {finding for finding, _ in excused}
    return CheckResult(sorted(finding for finding in findings if finding not in hidden), excused)


def _as_notice(finding: Finding, waiver: Waiver) -> Finding:
    message = f"{finding.message} (a waiver of {waiver.approver} excuses this until {waiver.end})"
    return replace(finding, severity=Severity.INFO.value, message=message)


def judge(page: Page, handbook: Handbook, rules: Iterable[Rule]) -> Iterator[Finding]:
    """Yield the findings of the rules about pages for one page, outside of any change."""
    needed = {"handbook": handbook, "is_whole": False, "baseline": None, "change": None}
    yield from _judge_page(page, needed, rules, None)


def _judge_page(
    page: Page, needed: Mapping[str, object], rules: Iterable[Rule], gate: Gate | None
) -> Iterator[Finding]:
    needed = {**needed, "page": page}
    for rule in rules:
        if page.front_matter.readable or rule.reads_broken_pages:
            yield from _findings(rule, rule.judge(*(needed[name] for name in rule.needs)), gate, page.path)


def _judge_whole(rules: Iterable[Rule], needed: Mapping[str, object], gate: Gate | None) -> Iterator[Finding]:
    for rule in rules:
        yield from _findings(rule, rule.judge(*(needed[name] for name in rule.needs)), gate)


def _findings(
    rule: Rule, problems: Iterable[Problem], gate: Gate | None, path: str = ""
) -> Iterator[Finding]:
    for problem in problems:
        file, severity, message = problem.path or path, problem.severity or rule.severity, problem.message
        if gate and severity is not Severity.INFO and not gate.is_answerable(file, rule.code, problem):
            severity, message = Severity.INFO, f"{message} (not part of this change)"
        yield Finding(file, problem.line, problem.column, rule.code, severity.value, one_line(message))

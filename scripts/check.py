"""`handbook check`: checks every published page against every rule."""

import datetime
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import click

from handbook.baseline import Baseline
from handbook.build_context import BuildContext
from handbook.check.broken_files import broken_files
from handbook.check.change_gate import ChangeGate
from handbook.check.read_change import read_change
from handbook.check.reports import FORMATS, Report, as_text, summary
from handbook.check.runner import CheckResult, check, choose_rules
from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.files.cache_file import CacheFile
from handbook.files.kept_results import KeptResults
from handbook.findings import Finding, Severity
from handbook.garbage import without_collecting
from handbook.git.ages import TextAges
from handbook.git.repository import Repository
from handbook.history.past_handbook import handbook_of_day, read_past
from handbook.markup.rendered_pages import RenderedPages, markup_cache
from handbook.model import Handbook
from handbook.reviews.reviewed_text import reviewed_text
from handbook.rules import READ_MARKUP, Rule
from handbook.rules.wording.judged_texts import wording_cache
from scripts.command_name import with_real_command
from scripts.guarded_output import unguarded_output
from scripts.options import (
    EPILOG,
    DayParameter,
    NotAPage,
    branch_option,
    exits_with_status,
    files_at,
    format_option,
    named_pages,
    repository_of,
    root_option,
    today_option,
)
from scripts.site.publication import INSTALLATION, read_handbook
from scripts.terminal import painter, progress, remark

_COULD_NOT_RUN: Final = 2


@dataclass(frozen=True, slots=True)
class _Request:
    """What is judged and by which rules: a handbook on a day, some of its pages, its past, or a change."""

    root: Path
    today: datetime.date | None
    paths: Sequence[str]
    rules: Sequence[Rule]
    changed_since: str | None
    as_of: datetime.date | None
    branch: str | None
    verify_authors: bool


@dataclass(frozen=True, slots=True)
class _Judgment:
    """The outcome of a check, with the handbook and the pages that were judged."""

    outcome: CheckResult
    handbook: Handbook
    pages: Sequence[Page]


@click.command(name="check", epilog=EPILOG)
@click.argument("paths", nargs=-1, metavar="[PAGE OR FOLDER]...")
@root_option
@today_option
@format_option(
    "Output format: text for people, json for programs, the others for code hosting platforms.", FORMATS
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODE",
    help="Apply only this rule, or all whose codes begin with this, such as OWN; can be repeated.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODE",
    help="Skip this rule, or all whose codes begin with this; can be repeated.",
)
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.ERROR.value,
    show_default=True,
    help="Lowest severity that makes the command fail.",
)
@click.option(
    "--changed-since",
    metavar="REVISION",
    help="Fail only for what the change since this revision touches or breaks, such as origin/main.",
)
@click.option(
    "--as-of",
    type=DayParameter(),
    metavar="DATE",
    help="Check the handbook as it was on the main branch at the end of this day.",
)
@branch_option
@click.option(
    "--verify-authors",
    is_flag=True,
    help="Compare who signed each review with who committed it, by `holders` in registers/owners.yml.",
)
@exits_with_status
@without_collecting()
def command(
    paths: tuple[str, ...],
    root: Path,
    today: datetime.date | None,
    name: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    changed_since: str | None,
    as_of: datetime.date | None,
    branch: str | None,
    verify_authors: bool,
) -> int:
    """Check every page that would be published, or only the named pages and folders.

    Prints one line for each finding: file, line, column, severity, rule, and what to do. Registers and
    images are checked only if no page is named.
    """
    _refuse_combinations(paths, changed_since, as_of, verify_authors)
    rules = choose_rules(_codes(select), _codes(ignore))
    request = _Request(root, today, paths, rules, changed_since, as_of, branch, verify_authors)
    try:
        with progress("checking the pages"):
            judgment = _judged(request)
    except NotAPage:
        raise
    except HandbookError as error:
        findings = broken_files(error)
        if as_of or not findings:  # A finding would be shown on today's file, not on that of the day.
            raise
        _print_broken_files(findings, name)
        return _COULD_NOT_RUN
    _print(judgment, name)
    return int(_fails(judgment.outcome.findings, Severity(fail_on)))


def _judged(request: _Request) -> _Judgment:
    root, paths, rules, as_of = request.root, request.paths, request.rules, request.as_of
    handbook, context = read_handbook(root, request.today)
    rendered = RenderedPages(_cache_of(root, markup_cache))
    wording = KeptResults(_cache_of(root, wording_cache))
    if as_of:
        handbook = handbook_of_day(
            repository_of(root), as_of, request.today or as_of, request.branch, context.expressions_of
        )
    ages = handbook.ages or TextAges(root)
    handbook = replace(handbook.rendered_by(rendered), wording=wording, ages=ages)
    pages = named_pages(handbook.pages, paths, root, handbook.misnamed) if paths else None
    if paths:
        chosen = {file for path in paths for file in files_at(handbook.misnamed, path, root)}
        handbook = replace(handbook, misnamed=sorted(chosen))
    if pages is None and any(rule.code in READ_MARKUP for rule in rules):
        handbook.prepare_markup()
    revision = request.changed_since
    repository = repository_of(root) if request.verify_authors or revision is not None else None
    if repository and revision is not None:
        outcome = _judge_change(repository, handbook, revision, request, pages, context)
    else:
        outcome = check(handbook, rules, pages, repository=repository)
    rendered.keep()
    wording.keep()
    return _Judgment(outcome, handbook, handbook.pages if pages is None else pages)


def _cache_of(root: Path, cache_in: Callable[[Repository], CacheFile | None]) -> CacheFile | None:
    """Return where the check keeps results between runs, or None outside of a repository."""
    try:
        with Repository(root) as repository:
            return cache_in(repository)
    except HandbookError:
        return None


def _refuse_combinations(
    paths: Sequence[str], changed_since: str | None, as_of: datetime.date | None, verify_authors: bool
) -> None:
    if as_of and changed_since is not None:
        raise HandbookError(
            "--as-of checks a day in the past and --changed-since a change; use only one of them"
        )
    if verify_authors and (as_of or paths):
        raise HandbookError("--verify-authors checks all current records; do not name a page or a day")


def _print(judgment: _Judgment, name: str) -> None:
    """Print the report in the format `name`; in text, add the summary on the error output."""
    outcome, organization = judgment.outcome, judgment.handbook.registers.organization
    _print_report(Report(outcome.findings, organization.handbook), name)
    if name == "text":
        click.echo(summary(outcome.findings, len(judgment.pages), outcome.waived), err=True)


def _print_broken_files(findings: Sequence[Finding], name: str) -> None:
    """Print why the check could not run, in the format `name`."""
    _print_report(Report(findings), name)
    click.echo("nothing else was checked, because these files cannot be used; correct them first", err=True)


def _print_report(report: Report, name: str) -> None:
    text = with_real_command(as_text(report, painter())) if name == "text" else FORMATS[name](report)
    click.echo(text, nl=False, file=unguarded_output() if name == "github" else None)


def _judge_change(
    repository: Repository,
    handbook: Handbook,
    revision: str,
    request: _Request,
    pages: Sequence[Page] | None,
    context: BuildContext,
) -> CheckResult:
    """Judge what a change is responsible for; if its base cannot be checked, every finding counts."""
    commit = repository.fork_point(revision)
    changes = repository.changes_since(commit)
    change = read_change(repository, commit, changes, INSTALLATION)
    signed, rules = repository if request.verify_authors else None, request.rules
    try:
        before = read_past(repository.tree(commit), handbook.today, context.expressions_of)
        before = before.rendered_by(handbook.site.rendered) if handbook.site else before
        before = replace(before, wording=handbook.wording)
    except HandbookError as error:
        remark(f"Every finding counts, because {revision} cannot be checked: {error}")
        return check(handbook, rules, pages, repository=signed, change=change)
    former = check(before, rules)
    gate = ChangeGate(handbook, before, changes, former.findings, context.files_of_macros())
    baseline = Baseline(
        before,
        repository,
        changes.moved,
        commit,
        lambda page: reviewed_text(repository, page.path, page, before, context.expressions_of),
    )
    outcome = check(handbook, rules, pages, gate, signed, change, baseline)
    return outcome.naming_excused(former, changes.touched)


def _codes(names: Sequence[str]) -> list[str]:
    """Split lists: `--select OWN,REV` means the same as `--select OWN --select REV`."""
    return [code.strip() for name in names for code in name.split(",")]


def _fails(findings: Sequence[Finding], least: Severity) -> bool:
    return any(Severity(finding.severity).rank <= least.rank for finding in findings)


if __name__ == "__main__":
    sys.exit(command())

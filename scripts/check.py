"""`handbook check`: judges every published page by every rule."""

import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from handbook.check.change_gate import ChangeGate
from handbook.check.reports import FORMATS, Report, as_text, summary
from handbook.check.runner import check, choose_rules
from handbook.check.signatures import authors_rules
from handbook.errors import HandbookError
from handbook.findings import Finding, Severity
from handbook.git.repository import Repository
from handbook.history.past_handbook import handbook_of_day, read_past
from handbook.model import ExpressionsOf, Handbook
from handbook.rules import Rule
from scripts.garbage import without_collecting
from scripts.options import (
    EPILOG,
    DayParameter,
    branch_option,
    exits_with_status,
    format_option,
    named_pages,
    repository_of,
    root_option,
    today_option,
)
from scripts.site.publication import read_handbook
from scripts.terminal import painter


@click.command(name="check", epilog=EPILOG)
@click.argument("paths", nargs=-1, metavar="[PAGE OR FOLDER]...")
@root_option
@today_option
@format_option("How findings are shown: to people, to programs, or by the platform of a change.", FORMATS)
@click.option(
    "--select",
    multiple=True,
    metavar="CODE",
    help="Use only this rule, or these: OWN means OWN001 and OWN002.",
)
@click.option("--ignore", multiple=True, metavar="CODE", help="Leave out this rule, or these.")
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.ERROR.value,
    show_default=True,
    help="The least severity that makes the command fail.",
)
@click.option(
    "--changed-since",
    metavar="REVISION",
    help="Let only what a change touches, reaches or breaks fail, such as all since origin/main.",
)
@click.option(
    "--as-of",
    type=DayParameter(),
    metavar="DATE",
    help="Judge the handbook as it stood on the main branch at the end of this day.",
)
@branch_option
@click.option(
    "--verify-authors",
    is_flag=True,
    help="Compare who signed each review with who committed it, by the holders in registers/owners.yml.",
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
    """Judge every page that would be published, or only the pages and folders named.

    Prints one line for each finding: file, line, column, severity, rule and what to do. Registers and
    pictures are judged when no page is named.
    """
    if as_of and changed_since is not None:
        raise HandbookError(
            "--as-of judges a day that is past, and --changed-since a change; use one of them"
        )
    if verify_authors and (as_of or paths):
        raise HandbookError("--verify-authors judges all records of today; name no page and no day with it")
    rules = choose_rules(_codes(select), _codes(ignore))
    handbook, expressions_of = read_handbook(root, today)
    if as_of:
        handbook = handbook_of_day(repository_of(root), as_of, today or as_of, branch, expressions_of)
    gate = (
        _gate(repository_of(root), handbook, changed_since, rules, expressions_of)
        if changed_since is not None
        else None
    )
    if verify_authors:
        rules = [*rules, *authors_rules(rules, repository_of(root))]
    pages = named_pages(handbook.pages, paths, root) if paths else None
    outcome = check(handbook, rules, pages, gate)
    report = Report(outcome.findings, handbook.registers.organization.handbook)
    click.echo(as_text(report, painter()) if name == "text" else FORMATS[name](report), nl=False)
    if name == "text":
        judged = handbook.pages if pages is None else pages
        click.echo(summary(outcome.findings, len(judged), outcome.waived), err=True)
    return int(_fails(outcome.findings, Severity(fail_on)))


def _gate(
    repository: Repository,
    handbook: Handbook,
    revision: str,
    rules: Sequence[Rule],
    expressions_of: ExpressionsOf,
) -> ChangeGate | None:
    """Judge what the change was made from; without it, the change answers for everything."""
    commit = repository.fork_point(revision)
    try:
        before = read_past(repository.tree(commit), handbook.today, expressions_of)
    except HandbookError as error:
        click.echo(f"Every finding counts, as {revision} cannot be judged: {error}", err=True)
        return None
    return ChangeGate(handbook, before, repository.changes_since(commit), check(before, rules).findings)


def _codes(names: Sequence[str]) -> list[str]:
    """Let people write `--select OWN,REV` as well as `--select OWN --select REV`."""
    return [code.strip() for name in names for code in name.split(",")]


def _fails(findings: Sequence[Finding], least: Severity) -> bool:
    return any(Severity(finding.severity).rank <= least.rank for finding in findings)


if __name__ == "__main__":
    sys.exit(command())

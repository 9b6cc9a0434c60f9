"""`handbook check`: judges every published page by every rule."""

import datetime
import gc
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from handbook.checker import check, choose_rules
from handbook.errors import HandbookError
from handbook.findings import Finding, Severity
from handbook.pages import Page
from handbook.reports import FORMATS, summary
from scripts.command import EPILOG, root_option, today_option, told_in_a_sentence
from scripts.publication import read_handbook


@click.command(name="check", epilog=EPILOG)
@click.argument("paths", nargs=-1, metavar="[PAGE OR FOLDER]...")
@root_option
@today_option
@click.option(
    "--format",
    "report",
    type=click.Choice(list(FORMATS)),
    default="text",
    help="How findings are shown.",
)
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
@told_in_a_sentence
def command(
    paths: tuple[str, ...],
    root: Path,
    today: datetime.date | None,
    report: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
) -> int:
    """Judge every page that would be published, or only the pages and folders named.

    Prints one line for each finding: file, line, column, severity, rule and what to do.
    """
    rules = choose_rules(_codes(select), _codes(ignore))
    gc.disable()  # Many small objects and hardly a cycle: looking for cycles costs a fifth of the run.
    handbook, _ = read_handbook(root, today)
    pages = _chosen(handbook.pages, paths, root) if paths else None
    outcome = check(handbook, rules, pages)
    click.echo(FORMATS[report](outcome.findings), nl=False)
    if report == "text":
        judged = handbook.pages if pages is None else pages
        click.echo(summary(outcome.findings, len(judged), outcome.waived), err=True)
    gc.freeze()  # Nor is there one to be found at the end.
    return int(_fails(outcome.findings, Severity(fail_on)))


def _codes(names: Sequence[str]) -> list[str]:
    """Let people write `--select OWN,REV` as well as `--select OWN --select REV`."""
    return [code.strip() for name in names for code in name.split(",")]


def _chosen(pages: Sequence[Page], paths: Sequence[str], root: Path) -> list[Page]:
    """Return the pages that the named files and folders mean.

    Raises:
        HandbookError: when one of them names no published page.

    """
    chosen: dict[str, Page] = {}
    for path in paths:
        found = list(_named(pages, path, root))
        if not found:
            raise HandbookError(
                f"{path} is no published page and no folder with one; name it from the handbook's folder"
            )
        chosen.update((page.path, page) for page in found)
    return list(chosen.values())


def _named(pages: Sequence[Page], path: str, root: Path) -> Iterator[Page]:
    """Find pages by a path from the root or from the folder that the person stands in."""
    here = Path(path) if Path(path).is_absolute() else Path.cwd() / path
    names = {Path(path).as_posix()}
    if here.is_relative_to(root):
        names.add(here.relative_to(root).as_posix())
    for page in pages:
        if any(name in (page.path, ".") or page.path.startswith(name.rstrip("/") + "/") for name in names):
            yield page


def _fails(findings: Sequence[Finding], least: Severity) -> bool:
    return any(Severity(finding.severity).rank <= least.rank for finding in findings)


if __name__ == "__main__":
    sys.exit(command())

"""`handbook audit case`: what the handbook said on one day, as one sealed folder."""

import datetime
from pathlib import Path

import click

from handbook.audit import verify
from handbook.audit.cases.case_files import case_name, case_pack
from handbook.audit.cases.past_day import chosen_pages, read_past_day
from handbook.audit.cases.read_case import case_of
from handbook.audit.pack import MANIFEST, refuse_taken, write_pack
from handbook.editions.published_branch import Published
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.organization import load_organization
from handbook.text.quoting import one_line
from scripts.edition.options import site_option
from scripts.options import DayParameter, branch_option, exits_with_status, repository_of, root_option
from scripts.site.publication import expressions_for
from scripts.terminal import progress


@click.command(name="case", epilog="Exit status: 0, or 2 if no case was made.")
@click.argument("day", type=DayParameter(), metavar="DATE")
@click.argument("asked", nargs=-1, required=True, metavar="PAGE-OR-WORDS...")
@root_option
@branch_option
@site_option
@click.option("--all", "every", is_flag=True, help="Take every page that has the words.")
@click.option(
    "--output",
    "--out",
    "output",
    type=click.Path(file_okay=False, resolve_path=True, path_type=Path),
    default=".",
    help="The folder to write to; without it, the current one.",
)
@exits_with_status
def command(
    day: datetime.date,
    asked: tuple[str, ...],
    root: Path,
    branch: str | None,
    site_branch: str,
    every: bool,
    output: Path,
) -> int:
    """Write what the handbook said on DATE, to be given to a tribunal.

    PAGE-OR-WORDS is the path of a page, such as docs/policy/work.md, or words that are searched in the
    pages of that day. The case says what the page said and to whom, which edition was in force, who owned the
    page, who had read it, and what it said before and after, with redlines. It is a folder, and the same
    as a zip, sealed as an audit pack is.
    """
    organization = load_organization(Folder(root))
    if day > organization.today():
        raise HandbookError(f"{day} is still to come; name {organization.today()} or an earlier day")
    repository, words = repository_of(root), " ".join(asked)
    published = Published(repository, site_branch)
    with progress(f"reading the handbook of {day}"):
        past = read_past_day(
            repository,
            published,
            branch,
            day,
            organization,
            expressions_for(root),
        )
        case = case_of(past, published, words, chosen_pages(past, words, every))
    refuse_taken(output, case_name(case))
    written = write_pack(case_pack(case, past, published, Path(verify.__file__).read_bytes()), output)
    click.echo(f"{written.archive}: {written.files} files")
    for page in case.pages:
        click.echo(one_line(f"{page.facts.path}: {page.facts.title or 'without a title'}"))
    click.echo(f"SHA-256 of the zip: {written.archive_sum}")
    click.echo(f"SHA-256 of {MANIFEST}: {written.manifest_sum}")
    click.echo("tell these numbers in another way than the case, such as by telephone", err=True)
    return 0

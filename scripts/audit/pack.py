"""`handbook audit pack`: one folder, and its zip, that an auditor reads and verifies without us."""

import datetime
from functools import partial
from pathlib import Path

import click

from handbook.audit import verify
from handbook.audit.evidence import pack_of
from handbook.audit.pack import MANIFEST, refuse_taken, write_pack
from handbook.audit.read_evidence import read_evidence
from handbook.audit.scope import scope_of
from handbook.editions.published_branch import Published
from scripts.audit.pdf import as_pdf, printer
from scripts.edition.options import site_option
from scripts.options import DayParameter, branch_option, exits_with_status, repository_of, root_option
from scripts.site.build import progress


@click.command(name="pack", epilog="Exit status: 0, or 2 when no pack was made.")
@root_option
@branch_option
@site_option
@click.option("--edition", metavar="NAME", help="Pack this edition, such as 2026.1, and all that led to it.")
@click.option(
    "--from", "first", type=DayParameter(), metavar="DATE", help="Pack a period instead: its first day."
)
@click.option(
    "--to", "last", type=DayParameter(), metavar="DATE", help="The last day of the period; without it, today."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, resolve_path=True, path_type=Path),
    default=".",
    help="Where the folder and the zip are written; without it, here.",
)
@click.option("--without-pdf", is_flag=True, help="Leave out the PDF of each edition, which needs Chromium.")
@exits_with_status
def command(
    root: Path,
    branch: str | None,
    site_branch: str,
    edition: str | None,
    first: datetime.date | None,
    last: datetime.date | None,
    out: Path,
    without_pdf: bool,
) -> int:
    """Write a folder, and its zip, that an auditor reads offline and verifies without this software.

    It holds the register of pages, the records of reviews, the history with redlines, waivers, compliance
    over time, and the published pages, also as one PDF; and verify.py, which checks all of it. The same
    edition or period gives the same bytes. With --edition, nothing later than its commit is in it.
    """
    repository = repository_of(root)
    published = Published(repository, site_branch)
    scope = scope_of(repository, published, branch, edition, (first, last))
    refuse_taken(out, scope.name)
    printing = None if without_pdf or not scope.editions else partial(as_pdf, printer())
    with progress(f"making {scope.name}"):
        evidence = read_evidence(repository, published, scope, printing)
        written = write_pack(pack_of(evidence, Path(verify.__file__).read_bytes()), out)
    click.echo(f"{written.archive}: {written.files} files")
    click.echo(f"SHA-256 of the zip: {written.archive_sum}")
    click.echo(f"SHA-256 of {MANIFEST}: {written.manifest_sum}")
    click.echo("give the auditor these numbers by another way than the pack", err=True)
    return 0

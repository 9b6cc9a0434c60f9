"""`handbook audit pack`: one folder, and its zip, that an auditor reads and verifies without us."""

import datetime
import sys
from functools import partial
from pathlib import Path
from typing import Final

import click

from handbook.audit_evidence import pack_of
from handbook.audit_pack import MANIFEST, refuse_taken, write_pack
from handbook.published import Published
from scripts.audit_reading import read_evidence
from scripts.audit_scope import scope_of
from scripts.command import Day, branch_option, repository_of, root_option, told_in_a_sentence
from scripts.edition_command import site_option
from scripts.printing import as_pdf, printer
from scripts.site_build import said_meanwhile

_VERIFIER: Final = Path(__file__).with_name("verify_pack.py")


@click.command(name="pack", epilog="Exit status: 0, or 2 when no pack was made.")
@root_option
@branch_option
@site_option
@click.option("--edition", metavar="NAME", help="Pack this edition, such as 2026.1, and all that led to it.")
@click.option("--from", "first", type=Day(), metavar="DATE", help="Pack a period instead: its first day.")
@click.option(
    "--to", "last", type=Day(), metavar="DATE", help="The last day of the period; without it, today."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, resolve_path=True, path_type=Path),
    default=".",
    help="Where the folder and the zip are written; without it, here.",
)
@click.option("--without-pdf", is_flag=True, help="Leave out the PDF of each edition, which needs Chromium.")
@told_in_a_sentence
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
    with said_meanwhile(f"making {scope.name}"):
        evidence = read_evidence(repository, published, scope, printing)
        written = write_pack(pack_of(evidence, _VERIFIER.read_bytes()), out)
    click.echo(f"{written.archive}: {written.files} files")
    click.echo(f"SHA-256 of the zip: {written.archive_sum}")
    click.echo(f"SHA-256 of {MANIFEST}: {written.manifest_sum}")
    click.echo("give the auditor these numbers by another way than the pack", err=True)
    return 0


if __name__ == "__main__":
    sys.exit(command())

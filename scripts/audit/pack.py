"""`handbook audit pack`: a folder, and its zip, that an auditor reads and verifies without our software."""

import datetime
from functools import partial
from pathlib import Path

import click

from handbook.acknowledgements.editions import asked_editions
from handbook.acknowledgements.record.folder import FOLDER, has_record
from handbook.acknowledgements.record.opening import open_to_read
from handbook.acknowledgements.report import Recorded, recorded
from handbook.audit import verify
from handbook.audit.evidence import pack_of
from handbook.audit.pack import MANIFEST, refuse_taken, write_pack
from handbook.audit.read_evidence import read_evidence
from handbook.audit.scope import Scope, scope_of
from handbook.editions.published_branch import Published
from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.registers.all_registers import read_registers
from scripts.audit.pdf import as_pdf, find_printer
from scripts.edition.options import site_option
from scripts.options import (
    DayParameter,
    branch_option,
    exits_with_status,
    record_option,
    repository_of,
    root_option,
)
from scripts.site.publication import expressions_for
from scripts.terminal import progress


@click.command(name="pack", epilog="Exit status: 0, or 2 if no pack was made.")
@root_option
@branch_option
@site_option
@click.option("--edition", metavar="NAME", help="Pack this edition, such as 2026.1, with its whole history.")
@click.option(
    "--from",
    "first",
    type=DayParameter(),
    metavar="DATE",
    help="Pack a period instead, from this day.",
)
@click.option(
    "--to", "last", type=DayParameter(), metavar="DATE", help="The last day of the period; without it, today."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, resolve_path=True, path_type=Path),
    default=".",
    help="The folder to write to; without it, the current one.",
)
@record_option
@click.option(
    "--with-people",
    is_flag=True,
    help="Also pack where each person stands, by name or by pseudonym as the record keeps them.",
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
    record: Path | None,
    with_people: bool,
    without_pdf: bool,
) -> int:
    """Write an audit pack: a folder, and the same as a zip, that an auditor reads offline.

    The pack has the register of pages, the records of reviews, the history with redlines, the waivers,
    compliance over time, and the published pages, also as one PDF. Its script verify.py checks every file
    and needs nothing but Python. The same edition or period gives the same bytes. With --edition, nothing
    later than the commit of the edition is in the pack. If there is a record of who accepted what, its counts
    of today are added, and they name nobody without --with-people.
    """
    repository, expressions_of = repository_of(root), expressions_for(root)
    published = Published(repository, site_branch)
    scope = scope_of(repository, published, branch, edition, (first, last))
    refuse_taken(out, scope.name)
    known = _recorded(root, record, published, scope, with_people=with_people)
    print_pdf = None if without_pdf or not scope.editions else partial(as_pdf, find_printer())
    with progress(f"making {scope.name}"):
        evidence = read_evidence(repository, published, scope, print_pdf, expressions_of, known)
        written = write_pack(pack_of(evidence, Path(verify.__file__).read_bytes()), out)
    click.echo(f"{written.archive}: {written.files} files")
    click.echo(f"SHA-256 of the zip: {written.archive_sum}")
    click.echo(f"SHA-256 of {MANIFEST}: {written.manifest_sum}")
    click.echo("give the auditor these numbers in another way than the pack, such as by telephone", err=True)
    return 0


def _recorded(
    root: Path, record: Path | None, published: Published, scope: Scope, *, with_people: bool
) -> Recorded | None:
    """Return what the record says today of the editions in the pack, or None if there is no record."""
    folder = Path.cwd() / record if record else root / FOLDER
    if not has_record(folder):
        if with_people or record:
            raise HandbookError(f"nothing is recorded in {folder}; leave out --with-people and --record")
        return None
    registers = read_registers(Folder(root))
    register, today = registers.acknowledgements, registers.organization.today()
    editions = asked_editions(published, today)
    last = scope.edition.name if scope.edition else None
    chosen = [
        edition
        for edition in editions.editions
        if (edition.name <= last if last else edition.effective <= scope.last)
    ]
    with open_to_read(folder, root, register.record.people) as store:
        return recorded(store, editions, register, today, only=chosen, with_people=with_people)

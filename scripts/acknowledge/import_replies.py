"""`handbook acknowledge import`: takes receipts from an export."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from handbook.acknowledgements.editions import AskedEditions
from handbook.acknowledgements.record.csv_exports import MissingColumn, read_export
from handbook.acknowledgements.record.intake import (
    Intake,
    ReceiptJudge,
    RefusedRow,
    judge_rows,
    refused_table,
)
from handbook.acknowledgements.record.store import Store
from handbook.errors import HandbookError
from handbook.files.atomic_write import write_new_text
from handbook.registers.acknowledgements import FILE, Columns
from handbook.text.quoting import one_line
from handbook.text.suggestions import did_you_mean
from scripts.acknowledge.office import Office, office_of, recording
from scripts.command_name import with_real_command
from scripts.edition.options import site_option
from scripts.exclusive import changes_files
from scripts.options import exits_with_status, record_option, root_option, today_option

_EPILOG: Final = (
    "Exit status: 0 if every row was taken, or had been, 1 if some rows were refused, 2 if the command could"
    " not run."
)
_MOST_SHOWN: Final = 50


@click.command(name="import", epilog=_EPILOG)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.csv")
@click.option(
    "--from",
    "source",
    required=True,
    metavar="NAME",
    help=f"Which export it is: a name under `imports` in {FILE}, which has the names of its columns.",
)
@click.option("--take-rest", is_flag=True, help="Take the good rows, even if others are refused.")
@click.option(
    "--refused",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Write the refused rows into this new file, each with the reason.",
)
@site_option
@record_option
@root_option
@today_option
@exits_with_status
@changes_files()
def command(
    file: Path,
    source: str,
    take_rest: bool,
    refused: Path | None,
    site_branch: str,
    record: Path | None,
    root: Path,
    today: datetime.date | None,
) -> int:
    """Take the receipts in an export of a learning system, a form, or a mailbox.

    Every receipt is compared with what its edition asked. If any row cannot be taken, nothing is, and each
    such row is listed with the reason; --take-rest takes the others. What was taken before from the same
    person is counted, and is not an error.
    """
    office = office_of(root, record, today)
    columns = _columns(office, source)
    if refused is not None and refused.exists():
        raise HandbookError(f"{refused} is there already; move it away, or name another file")
    asked = _asked(office, site_branch)
    zone = office.registers.organization.time_zone
    judge = ReceiptJudge(asked.by_name, office.oldest, office.today, zone, asked.published)
    wanted = [columns.person, columns.receipt, *([columns.day] if columns.day else [])]
    with recording(office) as store:
        intake = _judged(file, wanted, store, judge, source)
        takes = take_rest or not intake.refused
        if refused is not None and intake.refused:
            table = refused_table(intake.refused, with_people=store.kept == "names")
            write_new_text(refused, table, is_private=True)
        if takes:
            store.add_replies(intake.replies)
    _show(intake, one_line(file.name), takes=takes)
    return int(bool(intake.refused))


def _judged(file: Path, wanted: Sequence[str], store: Store, judge: ReceiptJudge, source: str) -> Intake:
    try:
        with read_export(file, wanted) as rows:
            return judge_rows(rows, store, judge)
    except MissingColumn as error:
        raise HandbookError(f"{error}; correct `imports: {source}` in {FILE}, or the export") from None


def _asked(office: Office, site_branch: str) -> AskedEditions:
    asked = office.editions(site_branch)
    if not asked.by_name:
        raise HandbookError(
            f"no edition on the branch {site_branch} asks anybody to accept pages; publish one first, or run"
            f" `git fetch origin {site_branch}:{site_branch}`"
        )
    return asked


def _columns(office: Office, source: str) -> Columns:
    imports = office.register.imports
    if source not in imports:
        raise HandbookError(f"{FILE} has no import '{source}'; {did_you_mean(source, imports)}")
    return imports[source]


def _show(intake: Intake, name: str, *, takes: bool) -> None:
    _list([_refusal(name, row) for row in intake.refused])
    if takes:
        _list([f"{name}:{line}: {note}" for line, note in intake.notes])
    taken = len(intake.replies) if takes else 0
    click.echo(f"{taken:,} taken, {intake.duplicates:,} taken before, {len(intake.refused):,} refused")
    if not takes:
        rest = f"; --take-rest takes the other {len(intake.replies):,}" if intake.replies else ""
        click.echo(f"nothing was taken, because rows were refused{rest}", err=True)


def _refusal(name: str, row: RefusedRow) -> str:
    person = f" ({one_line(row.person)})" if row.person else ""
    return f"{name}:{row.line}: {with_real_command(one_line(row.reason))}{person}"


def _list(lines: Sequence[str]) -> None:
    for line in lines[:_MOST_SHOWN]:
        click.echo(line)
    if len(lines) > _MOST_SHOWN:
        click.echo(f"and {len(lines) - _MOST_SHOWN:,} more rows; --refused writes all that were refused")

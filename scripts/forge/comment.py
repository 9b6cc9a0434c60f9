"""`handbook forge comment`: prepares the comment on a proposed change."""

import re
from pathlib import Path
from typing import Final

import click

from handbook.errors import HandbookError
from handbook.forges.comment import comment_requests, comment_text
from scripts.forge.options import (
    EPILOG,
    answers_in,
    existing_option,
    host_option,
    requests_option,
    write_and_count,
)
from scripts.options import exits_with_status

_ADDRESS: Final = re.compile(r"https?://[^\s()<>\"]+")
_report = click.Path(dir_okay=False, path_type=Path)


@click.command(name="comment", epilog=EPILOG)
@host_option
@click.option(
    "--number", type=click.IntRange(min=1), required=True, help="Number of the pull or merge request."
)
@click.option(
    "--approvals", type=_report, metavar="FILE", help="Output of `handbook approvals`, as Markdown."
)
@click.option("--changes", type=_report, metavar="FILE", help="Output of `handbook changes`, as Markdown.")
@click.option("--preview", metavar="ADDRESS", help="Where the built site is.")
@click.option("--run", metavar="ADDRESS", help="Where the log is.")
@existing_option
@requests_option
@exits_with_status
def command(
    host: str,
    number: int,
    approvals: Path | None,
    changes: Path | None,
    preview: str | None,
    run: str | None,
    existing: Path,
    folder: Path,
) -> int:
    """Prepare the comment on a change.

    Write the requests that make one comment on a change, or bring it up to date.

    The comment says who has to agree, which pages are reached, and what readers will notice. A report that
    is missing is called unknown. Nothing is sent, and without a difference nothing is to be sent.
    """
    for address in filter(None, (preview, run)):
        if not _ADDRESS.fullmatch(address):
            raise HandbookError(f"'{address}' is not an address that begins with https://; correct it")
    text = comment_text(_text(approvals), _text(changes), preview or None, run or None)
    write_and_count(folder, comment_requests(host, number, text, answers_in(existing)))
    return 0


def _text(file: Path | None) -> str | None:
    """Return what a report says; None if the job that should have written it stopped."""
    if file is None or not file.is_file():
        return None
    return file.read_text(encoding="utf-8", errors="replace").strip() or None

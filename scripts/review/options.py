"""What several subcommands of `handbook review` share."""

import datetime
from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.files.atomic_write import replace_file
from handbook.model import Handbook
from handbook.registers.review_records import ReviewFile
from scripts.options import DayParameter

EPILOG = "Exit status: 0, or 2 when the command could not do it."


review_option = click.option(
    "--review", metavar="NAME", help="Which review, when several are open: the name of its file."
)


on_option = click.option(
    "--on", "day", type=DayParameter(), metavar="DATE", help="The day; without it, today."
)


def not_in_the_future(day: datetime.date, handbook: Handbook) -> datetime.date:
    """Return the day, or raise a HandbookError if it is in the future."""
    if day > handbook.today:
        raise HandbookError(f"{day} is in the future; name today, or a day before")
    return day


def current_text(root: Path, review_file: ReviewFile) -> str:
    """Return the text of a record's file now; someone else may have signed since it was read."""
    return (root / review_file.path).read_bytes().decode("utf-8")


def write_record(root: Path, review_file: ReviewFile, text: str) -> None:
    """Replace the file of a record."""
    replace_file(root / review_file.path, text)

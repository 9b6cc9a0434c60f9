"""Options of several subcommands of `handbook review`, and their access to the record."""

import datetime
from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.files.atomic_write import replace_file
from handbook.model import Handbook
from handbook.registers.review_records import ReviewFile
from scripts.options import DayParameter

EPILOG = "Exit status: 0, or 2 if the command failed."
review_option = click.option("--review", metavar="NAME", help="File name of the review, if several are open.")
on_option = click.option(
    "--on", "day", type=DayParameter(), metavar="DATE", help="Day to record; by default today."
)


def not_in_the_future(day: datetime.date, handbook: Handbook) -> datetime.date:
    """Return the day.

    Raises:
        HandbookError: if it is in the future.

    """
    if day > handbook.today:
        raise HandbookError(f"{day} is in the future; give today or an earlier day")
    return day


def current_text(root: Path, review_file: ReviewFile) -> str:
    """Return the text of a record's file now; someone else may have signed since it was read."""
    return (root / review_file.path).read_bytes().decode("utf-8")


def write_record(root: Path, review_file: ReviewFile, text: str) -> None:
    """Replace the file of a record."""
    replace_file(root / review_file.path, text)

"""What every command has in common: its options, its exit status, its sentences."""

import datetime
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from handbook.errors import HandbookError
from handbook.git import Repository

EPILOG = "Exit status: 0 nothing found, 1 something found, 2 the command could not run."
Parameters = ParamSpec("Parameters")


class Day(click.ParamType[datetime.date]):
    """A day on the command line, such as 2026-10-14."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.date:
        """Read the day, or say how one is written."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self.fail(f"'{value}' is not a day; write for example 2026-10-14", param, ctx)


root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    default=".",
    help="The handbook's folder, when it is not this one.",
)
branch_option = click.option(
    "--branch", metavar="NAME", help="The main branch, when it is not called main or master."
)
today_option = click.option(
    "--today",
    type=Day(),
    metavar="DATE",
    help="Judge as of this day, such as 2026-10-14, instead of today.",
)


def repository_of(root: Path) -> Repository:
    """Return the repository of a handbook; it is left when the command ends.

    Raises:
        HandbookError: when there is none.

    """
    return click.get_current_context().with_resource(Repository(root))


def told_in_a_sentence(function: Callable[Parameters, int]) -> Callable[Parameters, None]:
    """End the command with the status it returns; what stops it is told, not traced."""

    @wraps(function)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            status = function(*args, **kwargs)
        except HandbookError as error:
            text = str(error)
            click.echo(text if "\n" in text else f"handbook: {text}", err=True)
            status = 2
        raise SystemExit(status)

    return run

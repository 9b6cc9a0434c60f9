"""What every command has in common: its options, its exit status, its sentences."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.git.repository import Repository

EPILOG = "Exit status: 0 nothing found, 1 something found, 2 the command could not run."
Parameters = ParamSpec("Parameters")
AnyCommand = TypeVar("AnyCommand", bound=Callable[..., object])


class DayParameter(click.ParamType[datetime.date]):
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
    type=DayParameter(),
    metavar="DATE",
    help="Judge as of this day, such as 2026-10-14, instead of today.",
)


def format_option(
    shown: str, formats: Iterable[str] = ("text", "json")
) -> Callable[[AnyCommand], AnyCommand]:
    """Return the option `--format`, whose value the command gets as `name`; `shown` is its help."""
    return click.option(
        "--format", "name", type=click.Choice(list(formats)), default="text", show_default=True, help=shown
    )


def named_pages(pages: Sequence[Page], paths: Sequence[str], root: Path) -> list[Page]:
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


def one_page(pages: Sequence[Page], path: str, root: Path) -> Page:
    """Return the page that a path means.

    Raises:
        HandbookError: when it means none, or a folder with several.

    """
    found = named_pages(pages, (path,), root)
    if len(found) > 1:
        raise HandbookError(f"{path} has {len(found)} pages; name one of them")
    return found[0]


def _named(pages: Sequence[Page], path: str, root: Path) -> Iterator[Page]:
    """Find pages by a path from the root or from the folder that the person stands in."""
    here = Path(path) if Path(path).is_absolute() else Path.cwd() / path
    names = {Path(path).as_posix()}
    if here.is_relative_to(root):
        names.add(here.relative_to(root).as_posix())
    for page in pages:
        if any(name in (page.path, ".") or page.path.startswith(name.rstrip("/") + "/") for name in names):
            yield page


def repository_of(root: Path) -> Repository:
    """Return the repository of a handbook; it is left when the command ends.

    Raises:
        HandbookError: when there is none.

    """
    return click.get_current_context().with_resource(Repository(root))


def exits_with_status(function: Callable[Parameters, int]) -> Callable[Parameters, None]:
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

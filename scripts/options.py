"""Options, exit status and error messages that all commands share."""

import datetime
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

import click

from handbook.acknowledgements.record.folder import FOLDER
from handbook.errors import HandbookError
from handbook.git.repository import Repository
from handbook.text.suggestions import nearest
from scripts.command_name import with_real_command
from scripts.guarded_output import guarded_output

if TYPE_CHECKING:
    from handbook.content.pages import Page

EPILOG = "Exit status: 0 if nothing was found, 1 if something was, 2 if the command could not run."
Parameters = ParamSpec("Parameters")
AnyCommand = TypeVar("AnyCommand", bound=Callable[..., object])


class NotAPage(HandbookError):
    """A path on the command line names no page; no file is wrong."""


class HasPath(Protocol):
    """Anything that a path on the command line can select."""

    @property
    def path(self) -> str:
        """The path from the root, with `/`."""


AnyFile = TypeVar("AnyFile", bound=HasPath)


class DayParameter(click.ParamType[datetime.date]):
    """A day on the command line, such as 2026-10-14."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.date:
        """Read the day; fail with an example if it is not one."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            from handbook.yaml.written_dates import day_meant  # It takes YAML, which most commands do not.

            self.fail(f"'{value}' is not a day; {day_meant(str(value))}", param, ctx)


root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    default=".",
    help="Folder of the handbook, if it is not the current one.",
)
branch_option = click.option(
    "--branch", metavar="NAME", help="Name of the main branch, if it is not main or master."
)
today_option = click.option(
    "--today",
    type=DayParameter(),
    metavar="DATE",
    help="Use this day, such as 2026-10-14, instead of today.",
)

record_option = click.option(
    "--record",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help=f"Folder of the record of who accepted what; by default, {FOLDER} in the handbook's folder.",
)


def format_option(
    shown: str, formats: Iterable[str] = ("text", "json")
) -> Callable[[AnyCommand], AnyCommand]:
    """Return the option `--format`, whose value the command gets as `name`; `shown` is its help text."""
    return click.option(
        "--format", "name", type=click.Choice(list(formats)), default="text", show_default=True, help=shown
    )


def require_handbook(root: Path) -> None:
    """Refuse a folder that is not that of a handbook, and name the one above that is.

    Raises:
        HandbookError: if the folder does not hold a handbook.

    """
    if (root / "mkdocs.yml").is_file():
        return
    above = next(filter(_has_handbook, root.resolve().parents), None)
    advice = f"go to {above}" if above else "go to its folder"
    raise HandbookError(f"there is no handbook in {root}; {advice}, or name it with --root")


def _has_handbook(folder: Path) -> bool:
    return all((folder / name).is_file() for name in ("mkdocs.yml", "organization.yml"))


def named_pages(
    pages: "Sequence[Page]", paths: Sequence[str], root: Path, others: Sequence[HasPath] = ()
) -> "list[Page]":
    """Return the published pages at the given files and in the given folders.

    Raises:
        HandbookError: if there is none at one of the paths, and none of the `others`.

    """
    chosen: dict[str, Page] = {}
    for path in paths:
        matches = _pages_at(pages, path, root)
        if not matches and not any(files_at(others, path, root)):
            raise NotAPage(_why_not_a_page(pages, path, root))
        chosen.update((page.path, page) for page in matches)
    return list(chosen.values())


def possible_paths(path: str) -> Iterator[str]:
    """Yield a path as it is written, then with slashes, `docs/` before it, and `.md` at its end."""
    yield path
    plain = path.replace("\\", "/").rstrip("/")
    for whole in (plain, f"docs/{plain.removeprefix('./')}"):
        yield from (whole, f"{whole}.md")


def _pages_at(pages: "Sequence[Page]", path: str, root: Path) -> "list[Page]":
    candidates = (list(files_at(pages, possible, root)) for possible in possible_paths(path))
    return next(filter(None, candidates), [])


def _why_not_a_page(pages: "Sequence[Page]", path: str, root: Path) -> str:
    pages_there = (each for each in possible_paths(path) if each.startswith("docs/") and each.endswith(".md"))
    if file := next((each for each in pages_there if (root / each).is_file()), None):
        return (
            f"{file} is not published in this handbook; `applies_to` in the page decides, and `leave_out` and"
            " `accounts` in organization.yml"
        )
    meant = nearest(path, (page.path for page in pages))
    advice = f"did you mean '{meant}'?" if meant else "name it from the handbook's folder"
    return f"{path} is not a published page or a folder with one; {advice}"


def one_page(pages: "Sequence[Page]", path: str, root: Path) -> "Page":
    """Return the published page at a path.

    Raises:
        HandbookError: if there is none, or if the path is a folder with several.

    """
    matches = named_pages(pages, (path,), root)
    if len(matches) > 1:
        raise HandbookError(f"{path} has {len(matches)} pages; name one of them")
    return matches[0]


def files_at(files: Iterable[AnyFile], path: str, root: Path) -> Iterator[AnyFile]:
    """Yield the files at a path, or below it, that is relative to the root or to the current folder."""
    absolute = Path.cwd() / path
    names = {Path(path).as_posix()}
    if absolute.is_relative_to(root):
        names.add(absolute.relative_to(root).as_posix())
    for file in files:
        if any(name in (file.path, ".") or file.path.startswith(name.rstrip("/") + "/") for name in names):
            yield file


def repository_of(root: Path) -> Repository:
    """Return the repository of a handbook, which is closed when the command ends.

    Raises:
        HandbookError: if there is none.

    """
    return click.get_current_context().with_resource(Repository(root))


def exits_with_status(function: Callable[Parameters, int]) -> Callable[Parameters, None]:
    """Exit with the returned status; print an error without a traceback, with status 2."""

    @wraps(function)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        with guarded_output():
            status = _status_of(partial(function, *args, **kwargs))
        raise SystemExit(status)

    return run


def _status_of(command: Callable[[], int]) -> int:
    try:
        return command()
    except HandbookError as error:
        text = with_real_command(str(error))
        click.echo(text if "\n" in text else f"handbook: {text}", err=True)
    except BrokenPipeError:  # Somebody reads only the beginning; click ends quietly.
        raise
    except OSError as error:
        _report_os_error(error)
    return 2


def _report_os_error(error: OSError) -> None:
    """Say what the system refused. Only a stream has no name."""
    if error.filename is not None:
        click.echo(f"handbook: {error.filename}: {error.strerror}; check that it can be used", err=True)
        return
    click.echo(f"handbook: the output cannot be written ({error.strerror}); send it elsewhere", err=True)
    with suppress(OSError):
        sys.stdout.close()  # Python would try again at its end.

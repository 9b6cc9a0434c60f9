"""`handbook review start`: opens a review."""

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

import click

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.files.atomic_write import write_new_text
from handbook.model import Handbook
from handbook.registers.review_records import FOLDER
from handbook.reviews.due_pages import due_pages
from handbook.reviews.readers import readers_of
from handbook.reviews.record_editing import new_record
from scripts.options import exits_with_status, named_pages, root_option
from scripts.review.options import EPILOG, not_in_the_future, on_option
from scripts.site.publication import read_handbook


@click.command(name="start", epilog=EPILOG)
@click.argument("paths", nargs=-1, metavar="[PAGE OR FOLDER]...")
@root_option
@on_option
@click.option("--name", metavar="NAME", help="The end of the file's name; without it, that of the folder.")
@click.option("--role", "roles", multiple=True, metavar="ROLE", help="Ask this role to read, too.")
@click.option(
    "--spread",
    type=click.IntRange(2, 52),
    metavar="NUMBER",
    help="Make so many reviews, so that not every page is due on the same day.",
)
@exits_with_status
def command(
    paths: tuple[str, ...],
    root: Path,
    day: datetime.date | None,
    name: str | None,
    roles: tuple[str, ...],
    spread: int | None,
) -> int:
    """Start a review of the pages named, or of all that are due soon or overdue.

    The owners of the pages read them, a lawyer reads those under policy/ and law/, and a deputy makes
    a second reader where there would be one alone.
    """
    handbook, _ = read_handbook(root)
    begun = not_in_the_future(day or handbook.today, handbook)
    pages = named_pages(handbook.pages, paths, root) if paths else [one.page for one in due_pages(handbook)]
    parts = _parts(_not_in_an_open_review(pages, handbook), spread or 1)
    asked = [readers_of(part, roles, handbook) for part in parts]
    for part, readers in zip(parts, asked, strict=True):
        target = _free_file(root, f"{begun}-{_checked_name(name) if name else _common_name(part)}")
        write_new_text(target, new_record([page.path for page in part], readers, begun))
        click.echo(f"{FOLDER}/{target.name}: {_counted(part)}, read by {', '.join(readers)}{_latest(part)}")
    click.echo("Next, each role reads by itself: handbook review sign --as ROLE")
    return 0


def _not_in_an_open_review(pages: list[Page], handbook: Handbook) -> list[Page]:
    """Leave out what is being reviewed.

    Raises:
        HandbookError: when nothing is left.

    """
    if not pages:
        raise HandbookError("no page is due; name the pages to review, such as docs/policy")
    taken = {path for review_file in handbook.reviews.open for path in review_file.record.pages}
    free = [page for page in pages if page.path not in taken]
    if not free:
        raise HandbookError("each of these pages is in an open review; see `handbook review status`")
    return free


def _parts(pages: list[Page], number: int) -> list[list[Page]]:
    """Cut the pages into parts of about the same size, those due first in the first."""
    late = datetime.date.min
    ordered = sorted(pages, key=lambda page: (page.schedule.due if page.schedule else late, page.path))
    size = -(-len(ordered) // number)
    return [ordered[at : at + size] for at in range(0, len(ordered), size)]


def _checked_name(name: str) -> str:
    """Hold a name to what every disk and address can bear."""
    if name != _slug(name):
        mend = f"such as {_slug(name)}" if _slug(name) else "such as spring"
        raise HandbookError(f"a review cannot be called '{name}'; use letters, digits and hyphens, {mend}")
    return name


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text).strip("-")


def _free_file(root: Path, name: str) -> Path:
    """Return where a new record goes; a second one of the day with a name gets a number."""
    names = [f"{name}.yml", *(f"{name}-{number}.yml" for number in range(2, 1000))]
    return next(file for one in names if not (file := root / FOLDER / one).exists())


def _common_name(pages: list[Page]) -> str:
    """Return the folder that all pages share, or the page's own name where there is one page."""
    if len(pages) == 1:
        return _slug(Path(pages[0].path).stem) or "page"
    folders = {_slug(Path(page.path).parent.name) for page in pages}
    return (folders.pop() if len(folders) == 1 else "") or "handbook"


def _counted(pages: Sequence[Page]) -> str:
    return "1 page" if len(pages) == 1 else f"{len(pages)} pages"


def _latest(pages: list[Page]) -> str:
    """Say by when the meeting has to be, where no page is overdue for want of a date."""
    days = [page.schedule.due for page in pages if page.schedule]
    return f"; the first is due by {min(days)}" if days else ""

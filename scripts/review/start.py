"""`handbook review start`: opens a review."""

import datetime
import re
from itertools import chain, count
from pathlib import Path

import click

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.files.atomic_write import write_new_text
from handbook.files.tree import Folder
from handbook.model import Handbook
from handbook.registers.evidence_folder import place_to_write
from handbook.registers.review_records import FOLDER
from handbook.reviews.due_pages import due_pages
from handbook.reviews.readers import readers_of
from handbook.reviews.record_editing import new_record
from handbook.text.counting import counted
from scripts.exclusive import changes_files
from scripts.options import exits_with_status, named_pages, root_option
from scripts.review.options import EPILOG, not_in_the_future, on_option
from scripts.site.publication import read_handbook


@click.command(name="start", epilog=EPILOG)
@click.argument("paths", nargs=-1, metavar="[PAGE OR FOLDER]...")
@root_option
@on_option
@click.option(
    "--name", metavar="NAME", help="Name for the file of the review; by default, that of the folder."
)
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE",
    help="Role that should read the pages, too; can be repeated.",
)
@click.option(
    "--spread",
    type=click.IntRange(2, 52),
    metavar="NUMBER",
    help="Split the pages into this many reviews, so that they are not all due on the same day.",
)
@exits_with_status
@changes_files()
def command(
    paths: tuple[str, ...],
    root: Path,
    day: datetime.date | None,
    name: str | None,
    roles: tuple[str, ...],
    spread: int | None,
) -> int:
    """Start a review of the named pages, or of all that are due soon or overdue.

    The owners of the pages read them. A lawyer also reads pages in docs/policy/ and docs/law/. If only one
    role would read, its deputy reads, too.
    """
    handbook, _ = read_handbook(root)
    started = not_in_the_future(day or handbook.today, handbook)
    pages = named_pages(handbook.pages, paths, root) if paths else [due.page for due in due_pages(handbook)]
    parts = _parts(_not_in_an_open_review(pages, handbook), spread or 1, root)
    readers_by_part = [readers_of(part, roles, handbook) for part in parts]
    for part, readers in zip(parts, readers_by_part, strict=True):
        folder = place_to_write(Folder(root), FOLDER, [page.path for page in part])
        target = _free_file(root / folder, f"{started}-{_checked_name(name) if name else _common_name(part)}")
        write_new_text(target, new_record([page.path for page in part], readers, started))
        pages_count = counted(len(part), "page")
        click.echo(f"{folder}/{target.name}: {pages_count}, read by {', '.join(readers)}{_latest(part)}")
    click.echo("Next, each role reads the pages alone: handbook review sign --as ROLE")
    return 0


def _not_in_an_open_review(pages: list[Page], handbook: Handbook) -> list[Page]:
    """Return the pages that are not in an open review.

    Raises:
        HandbookError: if there are none.

    """
    if not pages:
        raise HandbookError("no page is due; name the pages to review, such as docs/policy")
    in_review = handbook.reviews.open_by_page
    free = [page for page in pages if page.path not in in_review]
    if not free:
        raise HandbookError("each of these pages is in an open review; see `handbook review status`")
    return free


def _parts(pages: list[Page], number: int, root: Path) -> list[list[Page]]:
    """Split the pages into parts of about the same size, by due day; each is kept in one place."""
    by_place: dict[str, list[Page]] = {}
    for page in pages:
        by_place.setdefault(place_to_write(Folder(root), FOLDER, [page.path]), []).append(page)
    return [part for kept in by_place.values() for part in _split(kept, number)]


def _split(pages: list[Page], number: int) -> list[list[Page]]:
    undated = datetime.date.min
    ordered = sorted(pages, key=lambda page: (page.schedule.due if page.schedule else undated, page.path))
    size = -(-len(ordered) // number)
    return [ordered[at : at + size] for at in range(0, len(ordered), size)]


def _checked_name(name: str) -> str:
    """Return a name that is safe as a file name everywhere.

    Raises:
        HandbookError: if it is not.

    """
    if name != _slug(name):
        example = _slug(name) or "spring"
        raise HandbookError(
            f"a review cannot be called '{name}'; use letters, digits and hyphens, such as {example}"
        )
    return name


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text).strip("-")


def _free_file(folder: Path, name: str) -> Path:
    """Return the file for a new record; if the name is taken, it gets a number."""
    numbered = (f"{name}-{number}.yml" for number in count(2))
    files = (folder / file_name for file_name in chain([f"{name}.yml"], numbered))
    return next(file for file in files if not file.exists())


def _common_name(pages: list[Page]) -> str:
    """Return the name of the folder that all pages share, or that of the page if there is only one."""
    if len(pages) == 1:
        return _slug(Path(pages[0].path).stem) or "page"
    folders = {_slug(Path(page.path).parent.name) for page in pages}
    return (folders.pop() if len(folders) == 1 else "") or "handbook"


def _latest(pages: list[Page]) -> str:
    """Return an addition that says when the first page is due, if any page has a date."""
    days = [page.schedule.due for page in pages if page.schedule]
    return f"; the first is due by {min(days)}" if days else ""

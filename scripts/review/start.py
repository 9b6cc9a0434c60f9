"""`handbook review start`: opens a review."""

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from itertools import chain, count
from pathlib import Path

import click

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.files.atomic_write import FileWrite
from handbook.files.tree import Folder
from handbook.model import Handbook
from handbook.registers.evidence_folder import path_to_write
from handbook.registers.review_records import FOLDER, PLAN
from handbook.reviews.due_pages import due_pages
from handbook.reviews.open_reviews import known_role
from handbook.reviews.questions_to_answer import questions_to_answer
from handbook.reviews.readers import readers_of, without_pages_about_the_tool
from handbook.reviews.record_editing import new_review
from handbook.text.counting import counted
from scripts.command_name import with_real_command
from scripts.exclusive import changes_files
from scripts.file_changes import write_files
from scripts.options import exits_with_status, named_pages, root_option
from scripts.review.options import EPILOG, not_in_the_future, on_option
from scripts.site.publication import read_handbook


@click.command(name="start", epilog=EPILOG)
@click.argument("paths", nargs=-1, metavar="[PAGE OR FOLDER]...")
@root_option
@on_option
@click.option("--name", metavar="NAME", help="Name for the review; by default, that of the folder.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE",
    help="One more role that reads every page; can be repeated.",
)
@click.option(
    "--spread",
    type=click.IntRange(2, 52),
    metavar="NUMBER",
    help="Split the pages by due day into this many reviews, rather than by folder.",
)
@click.option("--if-due", is_flag=True, help="Do nothing, with status 0, if no page is due; for jobs.")
@exits_with_status
@changes_files()
def command(
    paths: tuple[str, ...],
    root: Path,
    day: datetime.date | None,
    name: str | None,
    roles: tuple[str, ...],
    spread: int | None,
    if_due: bool,
) -> int:
    """Start a review of the named pages, or of all that are due soon or overdue.

    Each page is read by its owner and a second role: its deputy, or whom `read_by` in registers/owners.yml
    names. A lawyer also reads pages in docs/policy/ and docs/law/. Each folder becomes a review of its own.
    Pages about the tool, in docs/audit/ and docs/contributing/, are reviewed only if you name them.
    """
    handbook, _ = read_handbook(root)
    started = not_in_the_future(day or handbook.today, handbook)
    try:
        pages = _pages_to_review(handbook, paths, root)
    except NothingToStart as reason:
        if not if_due:
            raise
        click.echo(f"No review was started: {reason}")
        return 0
    more = [known_role(handbook, role) for role in roles]
    readers = {page.path: readers_of(page, more, handbook) for page in pages}
    parts = _parts(pages, spread, root) if spread else _folders(pages)
    plans: list[FileWrite] = []
    lines = []
    for part in parts:
        named = _checked_name(name) if name else _common_name(part)
        title = f"{named}-{_common_name(part)}" if name and len(parts) > 1 and not spread else named
        place = path_to_write(Folder(root), FOLDER, [page.path for page in part])
        taken = {plan.target.parent for plan in plans}
        target = _free_folder(root / place, f"{started}-{title}", taken) / PLAN
        readers_of_part = {page.path: readers[page.path] for page in part}
        plans.append(FileWrite(target, new_review(readers_of_part, started).encode("utf-8")))
        lines.append(_summary(target.relative_to(root).as_posix(), part, readers_of_part, handbook))
    write_files(root, plans)
    click.echo("\n".join(lines))
    started_review = plans[0].target.parent.name if len(plans) == 1 else "NAME"
    sign = f"handbook review sign --as ROLE --review {started_review}"
    click.echo(with_real_command(f"Next, each role reads its pages alone: {sign}"))
    return 0


class NothingToStart(HandbookError):
    """No page is due, or each of them is in an open review."""


def _pages_to_review(handbook: Handbook, paths: Sequence[str], root: Path) -> list[Page]:
    """Return the named pages, or those that are due, that are not in an open review."""
    if paths:
        named = [without_pages_about_the_tool(named_pages(handbook.pages, [path], root)) for path in paths]
        pages = {page.path: page for part in named for page in part}
    else:
        pages = {due.page.path: due.page for due in due_pages(handbook)}
        pages = {page.path: page for page in without_pages_about_the_tool(list(pages.values()))}
    return _not_in_an_open_review(list(pages.values()), handbook)


def _summary(path: str, pages: list[Page], readers: Mapping[str, Sequence[str]], handbook: Handbook) -> str:
    roles = dict.fromkeys(role for page_roles in readers.values() for role in page_roles)
    number = len(questions_to_answer(handbook, readers))
    asked = f"; {counted(number, 'open question')} to answer" if number else ""
    return f"{path}: {counted(len(pages), 'page')}, read by {', '.join(roles)}{_latest(pages)}{asked}"


def _not_in_an_open_review(pages: list[Page], handbook: Handbook) -> list[Page]:
    """Return the pages that are not in an open review.

    Raises:
        NothingToStart: if there are none.

    """
    if not pages:
        raise NothingToStart("no page is due; name the pages to review, such as docs/policy")
    in_review = handbook.reviews.open_by_page
    free = [page for page in pages if page.path not in in_review]
    if not free:
        raise NothingToStart("each of these pages is in an open review; see `handbook review status`")
    return free


def _folders(pages: list[Page]) -> list[list[Page]]:
    """Split the pages by the folder that they are in; those of one folder are kept in one place."""
    parts: dict[str, list[Page]] = {}
    for page in pages:
        parts.setdefault(page.path.rpartition("/")[0], []).append(page)
    return list(parts.values())


def _parts(pages: list[Page], number: int, root: Path) -> list[list[Page]]:
    """Split the pages into parts of about the same size, by due day; each is kept in one place."""
    by_place: dict[str, list[Page]] = {}
    for page in pages:
        by_place.setdefault(path_to_write(Folder(root), FOLDER, [page.path]), []).append(page)
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


def _free_folder(place: Path, name: str, taken: Collection[Path]) -> Path:
    """Return the folder for a new review; if the name is taken, it gets a number."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    free = (place / name for name in names if not (place / f"{name}.yml").exists())
    return next(folder for folder in free if not folder.exists() and folder not in taken)


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

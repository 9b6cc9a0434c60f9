"""`handbook review`: several roles read pages by themselves, then decide together."""

import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from handbook.check.runner import check, choose_rules
from handbook.content.fingerprints import fingerprint
from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.files.atomic_write import replace_file, write_new_text
from handbook.model import Handbook
from handbook.registers.review_records import FOLDER, FiledRecord, Meeting, Reading
from handbook.reviews.due_pages import due_pages
from handbook.reviews.open_reviews import review_to_close, review_to_sign
from handbook.reviews.readers import lawyers, readers_of
from handbook.reviews.record_editing import missing_roles, new_record, with_meeting, with_reading
from handbook.reviews.stamping import stamp_pages, stamps
from scripts.options import Day, named_pages, one_page, root_option, told_in_a_sentence
from scripts.review import changes as review_changes
from scripts.review import status as review_status
from scripts.review.answer_drafts import Draft, discard_drafts
from scripts.review.questions import ask_decisions, ask_readings, read_decisions, read_readings
from scripts.site.publication import read_handbook

EPILOG = "Exit status: 0, or 2 when the command could not do it."
review_option = click.option(
    "--review", metavar="NAME", help="Which review, when several are open: the name of its file."
)
on_option = click.option("--on", "day", type=Day(), metavar="DATE", help="The day; without it, today.")


@click.group(name="review")
def command() -> None:
    """Review pages: start, sign by each role, meet, close.

    Several roles read the pages by themselves and answer four questions. Then they meet and decide.
    The record in registers/reviews/ proves it, and the check compares it with the pages.
    """


@command.command(epilog=EPILOG)
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
@told_in_a_sentence
def start(
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
    begun = _not_in_the_future(day or handbook.today, handbook)
    pages = named_pages(handbook.pages, paths, root) if paths else [one.page for one in due_pages(handbook)]
    parts = _parts(_not_in_an_open_review(pages, handbook), spread or 1)
    asked = [readers_of(part, roles, handbook) for part in parts]
    for part, readers in zip(parts, asked, strict=True):
        target = _free_file(root, f"{begun}-{_checked_name(name) if name else _common_name(part)}")
        write_new_text(target, new_record([page.path for page in part], readers, begun))
        click.echo(f"{FOLDER}/{target.name}: {_counted(part)}, read by {', '.join(readers)}{_latest(part)}")
    click.echo("Next, each role reads by itself: handbook review sign --as ROLE")
    return 0


def _not_in_the_future(day: datetime.date, handbook: Handbook) -> datetime.date:
    if day > handbook.today:
        raise HandbookError(f"{day} is in the future; name today, or a day before")
    return day


def _not_in_an_open_review(pages: list[Page], handbook: Handbook) -> list[Page]:
    """Leave out what is being reviewed.

    Raises:
        HandbookError: when nothing is left.

    """
    if not pages:
        raise HandbookError("no page is due; name the pages to review, such as docs/policy")
    taken = {path for filed in handbook.reviews.open for path in filed.record.pages}
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


@command.command(epilog=EPILOG)
@root_option
@review_option
@on_option
@click.option("--as", "role", required=True, metavar="ROLE", help="The role that has read the pages.")
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A YAML file with verdict and answers for each page, instead of questions.",
)
@told_in_a_sentence
def sign(root: Path, review: str | None, day: datetime.date | None, role: str, answers: Path | None) -> int:
    """Write down what one role found, reading by itself.

    Asks for each page what has changed, a verdict (keep, change, retire), and four questions: is it
    still relevant, does it help us do our job, how has the environment changed, are there legal
    updates. Stop at any moment: what was answered is kept, and the next run goes on from there.
    """
    handbook, _ = read_handbook(root)
    filed = review_to_sign(handbook, review, role)
    signed_on = _not_in_the_future(day or handbook.today, handbook)
    pages = [_page(handbook, path) for path in filed.record.pages]
    draft = Draft(root, filed, role)
    read = read_readings(answers, pages) if answers else ask_readings(root, draft, pages, handbook)
    _write(root, filed, with_reading(_text(root, filed), role, Reading(date=signed_on, pages=read)))
    draft.discard()
    left = [one for one in missing_roles(filed.record) if one != role]
    click.echo(f"{filed.path}: signed as {role}")
    click.echo(
        f"Still to sign: {', '.join(left)}" if left else "All have signed. Meet, then: handbook review close"
    )
    return 0


@command.command(epilog=EPILOG)
@root_option
@review_option
@click.option("--on", "day", type=Day(), metavar="DATE", help="The day of the meeting; without it, today.")
@click.option(
    "--took-part", "took_part", multiple=True, metavar="ROLE", help="Who met; without it, all readers."
)
@click.option(
    "--decisions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A YAML file with outcome and reason for each page, instead of questions.",
)
@told_in_a_sentence
def close(
    root: Path,
    review: str | None,
    day: datetime.date | None,
    took_part: tuple[str, ...],
    decisions: Path | None,
) -> int:
    """Write down what the meeting decided, and stamp its day into the pages.

    Refuses while a role has not signed or the record would not be sound. If it was interrupted, run it
    again: it finishes what is missing.
    """
    handbook, _ = read_handbook(root)
    filed = review_to_close(handbook, review)
    meeting = filed.record.meeting or _decide(
        root, handbook, filed, day or handbook.today, took_part, decisions
    )
    if day and day != meeting.date:
        raise HandbookError(f"{filed.path} was closed for the meeting of {meeting.date}; leave out --on")
    closed = filed.closed_by(meeting)
    for path in stamp_pages(root, handbook.with_record(closed), closed, lawyers(handbook)):
        click.echo(f"{path}: last_reviewed is {meeting.date}")
    for path in _retired(meeting, handbook):
        click.echo(f"{path}: retired; delete it, and take it out of the menu")
    discard_drafts(root, filed)
    click.echo(f"{filed.path}: closed")
    return 0


def _retired(meeting: Meeting, handbook: Handbook) -> Iterator[str]:
    """Yield the pages that the meeting gave up and that are still there."""
    retired = (path for path, decision in meeting.pages.items() if decision.outcome == "retired")
    return (path for path in retired if handbook.page(path))


def _decide(
    root: Path,
    handbook: Handbook,
    filed: FiledRecord,
    day: datetime.date,
    took_part: tuple[str, ...],
    decisions: Path | None,
) -> Meeting:
    """Write the meeting into the record, once it is sound and every page can be stamped."""
    if left := missing_roles(filed.record):
        raise HandbookError(f"{filed.path} cannot be closed: {', '.join(left)} has not signed")
    _not_in_the_future(day, handbook)
    pages = {path: handbook.page(path) for path in filed.record.pages}
    draft = Draft(root, filed, "meeting")
    decided = read_decisions(decisions, pages, filed) if decisions else ask_decisions(draft, pages, filed)
    meeting = Meeting(date=day, took_part=list(took_part) or list(filed.record.readings), pages=decided)
    after = with_meeting(_text(root, filed), meeting)
    closed = filed.closed_by(meeting)
    _refuse_unsound(handbook.with_record(closed), closed)
    list(stamps(root, handbook.with_record(closed), closed, lawyers(handbook)))
    _write(root, filed, after)
    return meeting


def _text(root: Path, filed: FiledRecord) -> str:
    """Return the record as it is now: somebody else may have signed since it was read."""
    return (root / filed.path).read_bytes().decode("utf-8")


def _write(root: Path, filed: FiledRecord, text: str) -> None:
    replace_file(root / filed.path, text)


def _page(handbook: Handbook, path: str) -> Page:
    page = handbook.page(path)
    if page is None:
        raise HandbookError(f"{path} is no page any more; write its new path in the record, or take it out")
    return page


def _refuse_unsound(handbook: Handbook, closed: FiledRecord) -> None:
    found = check(handbook, choose_rules(["REV007"])).findings
    mistakes = [one.message for one in found if one.path == closed.path]
    if mistakes:
        raise HandbookError(f"{closed.path} cannot be closed:\n" + "\n".join(f"- {one}" for one in mistakes))


@command.command(name="fingerprint", epilog=EPILOG)
@click.argument("path", metavar="PAGE")
@root_option
@told_in_a_sentence
def fingerprint_command(path: str, root: Path) -> int:
    """Print the fingerprint of a page's text, for a record that is written by hand."""
    handbook, _ = read_handbook(root)
    click.echo(fingerprint(one_page(handbook.pages, path, root).body))
    return 0


command.add_command(review_status.command)
command.add_command(review_changes.editorial)
command.add_command(review_changes.source)

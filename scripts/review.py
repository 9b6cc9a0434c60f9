"""`handbook review`: several roles read pages by themselves, then decide together."""

import datetime
import sys
from pathlib import Path

import click

from handbook.checker import check, choose_rules
from handbook.errors import HandbookError
from handbook.fingerprints import fingerprint
from handbook.model import Handbook
from handbook.pages import Page
from handbook.review_records import FOLDER, FiledRecord, Meeting, Reading
from handbook.review_round import missing_roles, new_record, with_meeting, with_reading
from handbook.reviews import ReviewState
from handbook.writing import replace_file, write_new_text
from scripts.command import Day, named_pages, root_option, told_in_a_sentence
from scripts.publication import read_handbook
from scripts.questions import ask_decisions, ask_readings, read_decisions, read_readings
from scripts.roles import lawyers, readers_of
from scripts.stamping import stamp_pages

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
    today = day or handbook.today
    pages = named_pages(handbook.pages, paths, root) if paths else _due(handbook)
    pages = _not_in_an_open_review(pages, handbook)
    if not pages:
        raise HandbookError("no page is due; name the pages to review, such as docs/policy")
    for number, part in enumerate(_parts(pages, spread or 1), 1):
        end = name or _common_name(part)
        target = root / FOLDER / f"{today}-{end}{f'-{number}' if spread else ''}.yml"
        asked = readers_of(part, roles, handbook)
        write_new_text(target, new_record([page.path for page in part], asked, today))
        click.echo(f"{target.relative_to(root).as_posix()}: {len(part)} pages, read by {', '.join(asked)}")
    click.echo("Next, each role reads by itself: handbook review sign --as ROLE")
    return 0


def _due(handbook: Handbook) -> list[Page]:
    due = (ReviewState.DUE_SOON, ReviewState.OVERDUE)
    return [
        page for page in handbook.pages if not page.schedule or page.schedule.state(handbook.today) in due
    ]


def _not_in_an_open_review(pages: list[Page], handbook: Handbook) -> list[Page]:
    taken = {path for filed in handbook.reviews.open for path in filed.record.pages}
    return [page for page in pages if page.path not in taken]


def _parts(pages: list[Page], number: int) -> list[list[Page]]:
    """Cut the pages into parts of about the same size, those due first in the first."""
    late = datetime.date.min
    ordered = sorted(pages, key=lambda page: (page.schedule.due if page.schedule else late, page.path))
    size = -(-len(ordered) // number)
    return [ordered[at : at + size] for at in range(0, len(ordered), size)]


def _common_name(pages: list[Page]) -> str:
    """Return the folder that all pages share, or the page's own name where there is one page."""
    if len(pages) == 1:
        return Path(pages[0].path).stem
    folders = {Path(page.path).parent.name for page in pages}
    return folders.pop() if len(folders) == 1 else "handbook"


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
    filed = _open_review(handbook, review, role)
    pages = [_page(handbook, path) for path in filed.record.pages]
    read = read_readings(answers, pages) if answers else ask_readings(root, filed, role, pages, handbook)
    reading = Reading(date=day or handbook.today, pages=read)
    if reading.date > handbook.today:
        raise HandbookError(f"{reading.date} is in the future; sign on the day of reading")
    file = root / filed.path
    replace_file(file, with_reading(file.read_text(encoding="utf-8"), role, reading))
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
    filed = _review_to_close(handbook, review)
    if filed.record.meeting is None:
        filed = _decide(root, handbook, filed, day or handbook.today, took_part, decisions)
    for path in stamp_pages(root, handbook, filed, lawyers(handbook)):
        click.echo(f"{path}: last_reviewed is {filed.record.meeting.date if filed.record.meeting else ''}")
    click.echo(f"{filed.path}: closed")
    return 0


def _decide(
    root: Path,
    handbook: Handbook,
    filed: FiledRecord,
    day: datetime.date,
    took_part: tuple[str, ...],
    decisions: Path | None,
) -> FiledRecord:
    """Write the meeting into the record, once it is sound."""
    if left := missing_roles(filed.record):
        raise HandbookError(f"{filed.path} cannot be closed: {', '.join(left)} has not signed")
    pages = [_page(handbook, path) for path in filed.record.pages]
    decided = read_decisions(decisions, pages, filed) if decisions else ask_decisions(pages, filed)
    meeting = Meeting(date=day, took_part=list(took_part) or list(filed.record.readings), pages=decided)
    closed = FiledRecord(filed.path, filed.record.model_copy(update={"meeting": meeting}), filed.source)
    _refuse_unsound(handbook, closed)
    file = root / filed.path
    replace_file(file, with_meeting(file.read_text(encoding="utf-8"), meeting))
    return closed


def _refuse_unsound(handbook: Handbook, closed: FiledRecord) -> None:
    found = check(handbook.with_record(closed), choose_rules(["REV007"])).findings
    mistakes = [one.message for one in found if one.path == closed.path]
    if mistakes:
        raise HandbookError(f"{closed.path} cannot be closed:\n" + "\n".join(f"- {one}" for one in mistakes))


@command.command(epilog=EPILOG)
@root_option
@told_in_a_sentence
def status(root: Path) -> int:
    """Show which reviews are open, who has not signed, and which pages are due."""
    handbook, _ = read_handbook(root)
    for filed in handbook.reviews.open:
        left = missing_roles(filed.record)
        todo = f"waits for {', '.join(left)}" if left else "all have signed; meet, then close it"
        click.echo(f"{filed.path}: {len(filed.record.pages)} pages, {todo}")
    taken = {path for filed in handbook.reviews.open for path in filed.record.pages}
    for page in sorted(_due(handbook), key=lambda page: str(page.schedule.due if page.schedule else "")):
        due = f"due by {page.schedule.due}" if page.schedule else "never reviewed"
        where = "" if page.path in taken else ", in no open review"
        click.echo(f"{page.path}: {due}, {page.owner or 'no owner'}{where}")
    return 0


@command.command(name="fingerprint", epilog=EPILOG)
@click.argument("path", metavar="PAGE")
@root_option
@told_in_a_sentence
def fingerprint_command(path: str, root: Path) -> int:
    """Print the fingerprint of a page's text, for a record that is written by hand."""
    handbook, _ = read_handbook(root)
    (page,) = named_pages(handbook.pages, (path,), root)[:1]
    click.echo(fingerprint(page.body))
    return 0


def _page(handbook: Handbook, path: str) -> Page:
    page = handbook.page(path)
    if page is None:
        raise HandbookError(f"{path} is no page any more; take it out of the record")
    return page


def _open_review(handbook: Handbook, name: str | None, role: str) -> FiledRecord:
    """Return the open review in which a role has to sign."""
    waiting = [filed for filed in handbook.reviews.open if role in missing_roles(filed.record)]
    return _only(_named(waiting, name), f"no open review waits for {role}", name)


def _review_to_close(handbook: Handbook, name: str | None) -> FiledRecord:
    if name:
        return _only(_named(list(handbook.reviews.filed), name), f"there is no review '{name}'", name)
    return _only(list(handbook.reviews.open), "no review is open", None)


def _named(filed: list[FiledRecord], name: str | None) -> list[FiledRecord]:
    return [
        one for one in filed if name is None or name in (one.path, Path(one.path).stem, Path(one.path).name)
    ]


def _only(found: list[FiledRecord], nothing: str, name: str | None) -> FiledRecord:
    if not found:
        raise HandbookError(f"{nothing}; see `handbook review status`")
    if len(found) > 1:
        names = ", ".join(Path(one.path).stem for one in found)
        raise HandbookError(f"several reviews are open ({names}); name one with --review")
    return found[0]


if __name__ == "__main__":
    sys.exit(command())

"""`handbook review close`: records what was decided, and dates the pages."""

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from handbook.check.runner import check, choose_rules
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.review_records import Meeting, ReviewFile
from handbook.reviews.open_reviews import review_to_close
from handbook.reviews.record_editing import form_of, missing_roles, with_meeting
from handbook.reviews.stamping import stamp_pages, stamped_pages
from scripts.exclusive import changes_files
from scripts.options import DayParameter, exits_with_status, root_option
from scripts.review.answer_drafts import AnswerDraft, discard_drafts
from scripts.review.options import EPILOG, current_text, not_in_the_future, review_option, write_record
from scripts.review.questions import ask_decisions, read_decisions
from scripts.site.publication import read_handbook


@click.command(name="close", epilog=EPILOG)
@root_option
@review_option
@click.option(
    "--on", "day", type=DayParameter(), metavar="DATE", help="Day of the meeting; by default, today."
)
@click.option(
    "--took-part",
    "took_part",
    multiple=True,
    metavar="ROLE",
    help="Role that took part in the meeting; can be repeated. By default, all readers.",
)
@click.option(
    "--decisions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="YAML file with an outcome and a reason for each page, instead of questions.",
)
@exits_with_status
@changes_files()
def command(
    root: Path,
    review: str | None,
    day: datetime.date | None,
    took_part: tuple[str, ...],
    decisions: Path | None,
) -> int:
    """Record what the meeting decided, and write its date into the pages.

    Fails if a role has not signed yet, or if the record would not follow rule REV007. If the command is
    interrupted, run it again to finish.
    """
    handbook, _ = read_handbook(root)
    review_file = review_to_close(handbook, review)
    close(root, handbook, review_file, day, took_part, decisions)
    return 0


def close(
    root: Path,
    handbook: Handbook,
    review_file: ReviewFile,
    day: datetime.date | None = None,
    took_part: Sequence[str] = (),
    decisions: Path | None = None,
) -> None:
    """Write the meeting into the record unless it is there already, and its date into the pages.

    Raises:
        HandbookError: if the review cannot be closed; then nothing was written, or the next run finishes.

    """
    meeting = review_file.record.meeting or _decide(
        root, handbook, review_file, day or handbook.today, took_part, decisions
    )
    if day and day != meeting.date:
        raise HandbookError(
            f"{review_file.path} was closed for the meeting of {meeting.date}; leave out --on"
        )
    for line in date_pages(root, handbook, review_file, meeting):
        click.echo(line)
    discard_drafts(root, review_file)
    click.echo(f"{review_file.path}: closed")


def date_pages(root: Path, handbook: Handbook, review_file: ReviewFile, meeting: Meeting) -> Iterator[str]:
    """Write the date of a recorded meeting into its pages, and yield what was done and is left to do.

    Raises:
        HandbookError: if a page cannot be dated; a later call dates it and those after it.

    """
    closed = review_file.closed_by(meeting)
    for path in stamp_pages(root, handbook.with_record(closed), closed):
        yield f"{path}: last_reviewed is {meeting.date}"
    for path in _retired(meeting, handbook):
        yield f"{path}: retired; delete it, and remove it from the navigation"


def _retired(meeting: Meeting, handbook: Handbook) -> Iterator[str]:
    """Yield the pages that the meeting retired and that still exist."""
    retired = (path for path, decision in meeting.pages.items() if decision.outcome == "retired")
    return (path for path in retired if handbook.page(path))


def _decide(
    root: Path,
    handbook: Handbook,
    review_file: ReviewFile,
    day: datetime.date,
    took_part: Sequence[str],
    decisions: Path | None,
) -> Meeting:
    """Take the decisions, and write the meeting into the record."""
    _require_signatures(review_file)
    not_in_the_future(day, handbook)
    pages = {path: handbook.page(path) for path in review_file.record.pages}
    draft = AnswerDraft(root, review_file, "meeting")
    decided = (
        read_decisions(decisions, pages, review_file, handbook)
        if decisions
        else ask_decisions(draft, pages, review_file, handbook)
    )
    meeting = Meeting(date=day, took_part=list(took_part) or list(review_file.record.readings), pages=decided)
    record_meeting(root, handbook, review_file, meeting)
    return meeting


def _require_signatures(review_file: ReviewFile) -> None:
    if missing := missing_roles(review_file.record):
        raise HandbookError(f"{review_file.path} cannot be closed yet; still to sign: {', '.join(missing)}")


def record_meeting(root: Path, handbook: Handbook, review_file: ReviewFile, meeting: Meeting) -> None:
    """Write a meeting into the record, after making sure that it is sound and every page can be stamped.

    Raises:
        HandbookError: if it cannot be; then nothing was written.

    """
    _require_signatures(review_file)
    text = with_meeting(current_text(root, review_file), meeting, form_of(review_file))
    closed = review_file.closed_by(meeting)
    _require_sound(handbook.with_record(closed), closed)
    list(stamped_pages(root, handbook.with_record(closed), closed))
    write_record(root, review_file, text)


def _require_sound(handbook: Handbook, closed: ReviewFile) -> None:
    findings = check(handbook, choose_rules(["REV007"])).findings
    files = set(closed.files)
    messages = [f"- {finding.message}" for finding in findings if finding.path in files]
    if messages:
        raise HandbookError("\n".join([f"{closed.path} cannot be closed:", *messages]))

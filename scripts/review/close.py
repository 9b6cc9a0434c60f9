"""`handbook review close`: files what was decided, and dates the pages."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import click

from handbook.check.runner import check, choose_rules
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.review_records import Meeting, ReviewFile
from handbook.reviews.open_reviews import review_to_close
from handbook.reviews.readers import lawyers
from handbook.reviews.record_editing import missing_roles, with_meeting
from handbook.reviews.stamping import stamp_pages, stamped_pages
from scripts.options import DayParameter, exits_with_status, root_option
from scripts.review.answer_drafts import AnswerDraft, discard_drafts
from scripts.review.options import EPILOG, current_text, not_in_the_future, review_option, write_record
from scripts.review.questions import ask_decisions, read_decisions
from scripts.site.publication import read_handbook


@click.command(name="close", epilog=EPILOG)
@root_option
@review_option
@click.option(
    "--on", "day", type=DayParameter(), metavar="DATE", help="The day of the meeting; without it, today."
)
@click.option(
    "--took-part", "took_part", multiple=True, metavar="ROLE", help="Who met; without it, all readers."
)
@click.option(
    "--decisions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A YAML file with outcome and reason for each page, instead of questions.",
)
@exits_with_status
def command(
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
    review_file = review_to_close(handbook, review)
    meeting = review_file.record.meeting or _decide(
        root, handbook, review_file, day or handbook.today, took_part, decisions
    )
    if day and day != meeting.date:
        raise HandbookError(
            f"{review_file.path} was closed for the meeting of {meeting.date}; leave out --on"
        )
    closed = review_file.closed_by(meeting)
    for path in stamp_pages(root, handbook.with_record(closed), closed, lawyers(handbook)):
        click.echo(f"{path}: last_reviewed is {meeting.date}")
    for path in _retired(meeting, handbook):
        click.echo(f"{path}: retired; delete it, and take it out of the menu")
    discard_drafts(root, review_file)
    click.echo(f"{review_file.path}: closed")
    return 0


def _retired(meeting: Meeting, handbook: Handbook) -> Iterator[str]:
    """Yield the pages that the meeting gave up and that are still there."""
    retired = (path for path, decision in meeting.pages.items() if decision.outcome == "retired")
    return (path for path in retired if handbook.page(path))


def _decide(
    root: Path,
    handbook: Handbook,
    review_file: ReviewFile,
    day: datetime.date,
    took_part: tuple[str, ...],
    decisions: Path | None,
) -> Meeting:
    """Write the meeting into the record, once it is sound and every page can be stamped."""
    if left := missing_roles(review_file.record):
        raise HandbookError(f"{review_file.path} cannot be closed: {', '.join(left)} has not signed")
    not_in_the_future(day, handbook)
    pages = {path: handbook.page(path) for path in review_file.record.pages}
    draft = AnswerDraft(root, review_file, "meeting")
    decided = (
        read_decisions(decisions, pages, review_file)
        if decisions
        else ask_decisions(draft, pages, review_file)
    )
    meeting = Meeting(date=day, took_part=list(took_part) or list(review_file.record.readings), pages=decided)
    after = with_meeting(current_text(root, review_file), meeting)
    closed = review_file.closed_by(meeting)
    _refuse_unsound(handbook.with_record(closed), closed)
    list(stamped_pages(root, handbook.with_record(closed), closed, lawyers(handbook)))
    write_record(root, review_file, after)
    return meeting


def _refuse_unsound(handbook: Handbook, closed: ReviewFile) -> None:
    found = check(handbook, choose_rules(["REV007"])).findings
    mistakes = [one.message for one in found if one.path == closed.path]
    if mistakes:
        raise HandbookError(f"{closed.path} cannot be closed:\n" + "\n".join(f"- {one}" for one in mistakes))

"""`handbook review close`: files what was decided, and dates the pages."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import click

from handbook.check.runner import check, choose_rules
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.review_records import FiledRecord, Meeting
from handbook.reviews.open_reviews import review_to_close
from handbook.reviews.readers import lawyers
from handbook.reviews.record_editing import missing_roles, with_meeting
from handbook.reviews.stamping import stamp_pages, stamps
from scripts.options import Day, root_option, told_in_a_sentence
from scripts.review.answer_drafts import Draft, discard_drafts
from scripts.review.options import EPILOG, current_text, not_in_the_future, review_option, write_record
from scripts.review.questions import ask_decisions, read_decisions
from scripts.site.publication import read_handbook


@click.command(name="close", epilog=EPILOG)
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
    not_in_the_future(day, handbook)
    pages = {path: handbook.page(path) for path in filed.record.pages}
    draft = Draft(root, filed, "meeting")
    decided = read_decisions(decisions, pages, filed) if decisions else ask_decisions(draft, pages, filed)
    meeting = Meeting(date=day, took_part=list(took_part) or list(filed.record.readings), pages=decided)
    after = with_meeting(current_text(root, filed), meeting)
    closed = filed.closed_by(meeting)
    _refuse_unsound(handbook.with_record(closed), closed)
    list(stamps(root, handbook.with_record(closed), closed, lawyers(handbook)))
    write_record(root, filed, after)
    return meeting


def _refuse_unsound(handbook: Handbook, closed: FiledRecord) -> None:
    found = check(handbook, choose_rules(["REV007"])).findings
    mistakes = [one.message for one in found if one.path == closed.path]
    if mistakes:
        raise HandbookError(f"{closed.path} cannot be closed:\n" + "\n".join(f"- {one}" for one in mistakes))

"""`handbook review sign`: files what a role read and found."""

import datetime
from pathlib import Path

import click

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.registers.review_records import Reading
from handbook.reviews.open_reviews import review_to_sign
from handbook.reviews.record_editing import missing_roles, with_reading
from scripts.options import exits_with_status, root_option
from scripts.review.answer_drafts import AnswerDraft
from scripts.review.options import (
    EPILOG,
    current_text,
    not_in_the_future,
    on_option,
    review_option,
    write_record,
)
from scripts.review.questions import ask_readings, read_readings
from scripts.site.publication import read_handbook


@click.command(name="sign", epilog=EPILOG)
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
@exits_with_status
def command(
    root: Path, review: str | None, day: datetime.date | None, role: str, answers: Path | None
) -> int:
    """Write down what one role found, reading by itself.

    Asks for each page what has changed, a verdict (keep, change, retire), and four questions: is it
    still relevant, does it help us do our job, how has the environment changed, are there legal
    updates. Stop at any moment: what was answered is kept, and the next run goes on from there.
    """
    handbook, _ = read_handbook(root)
    review_file = review_to_sign(handbook, review, role)
    signed_on = not_in_the_future(day or handbook.today, handbook)
    pages = [_page(handbook, path) for path in review_file.record.pages]
    draft = AnswerDraft(root, review_file, role)
    read = read_readings(answers, pages) if answers else ask_readings(root, draft, pages, handbook)
    write_record(
        root,
        review_file,
        with_reading(current_text(root, review_file), role, Reading(date=signed_on, pages=read)),
    )
    draft.discard()
    left = [one for one in missing_roles(review_file.record) if one != role]
    click.echo(f"{review_file.path}: signed as {role}")
    click.echo(
        f"Still to sign: {', '.join(left)}" if left else "All have signed. Meet, then: handbook review close"
    )
    return 0


def _page(handbook: Handbook, path: str) -> Page:
    page = handbook.page(path)
    if page is None:
        raise HandbookError(f"{path} is no page any more; write its new path in the record, or take it out")
    return page

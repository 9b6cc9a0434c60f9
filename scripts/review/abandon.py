"""`handbook review abandon`: gives up an open review, which stays as a record with the reason."""

import datetime
from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.registers.review_records import Abandonment
from handbook.reviews.open_reviews import known_role, open_review
from handbook.reviews.record_editing import form_of, with_abandonment
from scripts.exclusive import changes_files
from scripts.options import exits_with_status, root_option
from scripts.review.answer_drafts import discard_drafts
from scripts.review.options import (
    EPILOG,
    current_text,
    not_in_the_future,
    on_option,
    review_option,
    write_record,
)
from scripts.site.publication import read_handbook


@click.command(name="abandon", epilog=EPILOG)
@root_option
@review_option
@on_option
@click.option("--as", "role", required=True, metavar="ROLE", help="Role that gives the review up.")
@click.option("--why", required=True, metavar="TEXT", help="Why no meeting will decide.")
@exits_with_status
@changes_files()
def command(root: Path, review: str | None, day: datetime.date | None, role: str, why: str) -> int:
    """Give up an open review. Its record stays, with the reason and what was read until then.

    Its pages can then be in another review.
    """
    handbook, _ = read_handbook(root)
    review_file = open_review(handbook, review)
    reason = why.strip()
    if not reason or "\n" in reason:
        raise HandbookError("give the reason on one line, with --why TEXT")
    abandonment = Abandonment(
        date=not_in_the_future(day or handbook.today, handbook),
        by=known_role(handbook, role),
        reason=reason,
    )
    text = with_abandonment(current_text(root, review_file), abandonment, form_of(review_file))
    write_record(root, review_file, text)
    discard_drafts(root, review_file)
    click.echo(f"{review_file.path}: abandoned")
    return 0

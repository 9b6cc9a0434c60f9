"""`handbook review sign`: records what a role found when it read the pages."""

import datetime
from pathlib import Path

import click

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.files.atomic_write import write_new_text
from handbook.model import Handbook
from handbook.registers.review_records import Reading, ReviewFile
from handbook.reviews.open_reviews import review_to_sign
from handbook.reviews.record_editing import missing_roles, reading_text, with_reading
from scripts.command_name import with_real_command
from scripts.exclusive import changes_files
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
from scripts.review.questions import ask_reading, read_form_of, read_reading
from scripts.site.publication import read_handbook


@click.command(name="sign", epilog=EPILOG)
@root_option
@review_option
@on_option
@click.option("--as", "role", required=True, metavar="ROLE", help="Role that has read the pages.")
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="YAML file with the answers, or the text of a form, instead of questions.",
)
@exits_with_status
@changes_files("answers")  # Whoever is asked would keep others away for an hour.
def command(
    root: Path, review: str | None, day: datetime.date | None, role: str, answers: Path | None
) -> int:
    """Record what one role found when it read the pages alone.

    Shows what has changed in each page, then asks for a verdict (keep, change, or retire) and a sentence on
    what you looked at. At the end, it asks once how the environment has changed, and whether there are legal
    updates. You can stop at any time: your answers are kept, and the next run continues from there.
    """
    handbook, _ = read_handbook(root)
    review_file = review_to_sign(handbook, review, role)
    signed_on = not_in_the_future(day or handbook.today, handbook)
    started = review_file.record.started
    if started and signed_on < started:
        raise HandbookError(
            f"{signed_on} is before {started}, when the review began; name a later day in --on"
        )
    sign(root, handbook, review_file, role, signed_on, answers)
    left = [name for name in missing_roles(review_file.record) if name != role]
    click.echo(f"{review_file.file_for(role)}: signed as {role}")
    done = f"All have signed. Meet, then: handbook review close --review {review_file.name}"
    click.echo(f"Still to sign: {', '.join(left)}" if left else with_real_command(done))
    return 0


def sign(
    root: Path,
    handbook: Handbook,
    review_file: ReviewFile,
    role: str,
    day: datetime.date,
    answers: Path | None,
) -> None:
    """Write the reading of a role, from a file of answers or by asking questions.

    Raises:
        HandbookError: if the answers are incomplete, or the record cannot be written.

    """
    pages = pages_to_read(handbook, review_file, role)
    draft = AnswerDraft(root, review_file, role)
    reading = (
        read_form_of(answers, role, pages, day, handbook) or read_reading(answers, pages, day, handbook)
        if answers
        else ask_reading(root, draft, pages, handbook, day)
    )
    file_reading(root, review_file, role, reading)
    draft.discard()


def file_reading(root: Path, review_file: ReviewFile, role: str, reading: Reading) -> None:
    """Write the reading of a role into its place.

    Raises:
        HandbookError: if there is one already, or the record cannot be written.

    """
    if review_file.readers is None:
        write_record(root, review_file, with_reading(current_text(root, review_file), role, reading))
    else:
        write_new_text(root / review_file.file_for(role), reading_text(reading))


def pages_to_read(handbook: Handbook, review_file: ReviewFile, role: str) -> list[Page]:
    """Return the pages of a review that a role reads.

    Raises:
        HandbookError: if one of them is gone.

    """
    return [_page(handbook, path) for path in review_file.pages_of(role)]


def _page(handbook: Handbook, path: str) -> Page:
    page = handbook.page(path)
    if page is None:
        raise HandbookError(f"{path} is no longer a page; write its new path in the record, or remove it")
    return page

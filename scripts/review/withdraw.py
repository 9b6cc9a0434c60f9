"""`handbook review withdraw`: takes a reading back before the meeting."""

from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.registers.review_records import ReviewFile
from handbook.reviews.open_reviews import signed_review
from handbook.reviews.record_editing import without_reading
from scripts.command_name import with_real_command
from scripts.exclusive import changes_files
from scripts.options import exits_with_status, root_option
from scripts.review.options import EPILOG, current_text, review_option, write_record
from scripts.site.publication import read_handbook


@click.command(name="withdraw", epilog=EPILOG)
@root_option
@review_option
@click.option("--as", "role", required=True, metavar="ROLE", help="Role whose reading is taken back.")
@exits_with_status
@changes_files()
def command(root: Path, review: str | None, role: str) -> int:
    """Take back the reading of a role, as long as the meeting is not recorded.

    The role then has to read again. What was committed stays in the history.
    """
    handbook, _ = read_handbook(root)
    review_file = signed_review(handbook, review, role)
    withdraw(root, review_file, role)
    click.echo(f"{review_file.file_for(role)}: the reading by {role} is withdrawn")
    click.echo(with_real_command(f"Next: handbook review sign --as {role} --review {review_file.name}"))
    return 0


def withdraw(root: Path, review_file: ReviewFile, role: str) -> None:
    """Take the reading of a role out of an open review.

    Raises:
        HandbookError: if its file cannot be changed.

    """
    if review_file.readers is None:
        write_record(root, review_file, without_reading(current_text(root, review_file), role))
    else:
        _delete(root / review_file.file_for(role))


def _delete(file: Path) -> None:
    try:
        file.unlink()
    except OSError as error:
        raise HandbookError(f"{file} cannot be deleted ({error.strerror}); nothing was changed") from None

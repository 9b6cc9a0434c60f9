"""`handbook review add-reader`: has one more role read pages of an open review."""

from collections.abc import Sequence
from pathlib import Path

import click

from handbook.errors import HandbookError
from handbook.registers.review_records import ReviewFile
from handbook.reviews.open_reviews import known_role, open_review
from handbook.reviews.record_editing import with_place, with_reader
from handbook.text.suggestions import did_you_mean
from scripts.command_name import with_real_command
from scripts.exclusive import changes_files
from scripts.options import exits_with_status, root_option
from scripts.review.options import EPILOG, current_text, review_option, write_record
from scripts.site.publication import read_handbook


@click.command(name="add-reader", epilog=EPILOG)
@click.argument("role", metavar="ROLE")
@click.argument("paths", nargs=-1, metavar="[PAGE]...")
@root_option
@review_option
@exits_with_status
@changes_files()
def command(role: str, paths: tuple[str, ...], root: Path, review: str | None) -> int:
    """Have one more role read pages of an open review: those you name, or all of them."""
    handbook, _ = read_handbook(root)
    review_file = open_review(handbook, review)
    known_role(handbook, role)
    if review_file.record.readings.get(role):
        withdraw = f"handbook review withdraw --as {role} --review {review_file.name}"
        raise HandbookError(f"{role} has signed already; take the reading back first, with `{withdraw}`")
    pages = _pages(review_file, role, paths)
    text = current_text(root, review_file)
    after = with_place(text, role) if review_file.readers is None else with_reader(text, role, pages)
    write_record(root, review_file, after)
    click.echo(f"{review_file.path}: {role} reads {', '.join(pages)}")
    click.echo(with_real_command(f"Next: handbook review sign --as {role} --review {review_file.name}"))
    return 0


def _pages(review_file: ReviewFile, role: str, paths: Sequence[str]) -> list[str]:
    """Return the pages that the role does not read yet."""
    for path in paths:
        if path not in review_file.record.pages:
            remedy = did_you_mean(path, review_file.record.pages)
            raise HandbookError(f"{path} is not in {review_file.path}; {remedy}")
    if review_file.readers is None and paths:
        raise HandbookError(f"every role reads every page of {review_file.path}; do not name pages")
    known = review_file.pages_of(role)
    pages = [path for path in dict.fromkeys(paths or review_file.record.pages) if path not in known]
    if not pages:
        raise HandbookError(f"{role} reads these pages already")
    return pages

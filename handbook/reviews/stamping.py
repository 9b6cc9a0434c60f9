"""Writes the dates of a closed review into its pages, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

from handbook.files.atomic_write import replace_file
from handbook.model import Handbook
from handbook.registers.review_records import ReviewFile
from handbook.reviews.open_reviews import unstamped_pages
from handbook.reviews.record_editing import legal_day, with_review_dates


def stamped_pages(root: Path, handbook: Handbook, review_file: ReviewFile) -> Iterator[tuple[str, str]]:
    """Yield each page that the meeting kept and that lacks its date: the path, and the text with the date.

    Raises:
        HandbookError: if a page cannot be stamped.

    """
    meeting = review_file.record.meeting
    for page in unstamped_pages(handbook, review_file):
        text = (root / page.path).read_bytes().decode("utf-8")
        if meeting:
            owners = handbook.registers.owners
            lawyers = owners.with_former_names(owners.lawyers)
            legal = legal_day(review_file.record, page.path, lawyers)
            yield page.path, with_review_dates(page, text, meeting.date, legal)


def stamp_pages(root: Path, handbook: Handbook, review_file: ReviewFile) -> Iterator[str]:
    """Stamp each page and yield its path.

    Raises:
        HandbookError: if a page cannot be stamped; a later call stamps it and those after it.

    """
    for path, text in stamped_pages(root, handbook, review_file):
        replace_file(root / path, text)
        yield path

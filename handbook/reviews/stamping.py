"""Writes the days of a closed review into its pages, and nothing else."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from handbook.files.atomic_write import replace_file
from handbook.model import Handbook
from handbook.registers.review_records import ReviewFile
from handbook.reviews.open_reviews import unstamped_pages
from handbook.reviews.record_editing import legal_day, with_review_dates


def stamps(
    root: Path, handbook: Handbook, review_file: ReviewFile, lawyers: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Yield the path of each page that the meeting kept and that lacks its day, and its text with it.

    Raises:
        HandbookError: when a page cannot be stamped.

    """
    meeting = review_file.record.meeting
    for page in unstamped_pages(handbook, review_file):
        text = (root / page.path).read_bytes().decode("utf-8")
        if meeting:
            yield (
                page.path,
                with_review_dates(
                    page, text, meeting.date, legal_day(review_file.record, page.path, lawyers)
                ),
            )


def stamp_pages(
    root: Path, handbook: Handbook, review_file: ReviewFile, lawyers: Sequence[str]
) -> Iterator[str]:
    """Stamp each page; yield its path.

    Raises:
        HandbookError: when a page cannot be written to; the others can be stamped later.

    """
    for path, text in stamps(root, handbook, review_file, lawyers):
        replace_file(root / path, text)
        yield path

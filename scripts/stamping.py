"""Writes the days of a closed review into its pages, and nothing else."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from handbook.errors import HandbookError
from handbook.model import Handbook
from handbook.review_records import FiledRecord
from handbook.review_round import legal_day, stamped
from handbook.writing import replace_file


def stamp_pages(root: Path, handbook: Handbook, filed: FiledRecord, lawyers: Sequence[str]) -> Iterator[str]:
    """Stamp each page that the meeting kept; yield the paths of those that were not stamped yet.

    Raises:
        HandbookError: when a page is gone or cannot be written to; the others can be stamped later.

    """
    meeting = filed.record.meeting
    if meeting is None:
        raise HandbookError(f"{filed.path} has no meeting yet")
    for path, decision in meeting.pages.items():
        page = handbook.page(path)
        if decision.outcome == "retired" or page is None:
            continue
        text = (root / path).read_bytes().decode("utf-8")
        after = stamped(page, text, meeting.date, legal_day(filed.record, path, lawyers))
        if after != text:
            replace_file(root / path, after)
            yield path

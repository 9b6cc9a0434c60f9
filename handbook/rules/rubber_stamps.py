"""REV009: a review is more than a signature."""

import datetime
from collections.abc import Iterator
from typing import Final, TypeVar

from handbook.findings import Problem, Severity
from handbook.model import Handbook
from handbook.registers.review_records import ReviewFile
from handbook.rules.registry import rule
from handbook.rules.review_owners import at

# Nobody who reads this many pages in one day finds the same words for all of them.
RUBBER_STAMP_PAGES: Final = 10
_Words = TypeVar("_Words", bound=tuple[object, ...])


@rule("REV009", "Review record is not a rubber stamp", severity=Severity.WARNING)
def records_are_not_rubber_stamps(handbook: Handbook) -> Iterator[Problem]:
    """Ten pages with the same words of a role or the same reason on one day were signed off, not read.

    Bad:  (ten pages of one meeting, each with the reason "no change")
    Good: (a reason for each page that says what was looked at)
    """
    for (role, day, _), files in _repeated(_answers(handbook)):
        message = (
            f"{role} wrote the same words for {len(files)} pages on {day}; say what was looked at on each"
        )
        yield at(files[0], message, "readings", role)
    for (day, _), files in _repeated(_reasons(handbook)):
        message = f"{len(files)} pages were decided on {day} for the same reason; give each its own"
        yield at(files[0], message, "meeting")


def _repeated(words: Iterator[tuple[_Words, ReviewFile]]) -> Iterator[tuple[_Words, list[ReviewFile]]]:
    """Yield words that were given for too many pages, with the record of each page, in order."""
    files_by_words: dict[_Words, list[ReviewFile]] = {}
    for key, review_file in words:
        files_by_words.setdefault(key, []).append(review_file)
    return ((key, files) for key, files in files_by_words.items() if len(files) >= RUBBER_STAMP_PAGES)


def _answers(handbook: Handbook) -> Iterator[tuple[tuple[str, datetime.date, tuple[str, ...]], ReviewFile]]:
    for review_file in handbook.reviews.files:
        for role, reading in review_file.record.readings.items():
            for page in reading.pages.values() if reading else ():
                if reading and page.words:
                    words = tuple(text.casefold() for text in page.words)
                    yield (role, reading.date, words), review_file


def _reasons(handbook: Handbook) -> Iterator[tuple[tuple[datetime.date, str], ReviewFile]]:
    for review_file in handbook.reviews.files:
        meeting = review_file.record.meeting
        for decision in meeting.pages.values() if meeting else ():
            if meeting and decision.reason.strip():
                yield (meeting.date, decision.reason.strip().casefold()), review_file

"""Shows what has changed in a page since its last review, as far as the history goes back."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from handbook.content.pages import Page, PageSource, parse_page
from handbook.errors import HandbookError
from handbook.git.repository import Repository
from handbook.history.past_handbook import commit_of_day
from handbook.model import Handbook
from handbook.registers.organization import Organization
from handbook.text.redline import Piece, redline, shortened


@dataclass(frozen=True, slots=True)
class ChangesSinceReview:
    """A sentence on what has changed in a page, and the redline, if there is one.

    `kind` says the same for sentences in other languages, with the `day` of the last review if it is known.
    """

    kind: Literal["never", "reviewed", "unknown", "new", "same", "changed"]
    day: datetime.date | None
    sentence: str
    redline: Sequence[Piece] = ()


def changes_since_review(root: Path, page: Page, handbook: Handbook) -> ChangesSinceReview:
    """Return the words that were deleted and inserted since the last review, or why none can be shown.

    After an editorial change, the redline is shown, too: the reader of this review has not seen it.
    """
    day = page.front_matter.day("last_reviewed")
    if day is None:
        return ChangesSinceReview("never", None, "This page has never been reviewed. Read all of it.")
    decided = handbook.reviews.reviewed_on(page.path, day)
    if decided and decided.decision.fingerprint and handbook.has_text(page, [decided.decision.fingerprint]):
        return ChangesSinceReview("reviewed", day, f"The text is the one that was reviewed on {day}.")
    try:
        before = _body_on(day, root, page, handbook.registers.organization)
    except HandbookError as error:
        sentence = f"The changes since {day} cannot be shown ({error}). Read the whole page."
        return ChangesSinceReview("unknown", day, sentence)
    if before is None:
        return ChangesSinceReview("new", day, f"This page did not exist on {day}. Read all of it.")
    if before == page.body:
        return ChangesSinceReview("same", day, f"The text is that of {day}.")
    pieces = shortened(redline(before, page.body))
    sentence = f"Changes since {day}, as [-deleted-] and {{+inserted+}} words:"
    return ChangesSinceReview("changed", day, sentence, pieces)


def _body_on(day: datetime.date, root: Path, page: Page, organization: Organization) -> str | None:
    """Return the text of a page at the end of a day, or None if the page did not exist."""
    with Repository(root) as repository:
        commit = commit_of_day(repository, repository.main_branch(), day, organization)
        data = repository.tree(commit).read(page.path)
    return None if data is None else parse_page(PageSource("", page.path, page.language), data).body

"""Shows what has changed in a page since its last review, as far as the history goes back."""

import datetime
import difflib
from pathlib import Path

from handbook.content.pages import Page, PageSource, parse_page
from handbook.errors import HandbookError
from handbook.git.repository import Repository
from handbook.history.past_handbook import commit_of_day
from handbook.model import Handbook
from handbook.registers.organization import Organization

_CONTEXT = 1


def changes_since_review(root: Path, page: Page, handbook: Handbook) -> str:
    """Return the lines added and removed since the last review, or a sentence on why there are none."""
    day = page.front_matter.day("last_reviewed")
    if day is None:
        return "This page has never been reviewed. Read all of it."
    if handbook.has_text(page, handbook.reviews.known_texts(page.path, day)):
        return f"The text is the one that was reviewed on {day}."
    try:
        before = _body_on(day, root, page, handbook.registers.organization)
    except HandbookError as error:
        return f"The changes since {day} cannot be shown ({error}). Read the whole page."
    if before is None:
        return f"This page did not exist on {day}. Read all of it."
    lines = difflib.unified_diff(before.splitlines(), page.body.splitlines(), n=_CONTEXT, lineterm="")
    shown = [f"  {line}" for line in list(lines)[2:]]
    return "\n".join([f"Changes since {day}:", *shown]) if shown else f"The text is that of {day}."


def _body_on(day: datetime.date, root: Path, page: Page, organization: Organization) -> str | None:
    """Return the text of a page at the end of a day, or None if the page did not exist."""
    with Repository(root) as repository:
        commit = commit_of_day(repository, repository.main_branch(), day, organization)
        data = repository.tree(commit).read(page.path)
    return None if data is None else parse_page(PageSource("", page.path, page.language), data).body

"""Finds the text of a page that people reviewed, to tell how much has changed since."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from handbook.content.pages import Page
from handbook.errors import HandbookError
from handbook.git.repository import Repository
from handbook.history.past_handbook import commit_of_day, read_past
from handbook.model import ExpressionsOf, Handbook

# To read the handbook of a commit takes up to a second.
_MOST_COMMITS: Final = 10


def reviewed_text(
    repository: Repository, path: str, page: Page, handbook: Handbook, expressions_of: ExpressionsOf
) -> str | None:
    """Return what readers of a page read when it had a text that is known to be reviewed, or None.

    It looks at the last commit, at the tip of the main branch, at the day of the last review, and at the last
    commits that changed the page. `path` is where the page was then.
    """
    day = page.front_matter.day("last_reviewed")
    editors = handbook.editors_of(page)
    by = None if editors is None else handbook.registers.owners.with_former_names(editors)
    known = handbook.reviews.known_texts(path, day, by) if day else frozenset()
    for commit in dict.fromkeys(_commits(repository, path, page, handbook)):
        try:
            past = read_past(repository.tree(commit), handbook.today, expressions_of)
        except HandbookError:
            continue  # The other commits may be readable.
        before = past.page(path)
        if before and past.has_text(before, known):
            return past.text_as_read(before)
    return None


def _commits(repository: Repository, path: str, page: Page, handbook: Handbook) -> Iterator[str]:
    if repository.is_empty:
        return
    yield repository.commit("HEAD")
    yield repository.commit(repository.main_branch())
    day = page.front_matter.day("last_reviewed") or handbook.today
    organization = handbook.registers.organization
    with suppress(HandbookError):  # The history may begin after that day.
        yield commit_of_day(repository, repository.main_branch(), day, organization)
    yield from repository.last_commits_of(path, _MOST_COMMITS)

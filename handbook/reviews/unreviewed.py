"""Finds pages whose text is not the text that people reviewed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handbook.content.pages import Page
from handbook.editions.manifest import Manifest
from handbook.git.repository import Repository
from handbook.history.past_handbook import read_past
from handbook.model import ExpressionsOf, Handbook
from handbook.rules.legal_review import LEGAL_FOLDERS


@dataclass(frozen=True, slots=True)
class UnreviewedText:
    """A page whose text no record backs, and why."""

    path: str
    reason: str

    @property
    def is_binding(self) -> bool:
        """Tell whether it is a page of policy or law, which is not published without a review."""
        return self.path.startswith(LEGAL_FOLDERS)


def unreviewed_texts(pages: Iterable[Page], handbook: Handbook) -> Iterator[UnreviewedText]:
    """Yield the pages that are not, or no longer, as they were reviewed, in their order."""
    for page in pages:
        if reason := _why_unreviewed(page, handbook):
            yield UnreviewedText(page.path, reason)


def unreviewed_in_edition(
    repository: Repository, manifest: Manifest, expressions_of: ExpressionsOf
) -> tuple[UnreviewedText, ...]:
    """Return the pages of an edition that were not as they were reviewed when it was published.

    Raises:
        HandbookError: if the handbook of its commit cannot be read.

    """
    handbook = read_past(repository.tree(manifest.commit), manifest.published, expressions_of)
    return tuple(unreviewed_texts((page for page in handbook.pages if manifest.page(page.path)), handbook))


def _why_unreviewed(page: Page, handbook: Handbook) -> str | None:
    day = page.front_matter.day("last_reviewed")
    if day is None:
        return "not reviewed yet"
    review = handbook.last_review(page)
    if review.schedule is None:
        is_older = handbook.reviews.reviewed_on(page.path, day) is not None
        return (
            f"its review of {day} is not the last one" if is_older else f"no record backs its review of {day}"
        )
    return None if review.text_was_reviewed else f"text changed since its review of {day}"

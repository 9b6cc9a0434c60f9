"""Compares the issues that a platform has with those that it should have."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from handbook.errors import HandbookError
from handbook.reviews.comments.events import marked_review
from handbook.reviews.comments.issues import ReviewIssue


class ExistingIssue(BaseModel):
    """An issue as the interface of GitHub or GitLab lists it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    number: int = Field(validation_alias=AliasChoices("iid", "number"))
    title: str
    body: str | None = Field(default=None, validation_alias=AliasChoices("description", "body"))
    state: str

    @property
    def is_open(self) -> bool:
        """Tell whether it is open, in the words of either platform."""
        return self.state.casefold() in ("open", "opened")

    @property
    def review(self) -> str | None:
        """Return the review that it is about, or None."""
        return marked_review(self.body or "")

    def says(self, issue: ReviewIssue) -> bool:
        """Tell whether it says the same; platforms change the ends of lines, and of the text."""
        body = (self.body or "").replace("\r\n", "\n").strip()
        return (self.title, body) == (issue.title, issue.body.strip())


@dataclass(frozen=True, slots=True)
class IssueChange:
    """What a job does with one issue.

    Its number is None if it is new. `body` is the text of the issue, or the comment with which it is closed.
    """

    do: Literal["create", "update", "reopen", "close"]
    review: str
    number: int | None
    title: str
    body: str

    def as_record(self) -> dict[str, Any]:
        """Return it for a JSON document."""
        return asdict(self)


def read_existing(data: bytes, name: str) -> list[ExistingIssue]:
    """Read a list of issues from the file called `name`.

    Raises:
        HandbookError: if it is not what a platform's interface lists.

    """
    try:
        rows = json.loads(data)
        return [ExistingIssue.model_validate(row) for row in rows]
    except (ValueError, TypeError, ValidationError, RecursionError):
        raise HandbookError(
            f"{name} is not a list of issues with `number` or `iid`, `title`, `body` or `description`, and"
            " `state`; give what the platform's interface answers"
        ) from None


def issue_changes(
    wanted: Sequence[ReviewIssue], existing: Sequence[ExistingIssue], closing: str
) -> Iterator[IssueChange]:
    """Yield what is left to do, so that each open review has one open issue that says what it should."""
    known = {issue.review: issue for issue in sorted(existing, key=_preference) if issue.review}
    for issue in wanted:
        present = known.get(issue.review)
        if present is None:
            yield IssueChange("create", issue.review, None, issue.title, issue.body)
        elif not present.is_open:
            yield IssueChange("reopen", issue.review, present.number, issue.title, issue.body)
        elif not present.says(issue):
            yield IssueChange("update", issue.review, present.number, issue.title, issue.body)
    names = {issue.review for issue in wanted}
    for present in existing:
        if present.is_open and present.review and present.review not in names:
            yield IssueChange("close", present.review, present.number, present.title, closing)


def _preference(issue: ExistingIssue) -> tuple[bool, int]:
    """Order issues about one review: the last one counts, an open one, and the oldest of these."""
    return issue.is_open, -issue.number

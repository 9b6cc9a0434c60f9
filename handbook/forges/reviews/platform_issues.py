"""Compares the issues that a platform has with those that it should have."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from handbook.errors import HandbookError
from handbook.forges.reviews.events import marked_review
from handbook.forges.reviews.issues import ReviewIssue
from handbook.text.json_text import listed_entries


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


class _Author(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str = Field(validation_alias=AliasChoices("login", "username"))


class ExistingComment(BaseModel):
    """A comment as the interface of GitHub or GitLab lists it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: int
    text: str = Field(default="", validation_alias="body")
    author: _Author = Field(validation_alias=AliasChoices("user", "author"))


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
        return [ExistingIssue.model_validate(row) for row in _rows(data)]
    except (ValueError, RecursionError):
        raise _not_a_list(name, "issues") from None


def read_comments(data: bytes, name: str, bot: Callable[[str], bool]) -> list[ExistingComment]:
    """Read the comments by a bot from the file called `name`.

    Raises:
        HandbookError: if it is not what a platform's interface lists.

    """
    try:
        comments = [ExistingComment.model_validate(row) for row in _rows(data)]
    except (ValueError, RecursionError):
        raise _not_a_list(name, "comments") from None
    return [comment for comment in comments if bot(comment.author.name)]


def _rows(data: bytes) -> Iterator[object]:
    """Return what is listed; an interface that was asked answers with something, if only an empty list."""
    text = data.decode("utf-8")
    if not text.strip():
        raise ValueError("empty")
    return listed_entries(text)


def _not_a_list(name: str, what: str) -> HandbookError:
    return HandbookError(f"{name} is not a list of {what}; give what the platform's interface answers")


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

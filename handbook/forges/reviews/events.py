"""Reads the event of a platform: a comment on an issue, or the approval of a change.

The account comes from what the platform says of its user, never from a text that somebody wrote.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from handbook.errors import HandbookError

# GitHub sends no larger event.
_MOST_BYTES: Final = 25_000_000
_MARKER: Final = re.compile(r"<!-- handbook-review: (?P<name>[\w-]{1,200}) -->")
_EDITORIAL: Final = "editorial"
# Of an issue about a review. Only members of a project can label its issues.
LABEL: Final = "handbook-review"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment by an account, such as `github:name`; `review` is None if the issue is not about a review."""

    account: str
    text: str
    address: str
    review: str | None
    issue: int
    identity: int


@dataclass(frozen=True, slots=True)
class Approval:
    """The approval of a commit of a change that is said to be editorial.

    `branch` is where the change is, if the event says so: the record goes there.
    """

    account: str
    address: str
    title: str
    change: int
    commit: str
    tip: str
    branch: str = ""


@dataclass(frozen=True, slots=True)
class NothingToDo:
    """An event that asks for nothing, and why."""

    reason: str


Event: TypeAlias = Comment | Approval | NothingToDo


class _Part(BaseModel):
    """A part of an event, of which only some keys count."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class _User(_Part):
    id: int
    login: str
    type: str = "User"

    @property
    def account(self) -> str:
        return f"github:{self.login}"


class _Named(_Part):
    name: str


class _Issue(_Part):
    number: int
    body: str | None = None
    labels: list[_Named] = []

    @property
    def review(self) -> str | None:
        return _review(self.body, [label.name for label in self.labels])


class _IssueComment(_Part):
    id: int
    user: _User
    body: str | None = None
    html_url: str


class _CommentEvent(_Part):
    action: str
    issue: _Issue
    comment: _IssueComment
    sender: _User


class _Review(_Part):
    user: _User
    state: str
    commit_id: str
    html_url: str


class _Head(_Part):
    sha: str


class _PullRequest(_Part):
    number: int
    title: str
    state: str
    labels: list[_Named] = []
    head: _Head


class _ReviewEvent(_Part):
    action: str
    review: _Review
    pull_request: _PullRequest
    sender: _User


class _GitLabUser(_Part):
    id: int
    username: str

    @property
    def account(self) -> str:
        return f"gitlab:{self.username}"


class _Note(_Part):
    id: int
    note: str
    noteable_type: str
    author_id: int
    system: bool = False
    action: str = "create"
    url: str


class _Titled(_Part):
    title: str


class _GitLabIssue(_Part):
    iid: int
    description: str | None = None
    labels: list[_Titled] = []

    @property
    def review(self) -> str | None:
        return _review(self.description, [label.title for label in self.labels])


class _NoteEvent(_Part):
    user: _GitLabUser
    object_attributes: _Note
    issue: _GitLabIssue | None = None


class _Commit(_Part):
    id: str


class _MergeRequest(_Part):
    iid: int
    title: str
    action: str = ""
    url: str
    last_commit: _Commit
    source_branch: str
    source_project_id: int
    target_project_id: int


class _MergeRequestEvent(_Part):
    user: _GitLabUser
    object_attributes: _MergeRequest
    labels: list[_Titled] = []


AnyPart = TypeVar("AnyPart", bound=_Part)


def read_event(data: bytes, name: str) -> Event:
    """Read the event in a file called `name`.

    Raises:
        HandbookError: if it is not an event of GitHub or GitLab as they document it.

    """
    if len(data) > _MOST_BYTES:
        raise HandbookError(f"{name} has over {_MOST_BYTES:,} bytes, more than any event; give another file")
    try:
        event = json.loads(data)
    except (ValueError, RecursionError):
        raise HandbookError(f"{name} is not JSON; give the event as the platform sent it") from None
    if not isinstance(event, dict):
        raise HandbookError(f"{name} is not an event, which is an object; give it as the platform sent it")
    for is_of_kind, read in _KINDS:
        if is_of_kind(event):
            return read(event, name)
    return NothingToDo("this event is neither a comment on an issue nor an approval")


def _on_github(event: Mapping[str, Any], name: str) -> Event:
    given = _parsed(_CommentEvent, event, name)
    author = given.comment.user
    if given.action not in ("created", "edited"):
        return NothingToDo(f"the comment was {given.action}")
    if author.type == "Bot":
        return NothingToDo("a bot wrote the comment")
    if given.sender.id != author.id:
        return NothingToDo("someone other than its author edited the comment")
    return Comment(
        author.account,
        given.comment.body or "",
        given.comment.html_url,
        given.issue.review,
        given.issue.number,
        given.comment.id,
    )


def _on_gitlab(event: Mapping[str, Any], name: str) -> Event:
    given = _parsed(_NoteEvent, event, name)
    note, issue = given.object_attributes, given.issue
    if note.system or issue is None or note.noteable_type != "Issue":
        return NothingToDo("this is not a comment on an issue")
    if note.action not in ("create", "update"):
        return NothingToDo(f"the comment had the action {note.action}")
    if given.user.id != note.author_id:
        return NothingToDo("someone other than its author edited the comment")
    return Comment(given.user.account, note.note, note.url, issue.review, issue.iid, note.id)


def _approved_on_github(event: Mapping[str, Any], name: str) -> Event:
    given = _parsed(_ReviewEvent, event, name)
    change, review = given.pull_request, given.review
    if given.action != "submitted" or review.state.casefold() != "approved" or change.state != "open":
        return NothingToDo("this is not an approval of an open change")
    if _EDITORIAL not in [label.name for label in change.labels]:
        return NothingToDo(f"the change has no label `{_EDITORIAL}`")
    if given.sender.id != review.user.id:
        return NothingToDo("someone other than its author sent the approval")
    return Approval(
        review.user.account, review.html_url, change.title, change.number, review.commit_id, change.head.sha
    )


def _approved_on_gitlab(event: Mapping[str, Any], name: str) -> Event:
    given = _parsed(_MergeRequestEvent, event, name)
    change = given.object_attributes
    if change.action not in ("approved", "approval"):
        return NothingToDo("this is not an approval of a change")
    if _EDITORIAL not in [label.title for label in given.labels]:
        return NothingToDo(f"the change has no label `{_EDITORIAL}`")
    if change.source_project_id != change.target_project_id:
        return NothingToDo("the change comes from a fork, where nothing can be filed")
    tip = change.last_commit.id
    return Approval(given.user.account, change.url, change.title, change.iid, tip, tip, change.source_branch)


def _review(body: str | None, labels: Sequence[str]) -> str | None:
    """Return the review that an issue is about if members of the project say so by its label."""
    return marked_review(body or "") if LABEL in labels else None


def marked_review(body: str) -> str | None:
    """Return the review that an issue is about, by the mark that its text begins with, or None."""
    match = _MARKER.match(body.lstrip())
    return match["name"] if match else None


def marker_of(review: str) -> str:
    """Return the mark with which the text of an issue about a review begins."""
    return f"<!-- handbook-review: {review} -->"


def _parsed(model: type[AnyPart], event: Mapping[str, Any], name: str) -> AnyPart:
    try:
        return model.model_validate(event)
    except ValidationError as error:
        key = ".".join(map(str, error.errors()[0]["loc"]))
        raise HandbookError(
            f"{name} lacks '{key}' as the platform documents it; give the event as the platform sent it"
        ) from None


def _has(*keys: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda event: all(key in event for key in keys)


def _is_kind(kind: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda event: event.get("object_kind") == kind


_KINDS: Final[
    Sequence[tuple[Callable[[Mapping[str, Any]], bool], Callable[[Mapping[str, Any], str], Event]]]
] = (
    (_is_kind("note"), _on_gitlab),
    (_is_kind("merge_request"), _approved_on_gitlab),
    (_has("comment", "issue", "action"), _on_github),
    (_has("review", "pull_request", "action"), _approved_on_github),
)

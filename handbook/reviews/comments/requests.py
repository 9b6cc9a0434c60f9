"""What a job asks of the interface of GitHub or GitLab. Only the job sends anything.

A request is a method, a path below the repository, and a body.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handbook.reviews.comments.events import LABEL
from handbook.reviews.comments.platform_issues import ExistingComment, IssueChange
from handbook.text.json_text import as_document

LIST: Final = "list"


@dataclass(frozen=True, slots=True)
class Request:
    """One request, such as `POST` to `issues`."""

    method: str
    path: str
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Interface:
    """How a platform names what the requests need."""

    text: str
    change: str
    comments: str
    changes: str
    labels: object
    reopened: Mapping[str, str]
    closed: Mapping[str, str]


INTERFACES: Final[Mapping[str, Interface]] = {
    "github": Interface(
        text="body",
        change="PATCH",
        comments="comments",
        changes="issues",
        labels=[LABEL],
        reopened={"state": "open"},
        closed={"state": "closed"},
    ),
    "gitlab": Interface(
        text="description",
        change="PUT",
        comments="notes",
        changes="merge_requests",
        labels=LABEL,
        reopened={"state_event": "reopen"},
        closed={"state_event": "close"},
    ),
}


def request_files(requests: Iterable[Request]) -> dict[str, bytes]:
    """Return a file with the body of each request, and a list with the method, path, and file of each."""
    numbered = list(enumerate(requests, 1))
    lines = [f"{request.method} {request.path} {number}.json\n" for number, request in numbered]
    files = {f"{number}.json": as_document(request.body).encode() for number, request in numbered}
    return {LIST: "".join(lines).encode(), **files}


def issue_requests(changes: Iterable[IssueChange], platform: str) -> Iterator[Request]:
    """Yield what brings issues up to date on a platform."""
    interface = INTERFACES[platform]
    for change in changes:
        path, text = f"issues/{change.number}", {"title": change.title, interface.text: change.body}
        if change.do == "create":
            yield Request("POST", "issues", {**text, "labels": interface.labels})
        elif change.do == "close":
            yield Request("POST", f"{path}/{interface.comments}", {"body": change.body})
            yield Request(interface.change, path, interface.closed)
        else:
            more = interface.reopened if change.do == "reopen" else {}
            yield Request(interface.change, path, {**text, **more})


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on an issue or a change, by its number, which begins with a marker."""

    platform: str
    number: int
    marker: str
    text: str
    is_about_change: bool = False
    closes: bool = False


def reply_requests(reply: Reply, existing: Sequence[ExistingComment]) -> Iterator[Request]:
    """Yield what answers a comment, in the answer that it already has if there is one."""
    interface = INTERFACES[reply.platform]
    place = f"{interface.changes if reply.is_about_change else 'issues'}/{reply.number}"
    known = next((comment.id for comment in existing if comment.text.startswith(reply.marker)), None)
    if reply.text and known:
        answers = "issues/comments" if reply.platform == "github" else f"{place}/{interface.comments}"
        yield Request(interface.change, f"{answers}/{known}", {"body": reply.text})
    elif reply.text:
        yield Request("POST", f"{place}/{interface.comments}", {"body": reply.text})
    if reply.closes:
        yield Request(interface.change, place, interface.closed)

"""What a job asks of GitHub or GitLab for the issues of reviews, and for its answers there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handbook.forges.requests import INTERFACES, Request
from handbook.forges.reviews.events import LABEL
from handbook.forges.reviews.platform_issues import ExistingComment, IssueChange


def issue_requests(changes: Iterable[IssueChange], platform: str) -> Iterator[Request]:
    """Yield what brings issues up to date on a platform."""
    interface = INTERFACES[platform]
    for change in changes:
        path, text = f"issues/{change.number}", {"title": change.title, interface.text: change.body}
        if change.do == "create":
            yield Request("POST", "issues", {**text, "labels": interface.labels(LABEL)})
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

"""One issue for each owner, which later runs bring up to date, close, and open again.

An issue is known by a marker at its beginning, among those with a label that only members can give. What is
said on a day is the same at each run of that day, so a second run asks for nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from handbook.forges.duties import Duties
from handbook.forges.requests import INTERFACES, Answer, Interface, Request, number_in, text_in
from handbook.forges.texts import filled
from handbook.reminders.notices import Reminder
from handbook.text.quoting import one_line

LABEL: Final = "handbook-owner"
_MARKER: Final = re.compile(r"<!-- handbook owner: (?P<role>[a-z0-9-]*) reminders: (?P<state>[0-9a-f]+) -->")
_LINKS: Final = re.compile(r"<!-- links -->\n(?P<links>.*?)<!-- end of links -->", re.DOTALL)
_MOST_FINDINGS: Final = 30


@dataclass(frozen=True, slots=True)
class OwnerIssue:
    """An issue as it should be: for a role (empty for pages without an owner), its title, text, and news.

    `news` is what a comment says if the reminders are others than before, because a changed text alone
    notifies nobody. `is_done` says that nothing is left to do.
    """

    role: str
    title: str
    text: str
    state: str
    news: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class KnownIssue:
    """An issue that is there: its number, title, text, and whether it is open."""

    number: int
    title: str
    text: str
    is_open: bool

    @property
    def role(self) -> str | None:
        """Return the role that the issue is for; None if it is not one of ours."""
        marker = _MARKER.match(self.text)
        return marker["role"] if marker else None

    @property
    def state(self) -> str:
        """Return the reminders that the issue has given."""
        marker = _MARKER.match(self.text)
        return marker["state"] if marker else ""

    @property
    def links(self) -> str:
        """Return what the issue says about links."""
        part = _LINKS.search(self.text)
        return part["links"].strip("\n") if part else ""


def known_issues(host: str, answers: Iterable[Answer]) -> dict[str, KnownIssue]:
    """Return the issues that are ours, by role; of several, the newest open one, else the newest.

    Raises:
        HandbookError: if an answer is not about an issue.

    """
    interface = INTERFACES[host]
    issues = [_known(answer, interface) for answer in answers if "pull_request" not in answer]
    ordered = sorted(issues, key=lambda issue: (issue.is_open, issue.number))
    return {issue.role: issue for issue in ordered if issue.role is not None}


def _known(answer: Answer, interface: Interface) -> KnownIssue:
    text = text_in(answer, interface.text).replace("\r\n", "\n")
    is_open = text_in(answer, "state") == interface.is_open
    return KnownIssue(number_in(answer, interface.number), text_in(answer, "title"), text, is_open)


def owner_issues(
    duties: Sequence[Duties], known: Mapping[str, KnownIssue], addresses: Mapping[str, str], name: str
) -> list[OwnerIssue]:
    """Return the issues as they should be; one that nothing is left of is done.

    `addresses` are those of published pages, by path, and `name` is that of the organization.
    """
    wanted = [_issue(each, known.get(each.recipient.role), addresses, name) for each in duties]
    roles = {issue.role for issue in wanted}
    gone = (issue for role, issue in known.items() if role not in roles and issue.is_open)
    return [*wanted, *map(_finished, gone)]


def _issue(duties: Duties, known: KnownIssue | None, addresses: Mapping[str, str], name: str) -> OwnerIssue:
    links = _links(duties) if duties.links is not None else known.links if known else ""
    state = _state(duties.notice.reminders)
    text = filled(
        "owner_issue.md",
        duties=duties,
        links=links,
        state=state,
        addresses=addresses,
        findings=duties.findings[:_MOST_FINDINGS],
        more=len(duties.findings) - _MOST_FINDINGS,
    )
    news = filled("owner_news.md", duties=duties)
    title = one_line(f"{name}: what is to do for {duties.recipient.title}")
    return OwnerIssue(duties.recipient.role, title, text, state, news, duties.are_none and not links)


def _finished(known: KnownIssue) -> OwnerIssue:
    """Return the issue of a role that has nothing to do; links that nobody tried today still count."""
    text = filled("owner_done.md", role=known.role, state=_state(()), links=known.links)
    return OwnerIssue(known.role or "", known.title, text, _state(()), "", not known.links)


def _links(duties: Duties) -> str:
    return filled("owner_links.md", links=duties.links).strip("\n") if duties.links else ""


def _state(reminders: Iterable[Reminder]) -> str:
    """Return a short name of what is reminded of; it changes with every new stage."""
    lines = (f"{each.path} {each.due} {each.stage.name} {each.stage.since}" for each in reminders)
    return sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:12]


def issue_requests(host: str, wanted: Iterable[OwnerIssue], known: Mapping[str, KnownIssue]) -> list[Request]:
    """Return what brings the issues up to date; nothing if they are."""
    interface = INTERFACES[host]
    return [request for issue in wanted for request in _requests(issue, known.get(issue.role), interface)]


def _requests(issue: OwnerIssue, known: KnownIssue | None, interface: Interface) -> Iterator[Request]:
    text = {"title": issue.title, interface.text: issue.text}
    if known is None:
        if not issue.is_done:
            yield Request("POST", "issues", {**text, "labels": interface.labels(LABEL)})
        return
    if known.is_open == issue.is_done:
        yield _change(
            known, interface, {**text, **(interface.closed if issue.is_done else interface.reopened)}
        )
    elif not issue.is_done and (known.title, known.text.strip()) != (issue.title, issue.text.strip()):
        yield _change(known, interface, text)
    if issue.news.strip() and not issue.is_done and known.state != issue.state:
        yield Request("POST", f"issues/{known.number}/{interface.comments}", {"body": issue.news})


def _change(known: KnownIssue, interface: Interface, body: Mapping[str, str]) -> Request:
    return Request(interface.change, f"issues/{known.number}", body)

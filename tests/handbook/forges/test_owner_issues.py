"""Each owner has one issue, and a second run on the same day asks for nothing."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

import pytest

from handbook.findings import Finding
from handbook.forges.duties import BrokenLink, Duties
from handbook.forges.owner_issues import LABEL, KnownIssue, issue_requests, known_issues, owner_issues
from handbook.forges.requests import Answer, Request
from handbook.reminders.notices import Notice, Recipient, Reminder, Stage

DAY = datetime.date(2026, 11, 20)
LEAD = Recipient("platform-lead", "Platform lead", "lead@example.org")
PAGE = Reminder("docs/a.md", "A | page @all", datetime.date(2026, 12, 1), Stage("14 days", DAY), None)
LATER = replace(PAGE, stage=Stage("overdue", datetime.date(2026, 12, 2)))
DUTIES = Duties(LEAD, ("@ann",), Notice(LEAD, (PAGE,)), (), None)
FINDING = Finding("docs/a.md", 3, 1, "LNK001", "error", "leads to `b.md`, which is not there")
LINK = BrokenLink("https://gone.test/`x`", "docs/a.md", DAY)


def _requests(
    duties: Sequence[Duties], answers: Sequence[Answer] = (), host: str = "github"
) -> list[Request]:
    known = known_issues(host, answers)
    return issue_requests(host, owner_issues(duties, known, {"docs/a.md": "https://x.test/a/"}, "Us"), known)


def _after(requests: Sequence[Request], number: int = 7, state: str = "open") -> Answer:
    """Return the issue as GitHub lists it after the requests."""
    body = next(request.body for request in requests if "title" in request.body)
    return {**body, "number": number, "state": state}


def test_an_owner_with_duties_gets_an_issue_that_names_them() -> None:
    (request,) = _requests([replace(DUTIES, findings=(FINDING,), links=(LINK,))])
    assert (request.method, request.path) == ("POST", "issues")
    assert (request.body["title"], request.body["labels"]) == ("Us: what is to do for Platform lead", [LABEL])
    text = str(request.body["body"])
    assert "For @ann, as Platform lead." in text
    assert "- [A \\| page @\N{WORD JOINER}all](https://x.test/a/), docs/a.md: due on 2026-12-01\n" in text
    assert "- docs/a.md, line 3: leads to \\`b.md\\`, which is not there (LNK001)\n" in text
    assert "- `https://gone.test/%60x%60` in docs/a.md, tried on 2026-11-20\n" in text


def test_gitlab_gets_the_same_in_its_own_words() -> None:
    (request,) = _requests([DUTIES], host="gitlab")
    assert request.body["labels"] == LABEL
    (github,) = _requests([DUTIES])
    assert request.body["description"] == github.body["body"]
    known = {**request.body, "iid": 7, "state": "opened"}
    assert _requests([DUTIES], [known], "gitlab") == []
    (closed,) = _requests([], [known], "gitlab")
    assert (closed.method, closed.path, closed.body["state_event"]) == ("PUT", "issues/7", "close")
    assert [
        request.path
        for request in _requests([replace(DUTIES, notice=Notice(LEAD, (LATER,)))], [known], "gitlab")
    ] == [
        "issues/7",
        "issues/7/notes",
    ]


def test_the_same_duties_ask_for_nothing_more() -> None:
    first = _requests([DUTIES])
    assert _requests([DUTIES], [_after(first)]) == []


def test_other_findings_change_the_text_silently_and_a_new_stage_notifies() -> None:
    known = _after(_requests([DUTIES]))
    (changed,) = _requests([replace(DUTIES, findings=(FINDING,))], [known])
    assert (changed.method, changed.path) == ("PATCH", "issues/7")
    change, comment = _requests([replace(DUTIES, notice=Notice(LEAD, (LATER,)))], [known])
    assert change.path == "issues/7"
    assert comment.path == "issues/7/comments"
    assert "overdue, was due on 2026-12-01" in str(comment.body["body"])


def test_an_issue_without_duties_is_closed_and_the_same_one_is_opened_again() -> None:
    known = _after(_requests([DUTIES]))
    closing = _requests([], [known])
    assert [request.body["state"] for request in closing] == ["closed"]
    closed = _after(closing, state="closed")
    assert _requests([], [closed]) == []
    opening, comment = _requests([DUTIES], [closed])
    assert (opening.path, opening.body["state"], comment.path) == ("issues/7", "open", "issues/7/comments")


def test_links_that_nobody_tried_now_stay_as_they_were() -> None:
    known = _after(_requests([replace(DUTIES, links=(LINK,))]))
    assert _requests([DUTIES], [known]) == []
    (rest,) = _requests([], [known])
    assert "state" not in rest.body
    assert "gone.test" in str(rest.body["body"])
    assert _requests([], [_after([rest])]) == []
    (done,) = _requests([replace(DUTIES, notice=Notice(LEAD, ()), links=())], [known])
    assert done.body["state"] == "closed"


def test_only_issues_with_our_marker_count_and_no_pull_request() -> None:
    ours = _after(_requests([DUTIES]))
    others = [
        {"number": 8, "title": "x", "body": "Words.", "state": "open"},
        {**ours, "number": 9, "pull_request": {}},
    ]
    assert {role: issue.number for role, issue in known_issues("github", [*others, ours]).items()} == {
        "platform-lead": 7
    }


def test_of_several_the_open_one_counts() -> None:
    ours = _after(_requests([DUTIES]))
    closed = {**ours, "number": 9, "state": "closed"}
    assert known_issues("github", [closed, ours])["platform-lead"].number == 7


@pytest.mark.parametrize("text", ["", "<!-- handbook owner: a reminders: x -->", "Hello"])
def test_a_text_without_a_sound_marker_is_nobodys(text: str) -> None:
    assert KnownIssue(1, "", text, is_open=True).role is None


def test_a_long_list_of_findings_is_cut() -> None:
    many = tuple(replace(FINDING, line=line) for line in range(1, 40))
    (request,) = _requests([replace(DUTIES, findings=many)])
    assert "- and 9 more, which `handbook check` lists" in str(request.body["body"])

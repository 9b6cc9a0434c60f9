"""What is read of the events of GitHub and GitLab, and what is left alone."""

from collections.abc import Callable
from typing import Any

import pytest

from handbook.errors import HandbookError
from handbook.forges.reviews.events import Approval, Comment, NothingToDo, read_event
from tests.events import KINDS, as_bytes, recorded, with_change

TIP = "ec26c3e57ca3a959ca5aad62de7213c562f8c821"
NAME = "event.json"


def test_a_comment_on_github_is_that_of_its_author() -> None:
    address = "https://github.com/example/handbook/issues/7#issuecomment-492700400"
    expected = Comment("github:dana", "/sign platform-lead", address, "2026-11-20-docs", 7, 492700400)
    for name in ("github-issue-comment-created", "github-issue-comment-edited"):
        assert read_event(as_bytes(recorded(name)), NAME) == expected


def test_a_note_on_gitlab_is_that_of_its_author() -> None:
    address = "https://gitlab.example.com/example/handbook/-/issues/17#note_1241"
    expected = Comment("gitlab:dana", "/sign platform-lead", address, "2026-11-20-docs", 17, 1241)
    assert read_event(as_bytes(recorded("gitlab-note-on-issue")), NAME) == expected


def test_an_approval_names_the_commit_that_was_approved() -> None:
    address = "https://github.com/example/handbook/pull/12#pullrequestreview-237895671"
    title = "Correct a misspelled word"
    github = read_event(as_bytes(recorded("github-pull-request-review-approved")), NAME)
    assert github == Approval("github:dana", address, title, 12, TIP, TIP)
    address = "https://gitlab.example.com/example/handbook/-/merge_requests/12"
    gitlab = read_event(as_bytes(recorded("gitlab-merge-request-approved")), NAME)
    assert gitlab == Approval("gitlab:dana", address, title, 12, TIP, TIP, "spelling")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("github-issue-comment-created", lambda event: event.update(action="deleted")),
        ("github-issue-comment-edited", lambda event: event.update(sender={**event["sender"], "id": 5})),
        ("github-issue-comment-created", lambda event: event["comment"]["user"].update(type="Bot")),
        ("github-pull-request-review-approved", lambda event: event["review"].update(state="commented")),
        ("github-pull-request-review-approved", lambda event: event.update(action="dismissed")),
        ("github-pull-request-review-approved", lambda event: event["pull_request"].update(labels=[])),
        ("github-pull-request-review-approved", lambda event: event["pull_request"].update(state="closed")),
        ("github-pull-request-review-approved", lambda event: event["sender"].update(id=5)),
        ("gitlab-note-on-issue", lambda event: event["object_attributes"].update(system=True)),
        ("gitlab-note-on-issue", lambda event: event["object_attributes"].update(action="delete")),
        ("gitlab-note-on-issue", lambda event: event["object_attributes"].update(author_id=5)),
        ("gitlab-note-on-issue", lambda event: event["object_attributes"].update(noteable_type="Commit")),
        ("gitlab-merge-request-approved", lambda event: event["object_attributes"].update(action="open")),
        ("gitlab-merge-request-approved", lambda event: event.update(labels=[])),
    ],
)
def test_what_nobody_asked_for_is_left_alone(name: str, change: Callable[[dict[str, Any]], object]) -> None:
    assert not isinstance(read_event(as_bytes(recorded(name)), NAME), NothingToDo)
    assert isinstance(read_event(with_change(name, change), NAME), NothingToDo)


@pytest.mark.parametrize(
    "body",
    ["", "See <!-- handbook-review: 2026-11-20-docs --> there", "<!-- handbook-review: ../secret -->", None],
)
def test_an_issue_is_about_a_review_only_if_it_begins_with_the_mark(body: str | None) -> None:
    event = with_change("github-issue-comment-created", lambda event: event["issue"].update(body=body))
    comment = read_event(event, NAME)
    assert isinstance(comment, Comment)
    assert comment.review is None


def test_an_issue_without_the_label_of_members_is_about_no_review() -> None:
    for name in ("github-issue-comment-created", "gitlab-note-on-issue"):
        comment = read_event(with_change(name, lambda event: event["issue"].update(labels=[])), NAME)
        assert isinstance(comment, Comment)
        assert comment.review is None


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b"1"])
def test_what_is_no_event_is_an_error_in_a_sentence(data: bytes) -> None:
    with pytest.raises(HandbookError, match=r"event\.json is not"):
        read_event(data, NAME)


def test_an_event_of_another_kind_asks_for_nothing() -> None:
    assert isinstance(read_event(b'{"object_kind": "push"}', NAME), NothingToDo)


def _places(value: object) -> list[tuple[str | int, ...]]:
    """Return the path of every value in an event."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(key, *rest) for key, inner in pairs for rest in [(), *_places(inner)]]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("value", [None, {}])
def test_no_value_that_is_missing_or_of_another_type_is_a_traceback(name: str, value: object) -> None:
    refusals = set()
    for *way, last in _places(recorded(name)):
        event = recorded(name)
        inner: Any = event
        for key in way:
            inner = inner[key]
        inner[last] = value
        try:
            read_event(as_bytes(event), NAME)
        except HandbookError as error:
            refusals.add(str(error).partition("'")[0])
    assert refusals == {"event.json lacks "}

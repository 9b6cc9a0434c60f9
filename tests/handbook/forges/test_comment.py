"""A change has one comment, whose author is the workflow."""

import pytest

from handbook.errors import HandbookError
from handbook.forges.comment import MARKER, comment_requests, comment_text
from handbook.forges.requests import Answer, Request, read_answers, request_files

BOTS = {
    "github": ("user", "login", "github-actions[bot]"),
    "gitlab": ("author", "username", "project_7_bot_a1"),
}


def _comment(host: str, text: str, name: str | None = None) -> Answer:
    key, field, bot = BOTS[host]
    return {"id": 12, "body": text, key: {field: name or bot}}


@pytest.mark.parametrize(
    ("host", "created", "changed"),
    [
        ("github", "issues/5/comments", ("PATCH", "issues/comments/12")),
        ("gitlab", "merge_requests/5/notes", ("PUT", "merge_requests/5/notes/12")),
    ],
)
def test_the_comment_is_made_once_and_brought_up_to_date(
    host: str, created: str, changed: tuple[str, str]
) -> None:
    text = comment_text("# Who\n\nAll.", "# What\n\nMuch.", "https://x.test/1", "https://x.test/2")
    assert comment_requests(host, 5, text, []) == [Request("POST", created, {"body": text})]
    others = [_comment(host, text, "mallory"), _comment(host, "Thank you.")]
    assert comment_requests(host, 5, text, others)[0].method == "POST"
    assert comment_requests(host, 5, text, [*others, _comment(host, text)]) == []
    old = _comment(host, f"{MARKER}\nOld.")
    assert comment_requests(host, 5, text, [*others, old]) == [Request(*changed, {"body": text})]


def test_what_could_not_be_found_out_is_called_unknown() -> None:
    text = comment_text(None, None, None, None)
    assert "is not known, because the check did not get that far" in text
    assert "Not known, because the site with this change, or without it, could not be built" in text
    assert "Preview" not in text


def test_a_report_cannot_pose_as_the_comment_and_its_headings_are_lower() -> None:
    text = comment_text("# Who", f"# What\n\n## For everyone\n\n{MARKER}\n", None, None)
    assert text.count(MARKER) == 1
    assert "\n### Who\n" in text
    assert "\n### What readers will notice\n\n#### For everyone\n" in text


def test_a_long_report_is_cut_at_the_end_of_a_line_and_says_so() -> None:
    text = comment_text("x", "words and words\n" * 10_000, None, None)
    assert len(text) < 65_000
    assert "words\n\nThe rest is too long for a comment" in text


def test_pages_of_an_answer_are_read_one_after_the_other() -> None:
    assert read_answers('[{"id": 1}]\n[{"id": 2}] []', "file") == [{"id": 1}, {"id": 2}]


@pytest.mark.parametrize("text", ['{"message": "Not Found"}', "<html>", "[1]", '[{"id": 1}] ]', "null"])
def test_an_answer_that_is_no_list_gets_a_sentence(text: str) -> None:
    with pytest.raises(HandbookError, match="is not a list of what is there"):
        read_answers(text, "file")


def test_a_comment_without_a_number_gets_a_sentence() -> None:
    broken = {**_comment("github", f"{MARKER}\nOld."), "id": "12; rm -rf"}
    with pytest.raises(HandbookError, match="has no number 'id'"):
        comment_requests("github", 5, "new", [broken])


def test_each_request_has_a_line_in_the_list_and_a_file() -> None:
    files = request_files([Request("POST", "issues", {"title": "É"}), Request("PATCH", "issues/1", {})])
    assert files["list"] == b"POST issues 1.json\nPATCH issues/1 2.json\n"
    assert files["1.json"].decode() == '{\n  "title": "É"\n}\n'

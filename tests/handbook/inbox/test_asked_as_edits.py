"""Words of staff are added to a page or a section, and every other byte of the file stays."""

import pytest

from handbook.content.asked_as import read_asked_as
from handbook.content.pages import PageSource, parse_page
from handbook.errors import HandbookError
from handbook.inbox.asked_as_edits import with_asked_as

HEAD = "title: A page  # its name\nowner: legal-lead\n"


def _page(head: str) -> str:
    return f"---\n{head}---\n\n# A page\n"


def _with(head: str, *words: str, anchor: str = "") -> str:
    raw = _page(head)
    page = parse_page(PageSource("a.md", "docs/a.md", "en"), raw.encode())
    return with_asked_as(page, raw, words, anchor)


@pytest.mark.parametrize(
    ("before", "anchor", "after"),
    [
        ("", "", "asked_as: [new, 'a, b']\n"),
        ("", "hours", "asked_as: [{hours: [new, 'a, b']}]\n"),
        ("asked_as: [sack]  # x\n", "", "asked_as: [sack, new, 'a, b']  # x\n"),
        ("asked_as: [sack, ]\n", "", "asked_as: [sack, new, 'a, b', ]\n"),
        ("asked_as: [sack,\n  post]\n", "", "asked_as: [sack,\n  post, new, 'a, b']\n"),
        ("asked_as: [{hours: [night]}]\n", "hours", "asked_as: [{hours: [night, new, 'a, b']}]\n"),
        ("asked_as: [{hours: [night]}]\n", "rest", "asked_as: [{hours: [night]}, {rest: [new, 'a, b']}]\n"),
        ("asked_as:\n  - sack\n", "", "asked_as:\n  - sack\n  - new\n  - 'a, b'\n"),
        ("asked_as:\n- sack\n# end\n", "", "asked_as:\n- sack\n- new\n- 'a, b'\n# end\n"),
        (
            "asked_as:\n  - hours:\n      [night,\n       day]\n  - x\n",
            "hours",
            "asked_as:\n  - hours:\n      [night,\n       day, new, 'a, b']\n  - x\n",
        ),
        (
            "asked_as:\n  - hours:\n      - night\n  - x\n",
            "hours",
            "asked_as:\n  - hours:\n      - night\n      - new\n      - 'a, b'\n  - x\n",
        ),
        ("asked_as:\n  - x\n", "rest", "asked_as:\n  - x\n  - {rest: [new, 'a, b']}\n"),
    ],
)
def test_words_come_behind_the_others(before: str, anchor: str, after: str) -> None:
    assert _with(HEAD + before, "new", "a, b", anchor=anchor) == _page(HEAD + after)
    windows = _page(HEAD + before).replace("\n", "\r\n")
    page = parse_page(PageSource("a.md", "docs/a.md", "en"), windows.encode())
    assert with_asked_as(page, windows, ["new", "a, b"], anchor) == _page(HEAD + after).replace("\n", "\r\n")


def test_words_that_yaml_takes_for_something_else_are_read_as_words() -> None:
    raw = _with(HEAD, "911", "no", "a: b")
    page = parse_page(PageSource("a.md", "docs/a.md", "en"), raw.encode())
    assert read_asked_as(page.front_matter.values["asked_as"]) == {"": ["911", "no", "a: b"]}


@pytest.mark.parametrize(
    "head", ["asked_as: sack\n", "asked_as: [911]\n", "title: [\n", "asked_as: {a: [b]}\n"]
)
def test_what_cannot_be_read_is_left_to_its_author(head: str) -> None:
    with pytest.raises(HandbookError, match=r"the front matter of docs/a\.md cannot be changed"):
        _with(head, "new")

"""What is found is on the page as it was typed, unless an extension knows it, and no page takes long."""

import time

import pytest
from markdown import Markdown  # type: ignore[import-untyped]

from handbook.text.markdown.foreign_marks import foreign_marks

# A text, what readers see of its marks, and the extension that knows them.
FOREIGN = [
    ("Ask.[^1]\n\n[^1]: Your manager.", "[^1]", "footnotes"),
    ("- [ ] Ask.", "[ ]", "pymdownx.tasklist"),
    ("~~Ask.~~", "~~", "pymdownx.tilde"),
    ("==Ask.==", "==", "pymdownx.mark"),
    ("See [[Work]].", "[[", "markdown.extensions.wikilinks"),
    ('=== "Work"\n\n    Ask.', "===", "pymdownx.tabbed"),
    ("> [!NOTE]\n> Ask.", "[!NOTE]", "pymdownx.quotes"),
    (":::note\nAsk.\n:::", ":::", None),
    ("One\\\ntwo", "\\", None),
    ("[a](https://example.org", "](https", None),
    ("[a]{.b}", "{.b}", None),
    ("+---+\n| a |\n+---+", "+---+", None),
    ("Ask :smile: first", ":smile:", "pymdownx.emoji"),
    ("*[HR]: People team\n\nHR", "*[HR]", "abbr"),
    ("At https://example.org.", "At https://", "pymdownx.magiclink"),
]


@pytest.mark.parametrize(("text", "shown", "extension"), FOREIGN)
def test_what_is_found_is_shown_as_it_is_typed(text: str, shown: str, extension: str | None) -> None:
    assert list(foreign_marks(text, ["tables", "attr_list"]))
    assert shown in Markdown(extensions=["tables", "attr_list"]).convert(text)
    if extension:
        assert not list(foreign_marks(text, [extension]))


@pytest.mark.parametrize(
    "text",
    [
        "`[^1]`",
        "```text\n- [ ] a\n```",
        "a == b == c",
        "~~~\na\n~~~",
        "[[1]](a.md)",
        "[a](b.md)\nc",
        "\\\\\nb",
        "|\\\n",
        "10:30:45 a:b:c ::a:: `:a:`",
        "<https://a.org> [b https://a.org](https://a.org) <a href='https://a.org'>b https://a.org</a>",
        "[a]: https://a.org",
        '<img src="https://a.org">',
    ],
)
def test_what_is_meant_is_not_found(text: str) -> None:
    assert not list(foreign_marks(text, []))


@pytest.mark.parametrize(
    "text",
    [
        mark * 50_000
        for mark in (
            "[^",
            "- [ ] ",
            "~~a",
            "==a",
            "[[a",
            "[a]{.",
            "+---+\n",
            "[a](b.md",
            "\\\n",
            "[a]()",
            ":a",
            "https://a.org [",
            "*[a",
        )
    ],
    ids=lambda text: text[:6],
)
def test_a_hostile_page_takes_no_time(text: str) -> None:
    start = time.process_time()
    list(foreign_marks(text, []))
    assert time.process_time() - start < 2

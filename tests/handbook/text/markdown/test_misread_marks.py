"""What is found does not render as it was meant, and no page takes long."""

import time

import pytest
import yaml
from markdown import Markdown  # type: ignore[import-untyped]

from handbook.text.markdown.misread_marks import misread_marks
from tests.conftest import ROOT

# A text, the same as it was meant, and what is only on the page of the second.
MISREAD = [
    ("[a][b]", "[a][b]\n\n[B]: c.md", "<a "),
    ("[a][]", "[a](b.md)", "<a "),
    ("Ask first.\n---", "Ask first.\n\n---", "<hr"),
    ("# A\n\nB\n==", "# A\n\n## B", "<h2"),
    ("A\n\n#BookDay", "A\n\n\\#BookDay", "#BookDay"),
    ("A\n\n- #BookDay", "A\n\n- \\#BookDay", "#BookDay"),
    ("<div>\n**a**\n</div>", '<div markdown="1">\n**a**\n</div>', "<strong>"),
    (
        "<details><summary>a</summary>\n\n- b\n</details>",
        "<details markdown><summary>a</summary>\n\n- b\n</details>",
        "<li>",
    ),
    ("<section>\n\n[a](b.md)", '<section markdown="1">\n\n[a](b.md)\n</section>', "<a "),
    ("<!-- a ->\n\nb\n\n<!-- c -->", "<!-- a -->\n\nb\n\n<!-- c -->", "<p>b"),
    ("<!-- a", "<!-- a -->", "<!-- a"),
    ("<! -- a -->", "<!-- a -->", "<!-- a"),
    ("<!–– a ––>", "<!-- a -->", "<!-- a"),
]


@pytest.mark.parametrize(("misread", "repaired", "shown"), MISREAD)
def test_what_is_found_is_not_on_the_page_as_it_was_meant(misread: str, repaired: str, shown: str) -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]
    extensions = [name for name in settings if isinstance(name, str)]
    assert list(misread_marks(misread))
    assert not list(misread_marks(repaired))
    pages = [Markdown(extensions=extensions).convert(text) for text in (misread, repaired)]
    assert [f"{shown}" in page.replace('id="bookday"', "") for page in pages] == [False, True]


def test_front_matter_below_the_top_is_found_once() -> None:
    text = "# A\n\n---\ntitle: A\naudience:\n  - work\n---\n\nB"
    assert [mark.offset for mark in misread_marks(text)] == [5]


@pytest.mark.parametrize(
    "text",
    [
        "A title\n=======\n\nA heading\n---------",
        "#Title\n\nText",
        "---\n\nText: a\n\n---",
        "| a |\n|---|\n| b |",
        "a: b\n\n- c\n---",
        "`[a][b]` and ```[a][b]```",
        "[a](b.md)[c](d.md) [[a]](b.md) \\[a][b]",
        "```html\n<div>\n**a**\n</div>\n<!-- b\n```",
        "<div>\n<b>a</b>\n</div>",
        "<p>a * b</p>",
        "C# and #1 in a line",
    ],
)
def test_what_is_meant_is_not_found(text: str) -> None:
    assert not list(misread_marks(text))


@pytest.mark.parametrize(
    "text",
    [
        *(
            mark * 50_000
            for mark in ("[a][b", "[a][]", "a.\n---\n", "\n\na\n-", "<!--", "<!-- -->", "\n<div>")
        ),
        *("\n<div>" * 40_000 + "</div>", "---\na: b\n" * 40_000, "---\n" + "a:\n" * 60_000, "- " * 80_000),
        *("\n<div>**" * 40_000, "\n<div markdown>" * 40_000, "\n\n" + "a" * 200_000 + "\n-", "\n#" * 80_000),
    ],
    ids=lambda text: text[:6],
)
def test_a_hostile_page_takes_no_time(text: str) -> None:
    start = time.process_time()
    list(misread_marks(text))
    assert time.process_time() - start < 2

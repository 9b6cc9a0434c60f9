"""What is found does not render as it was meant, and no page takes long."""

import time

import pytest
from markdown import Markdown  # type: ignore[import-untyped]

from handbook.text.markdown.broken_marks import broken_marks

# A text, the same as it was meant, and what is only on the page of the second.
BROKEN = [
    ("[a] (b.md)", "[a](b.md)", "<a "),
    ("(a)[b.md]", "[a](b.md)", "<a "),
    ("| a | b |\n|---|\n| c | d |", "| a | b |\n|---|---|\n| c | d |", "<table"),
    ("| a | b |\n| c | d |", "| a | b |\n|---|---|\n| c | d |", "<table"),
    ("| a |\n|---|\n| b | lost |", "| a | b |\n|---|---|\n| b | lost |", "lost"),
    ("- a\n  - b", "- a\n    - b", "<li>a<ul>"),
    ("```\na\n\nb", "```\na\n\nb\n```", "<code"),
    ("```text a b\na\n```", "```text\na\n```", "<pre"),
    ("**a **b", "**a** b", "<strong>"),
    ("1. a\n\n   b\n\n2. c", "1. a\n\n    b\n\n2. c", "<p>b</p></li>"),
    ("!!! note\na", "!!! note\n    a", "<p>a</p></div>"),
]


@pytest.mark.parametrize(("broken", "repaired", "shown"), BROKEN)
def test_what_is_found_is_not_on_the_page_as_it_was_meant(
    broken: str, repaired: str, shown: str, markdown: Markdown
) -> None:
    assert list(broken_marks(broken))
    assert not list(broken_marks(repaired))
    pages = [markdown.reset().convert(text).replace("\n", "") for text in (broken, repaired)]
    assert [shown in page for page in pages] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        *(
            mark * 50_000
            for mark in ("[a", "[a] (", "(a)[", "{a(", "{ ", "|", "|-", "> ", "!!! a\n", "```a b\n", "{{a}}}")
        ),
        *("  - a\n" * 40_000, "| a\n" * 40_000, "#" * 200_000, "```\n" * 40_001, "-" * 200_000 + "x"),
    ],
    ids=lambda text: text[:6],
)
def test_a_hostile_page_takes_no_time(text: str) -> None:
    start = time.process_time()
    list(broken_marks(text))
    assert time.process_time() - start < 2

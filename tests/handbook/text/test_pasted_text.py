"""What is said not to be a list, a table, or text is none to Python-Markdown, either."""

import time

import pytest
from markdown import Markdown  # type: ignore[import-untyped]

from handbook.text.pasted_text import pasted_text

PASTED = (
    "• One\n• Two",
    "· One\n· Two",
    "\u25cf\tOne",
    "\uf0b7\tOne\n\uf0b7\tTwo",
    "\t•\tOne",
    "– One\n– Two",
    "− One\n− Two",
    "o\tOne\no\tTwo",
    "➢ One\n➢ Two",
    "➢\tOne",
    "✔\ufe0f One\n✔\ufe0f Two",
    "Text:\n– One\n– Two",
    "Text\n| A | B |\n|---|---|\n| 1 | 2 |",
    "1) One\n2) Two",
    "(1) One\n(2) Two",
    "(i) One\n(ii) Two",
    "A. One\nB. Two",
    "c) One\nwhich goes on\nd) Two",
    "(a) One\n(b) Two",
    "Text:\n- One",
    "Text\n\n1) Ask:\n- one\n- two",
    "Text\n1. One\n2. Two",
    "Text\n * One\n * Two",
    "-\u00a0One\n-\u00a0Two",
    "1.\u202fOne",
    "*\u2003One",
    "One\tTwo\nThree\tFour",
    "<div markdown>\n\nText:\n- One\n\n</div>",
)
MEANT = (
    "- One\n- Two",
    "Text\n\n- One",
    "1. One\n\n    More words of this item here.\n\n2. Two",
    "1.\tOne\n2.\tTwo",
    "-\tOne\n-\tTwo",
    "# Heading\n- One",
    "# Heading\n| A | B |\n|---|---|\n| 1 | 2 |",
    "✅ One sentence alone.",
    "    a. one\n    b. two",
    "    a\tb\n    c\td",
    "It goes\n→ on here.",
    "It had\n– as every year – a day\n– the last – of rest.",
    "- One\ngoes on:\n- Two",
    "Text\n\n***\n- One",
    "| A | B |\n|---|---|\n| - 1 | 2 |",
    "Call us at\n5 p.m. or at\n6 p.m. today.",
    "- One\n    1. Two\n    2. Three",
    "[^1]: A note at the foot.\n\n    Its second paragraph, in a few words.",
)


@pytest.mark.parametrize("text", PASTED)
def test_pasted_text_is_found_and_is_no_list_or_table_on_the_page(text: str, markdown: Markdown) -> None:
    assert list(pasted_text(text))
    html = markdown.reset().convert(text)
    assert not any(tag in html for tag in ("<ul", "<ol", "<table"))


@pytest.mark.parametrize("text", MEANT)
def test_what_renders_as_it_was_meant_is_not_found(text: str) -> None:
    assert not list(pasted_text(text))


@pytest.mark.parametrize(
    "text",
    ["    A sentence with four words.", "\tOne, two, three, four.", "Text.\n\n\tŠta da radim u krizi?"],
)
def test_a_sentence_that_the_page_shows_as_code_is_found(text: str, markdown: Markdown) -> None:
    assert [pasted.offset for pasted in pasted_text(text)] == [text.rindex("\t") + 1 if "\t" in text else 4]
    assert "<code>" in markdown.reset().convert(text)


@pytest.mark.parametrize(
    "text",
    [">" * 200_000, "> " * 100_000, "](a “" * 40_000, "<a =“" * 40_000, "{:a=“" * 40_000, "!!! " * 50_000],
)
def test_a_hostile_page_takes_no_time(text: str) -> None:
    start = time.process_time()
    list(pasted_text(text))
    assert time.process_time() - start < 2

"""The grade of a text, by hand-counted examples."""

import math

import pytest

from handbook.text.readability import ReadingEase, reading_ease, sentences, syllables

SYLLABLES = {
    1: "a the post page use moved asked changed rules whole strength",
    2: "table little wanted needed houses being seeing someone something safely statement two-step posting",
    3: "policy audience anyone employee everything media video radio employer organize",
    4: "information community situation especially",
    5: "organization opportunity",
    6: "accessibility responsibility",
}


@pytest.mark.parametrize(("count", "words"), SYLLABLES.items())
def test_syllables_are_counted_as_they_are_spoken(count: int, words: str) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_the_grade_is_the_published_formula() -> None:
    ease = reading_ease("The cat sat on the mat. It was happy there.")
    assert ease == ReadingEase(words=10, sentences=2, syllables=11, longest=6)
    assert ease.grade is not None
    assert math.isclose(ease.grade, 0.39 * 5 + 11.8 * 1.1 - 15.59)


def test_a_text_without_words_has_no_grade() -> None:
    assert reading_ease("## 2026\n\n| 1 | 2 |\n|---|---|\n").grade is None


def test_whole_sentences_leave_out_headings_and_cells() -> None:
    text = "# Gifts\n\n| What | How |\n|---|---|\n| Cake | Share it. |\n\nTell us."
    assert reading_ease(text, whole_sentences=True).words == 4
    assert reading_ease(text).words == 8


READ = {
    "Ask first. Then post!": ["Ask first.", "Then post!"],
    "Write e.g. a name to them.": ["Write e.g. a name to them."],
    "One line\nand the next.": ["One line and the next."],
    "## Ask *first* {.big}\nThen post": ["Ask *first*", "Then post"],
    "- One\n- Two\n\n1. Three": ["One", "Two", "Three"],
    "| A | B |\n|---|:-:|\n| c | d |": ["A", "B", "c", "d"],
    "<p>One</p><p>two <b>three</b></p>": ["One", "two three"],
    "Write to press@example.org or see https://example.org/a.b": ["Write to or see"],
    "Use `code` here <!-- never seen -->": ["Use here"],
    '!!! note "Mind this"\n    Text.': ['"Mind this"', "Text."],
}


@pytest.mark.parametrize(("markdown", "expected"), READ.items())
def test_sentences_are_what_a_reader_reads(markdown: str, expected: list[str]) -> None:
    assert sentences(markdown) == expected

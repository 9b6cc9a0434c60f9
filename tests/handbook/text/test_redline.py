"""What differs between two texts."""

import re
import time
from difflib import SequenceMatcher
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.formats.redlines import as_html, as_marked_text
from handbook.text.redline import (
    LetterMatcher,
    Mark,
    Piece,
    _joined,
    _pieces,
    _word_pairs,
    redline,
    short_redline,
    shortened,
)

TEXTS = st.text(st.sampled_from("ab c\n.,’-é"), max_size=60)
# Line feeds end a line, and so do others, of which a text in git may be full.
LINES = st.lists(st.sampled_from(["One two.\n", "Two\r", "A, b\u2028", "\n", "x", "- y\r\n"]), max_size=12)
# A letter stands for a word.
WORDS = st.text(st.sampled_from("abcd"), max_size=40) | st.text(max_size=40)
CHANGED_TEXTS = st.tuples(TEXTS, TEXTS) | st.builds(
    lambda head, old, new, tail: ("".join([*head, *old, *tail]), "".join([*head, *new, *tail])),
    LINES,
    LINES | TEXTS,
    LINES | TEXTS,
    LINES,
)


def _redline_of_whole_texts(before: str, after: str) -> list[Piece]:
    """Compare as `redline` does, but every line of both texts."""
    pairs = _joined(_word_pairs(before, after))
    return [piece for pair in pairs for piece in _pieces(*pair)]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Ask first.", "Ask first.", "Ask first."),
        ("Ask first.", "Ask us first.", "Ask {+us +}first."),
        ("Ask us first.", "Ask first.", "Ask [-us -]first."),
        ("Ask the press office.", "Ask the legal team.", "Ask the [-press office-]{+legal team+}."),
        ("within 2 days", "within 3 days", "within [-2-]{+3+} days"),
        ("One.\nTwo.\n", "One.\nAnd.\nTwo.\n", "One.\n{+And.\n+}Two.\n"),
        ("our well-kept page", "our page", "our [-well-kept -]page"),
        ("Do not, ever, post", "Always; ever, post", "[-Do not,-]{+Always;+} ever, post"),
        ("", "New.", "{+New.+}"),
        ("Old.", "", "[-Old.-]"),
        ("", "", ""),
    ],
)
def test_a_difference_is_shown_by_words(before: str, after: str, shown: str) -> None:
    assert as_marked_text(redline(before, after)) == shown


@given(TEXTS, TEXTS)
def test_the_pieces_make_up_both_texts(before: str, after: str) -> None:
    pieces = redline(before, after)
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.INSERTED) == before
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.DELETED) == after
    assert all(piece.text for piece in pieces)
    assert all(piece.mark is not following.mark for piece, following in pairwise(pieces))


@given(WORDS, WORDS)
def test_words_match_as_difflib_says(before: str, after: str) -> None:
    expected = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    assert LetterMatcher(None, before, after, autojunk=False).get_opcodes() == expected


@given(CHANGED_TEXTS)
def test_what_both_texts_begin_and_end_with_may_be_left_aside(texts: tuple[str, str]) -> None:
    assert redline(*texts) == _redline_of_whole_texts(*texts)


@given(CHANGED_TEXTS, st.integers(0, 2))
def test_a_short_redline_shows_what_is_left_of_the_whole_one(texts: tuple[str, str], lines: int) -> None:
    whole = shortened(redline(*texts), lines)
    expected = [Piece(piece.mark, "") if piece.mark is Mark.LEFT_OUT else piece for piece in whole]
    assert short_redline(*texts, lines) == expected


@given(TEXTS, TEXTS, st.integers(0, 2))
def test_shortening_loses_no_change_and_no_text(before: str, after: str, lines: int) -> None:
    pieces = redline(before, after)
    short = shortened(pieces, lines)
    assert "".join(piece.text for piece in short) == "".join(piece.text for piece in pieces)
    assert [piece for piece in short if piece.mark in (Mark.INSERTED, Mark.DELETED)] == [
        piece for piece in pieces if piece.mark is not Mark.KEPT
    ]


def test_what_is_far_from_a_change_is_left_out() -> None:
    before = "".join(f"Line {number}.\n" for number in range(20))
    pieces = shortened(redline(before, before.replace("Line 9.", "Line nine.")))
    assert [piece.mark for piece in pieces] == [
        Mark.LEFT_OUT,
        Mark.KEPT,
        Mark.DELETED,
        Mark.INSERTED,
        Mark.KEPT,
        Mark.LEFT_OUT,
    ]
    assert as_marked_text(pieces) == "…\nLine 8.\nLine [-9-]{+nine+}.\nLine 10.\n…\n"


def test_a_redline_in_html_says_what_its_marks_mean_and_escapes_the_page() -> None:
    html = as_html(redline("Use <b>this</b>.\n", "Use <i>this</i> & that.\n"))
    assert "<b>" not in html
    assert "&lt;" in html
    assert re.findall(r'<(ins|del)><span class="visually-hidden">\[(\w+): </span>', html)[:2] == [
        ("del", "deleted"),
        ("ins", "inserted"),
    ]
    shown = re.sub(r'<span class="visually-hidden">.*?</span>|<del>.*?</del>', "", html)
    assert unescape(re.sub("</?ins>", "", shown)) == "Use <i>this</i> & that.\n"


def test_a_page_cannot_steer_a_terminal() -> None:
    assert as_marked_text(redline("", "\x1b[2J\nText")) == "{+\\x1b[2J\nText+}"


def test_texts_without_a_change_are_left_out_whole() -> None:
    assert shortened([Piece(Mark.KEPT, "One.\nTwo.\n")]) == [Piece(Mark.LEFT_OUT, "One.\nTwo.\n")]


def test_lines_beyond_what_can_be_compared_are_replaced_whole() -> None:
    lines = [(f"{n} " + "a b " * 500, f"{n} " + "b a a " * 300) for n in range(20)]
    before, after = ("\n".join(pair[side] for pair in lines) for side in (0, 1))
    pieces = redline(before, after)
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.INSERTED) == before
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.DELETED) == after
    assert any(piece.mark is Mark.DELETED and len(piece.text) > len(lines[0][0]) for piece in pieces)


def test_two_long_texts_with_nothing_in_common_take_no_minute() -> None:
    started = time.perf_counter()
    pieces = redline("a " * 20_000, "b " * 20_000 + "c")
    assert [piece.mark for piece in pieces] == [Mark.DELETED, Mark.INSERTED]
    assert time.perf_counter() - started < 5

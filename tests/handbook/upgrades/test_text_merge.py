"""Texts that two sides changed."""

import pytest

from handbook.upgrades.merging.merged_text import Conflict, MergedText
from handbook.upgrades.merging.text_merge import merge_lines

BASE = "one\ntwo\nthree\nfour\n"


def test_changes_of_both_sides_are_in_the_merged_text() -> None:
    merged = merge_lines(BASE, BASE.replace("one", "1"), BASE.replace("four", "4"))
    assert merged == MergedText("1\ntwo\nthree\n4\n")


def test_an_edit_hides_no_change_of_the_line_below_it() -> None:
    merged = merge_lines(BASE, BASE.replace("two", "2"), BASE.replace("three", "3"))
    assert merged == MergedText("one\n2\n3\nfour\n")


def test_where_both_changed_a_line_the_handbook_keeps_its_own_and_the_place_is_named() -> None:
    merged = merge_lines(BASE, BASE.replace("three", "ours"), BASE.replace("three", "theirs"))
    assert merged == MergedText("one\ntwo\nours\nfour\n", (Conflict(3, "theirs\n"),))


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (BASE + "ours\n", BASE.replace("four", "4"), "one\ntwo\nthree\n4\nours\n"),
        ("ours\n" + BASE, BASE.replace("one", "1"), "ours\n1\ntwo\nthree\nfour\n"),
        (BASE.replace("four", "4"), BASE + "theirs\n", "one\ntwo\nthree\n4\ntheirs\n"),
        (BASE + "ours\n", BASE + "theirs\n", "one\ntwo\nthree\nfour\ntheirs\nours\n"),
    ],
)
def test_what_one_side_added_beside_a_change_of_the_other_is_no_conflict(
    ours: str, theirs: str, expected: str
) -> None:
    assert merge_lines(BASE, ours, theirs) == MergedText(expected)


def test_a_text_that_shows_marks_of_conflicts_is_a_text() -> None:
    marks = "<<<<<<< ours\n=======\n>>>>>>> theirs\n"
    base = marks + "\n\n\n" + BASE
    merged = merge_lines(base, base.replace("four", "4"), base.replace("one", "1"))
    assert merged == MergedText(marks + "\n\n\n1\ntwo\nthree\n4\n")


def test_a_merged_text_below_another_one_counts_its_lines() -> None:
    body = MergedText("a\nb\n", (Conflict(2, "c\n"),))
    assert body.below(MergedText("---\nx: 1\n---\n")).conflicts == (Conflict(5, "c\n"),)

"""Registers that two sides changed, merged by their keys and records."""

import pytest

from handbook.upgrades.merging.merged_text import Conflict, MergedText
from handbook.upgrades.merging.page_merge import merge_page, without_evidence
from handbook.upgrades.merging.yaml_merge import Preferences, merge_yaml

BASE = """\
# The words.
terms:
  # First.
  - term: {en: account, fr: compte}
    meaning: A page.
  - term: {en: bot, fr: robot}
    meaning: A program. # short
owners:
  lead:
    title: {en: Lead, fr: Cadre}
    read_by: [legal, press]
"""
ZINE = "  - term: {en: zine, fr: fanzine}\n    meaning: A small magazine.\n"
AVATAR = "  - term: {en: avatar, fr: avatar}\n    meaning: A picture.\n"
LAST = "    meaning: A program. # short\n"


def _merged(ours: str, theirs: str, preferences: Preferences | None = None) -> MergedText:
    return merge_yaml(BASE, ours, theirs, preferences)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("same", "theirs", "theirs"),
        ("ours", "same", "ours"),
        ("ours", "ours", "ours"),
    ],
)
def test_what_one_side_alone_changed_is_taken(ours: str, theirs: str, expected: str) -> None:
    texts = {"same": BASE, "ours": BASE + ZINE, "theirs": BASE.replace("A page.", "A channel.")}
    texts["ours"] = BASE.replace(LAST, LAST + ZINE)
    assert _merged(texts[ours], texts[theirs]) == MergedText(texts[expected])


def test_records_that_both_added_at_the_same_place_do_not_collide() -> None:
    merged = _merged(BASE.replace(LAST, LAST + ZINE), BASE.replace(LAST, LAST + AVATAR))
    assert merged == MergedText(BASE.replace(LAST, LAST + AVATAR + ZINE))


def test_a_comment_and_a_value_of_one_line_are_merged_apart() -> None:
    ours = BASE.replace("A program.", "A machine.")
    theirs = BASE.replace("# short", "# at most ten words")
    assert _merged(ours, theirs).text == BASE.replace(LAST, "    meaning: A machine. # at most ten words\n")


def test_texts_of_two_languages_in_braces_are_merged_apart() -> None:
    merged = _merged(BASE.replace("en: Lead", "en: Head"), BASE.replace("fr: Cadre", "fr: Responsable"))
    assert merged == MergedText(BASE.replace("{en: Lead, fr: Cadre}", "{en: Head, fr: Responsable}"))


def test_lists_in_brackets_are_merged_item_by_item() -> None:
    merged = _merged(
        BASE.replace("[legal, press]", "[legal, press, people]"),
        BASE.replace("[legal, press]", "[legal, security]"),
    )
    assert merged == MergedText(BASE.replace("[legal, press]", "[legal, people, security]"))


def test_a_record_that_the_release_removed_goes_unless_it_was_edited_or_is_in_use() -> None:
    theirs = BASE.replace("  - term: {en: bot, fr: robot}\n" + LAST, "")
    commented = "# Ours.\n" + BASE
    assert _merged(commented, theirs).text == "# Ours.\n" + theirs
    edited = BASE.replace("A program.", "A machine.")
    assert _merged(edited, theirs).text == edited
    owners = BASE[: BASE.index("  lead:")] + "  other:\n    title: Other\n"
    used = _merged(commented, owners, Preferences(in_use=frozenset(("lead",))))
    assert "  lead:\n" in used.text
    assert "  other:\n" in used.text


def test_a_day_that_was_filed_is_not_taken_back() -> None:
    base = "sources:\n  law:\n    title: A\n    changed: 2025-06-04\n"
    theirs = "sources:\n  law:\n    title: B\n    kind: official\n"
    merged = merge_yaml(base, base, theirs, Preferences(filed=frozenset(("changed",))))
    kept = "sources:\n  law:\n    title: B\n    kind: official\n    changed: 2025-06-04\n"
    assert merged.text == kept
    assert merge_yaml(base, base, theirs).text == theirs


def test_a_record_that_the_handbook_removed_stays_away() -> None:
    ours = BASE.replace("  - term: {en: bot, fr: robot}\n" + LAST, "")
    theirs = BASE.replace("A program.", "A machine.").replace("Lead", "Head")
    assert _merged(ours, theirs) == MergedText(ours.replace("Lead", "Head"))


def test_a_value_that_both_changed_stays_and_is_named_with_its_line() -> None:
    merged = _merged(BASE.replace("A page.", "Ours."), BASE.replace("A page.", "Theirs."))
    assert merged == MergedText(BASE.replace("A page.", "Ours."), (Conflict(5, "Theirs."),))


def test_yaml_that_the_merge_would_break_stays_as_the_handbook_has_it() -> None:
    merged = merge_yaml("a: 1\nb: 2\n", "a: 1\nb: 2\nc: 3\n", "{c: 4}\n")
    assert merged.text == "a: 1\nb: 2\nc: 3\n"
    assert len(merged.conflicts) == 1


PAGE = "---\ntitle: A\nowner: lead\nlast_reviewed: 2026-10-14\n---\n\nText.\n"


def test_the_days_of_reviews_are_those_of_the_handbook() -> None:
    ours = PAGE.replace("2026-10-14", "2026-11-28").replace("lead", "press")
    theirs = PAGE.replace("2026-10-14\n", "2026-11-20\nlegal_review: 2026-11-20\n").replace("Text", "Words")
    assert merge_page(PAGE, ours, theirs) == MergedText(ours.replace("Text", "Words"))
    bare = PAGE.replace("last_reviewed: 2026-10-14\n", "")
    assert merge_page(PAGE, bare, theirs) == MergedText(bare.replace("Text", "Words"))
    assert merge_page(bare, ours, theirs) == MergedText(ours.replace("Text", "Words"))
    assert without_evidence(theirs) == bare.replace("Text", "Words")
    assert without_evidence("last_reviewed: never\n") == "last_reviewed: never\n"

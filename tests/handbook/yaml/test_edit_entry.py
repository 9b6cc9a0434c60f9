"""Whole entries of somebody's YAML are replaced, added, and removed, and nothing else changes."""

import pytest

from handbook.errors import HandbookError
from handbook.yaml.edit_entry import with_entry, without_entry

TEXT = """# Everything.

# Invented.
sample: true
name: {en: A, fr: B} # short
places:
  - us # where we are
  - ca

# The end.
list: []
"""


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [
        ("name", "C", "name: C # short"),
        ("name", {"fr": "D", "en": "C: x"}, "name: {fr: D, en: 'C: x'} # short"),
        ("places", ["uk"], "places: [uk]"),
        ("list", [{"a": {"en": "x"}, "b": "y"}], "list:\n  - a: {en: x}\n    b: y"),
        ("list", {"a": {"b": ["c"]}}, "list:\n  a:\n    b: [c]"),
    ],
)
def test_an_entry_is_replaced_where_it_is(key: str, value: object, line: str) -> None:
    after = with_entry(TEXT, key, value)
    assert line in after
    kept = [text for text in TEXT.splitlines() if not text.startswith((f"{key}:", "  -"))]
    assert [text for text in after.splitlines() if text in kept] == kept


def test_a_new_entry_comes_last_with_its_comment() -> None:
    assert with_entry(TEXT, "new", [1], ["Why.", "How."]) == f"{TEXT}\n# Why.\n# How.\nnew: [1]\n"


def test_a_value_that_is_used_twice_is_written_twice() -> None:
    languages = ["en"]
    after = with_entry(TEXT, "list", [{"a": languages}, {"a": languages}])
    assert "list:\n  - a: [en]\n  - a: [en]\n" in after


def test_an_entry_goes_with_the_comment_above_it() -> None:
    assert without_entry(TEXT, "sample") == TEXT.replace("# Invented.\nsample: true\n", "")
    assert without_entry(TEXT, "list") == TEXT.removesuffix("\n# The end.\nlist: []\n")
    assert without_entry(TEXT, "other") == TEXT


def test_lines_keep_their_ends() -> None:
    text = TEXT.replace("\n", "\r\n")
    assert with_entry(text, "list", [{"a": "b"}]).count("\n") == with_entry(text, "list", [{"a": "b"}]).count(
        "\r\n"
    )
    assert with_entry(text, "new", 1, ["Why."]).endswith("\r\n# Why.\r\nnew: 1\r\n")


def test_a_text_without_keys_is_refused() -> None:
    with pytest.raises(HandbookError, match="there are no keys in it"):
        with_entry("- a\n", "b", 1)

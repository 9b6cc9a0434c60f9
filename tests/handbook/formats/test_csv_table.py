"""Cells of a table that no spreadsheet runs and no terminal obeys."""

import pytest

from handbook.formats.csv_table import harmless
from handbook.text.quoting import one_line


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", " =1", "＝1", "\t=1", "\n@a"])
def test_what_begins_like_a_formula_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{one_line(text)}"


def test_a_control_character_is_shown_as_such() -> None:
    assert harmless("a\r\n=1\x1b[31m") == "a\\r\\n=1\\x1b[31m"


@pytest.mark.parametrize("text", ["", "a=1", "2026-11-20", "registers/a.yml", "'=1", "À quoi\u00a0: voilà"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text

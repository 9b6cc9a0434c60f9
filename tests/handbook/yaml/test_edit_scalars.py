"""Values and keys of YAML change, and every other byte of it stays."""

import pytest

from handbook.errors import HandbookError
from handbook.yaml.edit_scalars import with_key, with_scalars
from handbook.yaml.located import KeyPath

TEXT = """# Who answers.
list: [{page: docs/a.md, note: 'docs/a.md'}, "docs/a.md"]  # docs/a.md
text: docs/a.md is here
deep:
  - page: docs/a.md\r
  - docs/b.md
"""


def _new(_path: KeyPath, value: str) -> str | None:
    return "docs/new.md" if value == "docs/a.md" else None


def test_every_such_value_changes_in_its_quotes() -> None:
    edited = with_scalars(TEXT, _new)
    assert edited.text == TEXT.replace("{page: docs/a.md", "{page: docs/new.md").replace(
        "'docs/a.md'", "'docs/new.md'"
    ).replace('"docs/a.md"', '"docs/new.md"').replace("  - page: docs/a.md", "  - page: docs/new.md")
    assert edited.lines == (2, 5)


def test_only_values_at_some_keys_change() -> None:
    edited = with_scalars(TEXT, lambda path, _value: "x" if path == ("deep", 1) else None)
    assert edited.text == TEXT.replace("  - docs/b.md", "  - x")


def test_a_text_without_such_values_is_the_same() -> None:
    assert with_scalars("a: b\n", _new).text == "a: b\n"


def test_a_value_that_would_mean_something_else_is_refused() -> None:
    with pytest.raises(HandbookError, match="line 1 cannot be changed"):
        with_scalars("a: b\n", lambda _path, _value: "c # d")


def test_a_key_changes() -> None:
    text = "roles:\n  lead:  # ours\n    deputy: lead\n  other: {lead: 1}\n"
    assert with_key(text, ("roles", "lead"), "chief") == text.replace("  lead:  #", "  chief:  #")


def test_a_key_that_is_not_there_cannot_change() -> None:
    with pytest.raises(HandbookError, match="there is no key 'x'"):
        with_key("a: b\n", ("x",), "y")

"""The words of the check in the browser are those of `handbook photo check`."""

import ast
from collections.abc import Iterator
from typing import Final

import pytest

from handbook.photos.disclosures import Category
from handbook.photos.metadata.gps import format_altitude
from macros.presentation.catalog import load_catalog
from tests.conftest import ROOT

PYTHON: Final = ROOT / "handbook" / "photos"
# The readers that are written for browsers, too.
READ_HERE: Final = ("bounded_reader", *(f"containers/{name}" for name in ("gif", "iso_media", "jpeg", "png")))
# Documents alone have these.
OF_DOCUMENTS: Final = (Category.CHANGE, Category.COMMENT)


def test_each_category_has_the_phrase_of_the_command() -> None:
    expected = {item.value.replace(" ", "_"): item.phrase for item in Category if item not in OF_DOCUMENTS}
    assert load_catalog("en").group("photo_check.categories") == expected


@pytest.mark.parametrize("detail", load_catalog("en").group("photo_check.details").values())
def test_each_detail_is_in_the_words_of_the_command(detail: str) -> None:
    known = " ".join([*_texts_of_python(), format_altitude(35), format_altitude(-35)])
    # The copy's clause ends with what would remain, which only the command names.
    texts = detail.replace("give away something", "give away").split("{rest}")
    parts = (sentence.strip() for text in texts for sentence in text.split("; "))
    assert [part for part in parts if part not in known] == []


def test_each_flaw_that_scripts_can_tell_is_translated() -> None:
    details = load_catalog("en").group("photo_check.details").values()
    for name in READ_HERE:
        for flaw in _flaws(ast.parse((PYTHON / f"{name}.py").read_text(encoding="utf-8"))):
            assert flaw in details


def _texts_of_python() -> Iterator[str]:
    for file in PYTHON.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _flaws(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "MalformedData":
            yield from (str(text.value) for text in node.args if isinstance(text, ast.Constant))

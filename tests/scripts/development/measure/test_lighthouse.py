"""Scores of Lighthouse are read; without npm, nothing is installed."""

from pathlib import Path

import pytest

from handbook.errors import HandbookError
from scripts.development.measure.lighthouse import install, read_scores


def test_scores_are_of_a_hundred_and_an_unknown_one_is_left_out() -> None:
    categories = {
        "performance": {"score": 0.98},
        "accessibility": {"score": 1},
        "best-practices": {"score": None},
        "seo": {"score": 0.9},
    }
    assert read_scores({"categories": categories}) == {"performance": 98, "accessibility": 100, "seo": 90}


def test_without_npm_nothing_is_installed(tmp_path: Path) -> None:
    with pytest.raises(HandbookError, match="there is no node in"):
        install(tmp_path / "node", tmp_path / "lighthouse", tmp_path / "browser")
    assert list(tmp_path.iterdir()) == []

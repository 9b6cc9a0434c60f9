import json
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from scripts.development.measure.lighthouse import install, read_scores
from tests.conftest import ROOT

FOLDER = ROOT / "scripts" / "development" / "measure"


def test_the_lock_file_has_a_hash_for_each_package_and_no_address() -> None:
    text = (FOLDER / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert "://" not in text
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_the_lock_file_is_that_of_what_is_asked_for() -> None:
    asked = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))["dependencies"]
    locked = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert locked[""]["dependencies"] == asked
    assert {name: locked[f"node_modules/{name}"]["version"] for name in asked} == asked


def test_scores_are_of_a_hundred_and_an_unknown_one_is_left_out() -> None:
    categories = {
        "performance": {"score": 0.98},
        "accessibility": {"score": 1},
        "best-practices": {"score": None},
        "seo": {"score": 0.9},
    }
    assert read_scores({"categories": categories}) == {"performance": 98, "accessibility": 100, "seo": 90}


def test_without_npm_nothing_is_installed(tmp_path: Path) -> None:
    with pytest.raises(HandbookError, match="handbook develop measure"):
        install(tmp_path / "node", tmp_path / "lighthouse", tmp_path / "browser")
    assert list(tmp_path.iterdir()) == []

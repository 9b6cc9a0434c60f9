import json

import pytest

from tests.conftest import ROOT

FOLDERS = ("scripts/development/measure", "scripts/edit")


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_lock_file_has_a_hash_for_each_package_and_no_address(folder: str) -> None:
    text = (ROOT / folder / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert "://" not in text
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_lock_file_is_that_of_what_is_asked_for(folder: str) -> None:
    asked = json.loads((ROOT / folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    locked = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert locked[""]["dependencies"] == asked
    assert {name: locked[f"node_modules/{name}"]["version"] for name in asked} == asked

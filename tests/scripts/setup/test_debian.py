"""Packages of Debian are unpacked whole or not at all, by programs that stand in for apt-get and dpkg-deb."""

from pathlib import Path

import pytest

from scripts.setup.debian import CannotFetch, unpack, with_missing

# Fetches a file for each package but `unknown`, and tells what an installation would bring.
APT_GET = """#!/bin/sh
case "$*" in
*unknown*) echo "E: Unable to locate package unknown" >&2; exit 100 ;;
*--simulate*) echo "Inst library (1.0 Debian)"; echo "Conf library (1.0 Debian)"; exit 0 ;;
esac
while [ "$1" != download ]; do shift; done
shift
for name; do echo "$name" > "${name}_1.0.deb"; done
"""
DPKG_DEB = """#!/bin/sh
: > "content of ${2%_1.0.deb}"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, text in (("apt-get", APT_GET), ("dpkg-deb", DPKG_DEB)):
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    return tmp_path / "cache" / "unpacked"


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_packages_are_unpacked_in_place_of_what_was_there(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "old").touch()
    unpack(["one", "two"], folder)
    assert _names(folder) == ["content of one", "content of two"]
    assert _names(folder.parent) == ["unpacked"]


def test_what_cannot_be_had_leaves_what_was_there(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "old").touch()
    with pytest.raises(CannotFetch, match="Unable to locate package unknown"):
        unpack(["one", "unknown"], folder)
    assert _names(folder) == ["old"]
    assert _names(folder.parent) == ["unpacked"]


def test_a_folder_that_cannot_be_made_is_named(folder: Path) -> None:
    folder.parent.write_text("a file", encoding="utf-8")
    with pytest.raises(CannotFetch, match="cannot be written"):
        unpack(["one"], folder)


def test_it_says_which_program_is_not_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    for fetch in (lambda: unpack(["one"], folder), lambda: with_missing(["one"])):
        with pytest.raises(CannotFetch, match="apt-get"):
            fetch()


def test_a_package_brings_what_this_computer_lacks(folder: Path) -> None:
    assert with_missing(["one"]) == {"one", "library"}

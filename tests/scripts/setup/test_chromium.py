"""The browser of the tests: what is there, and the faster one that Debian has."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from scripts.setup import chromium
from scripts.setup.debian import CannotFetch

PROGRAM = "usr/lib/chromium/chromium-headless-shell"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with apt-get and a browser, in place of all programs of this computer."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in ("apt-get", "chromium"):
        _write_program(folder / name)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(chromium, "FOLDER", tmp_path / "fetched")
    return folder


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Note what would be fetched, and put a program in its place."""
    names: list[list[str]] = []

    def unpack(packages: Iterable[str], folder: Path) -> None:
        names.append(sorted(packages))
        _write_program(folder / PROGRAM)

    monkeypatch.setattr(chromium, "unpack", unpack)
    return names


def _write_program(file: Path, status: int = 0) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf-8")
    file.chmod(0o755)


def test_it_is_fetched_once_and_then_used(programs: Path, tmp_path: Path, fetched: list[list[str]]) -> None:
    assert chromium.find_headless_browser() == programs / "chromium"
    for _ in range(2):
        chromium.fetch_headless_browser()
    assert fetched == [["chromium-common", "chromium-headless-shell"]]
    assert chromium.find_headless_browser() == tmp_path / "fetched" / PROGRAM


def test_one_that_is_installed_is_used(programs: Path, fetched: list[list[str]]) -> None:
    _write_program(programs / "chromium-headless-shell")
    chromium.fetch_headless_browser()
    assert fetched == []
    assert chromium.find_headless_browser() == programs / "chromium-headless-shell"


def test_nothing_is_fetched_where_there_is_no_debian(programs: Path, fetched: list[list[str]]) -> None:
    (programs / "apt-get").unlink()
    chromium.fetch_headless_browser()
    assert fetched == []


@pytest.mark.parametrize("content", ["#!/bin/sh\nexit 1\n", "not a program"])
def test_one_that_does_not_start_is_not_used(
    programs: Path, tmp_path: Path, fetched: list[list[str]], content: str
) -> None:
    chromium.fetch_headless_browser()
    (tmp_path / "fetched" / PROGRAM).write_text(content, encoding="utf-8")
    assert chromium.find_headless_browser() == programs / "chromium"


def test_the_tests_run_without_it(
    programs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unpack(packages: Iterable[str], folder: Path) -> None:
        raise CannotFetch("apt said: Unable to locate package chromium-headless-shell")

    monkeypatch.setattr(chromium, "unpack", unpack)
    chromium.fetch_headless_browser()
    assert str(programs / "chromium") in "".join(capsys.readouterr())
    assert chromium.find_headless_browser() == programs / "chromium"

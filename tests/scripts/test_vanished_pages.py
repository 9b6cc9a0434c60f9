"""A page that its name keeps off the site is found, and MkDocs agrees on which pages these are."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.site.publication import read_handbook
from tests.conftest import PAGE

Write = Callable[[str, str | bytes], Path]

VANISHED = (
    "travel.hr.md",
    "gifts.pt-BR.md",
    ".hidden.md",
    ".folder/a.md",
    "templates/a.md",
    "b.md.md",
    "README.md",
    "c.md.txt",
    "page.MD",
    "same.markdown",
    "folder/index.md",
)
PUBLISHED = ("same.md", "folder.md", "page.en.md", "d.markdown", "v1.0.md", "sub/README.md", "à propos.md")


def _paths(folder: Path) -> dict[str, str]:
    return {file.path: file.reason for file in read_handbook(folder)[0].misnamed}


def test_each_page_that_mkdocs_leaves_out_is_found(folder: Path, write: Write) -> None:
    for name in (*VANISHED, *PUBLISHED, "index.md"):
        write(f"docs/{name}", PAGE)
    assert _paths(folder).keys() == {f"docs/{name}" for name in VANISHED}
    handbook = read_handbook(folder)[0]
    assert {f"docs/{name}" for name in PUBLISHED} <= {page.path for page in handbook.pages}
    assert not [file for file in handbook.misnamed if file.severity]


@pytest.mark.parametrize("key", ["exclude_docs", "draft_docs"])
def test_a_page_that_a_setting_leaves_out_is_a_warning(folder: Path, write: Write, key: str) -> None:
    write("docs/_draft.md", PAGE)
    settings = folder / "mkdocs.yml"
    settings.write_text(f"{key}: |\n  _*\n{settings.read_text('utf-8')}", encoding="utf-8")
    (file,) = read_handbook(folder)[0].misnamed
    assert file.severity is not None
    assert (file.path, file.severity.value) == ("docs/_draft.md", "warning")


def _handbook(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.cli", *arguments, "--root", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="only here has a name bytes that are not UTF-8")
def test_a_name_that_is_not_utf_8_is_a_finding_and_the_other_pages_are_checked(
    folder: Path, write: Write
) -> None:
    write("docs/bad.md", "")
    Path(os.fsdecode(os.fsencode(folder / "docs") + b"/caf\xe9.md")).write_text(PAGE, encoding="utf-8")
    result = _handbook(folder, "check")
    assert result.returncode == 1
    assert "docs/caf\\udce9.md:1:1: error FMT004" in result.stdout
    assert "docs/bad.md:1:1: error FMT001" in result.stdout


@pytest.mark.parametrize("path", ["docs/practice", "docs/practice/travel.hr.md"])
def test_a_page_that_vanished_is_found_by_its_path_and_in_its_folder(
    folder: Path, write: Write, path: str
) -> None:
    write("docs/practice/travel.hr.md", PAGE)
    write("docs/.elsewhere.md", PAGE)
    result = _handbook(folder, "check", path)
    assert (result.returncode, result.stdout.count("FMT004")) == (1, 1)
    assert "docs/practice/travel.hr.md:1:1" in result.stdout

"""`handbook check` on folders and histories that nobody made on purpose: a sentence each, and an end."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]


def _check(folder: Path, *arguments: str) -> Result:
    options = ["check", "--root", str(folder), "--today", "2026-11-20", *arguments]
    return CliRunner().invoke(main, options, catch_exceptions=False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"nav: {'[' * 60_000}{']' * 60_000}", "it is nested too deep"),
        ("- a", "there are no keys in it"),
        ("nav: &a [*a]", "nav in mkdocs.yml holds itself"),
        ("exclude_docs: '[z-a]'", "bad character range"),
    ],
    ids=lambda text: text[:12],
)
def test_a_configuration_of_the_past_that_cannot_be_used_is_told(
    git: Git, write: Write, text: str, said: str
) -> None:
    kept = (git.root / "mkdocs.yml").read_bytes()
    write("mkdocs.yml", text)
    git.commit("2026-11-05")
    write("mkdocs.yml", kept)
    result = _check(git.root, "--as-of", "2026-11-10")
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize("name", ["sub.md", "sub.png"])
def test_a_submodule_of_the_past_is_no_page_and_no_picture(git: Git, tmp_path: Path, name: str) -> None:
    other = tmp_path / "other"
    other.mkdir()
    Git(other).commit()
    git("submodule", "--quiet", "add", other.as_uri(), f"docs/{name}")
    git.commit("2026-11-05")
    result = _check(git.root, "--as-of", "2026-11-10")
    assert (result.exit_code, result.output) == (0, "2 pages checked; nothing found\n")


def test_the_last_day_of_the_calendar_has_an_end(git: Git) -> None:
    assert _check(git.root, "--as-of", "9999-12-31", "--today", "2026-11-20").exit_code == 0


def test_a_commit_of_no_possible_day_is_told(folder: Path) -> None:
    git = Git(folder)
    git("add", "--all")
    tree = git("write-tree").strip()
    commit = f"tree {tree}\nauthor a <a@b> 9999999999999 +0000\ncommitter a <a@b> 9999999999999 +0000\n\nx\n"
    (folder.parent / "commit").write_text(commit)
    name = git("hash-object", "-t", "commit", "-w", str(folder.parent / "commit")).strip()
    git("update-ref", "refs/heads/main", name)
    result = _check(folder, "--as-of", "2026-11-10")
    assert result.exit_code == 2
    assert "has a date that no calendar has" in result.output


def test_a_repository_without_a_commit_is_told(folder: Path) -> None:
    git = Git(folder)
    for arguments in (("--as-of", "2026-11-10"), ("--changed-since", "main")):
        result = _check(git.root, *arguments)
        assert result.exit_code == 2
        assert result.output.startswith("handbook: git knows no revision")

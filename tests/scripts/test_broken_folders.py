"""`handbook check` on folders and histories that nobody made on purpose: an error each, and an end."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main
from tests.builds import build
from tests.conftest import PAGE
from tests.scripts.conftest import Git

Write = Callable[[str, str | bytes], Path]


def _check(folder: Path, *arguments: str) -> Result:
    options = ["check", "--root", str(folder), "--today", "2026-11-20", *arguments]
    return CliRunner().invoke(main, options, catch_exceptions=False)


@pytest.mark.parametrize("path", ["docs/a.md", "docs/a.png", "organization.yml", "registers/owners.yml"])
def test_a_pipe_among_the_files_is_reported_and_not_read(folder: Path, path: str) -> None:
    (folder / path).unlink(missing_ok=True)
    os.mkfifo(folder / path)
    result = _check(folder)
    assert result.exit_code
    assert path in result.output
    assert "ordinary file" in result.output


# What is a link, where it leads, and what is named; `here` is the name of the link.
LINKS = [
    ("organization.yml", "elsewhere/organization.yml", "organization.yml:1:1: "),
    ("registers/waivers.yml", "here", "registers/waivers.yml:1:1: "),
    ("registers/owners.yml", "../organization.yml", "registers/owners.yml:1:1: "),
    ("registers/glossary.yml", "/dev/zero", "registers/glossary.yml:1:1: "),
    ("registers/reviews/new.yml", "nowhere.yml", "registers/reviews/new.yml:1:1: "),
    ("registers/reviews", "../registers/reviews", "registers/reviews:1:1: "),
    ("registers", "elsewhere", "registers:1:1: "),
    ("mkdocs.yml", "elsewhere/mkdocs.yml", "mkdocs.yml:1:1: "),
    ("docs/a.md", "here", "docs/a.md:1:1: "),
    ("docs/a.md", "other.md", "docs/a.md:1:1: "),
    ("docs/a.md", "/dev/zero", "docs/a.md:1:1: "),
    ("docs/a.md", "../mkdocs.yml", "docs/a.md:1:1: "),
    ("docs/a.png", "/dev/zero", "docs/a.png:1:1: "),
    ("docs/a.png", "nowhere.png", "docs/a.png:1:1: "),
    ("docs/shared", "../shared", "docs/shared:1:1: "),
    ("docs/shared", ".", "docs/shared:1:1: "),
    ("docs/shared", "..", "docs/shared:1:1: "),
    ("docs", "elsewhere", "docs:1:1: "),
    ("overrides/main.html", "../docs/index.md", "overrides/main.html:1:1: "),
    ("overrides/assets/images", "/dev", "overrides/assets/images:1:1: "),
    ("overrides", "elsewhere", "overrides:1:1: "),
]


def _link(folder: Path, path: str, target: str) -> None:
    """Put a link in the place of a file or folder, which goes to `elsewhere` where the link leads there."""
    link = folder / path
    if "elsewhere" in target:
        (folder / "elsewhere").mkdir()
        link.rename(folder / target)
    elif link.is_dir():
        shutil.rmtree(link)
    link.unlink(missing_ok=True)
    link.symlink_to(folder / target if "elsewhere" in target else target.replace("here", Path(path).name))


@pytest.mark.parametrize(("path", "target", "named"), LINKS)
def test_a_link_is_refused_by_the_check(
    folder: Path, write: Write, path: str, target: str, named: str
) -> None:
    write("shared/page.md", PAGE)
    _link(folder, path, target)
    result = _check(folder)
    assert result.exit_code
    assert named in result.output
    assert "symbolic link" in result.output


@pytest.mark.parametrize(("path", "target", "named"), LINKS)
def test_a_link_is_refused_by_the_build(
    folder: Path, write: Write, tmp_path: Path, path: str, target: str, named: str
) -> None:
    write("shared/page.md", PAGE)
    _link(folder, path, target)
    done = build(folder, tmp_path / "site")
    assert done.returncode
    assert named in done.stderr
    assert "symbolic link" in done.stderr


@pytest.mark.parametrize(
    "path", ["docs/a.md", "docs/a.png", "docs/a.bin", "overrides/a.js", "registers/owners.yml"]
)
def test_a_pipe_ends_the_build(folder: Path, tmp_path: Path, path: str) -> None:
    (folder / path).unlink(missing_ok=True)
    os.mkfifo(folder / path)
    done = build(folder, tmp_path / "site")
    assert done.returncode
    assert path in done.stderr
    assert "ordinary file" in done.stderr


def test_a_handbook_may_itself_be_reached_by_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert _check(tmp_path / "link").exit_code == 0
    assert build(tmp_path / "link", tmp_path / "site").returncode == 0


@pytest.mark.parametrize("name", ["a\nb.md", "a.md/b.md", "a\x1b[31m.md"])
def test_a_strange_name_is_shown_on_one_line(folder: Path, write: Write, name: str) -> None:
    write(f"docs/{name}", PAGE.replace("2026-10-14", "2026-12-14"))
    result = _check(folder)
    lines = result.stdout.splitlines()
    assert all(map(str.isprintable, lines))
    assert [line for line in lines if "REV002" in line]
    assert len(lines) == 1 + ("FMT004" in result.stdout)


def test_a_name_that_is_not_text_is_a_finding(folder: Path, write: Write) -> None:
    write(f"docs/{os.fsdecode(bytes([255]))}.md", PAGE)
    result = _check(folder)
    assert result.exit_code == 1
    assert "docs/\\udcff.md:1:1: error FMT004" in result.stdout


def test_a_folder_in_place_of_a_register_is_to_be_replaced(folder: Path) -> None:
    (folder / "registers" / "platforms.yml").unlink()
    (folder / "registers" / "platforms.yml").mkdir()
    result = _check(folder)
    assert result.exit_code == 2
    assert "registers/platforms.yml is a folder" in result.output
    assert "permissions" not in result.output


# What is written in place of something else in mkdocs.yml, and what its reason is.
@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("  name: material", "  name: materiall", "write `name: material`"),
        ("  name: material", "  name: readthedocs", "write `name: material`"),
        (
            "theme:\n  name: material\n  custom_dir: overrides\n  font: false\n",
            "theme: materiall\n",
            "write `theme: {name: material, custom_dir: overrides}`",
        ),
        ("custom_dir: overrides", "custom_dir: overides", "write `custom_dir: overrides`"),
        ("custom_dir: overrides", "custom-dir: overrides", "write `custom_dir: overrides`"),
        ("  - admonition", "  - admonitoin", "did you mean 'admonition'?"),
        ("  - pymdownx.details", "  - pymdownx.detials", "pymdownx.detials is not installed"),
        ("toc_depth: 3", "toc_depth: {3}", "the option 'toc_depth' of toc cannot be used"),
        ("toc_depth: 3", "toc_depth: three", "the option 'toc_depth' of toc cannot be used"),
        ("permalink: false", "permalnik: false", "did you mean 'permalink'?"),
        ("    not_found: warn", "    not_found: maybe", "got 'maybe'"),
    ],
)
def test_a_setting_that_would_stop_a_build_is_named_with_its_line(
    folder: Path, before: str, after: str, reason: str
) -> None:
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    line = text.count("\n", 0, text.index(before)) + 1
    (folder / "mkdocs.yml").write_text(text.replace(before, after, 1), encoding="utf-8")
    result = _check(folder)
    assert result.exit_code == 2
    assert reason in result.output
    key_is_missing = "custom-dir" in after
    assert (f"mkdocs.yml:{line}:" in result.output) is not key_is_missing


# What is added to mkdocs.yml, and what its reason is.
@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("INHERIT: mkdocs.yml", "mkdocs.yml:"),
        ("INHERIT: [a]", "mkdocs.yml:"),
        ("exclude_docs: '[z-a]'", "bad character range"),
        ("extra_tag: !!bool perhaps", "mkdocs.yml"),
        (f"deep: {'[' * 50_000}", "nested too deep"),
        ("hooks: [organization.yml]", "second time"),
        ("nav: &a [*a]", "mkdocs.yml"),
        ("no_such_key: 1", "unknown setting 'no_such_key'"),
        ("navi: []", "did you mean 'nav'?"),
    ],
    ids=lambda text: text[:20],
)
def test_a_configuration_that_mkdocs_cannot_use_is_an_error(folder: Path, lines: str, reason: str) -> None:
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"\n{lines}\n")
    result = _check(folder)
    assert result.exit_code == 2
    assert reason in result.output


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"nav: {'[' * 60_000}{']' * 60_000}", "nested"),
        ("- a", "keys"),
        ("nav: &a [*a]", "itself"),
        ("exclude_docs: '[z-a]'", "bad character range"),
    ],
    ids=lambda text: text[:12],
)
def test_a_configuration_of_the_past_that_cannot_be_used_is_an_error(
    git: Git, write: Write, text: str, reason: str
) -> None:
    kept = (git.root / "mkdocs.yml").read_bytes()
    write("mkdocs.yml", text)
    git.commit("2026-11-05")
    write("mkdocs.yml", kept)
    result = _check(git.root, "--as-of", "2026-11-10")
    assert result.exit_code == 2
    assert "mkdocs.yml" in result.output
    assert reason in result.output


@pytest.mark.parametrize("name", ["sub.md", "sub.png"])
def test_a_submodule_of_the_past_is_neither_page_nor_picture(git: Git, tmp_path: Path, name: str) -> None:
    other = tmp_path / "other"
    other.mkdir()
    Git(other).commit()
    git("submodule", "--quiet", "add", other.as_uri(), f"docs/{name}")
    git.commit("2026-11-05")
    result = _check(git.root, "--as-of", "2026-11-10")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("2 pages checked")


def test_the_last_day_of_the_calendar_has_an_end(git: Git) -> None:
    assert _check(git.root, "--as-of", "9999-12-31", "--today", "2026-11-20").exit_code == 0


def test_a_commit_with_an_impossible_date_is_an_error(folder: Path) -> None:
    git = Git(folder)
    git("add", "--all")
    tree = git("write-tree").strip()
    commit = f"tree {tree}\nauthor a <a@b> 9999999999999 +0000\ncommitter a <a@b> 9999999999999 +0000\n\nx\n"
    (folder.parent / "commit").write_text(commit)
    name = git("hash-object", "-t", "commit", "-w", str(folder.parent / "commit")).strip()
    git("update-ref", "refs/heads/main", name)
    root = ["--root", str(folder)]
    for arguments in (
        ["check", "--as-of", "2026-11-10", *root],
        ["audit", "history", *root],
        ["audit", "compliance", "--from", "2026-11-10", "--to", "2026-11-12", *root],
    ):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 2
        assert "calendar" in result.output


def test_a_repository_without_a_commit_is_an_error(folder: Path) -> None:
    git = Git(folder)
    for arguments in (("--as-of", "2026-11-10"), ("--changed-since", "main")):
        result = _check(git.root, *arguments)
        assert result.exit_code == 2
        assert "revision" in result.output

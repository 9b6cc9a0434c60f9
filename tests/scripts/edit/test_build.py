"""`handbook edit build`: an editor for this organization, or one sentence and no file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handbook.hosting.headers import headers_file
from scripts.cli import main
from scripts.edit import build
from tests.handbook.editing.test_editor_files import packages as packages

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def site(folder: Path) -> Path:
    (folder / "site").mkdir()
    (folder / "site" / "index.html").touch()
    return folder / "site"


@pytest.fixture
def _installed(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "installed_packages", lambda: packages)


def _build(folder: Path) -> Result:
    return CliRunner().invoke(main, ["edit", "build", str(folder / "site"), "--root", str(folder)])


@pytest.mark.usefixtures("_installed")
def test_the_editor_saves_to_the_repository_of_the_organization(folder: Path, site: Path) -> None:
    done = _build(folder)
    assert done.exit_code == 0
    assert "a branch and a request to merge it" in done.stderr
    settings = json.loads((site / "edit" / "configuration.json").read_text())["sveltia"]
    assert settings["backend"]["repo"] == "communications/social-media-handbook"
    assert settings["publish_mode"] == "editorial_workflow"
    assert [collection["folder"] for collection in settings["collections"]] == ["docs"]


@pytest.mark.usefixtures("_installed")
def test_the_file_of_headers_has_the_policy_of_the_editor(folder: Path, site: Path) -> None:
    assert "/edit/*" not in headers_file(site)
    _build(folder)
    lines = headers_file(site).splitlines()
    rule = lines[lines.index("/edit/*") + 1 :]
    assert rule[0] == "  ! Content-Security-Policy"
    assert "connect-src 'self' data: blob: https://git.example.org;" in rule[1]
    assert rule[3] == "  Cross-Origin-Opener-Policy: same-origin-allow-popups"
    (site / "edit" / "configuration.json").write_text("[]")
    done = CliRunner().invoke(main, ["deploy", "headers", str(site)])
    assert done.exit_code == 2
    assert "handbook edit build" in done.stderr


def test_without_a_site_nothing_is_installed(folder: Path) -> None:
    done = _build(folder)
    assert done.exit_code == 2
    assert "not a built site" in done.stderr


def test_a_folder_that_is_not_an_editor_stays_and_nothing_is_installed(folder: Path, site: Path) -> None:
    (site / "edit").mkdir()
    (site / "edit" / "index.html").write_text("A page of the handbook.")
    done = _build(folder)
    assert done.exit_code == 2
    assert "has no editor in it; move it first" in done.stderr
    assert (site / "edit" / "index.html").read_text() == "A page of the handbook."


def test_without_a_repository_that_it_knows_a_sentence_says_so(
    folder: Path, site: Path, write: Write
) -> None:
    text = (folder / "organization.yml").read_text()
    write("organization.yml", text.replace("repository_service: gitlab\n", ""))
    done = _build(folder)
    assert done.exit_code == 2
    assert "the editor cannot save to `repository: https://git.example.org/" in done.stderr
    assert not (site / "edit").exists()

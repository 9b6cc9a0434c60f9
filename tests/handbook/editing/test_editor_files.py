"""The folder of the editor: all that its page asks for, and nothing that somebody else put there."""

import json
from pathlib import Path

import pytest

from handbook.editing.editor_files import editor_files, replace_folder
from handbook.errors import HandbookError
from tests.handbook.editing.test_exact_script import SCRIPT

API = "https://api.github.com"


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """What npm would install, with contents of a few bytes."""
    folder = tmp_path / "node_modules"
    icons = "@fontsource-variable/material-symbols-outlined"
    files = {
        "@sveltia/cms/package.json": '{"version": "1.2.3"}',
        "@sveltia/cms/dist/sveltia-cms.js": SCRIPT,
        "@sveltia/cms/LICENSE.txt": "MIT",
        "@sveltia/cms/locales/fr.json": "{}",
        f"{icons}/LICENSE": "OFL",
        f"{icons}/files/material-symbols-outlined-latin-wght-normal.woff2": "font",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_the_editor_has_all_that_its_page_asks_for(packages: Path) -> None:
    files = editor_files(packages, {"keys": {}}, API, "fr")
    page = files["index.html"].decode()
    assert '<html lang="fr">' in page
    assert f"connect-src &#39;self&#39; data: blob: {API};" in page
    for name in ("editor.css", "lines_format.js", "editor.js", "sveltia-cms.js"):
        assert f'"{name}"' in page
        assert name in files
    assert json.loads(files["configuration.json"]) == {"keys": {}}
    assert "sveltia@1.2.3/locales/fr.json" in files
    assert {"sveltia-cms.LICENSE.txt", "icons.LICENSE.txt"} < set(files)


def test_a_page_runs_no_script_of_its_own(packages: Path) -> None:
    page = editor_files(packages, {}, API, '"><script>')["index.html"].decode()
    assert "<script>" not in page
    assert page.count("<script ") == 3


def test_a_package_that_is_missing_is_named(packages: Path) -> None:
    (packages / "@sveltia/cms/LICENSE.txt").unlink()
    with pytest.raises(HandbookError, match=r"LICENSE\.txt .*delete build/editor"):
        editor_files(packages, {}, API, "en")


def test_a_second_run_replaces_the_whole_folder(tmp_path: Path) -> None:
    folder = tmp_path / "edit"
    replace_folder(folder, {"lines_format.js": b"1", "old/file": b"1"})
    replace_folder(folder, {"lines_format.js": b"2"})
    assert [path.name for path in tmp_path.rglob("*")] == ["edit", "lines_format.js"]
    assert (folder / "lines_format.js").read_bytes() == b"2"


def test_a_folder_that_is_no_editor_stays(tmp_path: Path) -> None:
    (tmp_path / "edit").mkdir()
    (tmp_path / "edit" / "index.html").write_text("a page of the handbook")
    with pytest.raises(HandbookError, match="has no editor in it"):
        replace_folder(tmp_path / "edit", {"lines_format.js": b""})
    assert (tmp_path / "edit" / "index.html").read_text() == "a page of the handbook"
    (tmp_path / "link").symlink_to(tmp_path / "edit")
    with pytest.raises(HandbookError):
        replace_folder(tmp_path / "link", {})

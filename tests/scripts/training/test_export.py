"""`handbook training export`: the same package each time, or one sentence."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from handbook.acknowledgements.asked import FILE, read_asked
from scripts.cli import main
from tests.acknowledged import acknowledged_repository
from tests.builds import NOON
from tests.scripts.conftest import Git
from tests.scripts.edition.commands import change_site


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Editions 2026.1 to 2026.3 on 20 November 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    return acknowledged_repository(tmp_path_factory)


def _export(root: Path, target: Path, *options: str, track: str = "work") -> Result:
    arguments = ["training", "export", "--root", str(root), "--track", track, "--out", str(target)]
    return CliRunner().invoke(main, [*arguments, *options], catch_exceptions=False)


def _files(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as files:
        return {name: files.read(name) for name in files.namelist()}


def test_the_edition_in_force_is_packed_and_the_bytes_are_the_same_each_time(
    root: Path, tmp_path: Path
) -> None:
    done = _export(root, tmp_path / "a.zip")
    assert done.exit_code == 0
    assert done.stdout == f"{tmp_path / 'a.zip'}: edition 2026.3, work in en: 1 page, 3 questions\n"
    _export(root, tmp_path / "b.zip", "--edition", "2026.3", "--language", "en-GB")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_the_package_says_which_texts_it_has(root: Path, tmp_path: Path) -> None:
    _export(root, tmp_path / "a.zip", "--edition", "2026.1", "--mastery", "80")
    files = _files(tmp_path / "a.zip")
    stamp = json.loads(files["edition.json"])
    asked = read_asked(Git(root, begin=False)("show", f"gh-pages:2026.1/{FILE}").encode(), "2026.1")
    text = asked.audiences["work"]["en"]
    assert (stamp["edition"], stamp["digest"], stamp["pages"]) == ("2026.1", text.digest, text.pages)
    assert (stamp["effective"], stamp["mastery"]) == ("2026-11-20", 80)
    assert f"handbook-2026.1-work-en-{text.digest}".encode() in files["imsmanifest.xml"]


def test_the_manifest_lists_every_other_file(root: Path, tmp_path: Path) -> None:
    _export(root, tmp_path / "a.zip")
    files = _files(tmp_path / "a.zip")
    manifest = etree.fromstring(files["imsmanifest.xml"])
    names = {"i": "http://www.imsproject.org/xsd/imscp_rootv1p1p2"}
    listed = [str(file.get("href")) for file in manifest.iterfind(".//i:file", names)]
    assert listed == sorted(files.keys() - {"imsmanifest.xml"})
    assert manifest.findtext(".//{http://www.adlnet.org/xsd/adlcp_rootv1p2}masteryscore") == "60"


def test_only_the_own_text_of_a_page_goes_in(root: Path, tmp_path: Path) -> None:
    _export(root, tmp_path / "a.zip", track="everyone")
    files = _files(tmp_path / "a.zip")
    page = files["index.html"].decode()
    assert page.count("<h1") == 4
    for left_out in ("Owner:", "Next review", "Propose a change", "header__tools", 'class="overdue'):
        assert left_out not in page
    assert "Content-Security-Policy" in page
    assert "<script>" not in page
    redlines = json.loads(files["since-2026.1.json"])
    assert set(redlines) == {"docs/other.md"}


def test_a_page_in_another_language_says_so(root: Path, tmp_path: Path) -> None:
    _export(root, tmp_path / "a.zip", "--language", "fr")
    page = _files(tmp_path / "a.zip")["index.html"].decode()
    assert '<html lang="fr"' in page
    assert '<p class="fallback">' in page
    assert '<div class="text" lang="en"' in page


@pytest.mark.parametrize(
    ("track", "options", "message"),
    [
        ("wrok", (), "edition 2026.3 does not ask 'wrok' to accept pages; did you mean 'work'?"),
        ("work", ("--edition", "2026.9"), "no edition 2026.9 is published here; did you mean"),
        ("work", ("--edition", "latest"), "'latest' is not an edition"),
        ("work", ("--language", "de"), "does not ask 'work' in 'de'; name one of: en, fr"),
        ("work", ("--site-branch", "pages"), "no edition on pages is in force today; publish one with"),
        ("work", ("--mastery", "101"), "101 is not in the range 0<=x<=100"),
        ("work", ("--format", "cmi5"), "'cmi5' is not 'scorm12'"),
    ],
)
def test_what_cannot_be_packed_is_a_sentence(
    root: Path, tmp_path: Path, track: str, options: tuple[str, ...], message: str
) -> None:
    done = _export(root, tmp_path / "a.zip", *options, track=track)
    assert (done.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert message in done.stderr


def test_a_file_that_is_there_is_not_touched(root: Path, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("mine")
    done = _export(root, tmp_path / "a.zip")
    assert (done.exit_code, (tmp_path / "a.zip").read_text()) == (2, "mine")
    assert "already exists, so nothing was written" in done.stderr
    done = _export(root, tmp_path / "none" / "a.zip")
    assert (done.exit_code, "cannot be written" in done.stderr) == (2, True)


def test_an_edition_that_asked_nobody_is_a_sentence(published: Git, tmp_path: Path) -> None:
    done = _export(published.root, tmp_path / "a.zip", "--edition", "2026.1")
    assert done.exit_code == 2
    assert "edition 2026.1 asks nobody to accept its pages" in done.stderr


@pytest.mark.parametrize("path", ["acknowledge/index.html", "other/index.html", FILE])
def test_what_was_changed_since_it_was_published_is_not_packed(root: Path, tmp_path: Path, path: str) -> None:
    shutil.copytree(root, tmp_path / "copy")
    git = Git(tmp_path / "copy", begin=False)
    change_site(git, f"2026.3/{path}", lambda data: data.replace(b"e", b"a", 1))
    done = _export(git.root, tmp_path / "a.zip")
    assert (done.exit_code, (tmp_path / "a.zip").exists()) == (2, False)
    assert f"{path} is not as a package needs it; run" in done.stderr

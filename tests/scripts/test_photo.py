"""`handbook photo` as its user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main
from tests import media


def _photo(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["photo", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def party(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("party.jpg").write_bytes(media.jpeg())
    return Path("party.jpg")


def test_check_says_what_a_photo_gives_away_and_what_to_do(party: Path) -> None:
    result = _photo("check", party)
    assert (result.exit_code, result.stdout.splitlines()) == (
        1,
        [
            "party.jpg: gives away where it was taken (51.5007, -0.1246; 35 m above the sea), the name of the"
            " place (London; United Kingdom; France), when (2024-05-01 10:11:12), a serial number (SN-12345),"
            " who made or owns it (Robin Doe), the camera (Lens & Sons; Model 5), the program (Darkroom 2.0),"
            " a small copy of the picture, which may show what was cut off later, a title, caption or comment"
            " (a comment), data that only programs read (notes of the camera's maker)",
            "to post without that, run: handbook photo clean party.jpg --out clean",
        ],
    )


def test_the_next_step_that_check_names_cleans_it(party: Path) -> None:
    command = _photo("check", party).stdout.splitlines()[-1].partition("handbook photo ")[2]
    result = _photo(*command.split())
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{Path('clean/party.jpg')}: written without where it was taken, ")
    again = _photo("check", "clean/party.jpg")
    assert (again.exit_code, again.stdout) == (0, f"{Path('clean/party.jpg')}: gives nothing away\n")


def test_check_answers_with_records_too(party: Path) -> None:
    Path("page.md").write_text("# A page\n")
    result = _photo("check", "--format", "json", party, "page.md")
    photo, page = json.loads(result.stdout)["files"]
    assert result.exit_code == 2
    assert (photo["path"], photo["format"], photo["location"]) == ("party.jpg", "JPEG", True)
    assert photo["facts"][0] == {
        "kind": "position",
        "sentence": f"where it was taken ({media.POSITION})",
        "value": media.POSITION,
        "location": True,
    }
    assert (page["format"], page["facts"]) == (None, [])
    assert "no photo or video" in page["reason"]


def test_a_photo_that_gives_away_only_its_camera_passes(party: Path) -> None:
    party.write_bytes(media.PLAIN["jpeg"]()[:2] + media.segment(0xFE, b"nice") + media.PLAIN["jpeg"]()[2:])
    result = _photo("check", party)
    assert (result.exit_code, "nice" in result.stdout) == (0, True)


WRONG = {
    "nowhere.jpg": "there is no such file",
    "folder.jpg": "it is a folder",
    "link.jpg": "it is a link",
    "empty.jpg": "it is empty",
    "text.jpg": "it is no photo or video",
    "half.jpg": "it cannot be read as JPEG: it ends too early",
    "gopro.mp4": "it cannot be cleaned: a track of measurements (gpmd)",
}


def _spoil() -> None:
    Path("folder.jpg").mkdir()
    Path("link.jpg").symlink_to("party.jpg")
    Path("empty.jpg").touch()
    Path("text.jpg").write_text("51.5007, -0.1246")
    Path("half.jpg").write_bytes(media.jpeg()[:2000])
    Path("gopro.mp4").write_bytes(media.video(b"isom", media.track(b"meta", b"gpmd")))


def test_each_file_that_cannot_be_cleaned_gets_a_sentence_and_the_others_are(party: Path) -> None:
    _spoil()
    result = _photo("clean", *WRONG, party, "--out", "clean")
    lines = dict(line.split(": not cleaned: ", 1) for line in result.stderr.splitlines())
    assert result.exit_code == 2
    assert lines.keys() == WRONG.keys()
    for name, reason in WRONG.items():
        assert lines[name].startswith(reason)
    assert [file.name for file in Path("clean").iterdir()] == ["party.jpg"]


def test_check_judges_the_files_that_it_can(party: Path) -> None:
    _spoil()
    result = _photo("check", *WRONG, party)
    assert result.exit_code == 2
    assert all(f"{name}: {reason}" in result.stdout for name, reason in WRONG.items() if name != "gopro.mp4")
    assert "gopro.mp4: gives away where it was taken (at every moment" in result.stdout
    assert result.stdout.splitlines()[-1].endswith("handbook photo clean party.jpg --out clean")


def test_a_file_that_is_there_is_not_overwritten(party: Path) -> None:
    result = _photo("clean", party, "--out", ".")
    assert (result.exit_code, party.read_bytes()) == (2, media.jpeg())
    assert "party.jpg exists already and is not overwritten" in result.stderr


def test_two_files_of_one_name_stop_before_anything_is_written(party: Path) -> None:
    Path("other").mkdir()
    Path("other/Party.JPG").write_bytes(media.jpeg())
    result = _photo("clean", party, "other/Party.JPG", "--out", "clean")
    assert (result.exit_code, Path("clean").exists()) == (2, False)
    assert result.stderr.startswith("handbook: two files would both become ")


@pytest.mark.parametrize("out", ["party.jpg", "party.jpg/clean", "a" * 300])
def test_a_folder_that_cannot_be_is_told(party: Path, out: str) -> None:
    result = _photo("clean", party, "--out", out)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert ("is no folder" if out == "party.jpg" else "cannot be written") in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_closed_is_told(party: Path) -> None:
    Path("closed").mkdir(mode=0o500)
    result = _photo("clean", party, "--out", "closed")
    assert (result.exit_code, "cannot be written (Permission denied)" in result.stderr) == (2, True)


def test_a_name_cannot_forge_a_line(party: Path) -> None:
    party.rename("a\nb.jpg")
    assert len(_photo("check", "a\nb.jpg").stdout.splitlines()) == 2


def test_it_runs_by_its_path(party: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "scripts.cli", "photo", "check", party],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout.startswith("party.jpg: gives away where it was taken")


def test_help_is_enough() -> None:
    assert "handbook photo clean" in _photo("--help").stdout
    assert "JPEG, PNG, WebP, HEIC" in _photo("check", "--help").stdout
    assert "--out DIR" in _photo("clean", "--help").stdout

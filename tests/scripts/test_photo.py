"""`handbook photo` as its user runs it."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from handbook.files.missing_content import missing_content
from handbook.photos.disclosures import Category
from scripts.cli import main
from tests import media
from tests.documents import document


def _photo(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["photo", *map(str, arguments)], catch_exceptions=False)


def _records(result: Result) -> dict[str, Any]:
    return {record["path"]: record for record in json.loads(result.stdout)["files"]}


@pytest.fixture
def party(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("party.jpg").write_bytes(media.jpeg())
    return Path("party.jpg")


def test_check_says_on_one_line_what_a_photo_gives_away(party: Path) -> None:
    result = _photo("check", party)
    line, next_step = result.stdout.splitlines()
    assert result.exit_code == 1
    assert line.startswith("party.jpg: ")
    assert not [
        text for text in (media.POSITION, "2024-05-01", "a comment", *media.TEXTS) if text not in line
    ]
    assert next_step.endswith("handbook photo clean party.jpg --out clean")


def test_the_next_step_that_check_names_cleans_the_photo(party: Path) -> None:
    command = _photo("check", party).stdout.splitlines()[-1].partition("handbook photo ")[2]
    result = _photo(*command.split())
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{Path('clean/party.jpg')}: ")
    assert Category.POSITION.phrase in result.stdout
    again = _photo("check", "--format", "json", "clean/party.jpg")
    assert (again.exit_code, _records(again)["clean/party.jpg"]["facts"]) == (0, [])


@pytest.mark.parametrize("content", [b"", b"version https://git-lfs.github.com/spec/v1\nsize 5\n"])
def test_a_file_without_its_content_is_not_to_be_saved_again(party: Path, content: bytes) -> None:
    party.write_bytes(content)
    for result in (_photo("check", party), _photo("clean", party, "--out", "clean")):
        assert result.exit_code == 2
        assert str(missing_content(io.BytesIO(content))) in result.output


def test_a_clean_photo_has_no_next_step(party: Path) -> None:
    party.write_bytes(media.PLAIN["jpeg"]())
    result = _photo("check", party)
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)
    assert _photo("clean", party, "--out", "clean").exit_code == 0
    assert Path("clean/party.jpg").read_bytes() == party.read_bytes()


def test_check_writes_records_too(party: Path) -> None:
    Path("page.md").write_text("# A page\n")
    result = _photo("check", "--format", "json", party, "page.md")
    photo, page = _records(result).values()
    assert result.exit_code == 2
    assert (photo["path"], photo["format"], photo["location"]) == ("party.jpg", "JPEG", True)
    first = photo["facts"][0]
    assert (first["kind"], first["value"], first["location"]) == ("position", media.POSITION, True)
    assert media.POSITION in first["sentence"]
    assert (photo["reason"], photo["obstacle"]) == (None, None)
    assert (page["format"], page["facts"], page["location"], bool(page["reason"])) == (None, [], False, True)


def test_a_photo_that_does_not_give_away_its_location_passes(party: Path) -> None:
    party.write_bytes(media.PLAIN["jpeg"]()[:2] + media.segment(0xFE, b"nice") + media.PLAIN["jpeg"]()[2:])
    result = _photo("check", party)
    assert (result.exit_code, "nice" in result.stdout) == (0, True)


# Each with a word of the reason.
UNREADABLE = {
    "nowhere.jpg": "no such file",
    "folder.jpg": "folder",
    "link.jpg": "link",
    "empty.jpg": "empty",
    "text.jpg": "format",
    "half.jpg": "JPEG",
}
UNCLEANABLE = {**UNREADABLE, "gopro.mp4": "gpmd"}


@pytest.fixture
def uncleanable(party: Path) -> None:
    Path("folder.jpg").mkdir()
    Path("link.jpg").symlink_to(party)
    Path("empty.jpg").touch()
    Path("text.jpg").write_text("51.5007, -0.1246")
    Path("half.jpg").write_bytes(media.jpeg()[:2000])
    Path("gopro.mp4").write_bytes(media.video(b"isom", media.track(b"meta", b"gpmd")))


@pytest.mark.usefixtures("uncleanable")
def test_files_that_cannot_be_cleaned_do_not_stop_the_others(party: Path) -> None:
    result = _photo("clean", *UNCLEANABLE, party, "--out", "clean")
    reasons = dict(line.split(": ", 1) for line in result.stderr.splitlines())
    assert result.exit_code == 2
    assert reasons.keys() == UNCLEANABLE.keys()
    assert not [name for name, word in UNCLEANABLE.items() if word not in reasons[name]]
    assert [file.name for file in Path("clean").iterdir()] == ["party.jpg"]


@pytest.mark.usefixtures("uncleanable")
def test_files_that_cannot_be_read_do_not_stop_the_others(party: Path) -> None:
    result = _photo("check", "--format", "json", *UNCLEANABLE, party)
    records = _records(result)
    assert result.exit_code == 2
    assert not [name for name, word in UNREADABLE.items() if word not in records[name]["reason"]]
    assert records["gopro.mp4"]["location"]
    assert "gpmd" in records["gopro.mp4"]["obstacle"]
    assert records["party.jpg"]["location"]


@pytest.mark.usefixtures("uncleanable")
def test_the_next_step_names_only_files_that_can_be_cleaned(party: Path) -> None:
    lines = _photo("check", *UNCLEANABLE, party).stdout.splitlines()
    assert len(lines) == len(UNCLEANABLE) + 2
    assert lines[-1].endswith("handbook photo clean party.jpg --out clean")


def test_a_document_is_checked_and_never_cleaned(party: Path) -> None:
    Path("a.docx").write_bytes(document("docx", {"word/media/party.jpg": party.read_bytes()}))
    result = _photo("check", "a.docx")
    assert (result.exit_code, media.POSITION in result.stdout, "to remove this" in result.stdout) == (
        1,
        True,
        False,
    )
    refused = _photo("clean", "a.docx", "--out", "clean")
    assert (refused.exit_code, "Inspect Document" in refused.stderr, Path("clean").exists()) == (
        2,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("tag", "status", "word"),
    [("ins", 1, "tracked changes"), ("comment", 0, "comments"), ("p", 0, "nothing")],
)
@pytest.mark.usefixtures("party")
def test_tracked_changes_fail_a_document_and_comments_do_not(tag: str, status: int, word: str) -> None:
    Path("a.docx").write_bytes(document("docx", {"word/a.xml": f"<w:document><w:{tag}/></w:document>"}))
    result = _photo("check", "a.docx")
    assert (result.exit_code, word in result.stdout) == (status, True)


@pytest.mark.usefixtures("party")
def test_a_document_that_cannot_be_read_says_what_to_do() -> None:
    Path("a.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    result = _photo("check", "a.docx")
    assert (result.exit_code, "without a password" in result.stdout) == (2, True)


def test_what_is_said_of_a_copy_is_true_of_its_bytes(party: Path) -> None:
    plain = media.PLAIN["jpeg"]()
    party.write_bytes(plain[:2] + media.segment(0xE1, media.XMP_ADDRESS + b"<a/>") + plain[2:])
    Path("plain.jpg").write_bytes(plain)
    Path("film.jpg").write_bytes(media.jpeg() + media.mp4())
    lines = _photo("clean", party, "plain.jpg", "film.jpg", "--out", "clean").stdout.splitlines()
    assert ["XMP" in line for line in lines] == [True, False, False]
    assert ["same to the byte" in line for line in lines] == [False, True, False]
    assert ["also lost the short film" in line for line in lines] == [False, False, True]


def test_an_existing_file_is_not_overwritten(party: Path) -> None:
    result = _photo("clean", party, "--out", ".")
    assert (result.exit_code, party.read_bytes()) == (2, media.jpeg())
    assert "--out" in result.stderr


def test_two_files_of_one_name_stop_before_anything_is_written(party: Path) -> None:
    Path("other").mkdir()
    Path("other/Party.JPG").write_bytes(media.jpeg())
    result = _photo("clean", party, "other/Party.JPG", "--out", "clean")
    assert (result.exit_code, Path("clean").exists()) == (2, False)
    assert result.stderr.startswith("handbook: ")


@pytest.mark.parametrize("out", ["party.jpg", "party.jpg/clean", "a" * 300])
def test_a_folder_that_cannot_exist_is_refused_on_one_line(party: Path, out: str) -> None:
    result = _photo("clean", party, "--out", out)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith("party.jpg: ")
    assert "--out" in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_refused(party: Path) -> None:
    Path("closed").mkdir(mode=0o500)
    result = _photo("clean", party, "--out", "closed")
    assert (result.exit_code, "Permission denied" in result.stderr) == (2, True)


def test_a_name_cannot_forge_a_line(party: Path) -> None:
    party.rename("a\nb.jpg")
    assert len(_photo("check", "a\nb.jpg").stdout.splitlines()) == 2


def test_a_name_is_shown_as_it_is_written(party: Path) -> None:
    # macOS puts a narrow no-break space into the names of screenshots.
    party.rename("At 10.11\u202fAM 👩\u200d👧.jpg")
    output = _photo("check", "At 10.11\u202fAM 👩\u200d👧.jpg").stdout
    assert output.count("At 10.11\u202fAM 👩\u200d👧.jpg") == 2


def test_the_command_runs_as_a_module(party: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "scripts.cli", "photo", "check", party],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout.startswith("party.jpg: ")


def test_help_names_the_formats_and_the_options() -> None:
    assert "handbook photo clean" in _photo("--help").stdout
    assert "JPEG, PNG, WebP, HEIC" in _photo("check", "--help").stdout
    assert "--out DIR" in _photo("clean", "--help").stdout

"""JPEG files that break the rules, and that every viewer shows all the same."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from handbook.photos.clean import CleanCopy, write_clean_copy
from handbook.photos.disclosures import Category
from tests import media
from tests.handbook.photos.in_memory import cleaned, scanned

PLAIN = media.PLAIN["jpeg"]()
START, REST = PLAIN[:2], PLAIN[2:]
FIRST = START + REST[:18]
COMMENT = media.segment(0xFE, b"a comment")
JUNK = b"junk \xff\x00 and more"
SHOWN = {
    "junk after a segment": START + COMMENT + JUNK + REST,
    "zeros after a segment": FIRST + bytes(100) + REST[18:],
    "junk before the scan": PLAIN.replace(b"\xff\xda", JUNK + b"\xff\xda", 1),
    "junk longer than a block": FIRST + b"junk" * 2**17 + REST[18:],
    "fill before a marker": START + b"\xff" * 9 + REST,
    "a restart marker between segments": START + b"\xff\xd0" + REST,
    "a length that is too small": START
    + media.segment(0xFE, b"abcd" * 9).replace(b"\0\x26", b"\0\x04")
    + REST,
    "a length of nothing": START + b"\xff\xfe\0\0" + REST,
    "no end": PLAIN[:-2],
    "half an end": PLAIN[:-1],
}


@pytest.fixture(autouse=True)
def _as_viewers_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)


def _pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        return image.tobytes()


@pytest.mark.parametrize("name", SHOWN)
def test_what_viewers_show_is_read_and_cleaned(name: str) -> None:
    copy = cleaned(SHOWN[name])
    assert scanned(copy).disclosures == ()
    assert _pixels(copy) == _pixels(SHOWN[name]) == _pixels(PLAIN)
    assert b"junk" not in copy
    assert cleaned(copy) == copy


@pytest.mark.parametrize("name", ["junk after a segment", "junk before the scan", "junk longer than a block"])
def test_junk_is_data_that_only_programs_read(name: str) -> None:
    assert Category.HIDDEN in {item.category for item in scanned(SHOWN[name]).disclosures}


@pytest.mark.parametrize("name", ["zeros after a segment", "fill before a marker", "no end", "half an end"])
def test_what_says_nothing_gives_nothing_away(name: str) -> None:
    assert scanned(SHOWN[name]).disclosures == ()


def test_a_photo_that_begins_twice_is_refused() -> None:
    """No viewer shows it, so that nobody can know which of the two pictures was meant."""
    assert scanned(START + COMMENT + media.jpeg() + REST).unreadable


def test_metadata_after_junk_is_read() -> None:
    assert scanned(START + JUNK + media.jpeg()[2:]).locations == scanned(media.jpeg()).locations


@pytest.mark.parametrize("end", range(2, len(PLAIN), 7))
def test_a_photo_that_is_cut_anywhere_is_read_or_refused(end: int) -> None:
    result = scanned(PLAIN[:end])
    assert result.unreadable or (PLAIN[:end].count(b"\xff\xda") and result.disclosures == ())


def test_a_copy_of_a_photo_without_an_end_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(START + COMMENT + REST[:-2])
    write_clean_copy(CleanCopy(tmp_path / "a.jpg", tmp_path / "clean.jpg"))
    assert (tmp_path / "clean.jpg").read_bytes() == PLAIN[:-2]

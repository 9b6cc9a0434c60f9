"""Clean copies: they disclose nothing, look the same, and are written whole or not at all."""

import io
from itertools import product
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageOps

from handbook.errors import HandbookError
from handbook.photos.clean import CleanCopy, FileRejected, plan_copies, write_clean_copy
from handbook.photos.disclosures import Category, Disclosure
from tests import media
from tests.handbook.photos.in_memory import cleaned, scanned


def _decode(data: bytes) -> Image.Image:
    if pillow_heif.get_file_mimetype(data) == "image/heic":
        return pillow_heif.open_heif(io.BytesIO(data)).to_pillow()
    return Image.open(io.BytesIO(data))


def _appearance(data: bytes) -> tuple[tuple[int, int], bytes, bytes | None]:
    """A picture as a person sees it: its size, its pixels, its color profile."""
    with _decode(data) as image:
        upright = ImageOps.exif_transpose(image)
        return upright.size, upright.tobytes(), image.info.get("icc_profile")


@pytest.mark.parametrize("name", media.SAMPLES)
def test_a_clean_copy_discloses_nothing(name: str) -> None:
    copy = cleaned(media.SAMPLES[name])
    assert (scanned(copy).disclosures, scanned(copy).unreadable) == ((), None)
    assert not [text for text in media.TEXTS if text.encode() in copy]


@pytest.mark.parametrize("name", media.CARRIERS)
def test_a_clean_copy_of_every_place_discloses_nothing(name: str) -> None:
    original = scanned(media.CARRIERS[name])
    assert (
        original.obstacle or original.unreadable or scanned(cleaned(media.CARRIERS[name])).disclosures == ()
    )


@pytest.mark.parametrize("name", media.SAMPLES)
def test_cleaning_twice_is_cleaning_once(name: str) -> None:
    copy = cleaned(media.SAMPLES[name])
    assert cleaned(copy) == copy


@pytest.mark.parametrize(("name", "orientation"), list(product(media.PICTURES, (1, 6))))
def test_a_clean_copy_looks_the_same(name: str, orientation: int) -> None:
    original = media.PICTURES[name](orientation)
    size, _pixels, color_profile = _appearance(original)
    assert (size, color_profile) == ((24, 16) if orientation == 1 else (16, 24), media.COLOR_PROFILE)
    assert _appearance(cleaned(original)) == _appearance(original)


@pytest.mark.parametrize("name", ["jpeg", "png", "webp"])
def test_a_clean_copy_is_to_the_byte_the_file_before_metadata_was_added(name: str) -> None:
    assert cleaned(media.PICTURES[name](1)) == media.PLAIN[name]()


def test_a_clean_animation_is_to_the_byte_the_one_before_metadata_was_added() -> None:
    assert cleaned(media.gif()) == media.PLAIN["gif"]()


SOUND = {"wav": media.wav(), "mp3": media.MP3_PLAIN}


@pytest.mark.parametrize("name", SOUND)
def test_clean_sound_is_to_the_byte_the_one_before_tags_were_added(name: str) -> None:
    assert cleaned(media.SAMPLES[name]) == SOUND[name]


def test_a_clean_drawing_is_to_the_byte_the_one_before_notes_and_photo_were_added() -> None:
    assert cleaned(media.svg()) == media.SVG_PLAIN


@pytest.mark.parametrize("name", ["avif", "heic", "tiff", "tiff-big-endian", "mp4", "mov", "webm", "flac"])
def test_nothing_moves_in_a_file_whose_parts_are_found_by_offset(name: str) -> None:
    original = media.SAMPLES[name]
    copy = cleaned(original)
    assert len(copy) == len(original)
    for kept in (b"compressed picture", b"compressed sound", media.picture().tobytes()):
        assert copy.find(kept) == original.find(kept)


def test_bytes_after_the_end_of_the_picture_are_cut() -> None:
    plain = media.PLAIN["png"]()
    assert cleaned(plain + b"what was cropped away") == plain


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "party.jpg"
    path.write_bytes(media.jpeg())
    return path


def test_a_copy_is_written_and_the_original_is_kept(photo: Path) -> None:
    target = photo.parent / "out" / "clean" / "party.jpg"
    cleaning = write_clean_copy(CleanCopy(photo, target))
    assert Disclosure(Category.POSITION, media.POSITION) in cleaning.disclosures
    assert target.read_bytes() == cleaned(media.jpeg())
    assert photo.read_bytes() == media.jpeg()
    assert list(target.parent.iterdir()) == [target]


def test_an_existing_file_is_not_overwritten(photo: Path) -> None:
    target = photo.with_name("other.jpg")
    target.write_bytes(b"something else")
    with pytest.raises(FileRejected):
        write_clean_copy(CleanCopy(photo, target))
    assert target.read_bytes() == b"something else"


PADDING = len(media.heic_with_exif_at([(0, 20)])) - len(media.box(b"free", bytes(40)))


@pytest.mark.parametrize("start", [PADDING, 0], ids=["discloses-another-box", "is-no-longer-a-photo"])
def test_a_copy_that_would_not_be_clean_is_not_written(tmp_path: Path, start: int) -> None:
    """The metadata is said to be where, in truth, the header of a box is."""
    source, target = tmp_path / "party.heic", tmp_path / "out" / "party.heic"
    source.write_bytes(media.heic_with_exif_at([(start, 20)]))
    with pytest.raises(FileRejected):
        write_clean_copy(CleanCopy(source, target))
    assert list(target.parent.iterdir()) == []


def test_two_files_of_one_name_are_not_planned() -> None:
    with pytest.raises(HandbookError):
        plan_copies([Path("a/IMG_1.jpg"), Path("b/img_1.jpg")], Path("out"))

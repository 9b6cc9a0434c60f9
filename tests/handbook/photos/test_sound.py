"""Sound and films in containers of their own: what is heard stays, and what is not known is said."""

import io
import wave

import pytest

from handbook.photos.disclosures import Category, Disclosure
from handbook.photos.scan import scan
from tests import media
from tests.handbook.photos.in_memory import cleaned, scanned

OWNER = Disclosure(Category.OWNER, "Robin Doe")
PLACE = Disclosure(Category.PLACE, "London")


@pytest.mark.parametrize("name", ["wav", "mp3", "flac"])
def test_the_tags_of_sound_are_told(name: str) -> None:
    assert {OWNER, PLACE} <= set(scanned(media.SAMPLES[name]).disclosures)


def test_python_hears_the_same_in_a_clean_copy() -> None:
    with wave.open(io.BytesIO(cleaned(media.wav_with_notes()))) as sound:
        assert sound.readframes(100) == bytes(range(16))


@pytest.mark.parametrize(
    "name", ["ogg-opus", "webm-subtitles", "webm-measurements", "subtitles-drone", "ico-png"]
)
def test_a_file_that_cannot_be_cleaned_says_so(name: str) -> None:
    assert scanned(media.CARRIERS[name]).obstacle is not None


@pytest.mark.parametrize(
    "data",
    [
        media.id3() + b"no sound",
        media.flac((4, b"\xff\xff\xff\xff")),
        media.flac()[:-8][:30],
        media.wav()[:-8],
        media.CARRIERS["ogg-opus"][:-4],
        media.CARRIERS["ogg-opus"] + b"text",
        media.webm()[:-4],
        media.element(0x1A45DFA3),
    ],
)
def test_a_file_that_is_cut_off_or_holds_no_sound_is_damaged(data: bytes) -> None:
    assert scanned(data).damage


@pytest.mark.parametrize("name", ["subtitles", "plain-webm", "plain-icon", "icon-of-nothing"])
def test_a_file_without_notes_gives_nothing_away(name: str) -> None:
    data = {
        "subtitles": b"1\n00:00:01,000 --> 00:00:02,000\nWelcome to the library.\n",
        "plain-webm": media.webm(),
        "plain-icon": media.saved("ICO", sizes=[(16, 16)]),
        "icon-of-nothing": b"\0\0\1\0\1\0" + bytes(16),
    }[name]
    assert (scanned(data).disclosures, scanned(data).damage, scanned(data).edits) == ((), None, ())


def test_an_icon_that_cannot_be_read_is_not_cleaned() -> None:
    icon = media.CARRIERS["ico-png"][:-8] + bytes(8)
    assert scanned(icon).damage
    assert scanned(icon).obstacle is not None


def test_a_size_that_is_wrong_is_not_damage() -> None:
    sound = media.wav()
    assert scanned(sound[:4] + (17).to_bytes(4, "little") + sound[8:]).damage is None


def test_zeros_between_a_tag_and_the_sound_are_cut_with_the_tag() -> None:
    title = media.id3(media.id3_frame(b"TIT2", b"\3a song"))
    assert cleaned(title + bytes(500) + media.MP3_PLAIN) == media.MP3_PLAIN


def test_a_text_in_utf_16_is_not_sound() -> None:
    assert scan(io.BytesIO("level,who decides\n".encode("utf-16"))) is None

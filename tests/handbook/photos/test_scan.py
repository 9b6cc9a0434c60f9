"""What photos and videos disclose."""

import io
import struct
from pathlib import Path

import pytest

from handbook.photos.disclosures import Category, Disclosure
from handbook.photos.scan import scan
from tests import media
from tests.handbook.photos.in_memory import scanned

POSITION = Disclosure(Category.POSITION, media.POSITION)


@pytest.mark.parametrize("name", media.SAMPLES)
def test_the_position_is_found_in_every_format(name: str) -> None:
    assert POSITION in scanned(media.SAMPLES[name]).locations


@pytest.mark.parametrize("name", media.CARRIERS)
def test_every_place_that_can_hold_a_location_is_read(name: str) -> None:
    assert scanned(media.CARRIERS[name]).locations


def test_a_thumbnail_in_the_text_of_a_png_is_found() -> None:
    png = media.png_of(media.chunk(b"tEXt", b"Thumbnail\0\x89PNG"))
    assert scanned(png).disclosures == (Disclosure(Category.THUMBNAIL),)


def test_measurements_of_the_camera_alone_are_no_obstacle() -> None:
    harmless = media.track(b"meta", b"mebx", b"com.apple.quicktime.video-orientation")
    assert scanned(media.movie_of(harmless)).obstacle is None
    assert scanned(media.CARRIERS["mp4-gopro"]).obstacle is not None
    assert scanned(media.CARRIERS["mp4-iphone"]).obstacle is not None


def test_a_raw_photo_is_read_but_has_an_obstacle() -> None:
    raw = scanned(media.tiff_structure("<", {**media.EXIF, 50706: b"\1\4\0\0"}))
    assert POSITION in raw.locations
    assert raw.obstacle is not None


def test_parts_that_share_bytes_are_an_obstacle() -> None:
    strip_over_directory = {**media.EXIF, 256: 1, 257: 1, 273: 8, 279: 12}
    assert scanned(media.tiff_structure("<", strip_over_directory)).obstacle is not None


def test_bytes_after_the_end_of_the_picture_are_found() -> None:
    plain = media.PLAIN["png"]()
    categories = [item.category for item in scanned(plain + b"what was cropped away").disclosures]
    assert categories == [Category.HIDDEN]
    assert scanned(plain + bytes(5)).disclosures == ()


HEIC = media.SAMPLES["heic"]
EXIF_ITEM = HEIC.index(b"infe", HEIC.index(b"infe") + 4)
UNUSUAL_ITEMS = {
    "unknown-type": HEIC.replace(b"Exif\0", b"Exit\0", 1),
    "no-type": HEIC[: EXIF_ITEM + 4] + b"\1" + HEIC[EXIF_ITEM + 5 :],
}


@pytest.mark.parametrize("name", UNUSUAL_ITEMS)
def test_an_item_that_may_be_a_picture_is_read_and_an_obstacle(name: str) -> None:
    heic = scanned(UNUSUAL_ITEMS[name])
    assert Disclosure(Category.SERIAL, "SN-12345") in heic.disclosures
    assert heic.obstacle is not None


def test_xmp_of_another_media_type_is_read() -> None:
    heic = HEIC.replace(b"application/rdf+xml", b"application/odf+xml").replace(b"Exif\0", b"Exit\0")
    assert Disclosure(Category.PLACE, "London") in scanned(heic).locations


@pytest.mark.parametrize("degrees", [[(51, 1), (0, 0), (0, 0)], 51], ids=["no-minutes", "an-integer"])
def test_a_position_in_an_unusual_form_is_read(degrees: int | list[tuple[int, int]]) -> None:
    gps = {**media.GPS, 2: degrees, 4: degrees}
    assert "51.0000, -51.0000" in [location.value for location in scanned(_with_gps(gps)).locations]


def test_a_position_that_the_camera_did_not_know_is_not_one() -> None:
    unknown = {**media.GPS, 2: [(0, 0)] * 3, 4: [(0, 0)] * 3, 6: [(0, 0)]}
    assert scanned(_with_gps(unknown)).locations == ()


@pytest.mark.parametrize(("fix", "count"), [({}, 0), ({9: "V"}, 0), ({9: "A", 10: "3"}, 2), ({10: "2"}, 2)])
def test_zero_without_a_fix_is_not_a_position(fix: media.Directory, count: int) -> None:
    zero = {**media.GPS, 2: [(0, 1)] * 3, 4: [(0, 1)] * 3, 6: [(0, 1)]}
    assert len(scanned(_with_gps({**zero, **fix})).locations) == count


@pytest.mark.parametrize("latitude", [media.Field(12, 1, struct.pack("<d", 51.0)), [(51, 1)]])
def test_degrees_of_every_type_of_number_are_read(latitude: media.Field | list[tuple[int, int]]) -> None:
    gps = {1: "N", 2: latitude, 3: "E", 4: latitude}
    assert "51.0000, 51.0000" in [location.value for location in scanned(_with_gps(gps)).locations]


def test_degrees_that_cannot_be_read_may_be_a_position() -> None:
    gps = {2: "51.5007", 4: "-0.1246"}
    assert [item.category for item in scanned(_with_gps(gps)).locations] == [Category.POSSIBLE_POSITION]


def _with_gps(gps: media.Directory) -> bytes:
    return media.tiff_structure("<", {34853: gps})


@pytest.mark.parametrize("content", [b"# London\n", b"", b"51.5007, -0.1246"])
def test_a_file_that_is_not_a_photo_is_not_read(content: bytes) -> None:
    assert scan(io.BytesIO(content)) is None


def test_a_large_video_is_not_read_whole(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    header = media.box(b"ftyp", b"isom", bytes(4))
    with film.open("wb") as file:
        file.write(header + b"\0\0\0\1mdat" + (2**32).to_bytes(8))
        file.seek(2**32 - 16, io.SEEK_CUR)
        file.write(media.CARRIERS["mp4-xyz"][len(header) :])
    with film.open("rb") as file:
        result = scan(file)
    assert result is not None
    assert result.locations == (POSITION,)

"""Data of makers of cameras, and data that nobody knows: what is known of it is told, and no more."""

import struct

import pytest

from handbook.photos.disclosures import Category, Disclosure
from tests import media
from tests.handbook.photos.in_memory import scanned

POSITION = Disclosure(Category.POSITION, media.POSITION)


@pytest.mark.parametrize(
    "name", ["jpeg-gopro", "jpeg-flir", "mp4-gopro-user-data", "mp4-gopro-track", "mp4-novatek-padding"]
)
def test_the_position_in_data_of_a_maker_is_read(name: str) -> None:
    assert POSITION in scanned(media.CARRIERS[name]).locations


@pytest.mark.parametrize("name", ["jpeg-insta360", "mp4-novatek", "mp4-gopro", "jpeg-credentials-compressed"])
def test_a_container_of_positions_that_cannot_be_read_may_hold_one(name: str) -> None:
    categories = [location.category for location in scanned(media.CARRIERS[name]).locations]
    assert categories == [Category.POSSIBLE_POSITION]


WITHOUT_LOCATION = {
    "gopro-without-a-fix": media.jpeg_of(
        media.segment(0xE6, b"GoPro\0GPSFL\4\0\1\0\0\0\0GPS5l\x14\0\1" + bytes(20))
    ),
    "flir-without-gps": media.jpeg_of(
        media.segment(0xE1, b"FLIR\0\1\0\0FFF\0" + bytes(0x14) + struct.pack(">II", 64, 0) + bytes(32))
    ),
    "credentials": media.jpeg_of(
        media.segment(0xEB, b"JP\0\1\0\0\0\1" + media.jumbf(b"json", b'{"alg": "sha256"}'))
    ),
    "unknown-segment": media.jpeg_of(media.segment(0xE4, b"Maker\0" + bytes(range(256)))),
    "maker-note": media.tiff_structure("<", {37500: b"Lens 2.8000 4.0000\0" + bytes(range(256))}),
    "subtitles": media.movie_of(media.track(b"sbtl", b"tx3g", chunks=[0])) + media.box(b"free", b"a name"),
    "padding-with-a-name": media.movie_of() + media.box(b"free", b"IsoMedia File Produced with GPAC 2.2.1"),
}


@pytest.mark.parametrize("name", WITHOUT_LOCATION)
def test_data_without_a_location_is_told_but_is_not_one(name: str) -> None:
    file = scanned(WITHOUT_LOCATION[name])
    assert (file.locations, file.damage) == ((), None)
    assert Category.HIDDEN in [disclosure.category for disclosure in file.disclosures]


def test_empty_padding_discloses_nothing() -> None:
    assert scanned(media.movie_of() + media.box(b"free", bytes(40))).disclosures == ()


ZEROS = (b"+00.0000+000.0000/", b"+0000.000+00000.000/", b"+0000.0+00000.0CRSWGS_84/", b"/")


def film_with_position(written: bytes) -> bytes:
    return media.movie_of(
        media.box(b"udta", media.box(b"\xa9xyz", len(written).to_bytes(2), b"\x15\xc7", written))
    )


def film_with_place(written: bytes) -> bytes:
    return media.movie_of(
        media.box(
            b"meta",
            media.box(b"hdlr", bytes(8), b"mdta", bytes(13)),
            media.box(b"keys", bytes(4), (1).to_bytes(4), media.box(b"mdta", b"com.android.location")),
            media.box(b"ilst", media.box((1).to_bytes(4), media.box(b"data", bytes(8), written))),
        )
    )


@pytest.mark.parametrize("zero", ZEROS)
def test_zero_in_a_film_is_not_a_position(zero: bytes) -> None:
    assert scanned(film_with_position(zero)).locations == ()


@pytest.mark.parametrize(
    ("written", "locations"), [(b"+51.5007-000.1246/", (POSITION,)), (b"+00.0000+000.0000/", ())]
)
def test_a_position_under_the_name_of_a_place_is_a_position(
    written: bytes, locations: tuple[Disclosure, ...]
) -> None:
    assert scanned(film_with_place(written)).locations == locations

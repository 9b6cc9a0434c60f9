"""What is said of a clean copy is true of its bytes."""

import io
import struct

import pytest

from handbook.photos.edits import apply_edits
from handbook.photos.orientation import xmp_with
from handbook.photos.removals import Removal, removal
from tests import media
from tests.handbook.photos.in_memory import cleaned, scanned

PLAIN = media.PLAIN["jpeg"]()


def _jpeg(*segments: bytes, after: bytes = b"") -> bytes:
    return PLAIN[:2] + b"".join(segments) + PLAIN[2:] + after


def _app1(packet: bytes) -> bytes:
    return media.segment(0xE1, media.XMP_ADDRESS + packet)


def _list_of_pictures(kind: int) -> bytes:
    table = struct.pack(">I12x", 0x030000) + struct.pack(">I12x", kind)
    return media.segment(0xE2, b"MPF\0" + media.tiff_structure(">", {0xB002: table}))


def _removal(data: bytes) -> Removal:
    scan = scanned(data)
    return removal(io.BytesIO(data), scan.edits, scan.disclosures)


ISO_GAIN_MAP = b"urn:iso:std:iso:ts:21496:-1\0"
GAIN_MAP = b'<a xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"/>'
LOSSES = {
    "gain map of Android": (_jpeg(_app1(GAIN_MAP), after=PLAIN), "gain map"),
    "gain map of ISO 21496": (
        _jpeg(media.segment(0xE2, ISO_GAIN_MAP), after=PLAIN),
        "gain map",
    ),
    "gain map of Apple": (
        _jpeg(
            _list_of_pictures(0), after=_jpeg(_app1(b'<a xmlns:h="http://ns.apple.com/HDRGainMap/1.0/"/>'))
        ),
        "gain map",
    ),
    "gain map in HEIC": (
        media.saved_as_heic(xmp=b'<a xmlns:h="http://ns.apple.com/HDRGainMap/1.0/"/>'),
        "gain map",
    ),
    "second view": (_jpeg(_list_of_pictures(0x020002), after=PLAIN), "three-dimensional"),
    "panorama in parts": (_jpeg(_list_of_pictures(0x020001), after=PLAIN), "panorama"),
    "another angle": (_jpeg(_list_of_pictures(0x020003), after=PLAIN), "angle"),
    "another picture": (_jpeg(after=PLAIN), "another picture"),
    "film after the picture": (_jpeg(after=media.mp4()), "film"),
    "film in a description": (_jpeg(_app1(b'<a xmlns:g="g" g:MotionPhoto="1"/>')), "film"),
    "depths": (_jpeg(_app1(b'<a xmlns:GDepth="g" GDepth:Format="RangeInverse"/>')), "depths"),
    "sphere": (_jpeg(_app1(b'<a xmlns:GPano="g" GPano:ProjectionType="equirectangular"/>')), "flat"),
}


@pytest.mark.parametrize("name", LOSSES)
def test_what_viewers_can_no_longer_show_is_said_once(name: str) -> None:
    data, word = LOSSES[name]
    losses = _removal(data).losses
    assert len(losses) == 1
    assert word in losses[0]


def test_a_preview_is_not_missed() -> None:
    assert _removal(_jpeg(_list_of_pictures(0x010001), after=PLAIN)).losses == ()


def test_a_damaged_list_of_pictures_stops_nothing() -> None:
    assert _removal(_jpeg(media.segment(0xE2, b"MPF\0MM\0*\0\0\0\xff"))).losses == ()


@pytest.mark.parametrize("name", media.SAMPLES)
def test_a_copy_is_called_the_same_if_it_is(name: str) -> None:
    data = media.SAMPLES[name]
    assert not _removal(data).is_same
    assert _removal(cleaned(data)).is_same
    assert _removal(data).losses == ()


PARTS = {
    "XMP": (_jpeg(_app1(b"<a/>")), "XMP"),
    "XMP in PNG": (media.png_of(media.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<a/>")), "XMP"),
    "XMP in WebP": (media.saved("WEBP", lossless=True, xmp=b"<a/>"), "XMP"),
    "EXIF": (_jpeg(media.segment(0xE1, b"Exif\0\0" + media.tiff_structure(">", {282: 72}))), "EXIF"),
    "EXIF in WebP": (media.saved("WEBP", lossless=True, exif=media.tiff_structure(">", {282: 72})), "EXIF"),
    "an orientation": (
        _jpeg(media.segment(0xE1, b"Exif\0\0" + media.tiff_structure("<", {274: 6}))),
        "a part of EXIF",
    ),
    "XMP that turns": (_jpeg(_app1(xmp_with(6))), "XMP"),
    "zeros at the end": (_jpeg(after=bytes(9)), "bytes that show nothing"),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_that_gives_nothing_away_is_named(name: str) -> None:
    data, part = PARTS[name]
    assert part in _removal(data).parts
    scan = scanned(data)
    assert scan.disclosures == ()
    assert b"".join(apply_edits(io.BytesIO(data), scan.edits)) != data

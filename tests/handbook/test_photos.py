"""What photos and videos give away, and that clean copies give nothing away."""

import io
import zlib
from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from handbook.errors import HandbookError
from handbook.photos.clean import Copy, Refused, clean, copies
from handbook.photos.disclosures import Fact, Kind
from handbook.photos.edits import edited, overlapping
from handbook.photos.scan import Locations, Survey, locations_from, locations_in, survey
from tests import media

HERE = Fact(Kind.POSITION, media.POSITION)
SAMPLES = {name: make() for name, make in media.SAMPLES.items()}


def _survey(data: bytes) -> Survey:
    found = survey(io.BytesIO(data))
    assert found is not None
    return found


def _cleaned(data: bytes) -> bytes:
    found = _survey(data)
    pieces = [piece for piece in found.pieces if piece.end > piece.start]
    assert (found.unreadable, found.obstacle, overlapping(pieces)) == (None, None, False)
    return b"".join(edited(io.BytesIO(data), pieces))


def _seen(data: bytes) -> tuple[tuple[int, int], bytes, bytes | None]:
    """Return a picture as a person sees it: its size, its pixels, its color profile."""
    with Image.open(io.BytesIO(data)) as image:
        upright = ImageOps.exif_transpose(image)
        return upright.size, upright.tobytes(), image.info.get("icc_profile")


@pytest.mark.parametrize("name", media.SAMPLES)
def test_a_planted_position_is_found(name: str) -> None:
    assert HERE in locations_from(io.BytesIO(media.SAMPLES[name]())).facts


def _in_jpeg(marker: int, data: bytes) -> bytes:
    return b"\xff\xd8" + media.segment(marker, data) + b"\xff\xd9"


def _in_png(*chunks: bytes) -> bytes:
    head = media.chunk(b"IHDR", bytes(13))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + media.chunk(b"IEND", b"")


def _in_movie(*boxes: bytes) -> bytes:
    return media.box(b"ftyp", b"isom", bytes(4)) + media.box(b"moov", *boxes)


GPS_ALONE = media.structure("<", {34853: media.GPS})
CARRIERS: Mapping[str, bytes] = {
    "jpeg-exif": _in_jpeg(0xE1, b"Exif\0\0" + GPS_ALONE),
    "jpeg-xmp": _in_jpeg(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + media.XMP),
    "jpeg-more-xmp": _in_jpeg(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + bytes(40) + media.MORE),
    "jpeg-iptc": _in_jpeg(0xED, b"Photoshop 3.0\0" + media.PHOTOSHOP),
    "jpeg-behind-the-scans": media.PLAIN["jpeg"]()[:-2]
    + _in_jpeg(0xED, b"Photoshop 3.0\0" + media.PHOTOSHOP)[2:],
    "jpeg-second-picture": _in_jpeg(0xFE, b"") + _in_jpeg(0xE1, b"Exif\0\0" + GPS_ALONE),
    "jpeg-motion": _in_jpeg(0xFE, b"") + b"MotionPhoto_Data" + media.mp4(),
    "png-exif": _in_png(media.chunk(b"eXIf", GPS_ALONE)),
    "png-text": _in_png(media.chunk(b"tEXt", b"exif:GPSLatitude\0 51/1, 30/1, 2/1")),
    "png-xmp": _in_png(media.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + media.XMP)),
    "png-raw-exif": _in_png(media.raw_profile("exif", b"Exif\0\0" + GPS_ALONE)),
    "png-raw-app1": _in_png(media.raw_profile("APP1", b"http://ns.adobe.com/xap/1.0/\0" + media.XMP)),
    "png-raw-xmp": _in_png(media.raw_profile("xmp", media.XMP)),
    "png-raw-iptc": _in_png(media.raw_profile("iptc", media.PHOTOSHOP)),
    "png-behind": _in_png() + _in_jpeg(0xE1, b"Exif\0\0" + GPS_ALONE),
    "tiff-xmp": media.structure(">", {700: media.XMP}),
    "tiff-iptc": media.structure(">", {33723: media.IPTC}),
    "tiff-photoshop": media.structure("<", {34377: media.PHOTOSHOP}),
    "tiff-map": media.structure("<", {33922: bytes(48)}),
    "tiff-second-page": media.structure("<", {256: 1}, {34853: {1: "N", 2: [(1, 1)]}}),
    "png-behind-what-only-begins-like-a-photo": _in_png()
    + b"\xff\xd8\xff\xe1\0\4ab and no more"
    + _in_jpeg(0xE1, b"Exif\0\0" + GPS_ALONE),
    "mp4-xyz": _in_movie(media.box(b"udta", media.box(b"\xa9xyz", b"\0\x12\x15\xc7+51.5007-000.1246/"))),
    "mp4-track": _in_movie(
        media.box(b"trak", media.box(b"udta", media.box(b"loci", bytes(6), b"\0" * 14, b"Earth\0\0")))
    ),
    "mp4-gopro": _in_movie(media.track(b"meta", b"gpmd")),
    "mp4-iphone": _in_movie(media.track(b"meta", b"mebx", b"com.apple.quicktime.location.ISO6709")),
    "heic-motion": media.box(b"ftyp", b"heic", bytes(4)) + media.box(b"mpvd", media.mp4()),
}


@pytest.mark.parametrize("name", CARRIERS)
def test_every_place_that_can_hold_a_location_is_read(name: str) -> None:
    assert locations_from(io.BytesIO(CARRIERS[name])).facts


@pytest.mark.parametrize("name", media.SAMPLES)
def test_a_clean_copy_gives_nothing_away(name: str) -> None:
    clean_one = _cleaned(media.SAMPLES[name]())
    found = _survey(clean_one)
    assert (found.facts, found.unreadable) == ((), None)
    assert not [text for text in (b"Robin", b"London", b"SN-12345", b"Lens &") if text in clean_one]


@pytest.mark.parametrize("name", media.SAMPLES)
def test_cleaning_twice_is_cleaning_once(name: str) -> None:
    once = _cleaned(media.SAMPLES[name]())
    assert _cleaned(once) == once


@pytest.mark.parametrize(("name", "turned"), list(product(media.PICTURES, (1, 6))))
def test_a_clean_copy_looks_the_same(name: str, turned: int) -> None:
    planted = media.PICTURES[name](turned)
    assert _seen(_cleaned(planted)) == _seen(planted)
    assert _seen(planted)[0] == ((24, 16) if turned == 1 else (16, 24))
    assert _seen(planted)[2] == media.PROFILE


@pytest.mark.parametrize("name", ["jpeg", "png", "webp"])
def test_a_clean_copy_is_the_file_as_it_was_before_the_notes_to_the_byte(name: str) -> None:
    assert _cleaned(media.PICTURES[name](1)) == media.PLAIN[name]()


@pytest.mark.parametrize("name", ["avif", "heic", "tiff", "tiff-big-endian", "mp4", "mov"])
def test_nothing_moves_in_a_file_whose_parts_are_found_by_their_place(name: str) -> None:
    planted = media.SAMPLES[name]()
    clean_one = _cleaned(planted)
    assert len(clean_one) == len(planted)
    for kept in (b"compressed picture", media.picture().tobytes()):
        assert (planted.find(kept), kept in planted) == (clean_one.find(kept), kept in clean_one)


def test_telephones_measurements_of_the_camera_may_stay() -> None:
    harmless = _in_movie(media.track(b"meta", b"mebx", b"com.apple.quicktime.video-orientation"))
    assert _survey(harmless).obstacle is None
    assert _survey(CARRIERS["mp4-gopro"]).obstacle is not None
    assert _survey(CARRIERS["mp4-iphone"]).obstacle is not None


def test_a_raw_photo_is_read_and_not_cleaned() -> None:
    raw = media.structure("<", {**media.NOTES, 50706: b"\1\4\0\0"})
    assert HERE in _survey(raw).facts
    assert "raw photo" in (_survey(raw).obstacle or "")


def test_parts_that_overlap_are_not_cleaned() -> None:
    overlapping_strip = media.structure("<", {**media.NOTES, 256: 1, 257: 1, 273: 8, 279: 12})
    assert "overlap" in (_survey(overlapping_strip).obstacle or "")


def test_what_stands_behind_the_end_is_told_and_cut() -> None:
    planted = media.PLAIN["png"]() + b"what was cropped away"
    assert _survey(planted).facts == (Fact(Kind.HIDDEN, "behind the picture"),)
    assert _cleaned(planted) == media.PLAIN["png"]()
    assert _survey(media.PLAIN["png"]() + bytes(5)).facts == ()


BOMB = b'<!DOCTYPE x [<!ENTITY a "1"><!ENTITY b "' + b"&a;" * 10 + b'">]><x>&b;</x>'


def _nested_tracks(depth: int) -> bytes:
    content = b""
    for _ in range(depth):
        content = media.box(b"trak", content)
    return content


HOSTILE: Mapping[str, tuple[bytes, str]] = {
    "entities": (_in_jpeg(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + BOMB), "declares a document type"),
    "no-xml": (_in_jpeg(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x"), "XMP is damaged"),
    "deep-xml": (media.structure("<", {700: b"<a>" * 10**6}), "too many parts"),
    "inflating": (
        _in_png(media.chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(2**25)))),
        "too large",
    ),
    "same-directory-again": (b"II*\0\x08\0\0\0" + b"\0\0" + b"\x08\0\0\0", "None"),
    "endless-chunks": (_in_png(media.chunk(b"IDAT", b"") * 600_000), "too many parts"),
    "nested": (_in_jpeg(0xFE, b"") * 40, "None"),
    "photoshop-in-exif": (media.structure("<", {34377: b""}), "None"),
    "box-too-small": (_in_movie() + b"\0\0\0\4moov", "ends too early"),
    "huge-box": (_in_movie() + b"\0\0\0\1mdat" + b"\xff" * 8, "ends too early"),
    "tracks-in-tracks": (_in_movie(_nested_tracks(2000)), "None"),
    "compressed-index": (_in_movie(media.box(b"cmov")), "compressed"),
    "bigtiff": (b"II+\0\x08\0\0\0", "BigTIFF"),
    "gps-outside": (media.structure("<", {34853: 2**31}), "ends too early"),
    "only-a-head": (b"\xff\xd8\xff\xe1", "ends too early"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_sentence(name: str) -> None:
    data, reason = HOSTILE[name]
    assert reason in str(locations_from(io.BytesIO(data)).unreadable)


@pytest.mark.parametrize("name", media.SAMPLES)
def test_a_file_that_breaks_off_anywhere_is_told(name: str) -> None:
    data = media.SAMPLES[name]()
    for length in range(16, len(data) - 1, 7):
        found = survey(io.BytesIO(data[:length]))
        assert found is None or found.unreadable or found.facts, length


@given(st.sampled_from(sorted(media.SAMPLES)), st.data())
@settings(max_examples=300, deadline=None)
def test_a_mutated_file_is_read_or_told_and_never_raises(name: str, data: st.DataObject) -> None:
    content = bytearray(SAMPLES[name])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        size = data.draw(st.integers(0, 4))
        content[at : at + size] = data.draw(st.binary(max_size=6) | st.sampled_from([b"\xff" * 4, bytes(4)]))
    found = survey(io.BytesIO(content))
    assert found is None or found.unreadable is None or found.unreadable.isprintable()


@given(st.sampled_from(sorted(media.SAMPLES)), st.integers(0, 3000), st.binary(min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_what_can_be_cleaned_is_clean_and_stays_so(name: str, at: int, bytes_: bytes) -> None:
    content = SAMPLES[name][:at] + bytes_ + SAMPLES[name][at + len(bytes_) :]
    found = survey(io.BytesIO(content))
    pieces = [piece for piece in found.pieces if piece.end > piece.start] if found else []
    if found is None or found.unreadable or found.obstacle or overlapping(pieces):
        return
    once = b"".join(edited(io.BytesIO(content), pieces))
    again = _survey(once)
    if not (again.facts or again.unreadable):
        assert _cleaned(once) == once


def test_a_file_of_another_kind_has_no_location(tmp_path: Path) -> None:
    for name, content in {
        "page.md": b"# London\n",
        "empty.jpg": b"",
        "text.jpg": b"51.5007, -0.1246",
    }.items():
        (tmp_path / name).write_bytes(content)
        assert locations_in(tmp_path / name) == Locations()


def test_a_large_video_is_not_read_whole(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    head = media.box(b"ftyp", b"isom", bytes(4))
    with film.open("wb") as file:
        file.write(head + b"\0\0\0\1mdat" + (2**32).to_bytes(8))
        file.seek(2**32 - 16, io.SEEK_CUR)
        file.write(CARRIERS["mp4-xyz"][len(head) :])
    assert locations_in(film).facts == (HERE,)


def test_a_copy_is_written_whole_beside_what_was_there(tmp_path: Path) -> None:
    source = tmp_path / "party.jpg"
    source.write_bytes(media.jpeg())
    target = tmp_path / "out" / "clean" / "party.jpg"
    assert HERE in clean(Copy(source, target))
    assert target.read_bytes() == _cleaned(media.jpeg())
    assert source.read_bytes() == media.jpeg()
    assert [file.name for file in target.parent.iterdir()] == ["party.jpg"]
    with pytest.raises(Refused, match="exists already"):
        clean(Copy(source, target))


def test_a_copy_in_which_something_would_remain_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "party.jpg"
    source.write_bytes(media.jpeg())
    keep_all: Callable[..., object] = lambda stream, _pieces: [stream.seek(0) or b"", stream.read()]  # noqa: E731
    monkeypatch.setattr("handbook.photos.clean.edited", keep_all)
    with pytest.raises(Refused, match="where it was taken"):
        clean(Copy(source, tmp_path / "out" / "party.jpg"))
    assert list((tmp_path / "out").iterdir()) == []


def test_a_disk_without_links_gets_its_copy_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "party.png"
    source.write_bytes(media.png())

    def refuse(*_paths: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    clean(Copy(source, tmp_path / "out" / "party.png"))
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["party.png"]
    with pytest.raises(Refused, match="exists already"):
        clean(Copy(source, tmp_path / "out" / "party.png"))


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(HandbookError, match=r"two files would both become out[/\\]IMG_1.jpg"):
        copies([Path("a/IMG_1.jpg"), Path("b/img_1.jpg")], Path("out"))

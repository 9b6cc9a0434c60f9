"""Files that are damaged, or made to harm the program that reads them."""

import io
import zlib
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.photos.edits import apply_edits, overlap
from handbook.photos.scan import scan
from tests import media
from tests.handbook.photos.in_memory import cleaned, scanned

ENTITIES = b'<!DOCTYPE x [<!ENTITY a "1"><!ENTITY b "' + b"&a;" * 10 + b'">]><x>&b;</x>'


def _xmp_in_jpeg(packet: bytes) -> bytes:
    return media.jpeg_of(media.segment(0xE1, media.XMP_ADDRESS + packet))


def _endless_extents() -> bytes:
    """Items with as many extents as can be claimed, none of which takes any room."""
    item = b"\0\1\0\0\xff\xff"
    iloc = media.box(b"iloc", bytes(4), b"\0\0", (60_000).to_bytes(2), item * 60_000)
    meta = media.box(b"meta", bytes(4), media.box(b"iinf", bytes(6)), iloc)
    return media.box(b"ftyp", b"heic", bytes(4)) + meta


def _nested_tracks(depth: int) -> bytes:
    content = b""
    for _ in range(depth):
        content = media.box(b"trak", content)
    return content


# Each with a word of the reason why it may disclose more than was found; None if it was read to its end.
HOSTILE: Mapping[str, tuple[bytes, str | None]] = {
    "entities": (_xmp_in_jpeg(ENTITIES), "document type"),
    "not-xml": (_xmp_in_jpeg(b"<x"), "XMP"),
    "deep-xml": (media.tiff_structure("<", {700: b"<a>" * 10**6}), "too many parts"),
    "inflating": (
        media.png_of(media.chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(2**25)))),
        "too large",
    ),
    "same-directory-again": (b"II*\0\x08\0\0\0" + b"\0\0" + b"\x08\0\0\0", None),
    "endless-chunks": (media.png_of(media.chunk(b"IDAT", b"") * 600_000), "too many parts"),
    "endless-extents": (_endless_extents(), "too many parts"),
    "nested": (media.jpeg_of() * 40, None),
    "photoshop-in-exif": (media.tiff_structure("<", {34377: b""}), None),
    "box-too-small": (media.movie_of() + b"\0\0\0\4moov", "too early"),
    "huge-box": (media.movie_of() + b"\0\0\0\1mdat" + b"\xff" * 8, "too early"),
    "tracks-in-tracks": (media.movie_of(_nested_tracks(2000)), None),
    "compressed-index": (media.movie_of(media.box(b"cmov")), "compressed"),
    "bigtiff": (b"II+\0\x08\0\0\0", "BigTIFF"),
    "gps-outside": (media.tiff_structure("<", {34853: 2**31}), "too early"),
    "metadata-nowhere": (media.heic_with_exif_at([]), "where its metadata is"),
    "metadata-in-an-item": (media.heic_with_exif_at([(0, 20)], method=2), "where its metadata is"),
    "xmp-without-end": (media.jpeg_of() + b"<x:xmpmeta>" * 2**16, None),
    "endless-notes": (media.SVG_PLAIN.replace(b"<title>", b"<!---->" * 10**5 + b"<title>"), "too many parts"),
    "endless-voids": (media.webm(b"\xec\x80" * 10**5), "too many parts"),
    "endless-clusters": (media.webm(length=-1) + b"\x1f\x43\xb6\x75\xff" * 10**6, "too many parts"),
    "endless-parts": (b"GIF89a" + bytes(7) + b"\x21\xfe" + b"\1a" * 2**20, "too early"),
    "endless-tags": (media.id3() * 200 + media.MP3_PLAIN, "too many parts"),
    "endless-tags-at-the-end": (media.MP3_PLAIN + media.ID3V1 * 100, "too many tags"),
    "endless-comments": (media.flac((4, bytes(4) + b"\xff" * 4 + bytes(2**20))), "too"),
    "endless-pages": (media.ogg(bytes(8)) * 2000 + b"OggS", "too early"),
    "endless-icons": (b"\0\0\1\0\xff\0" + bytes(16) * 2**8, None),
    "gopro-in-gopro": (media.jpeg_of(media.segment(0xE6, b"GoPro\0" + b"DEVC\0\1\x7f\xff" * 50)), "nested"),
    "credentials-in-credentials": (
        media.jpeg_of(media.segment(0xEB, b"JP" + bytes(6) + b"\0\0\0\0jumb" * 50)),
        None,
    ),
    "only-a-marker": (b"\xff\xd8\xff\xe1", "too early"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_damage_has_a_reason(name: str) -> None:
    data, word = HOSTILE[name]
    damage = scanned(data).damage
    assert damage is None if word is None else word in (damage or "")


@pytest.mark.parametrize("name", media.SAMPLES)
def test_a_truncated_file_never_looks_harmless(name: str) -> None:
    data = media.SAMPLES[name]
    for length in range(16, len(data) - 1, 7):
        result = scan(io.BytesIO(data[:length]))
        assert result is None or result.unreadable or result.disclosures, length


@given(st.sampled_from(sorted(media.SAMPLES)), st.data())
@settings(max_examples=300, deadline=None)
def test_scanning_a_mutated_file_never_raises(name: str, data: st.DataObject) -> None:
    content = bytearray(media.SAMPLES[name])
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(content) - 1))
        size = data.draw(st.integers(0, 4))
        replacement = data.draw(st.binary(max_size=6) | st.sampled_from([b"\xff" * 4, bytes(4)]))
        content[start : start + size] = replacement
    result = scan(io.BytesIO(content))
    assert result is None or result.unreadable is None or result.unreadable.isprintable()


@given(st.sampled_from(sorted(media.SAMPLES)), st.integers(0, 3000), st.binary(min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_a_mutated_file_that_can_be_cleaned_stays_clean(name: str, start: int, replacement: bytes) -> None:
    sample = media.SAMPLES[name]
    content = sample[:start] + replacement + sample[start + len(replacement) :]
    result = scan(io.BytesIO(content))
    if result is None or result.unreadable or result.obstacle or overlap(result.edits):
        return
    copy = b"".join(apply_edits(io.BytesIO(content), result.edits))
    again = scan(io.BytesIO(copy))
    if again and not (again.disclosures or again.unreadable):
        assert cleaned(copy) == copy

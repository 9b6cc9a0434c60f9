"""A clean copy is turned as the original, wherever the original says how."""

import io
import zlib
from collections.abc import Callable, Mapping

import pytest
from PIL import Image, ImageOps

from handbook.photos.orientation import UPRIGHT, orientation_in_xmp, xmp_with
from tests import media
from tests.handbook.photos.in_memory import cleaned, scanned

TEXT = b"XML:com.adobe.xmp\0"
POSITION = b'<exif:GPSLatitude xmlns:exif="http://ns.adobe.com/exif/1.0/">51,30.04N</exif:GPSLatitude>'


def _jpeg(*segments: bytes) -> bytes:
    plain = media.saved("JPEG")
    return plain[:2] + b"".join(segments) + plain[2:]


def _png(*chunks: bytes) -> bytes:
    plain = media.saved("PNG")
    return plain[:33] + b"".join(chunks) + plain[33:]


def _xmp(orientation: int) -> bytes:
    return xmp_with(orientation).replace(b"</rdf:RDF>", POSITION + b"</rdf:RDF>")


def _app1(packet: bytes) -> bytes:
    return media.segment(0xE1, media.XMP_ADDRESS + packet)


def _exif(orientation: int | None) -> bytes:
    return media.tiff_structure(">", {271: "Lens & Sons", **({274: orientation} if orientation else {})})


def _tiff(xmp: bytes, orientation: int | None = None, byte_order: str = "<") -> bytes:
    turn: media.Directory = {274: orientation} if orientation else {}
    main: media.Directory = {256: 24, 257: 16, 258: 8, 259: 1, 262: 1, 277: 1, 279: 384, 700: xmp, **turn}
    size = len(media.tiff_structure(byte_order, {**main, 273: 2**16}))
    strip = media.Field(4, 1, size.to_bytes(4, "little" if byte_order == "<" else "big"))
    return media.tiff_structure(byte_order, {**main, 273: strip}) + media.picture().convert("L").tobytes()


def _zipped(packet: bytes) -> bytes:
    return media.chunk(b"iTXt", TEXT + b"\1\0\0\0" + zlib.compress(packet))


CARRIERS: Mapping[str, Callable[[int], bytes]] = {
    "jpeg": lambda turn: _jpeg(_app1(_xmp(turn))),
    "jpeg, after EXIF that does not say it": lambda turn: _jpeg(
        media.segment(0xE1, b"Exif\0\0" + _exif(None)), _app1(_xmp(turn))
    ),
    "png": lambda turn: _png(media.chunk(b"iTXt", TEXT + bytes(4) + _xmp(turn))),
    "png, compressed": lambda turn: _png(_zipped(_xmp(turn))),
    "png, after EXIF that does not say it": lambda turn: _png(
        media.chunk(b"eXIf", _exif(None)), _zipped(_xmp(turn))
    ),
    "webp": lambda turn: media.saved("WEBP", lossless=True, xmp=_xmp(turn)),
    "webp, after EXIF that does not say it": lambda turn: media.saved(
        "WEBP", lossless=True, exif=_exif(None), xmp=_xmp(turn)
    ),
    "avif": lambda turn: media.saved("AVIF", xmp=_xmp(turn)),
    "tiff": lambda turn: _tiff(_xmp(turn)),
    "tiff, big-endian": lambda turn: _tiff(_xmp(turn), byte_order=">"),
}


def _shown(data: bytes) -> tuple[tuple[int, int], bytes]:
    with Image.open(io.BytesIO(data)) as image:
        upright = ImageOps.exif_transpose(image)
        return upright.size, upright.tobytes()


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("name", CARRIERS)
def test_a_picture_that_only_xmp_turns_stays_turned(name: str, turn: int) -> None:
    original = CARRIERS[name](turn)
    copy = cleaned(original)
    assert _shown(original)[0] == ((16, 24) if turn > 4 else (24, 16))
    assert _shown(copy) == _shown(original)
    assert (scanned(copy).disclosures, cleaned(copy)) == ((), copy)


def test_heic_keeps_what_xmp_says_in_its_place() -> None:
    original = media.saved_as_heic(xmp=_xmp(6))
    copy = cleaned(original)
    assert (len(copy), b'tiff:Orientation="6"' in copy) == (len(original), True)
    assert scanned(copy).disclosures == ()


OUTWEIGHED: Mapping[str, bytes] = {
    "jpeg": _jpeg(_app1(_xmp(3)), media.segment(0xE1, b"Exif\0\0" + _exif(6))),
    "upright jpeg": _jpeg(_app1(_xmp(3)), media.segment(0xE1, b"Exif\0\0" + _exif(1))),
    "png": _png(_zipped(_xmp(3)), media.chunk(b"eXIf", _exif(6))),
    "webp": media.saved("WEBP", lossless=True, exif=_exif(6), xmp=_xmp(3)),
    "tiff": _tiff(_xmp(3), orientation=6),
}


@pytest.mark.parametrize("name", OUTWEIGHED)
def test_exif_outweighs_xmp(name: str) -> None:
    with Image.open(io.BytesIO(OUTWEIGHED[name])) as image:
        stated = image.getexif().get(274)
    with Image.open(io.BytesIO(cleaned(OUTWEIGHED[name]))) as image:
        assert image.getexif().get(274, 1) == stated == (1 if name == "upright jpeg" else 6)


TIFF = "xmlns:tiff='http://ns.adobe.com/tiff/1.0/'"
PACKETS = {
    f'<a {TIFF} tiff:Orientation="6"/>': 6,
    f"<a {TIFF} tiff:Orientation = '8' />": 8,
    f"<a {TIFF}><tiff:Orientation>3</tiff:Orientation></a>": 3,
    f"<a {TIFF}><tiff:Orientation> 3 </tiff:Orientation></a>": 3,
    '<a xmlns:t="http://ns.adobe.com/tiff/1.0/" t:Orientation="5"/>': 5,
    f'<a><tiff:Orientation {TIFF} rdf:datatype="b">7</tiff:Orientation></a>': 7,
    f'<a {TIFF} tiff:Orientation ="60" b="">6</a>': None,
    f'<a {TIFF} tiff:Orientation="9"/>': None,
    f'<a {TIFF} tiff:Orientation="60"/>': None,
    f'<a {TIFF} crs:Orientation="6"/>': None,
    '<a tiff:Orientation="6"/>': None,
    "": None,
}


@pytest.mark.parametrize("packet", PACKETS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xmp_says_how_a_picture_is_turned(packet: str, encoding: str) -> None:
    assert orientation_in_xmp(packet.encode(encoding)) == PACKETS[packet]


@pytest.mark.parametrize("turn", range(UPRIGHT, 9))
def test_what_is_written_is_read(turn: int) -> None:
    assert orientation_in_xmp(xmp_with(turn)) == turn

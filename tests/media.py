"""Small photos and videos with a position, made when a test asks for them."""

import io
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from PIL import Image, ImageCms

Value: TypeAlias = str | bytes | int | Sequence[tuple[int, int]] | Mapping[int, "Value"]
POSITION = "51.5007, -0.1246"
_POINTER_SIZE = 4
GPS: Mapping[int, Value] = {
    1: "N",
    2: [(51, 1), (30, 1), (252, 100)],
    3: "W",
    4: [(0, 1), (7, 1), (2856, 100)],
    5: b"\0",
    6: [(35, 1)],
}
NOTES: Mapping[int, Value] = {
    271: "Lens & Sons",
    272: "Model 5",
    305: "Darkroom 2.0",
    306: "2024:05:01 10:11:12",
    315: "Robin Doe",
    34665: {36867: "2024:05:01 10:11:12", 37500: b"maker's notes", 42033: "SN-12345"},
    34853: GPS,
}
XMP = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" exif:GPSLatitude="51,30.042N" exif:GPSLongitude="0,7.476W"
 photoshop:City="London"><dc:creator><rdf:Seq><rdf:li>Robin Doe</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
IPTC = b"".join(
    b"\x1c\x02" + bytes([number]) + len(text).to_bytes(2) + text
    for number, text in ((90, b"London"), (101, b"United Kingdom"), (80, b"Robin Doe"))
)
PHOTOSHOP = b"8BIM\x04\x04\0\0" + len(IPTC).to_bytes(4) + IPTC + b"\0" * (len(IPTC) % 2)
MORE = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
    b' xmlns:p="http://ns.adobe.com/photoshop/1.0/" p:Country="France"/></rdf:RDF>'
)
PROFILE: bytes = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def structure(order: str, main: Mapping[int, Value], following: Mapping[int, Value] | None = None) -> bytes:
    """A TIFF structure. `order` is < or >; a value that is a mapping is a directory of its own."""
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, 8)
    first = _directory(order, main, 8)
    if following is None:
        return head + first
    at = 8 + len(first)
    pointer = 2 + 12 * len(main)
    linked = first[:pointer] + struct.pack(f"{order}I", at) + first[pointer + _POINTER_SIZE :]
    return head + linked + _directory(order, following, at)


def _directory(order: str, values: Mapping[int, Value], at: int) -> bytes:
    entries, data = b"", b""
    behind = at + 2 + 12 * len(values) + _POINTER_SIZE
    for tag, value in sorted(values.items()):
        form, count, raw = _raw(order, value, behind + len(data))
        if isinstance(value, Mapping) or len(raw) > 4:
            field, data = struct.pack(f"{order}I", behind + len(data)), data + raw + b"\0" * (len(raw) % 2)
        else:
            field = raw.ljust(4, b"\0")
        entries += struct.pack(f"{order}HHI", tag, form, count) + field
    return struct.pack(f"{order}H", len(values)) + entries + bytes(4) + data


def _raw(order: str, value: Value, at: int) -> tuple[int, int, bytes]:
    if isinstance(value, str):
        return 2, len(value) + 1, value.encode() + b"\0"
    if isinstance(value, bytes):
        return 7, len(value), value
    if isinstance(value, int):
        return (
            (3, 1, struct.pack(f"{order}H", value))
            if value < 2**16
            else (4, 1, struct.pack(f"{order}I", value))
        )
    if isinstance(value, Mapping):
        return 4, 1, _directory(order, value, at)
    return 5, len(value), b"".join(struct.pack(f"{order}II", *pair) for pair in value)


def picture() -> Image.Image:
    """A picture that is not alike in any direction."""
    image = Image.new("RGB", (24, 16))
    image.putdata([(x * 10, y * 15, (x * y) % 256) for y in range(16) for x in range(24)])
    return image


def _saved(name: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture().save(file, name, **options)
    return file.getvalue()


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2) + data


def jpeg(turned: int = 6) -> bytes:
    plain = PLAIN["jpeg"]()
    notes = structure(">", {**NOTES, 274: turned}, {513: 0, 514: 0})
    more = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32 + len(MORE).to_bytes(4)
    half = len(MORE) // 2
    planted = (
        segment(0xE1, b"Exif\0\0" + notes)
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)
        + segment(0xE1, more + half.to_bytes(4) + MORE[half:])
        + segment(0xE1, more + bytes(4) + MORE[:half])
        + segment(0xED, b"Photoshop 3.0\0" + PHOTOSHOP[:20])
        + segment(0xED, b"Photoshop 3.0\0" + PHOTOSHOP[20:])
        + segment(0xFE, b"a comment")
    )
    return plain[:2] + planted + plain[2:]


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def raw_profile(kind: str, data: bytes) -> bytes:
    text = f"\n{kind}\n{len(data):8}\n{data.hex()}\n".encode()
    return chunk(b"zTXt", f"Raw profile type {kind}".encode() + b"\0\0" + zlib.compress(text))


def png(turned: int = 6) -> bytes:
    plain = PLAIN["png"]()
    planted = (
        chunk(b"eXIf", structure("<", {**NOTES, 274: turned}))
        + chunk(b"tEXt", b"Author\0Robin Doe")
        + chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP))
        + raw_profile("exif", b"Exif\0\0" + structure(">", {34853: GPS}))
        + raw_profile("xmp", XMP)
        + raw_profile("iptc", PHOTOSHOP)
        + chunk(b"tIME", b"\x07\xe8\x05\x01\x0a\x0b\x0c")
    )
    return plain[:33] + planted + plain[33:]


def webp(turned: int = 6) -> bytes:
    notes = structure("<", {**NOTES, 274: turned})
    return _saved("WEBP", lossless=True, icc_profile=PROFILE, exif=notes, xmp=XMP)


def avif(turned: int = 6) -> bytes:
    notes = structure(">", {**NOTES, 274: turned})
    return _saved("AVIF", icc_profile=PROFILE, exif=notes, xmp=XMP)


def heic() -> bytes:
    """The boxes of HEIC, around a picture that is none: its own decoder is not at hand."""
    return avif().replace(b"ftypavif", b"ftypheic", 1)


def tiff(turned: int = 6, order: str = "<") -> bytes:
    pixels = picture().tobytes()
    main: dict[int, Value] = {
        **NOTES,
        256: 24, 257: 16, 258: b"", 259: 1, 262: 2, 273: 2**16, 274: turned, 277: 3, 278: 16,
        279: len(pixels), 700: XMP, 33723: IPTC, 34377: PHOTOSHOP, 34675: PROFILE,
    }  # fmt: skip
    del main[258]  # Eight bits a color would be three numbers; one bit is what is read without it.
    head = structure(order, {**main, 258: b"\x08\0\x08\0\x08\0" if order == "<" else b"\0\x08\0\x08\0\x08"})
    # The type and the count of 258 are bytes here, and are to be three short numbers.
    wrong, right = (struct.pack(f"{order}HHI", 258, *numbers) for numbers in ((7, 6), (3, 3)))
    head = head.replace(wrong, right, 1)
    strip = struct.pack(f"{order}HHII", 273, 4, 1, 2**16)
    return head.replace(strip, struct.pack(f"{order}HHII", 273, 4, 1, len(head)), 1) + pixels


def box(kind: bytes, *contents: bytes) -> bytes:
    content = b"".join(contents)
    return (8 + len(content)).to_bytes(4) + kind + content


def track(handler: bytes, sample: bytes, *more: bytes) -> bytes:
    description = box(b"stsd", bytes(4), (1).to_bytes(4), box(sample, bytes(8), *more))
    media = box(
        b"mdia",
        box(b"mdhd", bytes(4), b"\xe2\x3a\x00\x00" * 2, bytes(12)),
        box(b"hdlr", bytes(8), handler, bytes(12), b"\0"),
        box(b"minf", box(b"stbl", description)),
    )
    return box(b"trak", box(b"tkhd", bytes(4), b"\xe2\x3a\x00\x00" * 2, bytes(72)), media)


def video(brand: bytes, *in_movie: bytes) -> bytes:
    header = box(b"mvhd", bytes(4), b"\xe2\x3a\x00\x00" * 2, bytes(88))
    moov = box(b"moov", header, track(b"vide", b"avc1", bytes(70)), *in_movie)
    return box(b"ftyp", brand, bytes(4), brand) + moov + box(b"mdat", b"compressed picture")


def mp4() -> bytes:
    place = box(b"loci", bytes(6), b"London\0", b"\0", *_fixed(-0.1246, 51.5007, 35), b"Earth\0", b"\0")
    position = box(b"\xa9xyz", (18).to_bytes(2), b"\x15\xc7", b"+51.5007-000.1246/")
    data = box(b"data", (1).to_bytes(4), bytes(4), b"Lavf58")
    handler = box(b"hdlr", bytes(8), b"mdir", bytes(13))
    listed = box(b"meta", bytes(4), handler, box(b"ilst", box(b"\xa9too", data)))
    packet = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), XMP)
    return video(b"isom", box(b"udta", position, place, listed)) + packet


def mov() -> bytes:
    names = (b"com.apple.quicktime.location.ISO6709", b"com.apple.quicktime.make")
    keys = box(b"keys", bytes(4), len(names).to_bytes(4), *(box(b"mdta", name) for name in names))
    values = (b"+51.5007-000.1246+035.000/", b"Lens & Sons")
    items = [
        box((number).to_bytes(4), box(b"data", (1).to_bytes(4), bytes(4), value))
        for number, value in enumerate(values, 1)
    ]
    return video(
        b"qt  ", box(b"meta", box(b"hdlr", bytes(8), b"mdta", bytes(13)), keys, box(b"ilst", *items))
    )


def _fixed(*numbers: float) -> list[bytes]:
    return [round(number * 2**16).to_bytes(4, signed=True) for number in numbers]


PLAIN: Mapping[str, Callable[[], bytes]] = {
    "jpeg": lambda: _saved("JPEG", icc_profile=PROFILE, progressive=True),
    "png": lambda: _saved("PNG", icc_profile=PROFILE),
    "webp": lambda: _saved("WEBP", lossless=True, icc_profile=PROFILE),
}
SAMPLES: Mapping[str, Callable[[], bytes]] = {
    "jpeg": jpeg,
    "png": png,
    "webp": webp,
    "avif": avif,
    "heic": heic,
    "tiff": tiff,
    "tiff-big-endian": lambda: tiff(order=">"),
    "mp4": mp4,
    "mov": mov,
}
PICTURES: Mapping[str, Callable[[int], bytes]] = {
    "jpeg": jpeg,
    "png": png,
    "webp": webp,
    "avif": avif,
    "tiff": tiff,
    "tiff-big-endian": lambda turned: tiff(turned, ">"),
}

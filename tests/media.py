"""Small photos and videos that disclose what a camera, an editor and a person wrote into them."""

import base64
import io
import struct
import wave
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

import pillow_heif
from PIL import Image, ImageCms

POSITION = "51.5007, -0.1246"
TEXTS = ("Robin Doe", "London", "SN-12345", "Lens & Sons")


@dataclass(frozen=True)
class Field:
    """A value of a TIFF directory that says itself of which type it is."""

    field_type: int
    count: int
    data: bytes


Value: TypeAlias = "str | bytes | int | Field | Sequence[tuple[int, int]] | Mapping[int, Value]"
Directory: TypeAlias = Mapping[int, Value]

GPS: Directory = {
    1: "N",
    2: [(51, 1), (30, 1), (252, 100)],
    3: "W",
    4: [(0, 1), (7, 1), (2856, 100)],
    5: b"\0",
    6: [(35, 1)],
}
EXIF: Directory = {
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
EXTENDED_XMP = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
    b' xmlns:p="http://ns.adobe.com/photoshop/1.0/" p:Country="France"/></rdf:RDF>'
)
IPTC = b"".join(
    b"\x1c\x02" + bytes([number]) + len(text).to_bytes(2) + text
    for number, text in ((90, b"London"), (101, b"United Kingdom"), (80, b"Robin Doe"))
)
PHOTOSHOP = b"8BIM\x04\x04\0\0" + len(IPTC).to_bytes(4) + IPTC + b"\0" * (len(IPTC) % 2)
COLOR_PROFILE: bytes = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP_ADDRESS = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED_XMP_ADDRESS = b"http://ns.adobe.com/xmp/extension/\0"


def tiff_structure(byte_order: str, main: Directory, following: Directory | None = None) -> bytes:
    """A TIFF structure. `byte_order` is < or >; a value that is a mapping is a directory of its own."""
    header = (b"II" if byte_order == "<" else b"MM") + struct.pack(f"{byte_order}HI", 42, 8)
    first = _directory(byte_order, main, 8)
    if following is None:
        return header + first
    offset = 8 + len(first)
    pointer = 2 + 12 * len(main)
    linked = first[:pointer] + struct.pack(f"{byte_order}I", offset) + first[pointer + 4 :]
    return header + linked + _directory(byte_order, following, offset)


def _directory(byte_order: str, values: Directory, offset: int) -> bytes:
    entries, data = b"", b""
    end = offset + 2 + 12 * len(values) + 4
    for tag, value in sorted(values.items()):
        field = _field(byte_order, value, end + len(data))
        entries += struct.pack(f"{byte_order}HHI", tag, field.field_type, field.count)
        if isinstance(value, Mapping) or len(field.data) > 4:
            entries += struct.pack(f"{byte_order}I", end + len(data))
            data += field.data + b"\0" * (len(field.data) % 2)
        else:
            entries += field.data.ljust(4, b"\0")
    return struct.pack(f"{byte_order}H", len(values)) + entries + bytes(4) + data


def _field(byte_order: str, value: Value, offset: int) -> Field:
    match value:
        case Field():
            return value
        case str():
            return Field(2, len(value) + 1, value.encode() + b"\0")
        case bytes():
            return Field(7, len(value), value)
        case int() if value < 2**16:
            return Field(3, 1, struct.pack(f"{byte_order}H", value))
        case int():
            return Field(4, 1, struct.pack(f"{byte_order}I", value))
        case Mapping():
            return Field(4, 1, _directory(byte_order, value, offset))
        case _:
            pairs = [struct.pack(f"{byte_order}II", *pair) for pair in value]
            return Field(5, len(value), b"".join(pairs))


def picture() -> Image.Image:
    """A picture without symmetry."""
    image = Image.new("RGB", (24, 16))
    image.putdata([(x * 10, y * 15, (x * y) % 256) for y in range(16) for x in range(24)])
    return image


def saved(name: str, **options: object) -> bytes:
    """The picture in a format that Pillow writes."""
    file = io.BytesIO()
    picture().save(file, name, **options)
    return file.getvalue()


def saved_as_heic(**options: object) -> bytes:
    """The picture as HEIC, which pillow-heif writes."""
    image = picture()
    image.info["icc_profile"] = COLOR_PROFILE
    file = io.BytesIO()
    pillow_heif.from_pillow(image).save(file, **options)
    return file.getvalue()


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2) + data


def jpeg_of(*segments: bytes) -> bytes:
    """A JPEG file without a picture."""
    return b"\xff\xd8" + b"".join(segments) + b"\xff\xd9"


def jpeg(orientation: int = 6) -> bytes:
    plain = PLAIN["jpeg"]()
    exif = tiff_structure(">", {**EXIF, 274: orientation}, {513: 0, 514: 0})
    extended = EXTENDED_XMP_ADDRESS + b"A" * 32 + len(EXTENDED_XMP).to_bytes(4)
    half = len(EXTENDED_XMP) // 2
    metadata = (
        segment(0xE1, b"Exif\0\0" + exif)
        + segment(0xE1, XMP_ADDRESS + XMP)
        + segment(0xE1, extended + half.to_bytes(4) + EXTENDED_XMP[half:])
        + segment(0xE1, extended + bytes(4) + EXTENDED_XMP[:half])
        + segment(0xED, b"Photoshop 3.0\0" + PHOTOSHOP[:20])
        + segment(0xED, b"Photoshop 3.0\0" + PHOTOSHOP[20:])
        + segment(0xFE, b"a comment")
    )
    return plain[:2] + metadata + plain[2:]


def chunk(chunk_type: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + chunk_type + data + zlib.crc32(chunk_type + data).to_bytes(4)


def raw_profile(name: str, data: bytes) -> bytes:
    text = f"\n{name}\n{len(data):8}\n{data.hex()}\n".encode()
    return chunk(b"zTXt", f"Raw profile type {name}".encode() + b"\0\0" + zlib.compress(text))


def png_of(*chunks: bytes) -> bytes:
    """A PNG file without a picture."""
    header = chunk(b"IHDR", bytes(13))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


def png(orientation: int = 6) -> bytes:
    plain = PLAIN["png"]()
    metadata = (
        chunk(b"eXIf", tiff_structure("<", {**EXIF, 274: orientation}))
        + chunk(b"tEXt", b"Author\0Robin Doe")
        + chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP))
        + raw_profile("exif", b"Exif\0\0" + tiff_structure(">", {34853: GPS}))
        + raw_profile("xmp", XMP)
        + raw_profile("iptc", PHOTOSHOP)
        + chunk(b"tIME", b"\x07\xe8\x05\x01\x0a\x0b\x0c")
    )
    return plain[:33] + metadata + plain[33:]


def webp(orientation: int = 6) -> bytes:
    exif = tiff_structure("<", {**EXIF, 274: orientation})
    return saved("WEBP", lossless=True, icc_profile=COLOR_PROFILE, exif=exif, xmp=XMP)


def avif(orientation: int = 6) -> bytes:
    exif = tiff_structure(">", {**EXIF, 274: orientation})
    return saved("AVIF", icc_profile=COLOR_PROFILE, exif=exif, xmp=XMP)


def heic(orientation: int = 6) -> bytes:
    return saved_as_heic(exif=tiff_structure(">", {**EXIF, 274: orientation}), xmp=XMP)


def heic_with_exif_at(extents: Sequence[tuple[int, int]], method: int = 0) -> bytes:
    """The boxes of a HEIC file whose metadata has the given extents, and 40 bytes of padding after them.

    `method` is 0 for extents in the file and 2 for those in another item.
    """
    description = box(b"infe", b"\2\0\0\0", (1).to_bytes(2), bytes(2), b"Exif\0")
    iinf = box(b"iinf", bytes(4), (1).to_bytes(2), description)
    numbers = b"".join(start.to_bytes(4) + length.to_bytes(4) for start, length in extents)
    location = (1).to_bytes(2) + method.to_bytes(2) + bytes(2) + len(extents).to_bytes(2) + numbers
    iloc = box(b"iloc", b"\1\0\0\0", b"\x44\0", (1).to_bytes(2), location)
    meta = box(b"meta", bytes(4), box(b"hdlr", bytes(24)), iinf, iloc)
    return box(b"ftyp", b"heic", bytes(4)) + meta + box(b"free", bytes(40))


def tiff(orientation: int = 6, byte_order: str = "<") -> bytes:
    pixels = picture().tobytes()
    bits = Field(3, 3, struct.pack(f"{byte_order}HHH", 8, 8, 8))
    main: Directory = {
        **EXIF,
        256: 24, 257: 16, 258: bits, 259: 1, 262: 2, 274: orientation, 277: 3, 278: 16, 279: len(pixels),
        700: XMP, 33723: IPTC, 34377: PHOTOSHOP, 34675: COLOR_PROFILE,
    }  # fmt: skip
    unplaced = tiff_structure(byte_order, {**main, 273: 2**16})
    strip = Field(4, 1, struct.pack(f"{byte_order}I", len(unplaced)))
    return tiff_structure(byte_order, {**main, 273: strip}) + pixels


def box(box_type: bytes, *contents: bytes) -> bytes:
    content = b"".join(contents)
    return (8 + len(content)).to_bytes(4) + box_type + content


def movie_of(*boxes: bytes) -> bytes:
    """An MP4 file without a track."""
    return box(b"ftyp", b"isom", bytes(4)) + box(b"moov", *boxes)


def track(handler: bytes, sample: bytes, *more: bytes, chunks: Sequence[int] = ()) -> bytes:
    description = box(b"stsd", bytes(4), (1).to_bytes(4), box(sample, bytes(8), *more))
    offsets = box(b"stco", bytes(4), len(chunks).to_bytes(4), *(chunk.to_bytes(4) for chunk in chunks))
    media = box(
        b"mdia",
        box(b"mdhd", bytes(4), b"\xe2\x3a\x00\x00" * 2, bytes(12)),
        box(b"hdlr", bytes(8), handler, bytes(12), b"\0"),
        box(b"minf", box(b"stbl", description, offsets)),
    )
    return box(b"trak", box(b"tkhd", bytes(4), b"\xe2\x3a\x00\x00" * 2, bytes(72)), media)


def video(brand: bytes, *in_movie: bytes) -> bytes:
    header = box(b"mvhd", bytes(4), b"\xe2\x3a\x00\x00" * 2, bytes(88))
    movie = box(b"moov", header, track(b"vide", b"avc1", bytes(70)), *in_movie)
    return box(b"ftyp", brand, bytes(4), brand) + movie + box(b"mdat", b"compressed picture")


def mp4() -> bytes:
    place = box(b"loci", bytes(6), b"London\0", b"\0", *_fixed_point(-0.1246, 51.5007, 35), b"Earth\0", b"\0")
    position = box(b"\xa9xyz", (18).to_bytes(2), b"\x15\xc7", b"+51.5007-000.1246/")
    value = box(b"data", (1).to_bytes(4), bytes(4), b"Lavf58")
    handler = box(b"hdlr", bytes(8), b"mdir", bytes(13))
    meta = box(b"meta", bytes(4), handler, box(b"ilst", box(b"\xa9too", value)))
    packet = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), XMP)
    return video(b"isom", box(b"udta", position, place, meta)) + packet


def mov() -> bytes:
    names = (b"com.apple.quicktime.location.ISO6709", b"com.apple.quicktime.make")
    keys = box(b"keys", bytes(4), len(names).to_bytes(4), *(box(b"mdta", name) for name in names))
    values = (b"+51.5007-000.1246+035.000/", b"Lens & Sons")
    items = [
        box(number.to_bytes(4), box(b"data", (1).to_bytes(4), bytes(4), value))
        for number, value in enumerate(values, 1)
    ]
    handler = box(b"hdlr", bytes(8), b"mdta", bytes(13))
    return video(b"qt  ", box(b"meta", handler, keys, box(b"ilst", *items)))


def _fixed_point(*numbers: float) -> list[bytes]:
    return [round(number * 2**16).to_bytes(4, signed=True) for number in numbers]


def gif_extension(name: bytes, data: bytes) -> bytes:
    """An application's extension whose data is split into parts."""
    parts = b"".join(
        bytes([len(data[at : at + 200])]) + data[at : at + 200] for at in range(0, len(data), 200)
    )
    return b"\x21\xff" + bytes([len(name)]) + name + parts + b"\0"


def gif() -> bytes:
    plain = PLAIN["gif"]()
    packet = b"\x21\xff\x0bXMP DataXMP" + XMP + b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    comment = b"\x21\xfe\x09a comment\0"
    end_of_colors = 13 + 3 * 2 ** ((plain[10] & 7) + 1)
    return plain[:end_of_colors] + packet + comment + plain[end_of_colors:]


def svg(photo: bytes | None = None) -> bytes:
    """A drawing with metadata, a comment, and a photo in it."""
    return SVG_PLAIN.replace(
        b"<image",
        b"<metadata>%s</metadata><!-- drawn by Robin Doe --><image" % XMP.split(b"?>")[1].split(b"<?")[0],
    ).replace(base64.b64encode(PLAIN["jpeg"]()), base64.b64encode(photo or jpeg(1)))


def element(number: int, *contents: bytes, length: int | None = None) -> bytes:
    """An element of Matroska; `length` is -1 if the element says that its length is unknown."""
    content = b"".join(contents)
    size = b"\1" + b"\xff" * 7 if length == -1 else (len(content) | 1 << 28).to_bytes(4)
    return number.to_bytes((number.bit_length() + 7) // 8) + size + content


def webm(*parts: bytes, length: int | None = None) -> bytes:
    """A film with one cluster, and the parts before it."""
    track = element(0xAE, element(0x83, b"\1"), element(0x86, b"V_VP9"))
    cluster = element(0x1F43B675, element(0xE7, b"\0"), element(0xA3, b"compressed picture"), length=length)
    content = (element(0x1654AE6B, track), *parts, cluster)
    header = element(0x1A45DFA3, element(0x4282, b"webm"))
    return header + element(0x18538067, *content, length=length)


def matroska_tag(name: bytes, value: bytes) -> bytes:
    simple = element(0x67C8, element(0x45A3, name), element(0x4487, value))
    return element(0x1254C367, element(0x7373, element(0x63C0), simple))


def webm_with_notes() -> bytes:
    info = element(
        0x1549A966,
        element(0xBF, bytes(4)),
        element(0x4D80, b"Darkroom 2.0"),
        element(0x4461, bytes(7) + b"\1"),
        element(0x7BA9, b"Robin Doe in London"),
    )
    attached = element(0x1941A469, element(0x61A7, element(0x466E, b"party.jpg"), element(0x465C, jpeg())))
    return webm(info, matroska_tag(b"LOCATION", b"+51.5007-000.1246/"), attached)


def riff_chunk(chunk_type: bytes, data: bytes) -> bytes:
    return chunk_type + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)


def wav(*chunks: bytes) -> bytes:
    """A sound that Python writes, with chunks after it."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 8000, 8, "NONE", ""))
        sound.writeframes(bytes(range(16)))
    content = file.getvalue()[8:] + b"".join(chunks)
    return b"RIFF" + len(content).to_bytes(4, "little") + content


def wav_with_notes() -> bytes:
    info = b"INFO" + riff_chunk(b"IART", b"Robin Doe\0") + riff_chunk(b"IARL", b"London\0")
    broadcast = b"Taken at 51.50070, -0.12460".ljust(256, b"\0") + b"Robin Doe".ljust(346, b"\0")
    project = b"<BWFXML><LOCATION><LOCATION_NAME>London</LOCATION_NAME></LOCATION></BWFXML>"
    return wav(
        riff_chunk(b"LIST", info),
        riff_chunk(b"bext", broadcast),
        riff_chunk(b"iXML", project),
        riff_chunk(b"_PMX", XMP),
        riff_chunk(b"id3 ", id3()),
    )


def id3(*frames: bytes, version: int = 4) -> bytes:
    content = b"".join(frames) or (
        id3_frame(b"TPE1", b"\3Robin Doe")
        + id3_frame(b"TXXX", b"\3location\0London")
        + id3_frame(b"COMM", b"\1eng" + "\ufeff\0\ufefftaken at 51.5007, -0.1246".encode("utf-16-le"))
        + id3_frame(b"PRIV", b"XMP\0" + XMP)
        + id3_frame(b"APIC", b"\0image/jpeg\0\3\0" + jpeg())
    )
    return b"ID3" + bytes([version, 0, 0]) + _syncsafe(len(content)) + content


def id3_frame(name: bytes, content: bytes) -> bytes:
    return name + _syncsafe(len(content)) + bytes(2) + content


def _syncsafe(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


MP3_PLAIN = b"\xff\xfb\x90\x64" + bytes(64)
ID3V1 = b"TAG" + b"A song".ljust(30, b"\0") + b"Robin Doe".ljust(95, b"\0")


def vorbis_comments(*lines: bytes) -> bytes:
    lines = lines or (b"ARTIST=Robin Doe", b"LOCATION=London", b"GEO_LOCATION=" + POSITION.encode())
    texts = [b"Darkroom 2.0", *lines]
    sized = [len(text).to_bytes(4, "little") + text for text in texts]
    return sized[0] + len(lines).to_bytes(4, "little") + b"".join(sized[1:])


def flac(*blocks: tuple[int, bytes]) -> bytes:
    """Blocks of FLAC, the last of which is padding, and what stands for sound."""
    listed = [(0, bytes(34)), *blocks]
    sized = [bytes([kind]) + len(data).to_bytes(3) + data for kind, data in listed]
    return b"fLaC" + b"".join(sized) + b"\x81\0\0\4" + bytes(4) + b"\xff\xf8compressed sound"


def flac_with_notes() -> bytes:
    return flac((4, vorbis_comments()), (6, bytes(32) + jpeg()), (2, b"Robin Doe"))


def ogg(*packets: bytes, serial: int = 1) -> bytes:
    """A page for each packet, without its checksum."""
    return b"".join(_ogg_page(number, packet, serial) for number, packet in enumerate(packets))


def _ogg_page(number: int, packet: bytes, serial: int) -> bytes:
    lengths = b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255])
    flags = 2 if number == 0 else 0
    header = b"OggS\0" + bytes([flags]) + bytes(8) + serial.to_bytes(4, "little")
    return header + number.to_bytes(4, "little") + bytes(4) + bytes([len(lengths)]) + lengths + packet


PLAIN: Mapping[str, Callable[[], bytes]] = {
    "jpeg": lambda: saved("JPEG", icc_profile=COLOR_PROFILE, progressive=True),
    "png": lambda: saved("PNG", icc_profile=COLOR_PROFILE),
    "webp": lambda: saved("WEBP", lossless=True, icc_profile=COLOR_PROFILE),
    "gif": lambda: saved("GIF", save_all=True, append_images=[Image.new("RGB", (24, 16))], loop=0),
}
SVG_PLAIN = (
    b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 16">'
    b'<title>A photo</title><image href="data:image/jpeg;base64,%s"/></svg>'
    % base64.b64encode(PLAIN["jpeg"]())
)
PICTURES: Mapping[str, Callable[[int], bytes]] = {
    "jpeg": jpeg,
    "png": png,
    "webp": webp,
    "avif": avif,
    "heic": heic,
    "tiff": tiff,
    "tiff-big-endian": lambda orientation: tiff(orientation, ">"),
}
SAMPLES: Mapping[str, bytes] = {
    **{name: make(6) for name, make in PICTURES.items()},
    "mp4": mp4(),
    "mov": mov(),
    "gif": gif(),
    "svg": svg(),
    "webm": webm_with_notes(),
    "wav": wav_with_notes(),
    "mp3": id3() + MP3_PLAIN + ID3V1,
    "flac": flac_with_notes(),
}
_GPS_ONLY = tiff_structure("<", {34853: GPS})
_JPEG_EXIF = segment(0xE1, b"Exif\0\0" + _GPS_ONLY)
_JPEG_IPTC = segment(0xED, b"Photoshop 3.0\0" + PHOTOSHOP)
_NMEA = b"$GPRMC,101112,A,5130.042,N,00007.476,W,000.0,000.0,010524,,,A"
_GPS5 = b"GPS5l\x14\0\1" + struct.pack(">5i", 515007000, -1246000, 35000, 0, 0)
GOPRO = b"DEVC\0\1" + (12 + len(_GPS5)).to_bytes(2) + b"GPSFL\4\0\1\0\0\0\3" + _GPS5
_NOVATEK = b"GPS " + bytes(24) + b"ANW\0" + struct.pack("<ff", 5130.042, 7.476) + bytes(12)
_RECORDED = struct.pack(">I4s2s2s4xdd", 1, bytes(4), b"N\0", b"W\0", 51.5007, 0.1246)
_FLIR = (
    (b"FFF\0" + bytes(0x14) + struct.pack(">II", 64, 1)).ljust(64, b"\0")
    + (struct.pack(">H", 0x2B) + bytes(10) + struct.pack(">II", 96, len(_RECORDED))).ljust(32, b"\0")
    + _RECORDED
)
_AFCP = b"AXS!\1\0\0\1\0\0\0\0IPTC" + len(IPTC).to_bytes(4) + bytes(4) + IPTC + b"AXS!" + bytes(8)
_INSTA360 = (
    b"records".ljust(38, b"\0") + (78).to_bytes(4, "little") + bytes(4) + b"8db42d694ccc418790edff439fe026bf"
)
_STATEMENT = b'{"exif:GPSLatitude": "51,30.042N", "exif:GPSLongitude": "0,7.476W"}'


def _ape(name: bytes, value: bytes) -> bytes:
    item = len(value).to_bytes(4, "little") + bytes(4) + name + b"\0" + value
    return (
        item + b"APETAGEX" + (2000).to_bytes(4, "little") + (len(item) + 32).to_bytes(4, "little") + bytes(16)
    )


def ico(icon: bytes) -> bytes:
    """An icon file with one icon."""
    entry = bytes(8) + len(icon).to_bytes(4, "little") + (22).to_bytes(4, "little")
    return b"\0\0\1\0\1\0" + entry + icon


def _resource(number: int, data: bytes) -> bytes:
    return b"8BIM" + number.to_bytes(2) + bytes(2) + len(data).to_bytes(4) + data + b"\0" * (len(data) % 2)


def jumbf(statement_type: bytes, statement: bytes) -> bytes:
    """Content credentials that consist of one statement."""
    return box(b"jumb", box(b"jumd", b"c2pa", bytes(12), b"\3c2pa\0"), box(statement_type, statement))


_JPEG = jpeg_of(_JPEG_EXIF)
_ENCODED = base64.b64encode(_JPEG)
# One file for each place in which a location can be.
CARRIERS: Mapping[str, bytes] = {
    "jpeg-exif": jpeg_of(_JPEG_EXIF),
    "jpeg-xmp": jpeg_of(segment(0xE1, XMP_ADDRESS + XMP)),
    "jpeg-extended-xmp": jpeg_of(segment(0xE1, EXTENDED_XMP_ADDRESS + bytes(40) + EXTENDED_XMP)),
    "jpeg-iptc": jpeg_of(_JPEG_IPTC),
    "jpeg-after-the-scans": PLAIN["jpeg"]()[:-2] + jpeg_of(_JPEG_IPTC)[2:],
    "jpeg-second-picture": jpeg_of() + jpeg_of(_JPEG_EXIF),
    "jpeg-motion": jpeg_of() + b"MotionPhoto_Data" + mp4(),
    "jpeg-xmp-about": jpeg_of(
        segment(0xE1, XMP_ADDRESS + XMP.replace(b'about=""', b'about="geo:51.5,-0.1"'))
    ),
    "jpeg-xmp-comment": jpeg_of(segment(0xE1, XMP_ADDRESS + b"<a><!-- seen at 51.50070, -0.12460 --></a>")),
    "jpeg-xmp-instruction": jpeg_of(segment(0xE1, XMP_ADDRESS + b"<?seen at 51.50070, -0.12460?><a/>")),
    "jpeg-fotostation": jpeg_of() + IPTC + bytes(6) + len(IPTC).to_bytes(4) + b"\xa1\xb2\xc3\xd4",
    "jpeg-survey": jpeg_of(segment(0xE5, b"RMETA\0II\1\0")),
    "jpeg-lines": jpeg_of(segment(0xDC, b"\0\x10" + _NMEA)),
    "jpeg-gps-segment": jpeg_of(segment(0xE4, b"MyGPS\0\1\2\3\4")),
    "png-exif": png_of(chunk(b"eXIf", _GPS_ONLY)),
    "png-text": png_of(chunk(b"tEXt", b"exif:GPSLatitude\0 51/1, 30/1, 2/1")),
    "png-xmp": png_of(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)),
    "png-raw-exif": png_of(raw_profile("exif", b"Exif\0\0" + _GPS_ONLY)),
    "png-raw-app1": png_of(raw_profile("APP1", XMP_ADDRESS + XMP)),
    "png-raw-xmp": png_of(raw_profile("xmp", XMP)),
    "png-raw-iptc": png_of(raw_profile("iptc", PHOTOSHOP)),
    "png-long-text": png_of(chunk(b"tEXt", b"xmp\0" + b" " * 9_000 + XMP)),
    "png-trailer": png_of() + jpeg_of(_JPEG_EXIF),
    "png-trailer-after-a-false-signature": png_of() + b"\xff\xd8\xff\xe1\0\4ab" + jpeg_of(_JPEG_EXIF),
    "png-text-without-a-keyword": png_of(chunk(b"tEXt", b"taken at 51.50070, -0.12460")),
    "jpeg-resources-of-others": jpeg_of(
        segment(0xED, b"Photoshop 3.0\0MeSa" + _resource(0x0FA0, b"a")[4:] + PHOTOSHOP)
    ),
    "jpeg-after-the-resources": jpeg_of(segment(0xED, b"Photoshop 3.0\0" + _NMEA)),
    "jpeg-after-iptc": jpeg_of(segment(0xED, b"Photoshop 3.0\0" + _resource(0x0404, b"\0\0" + _NMEA))),
    "tiff-trailer": saved("TIFF") + _JPEG,
    "tiff-xmp": tiff_structure(">", {700: XMP}),
    "tiff-iptc": tiff_structure(">", {33723: IPTC}),
    "tiff-photoshop": tiff_structure("<", {34377: PHOTOSHOP}),
    "tiff-map-properties": tiff_structure("<", {42112: b'<a><Item name="LOCATION">London</Item></a>'}),
    "tiff-map": tiff_structure("<", {33922: bytes(48)}),
    "tiff-second-page": tiff_structure("<", {256: 1}, {34853: {1: "N", 2: [(1, 1)]}}),
    "mp4-xyz": movie_of(box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+51.5007-000.1246/"))),
    "mp4-track": movie_of(box(b"trak", box(b"udta", box(b"loci", bytes(8), b"\0\1" * 6, b"Earth\0\0")))),
    "mp4-gopro": movie_of(track(b"meta", b"gpmd")),
    "mp4-iphone": movie_of(track(b"meta", b"mebx", b"com.apple.quicktime.location.ISO6709")),
    "jpeg-gopro": jpeg_of(segment(0xE6, b"GoPro\0" + GOPRO)),
    "jpeg-flir": jpeg_of(
        segment(0xE1, b"FLIR\0\1\0\1" + _FLIR[:70]), segment(0xE1, b"FLIR\0\1\1\1" + _FLIR[70:])
    ),
    "jpeg-afcp": jpeg_of() + _AFCP,
    "jpeg-insta360": jpeg_of() + _INSTA360,
    "jpeg-samsung": jpeg_of() + b"\0\0\xa1\x0a\x08\0\0\0MCC_Data262SEFT",
    "jpeg-credentials": jpeg_of(segment(0xEB, b"JP\0\1\0\0\0\1" + jumbf(b"json", _STATEMENT))),
    "jpeg-credentials-compressed": jpeg_of(segment(0xEB, b"JP\0\1\0\0\0\1" + jumbf(b"brob", b"json\x1b"))),
    "jpeg-xmp-in-an-unknown-segment": jpeg_of(segment(0xE4, b"Maker\0" + XMP)),
    "jpeg-exif-in-an-unknown-segment": jpeg_of(segment(0xE3, b"Meta\0\0" + _GPS_ONLY)),
    "jpeg-iptc-unknown": jpeg_of(
        segment(
            0xED, b"Photoshop 3.0\0" + _resource(0x0404, b"\x1c\x02\xe6" + len(_NMEA).to_bytes(2) + _NMEA)
        )
    ),
    "jpeg-photoshop-unknown": jpeg_of(segment(0xED, b"Photoshop 3.0\0" + _resource(0x0FA0, _NMEA))),
    "jpeg-long-comment": jpeg_of(segment(0xFE, b"words " * 9_000 + b"taken at 51.50070, -0.12460")),
    "jpeg-comment": jpeg_of(segment(0xFE, b"taken at 51.50070, -0.12460")),
    "jpeg-trailing-text": jpeg_of() + b'{"location": {"lat": 51.5007, "lng": -0.1246}}',
    "jpeg-maker-note": jpeg_of(segment(0xE1, b"Exif\0\0" + tiff_structure("<", {37500: b"Q\0" + _NMEA}))),
    "jpeg-unknown-tag": jpeg_of(segment(0xE1, b"Exif\0\0" + tiff_structure("<", {65000: _NMEA}))),
    "png-unknown-chunk": png_of(chunk(b"gpSx", _NMEA)),
    "png-credentials": png_of(chunk(b"caBX", jumbf(b"cbor", _STATEMENT))),
    "webp-unknown-chunk": saved("WEBP")[:4]
    + (len(saved("WEBP")) + 72 - 8).to_bytes(4, "little")
    + saved("WEBP")[8:]
    + b"GPSX"
    + (64).to_bytes(4, "little")
    + _NMEA.ljust(64, b"\0"),
    "mp4-gopro-user-data": movie_of(box(b"udta", box(b"GPMF", GOPRO))),
    "mp4-novatek": movie_of(box(b"gps ", bytes(8), (500).to_bytes(4), (64).to_bytes(4))),
    "mp4-novatek-padding": box(b"ftyp", b"avc1", bytes(4)) + box(b"free", _NOVATEK) + box(b"moov"),
    "mp4-novatek-pictures": movie_of() + box(b"mdat", bytes(64), b"free", _NOVATEK),
    "mp4-blackvue": movie_of() + box(b"free", box(b"gps ", b"[1714558272000]" + _NMEA)),
    "mp4-discarded-index": movie_of()
    + box(b"skip", box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+51.5007-000.1246/"))),
    "mp4-discarded-user-data": movie_of(box(b"free", box(b"\xa9xyz", b"\0\x12\x15\xc7+51.5007-000.1246/"))),
    "mp4-discarded-text": movie_of(box(b"udta", box(b"skip", _NMEA))),
    "mp4-discarded-item": movie_of(
        box(b"meta", bytes(4), box(b"free", b"\xa9xyz\0\x12\x15\xc7+51.5007-000.1246/"))
    ),
    "mp4-unknown-metadata": movie_of(box(b"meta", bytes(4), box(b"nmea", _NMEA))),
    "mp4-cover": movie_of(
        box(
            b"udta",
            box(b"meta", bytes(4), box(b"ilst", box(b"covr", box(b"data", b"\0\0\0\x0d", bytes(4), _JPEG)))),
        )
    ),
    "mp4-thumbnail": movie_of(box(b"udta", box(b"thmb", _JPEG))),
    "mp4-own-item": movie_of(
        box(b"udta", box(b"meta", bytes(4), box(b"ilst", box(b"\xa9gps", box(b"data", bytes(12))))))
    ),
    "mp4-unknown-box": movie_of(box(b"udta", box(b"nmea", _NMEA))),
    "mp4-credentials": movie_of()
    + box(b"uuid", bytes.fromhex("d8fec3d61b0e483c92975828877ec481"), bytes(24), jumbf(b"json", _STATEMENT)),
    "mp4-unknown-key": movie_of(
        box(
            b"meta",
            box(b"hdlr", bytes(8), b"mdta", bytes(13)),
            box(b"keys", bytes(4), (1).to_bytes(4), box(b"mdta", b"org.example.note")),
            box(b"ilst", box((1).to_bytes(4), box(b"data", bytes(8), b"near 51.50070, -0.12460"))),
        )
    ),
    "mp4-garmin": movie_of(box(b"udta", box(b"uuid", bytes(range(16)), b"PNDM", bytes(20)))),
    "mp4-sensors": movie_of(box(b"uuid", bytes.fromhex("9b630f8d637440ec8204bc5ff5091728"), bytes(40))),
    "mp4-discarded-place": movie_of(box(b"skip", box(b"loci", bytes(4), bytes(20)))),
    "mp4-gps-box": movie_of(box(b"gps0", bytes(64))),
    "mp4-named-properties": movie_of(
        box(
            b"meta",
            bytes(4),
            box(b"hdlr", bytes(8), b"nrtm", bytes(13)),
            box(
                b"xml ",
                bytes(4),
                b'<a><Item name="Latitude" value="51:30:02"/><Item name="x" value="y"/></a>',
            ),
        )
    ),
    "mp4-own-name": movie_of(
        box(
            b"udta",
            box(
                b"meta",
                bytes(4),
                box(b"hdlr", bytes(8), b"mdir", bytes(13)),
                box(
                    b"ilst", box(b"----", box(b"name", bytes(4), b"place"), box(b"data", bytes(8), b"London"))
                ),
            ),
        )
    ),
    "mp4-insta360": movie_of() + _INSTA360,
    "mp4-canon": movie_of(track(b"meta", b"CTMD")),
    "mp4-gopro-track": box(b"mdat", GOPRO) + box(b"moov", track(b"meta", b"gpmd", chunks=[8])),
    "mp4-late-subtitles": box(b"ftyp", b"isom", bytes(4))
    + box(b"mdat", bytes(2**21), b"\0\x1cGPS(-0.1246,51.5007,19)", bytes(2**17))
    + box(b"moov", track(b"text", b"text", chunks=[24, 2**21 + 24])),
    "mp4-unknown-track": movie_of(track(b"gpsd", b"nmea")),
    "mov-motion-jpeg": box(b"free", bytes(8)) + box(b"moov") + box(b"mdat", jpeg_of(_JPEG_EXIF)),
    "heic-padding": box(b"ftyp", b"heic", bytes(4)) + box(b"moov") + box(b"free", _NMEA),
    "gif-xmp": gif(),
    "gif-comment": b"GIF89a" + bytes(7) + b"\x21\xfe\x1btaken at 51.50071, -0.12461\0;",
    "gif-application": b"GIF89a" + bytes(7) + gif_extension(b"MAKER   1.0", _NMEA) + b";",
    "gif-credentials": b"GIF89a"
    + bytes(7)
    + gif_extension(b"C2PA_GIF\1\0\0", jumbf(b"cbor", _STATEMENT))
    + b";",
    "gif-photoshop": b"GIF89a" + bytes(7) + gif_extension(b"MGK8BIM0000", PHOTOSHOP) + b";",
    "gif-iptc": b"GIF89a" + bytes(7) + gif_extension(b"MGKIPTC0000", IPTC) + b";",
    "gif-without-an-end": saved("GIF")[:-1] + b"\1\2" + jpeg_of(_JPEG_EXIF),
    "gif-trailer": b"GIF89a" + bytes(7) + b";" + jpeg_of(_JPEG_EXIF),
    "svg-metadata": SVG_PLAIN.replace(b"<image", b"<metadata>" + EXTENDED_XMP + b"</metadata><image"),
    "svg-metadata-text": SVG_PLAIN.replace(b"<image", b'<metadata>{"lat": 51.5007}</metadata><image'),
    "svg-metadata-as-text": SVG_PLAIN.replace(
        b"<image", b"<metadata><![CDATA[" + EXTENDED_XMP + b"]]></metadata><image"
    ),
    "svg-credentials": SVG_PLAIN.replace(
        b"<image",
        b'<metadata><c2pa:manifest xmlns:c2pa="http://c2pa.org/manifest">%s</c2pa:manifest></metadata><image'
        % base64.b64encode(jumbf(b"json", _STATEMENT)),
    ),
    "svg-instruction": SVG_PLAIN.replace(b"<image", b"<?seen at 51.50070, -0.12460?><image"),
    "svg-description": SVG_PLAIN.replace(b"<image", b"<desc>Seen at 51.50070, -0.12460</desc><image"),
    "svg-photo": svg(jpeg_of(_JPEG_EXIF)),
    "svg-photo-in-capitals": svg(_JPEG).replace(b"data:image/jpeg;base64", b"DATA:IMAGE/JPEG; BASE64"),
    "svg-photo-in-a-photo": svg(jpeg_of() + jpeg_of(_JPEG_EXIF)),
    "svg-photo-in-lines": svg(_JPEG).replace(_ENCODED[:60], _ENCODED[:60] + b"&#10;\n "),
    "svg-photo-in-a-style": SVG_PLAIN.replace(
        b"<image",
        b"<style>a{fill:url('data:image/png;base64,%s')}</style><image"
        % base64.b64encode(png_of(chunk(b"eXIf", _GPS_ONLY))),
    ),
    "svg-photo-in-a-drawing": SVG_PLAIN.replace(
        base64.b64encode(PLAIN["jpeg"]()), base64.b64encode(svg(_JPEG))
    ).replace(b"image/jpeg", b"image/svg+xml"),
    "svg-percent": SVG_PLAIN.replace(
        b"<image", b'<image href="data:image/svg+xml,%s"/><image' % quote(svg(_JPEG)).encode()
    ),
    "svg-attribute": SVG_PLAIN.replace(b"<image", b'<image data-latitude="51.5007"'),
    "svg-vocabulary": SVG_PLAIN.replace(b"<image", b'<image xmlns:g="http://example.com/g" g:place="London"'),
    "webm-tag": webm(matroska_tag(b"RECORDING_LOCATION", b"London")),
    "webm-live": webm(
        matroska_tag(b"com.apple.quicktime.location.ISO6709", b"+51.5007-000.1246/"), length=-1
    ),
    "webm-attachment": webm(element(0x1941A469, element(0x61A7, element(0x465C, _JPEG)))),
    "webm-void": webm(element(0xEC, _JPEG)),
    "webm-measurements": webm(
        element(0x1654AE6B, element(0xAE, element(0x83, b"\x21"), element(0x86, b"D_META")))
    ),
    "webm-subtitles": webm(element(0x1F43B675, element(0xA3, b"GPS (51.5007,-0.1246,35), D 24.53m"))),
    "webm-unknown-element": webm(element(0x1A2B3C4D, _NMEA)),
    "wav-info": wav(riff_chunk(b"LIST", b"INFO" + riff_chunk(b"ILOC", b"London\0"))),
    "wav-umid": wav(riff_chunk(b"bext", bytes(348 + 40) + b"\1" * 12 + bytes(202))),
    "wav-padding": wav(riff_chunk(b"JUNK", _NMEA)),
    "wav-note-of-a-cue": wav(
        riff_chunk(b"LIST", b"adtl" + riff_chunk(b"note", b"\1\0\0\0taken at 51.50070, -0.12460\0"))
    ),
    "wav-trailer": wav() + _JPEG,
    "mp3-old": id3(b"TXX\0\0\x10\0location\0London", version=2) + MP3_PLAIN,
    "mp3-object": id3(id3_frame(b"GEOB", b'\0application/gpx\0\0\0<wpt lat="51.5" lon="-0.1"/>')) + MP3_PLAIN,
    "mp3-ape": MP3_PLAIN + _ape(b"Record Location", b"London"),
    "mp3-cover": id3(id3_frame(b"APIC", b"\0image/jpeg\0\3\0" + _JPEG)) + MP3_PLAIN,
    "mp3-trailer": MP3_PLAIN + _JPEG + ID3V1,
    "aac-tag": id3(id3_frame(b"TXXX", b"\0place\0London")) + b"\xff\xf1\x50\x80" + bytes(32),
    "flac-cover": flac((6, bytes(32) + _JPEG)),
    "flac-after-id3": id3(id3_frame(b"TIT2", b"\0a song")) + flac((4, vorbis_comments())),
    "flac-trailer": flac((1, bytes(8))) + _NMEA,
    "flac-padding": flac((1, _NMEA)),
    "ogg-vorbis": ogg(b"\x01vorbis" + bytes(23), b"\x03vorbis" + vorbis_comments() + b"\1", b"\x05vorbis"),
    "ogg-opus": ogg(b"OpusHead" + bytes(11), b"OpusTags" + vorbis_comments(), bytes(8)),
    "ogg-theora": ogg(b"\x80theora" + bytes(35), b"\x81theora" + vorbis_comments(), b"\x82theora"),
    "ogg-flac": ogg(b"\x7fFLAC\1\0", b"\4\0\0\x40" + vorbis_comments(), bytes(8)),
    "ogg-speex": ogg(b"Speex   1.2", vorbis_comments(b"LOCATION=London"), bytes(8)),
    "ogg-second-stream": ogg(b"OpusHead" + bytes(11), b"OpusTags" + vorbis_comments(b"TITLE=a"), bytes(8))
    + ogg(b"OpusHead" + bytes(11), b"OpusTags" + vorbis_comments(), bytes(8), serial=2),
    "ogg-cover": ogg(
        b"OpusHead" + bytes(11),
        b"OpusTags" + vorbis_comments(b"METADATA_BLOCK_PICTURE=" + base64.b64encode(bytes(32) + _JPEG)),
        bytes(8),
    ),
    "ico-png": ico(png_of(chunk(b"eXIf", _GPS_ONLY))),
    "ico-trailer": ico(png_of()) + _JPEG,
    "subtitles-drone": b"1\r\n00:00:00,000 --> 00:00:01,000\r\n[latitude: 51.5007] [longitude: -0.1246]\r\n",
    "subtitles-old-drone": b"1\n00:00:01,000 --> 00:00:02,000\nGPS(-0.1246,51.5007,19) BAROMETER:1.8\n",
    "subtitles-late": b"1\n00:00:01,000 --> 00:00:02,000\n"
    + b"GPS(0.0000,0.0000,0)\n" * 70_000
    + b"GPS(-0.1246,51.5007,19)\n"
    + b"GPS(0.0000,0.0000,0)\n" * 70_000,
    "subtitles-web": b'WEBVTT\n\nNOTE\n{"lat": 51.5007, "lng": -0.1246}\n',
    "heic-motion": box(b"ftyp", b"heic", bytes(4)) + box(b"mpvd", mp4()),
}

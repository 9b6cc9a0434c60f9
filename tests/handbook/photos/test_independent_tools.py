"""Pillow, pillow-heif and Exiv2 share no code with ours: we read what they write; they read what we clean."""

import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import pillow_heif
import pyexiv2
import pytest
from PIL import ExifTags, Image, ImageSequence, PngImagePlugin, TiffImagePlugin, TiffTags

from handbook.photos.disclosures import Category, Disclosure
from tests import media
from tests.handbook.photos.in_memory import cleaned, scanned

POSITION = Disclosure(Category.POSITION, media.POSITION)
PLACE = Disclosure(Category.PLACE, "London")
OWNER = Disclosure(Category.OWNER, "Robin Doe")
LOCATIONS = {"exif": {POSITION}, "iptc": {PLACE}, "xmp": {POSITION, PLACE}}
EXIV2_FIELDS: Mapping[str, Mapping[str, object]] = {
    "exif": {
        "Exif.Image.Artist": "Robin Doe",
        "Exif.Image.Orientation": "6",
        "Exif.GPSInfo.GPSLatitude": "51/1 30/1 252/100",
        "Exif.GPSInfo.GPSLatitudeRef": "N",
        "Exif.GPSInfo.GPSLongitude": "0/1 7/1 2856/100",
        "Exif.GPSInfo.GPSLongitudeRef": "W",
    },
    "iptc": {"Iptc.Application2.City": "London", "Iptc.Application2.Byline": ["Robin Doe"]},
    "xmp": {
        "Xmp.exif.GPSLatitude": "51,30.042N",
        "Xmp.exif.GPSLongitude": "0,7.476W",
        "Xmp.photoshop.City": "London",
        "Xmp.dc.creator": ["Robin Doe"],
    },
}
PILLOW_GPS: Mapping[int, object] = {
    ExifTags.GPS.GPSLatitudeRef: "N",
    ExifTags.GPS.GPSLatitude: (51.0, 30.0, 2.52),
    ExifTags.GPS.GPSLongitudeRef: "W",
    ExifTags.GPS.GPSLongitude: (0.0, 7.0, 28.56),
}
PLANTED = ("Robin Doe", "London", "51,30.042N")
# What belongs to the picture, in the names of Exiv2 and in the numbers of TIFF.
PICTURE_FIELDS = (
    *("NewSubfileType", "ImageWidth", "ImageLength", "BitsPerSample", "Compression", "StripOffsets"),
    *("PhotometricInterpretation", "FillOrder", "Orientation", "SamplesPerPixel", "RowsPerStrip"),
    *("StripByteCounts", "PlanarConfiguration", "Predictor", "ColorMap", "JPEGTables", "InterColorProfile"),
)
PICTURE_TAGS = (*range(254, 260), 262, 266, 273, 274, 277, 278, 279, 284, 317, 320, 347, 34675)


def _saved(name: str, mode: str = "RGB", **options: object) -> bytes:
    file = io.BytesIO()
    media.picture().convert(mode).save(file, name, **options)
    return file.getvalue()


def _with_exiv2(original: bytes, *standards: str) -> bytes:
    with pyexiv2.ImageData(original) as image:
        for standard in standards:
            getattr(image, f"modify_{standard}")(EXIV2_FIELDS[standard])
        data: bytes = image.get_bytes()
        return data


def _exif(orientation: int = 6) -> Image.Exif:
    exif = Image.Exif()
    exif.update({ExifTags.Base.Artist: "Robin Doe", ExifTags.Base.Orientation: orientation})
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(PILLOW_GPS)
    return exif


def _tiff_exif() -> TiffImagePlugin.ImageFileDirectory_v2:
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    directory.tagtype[ExifTags.IFD.GPSInfo] = TiffTags.LONG
    directory.update({ExifTags.Base.Artist: "Robin Doe", ExifTags.IFD.GPSInfo: PILLOW_GPS})
    return directory


def _png_text(keyword: str, text: str) -> PngImagePlugin.PngInfo:
    chunk = PngImagePlugin.PngInfo()
    chunk.add_itxt(keyword, text, zip=True)
    return chunk


def _heic(mode: str = "RGB", *, pictures: int = 1, **options: object) -> bytes:
    file = io.BytesIO()
    heif = pillow_heif.from_pillow(media.picture().convert(mode).resize((48, 32)))
    for _ in range(1, pictures):
        heif.add_from_pillow(media.picture().transpose(Image.Transpose.ROTATE_180))
    heif.save(file, **options)
    return file.getvalue()


# One file for each standard in each format to which a tool writes it.
WRITTEN: Mapping[tuple[str, str], Callable[[], bytes]] = {
    **{
        (f"exiv2-{name.lower()}", standard): partial(_with_exiv2, _saved(name), standard)
        for name in ("JPEG", "PNG", "WEBP", "TIFF")
        for standard in EXIV2_FIELDS
        if (name, standard) != ("WEBP", "iptc")
    },
    **{
        (f"pillow-{name.lower()}", "exif"): partial(_saved, name, exif=_exif())
        for name in ("JPEG", "PNG", "WEBP", "AVIF")
    },
    **{
        (f"pillow-{name.lower()}", "xmp"): partial(_saved, name, xmp=media.XMP)
        for name in ("JPEG", "WEBP", "AVIF")
    },
    ("pillow-png", "xmp"): partial(_saved, "PNG", pnginfo=_png_text("XML:com.adobe.xmp", media.XMP.decode())),
    ("pillow-tiff", "exif"): partial(_saved, "TIFF", tiffinfo=_tiff_exif()),
    ("pillow-tiff", "xmp"): partial(_saved, "TIFF", tiffinfo={ExifTags.Base.XMLPacket: media.XMP}),
    ("pillow-heif", "exif"): partial(_heic, exif=_exif().tobytes()),
    ("pillow-heif", "xmp"): partial(_heic, xmp=media.XMP),
}
# Pictures of many kinds, each with a position in its EXIF.
PICTURES: Mapping[str, Callable[[], bytes]] = {
    # Upright, because Pillow crashes when it writes an animated AVIF that is turned.
    "avif-animated": partial(
        _saved, "AVIF", exif=_exif(orientation=1), save_all=True, append_images=[media.picture()]
    ),
    "heic-with-alpha": partial(_heic, "RGBA", exif=_exif().tobytes()),
    "heic-with-two-pictures": partial(_heic, pictures=2, exif=_exif().tobytes()),
    "heic-with-thumbnail": partial(_heic, thumbnails=[16], exif=_exif().tobytes()),
    "tiff-with-gps": partial(_saved, "TIFF", tiffinfo=_tiff_exif()),
    **{
        name: partial(_with_exiv2, original, "exif")
        for name, original in {
            "jpeg-progressive": _saved("JPEG", progressive=True),
            "jpeg-with-restarts": _saved("JPEG", restart_marker_blocks=1),
            "jpeg-gray": _saved("JPEG", "L"),
            "jpeg-cmyk": _saved("JPEG", "CMYK"),
            "png-palette": _saved("PNG", "P"),
            "png-16-bit": _saved("PNG", "I;16"),
            "png-animated": _saved("PNG", save_all=True, append_images=[Image.new("RGB", (24, 16))]),
            "webp-lossy": _saved("WEBP"),
            "webp-with-alpha": _saved("WEBP", "RGBA", lossless=True),
            "webp-animated": _saved("WEBP", save_all=True, append_images=[Image.new("RGB", (24, 16))]),
            "tiff-two-pages": _saved("TIFF", save_all=True, append_images=[Image.new("RGB", (24, 16))]),
            "tiff-palette": _saved("TIFF", "P"),
            "tiff-fax": _saved("TIFF", "1", compression="group4"),
            **{
                f"tiff-{compression}": _saved("TIFF", compression=compression)
                for compression in ("packbits", "tiff_lzw", "tiff_adobe_deflate", "jpeg")
            },
        }.items()
    },
}
FILES: Mapping[str, Callable[[], bytes]] = {
    **{f"{tool}-{standard}": write for (tool, standard), write in WRITTEN.items()},
    **PICTURES,
    **{f"ours-{name}": partial(make, 6) for name, make in media.PICTURES.items()},
}


@pytest.mark.parametrize(("tool", "standard"), WRITTEN)
def test_what_a_tool_writes_is_found(tool: str, standard: str) -> None:
    disclosures = scanned(WRITTEN[tool, standard]()).disclosures
    assert LOCATIONS[standard] | {OWNER} <= set(disclosures)


@pytest.mark.parametrize("name", PICTURES)
def test_the_position_is_found_in_every_kind_of_picture(name: str) -> None:
    assert scanned(PICTURES[name]()).locations == (POSITION,)


def _exiv2_fields(data: bytes) -> set[str]:
    with pyexiv2.ImageData(data) as image:
        fields = {*image.read_exif(), *image.read_iptc(), *image.read_xmp()}
        fields |= {"comment"} if image.read_comment() else set()
    return {field for field in fields if field.rpartition(".")[2] not in PICTURE_FIELDS}


@pytest.mark.parametrize("name", FILES)
def test_exiv2_finds_no_metadata_in_a_clean_copy(name: str) -> None:
    original = FILES[name]()
    assert _exiv2_fields(original)
    assert _exiv2_fields(cleaned(original)) == set()


def _frames(data: bytes) -> Iterator[Image.Image]:
    """The pictures of a file, decoded by pillow-heif or by Pillow."""
    if pillow_heif.get_file_mimetype(data) == "image/heic":
        yield from (picture.to_pillow() for picture in pillow_heif.open_heif(io.BytesIO(data)))
    else:
        with Image.open(io.BytesIO(data)) as image:
            yield from ImageSequence.Iterator(image)


def _pillow_fields(data: bytes) -> set[object]:
    """Tags that are not part of the picture, and whatever is filled with a text that was planted."""
    fields: set[object] = set()
    for frame in _frames(data):
        exif = frame.getexif()
        fields |= {tag for tag in exif if tag not in PICTURE_TAGS}
        fields |= {*exif.get_ifd(ExifTags.IFD.Exif), *exif.get_ifd(ExifTags.IFD.GPSInfo)}
        fields |= {key for key, value in frame.info.items() if any(text in str(value) for text in PLANTED)}
    return fields


# Pillow does not read the text in which Exiv2 writes IPTC into a PNG.
@pytest.mark.parametrize("name", [name for name in FILES if name != "exiv2-png-iptc"])
def test_pillow_finds_no_metadata_in_a_clean_copy(name: str) -> None:
    original = FILES[name]()
    assert _pillow_fields(original)
    assert _pillow_fields(cleaned(original)) == set()


def _pixels(data: bytes) -> list[tuple[tuple[int, int], str, bytes]]:
    return [(frame.size, frame.mode, frame.tobytes()) for frame in _frames(data)]


@pytest.mark.parametrize("name", FILES)
def test_the_pixels_of_a_clean_copy_are_the_same(name: str) -> None:
    original = FILES[name]()
    assert _pixels(cleaned(original)) == _pixels(original)


def test_further_pictures_of_a_jpeg_are_cut_and_the_first_stays_the_same() -> None:
    original = _saved("MPO", save_all=True, append_images=[Image.new("RGB", (24, 16))], exif=_exif())
    first, _second = _pixels(original)
    assert _pixels(cleaned(original)) == [first]


def _with_thumbnail(original: bytes) -> bytes:
    with pyexiv2.ImageData(original) as image:
        image.modify_thumbnail(_saved("JPEG"))
        data: bytes = image.get_bytes()
        return data


def _thumbnail(data: bytes) -> bytes:
    with pyexiv2.ImageData(data) as image:
        thumbnail: bytes = image.read_thumbnail()
        return thumbnail


def test_the_thumbnail_of_a_jpeg_is_found_and_taken_out() -> None:
    original = _with_thumbnail(_saved("JPEG"))
    assert scanned(original).disclosures == (Disclosure(Category.THUMBNAIL),)
    assert _thumbnail(original)
    assert not _thumbnail(cleaned(original))


def test_the_thumbnail_of_a_tiff_is_found_and_an_obstacle() -> None:
    original = scanned(_with_thumbnail(_saved("TIFF")))
    assert original.disclosures == (Disclosure(Category.THUMBNAIL),)
    assert original.obstacle is not None

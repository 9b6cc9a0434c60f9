"""The file formats of photos and videos: one module per container, each with its `FORMATS`."""

from typing import Final

from handbook.photos.containers import (
    gif,
    ico,
    iso_media,
    jpeg,
    matroska,
    mpeg_audio,
    ogg,
    png,
    subtitles,
    svg,
    tiff,
    wav,
    webp,
)
from handbook.photos.containers.format import Format

FORMATS: Final[tuple[Format, ...]] = (
    *jpeg.FORMATS,
    *png.FORMATS,
    *webp.FORMATS,
    *iso_media.FORMATS,
    *tiff.FORMATS,
    *gif.FORMATS,
    *svg.FORMATS,
    *matroska.FORMATS,
    *wav.FORMATS,
    *mpeg_audio.FORMATS,
    *ogg.FORMATS,
    *ico.FORMATS,
    *subtitles.FORMATS,
)


def format_of(beginning: bytes) -> Format | None:
    """Return the format of a file from its first `SIGNATURE_LENGTH` bytes; None if it is not supported."""
    return next((known for known in FORMATS if known.signature.match(beginning)), None)

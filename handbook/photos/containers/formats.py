"""The formats of photos and videos, told apart by how their files begin."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from handbook.photos.bounded_reader import Malformed, Source
from handbook.photos.containers import png
from handbook.photos.containers.jpeg import jpeg_pieces
from handbook.photos.containers.mp4 import movie_pieces
from handbook.photos.containers.tiff import tiff_pieces
from handbook.photos.containers.webp import webp_pieces
from handbook.photos.edits import Piece
from handbook.photos.metadata.tiff_directories import MAGIC

HEAD: Final = 16


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name for people, how a file of it begins, and what reads it."""

    name: str
    begins: re.Pattern[bytes]
    pieces: Callable[[Source], Iterator[Piece]]


def _not_read(_source: Source) -> Iterator[Piece]:
    raise Malformed("it is a BigTIFF; save it as JPEG or PNG")


_PICTURE: Final = rb"heic|heix|heim|heis|hevc|hevx|mif1|mif2|msf1|miaf"
FORMATS: Final = (
    Format("JPEG", re.compile(rb"\xff\xd8\xff"), jpeg_pieces),
    Format("PNG", re.compile(re.escape(png.MAGIC)), png.png_pieces),
    Format("WebP", re.compile(rb"RIFF.{4}WEBP", re.DOTALL), webp_pieces),
    Format("AVIF", re.compile(rb".{4}ftypavi[fs]", re.DOTALL), movie_pieces),
    Format("HEIC", re.compile(rb".{4}ftyp(?:%s)" % _PICTURE, re.DOTALL), movie_pieces),
    Format("MOV", re.compile(rb".{4}(?:ftypqt  |moov|mdat|wide|pnot)", re.DOTALL), movie_pieces),
    Format("MP4", re.compile(rb".{4}ftyp", re.DOTALL), movie_pieces),
    Format("TIFF", re.compile(b"|".join(re.escape(magic) for magic in MAGIC)), tiff_pieces),
    Format("TIFF", re.compile(rb"II\+\0|MM\0\+"), _not_read),
)


def format_of(head: bytes) -> Format | None:
    """Return the format of a file from its first `HEAD` bytes, or None where it is no photo or video."""
    return next((one for one in FORMATS if one.begins.match(head)), None)

"""Every container module has formats, and each format is known by how its files begin."""

import importlib
import pkgutil

import pytest

from handbook.photos import containers
from handbook.photos.containers import FORMATS, format_of
from handbook.photos.containers.format import SIGNATURE_LENGTH, Format
from tests import media

MODULES = [module.name for module in pkgutil.iter_modules(containers.__path__) if module.name != "format"]
NAMES = {
    "jpeg": "JPEG",
    "png": "PNG",
    "webp": "WebP",
    "avif": "AVIF",
    "heic": "HEIC",
    "tiff": "TIFF",
    "tiff-big-endian": "TIFF",
    "mp4": "MP4",
    "mov": "MOV",
    "gif": "GIF",
    "svg": "SVG",
    "webm": "WebM",
    "wav": "WAV",
    "mp3": "MP3",
    "flac": "FLAC",
}


@pytest.mark.parametrize("name", MODULES)
def test_the_formats_of_every_container_module_are_registered(name: str) -> None:
    formats: tuple[Format, ...] = importlib.import_module(f"{containers.__name__}.{name}").FORMATS
    assert formats
    assert set(formats) <= set(FORMATS)


@pytest.mark.parametrize("name", media.SAMPLES)
def test_a_file_is_known_by_how_it_begins(name: str) -> None:
    file_format = format_of(media.SAMPLES[name][:SIGNATURE_LENGTH])
    assert file_format is not None
    assert file_format.name == NAMES[name]


@pytest.mark.parametrize(
    "beginning", [b"", b"# London\n", b"51.5007, -0.1246", b"Get free tickets", b"%PDF-1.7"]
)
def test_another_file_has_no_format(beginning: bytes) -> None:
    assert format_of(beginning) is None

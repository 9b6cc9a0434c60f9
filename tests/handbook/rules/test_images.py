"""What is published is read: IMG001 knows each kind of picture, film and sound that FMT003 accepts."""

import io

import pytest

from handbook.content.assets import HARMLESS
from handbook.photos.scan import scan
from handbook.rules.images import MEDIA
from tests import media

DOCUMENTS = frozenset(
    ["csv", "docx", "ics", "odp", "ods", "odt", "pdf", "pptx", "rtf", "srt", "tsv", "txt", "vtt", "xlsx"]
)
# A file of each kind; those of one line share what they are made of.
FILES = {
    **{
        name: media.SAMPLES[name]
        for name in ("avif", "flac", "gif", "heic", "mov", "mp3", "mp4", "png", "svg")
    },
    **{name: media.SAMPLES[name] for name in ("wav", "webm", "webp")},
    **dict.fromkeys(("jpeg", "jpg"), media.SAMPLES["jpeg"]),
    **dict.fromkeys(("tif", "tiff"), media.SAMPLES["tiff"]),
    **dict.fromkeys(("m4a", "m4v"), media.video(b"M4A ")),
    **dict.fromkeys(("oga", "ogg", "ogv", "opus"), media.CARRIERS["ogg-opus"]),
    "aac": media.CARRIERS["aac-tag"],
    "ico": media.CARRIERS["ico-png"],
}


def test_each_kind_that_is_published_records_something_or_is_a_document() -> None:
    assert set(HARMLESS) == MEDIA | DOCUMENTS
    assert not MEDIA & DOCUMENTS


@pytest.mark.parametrize("ending", sorted(MEDIA))
def test_each_kind_that_records_something_is_read(ending: str) -> None:
    file = scan(io.BytesIO(FILES[ending]))
    assert file is not None
    assert file.damage is None

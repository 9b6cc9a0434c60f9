"""What is published is read: IMG001 knows each kind of picture, film and sound that FMT003 accepts."""

import io
from dataclasses import replace

import pytest

from handbook.check.runner import check
from handbook.content.assets import HARMLESS, Asset
from handbook.files.missing_content import missing_content
from handbook.model import Handbook
from handbook.photos.scan import scan
from handbook.rules import RULES
from handbook.rules.images import MEDIA
from tests import media

DOCUMENTS = frozenset(
    ["csv", "docx", "ics", "odp", "ods", "odt", "pdf", "pptx", "rtf", "srt", "tsv", "txt", "vtt", "xlsx"]
)
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 12345\n"
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


@pytest.mark.parametrize("ending", [*sorted(MEDIA - {"svg"}), "docx", "pdf"])
@pytest.mark.parametrize("content", [b"", POINTER], ids=["empty", "pointer"])
def test_a_file_without_its_content_is_not_to_be_saved_again(
    handbook: Handbook, ending: str, content: bytes
) -> None:
    asset = Asset(f"docs/a.{ending}", lambda: io.BytesIO(content))
    [finding] = check(replace(handbook, assets=[asset]), [RULES["IMG001"]]).findings
    assert finding.message == f"the file {missing_content(io.BytesIO(content))}"


@pytest.mark.parametrize("ending", ["csv", "ics", "srt", "tsv", "txt", "vtt"])
def test_an_empty_text_gives_nothing_away(handbook: Handbook, ending: str) -> None:
    asset = Asset(f"docs/a.{ending}", lambda: io.BytesIO(b""))
    assert not check(replace(handbook, assets=[asset]), [RULES["IMG001"]]).findings

"""IMG001 of photos: it names the command that cleans a file only if the command does."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.check.runner import check
from handbook.content.assets import Asset
from handbook.model import Handbook
from handbook.photos.clean import CleanCopy, FileRejected, write_clean_copy
from handbook.rules import RULES
from tests import media

FILES = {
    "photo": media.jpeg(),
    "photo that is cut short": media.jpeg()[: media.jpeg().rindex(b"\xff\xda") + 6],
    "measurements of a film": media.video(b"isom", media.track(b"meta", b"gpmd")),
    "photo with parts that share bytes": media.heic_with_exif_at([(24, 60), (40, 60)]),
    "film": media.mp4(),
}


@pytest.mark.parametrize("name", FILES)
def test_the_advice_is_to_clean_a_file_only_if_that_works(
    name: str, handbook: Handbook, tmp_path: Path
) -> None:
    data = FILES[name]
    asset = Asset("docs/a.jpg", lambda: io.BytesIO(data))
    messages = [item.message for item in check(replace(handbook, assets=[asset]), [RULES["IMG001"]]).findings]
    source = tmp_path / "a.jpg"
    source.write_bytes(data)
    try:
        write_clean_copy(CleanCopy(source, tmp_path / "clean.jpg"))
    except FileRejected:
        assert not [message for message in messages if "photo clean" in message]
    else:
        assert [message for message in messages if "photo clean" in message]

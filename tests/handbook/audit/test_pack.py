"""The files of an audit pack: names that stay in its folder, and the same bytes each time."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from handbook.audit.pack import Pack, as_zip
from handbook.audit.verify import is_seamless
from handbook.errors import HandbookError


@pytest.mark.parametrize(
    "path",
    ["../up", "a/../../up", "/root", "a//b", "./a", "a\\b", "C:a", "a\nb", "a\x1b[31mb", "bad\udcff", ""],
)
def test_a_name_that_could_lead_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(HandbookError, match="not safe") as raised:
        Pack("pack", 0, {}, {path: b""}).sealed()
    assert "\n" not in str(raised.value)
    assert "\x1b" not in str(raised.value)


def test_the_manifest_and_the_sums_name_every_file() -> None:
    sealed = Pack("pack", 0, {"edition": "2026.1"}, {"b": b"B", "a/é": b""}).sealed()
    assert list(sealed) == ["SHA256SUMS", "a/é", "b", "manifest.json"]
    manifest = json.loads(sealed["manifest.json"])
    assert (manifest["pack"], manifest["edition"]) == ("pack", "2026.1")
    assert manifest["files"]["b"] == {"sha256": hashlib.sha256(b"B").hexdigest(), "size": 1}
    sums = dict(line.split("  ")[::-1] for line in sealed["SHA256SUMS"].decode().splitlines())
    assert sums == {path: hashlib.sha256(data).hexdigest() for path, data in sealed.items() if path in sums}
    assert sums.keys() == sealed.keys() - {"SHA256SUMS"}


@pytest.mark.parametrize(("seconds", "year"), [(0, 1980), (1_795_176_000, 2026), (4_102_444_800, 2100)])
def test_a_zip_bears_the_moment_that_it_is_given(seconds: int, year: int) -> None:
    data = as_zip("pack", {"b": b"B", "a": b"A"}, seconds)
    assert data == as_zip("pack", {"a": b"A", "b": b"B"}, seconds)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["pack/a", "pack/b"]
        assert {entry.date_time[0] for entry in archive.infolist()} == {year}


@pytest.mark.parametrize("count", [0, 2, 65_536])
def test_a_zip_of_ours_has_no_gap_even_in_the_larger_form(count: int, tmp_path: Path) -> None:
    data = as_zip("pack", {f"é{number}": b"x" for number in range(count)}, 0)
    for padded, is_whole in ((data, True), (b"x" + data, False)):
        file = tmp_path / "pack.zip"
        file.write_bytes(padded)
        with zipfile.ZipFile(file) as archive:
            assert is_seamless(archive, file) is is_whole

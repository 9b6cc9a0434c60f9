"""The compressed files of a site: always those of the files beside them, and the same in every run."""

import gzip
import os
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.hosting.compressed_files import Compression, compress_site

LONG = "The handbook says so. " * 50


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name in ("index.html", "2026.1/index.html", "2026.1/search/en.json", "photo.jpg"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{name}\n{LONG}")
    return folder


def _state(site: Path) -> dict[str, tuple[bytes, int]]:
    files = (file for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def test_texts_get_a_compressed_file_and_pictures_do_not(site: Path) -> None:
    assert compress_site(site) == Compression(3, 3, 0)
    packed = sorted(file.relative_to(site).as_posix() for file in site.rglob("*.gz"))
    assert packed == ["2026.1/index.html.gz", "2026.1/search/en.json.gz", "index.html.gz"]
    assert gzip.decompress((site / packed[0]).read_bytes()) == (site / "2026.1/index.html").read_bytes()


def test_a_second_run_changes_nothing(site: Path) -> None:
    compress_site(site)
    before = _state(site)
    assert compress_site(site) == Compression(3, 0, 0)
    assert _state(site) == before


def test_the_bytes_depend_on_the_text_alone(site: Path, tmp_path: Path) -> None:
    compress_site(site)
    first = (site / "index.html.gz").read_bytes()
    (site / "index.html.gz").unlink()
    os.utime(site / "index.html", (1, 1))
    compress_site(site)
    assert (site / "index.html.gz").read_bytes() == first
    assert (site / "index.html.gz").stat().st_mtime == 1


def test_a_file_that_changed_gets_another(site: Path) -> None:
    compress_site(site)
    (site / "index.html").write_text(f"Changed. {LONG}")
    assert compress_site(site) == Compression(3, 1, 0)
    assert gzip.decompress((site / "index.html.gz").read_bytes()).startswith(b"Changed.")


@pytest.mark.parametrize(
    "broken", [b"", b"no gzip", gzip.compress(LONG.encode(), mtime=0)[:40], b"\x1f\x8b\x08" * 9]
)
def test_a_broken_one_is_written_anew(site: Path, broken: bytes) -> None:
    (site / "index.html.gz").write_bytes(broken)
    assert compress_site(site) == Compression(3, 3, 0)
    assert gzip.decompress((site / "index.html.gz").read_bytes()) == (site / "index.html").read_bytes()


def test_one_that_another_program_made_stays(site: Path) -> None:
    foreign = gzip.compress((site / "index.html").read_bytes(), 1, mtime=77)
    (site / "index.html.gz").write_bytes(foreign)
    compress_site(site)
    assert (site / "index.html.gz").read_bytes() == foreign


def test_one_whose_file_is_gone_or_small_is_removed(site: Path) -> None:
    compress_site(site)
    (site / "2026.1/index.html").unlink()
    (site / "index.html").write_text("x")
    assert compress_site(site) == Compression(1, 0, 1)
    assert [file.name for file in site.rglob("*.gz")] == ["en.json.gz"]


def test_an_archive_that_somebody_published_stays(site: Path) -> None:
    (site / "records.tar.gz").write_bytes(b"an archive")
    compress_site(site)
    assert (site / "records.tar.gz").read_bytes() == b"an archive"


def test_neither_links_nor_hidden_files_are_touched(site: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.html").write_text(LONG)
    (site / "latest").symlink_to("2026.1")
    (site / "leak").symlink_to(tmp_path / "outside")
    (site / "leak.html").symlink_to(tmp_path / "outside" / "secret.html")
    (site / ".hidden").mkdir()
    (site / ".hidden" / "page.html").write_text(LONG)
    assert compress_site(site) == Compression(3, 3, 0)
    assert not list((tmp_path / "outside").glob("*.gz"))
    assert not (site / "leak.html.gz").exists()
    assert not list((site / ".hidden").glob("*.gz"))


def test_the_site_may_be_reached_by_a_link(site: Path, tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to(site)
    assert compress_site(tmp_path / "current") == Compression(3, 3, 0)


@pytest.mark.parametrize("name", ["mkdocs.yml", ".git"])
def test_what_is_not_a_served_folder_is_refused(site: Path, name: str) -> None:
    (site / name).touch()
    with pytest.raises(HandbookError, match=str(site)):
        compress_site(site)
    assert not list(site.rglob("*.gz"))


def test_a_folder_without_a_start_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HandbookError, match=r"index\.html"):
        compress_site(tmp_path)

"""`handbook deploy headers`: the file of headers for a host of static files."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name in (
        "assets/0123456789ab",
        "2026.1/assets/ba9876543210",
        "2026.1/assets/pictures",
        "docs/deep/er",
    ):
        (folder / name).mkdir(parents=True)
    (folder / "index.html").touch()
    (folder / "latest").symlink_to("2026.1")
    return folder


def _headers(site: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["deploy", "headers", str(site), *options])


def test_every_answer_gets_the_policy_and_folders_of_assets_are_kept(site: Path) -> None:
    assert _headers(site).exit_code == 0
    lines = (site / "_headers").read_text().splitlines()
    assert lines[0] == "/*"
    assert "frame-ancestors 'none'" in lines[1]
    folders = [line for line in lines[1:] if not line.startswith("  ")]
    assert folders == [
        "/2026.1/assets/ba9876543210/*",
        "/assets/0123456789ab/*",
        "/latest/assets/ba9876543210/*",
    ]


def test_a_second_run_replaces_the_file(site: Path) -> None:
    _headers(site)
    assert _headers(site, "--frames", "https://intranet.example.org").exit_code == 0
    assert "frame-ancestors https://intranet.example.org\n" in (site / "_headers").read_text()


def test_an_address_that_says_more_is_refused(site: Path) -> None:
    done = _headers(site, "--frames", "https://x.example.org; script-src *")
    assert done.exit_code == 2
    assert "--frames" in done.stderr
    assert not (site / "_headers").exists()

"""`handbook deploy compress`: it says what it did, or why it did nothing."""

from pathlib import Path

from click.testing import CliRunner

from scripts.cli import main


def test_it_says_what_it_did(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("The handbook says so. " * 50)
    done = CliRunner().invoke(main, ["deploy", "compress", str(tmp_path)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 written, 0 removed" in done.stderr
    assert (tmp_path / "index.html.gz").is_file()


def test_a_folder_that_is_not_a_site_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["deploy", "compress", str(tmp_path)])
    assert done.exit_code == 2
    assert "index.html" in done.stderr

"""What is measured, by the paths on the command line."""

from pathlib import Path

from click.testing import CliRunner

from scripts.development.measure.command import command, page_paths


def test_a_folder_without_a_site_is_not_measured(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["--site", str(tmp_path), "--no-lighthouse"])
    assert done.exit_code == 2
    assert "handbook build" in done.output


def test_a_page_that_the_site_does_not_have_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    done = CliRunner().invoke(command, ["--site", str(tmp_path), "--no-lighthouse", "policy/wrok/"])
    assert done.exit_code == 2
    assert "policy/wrok/" in done.output


def test_every_page_is_measured_by_its_address(tmp_path: Path) -> None:
    for name in ("index.html", "policy/work/index.html", "fr/index.html", "assets/picture.svg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert page_paths(tmp_path) == ["", "fr/", "policy/work/"]

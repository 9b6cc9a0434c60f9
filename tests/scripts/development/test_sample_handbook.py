"""The handbooks that the benchmark writes are in order, so that it measures work and not findings."""

from pathlib import Path

from click.testing import CliRunner

from scripts.cli import main
from scripts.development.sample_handbook import TODAY, write_handbook


def test_the_check_finds_nothing_in_a_handbook_of_the_benchmark(tmp_path: Path) -> None:
    folder = tmp_path / "handbook"
    write_handbook(folder, 60)
    result = CliRunner().invoke(main, ["check", "--root", str(folder), "--today", str(TODAY)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "60 pages checked; nothing found" in result.stderr

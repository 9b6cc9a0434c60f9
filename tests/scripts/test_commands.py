"""Each command in scripts/ can be run by its path, from any folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.cli import main
from tests.conftest import ROOT

MODULES = sorted((ROOT / "scripts").rglob("*.py"))
COMMANDS = [file for file in MODULES if "__main__" in file.read_text("utf-8")]
# These change the machine: the first would replace the environment that runs the tests, the
# second would remove it, and the others would fetch a browser, servers, and an editor. They are only loaded;
# test_bootstrap.py runs the first, and test_build.py the second.
ONLY_LOADED = ("bootstrap.py", "clean.py", "chromium.py", "packages.py", "servers.py")
LOAD = "import runpy, sys; sys.path[0] = sys.argv[2]; runpy.run_path(sys.argv[1])"


def _run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, without the variable that would lead it to the repository."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("file", COMMANDS, ids=lambda file: file.name)
def test_a_command_runs_by_its_path_from_another_folder(file: Path, tmp_path: Path) -> None:
    loaded = ["-c", LOAD, str(file), str(file.parent)]
    done = _run(loaded if file.name in ONLY_LOADED else [str(file), "--help"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["check.py", "development/serve.py", "development/bench.py"])
def test_the_help_of_a_command_names_its_options(name: str, tmp_path: Path) -> None:
    done = _run([str(ROOT / "scripts" / name), "--help"], tmp_path)
    assert done.stdout.startswith(f"Usage: {Path(name).name} ")
    assert "Options:" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["chek"], "did you mean 'check'?"),
        (["edition", "pubish"], "did you mean 'publish'?"),
        (["review", "strat"], "did you mean 'start'?"),
        (["nothing"], "choose from acknowledge, adopt, approvals, audit,"),
        (["--root", ".", "check"], "write it after the command"),
        (["check", "--tody", "2026-11-20"], "--today"),
        (["check", "--today", "20.11.2026"], "write 2026-11-20"),
        (["check", "--today", "Nov 20, 2026"], "write 2026-11-20"),
        (["check", "docs/practise/records.md"], "did you mean 'docs/practice/records.md'?"),
        (["check", "practise/records"], "did you mean 'docs/practice/records.md'?"),
        (["check", "docs/nothing.md"], "from the handbook's folder"),
        (["check", "--select", "LEG01"], "did you mean 'LEG001'?"),
    ],
)
def test_a_wrong_command_line_is_told_the_right_one(arguments: list[str], advice: str) -> None:
    folder = ["--root", str(ROOT)] if arguments[0] == "check" else []
    result = CliRunner().invoke(main, [*arguments, *folder])
    assert result.exit_code == 2
    assert advice in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["serve"],
        ["adopt"],
        ["links"],
        ["schema"],
        ["new", "page", "policy/gifts"],
        ["deploy", "init", "nginx"],
        ["questions", "list"],
    ],
    ids=" ".join,
)
def test_a_folder_without_a_handbook_is_refused_and_the_one_above_that_has_it_is_named(
    arguments: list[str], tmp_path: Path
) -> None:
    for root, advice in [(tmp_path, "go to its folder"), (ROOT / "docs" / "law", f"go to {ROOT}, or")]:
        result = CliRunner().invoke(main, [*arguments, "--root", str(root)])
        assert (result.exit_code, f"there is no handbook in {root}; {advice}" in result.stderr) == (2, True)


def test_help_is_a_command_too() -> None:
    assert CliRunner().invoke(main, ["help"]).stdout == CliRunner().invoke(main, ["--help"]).stdout

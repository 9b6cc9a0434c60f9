"""A message names the command so that it can be copied."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click import Context

from scripts.cli import main
from scripts.command_name import command_name, with_real_command
from tests.conftest import ROOT

PROGRAM = Path(".venv") / "bin" / "handbook"


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("review it with `handbook review start docs/a.md`", "review it with `X review start docs/a.md`"),
        ("Next: handbook review close", "Next: X review close"),
        ("docs/handbook review.md is not a page", "docs/handbook review.md is not a page"),
        ("the handbook is checked", "the handbook is checked"),
        (".venv/bin/handbook check", ".venv/bin/handbook check"),
    ],
)
def test_only_commands_are_renamed(message: str, shown: str) -> None:
    assert with_real_command(message, "X") == shown


@pytest.mark.parametrize("name", main.list_commands(Context(main)))
def test_every_command_is_renamed(name: str) -> None:
    assert with_real_command(f"run `handbook {name} x`", "X") == f"run `X {name} x`"


def test_a_script_that_python_runs_names_the_command_beside_that_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(ROOT / PROGRAM.with_name("python")))
    monkeypatch.chdir(ROOT)
    assert command_name(str(ROOT / "scripts" / "check.py")) == str(PROGRAM)
    assert command_name(str(tmp_path / "check.py")) == "handbook"


def test_a_program_with_another_name_tells_nothing() -> None:
    assert command_name("/usr/bin/pytest") == "handbook"


def test_a_command_off_the_path_is_named_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert command_name(str(PROGRAM)) == str(PROGRAM)
    assert command_name(str(tmp_path / PROGRAM)) == str(PROGRAM)
    assert command_name(str(tmp_path / "a b" / "handbook")) == f'"{Path("a b") / "handbook"}"'


def test_a_command_on_the_path_is_named_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / ("handbook.exe" if os.name == "nt" else "handbook")
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert command_name(str(program)) == "handbook"


def test_the_installed_command_names_itself(folder: Path) -> None:
    program = Path(sys.executable).with_name("handbook")
    if not program.exists():
        pytest.skip("the command is not installed beside this Python")
    (folder / "docs" / "new.md").write_text((folder / "docs" / "other.md").read_text().replace("-14", "-15"))
    arguments = [str(program), "check", "--today", "2026-11-20", "--select", "REV005"]
    environment = {"PATH": "/nowhere", "PYTHONUTF8": "1", "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
    done = subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert f"`{program} review start docs/new.md`" in done.stdout

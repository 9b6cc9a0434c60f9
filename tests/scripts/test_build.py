"""`handbook build` and `handbook develop`, which people without make type."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from scripts.cli import main
from scripts.development import group
from scripts.development.targets import steps
from scripts.setup import chromium, clean, extra_packages
from tests.conftest import ROOT


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Note the programs that would be started, and start none."""
    commands: list[list[str]] = []

    def run(command: list[str], **settings: Any) -> subprocess.CompletedProcess[bytes]:
        commands.append([*map(str, command), f"in {settings['cwd']}"])
        return subprocess.CompletedProcess(command, len(commands) if "fails" in command else 0)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(chromium, "find_browser", lambda: Path("chromium"))
    return commands


def test_the_site_is_built_by_mkdocs_and_any_warning_stops_it(folder: Path, started: list[list[str]]) -> None:
    result = CliRunner().invoke(main, ["build", "--root", str(folder)])
    assert result.exit_code == 0
    assert started == [[sys.executable, "-m", "mkdocs", "build", "--strict", f"in {folder}"]]


@pytest.mark.parametrize(
    ("settings", "root", "advice"),
    [
        ({"HANDBOOK_BUILDER": "hugo"}, ROOT, "set it to mkdocs or properdocs"),
        ({}, ROOT / "docs", "there is no handbook in"),
    ],
)
def test_a_build_that_cannot_begin_says_why(
    settings: dict[str, str], root: Path, advice: str, started: list[list[str]]
) -> None:
    result = CliRunner(env=settings).invoke(main, ["build", "--root", str(root)])
    assert (result.exit_code, started) == (2, [])
    assert advice in result.stderr


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["test", "-k", "name"], ["pytest", "-k", "name"]),
        (["lint"], ["ruff", "format", "mypy", "scripts/development/prose_lint.py"]),
        (["measure", "--", "policy/work/"], ["scripts/development/measure/command.py", "policy/work/"]),
        (["fuzz", "--seconds", "5"], ["-max_total_time=5", "tests.fuzz"]),
    ],
)
def test_a_target_runs_its_programs_in_the_folder_of_the_handbook(
    arguments: list[str],
    shown: list[str],
    started: list[list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(extra_packages, "BUILD", tmp_path)
    for name in ("node", "fuzz"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(extra_packages.Node, "installed", lambda: None)
    monkeypatch.setattr("scripts.development.targets.fuzz.BUILD", tmp_path)
    result = CliRunner().invoke(group.command, arguments)
    assert result.exit_code == 0, result.output
    words = {word for command in started for word in command}
    assert words >= {*shown, f"in {ROOT}"}


def test_the_first_step_that_fails_is_the_last(started: list[list[str]]) -> None:
    assert steps.run_steps(["works"], ["fails"], ["never"]) == 2
    assert [command[0] for command in started] == ["works", "fails"]


def test_each_target_of_make_calls_a_command_that_exists() -> None:
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()
    called = [line.split("$(HANDBOOK) ")[1].split() for line in lines if line.startswith("\t@$(HANDBOOK) ")]
    assert len(called) > 8
    for name, *rest in called:
        inner = group.command.list_commands(None) if name == "develop" else []  # type: ignore[arg-type]
        assert name in main.list_commands(None)  # type: ignore[arg-type]
        assert name != "develop" or rest[0] in inner


def test_what_was_made_is_removed_and_nothing_else(tmp_path: Path) -> None:
    for made in (".venv/bin", "site", "docs/__pycache__", "x.egg-info"):
        (tmp_path / made).mkdir(parents=True)
    (tmp_path / "docs" / "index.md").touch()
    assert clean.main(tmp_path) == 0
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["docs", "index.md"]

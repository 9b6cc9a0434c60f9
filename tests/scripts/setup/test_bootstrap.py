"""`make setup`, as far as it goes without a network."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from scripts.setup import bootstrap
from tests.conftest import ROOT

SCRIPT = "scripts/setup/bootstrap.py"
Version = namedtuple("Version", "major minor micro")
PYTHONS = sorted({sys.executable, *filter(None, [shutil.which("python3", path="/usr/bin:/usr/local/bin")])})


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the module work on a copy of what it reads, with no environment in it."""
    (tmp_path / SCRIPT).parent.mkdir(parents=True)
    for name in bootstrap.INPUTS:
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    return tmp_path


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Note the programs that would be started, and start none; each of them succeeds."""
    commands: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        commands.append(command)
        if "venv" in command:
            bootstrap.venv_python().parent.mkdir(parents=True, exist_ok=True)
            bootstrap.venv_python().touch()
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    return commands


def test_it_installs_the_locked_packages_once_and_then_does_nothing(
    copy: Path, called: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.main() == 0
    assert [command[1:3] for command in called] == [["-m", "venv"], *[["-m", "pip"]] * 3]
    for locked in called[1:3]:
        assert "--require-hashes" in locked
        assert locked[locked.index("--only-binary") + 1] == ":all:"
    called.clear()
    capsys.readouterr()
    assert bootstrap.main() == 0
    assert called == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("name", bootstrap.INPUTS)
def test_a_changed_file_makes_the_environment_anew(copy: Path, called: list[list[str]], name: str) -> None:
    bootstrap.main()
    called.clear()
    (copy / name).write_text((copy / name).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert bootstrap.main() == 0
    assert len(called) == 4


def test_the_python_of_the_environment_does_not_remove_itself(
    copy: Path, called: list[list[str]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.main()
    called.clear()
    monkeypatch.setattr(sys, "prefix", str(copy / ".venv"))
    assert bootstrap.main() == 0
    (copy / "requirements.txt").write_text((copy / "requirements.txt").read_text("utf-8") + "\n", "utf-8")
    assert bootstrap.main() == 2
    assert "type `deactivate`" in capsys.readouterr().err
    assert called == []
    assert bootstrap.venv_python().exists()


def test_an_environment_without_its_python_is_made_anew(copy: Path, called: list[list[str]]) -> None:
    bootstrap.main()
    called.clear()
    bootstrap.venv_python().unlink()
    shutil.rmtree(bootstrap.venv_python().parent)
    assert bootstrap.main() == 0
    assert len(called) == 4


def test_a_step_that_fails_is_told_and_tried_again_the_next_time(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 1)
    for _ in range(2):
        assert bootstrap.main() == 2
        said = capsys.readouterr().err
        assert "stopped at: " in said
        assert "run the same command again" in said


def test_an_old_python_is_told_in_one_sentence(
    copy: Path,
    called: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "version_info", Version(3, 9, 2))
    assert bootstrap.main() == 2
    assert capsys.readouterr().err == (
        f"setup: Python 3.11 or newer is needed; this is 3.9. Name another: {bootstrap.another_python()}\n"
    )
    assert called == []


def test_pip_itself_comes_first_with_its_hashes(copy: Path, called: list[list[str]]) -> None:
    bootstrap.main()
    lines = Path(called[1][-1]).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("pip==")
    assert len(lines) > 1
    assert all(line.startswith("    --hash=sha256:") for line in lines[1:])
    assert all(line.endswith("\\") for line in lines[:-1])
    assert Path(called[2][-1]) == copy / "requirements.txt"


@pytest.mark.parametrize(
    ("environment", "system", "python"),
    [
        (PurePosixPath("/handbook/.venv"), "posix", PurePosixPath("/handbook/.venv/bin/python")),
        (
            PureWindowsPath(r"C:\My handbook\.venv"),
            "nt",
            PureWindowsPath(r"C:\My handbook\.venv\Scripts\python.exe"),
        ),
    ],
)
def test_the_python_of_an_environment_is_where_the_system_puts_it(
    environment: PurePath, system: str, python: PurePath
) -> None:
    assert bootstrap.python_in(environment, system) == python


def test_a_person_without_make_is_told_what_to_type_for_another_python() -> None:
    assert bootstrap.another_python("nt") == "py -3.12 scripts/setup/bootstrap.py"
    assert bootstrap.another_python("posix") == "python3.12 scripts/setup/bootstrap.py"
    assert bootstrap.setup_command("nt") == "py scripts/setup/bootstrap.py"
    assert bootstrap.installed_command("nt") == r".venv\Scripts\handbook"


def test_who_set_up_is_told_the_next_command(
    copy: Path, called: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    bootstrap.main()
    assert capsys.readouterr().err.endswith(
        f"show the handbook with: {bootstrap.installed_command()} serve\n"
    )


def test_libraries_of_another_version_are_told_with_the_command(
    copy: Path, called: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    bootstrap.main()
    capsys.readouterr()
    bootstrap.advise_setup()
    assert capsys.readouterr().err == ""
    (copy / "requirements.txt").write_text("newer\n", encoding="utf-8")
    bootstrap.advise_setup()
    assert f"run {bootstrap.setup_command()}" in capsys.readouterr().err


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_that_makes_no_environments_is_told_the_one_command(
    copy: Path,
    called: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    missing: str,
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else find(name))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(sys, "version_info", Version(3, 11, 2))
    assert bootstrap.main() == 2
    assert capsys.readouterr().err == (
        "setup: Python's venv module is missing. Bring it with: sudo apt-get install -y python3.11-venv\n"
    )
    assert called == []


def test_where_nobodys_password_is_needed_it_brings_the_package_itself(
    copy: Path, called: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "can_make_environments", lambda: bool(called))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert bootstrap.main() == 0
    assert called[0][:2] == ["apt-get", "update"]
    assert called[1][-1] == bootstrap.venv_package()


@pytest.mark.parametrize("python", PYTHONS)
def test_the_script_needs_nothing_but_python(copy: Path, python: str) -> None:
    """An environment that is up to date for this Python ends the script at once, whoever runs it."""
    show = "import sys; sys.path.insert(0, sys.argv[1]); import bootstrap; print(bootstrap.fingerprint())"
    isolated = [python, "-I", "-S"]
    state = subprocess.run(
        [*isolated, "-c", show, str((copy / SCRIPT).parent)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout.removesuffix("\n")
    bootstrap.venv_python().parent.mkdir(parents=True)
    bootstrap.venv_python().touch()
    (copy / ".venv" / "handbook-setup.txt").write_text(state, encoding="utf-8")
    done = subprocess.run(
        [*isolated, str(copy / SCRIPT)],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_script_can_be_read_by_an_old_python() -> None:
    """A Python of 2019 has to get as far as the sentence."""
    ast.parse((ROOT / SCRIPT).read_text(encoding="utf-8"), feature_version=(3, 8))

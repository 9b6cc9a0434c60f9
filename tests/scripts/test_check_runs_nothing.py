"""`handbook check --root` judges a handbook with its own code, whatever that handbook brings along."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.cli import main
from tests.conftest import PAGE, ROOT

Write = Callable[[str, str | bytes], Path]
CONFIGURATIONS = sorted((ROOT / "tests" / "hostile" / "configurations").glob("*.yml"))
DAY = ("--today", "2026-11-20")
TRAP = "from pathlib import Path\nPath(__file__).with_name('ran').touch()\n"
# Python, MkDocs, pytest, and pip run files of these names if they find them where they look.
TRAPS = (
    "sitecustomize.py",
    "usercustomize.py",
    "conftest.py",
    "setup.py",
    "yaml.py",
    "click.py",
    "mkdocs/__init__.py",
    "macros/__init__.py",
    "macros/hooks.py",
    "macros/plugin.py",
    "macros/definitions/__init__.py",
    "handbook/__init__.py",
    "handbook/rules/__init__.py",
    "scripts/__init__.py",
    "overrides/__init__.py",
    "docs/__init__.py",
    "trap.py",
)


@pytest.mark.parametrize("file", CONFIGURATIONS, ids=lambda file: file.stem)
def test_a_configuration_that_would_run_something_is_told_with_its_line(
    folder: Path, write: Write, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = file.read_text(encoding="utf-8")
    write("mkdocs.yml", text)
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, ["check", *DAY], catch_exceptions=False)
    line, word = text.partition("\n")[0].removeprefix("# told: ").split(" ", 1)
    assert result.exit_code == 2
    told = [told for told in result.stdout.splitlines() if f"mkdocs.yml:{line}:" in told]
    assert any(word in message for message in told)
    assert not list(folder.rglob("ran"))


def test_no_python_of_the_judged_handbook_runs(folder: Path, write: Write) -> None:
    for name in TRAPS:
        write(name, TRAP)
    write("trap.pth", "import trap\n")
    write("trap.egg-info/entry_points.txt", "[mkdocs.plugins]\nsearch = trap:Trap\n")
    write("trap.egg-info/PKG-INFO", "Metadata-Version: 2.1\nName: trap\nVersion: 1\n")
    command = [str(Path(sys.executable).with_name("handbook")), "check", *DAY, "--ignore", "FMT003"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "2 pages checked; nothing found\n")
    assert not list(folder.rglob("ran"))
    assert not list(folder.rglob("__pycache__"))


def test_tags_of_mkdocs_stay_unresolved(folder: Path) -> None:
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("site_url: !ENV [NO_SUCH_VARIABLE, 'https://example.org/']\n")
        file.write("repo_name: !!python/name:trap.which_cannot_be_imported\n")
    result = CliRunner().invoke(main, ["check", *DAY, "--root", str(folder)], catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (0, "")


def test_templates_and_macros_of_the_judged_handbook_change_nothing(folder: Path, write: Write) -> None:
    write("macros/catalog/en.yml", "not: complete\n")
    write("docs/other.md", PAGE + "{{ trap() }}\n")
    write("macros/definitions/trap.py", f"{TRAP}from macros.context.registry import macro\n")
    options = ["check", *DAY, "--root", str(folder), "--format", "json", "--select", "ORG002"]
    result = CliRunner().invoke(main, options, catch_exceptions=False)
    assert [finding["code"] for finding in json.loads(result.stdout)["findings"]] == ["ORG002"]

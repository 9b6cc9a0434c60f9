"""Code of an earlier commit sees nothing of the environment that it could give away."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.cli import main
from tests.builds import NOON
from tests.conftest import PAGE
from tests.scripts.conftest import Git

TELLS = """import os
from macros.hooks import *
open({file!r}, "w").write(" ".join(sorted(os.environ)))
"""


def test_the_code_of_a_commit_sees_no_variable_of_the_person_who_runs_it(
    git: Git, write: Callable[[str, str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI_JOB_TOKEN", "secret")
    monkeypatch.setenv("HANDBOOK_MAIL_PASSWORD", "secret")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    honest = (git.root / "mkdocs.yml").read_text(encoding="utf-8")
    write("mkdocs.yml", honest.replace("- macros/hooks.py", "- macros/hooks.py\n  - trap.py"))
    seen = tmp_path / "seen"
    write("trap.py", TELLS.format(file=str(seen)))
    trap = git.commit("2026-11-02")
    write("mkdocs.yml", honest)
    write("docs/other.md", PAGE.replace("Text.", "Another text."))
    git.commit("2026-11-03")
    done = CliRunner().invoke(main, ["changes", "--since", trap, "--root", str(git.root)])
    assert done.exit_code == 0, done.output
    names = set(seen.read_text(encoding="utf-8").split())
    assert {"PATH", "SOURCE_DATE_EPOCH", "HANDBOOK_REPOSITORY"} <= names
    assert not names & {"CI_JOB_TOKEN", "HANDBOOK_MAIL_PASSWORD"}
    assert f"the code of {trap[:7]}" in done.stderr

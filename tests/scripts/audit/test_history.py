"""`handbook audit history`: every change of every page, word by word."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from handbook.text.quoting import short_commit
from scripts.cli import main
from tests.conftest import PAGE, ROOT
from tests.scripts.conftest import Git

pytestmark = pytest.mark.usefixtures("on_20_november")

Write = Callable[[str, str | bytes], Path]


def _run(folder: Path, *arguments: str) -> Result:
    options = ["audit", "history", "--root", str(folder), *arguments]
    return CliRunner().invoke(main, options, catch_exceptions=False)


def _shown(folder: Path, *arguments: str) -> str:
    result = _run(folder, *arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def _json(folder: Path, *arguments: str) -> Any:
    return json.loads(_shown(folder, "--format", "json", *arguments))


@pytest.fixture
def history(git: Git, write: Write) -> Git:
    """One page changes on 3 November, moves on the 5th."""
    write("docs/other.md", PAGE.replace("Text.", "Ask <us> first."))
    git.commit("2026-11-03", "Say whom to ask (#12)\n\nChange: substantive")
    git("mv", "docs/other.md", "docs/moved.md")
    git.commit("2026-11-05", "Give it its name")
    return git


def test_a_change_is_shown_with_its_words(history: Git) -> None:
    shown = _shown(history.root, "docs/moved.md", "--from", "2026-11-02")
    commits = history("log", "-2", "--format=%h", "--abbrev=10").split()
    assert shown == (
        "2026-11-05  docs/moved.md\n"
        "  Give it its name\n"
        f"  moved from docs/other.md; commit {commits[0]}\n"
        "\n"
        "2026-11-03  docs/other.md\n"
        "  Say whom to ask (#12)\n"
        f"  substantive; pull request 12; commit {commits[1]}\n"
        "\n"
        "    ---\n"
        "    title: [-Other-]{+A page+}\n"
        "    description: What it is about.\n"
        "    …\n"
        "\n"
        "    # [-Other-]{+A page+}\n"
        "\n"
        "    [-Text-]{+Ask <us> first+}.\n"
    )


def test_data_has_what_is_known_and_null_for_what_is_not(history: Git) -> None:
    first, second = _json(history.root, "docs/moved.md", "--from", "2026-11-02")["changes"]
    assert (first["path"], first["path_before"], first["kind"], first["pull_request"]) == (
        "docs/moved.md",
        "docs/other.md",
        None,
        None,
    )
    assert (first["redline"], first["before"]) == ([], first["after"])
    assert (second["day"], second["kind"], second["pull_request"], second["authors"]) == (
        "2026-11-03",
        "substantive",
        12,
        [],
    )
    assert {"mark": "inserted", "text": "Ask <us> first"} in second["redline"]


def test_each_record_is_a_line(history: Git) -> None:
    lines = _shown(history.root, "--format", "json").splitlines()
    records = [json.loads(line.rstrip(",")) for line in lines if line.startswith('{"path"')]
    assert records == _json(history.root)["changes"]
    assert len(records) == 4


def test_a_second_run_shows_the_same_from_the_cache(history: Git) -> None:
    for form in ("json", "text", "html"):
        shutil.rmtree(history.root / ".git" / ".handbook", ignore_errors=True)
        first = _shown(history.root, "--format", form)
        assert (history.root / ".git" / ".handbook" / "redlines").is_file()
        assert _shown(history.root, "--format", form) == first


def test_a_later_run_loads_neither_the_rules_nor_the_registers(history: Git) -> None:
    """They take twice as long to import as all the rest of such a run."""
    _modules_of_a_run(history.root)
    loaded = _modules_of_a_run(history.root)
    assert "handbook.history.keeping.whole_history" in loaded
    assert {"handbook.rules", "handbook.registers", "jinja2", "markdown", "pydantic"} & loaded == set()


def _modules_of_a_run(folder: Path) -> set[str]:
    command = [sys.executable, "-X", "importtime", "-m", "scripts.cli", "audit", "history"]
    run = subprocess.run(
        [*command, "--root", str(folder), "--format", "json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {line.rpartition("|")[2].strip() for line in run.stderr.splitlines()}


def test_the_page_of_all_changes_is_marked_and_escaped(history: Git) -> None:
    page = _shown(history.root, "--format", "html")
    assert "<us>" not in page
    assert re.search(r'<ins><span class="visually-hidden">\[inserted: </span>Ask &lt;us&gt; first<', page)
    days = re.findall(r'<time datetime="([^"]+)"', page)
    assert days == sorted(days, reverse=True)
    assert len(days) == 4


def test_a_page_is_found_by_the_path_it_had(history: Git) -> None:
    assert _json(history.root, "docs/other.md") == _json(history.root, "./docs/moved.md")


def test_only_pages_are_shown(history: Git, write: Write) -> None:
    write("README.md", "Not a page.")
    write("docs/note.txt", "Not a page.")
    history.commit("2026-11-06")
    assert {change["path"] for change in _json(history.root)["changes"]} == {
        "docs/index.md",
        "docs/moved.md",
        "docs/other.md",
    }


@pytest.mark.parametrize(
    ("arguments", "days"),
    [
        (["--from", "2026-11-03"], ["2026-11-05", "2026-11-03"]),
        (["--to", "2026-11-03"], ["2026-11-03", "2026-11-01", "2026-11-01"]),
        (["--from", "2026-11-04", "--to", "2026-11-04"], []),
    ],
)
def test_the_days_asked_for_are_shown(history: Git, arguments: list[str], days: list[str]) -> None:
    assert [change["day"] for change in _json(history.root, *arguments)["changes"]] == days


def test_a_time_without_a_change_says_so(history: Git) -> None:
    assert _shown(history.root, "--to", "2026-10-01").startswith("the history here has no change of")


def test_what_is_not_committed_says_so_and_has_no_day(history: Git, write: Write) -> None:
    write("docs/new.md", PAGE)
    write("docs/index.md", PAGE + "More.\n")
    (history.root / "docs" / "moved.md").unlink()
    assert _shown(history.root, "docs/new.md") == "docs/new.md: not committed yet\n"
    assert _json(history.root)["pending"] == [
        {"path": "docs/index.md", "what": "changed", "waits": "not committed yet"},
        {"path": "docs/moved.md", "what": "taken away", "waits": "not committed yet"},
        {"path": "docs/new.md", "what": "new", "waits": "not committed yet"},
    ]


def test_what_is_committed_elsewhere_is_not_yet_on_the_main_branch(history: Git, write: Write) -> None:
    history("switch", "--quiet", "--create", "work")
    write("docs/new.md", PAGE)
    history.commit("2026-11-06")
    shown = _shown(history.root, "docs/new.md")
    assert shown == "docs/new.md: not on the main branch yet\n"


def test_what_was_left_out_is_said(history: Git, write: Write) -> None:
    name = history("rev-parse", "HEAD~1").strip()
    write(".git-blame-ignore-revs", name)
    history.commit("2026-11-06")
    for form in ("text", "html"):
        assert short_commit(name) in _shown(history.root, "--format", form)
    assert _json(history.root)["left_out"] == [name]


@pytest.mark.parametrize(("choice", "shown"), [("names", True), ("roles", False), ("none", False)])
def test_names_are_shown_only_where_the_organization_lets_them(
    history: Git, choice: str, shown: bool
) -> None:
    organization = history.root / "organization.yml"
    text = organization.read_text("utf-8")
    assert "history_names: none" in text
    organization.write_text(text.replace("history_names: none", f"history_names: {choice}"), "utf-8")
    for form in ("text", "json", "html"):
        text = _shown(history.root, "--format", form)
        assert ("Communications lead" in text) is shown
        assert "social@example.org" not in text


def test_roles_are_those_of_the_register_and_otherwise_unknown(history: Git) -> None:
    organization, owners = (history.root / name for name in ("organization.yml", "registers/owners.yml"))
    text = organization.read_text("utf-8")
    organization.write_text(text.replace("history_names: none", "history_names: roles"), "utf-8")
    assert {change["authors"][0] for change in _json(history.root)["changes"]} == {None}
    assert "; by unknown role; commit" in _shown(history.root)
    text = owners.read_text("utf-8")
    holder = "\n  platform-lead:\n    holders: [Social@Example.org]\n"
    owners.write_text(text.replace("\n  platform-lead:\n", holder), "utf-8")
    assert {change["authors"][0] for change in _json(history.root)["changes"]} == {"platform-lead"}
    for form in ("text", "json", "html"):
        shown = _shown(history.root, "--format", form)
        assert "platform-lead" in shown
        assert "@example.org" not in shown.lower()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["docs/movd.md"], ["docs/movd.md", "did you mean"]),
        (["--from", "2026-11-10", "--to", "2026-11-01"], ["2026-11-10 is after 2026-11-01"]),
        (["--to", "2027-11-01"], ["2027-11-01", "2026-11-20"]),
        (["--from", "soon"], ["'soon'", "write for example"]),
        (["--branch", "nowhere"], ["revision 'nowhere'"]),
    ],
)
def test_what_cannot_be_shown_is_a_sentence(history: Git, arguments: list[str], words: list[str]) -> None:
    result = _run(history.root, *arguments)
    assert result.exit_code == 2
    assert all(word in result.stderr for word in words)


def test_a_handbook_without_a_commit_says_so(folder: Path) -> None:
    Git(folder)
    result = _run(folder)
    assert result.exit_code == 2
    assert "commit the handbook" in result.stderr


def test_a_shallow_clone_is_refused(history: Git, clone: Callable[..., Git]) -> None:
    result = _run(clone("--depth=1").root)
    assert result.exit_code == 2
    assert "git fetch --unshallow" in result.stderr

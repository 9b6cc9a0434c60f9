"""`handbook audit case`: what was said on one day, from editions and history that really exist."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from scripts.cli import main
from tests.conftest import PAGE, REVIEWED
from tests.scripts.conftest import Git

pytestmark = pytest.mark.usefixtures("on_20_november")

DAY = "2026-11-20"
RECORD = f"registers/reviews/{REVIEWED}-handbook.yml"


def _case(git: Git, out: Path, *arguments: str) -> Result:
    options = ["audit", "case", *arguments, "--root", str(git.root), "--output", str(out)]
    return CliRunner().invoke(main, options, catch_exceptions=False)


def _facts(out: Path) -> dict[str, Any]:
    (folder,) = (path for path in out.iterdir() if path.is_dir())
    facts: dict[str, Any] = json.loads((folder / "case.json").read_bytes())
    return facts


def _words(redlined: dict[str, Any], mark: str) -> str:
    return "".join(part["text"] for part in redlined["redline"] if part["mark"] == mark)


def _change(git: Git, text: str, day: str, path: str = "docs/index.md") -> str:
    (git.root / path).write_text(
        PAGE.replace("Text.", text).replace("owner:", "audience: [work]\nowner:"), encoding="utf-8"
    )
    return git.commit(day, f"Say {text}")


def test_a_case_says_what_was_in_force_and_who_had_read_it(published: Git, out: Path) -> None:
    result = _case(published, out, DAY, "docs/index.md")
    assert result.exit_code == 0, result.output
    facts = _facts(out)
    assert (facts["edition"]["edition"], facts["edition"]["differences"]) == ("2026.1", [])
    (page,) = facts["pages"]
    assert page["shown"][-1] == "Text."
    assert (page["facts"]["owner"], page["owner_is_filled"]) == ("platform-lead", True)
    (review,) = page["reviews"]
    assert (review["record"], review["met_on"], review["decided_on_this_text"]) == (
        RECORD,
        str(REVIEWED),
        True,
    )
    assert {reading["role"]: reading["read_this_text"] for reading in review["readings"]} == {
        "platform-lead": True,
        "communications-lead": True,
    }
    assert page["after"] is None
    assert page["waiting"] == []


def test_a_case_is_a_sealed_folder_with_what_it_rests_on(published: Git, out: Path) -> None:
    assert _case(published, out, DAY, "docs/index.md").exit_code == 0
    folder = out / f"case-{DAY}-index"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == {
        "README.txt",
        "SHA256SUMS",
        "case.json",
        "case.schema.json",
        "index.html",
        "manifest.json",
        "published/edition.json",
        "published/index.html",
        "published/tag.txt",
        f"reviews/{REVIEWED}-handbook.yml",
        "source/docs/index.md",
        "verify.py",
    }
    assert (folder / "source/docs/index.md").read_text("utf-8") == PAGE
    for place in (folder, folder.with_name(f"{folder.name}.zip")):
        command = [sys.executable, "-I", "-S", str(folder / "verify.py"), str(place)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_a_case_names_those_who_were_to_read_the_page(git: Git, out: Path) -> None:
    plan = "started: 2026-11-01\npages:\n  docs/index.md: [legal-lead]\n  docs/other.md: [people-lead]\n"
    folder = git.root / "registers" / "reviews" / "2026-11-01-docs"
    folder.mkdir()
    (folder / "review.yml").write_text(plan, encoding="utf-8")
    git.commit("2026-11-02")
    assert _case(git, out, "2026-11-10", "docs/index.md").exit_code == 0
    _, review = _facts(out)["pages"][0]["reviews"]
    assert [(reading["role"], reading["read_on"]) for reading in review["readings"]] == [("legal-lead", None)]
    assert (out / "case-2026-11-10-index" / "reviews" / "2026-11-01-docs" / "review.yml").exists()


def test_two_clones_make_the_same_case(published: Git, clone: Callable[..., Git], out: Path) -> None:
    sums = [
        re.findall("SHA-256 of the zip: (.*)", _case(git, out / name, DAY, "a page").stdout)
        for name, git in (("here", published), ("there", clone()))
    ]
    assert sums[0] == sums[1] != []


def test_what_was_said_before_and_after_is_redlined(git: Git, out: Path) -> None:
    _change(git, "Staff may <b>post</b>.", "2026-11-05")
    after = _change(git, "Staff may not post.", "2026-11-15")
    _change(git, "Nobody may.", "2026-11-18")
    assert _case(git, out, "2026-11-10", "docs/index.md").exit_code == 0
    (page,) = _facts(out)["pages"]
    assert "Staff may <b>post</b>.\n" in page["source"]
    assert _words(page["before"], "deleted") == "Text"
    assert (page["after"]["change"]["commit"], page["after"]["change"]["day"]) == (after, "2026-11-15")
    assert "not" in _words(page["after"], "inserted")
    assert [change["day"] for change in page["changes"]] == [
        "2026-11-18",
        "2026-11-15",
        "2026-11-05",
        "2026-11-01",
    ]
    html = next(out.rglob("index.html")).read_text("utf-8")
    assert "<dt>For whom</dt><dd>people who post for us</dd>" in html
    assert "<b>" not in html
    assert "<del>" in html


def test_a_text_that_was_not_in_force_yet_is_told_apart(published: Git, out: Path) -> None:
    _change(published, "Tomorrow.", "2026-11-19")
    assert _case(published, out, DAY, "docs/index.md").exit_code == 0
    (page,) = _facts(out)["pages"]
    assert page["shown"][-1] == "Text."
    assert "Tomorrow" in "".join(part["text"] for part in page["waiting"] if part["mark"] == "inserted")


def test_what_is_not_known_is_called_unknown(git: Git, out: Path, clone: Callable[..., Git]) -> None:
    (git.root / RECORD).unlink()
    _change(git, "Text, again.", "2026-11-12")
    shallow = clone("--depth=1")
    assert _case(shallow, out, DAY, "docs/index.md").exit_code == 0
    facts = _facts(out)
    assert facts["edition"] is None
    assert facts["no_edition"].startswith("unknown")
    assert "git fetch --unshallow" in facts["history_gap"]
    (page,) = facts["pages"]
    assert (page["changes"], page["before"], page["after"], page["reviews"]) == (None, None, None, [])
    html = next((out).rglob("index.html")).read_text("utf-8").casefold()
    assert html.count("unknown: ") >= 4


def test_no_edition_in_force_is_not_the_same_as_unknown(published: Git, out: Path) -> None:
    assert _case(published, out, "2026-11-02", "docs/index.md").exit_code == 0
    assert _facts(out)["no_edition"].startswith("none on 2026-11-02; the first took effect on")


def test_an_edition_that_was_changed_is_named_as_such(published: Git, out: Path) -> None:
    published("switch", "--quiet", "gh-pages")
    page = published.root / "2026.1" / "index.html"
    page.write_bytes(page.read_bytes().replace(b"Text.", b"text.", 1))
    published.commit()
    published("switch", "--quiet", "main")
    assert _case(published, out, DAY, "docs/index.md").exit_code == 0
    (difference,) = _facts(out)["edition"]["differences"]
    assert difference.startswith("index.html: ")


def test_a_page_is_found_by_the_path_that_it_has_since(git: Git, out: Path) -> None:
    git("mv", "docs/other.md", "docs/moved.md")
    git.commit("2026-11-15")
    assert _case(git, out, "2026-11-10", "docs/moved.md").exit_code == 0
    assert _facts(out)["pages"][0]["facts"]["path"] == "docs/other.md"


def test_several_pages_are_listed_or_taken_together(git: Git, out: Path) -> None:
    several = _case(git, out, DAY, "Text.")
    assert several.exit_code == 2
    assert [line.split(":")[0].strip() for line in several.stderr.splitlines()[1:]] == [
        "docs/index.md",
        "docs/other.md",
    ]
    assert _case(git, out, DAY, "Text.", "--all").exit_code == 0
    assert (out / f"case-{DAY}-text").is_dir()
    assert len(_facts(out)["pages"]) == 2


@pytest.mark.parametrize("name", [f"case-{DAY}-index", f"case-{DAY}-index.zip"])
def test_nothing_is_written_over(git: Git, out: Path, name: str) -> None:
    out.mkdir()
    (out / name).write_text("mine", encoding="utf-8")
    result = _case(git, out, DAY, "docs/index.md")
    assert (result.exit_code, "already exists" in result.stderr) == (2, True)
    assert (out / name).read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["2027-11-20", "docs/index.md"], "still to come"),
        (["2026-10-01", "docs/index.md"], "begins on"),
        ([DAY, "docs/nowhere.md"], "docs/nowhere.md"),
        ([DAY, "words", "nobody", "wrote"], "fewer words"),
        (["soon", "docs/index.md"], "not a day"),
        ([DAY], "PAGE-OR-WORDS"),
        ([DAY, "docs/index.md", "--branch", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_told_is_a_sentence(git: Git, out: Path, arguments: list[str], word: str) -> None:
    result = _case(git, out, *arguments)
    assert (result.exit_code, word in result.stderr) == (2, True), result.stderr
    assert not (out).exists()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The folder that cases are written to."""
    return tmp_path / "out"

"""`handbook edition plan` says whom publishing would ask, and how many people that is."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from handbook.acknowledgements.receipts import Reply
from scripts.cli import main
from tests.conftest import PAGE
from tests.scripts.acknowledge.rounds import (
    PAGES,
    acknowledge,
    done,
    put_edition,
    readers,
    receipt,
    roster,
    table,
    write_register,
)
from tests.scripts.conftest import Git

REPLIES: tuple[Reply, ...] = ("accepted", "declined")
pytestmark = pytest.mark.sample


@pytest.fixture(autouse=True)
def _on_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796904000")  # 2026-12-10


@pytest.fixture
def asking(git: Git) -> Git:
    """A handbook that asks two audiences, and has published nothing yet."""
    write_register(git.root)
    page = PAGE.replace("Text.", "{{ acknowledge() }}")
    (git.root / "docs" / "acknowledge.md").write_text(page, encoding="utf-8")
    git.commit()
    return git


def _plan(git: Git, *options: str) -> str:
    arguments = ["edition", "plan", "--no-build", "--root", str(git.root), *options]
    return CliRunner().invoke(main, arguments, catch_exceptions=False).stdout


def _asks(git: Git) -> list[dict[str, Any]]:
    asks: list[dict[str, Any]] = json.loads(_plan(git, "--format", "json"))["asks"]
    return asks


def test_a_first_edition_asks_everybody_for_the_first_time(asking: Git, tmp_path: Path) -> None:
    unknown = "an unknown number of people\n"
    said = _plan(asking)
    assert f"publishing asks for the first time: managers: docs/other.md; {unknown}" in said
    assert f"publishing asks for the first time: work: docs/index.md, docs/other.md; {unknown}" in said
    done(acknowledge(asking.root, "people", roster(tmp_path, readers(12)), "--audience", "managers"))
    assert "for the first time: managers: docs/other.md; 12 people\n" in _plan(asking)
    assert [(each["audience"], each["is_first"], each["people"]) for each in _asks(asking)] == [
        ("managers", True, 12),
        ("work", True, None),
    ]


def test_without_a_page_on_which_to_answer_nobody_is_asked(asking: Git) -> None:
    (asking.root / "docs" / "acknowledge.md").unlink()
    asking.commit()
    assert _asks(asking) == []


def test_an_edition_asks_again_what_changed_and_counts_whose_answer_no_longer_counts(
    asking: Git, tmp_path: Path
) -> None:
    asked = put_edition(asking, "2026.1", "2026-11-20", {"work": PAGES})
    people = readers(4)
    done(acknowledge(asking.root, "people", roster(tmp_path, people), "--audience", "work"))
    file = tmp_path / "export.csv"
    rows = [(who, receipt(asked, reply).text) for who, reply in zip(people, REPLIES, strict=False)]
    file.write_text(table([("Email address", "Receipt"), *rows]), encoding="utf-8")
    done(acknowledge(asking.root, "import", file, "--from", "moodle"))
    changed = "2 of 2 pages changed in substance (docs/index.md, docs/other.md)"
    assert f"publishing asks again: work: {changed}; 2 of 4 people\n" in _plan(asking)
    assert "for the first time: managers" in _plan(asking)

"""`handbook upgrade` of this handbook as it was 60 commits ago, with the edits of a real adopter."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.cli import main
from tests.adopters import adopted_upstream, require_history
from tests.conftest import ROOT
from tests.scripts.conftest import Git

TERM = """
  - term: {en: zine, fr: fanzine}
    meaning: {en: A small magazine, fr: Petite revue}
"""
SCENARIO = """
  our-book-sale:
    question: May I post about the book sale?
    answer: fine
    reason: Yes.
    page: docs/policy/work.md
    audience: [work]
    topics: [photos]
"""
ROLE = """
  branch-lead:
    title: {en: Branch lead, fr: Responsable de succursale}
    contact: people
    decides: {en: What branches post, fr: Ce que publient les succursales}
    deputy: communications-lead
"""
ADDED = {
    "docs/policy/work.md": "\n\nOur branches follow the same steps.\n",
    "docs/practice/crisis.md": "\n\nOur branches call the main library.\n",
    "registers/glossary.yml": TERM,
    "registers/scenarios.yml": SCENARIO,
    "registers/owners.yml": ROLE,
}
REPLACED = {
    "organization.yml": (("sector: charity", "sector: education"), ("develops_the_tool: true\n", "")),
    "docs/people/values.md": (("last_reviewed: 2026-", "last_reviewed: 2025-"),),
    "mkdocs.yml": (("      - policy/personal.md\n", "      - policy/sale.md\n      - policy/personal.md\n"),),
}
BROKEN = {"FMT001", "FMT002", "HTM001", "LNK001", "ORG002", "OWN002", "REG001", "STR003"}
PAGE = """---
title: Book sale
description: How we post about the book sale.
owner: branch-lead
audience: [work]
---

# Book sale

Post once a week.
"""


def _adopter(kind: str, tmp_path: Path) -> Git:
    start = Git(ROOT, begin=False)("rev-parse", "HEAD~60").strip()
    git = adopted_upstream(start, tmp_path)
    for path, text in ADDED.items():
        file = git.root / path
        file.write_text(file.read_text("utf-8").rstrip("\n") + text, encoding="utf-8")
    for path, pairs in REPLACED.items():
        text = (git.root / path).read_text("utf-8")
        for before, after in pairs:
            assert before in text
            text = text.replace(before, after)
        (git.root / path).write_text(text, encoding="utf-8")
    (git.root / "docs" / "policy" / "sale.md").write_text(PAGE, encoding="utf-8")
    if kind == "archive":  # Git has never seen what was adopted.
        shutil.rmtree(git.root / ".git")
        git = Git(git.root)
    git.commit("2026-11-29", "Edit the handbook")
    return git


@pytest.mark.parametrize("kind", ["fork", "archive"])
def test_a_handbook_of_60_commits_ago_comes_to_today_without_a_conflict(tmp_path: Path, kind: str) -> None:
    require_history()
    git = _adopter(kind, tmp_path)
    arguments = ["upgrade", str(ROOT), "--accept", "all", "--root", str(git.root)]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert (result.exit_code, "0 conflicts" in result.stdout) == (0, True), result.output
    for path, text in ADDED.items():
        assert text.strip() in (git.root / path).read_text("utf-8")
    for path, pairs in REPLACED.items():
        text = (git.root / path).read_text("utf-8")
        assert all(after in text for _, after in pairs)
    assert (git.root / "docs" / "policy" / "sale.md").read_text("utf-8") == PAGE
    if kind == "fork":
        _require_sound(git)


def _require_sound(git: Git) -> None:
    """Check the handbook: there is much to review, and nothing is broken; the gate takes it as a release."""
    findings = _findings(git)
    assert [finding for finding in findings if finding["code"] in BROKEN] == []
    assert "REV001" in {finding["code"] for finding in findings}
    git.commit("2026-11-30", "Upgrade")
    git("tag", "v9.9", "origin/HEAD")
    mixed = _findings(git, "--select", "CHG001,REV010", "--changed-since", "HEAD~1")
    assert [(each["severity"], "updates the tool to a release" in each["message"]) for each in mixed] == [
        ("info", True)
    ]


def _findings(git: Git, *options: str) -> list[dict[str, str]]:
    arguments = ["check", "--root", str(git.root), "--format", "json", "--today", "2026-11-30", *options]
    checked = CliRunner().invoke(main, arguments, catch_exceptions=False)
    findings: list[dict[str, str]] = json.loads(checked.stdout)["findings"]
    return findings

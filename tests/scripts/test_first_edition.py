"""From the sample to the first edition of another organization, by commands alone."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from scripts.cli import main
from tests.builds import NOON
from tests.conftest import ROOT
from tests.scripts.conftest import Git
from tests.scripts.review.rounds import answers_file, decisions_file, review, written

pytestmark = pytest.mark.sample
ABOUT_THE_TOOL = ("docs/contributing/", "docs/audit/")
FOLDERS = ("docs", "macros", "overrides", "registers", "sample")
PARTS = (*FOLDERS, "mkdocs.yml", "organization.yml", "requirements.txt", ".gitignore")
ANSWERS = """name: Exampleford City Council
short_name: ECC
sector: government
places: [uk]
languages: [en-GB]
time_zone: Europe/London
roles:
  head-of-communications:
    takes: [executive-sponsor, communications-lead, platform-lead, people-lead, security-lead]
    title: Head of communications
    deputy: monitoring-officer
  monitoring-officer:
    takes: [legal-lead, privacy-lead]
    title: Monitoring officer
    deputy: head-of-communications
license: All rights reserved
"""


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """The sample, committed by others."""
    root = tmp_path / "handbook"
    root.mkdir()
    for part in PARTS:
        source, target = ROOT / part, root / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git = Git(root)
    git("config", "user.name", "Head of communications")
    git("config", "user.email", "head@exampleford.example")
    git.commit("2026-11-01", "Say something as others would")
    return git


def _handbook(root: Path, *arguments: str) -> str:
    return written(CliRunner().invoke(main, [*arguments, "--root", str(root)], catch_exceptions=False))


def _plans(root: Path) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Yield each open review with the pages that each role reads."""
    for plan in sorted((root / "registers" / "reviews").glob("*/review.yml")):
        pages = yaml.safe_load(plan.read_text("utf-8"))["pages"]
        by_role: dict[str, list[str]] = {}
        for page, readers in pages.items():
            for role in readers:
                by_role.setdefault(role, []).append(page)
        yield plan.parent.name, by_role


def _take_through(root: Path, name: str, by_role: dict[str, list[str]]) -> None:
    for role, pages in by_role.items():
        answers = answers_file(root, pages)
        written(review(root, "sign", "--as", role, "--review", name, "--answers", answers))
    every = sorted({page for pages in by_role.values() for page in pages})
    decisions = decisions_file(root, every)
    written(review(root, "close", "--review", name, "--on", "2026-11-20", "--decisions", decisions))


def test_another_organization_comes_from_the_sample_to_its_first_edition(sample: Git, tmp_path: Path) -> None:
    root = sample.root
    answers = tmp_path / "adopt.yml"
    answers.write_text(ANSWERS, encoding="utf-8")
    _handbook(root, "adopt", "--answers", str(answers))
    sample.commit("2026-11-20", "Adopt the handbook")
    written(review(root, "start"))
    for name, by_role in list(_plans(root)):
        _take_through(root, name, by_role)
    sample.commit("2026-11-20", "Review every page")
    told = _handbook(root, "check").splitlines()
    findings = [line for line in told if not line.startswith("  the same in ")]
    assert [line for line in findings if " info " not in line and not line.startswith(ABOUT_THE_TOOL)] == []
    _handbook(root, "edition", "publish")
    page = sample("show", "gh-pages:2026.1/policy/work/index.html")
    assert "Exampleford City Council" in page
    assert "Example Reading Network" not in page
    history = _handbook(root, "audit", "history", "docs/policy/work.md")
    assert "Review every page" in history
    assert "as others would" not in history

"""What the tests share: the sample handbook as of one day, and copies of it to break."""

import datetime
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.model import Handbook
from handbook.registers.decisions import Decisions
from handbook.registers.review_index import Reviews
from handbook.registers.scenarios import Scenarios
from handbook.templating.expressions import Expressions
from macros.context.site import Site
from macros.plugin import expressions_by_language, read_site
from tests.records import page_at, record, texts_of

ROOT = Path(__file__).resolve().parent.parent
TODAY = datetime.date(2026, 11, 20)
# The registers that name pages of the sample, which a handbook of two pages has not got.
NAME_PAGES = ("scenarios.yml", "decisions", "reviews", "editorial_changes.yml")
REVIEWED = datetime.date(2026, 10, 14)
PAGE = """---
title: A page
description: What it is about.
owner: platform-lead
last_reviewed: 2026-10-14
---

# A page

Text.
"""


def hostile(kind: str) -> list[Path]:
    """Return the pages of a folder of tests/hostile/."""
    return sorted((ROOT / "tests" / "hostile" / kind).glob("*.md"))


def told_word(file: Path) -> str:
    """Return the word that stands in what is told of a page of tests/hostile/html/."""
    return file.read_text(encoding="utf-8").rpartition("<!-- told: ")[2].removesuffix(" -->\n")


@pytest.fixture(scope="session")
def site() -> Site:
    return read_site(ROOT)


@pytest.fixture(scope="session")
def expressions(handbook: Handbook) -> Expressions:
    return handbook.expressions["en"]


@pytest.fixture(scope="session")
def handbook(site: Site) -> Handbook:
    """The sample organization as of TODAY, without pages and without registers that name any."""
    registers = replace(site.registers, scenarios=Scenarios(), decisions=Decisions(), reviews=Reviews())
    return Handbook(registers, expressions_by_language(site), TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A handbook with two pages and the record of their review, in order on TODAY, to be broken by a test."""
    return make_folder(tmp_path / "handbook")


def make_folder(root: Path) -> Path:
    """Make the handbook of the fixture `folder`."""
    for name in ("macros", "overrides", "registers"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", *NAME_PAGES))
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    before, _, rest = config.partition("\nnav:\n")
    (root / "mkdocs.yml").write_text(f"{before}\n{rest[rest.index('theme:') :]}", encoding="utf-8")
    shutil.copy(ROOT / "organization.yml", root)
    (root / "docs").mkdir()
    (root / "docs" / "index.md").write_text(PAGE, encoding="utf-8")
    (root / "docs" / "other.md").write_text(PAGE.replace("A page", "Other"), encoding="utf-8")
    (root / "registers" / "reviews").mkdir()
    texts = texts_of(page_at(root, path) for path in ("docs/index.md", "docs/other.md"))
    file = root / "registers" / "reviews" / f"{REVIEWED}-handbook.yml"
    file.write_text(record(texts, REVIEWED), encoding="utf-8")
    return root


@pytest.fixture
def write(folder: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file of the handbook by its path."""

    def write_file(path: str, content: str | bytes) -> Path:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return write_file

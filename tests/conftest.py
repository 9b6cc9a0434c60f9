"""What the tests share: the sample handbook as of one day, and copies of it to break."""

import datetime
import gc
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from handbook.files.kept_results import KeptResults
from handbook.model import Handbook
from handbook.registers.acknowledgements import Acknowledgements
from handbook.registers.decisions import Decisions
from handbook.registers.emergency_route import EmergencyRoute
from handbook.registers.open_questions import OpenQuestions
from handbook.registers.questions import Questions
from handbook.registers.review_index import Reviews
from handbook.registers.scenarios import Scenarios
from handbook.templating.expressions import Expressions
from macros.context.site import Site
from macros.plugin import expressions_by_language, read_site
from tests.builds import NOON, build_site, no_facts, run_builder_in_copy
from tests.records import page_at, record, texts_of
from tests.sample_only import leave_out, summary

ROOT = Path(__file__).resolve().parent.parent
TODAY = datetime.date(2026, 11, 20)
# The registers that name pages of the sample, which a handbook of two pages has not got.
NAME_PAGES = (
    "acknowledgements.yml",
    "scenarios.yml",
    "scenarios",
    "decisions",
    "questions.yml",
    "emergency_route.yml",
    "reviews",
    "editorial_changes*",
    "shipped",
)
# Registers that a handbook of two pages hardly needs, and that would take a third of the time of its check.
LONG_REGISTERS = ("glossary.yml", "helplines.yml", "library.yml", "platform_facts.yml", "regulations.yml")
# The evidence of the sample that a handbook of two pages keeps as its own.
OWN_EVIDENCE = ("accounts.yml", "links.yml", "waivers.yml")
# Modules that take more than twenty seconds, the slowest first.
SLOWEST = (
    "browser/test_site.py",
    "browser/test_keyboard.py",
    "test_organizations.py",
    "browser/test_hostile_values.py",
    "test_robustness.py",
    "browser/test_questions.py",
    "browser/test_routes.py",
    "scripts/test_past.py",
    "scripts/edition/test_interrupted.py",
    "browser/test_hostile_pages.py",
    "browser/test_screens.py",
    "scripts/test_killed_commands.py",
    "browser/test_photo_check.py",
    "scripts/edition/test_latest.py",
    "scripts/test_move.py",
    "scripts/site/test_builders.py",
    "scripts/edition/test_publish.py",
    "handbook/git/test_process.py",
    "scripts/audit/test_pack.py",
    "scripts/edition/test_timestamps.py",
    "scripts/development/serving/test_preview.py",
    "browser/test_acknowledge.py",
    "scripts/development/test_prose_lint.py",
    "browser/test_components.py",
    "scripts/test_sample.py",
    "browser/test_training_packages.py",
    "browser/test_measure.py",
    "scripts/edition/test_verify.py",
    "scripts/forge/test_workflows.py",
    "scripts/review/test_interruptions.py",
    "scripts/test_first_edition.py",
    "scripts/site/test_build.py",
    "scripts/site/test_locked_environment.py",
    "scripts/edition/test_branch_index.py",
)
_OWN_RESULT, _ADD_OWN = KeptResults.result, KeptResults.add
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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run only what holds for any organization once the handbook is somebody's own.

    What is slow comes first: a worker that takes the slowest module last keeps all others waiting.
    """
    leave_out(ROOT, config, items)
    ranks = {ROOT / "tests" / name: rank for rank, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))


def pytest_collection_finish() -> None:
    """Keep the collector of garbage from looking through thousands of tests again and again.

    Looking less often for what tests leave behind takes a tenth off most of them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say which tests did not run."""
    for line in summary(config):
        terminalreporter.write_line(line)


def hostile(kind: str) -> list[Path]:
    """Return the pages of a folder of tests/hostile/."""
    return sorted((ROOT / "tests" / "hostile" / kind).glob("*.md"))


def put_hostile(folder: Path, *kinds: str) -> None:
    """Put pages of tests/hostile/ into a handbook, each kind into a folder of its own."""
    for kind in kinds:
        for file in hostile(kind):
            target = folder / "docs" / kind / file.name
            target.parent.mkdir(exist_ok=True)
            shutil.copy(file, target)


def told_word(file: Path) -> str:
    """Return the word that stands in what is told of a page of tests/hostile/html/."""
    return file.read_text(encoding="utf-8").rpartition("<!-- told: ")[2].removesuffix(" -->\n")


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that the first worker of a run makes for all; tests only read or copy it."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with _held(shared / f"{name}.lock"):
        if not (shared / name).exists():
            make(shared / f"{name}.draft")
            (shared / f"{name}.draft").rename(shared / name)
    return shared / name


@contextmanager
def _held(lock: Path) -> Iterator[None]:
    """Wait until no other worker holds a lock, and hold it."""
    deadline = time.monotonic() + 300
    while True:
        try:
            lock.touch(exist_ok=False)
            break
        except FileExistsError:
            assert time.monotonic() < deadline, f"{lock} was never released"
            time.sleep(0.1)
    try:
        yield
    finally:
        lock.unlink()


@pytest.fixture
def on_20_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be noon of the day of the tests."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)


@pytest.fixture(scope="session", autouse=True)
def _quick_builds() -> Iterator[None]:
    """Let commands build sites without loading the libraries anew, and without facts that nobody reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scripts.site.build.run_builder", run_builder_in_copy)
        patch.setattr("mkdocs_macros.context.get_git_info", no_facts)
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_memory() -> Iterator[None]:
    """Render and judge equal texts once in a worker: many handbooks of tests have the pages of the sample."""
    known: dict[str, bytes] = {}

    def result(kept: KeptResults, name: str) -> bytes | None:
        row = _OWN_RESULT(kept, name)
        if row is None and (row := known.get(name)) is not None:
            _ADD_OWN(kept, name, row)
        return row

    def add(kept: KeptResults, name: str, row: bytes) -> None:
        known[name] = row
        _ADD_OWN(kept, name, row)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KeptResults, "result", result)
        patch.setattr(KeptResults, "add", add)
        yield


@pytest.fixture
def own_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each handbook know only what is kept for it, as outside of tests."""
    monkeypatch.setattr(KeptResults, "result", _OWN_RESULT)
    monkeypatch.setattr(KeptResults, "add", _ADD_OWN)


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample handbook as of TODAY."""
    return made_once(tmp_path_factory, "sample-site", lambda site: build_site(ROOT, site))


@pytest.fixture(scope="session")
def site() -> Site:
    return read_site(ROOT)


@pytest.fixture(scope="session")
def expressions(handbook: Handbook) -> Expressions:
    return handbook.expressions["en"]


@pytest.fixture(scope="session")
def handbook(site: Site) -> Handbook:
    """The sample organization as of TODAY, without pages and without registers that name any."""
    registers = replace(
        site.registers,
        scenarios=Scenarios(),
        decisions=Decisions(),
        questions=Questions(),
        open_questions=OpenQuestions(),
        reviews=Reviews(),
        emergency_route=EmergencyRoute(),
        acknowledgements=Acknowledgements(),
    )
    return Handbook(registers, expressions_by_language(site), TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A handbook with two pages and the record of their review, in order on TODAY, to be broken by a test."""
    return make_folder(tmp_path / "handbook")


def make_folder(root: Path) -> Path:
    """Make the handbook of the fixture `folder`."""
    folders, files = _contents()
    root.mkdir(parents=True, exist_ok=True)
    write_tree(root, folders, files)
    return root


@pytest.fixture
def long_registers(folder: Path) -> None:
    """The registers that the fixture `folder` leaves out."""
    for name in LONG_REGISTERS:
        shutil.copy(ROOT / "registers" / name, folder / "registers")


def write_tree(root: Path, folders: Iterable[str], files: Mapping[str, bytes]) -> None:
    """Write what is in memory, which takes a third of the time that copying it takes."""
    for name in folders:
        (root / name).mkdir()
    for name, data in files.items():
        (root / name).write_bytes(data)


def read_tree(root: Path) -> tuple[list[str], dict[str, bytes]]:
    """Return the folders below a folder, each before what is in it, and the files with what they hold."""
    paths = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*"))}
    return (
        [name for name, path in paths.items() if path.is_dir()],
        {name: path.read_bytes() for name, path in paths.items() if path.is_file()},
    )


@cache
def _contents() -> tuple[list[str], dict[str, bytes]]:
    with TemporaryDirectory() as name:
        return read_tree(_copy_of_sample(Path(name, "handbook")))


def _copy_of_sample(root: Path) -> Path:
    """Copy the sample without its pages, and write two pages and the record of their review."""
    left_out = shutil.ignore_patterns("__pycache__", *NAME_PAGES, *LONG_REGISTERS)
    for name in ("macros", "overrides", "registers"):
        shutil.copytree(ROOT / name, root / name, ignore=left_out)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    before, _, rest = config.partition("\nnav:\n")
    theme, _, rest = rest[rest.index("theme:") :].partition("# The pages that the frame leads to")
    rest = rest[rest.index("hooks:") :]
    (root / "mkdocs.yml").write_text(f"{before}\n{theme}{rest}", encoding="utf-8")
    for name in OWN_EVIDENCE:
        shutil.copy(ROOT / "sample" / "registers" / name, root / "registers")
    organization = (ROOT / "organization.yml").read_text(encoding="utf-8")
    organization = organization.replace("sample: true\n", "") + "translate_within: never\n"
    (root / "organization.yml").write_text(organization, encoding="utf-8")
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

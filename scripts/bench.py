"""Measures the check and the build as ratios within one run; what `make bench` runs.

Seconds differ from machine to machine, ratios hardly. The check is compared with the floor, which is
the least that reading front matter costs, and the build with bare Material.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

import click
import yaml

from handbook.errors import HandbookError
from scripts.command import told_in_a_sentence

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 20)
WORDS = (
    "A post that names our work speaks for us as much as a letter does so ask the owner of this page"
    " before you share what a colleague a learner or a partner told you in private and write down why"
)
WORDS_A_PAGE = 685
PAGES_A_FOLDER = 25
NAME_PAGES = ("scenarios.yml", "decisions")  # They would name pages of the sample, which is not copied.
MACRO_CALLS = ('{{ contact("press") }}', "{{ organization.name }}")
SHAPES: Sequence[Callable[[list[str]], str]] = (
    lambda words: f"**{words[0]}** [{words[1]}](#section-1) {' '.join(words[2:])}.",
    lambda words: "\n".join(f"- {' '.join(words[start : start + 10])}" for start in range(0, 80, 10)),
    lambda words: (
        "| What | How |\n|---|---|\n"
        + "\n".join(
            f"| {' '.join(words[at : at + 5])} | {' '.join(words[at + 5 : at + 20])} |"
            for at in (0, 20, 40, 60)
        )
    ),
)
BARE = {
    "site_name": "Bare Material",
    "theme": {"name": "material", "font": False, "features": ["navigation.prune"]},
    "plugins": ["search"],
    "markdown_extensions": ["tables"],
}
Command: TypeAlias = Sequence[str]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each run of one command."""

    seconds: list[float]

    @property
    def median(self) -> float:
        """Return the middle one, which a single slow run does not move."""
        return statistics.median(self.seconds)


@click.command()
@click.option(
    "--check-pages", type=click.IntRange(min=1), default=10_000, show_default=True, help="Pages of the check."
)
@click.option(
    "--build-pages",
    type=click.IntRange(min=1),
    default=(300, 1_000),
    nargs=2,
    show_default=True,
    help="Pages of the builds.",
)
@click.option(
    "--runs",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Runs of the check; builds take three fifths.",
)
@told_in_a_sentence
def command(check_pages: int, build_pages: tuple[int, int], runs: int) -> int:
    """Write handbooks, run the check and the build on them, and print ratios."""
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
        _bench_check(Path(folder) / "check", check_pages, runs)
        builds = max(1, round(runs * 3 / 5))
        small, large = (_bench_build(Path(folder) / str(pages), pages, builds) for pages in build_pages)
    few, many = build_pages
    print(f"build: a page costs {large / small:.2f} times as much at {many:,} as at {few:,}")
    return 0


def _bench_check(folder: Path, pages: int, runs: int) -> None:
    write_handbook(folder, pages)
    floor, check = _measure(
        {
            "floor": [sys.executable, str(ROOT / "scripts" / "floor.py"), str(folder / "docs")],
            "check": [_program("handbook"), "check", "--root", str(folder), "--today", TODAY.isoformat()],
        },
        runs,
    )
    print(f"check of {pages:,} pages: {check.median:.2f} s; floor {floor.median:.2f} s", flush=True)
    print(f"check: {check.median / floor.median:.2f} times the floor", flush=True)


def _bench_build(folder: Path, pages: int, runs: int) -> float:
    """Print how a build compares with bare Material; return its seconds a page."""
    write_handbook(folder / "ours", pages)
    write_handbook(folder / "both", pages, languages=("en", "fr"))
    write_bare(folder / "bare", pages)
    build = [_program("mkdocs"), "build", "--config-file"]
    bare, ours, both = _measure(
        {name: [*build, str(folder / name / "mkdocs.yml")] for name in ("bare", "ours", "both")}, runs
    )
    print(f"build of {pages:,} pages: {ours.median:.2f} s; bare Material {bare.median:.2f} s", flush=True)
    print(f"build: {ours.median / bare.median:.2f} times bare Material", flush=True)
    print(
        f"build in two languages: {both.median:.2f} s, {both.median / ours.median:.2f} times one", flush=True
    )
    return ours.median / pages


def _measure(commands: Mapping[str, Command], runs: int) -> Iterator[Times]:
    """Run the commands in turns, so that a busy machine slows them alike; the first turn warms up."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["NO_MKDOCS_2_WARNING"] = "1"
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, arguments in commands.items():
            started = time.perf_counter()
            done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
            if turn:
                seconds[name].append(time.perf_counter() - started)
            if done.returncode:
                raise HandbookError(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return (Times(measured) for measured in seconds.values())


def write_handbook(folder: Path, pages: int, languages: Sequence[str] = ("en",)) -> None:
    """Write a handbook like this one, with `pages` pages that each call two macros."""
    for name in ("macros", "overrides", "registers"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", *NAME_PAGES))
    organization = (ROOT / "organization.yml").read_text(encoding="utf-8")
    wanted = organization.replace("languages: [en, fr]", f"languages: [{', '.join(languages)}]")
    (folder / "organization.yml").write_text(wanted, encoding="utf-8")
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    del config["nav"]
    _write_config(folder, config)
    _write_pages(folder / "docs", pages, MACRO_CALLS)


def write_bare(folder: Path, pages: int) -> None:
    """Write the same pages for Material without plugins and macros."""
    folder.mkdir(parents=True)
    _write_config(folder, BARE)
    _write_pages(folder / "docs", pages, ("Press office", "Example Reading Network"))


def _write_config(folder: Path, config: object) -> None:
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")


def _write_pages(docs: Path, pages: int, calls: Sequence[str]) -> None:
    for number in range(pages):
        name = "index.md" if number == 0 else f"part-{number // PAGES_A_FOLDER:03}/page-{number:05}.md"
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(number, calls), encoding="utf-8")


def _page(number: int, calls: Sequence[str]) -> str:
    vocabulary = WORDS.split()
    words = [vocabulary[(number + place) % len(vocabulary)] for place in range(WORDS_A_PAGE)]
    parts = [words[start : start + 80] for start in range(0, WORDS_A_PAGE, 80)]
    sections = "\n\n".join(
        f"## Section {place}\n\n{SHAPES[place % len(SHAPES)](part)}" for place, part in enumerate(parts, 1)
    )
    reviewed = TODAY - timedelta(days=number % 150)
    return (
        f"---\ntitle: Guideline {number}\n"
        f"description: What account holders do in case {number}, from the first message to the last answer.\n"
        f"owner: platform-lead\nlast_reviewed: {reviewed}\nreview_every: 6 months\n"
        f"audience: [work]\nlegal_review: {reviewed}\n---\n"
        f"# Guideline {number}\n\nAsk {calls[0]} of {calls[1]}.\n\n{sections}\n"
    )


def _program(name: str) -> str:
    """Return a program of the environment that this one runs in."""
    return str(Path(sys.executable).with_name(name))


if __name__ == "__main__":
    sys.exit(command())

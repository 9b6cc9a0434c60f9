"""Measures the check and the build as ratios, and how hard pages are to read; what `make bench` runs.

Seconds are of processor time. They differ from machine to machine, ratios within one run hardly. The
check is compared with the floor, which is the least that reading front matter costs, and with other
checkers; the build with bare Material; the history with a plain run of git log.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from time import perf_counter

import click

from handbook.check.runner import check, choose_rules
from handbook.git.repository import Repository
from handbook.history.page_history import read_history
from scripts.development.peer_checkers import PEERS
from scripts.development.readability import as_table, measured
from scripts.development.sample_handbook import TODAY, write_bare, write_handbook, write_plain
from scripts.development.sample_history import write_history
from scripts.development.timing import measure
from scripts.options import exits_with_status
from scripts.site.publication import read_handbook

ROOT = Path(__file__).resolve().parents[2]
FRONT_MATTER_AND_NAMES = "FMT001,FMT002,OWN,REV001,REV002,REV003,REV004,ORG002"
# Two peers: the least that Material can be asked for, and Material that shows what our pages need.
BARE_IS = "navigation.prune, tables, search"
PLAIN_IS = "our features and Markdown extensions; no hooks, macros, languages or templates"


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
    help="Runs of the check; builds take three fifths, other checkers one.",
)
@click.option("--peers/--no-peers", default=True, help="Install other checkers, and run them too.")
@click.option("--builds/--no-builds", default=True, help="Measure the builds too.")
@click.option(
    "--commits", type=click.IntRange(min=0), default=10_000, show_default=True, help="Commits of the history."
)
@exits_with_status
def command(
    check_pages: int, build_pages: tuple[int, int], runs: int, peers: bool, builds: bool, commits: int
) -> int:
    """Print how hard pages are to read, then write handbooks, check and build them, and print ratios."""
    evening = datetime.combine(TODAY, time(18), UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(evening.timestamp()))  # No page is of the future, ever.
    _say(as_table(measured(read_handbook(ROOT)[0])))
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as name:
        folder = Path(name)
        write_handbook(folder / "check", check_pages)
        seconds = _bench_check(folder / "check", check_pages, runs)
        _bench_rules(folder / "check")
        if commits:
            _bench_history(folder / "past", commits, runs)
        if peers:
            _bench_peers(folder, seconds)
        if builds:
            _bench_builds(folder, build_pages, max(1, round(runs * 3 / 5)))
    return 0


def _say(line: str) -> None:
    """Print a line at once: the next one may take minutes."""
    print(line, flush=True)


def _bench_check(folder: Path, pages: int, runs: int) -> float:
    """Print how the check compares with the floor; return the seconds of the whole check."""
    whole = [_program("handbook"), "check", "--root", str(folder), "--today", TODAY.isoformat()]
    floor, some, every = measure(
        {
            "floor": [
                sys.executable,
                str(Path(__file__).with_name("baseline.py")),
                str(folder / "docs"),
            ],
            "some": [*whole, "--select", FRONT_MATTER_AND_NAMES],
            "every": whole,
        },
        runs,
    )
    _say(f"check of {pages:,} pages: {every.least:.2f} s; floor {floor.least:.2f} s")
    _say(f"check by every rule: {every.least / floor.least:.2f} times the floor")
    _say(f"check by {FRONT_MATTER_AND_NAMES}: {some.least / floor.least:.2f} times the floor")
    return every.least


def _bench_rules(folder: Path) -> None:
    """Print which part of the check each rule takes, reading the pages apart."""
    started = perf_counter()
    handbook, _ = read_handbook(folder, TODAY)
    parts = {"reading": perf_counter() - started, **dict(_seconds_of_rules(folder))}
    whole = sum(parts.values())
    shares = ", ".join(f"{name} {seconds / whole:.0%}" for name, seconds in parts.items())
    _say(f"of {len(handbook.pages):,} pages: {shares}")


def _seconds_of_rules(folder: Path) -> Iterator[tuple[str, float]]:
    handbook, _ = read_handbook(folder, TODAY)
    for rule in sorted(choose_rules(), key=lambda rule: rule.code):
        started = perf_counter()
        check(handbook, [rule])
        yield rule.code, perf_counter() - started


def _bench_history(folder: Path, commits: int, runs: int) -> None:
    """Print how the history of a thousand pages compares with one plain run of git log."""
    write_history(folder, 1_000, commits)
    plain = ["git", "-C", str(folder), "log", "--name-status", "-M", "main"]
    floor, whole = [], []
    for _ in range(runs):
        started = perf_counter()
        subprocess.run(plain, capture_output=True, check=True)
        between = perf_counter()
        with Repository(folder) as repository:
            pages = read_history(repository, "main", "UTC").pages
        floor.append(between - started)
        whole.append(perf_counter() - between)
    ratio = statistics.median(whole) / statistics.median(floor)
    _say(f"history of {len(pages):,} pages in {commits:,} commits: {statistics.median(whole):.2f} s")
    _say(f"history: {ratio:.2f} times one plain git log --name-status -M")


def _bench_peers(folder: Path, seconds: float) -> None:
    """Print how other checkers compare on the same pages, those that can be installed here."""
    for name, prepare in PEERS.items():
        own = folder / name.partition(",")[0]
        own.mkdir()
        peer = prepare(folder / "check" / "docs", own)
        if peer is None:
            _say(f"{name}: cannot be installed here")
            continue
        (times,) = measure({name: peer}, 1, finds_something=True)
        _say(f"{name}: {times.least:.1f} s, {times.least / seconds:.1f} times the check by every rule")


def _bench_builds(folder: Path, build_pages: tuple[int, int], runs: int) -> None:
    few, many = build_pages
    small, large = (_bench_build(folder / f"build-{pages}", pages, runs) for pages in build_pages)
    _say(f"build: a page costs {large / small:.2f} times as much at {many:,} as at {few:,}")


def _bench_build(folder: Path, pages: int, runs: int) -> float:
    """Print how a build compares with bare Material; return its seconds a page."""
    write_handbook(folder / "ours", pages)
    write_handbook(folder / "both", pages, languages=("en", "fr"))
    write_bare(folder / "bare", pages)
    write_plain(folder / "plain", pages)
    build = [_program("mkdocs"), "build", "--config-file"]
    names = ("bare", "plain", "ours", "both")
    bare, plain, ours, both = measure(
        {name: [*build, str(folder / name / "mkdocs.yml")] for name in names}, runs
    )
    _say(f"build of {pages:,} pages: {ours.least:.2f} s; bare Material {bare.least:.2f} s")
    _say(f"build: {ours.least / bare.least:.2f} times bare Material (the same pages, {BARE_IS})")
    _say(f"build: {ours.least / plain.least:.2f} times Material without our code ({PLAIN_IS})")
    _say(f"build in two languages: {both.least:.2f} s, {both.least / ours.least:.2f} times one")
    return ours.least / pages


def _program(name: str) -> str:
    """Return a program of the environment that this one runs in."""
    return str(Path(sys.executable).with_name(name))


if __name__ == "__main__":
    sys.exit(command())

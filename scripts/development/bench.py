"""Measures the check, the history, and the build as ratios, and the rules on wording; `develop bench`.

Seconds differ from machine to machine, ratios within one run hardly. The check is compared with the least
that reading front matter costs, the history with one plain run of git log, and the build with bare Material.
"""

import csv
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from time import perf_counter

import click

from handbook.check.runner import check, choose_rules
from handbook.text.counting import counted
from scripts.development.sample_handbook import (
    TODAY,
    WORDS_A_PAGE,
    write_bare,
    write_handbook,
    write_plain,
)
from scripts.development.sample_history import (
    commit_changes,
    commit_everything,
    commit_once_more,
    write_history,
)
from scripts.development.sample_receipts import count_report, import_export, list_people, write_export
from scripts.development.timing import Times, measure
from scripts.development.wording_scores import measures
from scripts.options import exits_with_status
from scripts.site.publication import read_handbook

FRONT_MATTER_AND_NAMES = "FMT001,FMT002,OWN,REV001,REV002,REV003,REV004,ORG002"
# The build is compared with the least that Material does, and with what somebody would run without our code.
# The menu of both is pruned; with a full one in each of a thousand pages, Material takes three times as long.
BARE_IS = "navigation.prune, tables, search"
PLAIN_IS = "navigation.prune, search, our plugins and Markdown extensions; no hooks, macros, or templates"
PAGES_OF_HISTORY = 1_000
LONG_PAGE = 3_000
CHANGES_A_PAGE = 10
RECEIPTS = 50_000


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
    help="Pages of the two builds.",
)
@click.option(
    "--commits",
    type=click.IntRange(min=0),
    default=10_000,
    show_default=True,
    help="Commits of the history; 0 leaves it out.",
)
@click.option(
    "--runs",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Runs of the check and the history; builds run three fifths as often.",
)
@click.option("--builds/--no-builds", default=True, help="Measure the builds too.")
@exits_with_status
def command(check_pages: int, build_pages: tuple[int, int], commits: int, runs: int, builds: bool) -> int:
    """Write handbooks, check them, read their history, build them, and print ratios."""
    evening = datetime.combine(TODAY, time(18), UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(evening.timestamp()))  # No page is ever from the future.
    for line in measures():
        _show(line)
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as name:
        folder = Path(name)
        write_handbook(folder / "check", check_pages)
        _bench_check(folder / "check", check_pages, runs)
        _bench_rules(folder / "check")
        if commits:
            _bench_history(folder / "history", commits, WORDS_A_PAGE, runs)
            _bench_history(folder / "long-history", commits, LONG_PAGE, runs)
        _bench_receipts(folder / "receipts", RECEIPTS)
        if builds:
            _bench_builds(folder, build_pages, max(1, round(runs * 3 / 5)))
    return 0


def _show(line: str) -> None:
    """Print a line at once, because the next one may take minutes."""
    print(line, flush=True)


def _bench_check(folder: Path, pages: int, runs: int) -> None:
    """Print how the check compares with reading front matter, once at first and then with what it keeps."""
    commit_everything(folder)
    whole = [_program("handbook"), "check", "--root", str(folder), "--today", TODAY.isoformat()]
    baseline = [sys.executable, str(Path(__file__).with_name("baseline.py")), str(folder / "docs")]
    (first,) = measure({"first": whole}, 1)
    least, some, every = measure(
        {"baseline": baseline, "some": [*whole, "--select", FRONT_MATTER_AND_NAMES], "every": whole}, runs
    )
    _show(f"check of {counted(pages, 'page')}: {every.processor:.2f} s; baseline {least.processor:.2f} s")
    _show(f"check by every rule, first run: {first.processor / least.processor:.2f} times the baseline")
    _show(f"check by every rule, later runs: {every.processor / least.processor:.2f} times the baseline")
    _show(f"check by {FRONT_MATTER_AND_NAMES}: {some.processor / least.processor:.2f} times the baseline")


def _bench_rules(folder: Path) -> None:
    """Print which part of the check each rule takes, and which part the reading of the pages."""
    started = perf_counter()
    handbook, _ = read_handbook(folder, TODAY)
    parts = {"reading": perf_counter() - started, **dict(_seconds_of_rules(folder))}
    whole = sum(parts.values())
    shares = ", ".join(f"{name} {seconds / whole:.0%}" for name, seconds in parts.items())
    _show(f"of {counted(len(handbook.pages), 'page')}: {shares}")


def _seconds_of_rules(folder: Path) -> Iterator[tuple[str, float]]:
    handbook, _ = read_handbook(folder, TODAY)
    for rule in sorted(choose_rules(), key=lambda rule: rule.code):
        started = perf_counter()
        check(handbook, [rule])
        yield rule.code, perf_counter() - started


def _bench_history(folder: Path, commits: int, words: int, runs: int) -> None:
    """Print how `handbook audit history` compares with git log, as whole processes."""
    write_history(folder, PAGES_OF_HISTORY, commits, words)
    ours = [_program("handbook"), "audit", "history", "--root", str(folder), "--format", "json"]
    plain = ["git", "-C", str(folder), "log", "--name-status", "-M", "main"]

    def prepare(name: str) -> None:
        if name == "first":
            shutil.rmtree(folder / ".git" / ".handbook", ignore_errors=True)
        elif name == "next":
            commit_once_more(folder)

    log, *ours_each = measure({"log": plain, "first": ours, "later": ours, "next": ours}, runs, prepare)
    _show(f"history of {PAGES_OF_HISTORY:,} pages of {words:,} words in {commits:,} commits, as JSON:")
    _show(f"  git log --name-status -M: {log.elapsed:.2f} s")
    for what, times in zip(("first run", "later runs", "runs after another commit"), ours_each, strict=True):
        _show(f"  {what}: {times.elapsed:.2f} s, {_ratios(times, log)}")


def _ratios(times: Times, least: Times) -> str:
    elapsed, processor = times.elapsed / least.elapsed, times.processor / least.processor
    return f"{elapsed:.2f} times git log ({processor:.2f} times its processor time)"


def _bench_receipts(folder: Path, rows: int) -> None:
    """Print how taking receipts into a record compares with reading the same file as CSV."""
    folder.mkdir()
    export, record = folder / "export.csv", folder / "record"
    write_export(export, rows)
    list_people(record, folder, rows)
    started = perf_counter()
    with export.open(encoding="utf-8", newline="") as file:
        read = sum(1 for _ in csv.reader(file)) - 1
    least = perf_counter() - started
    started = perf_counter()
    taken = import_export(record, folder, export)
    seconds = perf_counter() - started
    _show(
        f"import of {taken:,} of {read:,} receipts: {seconds:.2f} s, {seconds / least:.0f} times csv.reader"
    )
    started = perf_counter()
    accepted = count_report(record, folder)
    seconds = perf_counter() - started
    _show(f"report on {accepted:,} people: {seconds:.2f} s, {seconds / least:.0f} times csv.reader")


def _bench_builds(folder: Path, build_pages: tuple[int, int], runs: int) -> None:
    few, many = build_pages
    small, large = (_bench_build(folder / f"build-{pages}", pages, runs) for pages in build_pages)
    _show(f"build: a page costs {large / small:.2f} times as much at {many:,} as at {few:,}")
    _bench_build_with_history(folder / f"build-{few}" / "ours", few * CHANGES_A_PAGE, runs)


def _bench_build(folder: Path, pages: int, runs: int) -> float:
    """Print how a build compares with two of Material, and one in two languages with one in one.

    Returns its seconds for each page.
    """
    write_handbook(folder / "ours", pages)
    write_handbook(folder / "both", pages, languages=("en", "fr"))
    write_bare(folder / "bare", pages)
    write_plain(folder / "plain", pages)
    build = [_program("mkdocs"), "build", "--config-file"]
    names = ("bare", "plain", "ours", "both")
    commands = {name: [*build, str(folder / name / "mkdocs.yml")] for name in names}
    bare, plain, ours, both = (times.processor for times in measure(commands, runs))
    _show(f"build of {counted(pages, 'page')}: {ours:.2f} s of processor time")
    _show(f"build: {ours / bare:.2f} times bare Material, {bare:.2f} s (the same pages, {BARE_IS})")
    _show(f"build: {ours / plain:.2f} times Material without our code, {plain:.2f} s ({PLAIN_IS})")
    _show(f"build in two languages: {both:.2f} s, {both / ours:.2f} times one")
    return ours / pages


def _bench_build_with_history(folder: Path, commits: int, runs: int) -> None:
    """Print what the history of the pages adds to a build, at first and once their changes are kept."""
    build = [_program("mkdocs"), "build", "--config-file", str(folder / "mkdocs.yml")]
    (without,) = measure({"without": build}, runs)
    commit_everything(folder)
    commit_changes(folder, commits)

    def prepare(name: str) -> None:
        if name == "first":
            shutil.rmtree(folder / ".git" / ".handbook", ignore_errors=True)

    first, later = (
        times.processor / without.processor
        for times in measure({"first": build, "later": build}, runs, prepare)
    )
    _show(f"build with {commits:,} commits: {first:.2f} times one without, later builds {later:.2f} times")


def _program(name: str) -> str:
    """Return the path of a program in the environment that this one runs in."""
    return str(Path(sys.executable).with_name(name))


if __name__ == "__main__":
    sys.exit(command())

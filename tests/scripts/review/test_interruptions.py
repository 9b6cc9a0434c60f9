"""Somebody pulls the plug, or presses Ctrl-C, in the middle of a review."""

import os
import random
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from handbook.files.tree import Folder
from handbook.model import Handbook
from handbook.registers.review_index import load_reviews
from handbook.reviews.open_reviews import review_to_close, review_to_sign
from scripts.review.close import close
from scripts.review.sign import sign
from scripts.site.publication import read_handbook
from tests.records import page_at
from tests.scripts.review.rounds import (
    answers_file,
    check,
    decisions_file,
    refused,
    review,
    written,
)
from tests.scripts.terminals import Terminal

pytestmark = pytest.mark.usefixtures("on_20_november")

pytest.importorskip("pty", reason="Windows has neither fork nor terminals of this kind")

BOTH = ("docs/index.md", "docs/other.md")
ROLES = ("platform-lead", "communications-lead")


def _files(root: Path) -> dict[str, bytes]:
    """Return the files that people see: hidden ones are drafts, and what was left of a writing."""
    files = (file for folder in ("docs", "registers") for file in (root / folder).rglob("*.*"))
    return {str(file): file.read_bytes() for file in files if not file.name.startswith(".")}


def _put_back(root: Path, files: Mapping[str, bytes]) -> None:
    for name in _files(root).keys() - files.keys():
        Path(name).unlink()
    for name, content in files.items():
        Path(name).write_bytes(content)


def _again(handbook: Handbook, root: Path) -> Handbook:
    """Read the pages and the records once more, and nothing else."""
    pages = [page_at(root, page.path) for page in handbook.pages]
    registers = replace(handbook.registers, reviews=load_reviews(Folder(root)))
    return replace(handbook, pages=pages, registers=registers)


def _work_and_end(work: Callable[[], object]) -> NoReturn:
    """End this process whatever happens: it must not go on with the tests."""
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def _killed_after(seconds: float, work: Callable[[], object]) -> bool:
    """Do the work in a process of its own and kill it; tell whether it was killed before its end."""
    child = os.fork()
    if child == 0:
        _work_and_end(work)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        _work_and_end(work)
    os.waitpid(child, 0)
    return time.perf_counter() - started


def _finish(command: str, root: Path, handbook: Handbook, answers: str, decisions: str) -> None:
    """Sign as the last role, or close."""
    if command == "close":
        close(root, handbook, review_to_close(handbook, None), decisions=Path(decisions))
    else:
        role = ROLES[0]
        review_file = review_to_sign(handbook, None, role)
        sign(root, handbook, review_file, role, handbook.today, Path(answers))


@pytest.mark.parametrize("command", ["sign", "close"])
def test_a_process_killed_at_any_moment_leaves_every_file_whole(folder: Path, command: str) -> None:
    """Fifty times each. MkDocs is asked only once, so that the kills happen where files are written."""
    written(review(folder, "start", "docs"))
    given, decided = answers_file(folder, BOTH), decisions_file(folder, BOTH)
    for role in ROLES if command == "close" else ROLES[1:]:
        written(review(folder, "sign", "--as", role, "--answers", given))
    handbook, _ = read_handbook(folder)

    def work() -> None:
        _finish(command, folder, _again(handbook, folder), given, decided)

    before = _files(folder)
    whole = _seconds(work)
    after = _files(folder)
    assert after.keys() >= before.keys()
    assert before != after
    chance, states, killed = random.Random(5), set(), 0  # noqa: S311 - the same moments in each run
    for turn in range(50):
        _put_back(folder, before)
        killed += _killed_after(whole * chance.uniform(0.6 if turn % 2 else 0, 1.1), work)
        current = _files(folder)
        assert before.keys() <= current.keys() <= after.keys()
        for name, content in current.items():
            assert content in (before.get(name), after[name]), name
        states.add(sum(current[name] != before.get(name) for name in current))
        if current != after:
            work()
        assert _files(folder) == after
    assert killed > 0  # how many depends on what else the machine does
    assert 0 in states


@pytest.mark.parametrize("stop", range(4))
def test_a_closing_that_stops_at_any_file_is_finished_by_the_next(
    folder: Path, stop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What chance may miss: each moment at which a file takes the place of another."""
    written(review(folder, "start", "docs"))
    for role in ROLES:
        written(review(folder, "sign", "--as", role, "--answers", answers_file(folder, BOTH)))
    replace, left = Path.replace, [stop]

    class Stopped(Exception):
        pass

    def interrupted(self: Path, target: Path) -> Path:
        if not left[0]:
            raise Stopped
        left[0] -= 1
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    options = ("close", "--decisions", decisions_file(folder, BOTH))
    if stop < 3:
        with pytest.raises(Stopped):
            review(folder, *options)
    else:
        written(review(folder, *options))
    monkeypatch.setattr(Path, "replace", replace)
    if stop < 3:
        written(review(folder, *options))
    assert check(folder).stdout == ""
    assert not list(folder.rglob("*.part"))


def _review_at_a_terminal(root: Path, *arguments: str) -> Terminal:
    return Terminal("review", *arguments, "--root", str(root))


def _answer_a_page(terminal: Terminal, words: str) -> None:
    terminal.until("What did you look at?")
    terminal.type(f"{words}\n")
    terminal.until("Verdict")
    terminal.type("keep\n")


def _answer_about_the_review(terminal: Terminal, words: str) -> None:
    for question in ("environment changed?", "legal updates?"):
        terminal.until(question)
        terminal.type(f"{words}\n")


def test_ctrl_c_keeps_what_was_answered_and_the_next_run_goes_on(folder: Path) -> None:
    written(review(folder, "start", "docs"))
    (record,) = (folder / "registers" / "reviews").glob("2026-11-20-*")
    first = _review_at_a_terminal(folder, "sign", "--as", "platform-lead")
    _answer_a_page(first, "First run")
    first.until("What did you look at?")
    first.type("Half a page\n")
    first.until("Verdict")
    assert first.stop() == 2
    assert "your answers are kept" in first.shown
    assert "Traceback" not in first.shown
    assert not (record / "platform-lead.yml").exists()
    second = _review_at_a_terminal(folder, "sign", "--as", "platform-lead")
    second.until("Verdict")
    second.type("nonsense\nkeep\n")
    _answer_about_the_review(second, "Second run")
    assert second.end() == 0, second.shown
    assert "What did you look at?" not in second.shown
    reading = (record / "platform-lead.yml").read_text()
    assert reading.count("note: First run") == reading.count("note: Half a page") == 1
    assert reading.count("Second run") == 2
    assert not list(record.glob(".*"))


def test_a_page_that_changed_between_two_runs_is_asked_about_again(folder: Path) -> None:
    written(review(folder, "start", "docs"))
    first = _review_at_a_terminal(folder, "sign", "--as", "platform-lead")
    _answer_a_page(first, "First run")
    first.until("What did you look at?")
    assert first.stop() == 2
    page = folder / "docs" / "index.md"
    page.write_text(page.read_text().replace("Text.", "Another text."))
    second = _review_at_a_terminal(folder, "sign", "--as", "platform-lead")
    second.until("has changed since you answered")
    for _ in BOTH:
        _answer_a_page(second, "Second run")
    _answer_about_the_review(second, "")
    assert second.end() == 0, second.shown
    (reading,) = (folder / "registers" / "reviews").glob("2026-11-20-*/platform-lead.yml")
    assert "First run" not in reading.read_text()
    assert "environment" not in reading.read_text()


def test_the_meeting_is_asked_too_and_cannot_call_a_changed_page_unchanged(folder: Path) -> None:
    written(review(folder, "start", "docs"))
    for role in ROLES:
        written(review(folder, "sign", "--as", role, "--answers", answers_file(folder, BOTH)))
    page = folder / "docs" / "index.md"
    page.write_text(page.read_text().replace("Text.", "Another text."))
    first = _review_at_a_terminal(folder, "close")
    first.until("has changed since it was read")
    first.until("(changed, retired)")
    first.type("unchanged\n")
    first.until("(changed, retired)")
    first.type("changed\n")
    first.until("Reason")
    first.type("Made clearer.\n")
    first.until("Outcome")
    assert first.stop() == 2
    second = _review_at_a_terminal(folder, "close")
    second.until("(unchanged, changed, retired)")
    second.type("unchanged\n")
    second.until("Reason")
    second.type("It holds.\n")
    assert second.end() == 0, second.shown
    assert "Made clearer." not in second.shown
    assert check(folder).stdout == ""


def test_without_a_terminal_nobody_is_asked(folder: Path) -> None:
    written(review(folder, "start", "docs"))
    assert "give --answers FILE" in refused(review(folder, "sign", "--as", "platform-lead"))
    for role in ROLES:
        written(review(folder, "sign", "--as", role, "--answers", answers_file(folder, BOTH)))
    assert "give --decisions FILE" in refused(review(folder, "close"))

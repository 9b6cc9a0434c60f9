"""`handbook edition publish` and `refresh`, stopped at any moment: all of it is there, or nothing."""

import os
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from handbook.editions.manifest import Manifest
from handbook.editions.published_branch import Published
from handbook.git.publisher import Publisher
from scripts.edition import publish as edition_publish
from scripts.edition.build import BuiltEdition, build_edition
from tests.scripts.conftest import Git, killed_after
from tests.scripts.edition.commands import data, edition

WRITES = {"hash-object", "update-index", "write-tree", "commit-tree", "init", "config", "tag", "update-ref"}


class Stopped(BaseException):
    """What ends a process here, as a kill does: nothing catches it."""


def _stop_before(number: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Stop before git is asked to write for the given time, counted from 0; return how often it was."""
    run, count = Publisher._run, 0

    def counted(self: Publisher, arguments: Sequence[str], *rest: Any, **named: Any) -> Any:
        nonlocal count
        if arguments[0] in WRITES:
            if count == number:
                raise Stopped
            count += 1
        return run(self, arguments, *rest, **named)

    monkeypatch.setattr(Publisher, "_run", counted)
    return lambda: count


def _is_stopped(git: Git, number: int, command: str) -> tuple[bool, int]:
    """Run a command that is stopped at a write; tell whether it was, and how many writes came before."""
    with pytest.MonkeyPatch.context() as patch:
        writes = _stop_before(number, patch)
        try:
            done = edition(git, command)
        except Stopped:
            return True, writes()
    assert done.exit_code == 0, done.output
    return False, writes()


@pytest.fixture
def built_once(published: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Build each edition once for all: what a build does changes no repository."""
    done: dict[str, BuiltEdition] = {}
    work = tmp_path / "built"
    work.mkdir()

    def build(
        folder: Path,
        known: Published,
        earlier: Sequence[Manifest],
        own: Manifest,
        seconds: int,
        _: Path,
        python: str,
    ) -> BuiltEdition:
        if own.edition not in done:
            (work / own.edition).mkdir()
            done[own.edition] = build_edition(
                folder, known, earlier, own, seconds, work / own.edition, python
            )
        return done[own.edition]

    monkeypatch.setattr(edition_publish, "build_edition", build)


def test_what_is_stopped_at_any_write_is_there_whole_or_not_at_all(published: Git, built_once: None) -> None:
    number, is_stopped = 0, True
    while is_stopped:
        before = len(data(published, "list")["editions"])
        is_stopped, writes = _is_stopped(published, number, "publish")
        assert writes == number
        after = len(data(published, "list")["editions"])
        assert after in ((before, before + 1) if is_stopped else (before + 1,))
        checked = edition(published, "verify")
        assert checked.exit_code == 0, checked.output
        number += 1
    assert number > 12  # Objects, a tag, and three times a ref.
    assert published("for-each-ref", "refs/handbook") == ""


def test_a_refresh_that_is_stopped_at_any_write_has_moved_all_or_nothing(
    published: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert edition(published, "publish", "--effective", "2026-12-01").exit_code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796126400")
    before = published("rev-parse", "gh-pages")
    number = 0
    while _is_stopped(published, number, "refresh")[0]:
        assert published("rev-parse", "gh-pages") == before
        assert edition(published, "verify").exit_code == 0
        number += 1
    assert number > 4
    assert published("show", "gh-pages:latest") == "2026.2"
    assert edition(published, "verify").exit_code == 0


def _killed_after(git: Git, seconds: float) -> float:
    """Publish, and kill it with all that it started; return how long it ran."""
    command = [sys.executable, "-m", "scripts.cli", "edition", "publish", "--root", str(git.root)]
    return killed_after(command, seconds)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups here")
def test_what_is_killed_at_a_random_moment_is_there_whole_or_not_at_all(
    source: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    whole = _killed_after(source, 120)
    chance = random.Random(2026)  # noqa: S311 - only a moment is chosen
    for kill in range(4):
        before = len(data(source, "list")["editions"])
        _killed_after(source, whole * (chance.random() if kill == 3 else chance.uniform(0.85, 1.02)))
        for lock in (source.root / ".git").rglob("*.lock"):
            lock.unlink()  # As the message of the next command asks.
        after = len(data(source, "list")["editions"])
        assert after in (before, before + 1)
        checked = edition(source, "verify")
        assert checked.exit_code == 0, checked.output
    before = len(data(source, "list")["editions"])
    _killed_after(source, 120)
    assert len(data(source, "list")["editions"]) == before + 1

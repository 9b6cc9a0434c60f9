"""A command that is killed at any change of a file is undone or finished by the next run of the same."""

import gc
import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner

from scripts.cli import main
from tests.builds import NOON
from tests.conftest import PAGE
from tests.events import said
from tests.scripts.conftest import Git
from tests.scripts.review.comments.rounds import HOLDERS, REVIEW, filled, form_of, issues, let_hold
from tests.scripts.review.rounds import (
    answers_file,
    decisions_file,
    review,
    written,
)
from tests.word_documents import made, policy

if not hasattr(os, "fork"):
    pytest.skip("Windows has no fork", allow_module_level=True)

PAGES = ("docs/index.md", "docs/other.md")
ROLES = ("platform-lead", "communications-lead")
NAV = "nav:\n  - index.md\n  - other.md\n"
# What Python tells an audit hook before it changes a file.
CHANGES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
NEW = ("--owner", "communications-lead")
GIVEN = ("--title", "Gifts", "--description", "What to do with gifts.", *NEW)
SCENARIO = (
    "--answer",
    "ask",
    "--reason",
    "Ask us.",
    "--see",
    "other",
    "--audience",
    "work",
    "--topic",
    "press",
)
ADOPTED = """{name: A, short_name: A, sector: other, places: [us], languages: [en], time_zone: Europe/London}
"""


def _nothing(_root: Path) -> None:
    """Leave the handbook as it is."""


def _start(root: Path) -> None:
    written(review(root, "start", "docs"))


def _sign(root: Path) -> None:
    _start(root)
    for role in ROLES:
        written(review(root, "sign", "--as", role, "--answers", answers_file(root, PAGES)))


def _edit(root: Path) -> None:
    Git(root).commit()  # Without the reviewed text, nobody can tell how much has changed.
    (root / "docs" / "other.md").write_text(PAGE.replace("A page", "Other").replace("Text.", "Texts."))


def _add_role(root: Path) -> None:
    with (root / "registers" / "owners.yml").open("a", encoding="utf-8") as file:
        file.write("  data-lead: {title: Data lead, contact: privacy, decides: All data}\n")


def _comment(root: Path) -> None:
    let_hold(root)
    _start(root)
    (issue,) = issues(root)
    text = filled(form_of(ROLES[0], issue["body"]))
    (root.parent / "event.json").write_bytes(said("github", HOLDERS[ROLES[0]], text, REVIEW))


def _answer(root: Path) -> None:
    (root.parent / "answers.yml").write_text(ADOPTED, encoding="utf-8")


def _link(root: Path) -> None:
    (root / "docs" / "other.md").write_text(f"{PAGE}\n<https://one.org/>\n")


def _name_a_holder(root: Path) -> None:
    owners = root / "registers" / "owners.yml"
    line = "  platform-lead:\n"
    held = owners.read_text("utf-8").replace(line, f"{line}    holders: [github:ann, gitlab:ann]\n")
    owners.write_text(held, encoding="utf-8")


def _unreviewed(root: Path) -> None:
    (root / "docs" / "other.md").write_text(PAGE.replace("last_reviewed: 2026-10-14\n", ""))


def _release(root: Path) -> None:
    """Put a newer release beside the handbook, which changes a page and removes the other one."""
    tool = root / "handbook"
    tool.mkdir()
    (tool / "__init__.py").touch()
    Git(root).commit()
    for name in ("adopted", "release"):
        shutil.copytree(root, root.parent / name, ignore=shutil.ignore_patterns(".git", ".cache"))
    docs = root.parent / "release" / "docs"
    (docs / "index.md").write_text(PAGE.replace("Text.", "Texts."))
    (docs / "other.md").unlink()


def _document(root: Path) -> None:
    (root.parent / "policy.docx").write_bytes(made(policy))


def _ask(root: Path) -> None:
    questions = "questions:\n  - {question: May I?, asked_on: 2026-11-18, query: sack}\n"
    (root / "registers" / "open_questions.yml").write_text(questions, encoding="utf-8")


def _translation(root: Path) -> None:
    (root / "docs" / "other.fr.md").write_text(PAGE.replace("A page", "Autre"))


# `questions note` is not here: whoever runs it again says that the question was asked once more.
CASES: dict[str, tuple[Callable[[Path], None], Sequence[str]]] = {
    "new page": (_nothing, ("new", "page", "deep/er/gifts", *GIVEN)),
    "new platform": (_nothing, ("new", "platform", "Pixelfed", *NEW)),
    "delete": (_unreviewed, ("delete", "other", "--without-review")),
    "start": (_nothing, ("review", "start", "docs")),
    "sign": (_start, ("review", "sign", "--as", ROLES[0], "--answers", "../answers.yml")),
    "comment": (_comment, ("review", "comment", "--event", "../event.json")),
    "withdraw": (_sign, ("review", "withdraw", "--as", ROLES[0])),
    "add-reader": (_start, ("review", "add-reader", "legal-lead")),
    "abandon": (_sign, ("review", "abandon", "--as", ROLES[0], "--why", "The pages merge.")),
    "close": (_sign, ("review", "close", "--decisions", "../decisions.yml")),
    "editorial": (_edit, ("review", "editorial", "docs/other.md", "--as", ROLES[0], "--why", "A letter.")),
    "source": (
        _nothing,
        ("review", "source", "stericycle-2023", "--changed", "2026-11-19", "--note", "New."),
    ),
    "deploy init": (_nothing, ("deploy", "init", "nginx", "--sign-on")),
    "codeowners": (_name_a_holder, ("forge", "codeowners", "--write")),
    "schema": (_add_role, ("schema", "--write")),
    "upgrade": (_release, ("upgrade", "../release", "--base", "../adopted", "--accept", "all")),
    "links": (_link, ("links", "--update")),
    "add a scenario": (_ask, ("questions", "add", "1", "--scenario", "may-i", *SCENARIO)),
    "add words": (_ask, ("questions", "add", "1", "--asked-as", "other")),
    "drop": (_ask, ("questions", "drop", "1", "--why", "Nobody asks.")),
    "import": (_document, ("import", "../policy.docx", "--owner", "platform-lead")),
    "translate done": (_translation, ("translate", "done", "docs")),
    "adopt": (_answer, ("adopt", "--answers", "../answers.yml")),
}

# A command that reads every register, or writes many files in one way, is killed at every so many changes;
# the number of changes that one file takes is no multiple of it.
STEPS = {"adopt": 7, "upgrade": 5, "import": 5, "deploy init": 5}


def _state(root: Path) -> dict[str, bytes]:
    """Return the visible files, and the folders."""
    paths = (path for path in root.rglob("*") if not _is_hidden(path.relative_to(root)))
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else b"" for path in paths}


def _is_hidden(path: Path) -> bool:
    is_ours = path.parts[0] in (".github", ".gitlab")
    return any(part.startswith(".") or part == "__pycache__" for part in path.parts[is_ours:])


def _in_a_process(
    root: Path, arguments: Sequence[str], at_change: Callable[[int], object] = lambda _: None
) -> bool:
    """Run a command in a process, which calls `at_change` before its first change, its second, and so on.

    Tell whether it was killed.
    """
    child = os.fork()
    if child == 0:
        _run(root, arguments, at_change)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _run(root: Path, arguments: Sequence[str], at_change: Callable[[int], object]) -> NoReturn:
    count = 0

    def hook(event: str, details: tuple[Any, ...]) -> None:
        nonlocal count
        writes = event == "open" and isinstance(details[2], int) and details[2] & WRITES
        if (event in CHANGES or writes) and str(root) in str(details[0]):
            count += 1
            at_change(count)

    gc.freeze()  # Looking for garbage would copy all that the process shares with that of the tests.
    os.chdir(root)
    sys.addaudithook(hook)
    try:
        CliRunner().invoke(main, [*arguments, "--root", str(root)])
    finally:
        os._exit(0)


def _put_back(root: Path, state: Path) -> None:
    shutil.rmtree(root)
    state.rename(root)


@pytest.mark.parametrize("name", CASES)
def test_whatever_change_it_is_killed_at_the_next_run_leaves_all_or_nothing_to_do(
    folder: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that is killed leaves what the disk holds at that moment, so one run has every such state."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    prepare, arguments = CASES[name]
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(NAV)
    answers_file(folder, PAGES)
    decisions_file(folder, PAGES)
    prepare(folder)
    before, states, step = _state(folder), tmp_path / "states", STEPS.get(name, 1)
    kept: list[dict[str, bytes]] = []

    def keep(change: int) -> None:
        if change % step == 0:
            on_disk = _on_disk(folder)
            if on_disk in kept:  # The same state needs no second recovery.
                (states / f"{change}.same").touch()
            else:
                kept.append(on_disk)
                shutil.copytree(folder, states / str(change))

    assert not _in_a_process(folder, arguments, keep)
    whole = _state(folder)
    assert whole != before
    changes = sorted(int(state.stem) for state in states.iterdir())
    assert changes[-1] > 2
    for change in changes:
        if (states / f"{change}.same").exists():
            continue
        _put_back(folder, states / str(change))
        _in_a_process(folder, arguments)
        assert _state(folder) == whole, change
        assert not (folder / ".cache" / "journal.json").exists()
    _in_a_process(folder, arguments)
    assert _state(folder) == whole


def test_a_process_that_is_killed_leaves_what_the_disk_held(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    arguments, before, state = ("review", "start", "docs"), tmp_path / "before", tmp_path / "state"
    shutil.copytree(folder, before)

    def keep(change: int) -> None:
        if change == 4:
            shutil.copytree(folder, state)

    def kill(change: int) -> None:
        if change == 4:
            os.kill(os.getpid(), signal.SIGKILL)

    assert not _in_a_process(folder, arguments, keep)
    whole = _state(folder)
    _put_back(folder, before)
    assert _in_a_process(folder, arguments, kill)
    assert _on_disk(folder) == _on_disk(state)
    assert _on_disk(folder) != whole
    _in_a_process(folder, arguments)
    assert _state(folder) == whole


def _on_disk(root: Path) -> dict[str, bytes]:
    """Return all but the lock, which names its process; a draft has a name of chance."""
    paths = (path for path in root.rglob("*") if path.name != "lock")
    return {
        ".part" if path.suffix == ".part" else path.relative_to(root).as_posix(): path.read_bytes()
        if path.is_file()
        else b""
        for path in paths
    }

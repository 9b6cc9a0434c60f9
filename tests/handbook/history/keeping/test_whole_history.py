"""A history of which an earlier run read a part is the one that a first run reads."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.files.cache_file import KeptFile
from handbook.git.repository import Repository
from handbook.history.keeping import whole_history as module
from handbook.history.redline_cache import RedlineCache
from tests.builds import NOON
from tests.conftest import PAGE, ROOT
from tests.handbook.history.keeping.conftest import Write, kept_file, shown, shown_anew
from tests.scripts.conftest import Git

FORGED = b"Nobody said this."


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What runs read: `anew`, or `later` for what was committed since."""
    done: list[str] = []

    def noted(name: str, function: Callable[..., object]) -> None:
        def run(*arguments: object) -> object:
            done.append(name)
            return function(*arguments)

        monkeypatch.setattr(module, function.__name__, run)

    noted("anew", module._read_anew)
    noted("later", module._extended)
    return done


def _paths(root: Path) -> list[str]:
    return [change["path"] for change in json.loads(shown(root))["changes"]]


def test_a_second_run_shows_the_same_and_reads_no_commit(git: Git, reads: list[str]) -> None:
    assert shown(git.root) == shown(git.root)
    assert reads == ["anew"]


def test_a_later_commit_is_read_alone(git: Git, write: Write, reads: list[str]) -> None:
    shown(git.root)
    write("docs/other.md", f"{PAGE}\nMore.\n")
    git.commit("2026-11-03", "Say more (#7)")
    later = shown(git.root)
    assert reads == ["anew", "later"]
    assert json.loads(later)["changes"][0]["pull_request"] == 7
    assert later == shown_anew(git)
    assert shown(git.root) == later
    assert reads == ["anew", "later", "anew"]


def test_the_page_on_disk_that_was_not_committed_is_compared_each_time(git: Git, write: Write) -> None:
    assert b'"waits"' not in shown(git.root)
    write("docs/other.md", f"{PAGE}\nMore.\n")
    write("docs/new.md", PAGE)
    pending = json.loads(shown(git.root))["pending"]
    assert [(page["path"], page["what"]) for page in pending] == [
        ("docs/new.md", "new"),
        ("docs/other.md", "changed"),
    ]
    assert shown(git.root) == shown_anew(git)


def _amend(git: Git, write: Write) -> None:
    write("docs/other.md", f"{PAGE}\nAmended.\n")
    git("commit", "--quiet", "--all", "--amend", "--message", "Amended", day="2026-11-04")


def _rebase(git: Git, write: Write) -> None:
    git("switch", "--quiet", "--create", "base", "HEAD~1")
    write("docs/base.md", PAGE)
    git.commit("2026-11-02")
    git("switch", "--quiet", "main")
    git("rebase", "--quiet", "base", day="2026-11-05")


def _go_back(git: Git, _: Write) -> None:
    git("reset", "--quiet", "--hard", "HEAD~1")


def _prune(git: Git, write: Write) -> None:
    _amend(git, write)
    git("reflog", "expire", "--expire=now", "--all")
    git("gc", "--quiet", "--prune=now")


def _begin_again(git: Git, write: Write) -> None:
    git("checkout", "--quiet", "--orphan", "again")
    write("docs/again.md", PAGE)
    git.commit("2026-11-04")
    git("branch", "--force", "main")


def _leave_out(git: Git, write: Write) -> None:
    write(".git-blame-ignore-revs", git("rev-parse", "HEAD"))
    git.commit("2026-11-04")


def _merge_a_part_of_what_is_known(git: Git, _: Write) -> None:
    """The main branch comes to be one that merged it: what was on it is no longer its own line."""
    git("switch", "--quiet", "--create", "work", "HEAD~1")
    git("merge", "--quiet", "--no-ff", "--message", "Merge branch 'main'", "main", day="2026-11-05")
    git("branch", "--force", "main")


def _make_a_page_of_a_file(git: Git, write: Write) -> None:
    write("docs/note.txt", PAGE * 3)
    git.commit("2026-11-04")
    shown(git.root)
    git("mv", "docs/note.txt", "docs/note.md")
    git.commit("2026-11-05")


def _commit_with_an_earlier_day(git: Git, write: Write) -> None:
    write("docs/other.md", PAGE)
    git.commit("2026-10-01")


def _tag_an_edition(git: Git, _: Write) -> None:
    git("tag", "--annotate", "--message", "Edition", "edition-2026.1", day="2026-11-01")


def _show_names(git: Git, write: Write) -> None:
    text = (git.root / "organization.yml").read_text("utf-8")
    write("organization.yml", text.replace("history_names: none", "history_names: names"))


def _publish_less(git: Git, write: Write) -> None:
    text = (git.root / "mkdocs.yml").read_text("utf-8")
    write("mkdocs.yml", f"{text}\nexclude_docs: other.md\n")


def _add_beginning(git: Git, write: Write, since: str) -> None:
    text = (git.root / "organization.yml").read_text("utf-8")
    write("organization.yml", f"{text}\nhistory_since: {since}\n")


def _begin_later(git: Git, write: Write) -> None:
    _add_beginning(git, write, "2026-11-02")


CHANGES = (
    *(_amend, _rebase, _go_back, _prune, _begin_again, _leave_out, _merge_a_part_of_what_is_known),
    *(_make_a_page_of_a_file, _commit_with_an_earlier_day, _tag_an_edition, _show_names, _publish_less),
    _begin_later,
)


@pytest.mark.parametrize("change", CHANGES)
def test_what_may_make_another_history_has_it_read_anew(
    git: Git, write: Write, reads: list[str], change: Callable[[Git, Write], None]
) -> None:
    write("docs/other.md", f"{PAGE}\nMore.\n")
    git.commit("2026-11-03", "Say more")
    before = shown(git.root)
    change(git, write)
    del reads[:]
    after = shown(git.root)
    assert reads == ["anew"]
    assert after != before
    assert after == shown_anew(git)


def test_a_day_that_had_not_come_is_looked_at_again(
    git: Git, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    git.commit("2026-11-21")
    assert b"in the future" in shown(git.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # 2026-11-22
    assert b"in the future" not in shown(git.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)  # 2026-11-20, as the clock was set back
    assert b"in the future" in shown(git.root)
    assert reads == ["anew"] * 3


def test_a_history_without_a_possible_day_is_read_anew(folder: Path, reads: list[str]) -> None:
    git = Git(folder)
    git.commit("2026-11-19")
    git("tag", "--annotate", "--message", "Edition", "edition-2026.1", day="2026-11-01")
    assert b'"counts_on": "2026-11-19"' in shown(folder)
    git.commit("2026-11-20")
    assert b'"counts_on": "2026-11-20"' in shown(folder)
    assert reads == ["anew", "anew"]


def test_a_commit_that_the_history_begins_after_and_git_lost_is_missed(git: Git, write: Write) -> None:
    git("switch", "--quiet", "--create", "work")
    other = git.commit("2026-11-02")
    git("switch", "--quiet", "main")
    _add_beginning(git, write, f'"{other}"')
    shown(git.root)
    git("branch", "--quiet", "--delete", "--force", "work")
    git("reflog", "expire", "--expire=now", "--all")
    git("gc", "--quiet", "--prune=now")
    with pytest.raises(HandbookError, match=other):
        shown(git.root)


def test_the_history_that_begins_on_a_branch_is_another_one_once_that_is_merged(
    git: Git, write: Write, reads: list[str]
) -> None:
    git("switch", "--quiet", "--create", "work")
    write("docs/other.md", f"{PAGE}\nMore.\n")
    other = git.commit("2026-11-02")
    git("switch", "--quiet", "main")
    _add_beginning(git, write, f'"{other}"')
    git.commit("2026-11-03")
    shown(git.root)
    git("merge", "--quiet", "--no-ff", "--message", "Merge branch 'work'", "work", day="2026-11-04")
    assert shown(git.root) == shown_anew(git)
    write("docs/index.md", f"{PAGE}\nOurs.\n")
    git.commit("2026-11-05")
    assert shown(git.root) == shown_anew(git)
    assert reads.count("later") > 0


def test_another_version_of_git_reads_anew(
    git: Git, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(git.root)
    monkeypatch.setattr(Repository, "git_version", "git version 9.9")
    shown(git.root)
    assert reads == ["anew", "anew"]


def test_a_replacement_and_a_graft_change_nothing(git: Git, write: Write) -> None:
    write("docs/other.md", f"{PAGE}\nMore.\n")
    tip = git.commit("2026-11-03")
    expected = shown(git.root)
    git("replace", "HEAD", "HEAD~1")
    (git.root / ".git" / "info" / "grafts").write_text(f"{tip}\n")
    assert shown(git.root) == shown_anew(git) == expected


def test_a_shallow_clone_is_refused_until_it_has_the_whole_history(
    git: Git, clone: Callable[..., Git]
) -> None:
    git.commit("2026-11-03")
    expected = shown(git.root)
    shallow = clone("--depth=1")
    with pytest.raises(HandbookError, match="only the end of the history"):
        shown(shallow.root)
    shallow("fetch", "--quiet", "--unshallow")
    assert shown(shallow.root) == expected
    assert shown(shallow.root) == expected


def test_what_is_known_is_no_excuse_for_a_shallow_clone(git: Git) -> None:
    tip = git.commit("2026-11-03")
    shown(git.root)
    (git.root / ".git" / "shallow").write_text(f"{tip}\n")
    with pytest.raises(HandbookError, match="only the end of the history"):
        shown(git.root)


def _forge(content: bytes) -> bytes:
    """Change what a page said, and leave the checksum as it was."""
    return content.replace(b"A page", FORGED)


SPOILED = (
    _forge,
    lambda content: content[:-1],
    lambda content: content[: len(content) // 2],
    lambda content: content + b" ",
    lambda content: content.replace(b"history ", b"history 0", 1),
    lambda _: b"",
    lambda _: b"\n",
    lambda _: b"\xff\x00",
)


@pytest.mark.parametrize("spoil", SPOILED)
def test_a_file_that_is_damaged_or_foreign_is_not_read_and_is_replaced(
    git: Git, reads: list[str], spoil: Callable[[bytes], bytes]
) -> None:
    expected = shown(git.root)
    whole = kept_file(git).read_bytes()
    kept_file(git).write_bytes(spoil(whole))
    assert shown(git.root) == expected
    assert kept_file(git).read_bytes() == whole
    assert reads == ["anew", "anew"]


def _forge_what_is_kept(git: Git) -> Path:
    """Put another text into what a run keeps; return the folder of it."""
    shown(git.root)
    kept = git.root / ".git" / ".handbook"
    for file in (KeptFile(kept, "history"), RedlineCache(kept)):
        file.write_body(_forge(file.read_body().tobytes()))
    return kept


def test_what_came_with_a_copy_of_the_repository_is_never_read(git: Git, tmp_path: Path) -> None:
    """An auditor may be given a folder, with all that git does not vouch for in it."""
    expected = shown(git.root)
    _forge_what_is_kept(git)
    shutil.copytree(git.root, tmp_path / "copy")
    assert FORGED in shown(git.root)
    assert shown(tmp_path / "copy") == expected


def _planted(git: Git) -> dict[str, bytes]:
    """Return files like those of an earlier run, with the right checksums and another text."""
    kept = _forge_what_is_kept(git)
    planted = {file.name: file.read_bytes() for file in kept.iterdir()}
    assert FORGED in shown(git.root)  # Nothing but the place tells them from others.
    kept_file(git).unlink()
    assert FORGED in shown(git.root)
    shutil.rmtree(kept)
    return planted


def test_what_a_pull_request_plants_is_never_read(git: Git, write: Write) -> None:
    expected = shown(git.root)
    for name, content in _planted(git).items():
        for folder in (".cache", ".Cache", ".handbook"):
            write(f"{folder}/{name}", content)
    assert json.loads(shown(git.root))["changes"] == json.loads(expected)["changes"]
    git("add", "--force", ".cache", ".Cache", ".handbook")
    git("commit", "--quiet", "--message", "Plant what was read", day="2026-11-04")
    kept_file(git).unlink()
    assert json.loads(shown(git.root))["changes"] == json.loads(expected)["changes"]


def test_git_lets_nobody_commit_a_file_in_the_folder_of_what_is_kept(git: Git) -> None:
    blob = git("rev-parse", "HEAD:mkdocs.yml").strip()
    for folder in (".git", ".GIT"):
        entry = f"100644,{blob},{folder}/.handbook/history"
        assert git.attempt("update-index", "--add", "--cacheinfo", entry).returncode


def test_a_folder_that_cannot_be_written_to_keeps_nothing_and_is_no_error(git: Git, reads: list[str]) -> None:
    (git.root / ".git" / ".handbook").write_text("A file where the folder would be.")
    assert shown(git.root) == shown(git.root)
    assert reads == ["anew", "anew"]


def test_a_history_of_another_folder_of_the_repository_is_another_one(
    git: Git, write: Write, reads: list[str]
) -> None:
    shown(git.root)
    for name in ("mkdocs.yml", "organization.yml", "registers/owners.yml"):
        write(f"second/{name}", (git.root / name).read_bytes())
    write("second/docs/index.md", PAGE)
    git.commit("2026-11-03")
    assert _paths(git.root / "second") == ["docs/index.md"]
    assert _paths(git.root) == ["docs/index.md", "docs/other.md"]
    assert reads == ["anew"] * 3


def test_worktrees_share_what_was_read(git: Git, reads: list[str], tmp_path: Path) -> None:
    expected = shown(git.root)
    git("worktree", "add", "--quiet", "--detach", str(tmp_path / "beside"))
    assert shown(tmp_path / "beside") == expected
    assert reads == ["anew"]


_RUN = (
    "import sys; from pathlib import Path; from tests.handbook.history.keeping.conftest import shown;"
    " sys.stdout.buffer.write(shown(Path(sys.argv[1])))"
)


@pytest.mark.parametrize("is_first", [True, False])
def test_two_runs_at_once_show_the_same_and_leave_whole_files(git: Git, write: Write, is_first: bool) -> None:
    if not is_first:
        shown(git.root)
    write("docs/other.md", f"{PAGE}\nMore.\n")
    git.commit("2026-11-03")
    command = [sys.executable, "-c", _RUN, str(git.root)]
    with ThreadPoolExecutor(3) as pool:
        done = pool.map(
            lambda _: subprocess.run(command, capture_output=True, check=True, cwd=ROOT), range(3)
        )
        runs = {run.stdout for run in done}
    assert runs == {shown_anew(git)} == {shown(git.root)}
    names = sorted(file.name for file in kept_file(git).parent.iterdir())
    assert names == ["history", "redlines", "settings"]


def test_what_proves_something_uses_nothing_that_was_kept() -> None:
    files = [*(ROOT / "handbook" / "audit").rglob("*.py"), *(ROOT / "scripts" / "audit").glob("*.py")]
    users = {
        file.name for file in files if re.search("history.(keeping|redline_cache)", file.read_text("utf-8"))
    }
    assert users == {"history.py"}

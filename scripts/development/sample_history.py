"""Writes repositories with a long history for the benchmark, through `git fast-import`."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts.development.sample_handbook import MACRO_CALLS, ROOT, WORDS_A_PAGE, page_text

# The files that say whose handbook it is, and which files are its pages.
_SETTINGS: Final = ("mkdocs.yml", "organization.yml", "registers/owners.yml")
_BEGIN: Final = 1_600_000_000
_HOUR: Final = 3_600
_PAGES_A_COMMIT: Final = 2
_RENAME_EVERY: Final = 20
# Of ten commits, one is on a branch and one merges it.
_CYCLE: Final = 10


@dataclass
class _History:
    """The history while it is written: the path of each page, and the number of main's newest commit."""

    paths: list[str]
    words: int
    tip: int = 1


def write_history(folder: Path, pages: int, commits: int, words: int = WORDS_A_PAGE) -> None:
    """Write and check out a branch `main` with so many commits, including merges and what they merged.

    Each commit changes a sentence of two pages, which have some `words` each; every twentieth also moves one.
    """
    folder.mkdir(parents=True)
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "init", "--quiet", "--initial-branch", "main"], check=True)
    paths = [f"docs/part-{number // 25:03}/page-{number:05}.md" for number in range(pages)]
    stream = b"".join(_stream(_History(paths, words), commits))
    subprocess.run([*git, "fast-import", "--quiet"], input=stream, check=True)
    subprocess.run([*git, "reset", "--quiet", "--hard"], check=True)


def commit_everything(folder: Path) -> None:
    """Make a folder a repository with one commit: outside of one, commands keep nothing between runs."""
    git = ["git", "-C", str(folder), "-c", "user.name=Lead", "-c", "user.email=lead@example.org"]
    subprocess.run([*git, "init", "--quiet", "--initial-branch", "main"], check=True)
    subprocess.run([*git, "add", "--all"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message", "Begin"], check=True)


def commit_changes(folder: Path, commits: int) -> None:
    """Add `commits` commits to a repository that has one; each changes the last sentence of a page."""
    pages = sorted((folder / "docs").rglob("*.md"))
    texts = [page.read_text("utf-8") for page in pages]
    git = ["git", "-C", str(folder)]
    head = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    stream = [b"reset refs/heads/main\n", f"from {head.stdout}\n".encode()]
    for count in range(commits):
        number = count % len(pages)
        changed_text = f"{texts[number]}\nThis was said in change {count}.\n".encode()
        change = _file(pages[number].relative_to(folder).as_posix(), changed_text)
        stream.append(_commit("main", count + 1, f"Change {count}", (), [change]))
    subprocess.run([*git, "fast-import", "--quiet"], input=b"".join(stream), check=True)
    subprocess.run([*git, "reset", "--quiet", "--hard"], check=True)


def commit_once_more(folder: Path) -> None:
    """Say another sentence in the first page of a history, and commit it an hour after the last commit."""
    page = min((folder / "docs").rglob("*.md"))
    page.write_text(f"{page.read_text('utf-8')}\nThis was said later.\n", "utf-8")
    git = ["git", "-C", str(folder), "-c", "user.name=Lead", "-c", "user.email=lead@example.org"]
    done = subprocess.run([*git, "log", "-1", "--format=%ct"], capture_output=True, check=True)
    moment = f"{int(done.stdout) + _HOUR} +0000"
    dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    commit = ("commit", "--quiet", "--all", "--message", "Say more later")
    subprocess.run([*git, *commit], check=True, env=os.environ | dates)


def _stream(history: _History, commits: int) -> Iterator[bytes]:
    settings = [_file(path, (ROOT / path).read_bytes()) for path in _SETTINGS]
    pages = [_page(history, number, 1) for number in range(len(history.paths))]
    yield _commit("main", 1, "Begin (#1)", (), [*settings, *pages])
    for count in range(2, commits + 1):
        turn = count % _CYCLE
        changed = [_page(history, number, count) for number in _pages_of(history, count)]
        if turn == _CYCLE - 2 and count + 2 <= commits:
            yield _commit("work", count, f"Say more in {count}", (history.tip,), changed)
        elif turn == 0 and count > _CYCLE:
            # The branch began two commits ago, and main went on beside it.
            brought = [_page(history, number, count - 2) for number in _pages_of(history, count - 2)]
            message = f"Merge pull request #{count} from a/work\n\nSay more in {count}"
            yield _commit("main", count, message, (history.tip, count - 2), brought)
            history.tip = count
        else:
            moves = [_move(history, count)] if count % _RENAME_EVERY == 1 else []
            message = f"Change {count} (#{count})\n\nChange: editorial"
            yield _commit("main", count, message, (history.tip,), [*changed, *moves])
            history.tip = count


def _pages_of(history: _History, count: int) -> list[int]:
    return [(count * 7 + place * 331) % len(history.paths) for place in range(_PAGES_A_COMMIT)]


def _page(history: _History, number: int, count: int) -> bytes:
    """Write a page with a sentence of that commit in one of its sections."""
    head, *sections = page_text(number, MACRO_CALLS, history.words).split("\n\n## ")
    place = count % len(sections)
    sections[place] += f"\n\nThis was said in change {count}."
    return _file(history.paths[number], "\n\n## ".join([head, *sections]).encode())


def _file(path: str, content: bytes) -> bytes:
    return f"M 100644 inline {path}\n".encode() + _data(content)


def _move(history: _History, count: int) -> bytes:
    number = count % len(history.paths)
    before, history.paths[number] = history.paths[number], f"docs/moved/{count}-{number:05}.md"
    return f"R {before} {history.paths[number]}\n".encode()


def _commit(branch: str, mark: int, message: str, parents: Sequence[int], changes: Sequence[bytes]) -> bytes:
    head = f"commit refs/heads/{branch}\nmark :{mark}\n"
    committer = f"committer Lead <lead@example.org> {_BEGIN + mark * _HOUR} +0000\n"
    links = [f"{word} :{parent}\n" for word, parent in zip(("from", "merge"), parents, strict=False)]
    return b"".join(
        [(head + committer).encode(), _data(message.encode()), "".join(links).encode(), *changes, b"\n"]
    )


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)

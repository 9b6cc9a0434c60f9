"""Writes a repository with a long past for the benchmark, through `git fast-import`."""

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts.development.sample_handbook import MACRO_CALLS, page_text

_BEGIN: Final = 1_600_000_000
_HOUR: Final = 3_600
_PAGES_A_COMMIT: Final = 2
_RENAME_EVERY: Final = 20
# Of each ten commits, one stands on a branch and one merges it.
_TURN: Final = 10


@dataclass
class _History:
    """The past while it is written: where each page lies, and the number of the newest commit of main."""

    paths: list[str]
    tip: int = 1


def write_history(folder: Path, pages: int, commits: int) -> None:
    """Write a branch `main` of so many commits, merges and those on branches included, checked out nowhere.

    Each commit changes two pages; every twentieth also moves one.
    """
    folder.mkdir(parents=True)
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "init", "--quiet", "--initial-branch", "main"], check=True)
    past = _History([f"docs/part-{number // 25:03}/page-{number:05}.md" for number in range(pages)])
    stream = b"".join(_stream(past, commits))
    subprocess.run([*git, "fast-import", "--quiet"], input=stream, check=True)


def _stream(past: _History, commits: int) -> Iterator[bytes]:
    yield _commit("main", 1, "Begin (#1)", (), [_file(past, number, 1) for number in range(len(past.paths))])
    for count in range(2, commits + 1):
        turn = count % _TURN
        changed = [_file(past, number, count) for number in _pages_of(past, count)]
        if turn == _TURN - 2 and count + 2 <= commits:
            yield _commit("work", count, f"Say more in {count}", (past.tip,), changed)
        elif turn == 0 and count > _TURN:
            # The branch began two commits ago, and main went on beside it.
            brought = [_file(past, number, count - 2) for number in _pages_of(past, count - 2)]
            message = f"Merge pull request #{count} from a/work\n\nSay more in {count}"
            yield _commit("main", count, message, (past.tip, count - 2), brought)
            past.tip = count
        else:
            moves = [_move(past, count)] if count % _RENAME_EVERY == 1 else []
            message = f"Change {count} (#{count})\n\nChange: editorial"
            yield _commit("main", count, message, (past.tip,), [*changed, *moves])
            past.tip = count


def _pages_of(past: _History, count: int) -> list[int]:
    return [(count * 7 + place * 331) % len(past.paths) for place in range(_PAGES_A_COMMIT)]


def _file(past: _History, number: int, count: int) -> bytes:
    text = page_text(number, MACRO_CALLS) + f"\nThis was said in change {count}.\n"
    return f"M 100644 inline {past.paths[number]}\n".encode() + _data(text)


def _move(past: _History, count: int) -> bytes:
    number = count % len(past.paths)
    before, past.paths[number] = past.paths[number], f"docs/moved/{count}-{number:05}.md"
    return f"R {before} {past.paths[number]}\n".encode()


def _commit(branch: str, mark: int, message: str, parents: Sequence[int], edits: Sequence[bytes]) -> bytes:
    head = f"commit refs/heads/{branch}\nmark :{mark}\n"
    who = f"committer Lead <lead@example.org> {_BEGIN + mark * _HOUR} +0000\n"
    words = [f"{word} :{parent}\n" for word, parent in zip(("from", "merge"), parents, strict=False)]
    return b"".join([(head + who).encode(), _data(message), "".join(words).encode(), *edits, b"\n"])


def _data(text: str) -> bytes:
    content = text.encode()
    return b"data %d\n%b\n" % (len(content), content)

"""Reads a release from where a person said it is: a commit, a clone, a folder, or an archive."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from handbook.git.repository import NoRepositoryError, Repository
from handbook.text.quoting import one_line, short_commit
from handbook.upgrades.adopted_base import ReleaseHistory
from handbook.upgrades.archives import is_archive, snapshot_of_archive
from handbook.upgrades.snapshot import Snapshot, snapshot_of_commit, snapshot_of_folder

_CONFIGURATION: Final = "mkdocs.yml"
_TOOL: Final = "handbook/__init__.py"


@dataclass(frozen=True, slots=True)
class ReleaseSource:
    """A release, and the history that it is a part of, if there is one."""

    snapshot: Snapshot
    history: ReleaseHistory | None = None


@contextmanager
def opened_source(root: Path, source: str, revision: str | None = None) -> Iterator[ReleaseSource]:
    """Read a release; its history can be read until the block ends.

    `revision` chooses a commit in a clone.

    Raises:
        HandbookError: if there is no release at that place; it says what can be named.

    """
    with ExitStack() as stack:
        release = _at_path(Path(source), revision, stack) if Path(source).exists() else None
        release = release or _in_repository(root, source, stack)
        if _CONFIGURATION not in release.snapshot.files or _TOOL not in release.snapshot.files:
            raise HandbookError(
                f"{one_line(source)} holds no release of the handbook: it has no {_CONFIGURATION} beside"
                " handbook/; name a tag that was fetched, a clone, a folder, or an archive"
            )
        yield release


def _at_path(path: Path, revision: str | None, stack: ExitStack) -> ReleaseSource | None:
    if is_archive(path):
        return ReleaseSource(snapshot_of_archive(path))
    if not path.is_dir():
        raise HandbookError(f"{one_line(str(path))} is neither a folder nor a zip or tar file; name another")
    if (path / ".git").exists():
        repository = stack.enter_context(Repository(path))
        return _of_commit(repository, revision or "HEAD", revision or path.resolve().name)
    if revision:
        raise HandbookError(f"{one_line(str(path))} is not a clone, so leave out --revision")
    return ReleaseSource(replace(snapshot_of_folder(path), name=path.resolve().name))


def _in_repository(root: Path, revision: str, stack: ExitStack) -> ReleaseSource:
    try:
        own = stack.enter_context(Repository(root))
    except NoRepositoryError:
        raise HandbookError(
            "this handbook is not in a git repository, so an upgrade could not be undone; run `git init`,"
            " `git add --all`, and `git commit` first"
        ) from None
    try:
        own.commit(revision)
    except HandbookError:
        raise HandbookError(
            f"there is no folder, archive, tag, or commit called '{one_line(revision)}' here; get the release"
            " with `git fetch ADDRESS TAG` and name FETCH_HEAD, or name a folder or an archive"
        ) from None
    # A handbook may be in a folder of its repository, and a release is at the top of its own.
    top = Path(own.ask("rev-parse", "--show-toplevel").rstrip("\n"))
    return _of_commit(stack.enter_context(Repository(top)), revision, revision)


def _of_commit(repository: Repository, revision: str, name: str) -> ReleaseSource:
    commit = repository.commit(revision)
    tag = repository.ask("tag", "--points-at", commit).split()
    label = next(iter(tag), name if name == revision else short_commit(commit))
    label = short_commit(commit) if label in ("HEAD", "FETCH_HEAD") else label
    return ReleaseSource(snapshot_of_commit(repository, commit, label), ReleaseHistory(repository, commit))

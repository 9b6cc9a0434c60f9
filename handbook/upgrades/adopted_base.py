"""Finds the state of each file from which the handbook and the release both come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handbook.errors import HandbookError
from handbook.files.tree import Folder
from handbook.git.listings import TreeChange
from handbook.git.objects import LINK
from handbook.git.process import run_git
from handbook.git.repository import Repository
from handbook.registers.evidence_folder import is_sample
from handbook.text.quoting import short_commit
from handbook.upgrades.adopted_state import STATE_FILE, AdoptedState, fingerprint_of, read_state
from handbook.upgrades.file_kinds import FileKind, kind_of
from handbook.upgrades.snapshot import Snapshot, contents, snapshot_of_commit

# A commit of upstream is the one that was adopted only if so many of the files are the same.
_LEAST_SHARE: Final = 0.3
# A repository began as a copy if its first commit has so many of the release's files.
_LEAST_OF_A_COPY: Final = 0.4
_UNKNOWN: Final = (
    "it is not known which release this handbook was adopted from; name it with --base, which takes a commit"
    " of this repository, or a folder or an archive with that release"
)

Entries = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ReleaseHistory:
    """A repository that has a release and what came before it."""

    repository: Repository
    commit: str


def find_base(own: Repository, release: Snapshot, history: ReleaseHistory | None) -> Snapshot:
    """Return what was adopted, from what the handbook remembers, from git, or from the nearest commit.

    Raises:
        HandbookError: if nothing is known of it.

    """
    state = read_state(Folder(own.root))
    common = _common_ancestor(own, history)
    if state and not state.is_of_adoption and not _is_newer(own, common):
        return _remembered(own, state, history)
    if common:
        return snapshot_of_commit(own, common, f"{short_commit(common)}, the last commit in common")
    nearest = _nearest(own, history) if history else None
    base = nearest or (_remembered(own, state, history) if state else _beginning(own, release))
    if base is None:
        raise HandbookError(_UNKNOWN)
    return base


def refuse_older(release: ReleaseHistory | None, base: Snapshot) -> None:
    """Refuse a release that is older than the one that the handbook has.

    Raises:
        HandbookError: if it is.

    """
    if release is None or base.commit in (None, release.commit):
        return
    arguments = ("merge-base", "--is-ancestor", release.commit, str(base.commit))
    if run_git(release.repository.root, *arguments).returncode == 0:
        raise HandbookError(f"this handbook has a newer release already: {base.name}; name one that is newer")


def _common_ancestor(own: Repository, history: ReleaseHistory | None) -> str | None:
    """Return the last commit in common with upstream, whose commits may be in another clone."""
    if history is None:
        return None
    done = run_git(own.root, "merge-base", "HEAD", history.commit)
    if done.returncode == 0:
        return done.stdout.decode().strip()
    # Another clone: the newest commit of upstream that this repository has, too.
    theirs = {commit.name for commit in history.repository.first_parents(history.commit)}
    return next((commit.name for commit in own.first_parents("HEAD") if commit.name in theirs), None)


def _is_newer(own: Repository, common: str | None) -> bool:
    """Tell whether upstream was merged after the handbook wrote down what it has."""
    written = own.ask("log", "-1", "--format=%H", "--", STATE_FILE).strip()
    if not common or not written:
        return False
    return run_git(own.root, "merge-base", "--is-ancestor", common, written).returncode != 0


def _remembered(own: Repository, state: AdoptedState, history: ReleaseHistory | None) -> Snapshot:
    files = dict(state.copies)
    for repository, tip in _places(own, history):
        missing = {path: name for path, name in state.hashes.items() if path not in files}
        if missing:
            files |= _files_with_hashes(repository, tip, missing)
    unknown = frozenset(state.hashes) - files.keys()
    return Snapshot(state.release, files, state.commit, unknown=unknown, earlier=state.earlier)


def _places(own: Repository, history: ReleaseHistory | None) -> Iterator[tuple[Repository, str]]:
    yield own, "HEAD"
    if history:
        yield history.repository, history.commit


def _files_with_hashes(repository: Repository, tip: str, missing: Mapping[str, str]) -> dict[str, bytes]:
    """Look for files with known hashes in the last commit, and then in those before it."""
    files_with_hash: dict[str, bytes] = {}
    for entries in _states(repository, tip):
        wanted = {
            path: entry for path, entry in entries.items() if path in missing and path not in files_with_hash
        }
        files = contents(repository.past({}), wanted)
        files_with_hash |= {
            path: data for path, data in files.items() if fingerprint_of(path, data) == missing[path]
        }
        if len(files_with_hash) == len(missing):
            break
    return files_with_hash


def _states(repository: Repository, tip: str) -> Iterator[Entries]:
    """Yield the files of the last commit, and then what each commit before it had changed, newest first."""
    yield repository.tree(repository.commit(tip)).entries
    for change in reversed(list(repository.tree_changes(tip))):
        yield {path: entry for path, entry in change.files.items() if entry and entry[0] != LINK}


def _nearest(own: Repository, history: ReleaseHistory) -> Snapshot | None:
    """Return the commit of upstream that has most of the handbook's files, as it began or as it is.

    A file that began as another version which upstream once had, counts as that version.
    """
    states = [own.tree(commit).entries for commit in (*_roots(own), own.commit("HEAD"))]
    changes = list(history.repository.tree_changes(history.commit))
    state, commit, count = max(
        ((state, *_best(changes, state)) for state in states), key=lambda each: each[2] / len(each[0])
    )
    if count < _LEAST_SHARE * len(state):
        return None
    known = {(path, entry[1]) for change in changes for path, entry in change.files.items() if entry}
    entries = dict(history.repository.tree(commit).entries)
    entries |= {path: entry for path, entry in state.items() if (path, entry[1]) in known}
    readable = {path: entry for path, entry in entries.items() if _is_read(path, entry)}
    name = f"{short_commit(commit)}, the nearest commit of the release's history"
    return Snapshot(name, contents(history.repository.past({}), readable), commit)


def _is_read(path: str, entry: tuple[str, str]) -> bool:
    return entry[0] != LINK and kind_of(path) is not FileKind.NEVER


def _best(changes: Sequence[TreeChange], state: Entries) -> tuple[str, int]:
    """Return the commit with the most files of a state, and how many; the newest of equal ones."""
    same: set[str] = set()
    best = (changes[0].commit.name, 0)
    for change in changes:
        for path, entry in change.files.items():
            if entry and path in state and state[path][1] == entry[1]:
                same.add(path)
            else:
                same.discard(path)
        if len(same) >= best[1]:
            best = (change.commit.name, len(same))
    return best


def _roots(own: Repository) -> list[str]:
    return own.ask("rev-list", "--max-parents=0", "--first-parent", "HEAD").split()


def _beginning(own: Repository, release: Snapshot) -> Snapshot | None:
    """Return the first commit of a copy, or else the last one in which the organization was the sample."""
    for root in _roots(own):
        tree = own.tree(root)
        share = sum(path in tree.entries for path in release.files) / len(release.files)
        if share > _LEAST_OF_A_COPY and is_sample(tree):
            return snapshot_of_commit(own, root, f"{short_commit(root)}, the first commit of this repository")
    for commit in own.first_parents("HEAD"):
        if is_sample(own.tree(commit.name)):
            name = f"{short_commit(commit.name)}, the last commit in which this was the sample"
            return snapshot_of_commit(own, commit.name, name)
    return None


def base_at(root: Path, revision: str) -> Snapshot:
    """Return the commit of this repository that a person named.

    Raises:
        HandbookError: if there is none.

    """
    with Repository(root) as own:
        commit = own.commit(revision)
        return snapshot_of_commit(own, commit, f"{short_commit(commit)}, as you said")
